//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A function that does its first half when it is called.
use std::future::{poll_fn, ready, Future};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

// ANCHOR: eager
fn greet(name: &str) -> impl Future<Output = usize> + '_ {
    println!("hello, {name}");
    async move {
        pause().await;
        println!("goodbye, {name}");
        name.len()
    }
}
// ANCHOR_END: eager

// ANCHOR: repaired
async fn g() -> Vec<u32> {
    let mut all = Vec::new();
    for x in [1, 2] {
        all.push(ready(2 * x).await);
    }
    all
}
// ANCHOR_END: repaired

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
    let mut cx = Context::from_waker(Waker::noop());
    let mut greeting = pin!(greet("Ferris"));
    println!("called");
    println!("{:?}", greeting.as_mut().poll(&mut cx));
    println!("{:?}", greeting.as_mut().poll(&mut cx));
    println!("{:?}", pin!(g()).poll(&mut cx));
}
// ANCHOR_END: main
