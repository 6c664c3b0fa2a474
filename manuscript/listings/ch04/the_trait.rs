//@ kind: run
//@ edition: 2021
//@ min: 1.85
// The trait, written out once more. That every future of std has also this
// one shows that the words are the same.
use std::pin::{pin, Pin};
use std::task::{Context, Waker};

// ANCHOR: trait
trait Future {
    type Output;

    fn poll(
        self: Pin<&mut Self>, // (1)
        cx: &mut Context<'_>, // (2)
    ) -> Poll<Self::Output>; // (3)
}

#[derive(Debug)]
enum Poll<T> {
    Ready(T),
    Pending,
}
// ANCHOR_END: trait

// ANCHOR: same
impl<F: std::future::Future> Future for F {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        match std::future::Future::poll(self, cx) {
            std::task::Poll::Ready(value) => Poll::Ready(value),
            std::task::Poll::Pending => Poll::Pending,
        }
    }
}
// ANCHOR_END: same

fn main() {
    let mut cx = Context::from_waker(Waker::noop());
    let never = pin!(std::future::pending::<u8>());
    println!("{:?}", Future::poll(never, &mut cx));
    let soon = pin!(async { 7 });
    println!("{:?}", Future::poll(soon, &mut cx));
}
