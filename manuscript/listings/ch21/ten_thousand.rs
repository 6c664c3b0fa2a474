//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ pinned
// 10,000 idle tasks: what one costs as a future, against a thread of
// chapter 1.
use std::alloc::{GlobalAlloc, Layout, System};
use std::future::{pending, Future};
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::task::{Context, Poll, Waker};

// ANCHOR: count
struct Count;
static LIVE: AtomicUsize = AtomicUsize::new(0);
// SAFETY: forwards to System, only counts.
unsafe impl GlobalAlloc for Count {
    unsafe fn alloc(&self, l: Layout) -> *mut u8 {
        LIVE.fetch_add(l.size(), Relaxed);
        System.alloc(l)
    }

    unsafe fn dealloc(&self, p: *mut u8, l: Layout) {
        LIVE.fetch_sub(l.size(), Relaxed);
        System.dealloc(p, l)
    }
}

#[global_allocator]
static A: Count = Count;
// ANCHOR_END: count

// ANCHOR: main
async fn conn(id: u32) -> u32 {
    let buf = [0u8; 128];
    pending::<()>().await;
    id + buf[0] as u32
}

fn main() {
    const N: usize = 10_000;
    let mut v: Vec<Pin<Box<dyn Future<Output = u32>>>> =
        Vec::with_capacity(N);
    let before = LIVE.load(Relaxed);
    for i in 0..N {
        v.push(Box::pin(conn(i as u32)))
    }
    let mut cx = Context::from_waker(Waker::noop());
    let pending = v
        .iter_mut()
        .map(|f| f.as_mut().poll(&mut cx))
        .filter(Poll::is_pending)
        .count();
    println!(
        "{pending} tasks wait; heap bytes each: {}; size_of future: {}",
        (LIVE.load(Relaxed) - before) / N,
        std::mem::size_of_val(&conn(0))
    );
}
// ANCHOR_END: main
