//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Exercise 2: what may happen to a reactor that calls wakers while it is
// itself borrowed.
use std::cell::RefCell;
use std::collections::HashMap;
use std::panic::{catch_unwind, set_hook};
use std::sync::Arc;
use std::task::{Wake, Waker};

thread_local! {
    static WAKERS: RefCell<HashMap<u32, Waker>> = RefCell::default();
}

// ANCHOR: task
struct Socket(u32);

impl Drop for Socket {
    fn drop(&mut self) {
        WAKERS.with(|w| w.borrow_mut().remove(&self.0)); // deregister
    }
}

/// An executor that is shutting down: it puts nothing into its queue.
#[allow(dead_code)] // the task owns the socket, and that is all it does
struct Task(Socket);

impl Wake for Task {
    fn wake(self: Arc<Self>) {}
}
// ANCHOR_END: task

// ANCHOR: turns
fn inside() {
    WAKERS.with(|w| {
        for (_, waker) in w.borrow_mut().drain() {
            waker.wake();
        }
    })
}

fn outside() {
    let wakers = WAKERS.with(|w| std::mem::take(&mut *w.borrow_mut()));
    wakers.into_values().for_each(Waker::wake);
}
// ANCHOR_END: turns

fn main() {
    set_hook(Box::new(|_| {})); // we say ourselves what happened
    for (name, turn) in [("inside", inside as fn()), ("outside", outside)] {
        let task = Arc::new(Task(Socket(7)));
        WAKERS.with(|w| w.borrow_mut().insert(7, task.into()));
        // The waker in the table is now the last owner of the task.
        println!("{name}: panicked {}", catch_unwind(turn).is_err());
    }
}
