//@ kind: run
//@ edition: 2021
//@ min: 1.85
// How often is what polled? A driver that asks until it has an answer.
use std::cell::Cell;
use std::future::Future;
use std::pin::{pin, Pin};
use std::task::{Context, Poll, Waker};

thread_local! {
    static LEAVES: Cell<u32> = const { Cell::new(0) };
}

struct Countdown(u32);

impl Future for Countdown {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        LEAVES.set(LEAVES.get() + 1);
        if self.0 == 0 {
            return Poll::Ready(());
        }
        self.0 -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

// ANCHOR: body
async fn stages() {
    Countdown(2).await;
    Countdown(0).await;
    Countdown(1).await;
}

async fn outer() {
    stages().await
}
// ANCHOR_END: body

fn main() {
    let mut cx = Context::from_waker(Waker::noop());
    let mut future = pin!(outer());
    let mut polls = 1;
    while future.as_mut().poll(&mut cx).is_pending() {
        polls += 1;
    }
    println!("outer was polled {polls} times");
    println!("Countdowns were polled {} times", LEAVES.get());
}
