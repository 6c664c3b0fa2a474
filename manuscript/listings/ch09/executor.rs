//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Many tasks on one thread: a queue of those that have been woken.
use std::collections::VecDeque;
use std::future::{poll_fn, Future};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering::*};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

// ANCHOR: task
type Job = Pin<Box<dyn Future<Output = ()> + Send>>;

struct Task {
    name: &'static str,
    job: Mutex<Option<Job>>, // None when it has finished
    queued: AtomicBool,
    queue: Arc<Queue>,
}

type Queue = Mutex<VecDeque<Arc<Task>>>;

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        // Twice woken is once queued.
        if !self.queued.swap(true, AcqRel) {
            let queue = self.queue.clone();
            queue.lock().unwrap().push_back(self);
        }
    }
}
// ANCHOR_END: task

#[derive(Default)]
struct Executor {
    queue: Arc<Queue>,
}

// ANCHOR: executor
impl Executor {
    fn spawn<F>(&self, name: &'static str, job: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let task = Arc::new(Task {
            name,
            job: Mutex::new(Some(Box::pin(job))),
            queued: AtomicBool::new(false),
            queue: self.queue.clone(),
        });
        task.wake(); // (1)
    }

    /// Runs until no task is woken. Returns how often it polled.
    fn run(&self) -> u32 {
        let mut polls = 0;
        loop {
            let first = self.queue.lock().unwrap().pop_front();
            let Some(task) = first else { return polls };
            task.queued.swap(false, Acquire); // (2)
            let mut slot = task.job.lock().unwrap();
            let Some(job) = slot.as_mut() else { continue }; // (3)
            polls += 1;
            let waker = Waker::from(task.clone());
            let mut cx = Context::from_waker(&waker);
            if job.as_mut().poll(&mut cx).is_ready() {
                println!("{} is finished", task.name);
                *slot = None; // (4)
            }
        }
    }
}
// ANCHOR_END: executor

// ANCHOR: main
async fn yield_now() {
    let mut first = true;
    poll_fn(|cx| match std::mem::take(&mut first) {
        true => {
            cx.waker().wake_by_ref();
            cx.waker().wake_by_ref(); // once too often, and no harm
            Poll::Pending
        }
        false => Poll::Ready(()),
    })
    .await
}

async fn count(name: &'static str, to: u32) {
    for n in 1..=to {
        println!("{name}{n}");
        yield_now().await;
    }
}

fn main() {
    let executor = Executor::default();
    executor.spawn("a", count("a", 1));
    executor.spawn("b", count("b", 3));
    executor.spawn("c", count("c", 2));
    println!("spawned, and nothing has happened");
    println!("{} polls", executor.run());
}
// ANCHOR_END: main
