//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A wrapper that can be put around any future, in any program, and tells
// what is done to it: polls, wakes, clones of its waker, and its end.
use std::future::{poll_fn, Future};
use std::mem::size_of_val;
use std::pin::{pin, Pin};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

// ANCHOR: spy
struct Spy<F> {
    inner: Pin<Box<F>>,
    name: &'static str,
    polls: u32,
    done: bool,
}

fn spy<F: Future>(name: &'static str, inner: F) -> Spy<F> {
    println!("[{name}] made, {} bytes", size_of_val(&inner));
    Spy {
        inner: Box::pin(inner),
        name,
        polls: 0,
        done: false,
    }
}

impl<F: Future> Future for Spy<F> {
    type Output = F::Output;

    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<F::Output> {
        self.polls += 1;
        let (name, n) = (self.name, self.polls);
        let tap = Arc::new(Tap {
            name,
            poll: n,
            wakes: AtomicU32::new(0),
            inner: cx.waker().clone(),
        });
        let waker = Waker::from(tap.clone());
        let polled =
            self.inner.as_mut().poll(&mut Context::from_waker(&waker));
        drop(waker);
        let kept = Arc::strong_count(&tap) - 1;
        let state = if polled.is_ready() {
            "ready"
        } else {
            "pending"
        };
        println!("[{name}] poll {n}: {state}, wakers kept: {kept}");
        if polled.is_pending() && kept == 0 && tap.wakes.load(Relaxed) == 0
        {
            println!("[{name}] nobody can wake it: this is the bug");
        }
        self.done = polled.is_ready();
        polled
    }
}

impl<F> Drop for Spy<F> {
    fn drop(&mut self) {
        let end = if self.done {
            "after its end"
        } else {
            "UNFINISHED"
        };
        println!("[{}] dropped {end}", self.name);
    }
}
// ANCHOR_END: spy

// ANCHOR: tap
struct Tap {
    name: &'static str,
    poll: u32,
    wakes: AtomicU32,
    inner: Waker,
}

impl Wake for Tap {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.wakes.fetch_add(1, Relaxed);
        println!(
            "[{}] woken, by the waker of poll {}",
            self.name, self.poll
        );
        self.inner.wake_by_ref();
    }
}
// ANCHOR_END: tap

async fn yield_now() {
    let mut first = true;
    poll_fn(|cx| match std::mem::take(&mut first) {
        true => {
            cx.waker().wake_by_ref();
            Poll::Pending
        }
        false => Poll::Ready(()),
    })
    .await
}

/// Forgets to leave its waker anywhere.
async fn forgetful() {
    poll_fn(|_| Poll::<()>::Pending).await
}

// ANCHOR: main
fn main() {
    let mut cx = Context::from_waker(Waker::noop());
    {
        let mut good = pin!(spy("good", yield_now()));
        while good.as_mut().poll(&mut cx).is_pending() {}
    }
    let mut hung = pin!(spy("hung", forgetful()));
    let _ = hung.as_mut().poll(&mut cx);
}
// ANCHOR_END: main
