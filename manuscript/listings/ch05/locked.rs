//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Exercise 4: what a waker may do while somebody calls it.
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

type Slot = Arc<Mutex<Option<Waker>>>;

// ANCHOR: leaf
struct Leaf(Slot);

impl Future for Leaf {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        *self.0.lock().unwrap() = Some(cx.waker().clone());
        Poll::Pending
    }
}

impl Drop for Leaf {
    fn drop(&mut self) {
        match self.0.try_lock() {
            Ok(mut slot) => {
                *slot = None; // rule 14
                println!("  leaf dropped, slot cleared");
            }
            Err(_) => println!("  leaf dropped, slot locked: deadlock"),
        }
    }
}
// ANCHOR_END: leaf

// ANCHOR: task
/// A task that owns its future, and is owned by its wakers.
struct Task(Mutex<Option<Leaf>>);

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        // Would go into a queue here, if there were one left.
    }
}
// ANCHOR_END: task

// ANCHOR: wakes
fn wake_under_lock(slot: &Slot) {
    if let Some(waker) = slot.lock().unwrap().take() {
        waker.wake();
    }
}

fn wake_outside(slot: &Slot) {
    let waker = slot.lock().unwrap().take();
    if let Some(waker) = waker {
        waker.wake();
    }
}
// ANCHOR_END: wakes

// ANCHOR: judge
fn judge(name: &str, wake: fn(&Slot)) {
    println!("{name}:");
    let slot = Slot::default();
    let task = Arc::new(Task(Mutex::new(Some(Leaf(slot.clone())))));
    let waker = Waker::from(task.clone());
    let mut cx = Context::from_waker(&waker);
    let mut leaf = task.0.lock().unwrap();
    let _ = Pin::new(leaf.as_mut().unwrap()).poll(&mut cx);
    drop(leaf);
    drop((waker, task)); // the executor shuts down
    wake(&slot);
}
// ANCHOR_END: judge

fn main() {
    judge("under the lock", wake_under_lock);
    judge("outside", wake_outside);
}
