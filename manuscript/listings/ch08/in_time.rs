//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A future may move as often as it likes, until somebody pins it.
use std::future::{poll_fn, Future};
use std::mem::size_of;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

async fn once() {
    let mut asked = false;
    poll_fn(|_| match std::mem::replace(&mut asked, true) {
        true => Poll::Ready(()),
        false => Poll::Pending,
    })
    .await
}

async fn selfish() -> u64 {
    let local: [u64; 3] = [0x1111, 0x2222, 0x3333];
    let into: &u64 = &local[1];
    once().await;
    *into + local[0] + local[2]
}

fn at<T>(place: &T) -> usize {
    place as *const T as usize
}

// ANCHOR: moves
fn made() -> impl Future<Output = u64> {
    let fut = selfish();
    fut // a move, out of the function
}

fn travel() {
    let mut cx = Context::from_waker(Waker::noop());
    let mut many = vec![made()]; // into a vector
    many.reserve(1000); // and elsewhere with the vector
    let fut = many.pop().unwrap(); // and out of it again
    let mut pinned = Box::pin(fut); // (1)
    println!("first poll: {:?}", pinned.as_mut().poll(&mut cx));

    let (pin, future) = (at(&pinned), at(&*pinned)); // (2)
    let mut boxes = vec![pinned]; // (3)
    println!("the pin has moved: {}", at(&boxes[0]) != pin);
    println!("the future has moved: {}", at(&*boxes[0]) != future);
    let end = boxes[0].as_mut().poll(&mut cx);
    println!("second poll: {:?}", end.map(|sum| format!("{sum:#x}")));
}
// ANCHOR_END: moves

// ANCHOR: sizes
fn sizes<F: Future>(_: F) {
    println!("&mut F       {}", size_of::<&mut F>());
    println!("Pin<&mut F>  {}", size_of::<Pin<&mut F>>());
    println!("Box<F>       {}", size_of::<Box<F>>());
    println!("Pin<Box<F>>  {}", size_of::<Pin<Box<F>>>());
}
// ANCHOR_END: sizes

fn main() {
    travel();
    sizes(made());
}
