//@ kind: run
//@ edition: 2021
//@ min: 1.83
// Wakers that point nowhere: the data pointer is the number of a task.
use std::sync::Mutex;
use std::task::{RawWaker, RawWakerVTable, Waker};

// ANCHOR: ids
static WOKEN: Mutex<Vec<usize>> = Mutex::new(Vec::new());

static BY_NUMBER: RawWakerVTable = RawWakerVTable::new(
    |id| RawWaker::new(id, &BY_NUMBER),
    |id| WOKEN.lock().unwrap().push(id as usize),
    |id| WOKEN.lock().unwrap().push(id as usize),
    |_| {},
);

fn waker(task: usize) -> Waker {
    // SAFETY: no function follows the pointer; it is a number.
    unsafe { Waker::new(task as *const (), &BY_NUMBER) }
}
// ANCHOR_END: ids

fn main() {
    // ANCHOR: main
    let seven = waker(7);
    let again = seven.clone();
    waker(3).wake();
    again.wake_by_ref();
    drop(seven);
    println!("again wakes 7: {}", again.will_wake(&waker(7)));
    println!("again wakes 3: {}", again.will_wake(&waker(3)));
    println!("woken: {:?}", WOKEN.lock().unwrap());
    // ANCHOR_END: main
}
