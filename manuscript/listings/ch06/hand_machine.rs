//@ kind: run
//@ edition: 2021
//@ pinned
//@ min: 1.85
// The same function twice: once as `async fn`, once as the enum rustc would
// have made.
use std::future::Future;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

// ANCHOR: once
/// Pending once, then Ready.
struct Once(bool);

impl Future for Once {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}
// ANCHOR_END: once

struct Noisy(&'static str);
impl Drop for Noisy {
    fn drop(&mut self) {
        println!("    drop {}", self.0);
    }
}

// ANCHOR: sugar
async fn sugar(start: u64) -> u64 {
    let guard = Noisy("guard");
    let mut sum = start;
    Once(false).await;
    sum += guard.0.len() as u64;
    drop(guard);
    Once(false).await;
    sum + 1
}
// ANCHOR_END: sugar

// ANCHOR: states
enum Hand {
    Unresumed { start: u64 },
    Suspend0 { guard: Noisy, sum: u64, sub: Once },
    Suspend1 { sum: u64, sub: Once },
    Returned,
    Panicked,
}
// ANCHOR_END: states

// ANCHOR: poll
impl Future for Hand {
    type Output = u64;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u64> {
        loop {
            match std::mem::replace(&mut *self, Hand::Panicked) {
                Hand::Unresumed { start } => {
                    *self = Hand::Suspend0 {
                        guard: Noisy("guard"),
                        sum: start,
                        sub: Once(false),
                    };
                }
                // ANCHOR_END: poll
                // ANCHOR: suspend0
                Hand::Suspend0 {
                    guard,
                    mut sum,
                    mut sub,
                } => match Pin::new(&mut sub).poll(cx) {
                    Poll::Pending => {
                        *self = Hand::Suspend0 { guard, sum, sub }; // (1)
                        return Poll::Pending;
                    }
                    Poll::Ready(()) => {
                        sum += guard.0.len() as u64; // (2)
                        drop(guard);
                        let sub = Once(false);
                        *self = Hand::Suspend1 { sum, sub }; // (3)
                    }
                },
                // ANCHOR_END: suspend0
                // ANCHOR: suspend1
                Hand::Suspend1 { sum, mut sub } => {
                    match Pin::new(&mut sub).poll(cx) {
                        Poll::Pending => {
                            *self = Hand::Suspend1 { sum, sub };
                            return Poll::Pending;
                        }
                        Poll::Ready(()) => {
                            *self = Hand::Returned;
                            return Poll::Ready(sum + 1);
                        }
                    }
                }
                Hand::Returned => {
                    *self = Hand::Returned;
                    panic!("`async fn` resumed after completion")
                }
                Hand::Panicked => {
                    panic!("`async fn` resumed after panicking")
                }
            }
        }
    }
}
// ANCHOR_END: suspend1

// ANCHOR: trace
fn trace<F: Future<Output = u64>>(
    name: &str,
    fut: F,
    give_up_after: usize,
) {
    println!("{name}, dropped after {give_up_after} polls at most:");
    let mut fut = Box::pin(fut);
    let mut cx = Context::from_waker(Waker::noop());
    for n in 1..=give_up_after {
        let p = fut.as_mut().poll(&mut cx);
        println!("    poll {n} -> {p:?}");
        if p.is_ready() {
            break;
        }
    }
}
// ANCHOR_END: trace

/// Polls on after the end, and says what that is answered with.
fn insist<F: Future<Output = u64>>(name: &str, fut: F) {
    println!("{name}, polled five times:");
    let mut fut = Box::pin(fut);
    let mut cx = Context::from_waker(Waker::noop());
    for n in 1..=5 {
        let polled =
            catch_unwind(AssertUnwindSafe(|| fut.as_mut().poll(&mut cx)));
        if let Err(e) = polled {
            println!("    poll {n}: {}", e.downcast_ref::<&str>().unwrap());
        }
    }
}

fn main() {
    // ANCHOR: main
    for give_up in [0, 1, 2, 9] {
        trace("sugar", sugar(10), give_up);
        trace("hand ", Hand::Unresumed { start: 10 }, give_up);
    }
    // ANCHOR_END: main
    insist("sugar", sugar(10));
    insist("hand ", Hand::Unresumed { start: 10 });
    println!(
        "sizes: sugar {}, hand {}",
        std::mem::size_of_val(&sugar(0)),
        std::mem::size_of::<Hand>()
    );
}
