//@ kind: run
//@ edition: 2021
//@ min: 1.85
// What pin! does, by hand.
use std::future::{ready, Future};
use std::pin::Pin;
use std::task::{Context, Waker};

fn main() {
    let mut cx = Context::from_waker(Waker::noop());
    // ANCHOR: shadow
    let mut future = async { ready(7).await };
    // SAFETY: from the next line on, `future` is the pin, and no name is
    // left for the value itself. It is dropped at the end of the block.
    let mut future = unsafe { Pin::new_unchecked(&mut future) };
    println!("{:?}", future.as_mut().poll(&mut cx));
    // ANCHOR_END: shadow
}
