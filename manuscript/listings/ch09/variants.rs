//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Three executors that differ in a line each, and the same three tasks.
use std::collections::VecDeque;
use std::future::{poll_fn, Future};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering::*};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

type Job = Pin<Box<dyn Future<Output = ()> + Send>>;
type Queue = Mutex<VecDeque<Arc<Task>>>;

#[derive(Clone, Copy, PartialEq)]
enum Change {
    Nothing,
    ClearAfter,
    NoFlag,
    PopBack,
}
use Change::*;

struct Task {
    job: Mutex<Option<Job>>,
    queued: AtomicBool,
    queue: Arc<Queue>,
    change: Change,
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        if !self.queued.swap(true, AcqRel) || self.change == NoFlag {
            let queue = self.queue.clone();
            queue.lock().unwrap().push_back(self);
        }
    }
}

fn run(queue: &Queue, change: Change) -> u32 {
    let mut polls = 0;
    loop {
        let first = match change {
            PopBack => queue.lock().unwrap().pop_back(),
            _ => queue.lock().unwrap().pop_front(),
        };
        let Some(task) = first else { return polls };
        if change != ClearAfter {
            task.queued.swap(false, Acquire);
        }
        let mut slot = task.job.lock().unwrap();
        if let Some(job) = slot.as_mut() {
            polls += 1;
            let waker = Waker::from(task.clone());
            let mut cx = Context::from_waker(&waker);
            if job.as_mut().poll(&mut cx).is_ready() {
                *slot = None;
            }
        }
        if change == ClearAfter {
            task.queued.swap(false, Acquire);
        }
    }
}

async fn yield_now() {
    let mut first = true;
    poll_fn(|cx| match std::mem::take(&mut first) {
        true => {
            cx.waker().wake_by_ref();
            cx.waker().wake_by_ref();
            Poll::Pending
        }
        false => Poll::Ready(()),
    })
    .await
}

async fn count(name: &'static str, to: u32) {
    for n in 1..=to {
        print!(" {name}{n}");
        yield_now().await;
    }
}

fn main() {
    for (line, change) in [
        ("as it was:  ", Nothing),
        ("(a) after:  ", ClearAfter),
        ("(b) no flag:", NoFlag),
        ("(c) a stack:", PopBack),
    ] {
        print!("{line}");
        let queue = Arc::new(Queue::default());
        for (name, to) in [("a", 1), ("b", 3), ("c", 2)] {
            let job: Job = Box::pin(count(name, to));
            Arc::new(Task {
                job: Mutex::new(Some(job)),
                queued: AtomicBool::new(false),
                queue: queue.clone(),
                change,
            })
            .wake();
        }
        println!(", {} polls", run(&queue, change));
    }
}
