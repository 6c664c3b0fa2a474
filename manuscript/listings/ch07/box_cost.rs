//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ pinned
// What a box costs, and when it pays: counted by the allocator.
use std::alloc::{GlobalAlloc, Layout, System};
use std::future::{poll_fn, ready, Future};
use std::mem::size_of_val;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::task::{Context, Poll, Waker};

// ANCHOR: counter
struct Counter;

static CALLS: AtomicUsize = AtomicUsize::new(0);
static LIVE: AtomicUsize = AtomicUsize::new(0);

unsafe impl GlobalAlloc for Counter {
    unsafe fn alloc(&self, l: Layout) -> *mut u8 {
        CALLS.fetch_add(1, Relaxed);
        LIVE.fetch_add(l.size(), Relaxed);
        unsafe { System.alloc(l) }
    }

    unsafe fn dealloc(&self, p: *mut u8, l: Layout) {
        LIVE.fetch_sub(l.size(), Relaxed);
        unsafe { System.dealloc(p, l) }
    }
}

#[global_allocator]
static COUNTER: Counter = Counter;
// ANCHOR_END: counter

async fn work() -> u32 {
    let buffer = [1u8; 1024];
    ready(()).await;
    buffer[0] as u32
}

async fn pause() {
    let mut first = true;
    poll_fn(|_| match std::mem::take(&mut first) {
        true => Poll::Pending,
        false => Poll::Ready(()),
    })
    .await
}

// ANCHOR: loops
async fn in_place() -> u32 {
    let mut n = 0;
    for _ in 0..100 {
        n += work().await;
    }
    n
}

async fn a_box_each() -> u32 {
    let mut n = 0;
    for _ in 0..100 {
        n += Box::pin(work()).await;
    }
    n
}

async fn one_box() -> u32 {
    let mut slot = Box::pin(work());
    let mut n = slot.as_mut().await;
    for _ in 1..100 {
        slot.set(work()); // drops the old future, puts a new one in place
        n += slot.as_mut().await;
    }
    n
}
// ANCHOR_END: loops

// ANCHOR: rare
async fn long_work() -> u8 {
    let buffer = [1u8; 1024];
    pause().await;
    buffer[0]
}

async fn stays(rare: bool) {
    if rare {
        long_work().await;
    } else {
        pause().await;
    }
}

async fn boxes(rare: bool) {
    if rare {
        Box::pin(long_work()).await;
    } else {
        pause().await;
    }
}
// ANCHOR_END: rare

fn poll<F: Future>(f: Pin<&mut F>) -> Poll<F::Output> {
    f.poll(&mut Context::from_waker(Waker::noop()))
}

fn calls(name: &str, f: impl Future<Output = u32>) {
    let mut f = std::pin::pin!(f);
    let before = CALLS.load(Relaxed);
    assert_eq!(poll(f.as_mut()), Poll::Ready(100));
    let calls = CALLS.load(Relaxed) - before;
    println!("{name:10} size {:4}, {calls:3} boxes", size_of_val(&*f));
}

// ANCHOR: thousand
/// A thousand tasks, ten of which went the rare way. All wait now.
fn thousand<F: Future>(name: &str, make: fn(bool) -> F) {
    let before = LIVE.load(Relaxed);
    let mut tasks = Vec::with_capacity(1000);
    for n in 0..1000 {
        tasks.push(Box::pin(make(n % 100 == 0)));
    }
    let made = LIVE.load(Relaxed) - before - 8 * tasks.capacity();
    for task in &mut tasks {
        assert!(poll(task.as_mut()).is_pending());
    }
    let now = LIVE.load(Relaxed) - before - 8 * tasks.capacity();
    println!("{name:10} made: {made:7} bytes, waiting: {now:7} bytes");
}
// ANCHOR_END: thousand

fn main() {
    calls("in_place", in_place());
    calls("a_box_each", a_box_each());
    calls("one_box", one_box());
    thousand("stays", stays);
    thousand("boxes", boxes);
}
