//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Rule 15: first the condition, then the wake. A source that does it the
// other way round, and a driver that is quick.
use std::cell::{Cell, RefCell};
use std::future::{poll_fn, Future};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering::*};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

#[derive(Default)]
struct Flag(AtomicBool);
impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, SeqCst);
    }
}

// ANCHOR: steps
#[derive(Default)]
struct Shared {
    done: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

fn store(s: &Shared) {
    s.done.set(true);
}

fn wake(s: &Shared) {
    let left = s.waker.take();
    left.expect("somebody waits").wake();
}
// ANCHOR_END: steps

fn judge(name: &str, source: [fn(&Shared); 2]) {
    // ANCHOR: leaf
    let shared = Shared::default();
    let mut leaf = pin!(poll_fn(|cx| {
        *shared.waker.borrow_mut() = Some(cx.waker().clone());
        match shared.done.get() {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    }));

    let flag = Arc::new(Flag::default());
    let waker = Waker::from(flag.clone());
    let mut cx = Context::from_waker(&waker);
    // ANCHOR_END: leaf

    println!("{name}:");
    // ANCHOR: drive
    let mut poll = leaf.as_mut().poll(&mut cx);
    for step in source {
        step(&shared);
        if flag.0.swap(false, SeqCst) {
            poll = leaf.as_mut().poll(&mut cx); // at once
            println!("  woken, polled: {poll:?}");
        }
    }
    println!("  done: {}, {poll:?}", shared.done.get());
    // ANCHOR_END: drive
}

// ANCHOR: main
fn main() {
    judge("wake, then store", [wake, store]);
    judge("store, then wake", [store, wake]);
}
// ANCHOR_END: main
