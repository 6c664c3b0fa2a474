//@ kind: run
//@ edition: 2021
//@ min: 1.85
// One wake, from the making of the waker to the second poll, with the
// owners of what the waker points to.
use std::future::{poll_fn, Future};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering::*};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

struct Flag(AtomicBool);
impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, SeqCst);
    }
}

fn main() {
    let flag = Arc::new(Flag(AtomicBool::new(false)));
    let note = |what: &str| {
        let woken = if flag.0.load(SeqCst) { ", woken" } else { "" };
        println!("{what:24} owners {}{woken}", Arc::strong_count(&flag));
    };
    // ANCHOR: life
    let done = AtomicBool::new(false);
    let slot = Mutex::new(None);
    let mut leaf = pin!(poll_fn(|cx| {
        if done.load(SeqCst) {
            return Poll::Ready(());
        }
        *slot.lock().unwrap() = Some(cx.waker().clone());
        note("future: left a clone");
        Poll::Pending
    }));

    let waker = Waker::from(flag.clone());
    note("driver: made a waker");
    let mut cx = Context::from_waker(&waker);
    assert!(leaf.as_mut().poll(&mut cx).is_pending());
    note("driver: got Pending");

    thread::scope(|s| {
        s.spawn(|| {
            done.store(true, SeqCst);
            let left: Option<Waker> = slot.lock().unwrap().take();
            note("source: took it out");
            left.unwrap().wake();
            note("source: called wake");
        });
    });

    flag.0.store(false, SeqCst);
    assert!(leaf.as_mut().poll(&mut cx).is_ready());
    note("driver: got Ready");
    drop(waker);
    note("driver: dropped it");
    // ANCHOR_END: life
}
