//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Exercise 3: what it costs to keep the newest waker.
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::task::{RawWaker, RawWakerVTable, Waker};

static CLONES: AtomicU32 = AtomicU32::new(0);

static COUNTING: RawWakerVTable = RawWakerVTable::new(
    |p| {
        CLONES.fetch_add(1, Relaxed);
        RawWaker::new(p, &COUNTING)
    },
    |_| {},
    |_| {},
    |_| {},
);

// ANCHOR: three
type Slot = Option<Waker>;

fn always(slot: &mut Slot, w: &Waker) {
    *slot = Some(w.clone());
}

fn never_twice(slot: &mut Slot, w: &Waker) {
    slot.get_or_insert_with(|| w.clone());
}

fn newest(slot: &mut Slot, w: &Waker) {
    match slot {
        Some(old) => old.clone_from(w),
        None => *slot = Some(w.clone()),
    }
}
// ANCHOR_END: three

// ANCHOR: main
fn run(name: &str, register: fn(&mut Slot, &Waker)) {
    let waker = |task| unsafe { Waker::new(task as *const (), &COUNTING) };
    let (one, two) = (waker(1), waker(2));
    let mut slot = None;
    CLONES.store(0, Relaxed);
    for poll in 1..=100 {
        register(&mut slot, if poll <= 50 { &one } else { &two });
    }
    let right = slot.unwrap().will_wake(&two);
    let clones = CLONES.load(Relaxed);
    println!("{name}: {clones} clones, wakes the right one: {right}");
}

fn main() {
    run("always", always);
    run("never_twice", never_twice);
    run("newest", newest);
}
// ANCHOR_END: main
