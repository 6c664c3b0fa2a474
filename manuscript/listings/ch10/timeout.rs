//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A driver that sleeps until the first deadline, a sleep that can be
// cancelled, and what the two are mostly used for.
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::future::{poll_fn, Future};
use std::marker::PhantomData;
use std::pin::{pin, Pin};
use std::sync::atomic::{AtomicBool, Ordering::*};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

#[derive(Default)]
struct Timers {
    heap: BinaryHeap<Reverse<(Instant, u64)>>,
    wakers: HashMap<u64, Waker>,
    next: u64,
}

impl Timers {
    fn add(&mut self, deadline: Instant) -> u64 {
        self.next += 1;
        self.heap.push(Reverse((deadline, self.next)));
        self.next
    }

    fn first(&mut self) -> Option<Instant> {
        while let Some(Reverse((deadline, id))) = self.heap.peek() {
            if self.wakers.contains_key(id) {
                return Some(*deadline);
            }
            self.heap.pop();
        }
        None
    }

    fn fire(&mut self, now: Instant) -> Vec<Waker> {
        let mut due = Vec::new();
        while let Some(&Reverse((deadline, id))) = self.heap.peek() {
            if deadline > now {
                break;
            }
            self.heap.pop();
            due.extend(self.wakers.remove(&id));
        }
        due
    }
}

// ANCHOR: timers
thread_local! {
    static TIMERS: RefCell<Timers> = RefCell::default();
}

fn timers<T>(f: impl FnOnce(&mut Timers) -> T) -> T {
    TIMERS.with_borrow_mut(f)
}
// ANCHOR_END: timers

// ANCHOR: sleep
struct Sleep {
    deadline: Instant,
    id: Option<u64>,            // None until the first poll
    here: PhantomData<*mut ()>, // so it is not Send
}

impl Future for Sleep {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let Sleep { deadline, id, .. } = &mut *self;
        if Instant::now() >= *deadline {
            return Poll::Ready(());
        }
        let id = *id.get_or_insert_with(|| timers(|t| t.add(*deadline)));
        let newest = cx.waker().clone();
        drop(timers(|t| t.wakers.insert(id, newest)));
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        drop(self.id.map(|id| timers(|t| t.wakers.remove(&id))));
    }
}
// ANCHOR_END: sleep

fn sleep(ms: u64) -> Sleep {
    let deadline = Instant::now() + Duration::from_millis(ms);
    let (id, here) = (None, PhantomData);
    Sleep { deadline, id, here }
}

// ANCHOR: timeout
#[derive(Debug)]
struct Elapsed;

async fn timeout<F: Future>(ms: u64, f: F) -> Result<F::Output, Elapsed> {
    let (mut f, mut sleep) = (pin!(f), pin!(sleep(ms)));
    poll_fn(|cx| {
        if let Poll::Ready(value) = f.as_mut().poll(cx) {
            return Poll::Ready(Ok(value));
        }
        sleep.as_mut().poll(cx).map(|()| Err(Elapsed))
    })
    .await
    // here both are dropped
}
// ANCHOR_END: timeout

struct Signal {
    thread: Thread,
    woken: AtomicBool,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        if !self.woken.swap(true, Release) {
            self.thread.unpark();
        }
    }
}

fn block_on<F: Future>(f: F) -> F::Output {
    let mut f = pin!(f);
    let signal = Arc::new(Signal {
        thread: thread::current(),
        woken: AtomicBool::new(false),
    });
    let waker = Waker::from(signal.clone());
    let mut cx = Context::from_waker(&waker);
    // ANCHOR: driver
    loop {
        if let Poll::Ready(value) = f.as_mut().poll(&mut cx) {
            return value;
        }
        while !signal.woken.swap(false, Acquire) {
            match timers(|t| t.first()) {
                None => thread::park(),
                Some(deadline) => {
                    let now = Instant::now();
                    let left = deadline.saturating_duration_since(now);
                    thread::park_timeout(left);
                }
            }
            let due = timers(|t| t.fire(Instant::now()));
            due.into_iter().for_each(Waker::wake); // outside the borrow
        }
    }
    // ANCHOR_END: driver
}

// ANCHOR: main
async fn answer(after: u64) -> u32 {
    sleep(after).await;
    42
}

fn main() {
    let start = Instant::now();
    println!("{:?}", block_on(timeout(60_000, answer(10))));
    println!("{:?}", block_on(timeout(20, answer(60_000))));
    let took = start.elapsed();
    println!("at least 30 ms: {}", took.as_millis() >= 30);
    println!("less than a minute: {}", took.as_secs() < 60);
    let (heap, wakers) = timers(|t| (t.heap.len(), t.wakers.len()));
    println!("{heap} in the heap, {wakers} wakers");
}
// ANCHOR_END: main
