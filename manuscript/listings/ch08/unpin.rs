//@ kind: fail
//@ edition: 2021
// Pin::new needs Unpin; the future of an async fn is not Unpin.
// ANCHOR: all
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Waker};

async fn f() {}

fn main() {
    let mut fut = f();
    let mut cx = Context::from_waker(Waker::noop());
    let _ = Pin::new(&mut fut).poll(&mut cx);
}
// ANCHOR_END: all
