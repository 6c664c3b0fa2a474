//@ kind: fail
//@ edition: 2021
// poll wants Pin<&mut Self>, not &mut Self.
use std::future::Future;
use std::task::{Context, Waker};

// ANCHOR: all
async fn f() {}

fn main() {
    let mut fut = f();
    let mut cx = Context::from_waker(Waker::noop());
    let _ = fut.poll(&mut cx);
}
// ANCHOR_END: all
