//@ kind: run
//@ edition: 2021
//@ min: 1.85
// The smallest executor: poll, and sleep until somebody calls. And why it
// must not take a token for a wake.
use std::future::Future;
use std::pin::{pin, Pin};
use std::sync::atomic::{AtomicBool, Ordering::*};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

// ANCHOR: naive
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Sleeps whenever the token is gone, whoever took it. In order that this
/// program ends, it gives up after a while.
fn naive<F: Future>(f: F) -> Option<F::Output> {
    let mut f = pin!(f);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut cx = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(value) = f.as_mut().poll(&mut cx) {
            return Some(value);
        }
        let (start, limit) = (Instant::now(), Duration::from_millis(50));
        thread::park_timeout(limit);
        if start.elapsed() >= limit {
            return None;
        }
    }
}
// ANCHOR_END: naive

// ANCHOR: block_on
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

/// The flag is the truth; the token only ends the sleep.
fn block_on<F: Future>(f: F) -> F::Output {
    let mut f = pin!(f);
    let signal = Arc::new(Signal {
        thread: thread::current(),
        woken: AtomicBool::new(false),
    });
    let waker = Waker::from(signal.clone());
    let mut cx = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(value) = f.as_mut().poll(&mut cx) {
            return value;
        }
        while !signal.woken.swap(false, Acquire) {
            thread::park();
        }
    }
}
// ANCHOR_END: block_on

// ANCHOR: thief
/// Is woken at once, and then calls something that uses the same token for
/// a purpose of its own. Receiving from a channel may do that anywhere.
struct Thief(bool);

impl Future for Thief {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        if std::mem::replace(&mut self.0, true) {
            return Poll::Ready(42);
        }
        let waker = cx.waker().clone();
        thread::spawn(move || waker.wake()).join().unwrap();
        thread::park(); // returns at once, and the token is gone
        Poll::Pending
    }
}
// ANCHOR_END: thief

fn main() {
    let waits = block_on(async {
        let start = Instant::now();
        Later::after(Duration::from_millis(30)).await;
        start.elapsed() >= Duration::from_millis(30)
    });
    println!("slept for at least 30 ms: {waits}");
    println!("naive:    {:?}", naive(Thief(false)));
    println!("block_on: {:?}", block_on(Thief(false)));
}

/// Ready when a thread has slept for it.
struct Later(Arc<AtomicBool>, Duration, bool);

impl Later {
    fn after(time: Duration) -> Later {
        Later(Arc::default(), time, false)
    }
}

impl Future for Later {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.0.load(Acquire) {
            return Poll::Ready(());
        }
        if !std::mem::replace(&mut self.2, true) {
            let (done, time) = (self.0.clone(), self.1);
            let waker = cx.waker().clone();
            thread::spawn(move || {
                thread::sleep(time);
                done.store(true, Release);
                waker.wake();
            });
        }
        Poll::Pending
    }
}
