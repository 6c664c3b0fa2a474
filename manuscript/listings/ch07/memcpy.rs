//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ pinned
// How often are 64 KiB copied before a future stands still? A value that
// remembers where it was last seen finds out.
use std::future::{poll_fn, Future};
use std::mem::size_of_val;
use std::task::{Context, Poll, Waker};

// ANCHOR: big
struct Big {
    bytes: [u8; 65536],
    last: *const u8,
    moves: u32,
}
// ANCHOR_END: big

impl Big {
    fn new() -> Big {
        Big {
            bytes: [7; 65536],
            last: std::ptr::null(),
            moves: 0,
        }
    }

    // ANCHOR: look
    /// Compares its address with the one of the last call.
    fn look(&mut self, place: &str) {
        let here = self.bytes.as_ptr();
        let moved = !self.last.is_null() && self.last != here;
        self.moves += moved as u32;
        self.last = here;
        let what = if moved { "moved" } else { "here" };
        println!("  {what:5} {place}");
    }
    // ANCHOR_END: look
}

// ANCHOR: futures
async fn pause() {
    let mut first = true;
    poll_fn(|_| match std::mem::take(&mut first) {
        true => Poll::Pending,
        false => Poll::Ready(()),
    })
    .await
}

async fn by_value(mut big: Big) -> u32 {
    big.look("in the body, before the await");
    pause().await;
    big.look("in the body, after the await");
    big.moves
}

async fn by_box(mut big: Box<Big>) -> u32 {
    big.look("in the body, before the await");
    pause().await;
    big.look("in the body, after the await");
    big.moves
}
// ANCHOR_END: futures

fn hand_over<T>(value: T) -> T {
    value
}

fn drive<F: Future<Output = u32>>(name: &str, f: F) {
    println!("  ..... a future of {} KiB", size_of_val(&f) / 1024);
    let mut f = Box::pin(f);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(moves) = f.as_mut().poll(&mut cx) {
            return println!("{name}: seen to move {moves} times");
        }
    }
}

fn main() {
    // ANCHOR: value
    let mut big = Big::new();
    big.look("in main");
    let mut big = hand_over(big);
    big.look("after a function that takes and returns it");
    drive("by value", by_value(big));
    // ANCHOR_END: value
    println!();

    // ANCHOR: box
    let mut big = Box::new(Big::new());
    big.look("in its box");
    let mut big = hand_over(big);
    big.look("after a function that takes and returns it");
    drive("by box", by_box(big));
    // ANCHOR_END: box
}
