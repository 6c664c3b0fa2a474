//@ kind: run
//@ edition: 2021
//@ pinned
//@ min: 1.85
// A lending async closure: what `|| async {}` cannot do.
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

fn block_on<F: Future>(f: F) -> F::Output {
    let mut f = pin!(f);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(v) = f.as_mut().poll(&mut cx) {
            return v;
        }
    }
}

// ANCHOR: thrice
async fn thrice(mut f: impl AsyncFnMut(u32) -> usize) -> usize {
    let mut last = 0;
    for i in 0..3 {
        last = f(i).await
    }
    last
}
// ANCHOR_END: thrice

// ANCHOR: main
fn main() {
    let mut log = Vec::new();
    let n = block_on(thrice(async |i| {
        log.push(i * i);
        std::future::ready(()).await;
        log.len()
    }));
    println!("{n} calls, log {log:?}");
    let c = async || println!("body runs at the await");
    let fut = c();
    println!("closure called");
    block_on(fut);
    println!(
        "closure {} bytes, future {} bytes",
        std::mem::size_of_val(&c),
        std::mem::size_of_val(&c())
    );
}
// ANCHOR_END: main
