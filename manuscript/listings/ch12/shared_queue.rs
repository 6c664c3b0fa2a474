//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Many threads, one queue. Correct, short, and every thread waits for the
// same lock.
use std::collections::VecDeque;
use std::future::{poll_fn, Future};
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering::*};
use std::sync::{Arc, Condvar, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

type Job = Pin<Box<dyn Future<Output = ()> + Send>>;

// ANCHOR: types
struct Task {
    job: Mutex<Option<Job>>,
    pool: Arc<Pool>,
}

#[derive(Default)]
struct Pool {
    queue: Mutex<VecDeque<Arc<Task>>>,
    more: Condvar,
    unfinished: AtomicUsize,
    locked: AtomicUsize, // how often anybody asked for the lock
}
// ANCHOR_END: types

// ANCHOR: pool
impl Pool {
    fn push(&self, task: Arc<Task>) {
        self.locked.fetch_add(1, Relaxed);
        self.queue.lock().unwrap().push_back(task);
        self.more.notify_one();
    }

    /// Sleeps until there is a task, or none is left in the world.
    fn pop(&self) -> Option<Arc<Task>> {
        self.locked.fetch_add(1, Relaxed);
        let queue = self.queue.lock().unwrap();
        let idle = |queue: &mut VecDeque<_>| {
            queue.is_empty() && self.unfinished.load(Acquire) > 0
        };
        self.more.wait_while(queue, idle).unwrap().pop_front()
    }
}
// ANCHOR_END: pool

// ANCHOR: task
impl Wake for Task {
    fn wake(self: Arc<Self>) {
        self.pool.clone().push(self);
    }
}

impl Task {
    fn run(self: Arc<Self>) {
        let waker = Waker::from(self.clone());
        let mut cx = Context::from_waker(&waker);
        // Woken while it runs, it may be in the hands of a second worker.
        let mut slot = self.job.lock().unwrap();
        let Some(job) = slot.as_mut() else { return };
        if job.as_mut().poll(&mut cx).is_ready() {
            *slot = None;
            self.pool.finished();
        }
    }
}
// ANCHOR_END: task

impl Pool {
    fn finished(&self) {
        if self.unfinished.fetch_sub(1, AcqRel) == 1 {
            // Under the lock, or a worker could miss it on its way from
            // the test to its sleep.
            self.locked.fetch_add(1, Relaxed);
            let _guard = self.queue.lock().unwrap();
            self.more.notify_all();
        }
    }
}

async fn yield_now() {
    let mut first = true;
    poll_fn(|cx| match std::mem::take(&mut first) {
        true => {
            cx.waker().wake_by_ref();
            Poll::Pending
        }
        false => Poll::Ready(()),
    })
    .await
}

// ANCHOR: main
fn main() {
    const TASKS: usize = 100;
    const YIELDS: usize = 20;
    let pool = Arc::new(Pool::default());
    let steps = Arc::new(AtomicUsize::new(0));
    pool.unfinished.store(TASKS, Release);
    for _ in 0..TASKS {
        let steps = steps.clone();
        let job: Job = Box::pin(async move {
            for _ in 0..YIELDS {
                steps.fetch_add(1, Relaxed);
                yield_now().await;
            }
        });
        let (job, pool) = (Mutex::new(Some(job)), pool.clone());
        pool.clone().push(Arc::new(Task { job, pool }));
    }
    let workers: Vec<_> = (0..4)
        .map(|_| {
            let pool = pool.clone();
            thread::spawn(move || {
                while let Some(task) = pool.pop() {
                    task.run();
                }
            })
        })
        .collect();
    workers.into_iter().for_each(|w| w.join().unwrap());

    println!("steps: {}", steps.load(Relaxed));
    println!("unfinished: {}", pool.unfinished.load(Relaxed));
    // A push and a pop for each poll, a last pop for each worker, and
    // once to say that it is over.
    println!("asked for the lock: {} times", pool.locked.load(Relaxed));
}
// ANCHOR_END: main
