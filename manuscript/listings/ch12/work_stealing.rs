//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A multi-thread work-stealing executor in std only: one deque a worker,
// steal half, sleep without losing a wake.
use std::cell::Cell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicUsize, Ordering::*};
use std::sync::{Arc, Barrier, Condvar, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

// ANCHOR: states
const WOKEN: u8 = 0b01; // a bit: a poll is owed
const RUNNING: u8 = 0b10; // a bit, and a state: being polled

const IDLE: u8 = 0; // in no queue, waits for a wake
const QUEUED: u8 = WOKEN; // in exactly one queue
const NOTIFIED: u8 = RUNNING | WOKEN; // woken while being polled
// ANCHOR_END: states

// ANCHOR: task
type Job = Pin<Box<dyn Future<Output = ()> + Send>>;

struct Task {
    state: AtomicU8,
    job: Mutex<Option<Job>>,
    pool: Arc<Pool>,
}
// ANCHOR_END: task

// ANCHOR: wake
impl Wake for Task {
    fn wake(self: Arc<Self>) {
        if self.state.fetch_or(WOKEN, AcqRel) == IDLE {
            self.pool.clone().push(self);
        }
    }
}
// ANCHOR_END: wake

// ANCHOR: run
impl Task {
    fn run(self: Arc<Self>) {
        self.state.swap(RUNNING, AcqRel); // it was QUEUED
        let waker = Waker::from(self.clone());
        let mut cx = Context::from_waker(&waker);
        let mut slot = self.job.lock().unwrap(); // nobody else asks
        let job = slot.as_mut().unwrap();
        if job.as_mut().poll(&mut cx).is_ready() {
            *slot = None;
            return self.pool.finished(); // RUNNING for ever
        }
        drop(slot);
        if self.state.fetch_and(!RUNNING, AcqRel) == NOTIFIED {
            self.pool.clone().push(self); // now it is QUEUED
        }
    }
}
// ANCHOR_END: run

// ANCHOR: pool
struct Pool {
    queues: Vec<Mutex<VecDeque<Arc<Task>>>>, // one for each worker
    sleepers: AtomicUsize,
    bed: Mutex<()>, // whoever goes to sleep holds it
    bell: Condvar,
    live: AtomicUsize, // tasks that have not finished
    over: AtomicBool,
    counts: Counts,
}
// ANCHOR_END: pool

#[derive(Default)]
struct Counts {
    steals: AtomicUsize,
    bed: AtomicUsize, // how often anybody asked for the common lock
}

thread_local! {
    static ME: Cell<usize> = const { Cell::new(0) };
}

impl Pool {
    // ANCHOR: push
    fn push(&self, task: Arc<Task>) {
        let queue = &self.queues[ME.get()];
        queue.lock().unwrap().push_back(task);
        self.ring();
    }
    // ANCHOR_END: push

    fn pop(&self, me: usize) -> Option<Arc<Task>> {
        self.queues[me].lock().unwrap().pop_front()
    }

    // ANCHOR: steal
    fn steal(&self, me: usize) -> Option<Arc<Task>> {
        let n = self.queues.len();
        for victim in (me + 1..me + n).map(|i| &self.queues[i % n]) {
            let mut loot: VecDeque<_> = {
                let mut queue = victim.lock().unwrap();
                let half = queue.len().div_ceil(2); // the older half
                queue.drain(..half).collect()
            };
            if let Some(first) = loot.pop_front() {
                self.counts.steals.fetch_add(1, Relaxed);
                if !loot.is_empty() {
                    self.queues[me].lock().unwrap().append(&mut loot);
                    self.ring(); // so far nobody could see them
                }
                return Some(first);
            }
        }
        None
    }
    // ANCHOR_END: steal

    // ANCHOR: sleep
    fn sleep(&self) {
        self.counts.bed.fetch_add(1, Relaxed);
        let bed = self.bed.lock().unwrap();
        self.sleepers.fetch_add(1, Relaxed); // register ...
        let idle = !self.over.load(Relaxed)
            && self.queues.iter().all(|q| q.lock().unwrap().is_empty());
        if idle {
            // ... then look, then sleep. `wait` gives the lock back.
            drop(self.bell.wait(bed).unwrap());
        }
        self.sleepers.fetch_sub(1, Relaxed);
    }
    // ANCHOR_END: sleep

    // ANCHOR: ring
    fn ring(&self) {
        if self.sleepers.load(Relaxed) > 0 {
            self.counts.bed.fetch_add(1, Relaxed);
            drop(self.bed.lock().unwrap()); // who has looked sleeps now
            self.bell.notify_one();
        }
    }
    // ANCHOR_END: ring

    fn finished(&self) {
        if self.live.fetch_sub(1, AcqRel) == 1 {
            let _bed = self.bed.lock().unwrap();
            self.over.store(true, Relaxed);
            self.bell.notify_all();
        }
    }

    // ANCHOR: worker
    fn worker(self: Arc<Self>, me: usize) -> usize {
        ME.set(me);
        let mut ran = 0;
        while !self.over.load(Relaxed) {
            if let Some(task) = self.pop(me).or_else(|| self.steal(me)) {
                task.run();
                ran += 1;
            } else {
                self.sleep();
            }
        }
        ran
    }
    // ANCHOR_END: worker
}

// ANCHOR: spawn
fn spawn(pool: &Arc<Pool>, job: impl Future<Output = ()> + Send + 'static) {
    pool.live.fetch_add(1, Relaxed);
    pool.push(Arc::new(Task {
        state: AtomicU8::new(QUEUED),
        job: Mutex::new(Some(Box::pin(job))),
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
        sleepers: AtomicUsize::new(0),
        bed: Mutex::default(),
        bell: Condvar::new(),
        live: AtomicUsize::new(0),
        over: AtomicBool::new(false),
        counts: Counts::default(),
    });
    let yields = Arc::new(AtomicUsize::new(0));
    let moved = Arc::new(AtomicUsize::new(0));
    // ANCHOR: load
    for i in 0..TASKS {
        let (yields, moved) = (yields.clone(), moved.clone());
        // All go into queue 0: the other three must steal.
        spawn(&pool, async move {
            let born = thread::current().id();
            let mut sum = i as u64;
            for _ in 0..10 {
                for k in 0..5000u64 {
                    sum = std::hint::black_box(sum.wrapping_mul(31) ^ k);
                }
                yields.fetch_add(1, Relaxed);
                YieldNow(false).await;
            }
            if thread::current().id() != born {
                moved.fetch_add(1, Relaxed);
            }
        });
    }
    // ANCHOR_END: load
    let start = Arc::new(Barrier::new(WORKERS));
    let workers: Vec<_> = (0..WORKERS)
        .map(|me| {
            let (pool, start) = (pool.clone(), start.clone());
            thread::spawn(move || {
                start.wait(); // nobody shall be late
                pool.worker(me)
            })
        })
        .collect();
    let ran: Vec<usize> =
        workers.into_iter().map(|w| w.join().unwrap()).collect();

    let (runs, moved) = (ran.iter().sum::<usize>(), moved.load(Relaxed));
    let steals = pool.counts.steals.load(Relaxed);
    let bed = pool.counts.bed.load(Relaxed);
    println!("yields: {}", yields.load(Relaxed));
    println!("runs:   {runs}");
    println!("left:   {}", pool.live.load(Relaxed));
    println!("every worker ran something: {}", ran.iter().all(|&r| r > 0));
    println!("some task changed its thread: {}", moved > 0);
    println!("over 20 runs for each theft: {}", runs > 20 * steals);
    println!("over 20 runs for each ring or sleep: {}", runs > 20 * bed);
    eprintln!("(runs {ran:?}, steals {steals}, bed {bed}, moved {moved})");
}
