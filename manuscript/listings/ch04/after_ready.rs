//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Polled after Ready: four futures, four answers. None of them is wrong.
use std::future::{ready, Future};
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

// ANCHOR: futures
/// Ready for good: it may be asked as often as one likes.
struct Always;

impl Future for Always {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u32> {
        Poll::Ready(1)
    }
}

/// Its value is gone, and it waits for another that never comes.
struct Given(Option<u32>);

impl Future for Given {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u32> {
        match self.0.take() {
            Some(value) => Poll::Ready(value),
            None => Poll::Pending,
        }
    }
}
// ANCHOR_END: futures

// ANCHOR: twice
fn twice(name: &str, mut f: Pin<Box<dyn Future<Output = u32>>>) {
    let mut cx = Context::from_waker(Waker::noop());
    let first = f.as_mut().poll(&mut cx);
    let again = catch_unwind(AssertUnwindSafe(|| f.as_mut().poll(&mut cx)));
    match again {
        Ok(second) => println!("{name:9} {first:?}, then {second:?}"),
        Err(_) => println!("{name:9} {first:?}, then a panic"),
    }
}
// ANCHOR_END: twice

fn main() {
    twice("Always", Box::pin(Always));
    twice("Given", Box::pin(Given(Some(2))));
    twice("ready(3)", Box::pin(ready(3)));
    twice("async {}", Box::pin(async { 4 }));
}
