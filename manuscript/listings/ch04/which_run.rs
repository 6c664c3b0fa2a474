//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Which of these five print anything?
#![allow(unused_must_use)]
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

// ANCHOR: five
async fn say(what: &str) {
    println!("{what}");
}

async fn five() {
    let _ = say("one");
    let two = say("two");
    async { say("three") }.await;
    async { say("four").await }.await;
    drop(async { say("five").await });
    two.await;
}
// ANCHOR_END: five

fn main() {
    let mut cx = Context::from_waker(Waker::noop());
    assert_eq!(pin!(five()).poll(&mut cx), Poll::Ready(()));
}
