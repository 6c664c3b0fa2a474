//@ kind: run
//@ edition: 2021
//@ min: 1.85
// join, select and cancellation: cancelling is dropping, and nothing else.
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::{poll_fn, Future};
use std::pin::{pin, Pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

// ANCHOR: ticks
/// Ready at the n-th poll. A clock made of polls keeps the output
/// reproducible.
struct Ticks(u32);
impl Future for Ticks {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.0 == 0 {
            return Poll::Ready(());
        }
        self.0 -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
// ANCHOR_END: ticks

// ANCHOR: select
enum Either<A, B> {
    Left(A),
    Right(B),
}

async fn select<A: Future, B: Future>(
    a: A,
    b: B,
) -> Either<A::Output, B::Output> {
    let (mut a, mut b) = (pin!(a), pin!(b));
    poll_fn(|cx| {
        if let Poll::Ready(v) = a.as_mut().poll(cx) {
            return Poll::Ready(Either::Left(v));
        }
        if let Poll::Ready(v) = b.as_mut().poll(cx) {
            return Poll::Ready(Either::Right(v));
        }
        Poll::Pending
    })
    .await
    // here both pinned futures are dropped, the loser wherever it was
}
// ANCHOR_END: select

// ANCHOR: join
async fn join<A: Future, B: Future>(a: A, b: B) -> (A::Output, B::Output) {
    let (mut a, mut b) = (pin!(a), pin!(b));
    let (mut ra, mut rb) = (None, None);
    poll_fn(|cx| {
        if ra.is_none() {
            if let Poll::Ready(v) = a.as_mut().poll(cx) {
                ra = Some(v)
            }
        }
        if rb.is_none() {
            if let Poll::Ready(v) = b.as_mut().poll(cx) {
                rb = Some(v)
            }
        }
        if ra.is_some() && rb.is_some() {
            Poll::Ready((ra.take().unwrap(), rb.take().unwrap()))
        } else {
            Poll::Pending
        }
    })
    .await
}
// ANCHOR_END: join

fn block_on<F: Future>(f: F) -> F::Output {
    let mut f = pin!(f);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(v) = f.as_mut().poll(&mut cx) {
            return v;
        }
    }
}

struct Noisy(&'static str);
impl Drop for Noisy {
    fn drop(&mut self) {
        println!("    dropped: {}", self.0)
    }
}

// ANCHOR: work
async fn work(name: &'static str, n: u32) -> &'static str {
    let _outer = Noisy("outer of work");
    Ticks(1).await;
    let _inner = Noisy("inner of work");
    Ticks(n).await;
    println!("    {name} finished");
    name
}
// ANCHOR_END: work

// ANCHOR: source
/// A source that hands out bytes; `read_exact` is NOT cancel safe,
/// `read_some` is.
struct Source(RefCell<VecDeque<u8>>, Cell<u32>);
impl Source {
    async fn read_some(&self) -> u8 {
        poll_fn(|cx| {
            // a byte on every second poll only
            let n = self.1.get();
            self.1.set(n + 1);
            if n % 2 == 0 {
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            Poll::Ready(self.0.borrow_mut().pop_front().unwrap())
        })
        .await
    }

    async fn read_exact(&self, n: usize) -> Vec<u8> {
        // Progress lives in the future: a drop loses it.
        let mut got = Vec::new();
        while got.len() < n {
            got.push(self.read_some().await)
        }
        got
    }
}
// ANCHOR_END: source

fn main() {
    // ANCHOR: race
    println!("join:");
    let (a, b) = block_on(join(work("a", 1), work("b", 3)));
    println!("  -> {a}, {b}");

    println!("select, the loser is cancelled at its second await:");
    match block_on(select(work("slow", 9), Ticks(4))) {
        Either::Left(v) => println!("  -> {v}"),
        Either::Right(()) => println!("  -> timed out"),
    }

    println!("select, the loser was never polled at all:");
    match block_on(select(async { 1 }, work("never", 1))) {
        Either::Left(v) => println!("  -> {v}"),
        Either::Right(v) => println!("  -> {v}"),
    }
    // ANCHOR_END: race

    // ANCHOR: lost
    println!("lost bytes:");
    let src =
        Rc::new(Source(RefCell::new((1..=9).collect()), Cell::new(0)));
    block_on(async {
        if let Either::Right(()) = select(src.read_exact(4), Ticks(2)).await
        {
            println!(
                "  timeout; next byte is {}, so {:?} is gone",
                src.read_some().await,
                [1, 2]
            );
        }
    });
    // ANCHOR_END: lost

    // ANCHOR: kept
    println!("kept bytes: the future is lent to select and outlives it:");
    let src =
        Rc::new(Source(RefCell::new((1..=9).collect()), Cell::new(0)));
    block_on(async {
        let mut read = pin!(src.read_exact(4));
        let mut tries = 1;
        loop {
            match select(read.as_mut(), Ticks(2)).await {
                Either::Left(v) => {
                    println!("  got {v:?} at try {tries}");
                    break;
                }
                Either::Right(()) => tries += 1,
            }
        }
    });
    // ANCHOR_END: kept
}
