//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A wake is a hint and no more. The future that takes it for an answer, and
// the future that looks.
use std::cell::Cell;
use std::future::{poll_fn, Future};
use std::pin::{pin, Pin};
use std::task::{Context, Poll, Waker};

type Slot = Cell<Option<u32>>;

// ANCHOR: futures
/// Believes that a second poll can only mean that its value has come.
async fn gullible(slot: &Slot) -> Option<u32> {
    let mut asked = false;
    poll_fn(|_| match std::mem::replace(&mut asked, true) {
        false => Poll::Pending,
        true => Poll::Ready(slot.get()),
    })
    .await
}

/// Asks for the value, however often it is woken.
async fn patient(slot: &Slot) -> Option<u32> {
    poll_fn(|_| match slot.get() {
        None => Poll::Pending,
        some => Poll::Ready(some),
    })
    .await
}
// ANCHOR_END: futures

// ANCHOR: main
fn drive(
    name: &str,
    slot: &Slot,
    mut f: Pin<&mut dyn Future<Output = Option<u32>>>,
) {
    let mut cx = Context::from_waker(Waker::noop());
    println!("{name}:");
    for n in 1..=3 {
        if n == 3 {
            slot.set(Some(42)); // poll 2 is the spurious one
        }
        let poll = f.as_mut().poll(&mut cx);
        println!("  poll {n}: {poll:?}");
        if poll.is_ready() {
            return;
        }
    }
}

fn main() {
    let slot = Slot::default();
    drive("gullible", &slot, pin!(gullible(&slot)));
    let slot = Slot::default();
    drive("patient", &slot, pin!(patient(&slot)));
}
// ANCHOR_END: main
