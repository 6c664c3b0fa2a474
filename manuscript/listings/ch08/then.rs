//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Exercise: one future and, when it is ready, another in its place.
use std::future::{poll_fn, Future};
use std::pin::{pin, Pin};
use std::task::{Context, Poll, Waker};

// ANCHOR: then
enum Then<A, B, F> {
    First(A, Option<F>), // A is pinned, the closure is not
    Second(B),           // B is pinned
}

// Nobody ever pins the closure, so it is not asked.
impl<A: Unpin, B: Unpin, F> Unpin for Then<A, B, F> {}

impl<A, B, F> Future for Then<A, B, F>
where
    A: Future,
    B: Future,
    F: FnOnce(A::Output) -> B,
{
    type Output = B::Output;

    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<B::Output> {
        loop {
            // SAFETY: A and B are handed on as pinned and never moved;
            // Then has no Drop, and is Unpin only if A and B are.
            match unsafe { self.as_mut().get_unchecked_mut() } {
                Then::First(a, make) => {
                    let a = unsafe { Pin::new_unchecked(a) };
                    let Poll::Ready(value) = a.poll(cx) else {
                        return Poll::Pending;
                    };
                    let make = make.take().unwrap();
                    self.set(Then::Second(make(value))); // drops A
                }
                Then::Second(b) => {
                    return unsafe { Pin::new_unchecked(b) }.poll(cx);
                }
            }
        }
    }
}
// ANCHOR_END: then

struct Loud(&'static str);
impl Drop for Loud {
    fn drop(&mut self) {
        println!("drop {}", self.0);
    }
}

async fn later(name: &'static str) -> &'static str {
    let loud = Loud(name);
    let mut asked = false;
    poll_fn(|_| match std::mem::replace(&mut asked, true) {
        true => Poll::Ready(()),
        false => Poll::Pending,
    })
    .await;
    loud.0
}

/// Keeps a drop of its own until it is dropped itself.
struct Lasting<T>(T, #[allow(dead_code)] Loud);
impl<T: Future> Future for Lasting<T> {
    type Output = T::Output;
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T::Output> {
        // SAFETY: the field is pinned when self is; nothing moves it.
        unsafe { self.map_unchecked_mut(|l| &mut l.0) }.poll(cx)
    }
}

fn main() {
    let first = Lasting(later("one"), Loud("the first future"));
    let make = |name| {
        println!("{name} is ready");
        later("two")
    };
    let mut then = pin!(Then::First(first, Some(make)));
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..3 {
        println!("{:?}", then.as_mut().poll(&mut cx));
    }
}
