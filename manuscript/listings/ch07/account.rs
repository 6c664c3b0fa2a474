//@ kind: sizes
//@ edition: 2021
// also: Hand Noisy Once
// The two machines of chapter 6, field by field.
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

pub struct Once(bool);

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

pub struct Noisy(&'static str);

impl Drop for Noisy {
    fn drop(&mut self) {
        println!("    drop {}", self.0);
    }
}

// ANCHOR: sugar
pub async fn sugar(start: u64) -> u64 {
    let guard = Noisy("guard");
    let mut sum = start;
    Once(false).await;
    sum += guard.0.len() as u64;
    drop(guard);
    Once(false).await;
    sum + 1
}
// ANCHOR_END: sugar

// ANCHOR: hand
pub enum Hand {
    Unresumed { start: u64 },
    Suspend0 { guard: Noisy, sum: u64, sub: Once },
    Suspend1 { sum: u64, sub: Once },
    Returned,
    Panicked,
}
// ANCHOR_END: hand

/// A type has a layout when somebody uses it.
pub fn keep() -> (Hand, Pin<Box<dyn Future<Output = u64>>>) {
    (Hand::Unresumed { start: 0 }, Box::pin(sugar(0)))
}
