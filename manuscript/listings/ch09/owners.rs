//@ kind: run
//@ edition: 2021
//@ min: 1.85
// What becomes of a task that waits: it belongs to whoever has its waker.
use std::collections::VecDeque;
use std::future::{pending, poll_fn, Future};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

type Job = Pin<Box<dyn Future<Output = ()> + Send>>;
type Queue = Mutex<VecDeque<Arc<Task>>>;

struct Task {
    job: Mutex<Option<Job>>,
    queue: Arc<Queue>,
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        let queue = self.queue.clone();
        queue.lock().unwrap().push_back(self);
    }
}

fn spawn(
    queue: &Arc<Queue>,
    job: impl Future<Output = ()> + Send + 'static,
) {
    Arc::new(Task {
        job: Mutex::new(Some(Box::pin(job))),
        queue: queue.clone(),
    })
    .wake();
}

fn run(queue: &Queue) {
    loop {
        let first = queue.lock().unwrap().pop_front();
        let Some(task) = first else { return };
        let mut slot = task.job.lock().unwrap();
        let Some(job) = slot.as_mut() else { continue };
        let waker = Waker::from(task.clone());
        let mut cx = Context::from_waker(&waker);
        if job.as_mut().poll(&mut cx).is_ready() {
            *slot = None;
        }
    }
}

struct Noisy(&'static str);

impl Drop for Noisy {
    fn drop(&mut self) {
        println!("  {} is dropped", self.0);
    }
}

// ANCHOR: tasks
type Slot = Arc<Mutex<Option<Waker>>>;

/// Pending until `slot` is empty.
async fn wait(slot: &Slot) {
    let mut first = true;
    poll_fn(|cx| {
        let mut slot = slot.lock().unwrap();
        if std::mem::take(&mut first) {
            *slot = Some(cx.waker().clone());
        }
        match *slot {
            Some(_) => Poll::Pending,
            None => Poll::Ready(()),
        }
    })
    .await
}

async fn a() {
    let _a = Noisy("a");
    pending().await
}

async fn b(slot: Slot) {
    let _b = Noisy("b");
    wait(&slot).await
}

async fn c() {
    let _c = Noisy("c");
    let slot = Slot::default();
    wait(&slot).await
}
// ANCHOR_END: tasks

// ANCHOR: main
fn main() {
    let queue = Arc::new(Queue::default());
    let slot = Slot::default();
    spawn(&queue, a());
    spawn(&queue, b(slot.clone()));
    spawn(&queue, c());
    run(&queue);
    println!("has run");
    let waker = slot.lock().unwrap().take();
    drop(waker);
    println!("the slot is empty");
    drop(queue);
    println!("the executor is gone");
}
// ANCHOR_END: main
