//@ kind: run
//@ edition: 2021
//@ min: 1.83
// Exercise 2: three vtables with a mistake each. The counting is done by
// a number, so that a mistake is an error in arithmetic and no more.
use std::sync::atomic::{AtomicI32, Ordering::Relaxed};
use std::task::{RawWaker, RawWakerVTable, Waker};

static OWNERS: AtomicI32 = AtomicI32::new(0);

// ANCHOR: faulty
fn shares(n: i32) {
    OWNERS.fetch_add(n, Relaxed);
}

static A: RawWakerVTable = RawWakerVTable::new(
    |p| {
        shares(1);
        RawWaker::new(p, &A)
    },
    |_| {},
    |_| {},
    |_| shares(-1),
);

static B: RawWakerVTable = RawWakerVTable::new(
    |p| {
        shares(1);
        RawWaker::new(p, &B)
    },
    |_| shares(-1),
    |_| shares(-1),
    |_| shares(-1),
);

static C: RawWakerVTable = RawWakerVTable::new(
    |p| RawWaker::new(p, &C),
    |_| shares(-1),
    |_| {},
    |_| shares(-1),
);
// ANCHOR_END: faulty

// ANCHOR: main
fn run(name: &str, vtable: &'static RawWakerVTable) {
    OWNERS.store(1, Relaxed); // the waker that we make
    let waker = unsafe { Waker::new(std::ptr::null(), vtable) };
    let left = waker.clone();
    left.wake_by_ref();
    left.wake();
    drop(waker);
    println!("{name}: {}", OWNERS.load(Relaxed));
}

fn main() {
    run("A", &A);
    run("B", &B);
    run("C", &C);
}
// ANCHOR_END: main
