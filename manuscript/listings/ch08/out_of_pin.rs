//@ kind: fail
//@ edition: 2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

// ANCHOR: all
struct Once<T>(Option<T>, std::marker::PhantomPinned);
impl<T> Future for Once<T> {
    type Output = T;
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<T> {
        Poll::Ready(self.0.unwrap())
    }
}
// ANCHOR_END: all

fn main() {}
