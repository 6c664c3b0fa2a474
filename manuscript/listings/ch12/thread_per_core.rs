//@ kind: run
//@ edition: 2021
//@ min: 1.85
// The other way to use many cores: an executor a thread, and tasks that
// stay where they are. They may own an Rc; work is sent as messages.
use std::cell::Cell;
use std::future::{poll_fn, Future};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::mpsc::{channel, Receiver, Sender};
use std::task::{Context, Poll, Waker};
use std::thread::{self, JoinHandle, ThreadId};

// ANCHOR: core
/// Makes a future over there. It must be Send, the future need not.
type Seed = Box<dyn FnOnce(&Local) -> Job + Send>;
type Job = Pin<Box<dyn Future<Output = ()>>>;

/// What the tasks of one thread share, without a lock.
#[derive(Default)]
struct Local {
    served: Rc<Cell<u32>>,
    strays: Rc<Cell<u32>>,
}

fn core(inbox: Receiver<Seed>) -> (u32, u32) {
    let local = Local::default();
    let mut jobs = Vec::new();
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        jobs.extend(inbox.try_iter().map(|seed| seed(&local)));
        jobs.retain_mut(|job| job.as_mut().poll(&mut cx).is_pending());
        if jobs.is_empty() {
            // Nothing to do: here a real one would sleep in its reactor.
            match inbox.recv() {
                Ok(seed) => jobs.push(seed(&local)),
                Err(_) => return (local.served.get(), local.strays.get()),
            }
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
