//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ pinned
// What the chain could not do: a local that is lent across a wait.
use std::future::{poll_fn, Future};
use std::mem::size_of_val;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Ready at the second poll.
async fn later<T>(value: T) -> T {
    let mut asked = false;
    poll_fn(|_| match std::mem::replace(&mut asked, true) {
        false => Poll::Pending,
        true => Poll::Ready(()),
    })
    .await;
    value
}

// ANCHOR: async
async fn count(bytes: &[u8]) -> usize {
    later(()).await;
    bytes.len()
}

async fn read_then_count() -> usize {
    let buffer = [0u8; 64];
    let n = later(5).await;
    count(&buffer[..n]).await
}
// ANCHOR_END: async

fn main() {
    let future = read_then_count();
    println!("room for the buffer: {}", size_of_val(&future) >= 64);
    let mut future = pin!(future);
    let mut cx = Context::from_waker(Waker::noop());
    let mut polls = 1;
    loop {
        if let Poll::Ready(n) = future.as_mut().poll(&mut cx) {
            println!("counted {n} bytes in {polls} polls");
            return;
        }
        polls += 1;
    }
}
