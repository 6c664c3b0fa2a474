//@ kind: fail
//@ edition: 2021
// ANCHOR: all
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

struct Once<T>(Option<T>, std::marker::PhantomPinned);
impl<T> Future for Once<T> {
    type Output = T;
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<T> {
        Poll::Ready(self.0.unwrap())
    }
}

fn main() {}
// ANCHOR_END: all
