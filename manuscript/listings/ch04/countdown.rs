//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A leaf future by hand, and the log of who said what to whom.
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering::*};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

// ANCHOR: countdown
struct Countdown(u32);

impl Future for Countdown {
    type Output = &'static str;

    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Self::Output> {
        if self.0 == 0 {
            println!("    future: ready");
            return Poll::Ready("lift-off");
        }
        println!("    future: {} to go, call me again", self.0);
        self.0 -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
// ANCHOR_END: countdown

// ANCHOR: driver
struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        println!("    waker:  noted");
        self.0.store(true, SeqCst);
    }
}

/// Polls as long as it has been asked to, and not once more.
fn drive<F: Future + Unpin>(mut future: F) -> Option<F::Output> {
    let flag = Arc::new(Flag(AtomicBool::new(true)));
    let waker = Waker::from(flag.clone());
    let mut cx = Context::from_waker(&waker);
    while flag.0.swap(false, SeqCst) {
        println!("driver: poll");
        match Pin::new(&mut future).poll(&mut cx) {
            Poll::Ready(value) => return Some(value),
            Poll::Pending => println!("driver: pending"),
        }
    }
    println!("driver: nobody asked, so I stop");
    None
}
// ANCHOR_END: driver

// ANCHOR: silent
/// Forgets the second half of its duty.
struct Silent;

impl Future for Silent {
    type Output = &'static str;

    fn poll(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Self::Output> {
        println!("    future: not yet");
        Poll::Pending
    }
}
// ANCHOR_END: silent

fn main() {
    println!("-> {:?}", drive(Countdown(2)));
    println!("-> {:?}", drive(Silent));
}
