//@ kind: run
//@ edition: 2021
//@ min: 1.85
// join! for any number of futures of any types: why it is a macro, and what
// it expands to.
use std::future::{poll_fn, Future};
use std::pin::{pin, Pin};
use std::task::{Context, Poll, Waker};

// ANCHOR: maybe
/// A future, then its output, then nothing.
enum Maybe<F: Future> {
    Running(Pin<Box<F>>),
    Done(F::Output),
    Taken,
}

impl<F: Future> Maybe<F> {
    /// Whether it is done. Polls it only when it is not.
    fn advance(&mut self, cx: &mut Context<'_>) -> bool {
        if let Maybe::Running(future) = self {
            match future.as_mut().poll(cx) {
                Poll::Pending => return false,
                Poll::Ready(value) => *self = Maybe::Done(value),
            }
        }
        true
    }

    fn take(&mut self) -> F::Output {
        match std::mem::replace(self, Maybe::Taken) {
            Maybe::Done(value) => value,
            _ => panic!("taken before it was done"),
        }
    }
}
// ANCHOR_END: maybe

// ANCHOR: join
macro_rules! join {
    ($($name:ident = $future:expr),+ $(,)?) => {{
        $( let mut $name = Maybe::Running(Box::pin($future)); )+
        poll_fn(|cx| {
            let mut all = true;
            $( all &= $name.advance(cx); )+ // no && here: everybody's turn
            if !all {
                return Poll::Pending;
            }
            Poll::Ready(( $( $name.take(), )+ ))
        })
        .await
    }};
}
// ANCHOR_END: join

/// Pending `n` times.
async fn steps(name: &str, n: u32) {
    for step in 1..=n {
        println!("  {name}, step {step}");
        let mut first = true;
        poll_fn(|_| match std::mem::take(&mut first) {
            true => Poll::Pending,
            false => Poll::Ready(()),
        })
        .await;
    }
}

fn block_on<F: Future>(f: F) -> F::Output {
    let mut f = pin!(f);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(v) = f.as_mut().poll(&mut cx) {
            return v;
        }
    }
}

// ANCHOR: main
fn main() {
    let (number, text, ()) = block_on(async {
        join!(
            a = async {
                steps("a", 1).await;
                42
            },
            b = async {
                steps("b", 3).await;
                "text"
            },
            c = steps("c", 2),
        )
    });
    println!("{number}, {text}");
}
// ANCHOR_END: main
