//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A wrapper that finds out who says Pending and tells nobody.
use std::future::{pending, poll_fn, Future};
use std::pin::{pin, Pin};
use std::sync::atomic::{fence, AtomicBool, Ordering::*};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

// ANCHOR: watch
/// Stands between the future and the real waker.
struct Watch {
    woken: AtomicBool,
    outer: Waker,
}

impl Wake for Watch {
    fn wake(self: Arc<Self>) {
        self.woken.store(true, SeqCst);
        self.outer.wake_by_ref();
    }
}

async fn checked<F: Future>(name: &str, inner: F) -> F::Output {
    let mut inner = pin!(inner);
    poll_fn(|cx| {
        let watch = Arc::new(Watch {
            woken: AtomicBool::new(false),
            outer: cx.waker().clone(),
        });
        let waker = Waker::from(watch.clone());
        let poll = inner.as_mut().poll(&mut Context::from_waker(&waker));
        drop(waker);
        let kept = Arc::strong_count(&watch) > 1;
        fence(Acquire); // the count is read first, then the flag
        if poll.is_pending() && !kept && !watch.woken.load(SeqCst) {
            println!("{name}: pending, and nobody has its waker");
        }
        poll
    })
    .await
}
// ANCHOR_END: watch

/// Wakes at once.
struct Again(bool);

impl Future for Again {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

/// Leaves its waker with somebody.
struct Left<'a>(&'a mut Option<Waker>);

impl Future for Left<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        *self.0 = Some(cx.waker().clone());
        Poll::Pending
    }
}

/// Forgets the second half of its duty.
struct Silent;

impl Future for Silent {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        Poll::Pending
    }
}

/// Keeps the first waker that it is shown, and no later one.
struct Stale(Option<Waker>);

impl Future for Stale {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.0.get_or_insert_with(|| cx.waker().clone());
        Poll::Pending
    }
}

// ANCHOR: main
fn main() {
    let mut cx = Context::from_waker(Waker::noop());
    let mut desk = None;
    let _ = pin!(checked("Again", Again(false))).poll(&mut cx);
    let _ = pin!(checked("Left", Left(&mut desk))).poll(&mut cx);
    let _ = pin!(checked("Silent", Silent)).poll(&mut cx);
    let mut stale = pin!(checked("Stale", Stale(None)));
    for n in 1..=2 {
        println!("Stale: poll {n}");
        let _ = stale.as_mut().poll(&mut cx);
    }
    let _ = pin!(checked("pending()", pending::<()>())).poll(&mut cx);
}
// ANCHOR_END: main
