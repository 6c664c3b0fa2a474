//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A select that asks the left one first, and what happens to the right one
// when the left one always has something to say.
use std::cell::Cell;
use std::future::{poll_fn, ready, Future};
use std::pin::{pin, Pin};
use std::task::{Context, Poll, Waker};

// ANCHOR: select
enum Either {
    Left,
    Right,
}

async fn biased(a: impl Future, b: impl Future) -> Either {
    let (mut a, mut b) = (pin!(a), pin!(b));
    poll_fn(|cx| {
        if a.as_mut().poll(cx).is_ready() {
            Poll::Ready(Either::Left)
        } else {
            b.as_mut().poll(cx).map(|_| Either::Right)
        }
    })
    .await
}

/// Whoever was asked first the last time is asked second this time. The
/// turn has to live outside, because every select is a new future.
async fn fair(turn: &Cell<bool>, a: impl Future, b: impl Future) -> Either {
    if turn.replace(!turn.get()) {
        match biased(b, a).await {
            Either::Left => Either::Right,
            Either::Right => Either::Left,
        }
    } else {
        biased(a, b).await
    }
}
// ANCHOR_END: select

fn block_on<F: Future>(f: F) -> F::Output {
    let mut f: Pin<&mut F> = pin!(f);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(v) = f.as_mut().poll(&mut cx) {
            return v;
        }
    }
}

// ANCHOR: main
fn main() {
    let count = |name: &str, left: usize| {
        println!("{name}: left {left}, right {}", 100 - left);
    };
    // A peer who never stops sending, and a signal that says: stop.
    let left = block_on(async {
        let mut left = 0;
        for _ in 0..100 {
            if let Either::Left = biased(ready(()), ready(())).await {
                left += 1;
            }
        }
        left
    });
    count("biased", left);

    let turn = Cell::new(false);
    let left = block_on(async {
        let mut left = 0;
        for _ in 0..100 {
            if let Either::Left = fair(&turn, ready(()), ready(())).await {
                left += 1;
            }
        }
        left
    });
    count("fair  ", left);
}
// ANCHOR_END: main
