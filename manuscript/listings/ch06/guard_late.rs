//@ kind: run
//@ edition: 2021
//@ pinned
//@ min: 1.85
// The guard of the chapter's machine, kept across the second await as well.
use std::future::Future;
use std::mem::{replace, size_of, size_of_val};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

struct Once(bool);

impl Future for Once {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if replace(&mut self.0, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

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
    Once(false).await;
    drop(guard);
    sum + 1
}
// ANCHOR_END: sugar

// ANCHOR: states
enum Hand {
    Unresumed { start: u64 },
    Suspend0 { guard: Noisy, sum: u64, sub: Once },
    Suspend1 { guard: Noisy, sum: u64, sub: Once },
    Returned,
    Panicked,
}
// ANCHOR_END: states

impl Future for Hand {
    type Output = u64;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u64> {
        loop {
            match replace(&mut *self, Hand::Panicked) {
                Hand::Unresumed { start: sum } => {
                    let guard = Noisy("guard");
                    let sub = Once(false);
                    *self = Hand::Suspend0 { guard, sum, sub };
                }
                Hand::Suspend0 {
                    guard,
                    mut sum,
                    mut sub,
                } => {
                    if Pin::new(&mut sub).poll(cx).is_pending() {
                        *self = Hand::Suspend0 { guard, sum, sub };
                        return Poll::Pending;
                    }
                    sum += guard.0.len() as u64;
                    let sub = Once(false);
                    *self = Hand::Suspend1 { guard, sum, sub };
                }
                Hand::Suspend1 {
                    guard,
                    sum,
                    mut sub,
                } => {
                    if Pin::new(&mut sub).poll(cx).is_pending() {
                        *self = Hand::Suspend1 { guard, sum, sub };
                        return Poll::Pending;
                    }
                    drop(guard);
                    *self = Hand::Returned;
                    return Poll::Ready(sum + 1);
                }
                Hand::Returned => panic!("resumed after completion"),
                Hand::Panicked => panic!("resumed after panicking"),
            }
        }
    }
}

fn trace<F: Future<Output = u64>>(name: &str, fut: F, most: usize) {
    println!("{name}, dropped after {most} polls at most:");
    let mut fut = Box::pin(fut);
    let mut cx = Context::from_waker(Waker::noop());
    for n in 1..=most {
        let p = fut.as_mut().poll(&mut cx);
        println!("    poll {n} -> {p:?}");
        if p.is_ready() {
            break;
        }
    }
}

fn main() {
    for most in [2, 9] {
        trace("sugar", sugar(10), most);
        trace("hand ", Hand::Unresumed { start: 10 }, most);
    }
    println!("hand {}", size_of::<Hand>());
    println!("sugar {}", size_of_val(&sugar(0)));
}
