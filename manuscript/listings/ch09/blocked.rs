//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A task that blocks its thread waits for somebody who is behind it in the
// queue. And the way out: to block a thread of which there are more.
use std::collections::VecDeque;
use std::future::{poll_fn, Future};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering::*};
use std::sync::mpsc::{channel, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

type Job = Pin<Box<dyn Future<Output = ()> + Send>>;

struct Task {
    job: Mutex<Option<Job>>,
    queued: AtomicBool,
    awake: Arc<Awake>,
}

struct Awake {
    queue: Mutex<VecDeque<Arc<Task>>>,
    thread: Thread,
}

// ANCHOR: wake
impl Wake for Task {
    fn wake(self: Arc<Self>) {
        if !self.queued.swap(true, AcqRel) {
            let awake = self.awake.clone();
            awake.queue.lock().unwrap().push_back(self);
            awake.thread.unpark();
        }
    }
}
// ANCHOR_END: wake

/// Runs until all jobs are finished.
fn run(jobs: [Job; 2]) {
    let awake = Arc::new(Awake {
        queue: Mutex::default(),
        thread: thread::current(),
    });
    let mut unfinished = jobs.len();
    for job in jobs {
        Arc::new(Task {
            job: Mutex::new(Some(job)),
            queued: AtomicBool::new(false),
            awake: awake.clone(),
        })
        .wake();
    }
    // ANCHOR: sleep
    while unfinished > 0 {
        let first = awake.queue.lock().unwrap().pop_front();
        let Some(task) = first else {
            thread::park();
            continue; // look again, whoever it was that called
        };
        // ANCHOR_END: sleep
        task.queued.swap(false, Acquire);
        let mut slot = task.job.lock().unwrap();
        let Some(job) = slot.as_mut() else { continue };
        let waker = Waker::from(task.clone());
        let mut cx = Context::from_waker(&waker);
        if job.as_mut().poll(&mut cx).is_ready() {
            *slot = None;
            unfinished -= 1;
        }
    }
}

// ANCHOR: unblock
fn unblock<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> impl Future<Output = T> {
    let slot = Arc::new(Mutex::new((None, None::<Waker>)));
    let theirs = slot.clone();
    thread::spawn(move || {
        let value = work(); // may block as long as it likes
        let mut slot = theirs.lock().unwrap();
        slot.0 = Some(value);
        let waker = slot.1.take();
        drop(slot);
        waker.map(Waker::wake);
    });
    // ANCHOR_END: unblock
    poll_fn(move |cx| {
        let mut slot = slot.lock().unwrap();
        match slot.0.take() {
            Some(value) => Poll::Ready(value),
            None => {
                slot.1 = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    })
}

// ANCHOR: tasks
async fn here(rx: Receiver<u32>) {
    let answer = rx.recv_timeout(Duration::from_millis(50));
    println!("  heard: {answer:?}");
}

async fn elsewhere(rx: Receiver<u32>) {
    let answer = unblock(move || rx.recv()).await;
    println!("  heard: {answer:?}");
}

async fn reply(tx: Sender<u32>) {
    println!("  about to reply");
    let _ = tx.send(42);
}
// ANCHOR_END: tasks

fn main() {
    println!("blocking here:");
    let (tx, rx) = channel();
    run([Box::pin(here(rx)), Box::pin(reply(tx))]);
    println!("blocking elsewhere:");
    let (tx, rx) = channel();
    run([Box::pin(elsewhere(rx)), Box::pin(reply(tx))]);
}
