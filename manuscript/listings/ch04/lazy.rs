//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Five things that one can do to a future, none of which runs any of it.
use std::future::{poll_fn, Future};
use std::pin::{pin, Pin};
use std::task::{Context, Poll, Waker};

// ANCHOR: greet
async fn greet(name: &str) -> usize {
    println!("    body: hello, {name}");
    pause().await;
    println!("    body: goodbye, {name}");
    name.len()
}

async fn outer(inner: impl Future<Output = usize>) -> usize {
    println!("    body: outer begins");
    inner.await + 1
}
// ANCHOR_END: greet

/// Pending once, then Ready.
async fn pause() {
    let mut first = true;
    poll_fn(|_| match std::mem::take(&mut first) {
        true => Poll::Pending,
        false => Poll::Ready(()),
    })
    .await
}

// ANCHOR: main
fn main() {
    println!("1 call it");
    let call = greet("Ferris");
    println!("2 move it into another future");
    let wrapped = outer(call);
    println!("3 put it into a box");
    let boxed: Pin<Box<dyn Future<Output = usize>>> = Box::pin(wrapped);
    println!("4 put the box into a vector");
    let mut all = vec![boxed];
    println!("5 pin another one, and drop it");
    drop(pin!(greet("nobody")));

    let mut cx = Context::from_waker(Waker::noop());
    for n in 1..=2 {
        println!("poll {n}");
        let poll = all[0].as_mut().poll(&mut cx);
        println!("  -> {poll:?}");
    }
}
// ANCHOR_END: main
