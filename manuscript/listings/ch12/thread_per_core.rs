//@ kind: run
//@ edition: 2021
//@ min: 1.85
// The other way to use many cores: an executor a thread, and tasks that
// stay where they are. They may own an Rc; work is sent as messages.
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::{poll_fn, Future};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::mpsc::{channel, Receiver, Sender};
use std::task::{Context, Poll, Waker};
use std::thread::{self, JoinHandle, ThreadId};

// ANCHOR: core
/// What is sent is not a future but a function that makes one over there.
/// The function must be Send, the future need not.
type Seed = Box<dyn FnOnce(&Local) -> Job + Send>;
type Job = Pin<Box<dyn Future<Output = ()>>>;

/// What the tasks of one thread share, without a lock.
#[derive(Default)]
struct Local {
    jobs: RefCell<VecDeque<Job>>,
    served: Rc<Cell<u32>>,
    strays: Rc<Cell<u32>>,
}

fn core(inbox: Receiver<Seed>) -> (u32, u32) {
    let local = Local::default();
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        let next = local.jobs.borrow_mut().pop_front();
        let Some(mut job) = next else {
            // Nothing to do: here a real one would sleep in its reactor.
            let Ok(seed) = inbox.recv() else {
                return (local.served.get(), local.strays.get());
            };
            let job = seed(&local);
            local.jobs.borrow_mut().push_back(job);
            local
                .jobs
                .borrow_mut()
                .extend(inbox.try_iter().map(|seed| seed(&local)));
            continue;
        };
        if job.as_mut().poll(&mut cx).is_pending() {
            local.jobs.borrow_mut().push_back(job);
        }
    }
}
// ANCHOR_END: core

async fn yield_now() {
    let mut first = true;
    poll_fn(|_| match std::mem::take(&mut first) {
        true => Poll::Pending,
        false => Poll::Ready(()),
    })
    .await
}

// ANCHOR: serve
async fn serve(
    served: Rc<Cell<u32>>,
    strays: Rc<Cell<u32>>,
    home: ThreadId,
) {
    for _ in 0..3 {
        yield_now().await; // the two Rc live across this
        if thread::current().id() != home {
            strays.set(strays.get() + 1);
        }
    }
    served.set(served.get() + 1);
}
// ANCHOR_END: serve

// ANCHOR: main
type Core = (Sender<Seed>, JoinHandle<(u32, u32)>);

fn main() {
    let cores: Vec<Core> = (0..3)
        .map(|_| {
            let (send, receive) = channel();
            (send, thread::spawn(move || core(receive)))
        })
        .collect();
    for n in 0..10 {
        let seed: Seed = Box::new(|local| {
            let (served, strays) =
                (local.served.clone(), local.strays.clone());
            Box::pin(serve(served, strays, thread::current().id()))
        });
        cores[n % 3].0.send(seed).unwrap(); // nobody takes from a neighbour
    }
    for (n, (inbox, thread)) in cores.into_iter().enumerate() {
        drop(inbox);
        let (served, strays) = thread.join().unwrap();
        println!("thread {n}: served {served}, strays {strays}");
    }
}
// ANCHOR_END: main
