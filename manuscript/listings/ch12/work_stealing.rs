//@ kind: run
//@ edition: 2021
//@ min: 1.66
// A multi-thread work-stealing executor in std only: one deque a worker,
// steal half.
use std::cell::Cell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering::*};
use std::sync::{Arc, Condvar, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

// ---- task: one allocation, four states ----
// ANCHOR: states
const IDLE: u8 = 0; // not queued, waits for a wake
const QUEUED: u8 = 1; // in exactly one queue
const RUNNING: u8 = 2; // being polled
const NOTIFIED: u8 = 3; // woken while being polled: poll again
// ANCHOR_END: states

// ANCHOR: task
struct Task {
    state: AtomicU8,
    future: Mutex<Option<Pin<Box<dyn Future<Output = ()> + Send>>>>,
    pool: Arc<Pool>,
}
// ANCHOR_END: task

// ANCHOR: wake
impl Wake for Task {
    fn wake(self: Arc<Self>) {
        loop {
            match self.state.load(Acquire) {
                IDLE if self.change(IDLE, QUEUED) => {
                    let pool = self.pool.clone();
                    return pool.push(self);
                }
                RUNNING if self.change(RUNNING, NOTIFIED) => return,
                IDLE | RUNNING => {} // somebody was faster: look again
                _ => return, // QUEUED or NOTIFIED: a poll is coming anyway
            }
        }
    }
}
// ANCHOR_END: wake

// ANCHOR: run
impl Task {
    fn change(&self, from: u8, to: u8) -> bool {
        self.state
            .compare_exchange(from, to, AcqRel, Acquire)
            .is_ok()
    }

    fn run(self: Arc<Self>) {
        self.state.store(RUNNING, Release);
        let waker = Waker::from(self.clone());
        let mut cx = Context::from_waker(&waker);
        let mut slot = self.future.lock().unwrap();
        let done = match slot.as_mut() {
            Some(f) => f.as_mut().poll(&mut cx).is_ready(),
            None => return,
        };
        if done {
            *slot = None;
            drop(slot);
            if self.pool.live.fetch_sub(1, AcqRel) == 1 {
                self.pool.shutdown()
            }
            return;
        }
        drop(slot);
        if !self.change(RUNNING, IDLE) {
            self.state.store(QUEUED, Release); // it was NOTIFIED
            let pool = self.pool.clone();
            pool.push(self);
        }
    }
}
// ANCHOR_END: run

// ANCHOR: pool
struct Pool {
    queues: Vec<Mutex<VecDeque<Arc<Task>>>>,
    live: AtomicUsize,
    steals: AtomicUsize,
    epoch: Mutex<(u64, bool)>, // (pushes so far, shutting down)
    bell: Condvar,
}
// ANCHOR_END: pool

thread_local! {
    static ME: Cell<usize> = const { Cell::new(0) };
}

impl Pool {
    // ANCHOR: push
    fn push(&self, t: Arc<Task>) {
        self.queues[ME.with(|m| m.get())]
            .lock()
            .unwrap()
            .push_back(t);
        self.epoch.lock().unwrap().0 += 1;
        self.bell.notify_one();
    }
    // ANCHOR_END: push

    fn shutdown(&self) {
        self.epoch.lock().unwrap().1 = true;
        self.bell.notify_all();
    }

    fn pop(&self, me: usize) -> Option<Arc<Task>> {
        self.queues[me].lock().unwrap().pop_front()
    }

    // ANCHOR: steal
    fn steal(&self, me: usize) -> Option<Arc<Task>> {
        let n = self.queues.len();
        for i in 1..n {
            let mut loot: VecDeque<_> = {
                let mut q = self.queues[(me + i) % n].lock().unwrap();
                // The older half, rounded up.
                let half = q.len() - q.len() / 2;
                q.drain(..half).collect()
            };
            if let Some(first) = loot.pop_front() {
                self.steals.fetch_add(1, Relaxed);
                self.queues[me].lock().unwrap().append(&mut loot);
                return Some(first);
            }
        }
        None
    }
    // ANCHOR_END: steal

    // ANCHOR: worker
    fn worker(self: Arc<Self>, me: usize) -> usize {
        ME.with(|m| m.set(me));
        let mut ran = 0;
        loop {
            let seen = *self.epoch.lock().unwrap();
            if let Some(t) = self.pop(me).or_else(|| self.steal(me)) {
                t.run();
                ran += 1;
                continue;
            }
            // Nothing found since `seen` was read: sleep unless someone
            // pushed meanwhile.
            let mut e = self.epoch.lock().unwrap();
            while e.0 == seen.0 && !e.1 {
                e = self.bell.wait(e).unwrap();
            }
            if e.1 {
                return ran;
            }
        }
    }
    // ANCHOR_END: worker
}

// ANCHOR: spawn
fn spawn(pool: &Arc<Pool>, f: impl Future<Output = ()> + Send + 'static) {
    pool.live.fetch_add(1, AcqRel);
    pool.push(Arc::new(Task {
        state: AtomicU8::new(QUEUED),
        future: Mutex::new(Some(Box::pin(f))),
        pool: pool.clone(),
    }));
}
// ANCHOR_END: spawn

struct YieldNow(bool);
impl Future for YieldNow {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

fn main() {
    const WORKERS: usize = 4;
    const TASKS: usize = 1000;
    let pool = Arc::new(Pool {
        queues: (0..WORKERS).map(|_| Mutex::default()).collect(),
        live: AtomicUsize::new(0),
        steals: AtomicUsize::new(0),
        epoch: Mutex::new((0, false)),
        bell: Condvar::new(),
    });
    let polls = Arc::new(AtomicUsize::new(0));
    let moved = Arc::new(AtomicUsize::new(0));
    for i in 0..TASKS {
        let (polls, moved) = (polls.clone(), moved.clone());
        // All go into queue 0: the other three must steal.
        spawn(&pool, async move {
            let born = thread::current().id();
            let mut sum = i as u64;
            for _ in 0..10 {
                for k in 0..2000u64 {
                    sum = std::hint::black_box(sum.wrapping_mul(31) ^ k);
                }
                polls.fetch_add(1, Relaxed);
                YieldNow(false).await;
            }
            if thread::current().id() != born {
                moved.fetch_add(1, Relaxed);
            }
        });
    }
    let handles: Vec<_> = (0..WORKERS)
        .map(|me| {
            let p = pool.clone();
            thread::spawn(move || p.worker(me))
        })
        .collect();
    let ran: Vec<usize> =
        handles.into_iter().map(|h| h.join().unwrap()).collect();

    println!("user polls: {}", polls.load(Relaxed));
    println!("task runs:  {}", ran.iter().sum::<usize>());
    println!("every worker ran something: {}", ran.iter().all(|&r| r > 0));
    println!("something was stolen: {}", pool.steals.load(Relaxed) > 0);
    println!(
        "some task ended on another thread than it began: {}",
        moved.load(Relaxed) > 0
    );
    println!("tasks left: {}", pool.live.load(Relaxed));
    eprintln!(
        "(runs per worker {ran:?}, steals {}, moved {})",
        pool.steals.load(Relaxed),
        moved.load(Relaxed)
    );
}
