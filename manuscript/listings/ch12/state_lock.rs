//@ kind: run
//@ edition: 2021
//@ min: 1.85
// The state is the lock: no Mutex around the future.
use std::cell::UnsafeCell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicUsize, Ordering::*};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

const WOKEN: u8 = 0b01;
const RUNNING: u8 = 0b10;
const IDLE: u8 = 0;
const QUEUED: u8 = WOKEN;
const NOTIFIED: u8 = RUNNING | WOKEN;

// ANCHOR: task
type Job = Pin<Box<dyn Future<Output = ()> + Send>>;

struct Task {
    state: AtomicU8,
    job: UnsafeCell<Option<Job>>,
    pool: Arc<Pool>,
}

// SAFETY: `job` is touched by `run` alone, between the `swap` and the
// `fetch_and`, and there is one `run` at a time: a task is in at most one
// queue and not queued while it runs. It is Send, hence may be touched, and
// dropped, by one thread after another. It need not be Sync.
unsafe impl Sync for Task {}
// ANCHOR_END: task

#[derive(Default)]
struct Pool {
    queue: Mutex<VecDeque<Arc<Task>>>,
    live: AtomicUsize,
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        if self.state.fetch_or(WOKEN, AcqRel) == IDLE {
            self.pool.clone().push(self);
        }
    }
}

// ANCHOR: run
impl Task {
    fn run(self: Arc<Self>) {
        let before = self.state.swap(RUNNING, AcqRel);
        assert_eq!(before, QUEUED);
        let waker = Waker::from(self.clone());
        let mut cx = Context::from_waker(&waker);
        // SAFETY: see above. Nobody else has a reference to it now.
        let slot = unsafe { &mut *self.job.get() };
        let job = slot.as_mut().unwrap();
        if job.as_mut().poll(&mut cx).is_ready() {
            *slot = None;
            self.pool.live.fetch_sub(1, Release);
        } else if self.state.fetch_and(!RUNNING, AcqRel) == NOTIFIED {
            self.pool.clone().push(self);
        }
    }
}
// ANCHOR_END: run

impl Pool {
    fn push(&self, task: Arc<Task>) {
        self.queue.lock().unwrap().push_back(task);
    }

    /// Does not sleep: it is the task that this listing is about.
    fn work(&self) {
        while self.live.load(Acquire) > 0 {
            let first = self.queue.lock().unwrap().pop_front();
            first.map_or_else(thread::yield_now, Task::run);
        }
    }
}

/// Wakes itself, and now and then lets another thread do so as well.
/// Counts, should it ever be polled by two threads at once.
struct Restless {
    left: u32,
    inside: AtomicBool,
    twice: Arc<AtomicUsize>,
}

impl Future for Restless {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.inside.swap(true, Relaxed) {
            self.twice.fetch_add(1, Relaxed);
        }
        if self.left % 16 == 1 {
            let waker = cx.waker().clone();
            thread::spawn(move || waker.wake());
        }
        cx.waker().wake_by_ref();
        self.left = self.left.saturating_sub(1);
        self.inside.store(false, Relaxed);
        match self.left {
            0 => Poll::Ready(()),
            _ => Poll::Pending,
        }
    }
}

fn main() {
    let pool = Arc::new(Pool::default());
    let twice = Arc::new(AtomicUsize::new(0));
    for _ in 0..50 {
        let job = Restless {
            left: 64,
            inside: AtomicBool::new(false),
            twice: twice.clone(),
        };
        pool.live.fetch_add(1, Relaxed);
        pool.push(Arc::new(Task {
            state: AtomicU8::new(QUEUED),
            job: UnsafeCell::new(Some(Box::pin(job))),
            pool: pool.clone(),
        }));
    }
    thread::scope(|s| {
        for _ in 0..4 {
            s.spawn(|| pool.work());
        }
    });
    println!("unfinished: {}", pool.live.load(Relaxed));
    println!("polled by two at once: {}", twice.load(Relaxed));
}
