//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Exercise 3: two tasks read from one socket, which has one slot for them.
use std::sync::atomic::{AtomicBool, Ordering::*};
use std::sync::Arc;
use std::task::{Wake, Waker};

#[derive(Default)]
struct Task {
    name: &'static str,
    woken: AtomicBool,
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        self.woken.store(true, Relaxed);
    }
}

// ANCHOR: source
/// What the reactor keeps for one direction of one descriptor.
trait Slot: Default {
    fn register(&mut self, waker: &Waker);
    fn event(&mut self);
}

impl Slot for Option<Waker> {
    fn register(&mut self, waker: &Waker) {
        *self = Some(waker.clone());
    }
    fn event(&mut self) {
        self.take().into_iter().for_each(Waker::wake);
    }
}

impl Slot for Vec<Waker> {
    fn register(&mut self, waker: &Waker) {
        if !self.iter().any(|kept| kept.will_wake(waker)) {
            self.push(waker.clone());
        }
    }
    fn event(&mut self) {
        std::mem::take(self).into_iter().for_each(Waker::wake);
    }
}
// ANCHOR_END: source

// ANCHOR: main
/// Bytes come one at a time; a task that is woken reads one, if it finds
/// one, and waits for the next.
fn serve<S: Slot>(bytes: u32) {
    let mut slot = S::default();
    let tasks = ["a", "b"].map(|name| {
        let woken = AtomicBool::new(false);
        Arc::new(Task { name, woken })
    });
    tasks.iter().for_each(|t| slot.register(&t.clone().into()));
    let (mut read, mut in_vain) = (String::new(), 0);
    for _ in 0..bytes {
        let mut there = true; // the byte
        slot.event();
        for task in &tasks {
            if task.woken.swap(false, Relaxed) {
                match std::mem::take(&mut there) {
                    true => read.push_str(task.name),
                    false => in_vain += 1,
                }
                slot.register(&task.clone().into());
            }
        }
    }
    println!("read by {read}, polled in vain: {in_vain}");
}

fn main() {
    serve::<Option<Waker>>(4);
    serve::<Vec<Waker>>(4);
}
// ANCHOR_END: main
