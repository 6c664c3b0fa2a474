//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A wake that comes while the task is being polled. With three states it
// is lost, with four it is not. The wake is made to come at that moment.
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering::*};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

// ANCHOR: states
const WOKEN: u8 = 0b01; // a bit: a poll is owed
const RUNNING: u8 = 0b10; // a bit, and a state: being polled

const IDLE: u8 = 0; // in no queue, waits for a wake
const QUEUED: u8 = WOKEN; // in exactly one queue
const NOTIFIED: u8 = RUNNING | WOKEN; // woken while being polled
// ANCHOR_END: states

struct Task {
    state: AtomicU8,
    four: bool, // whether NOTIFIED is used
    queue: Mutex<u32>,
}

// ANCHOR: wake
impl Wake for Task {
    fn wake(self: Arc<Self>) {
        let before = if self.four {
            self.state.fetch_or(WOKEN, AcqRel)
        } else {
            // It is running, so why should it be queued?
            self.state
                .compare_exchange(IDLE, QUEUED, AcqRel, Acquire)
                .unwrap_or_else(|state| state)
        };
        if before == IDLE {
            self.push();
        }
    }
}
// ANCHOR_END: wake

impl Task {
    fn push(&self) {
        *self.queue.lock().unwrap() += 1;
    }
}

// ANCHOR: run
fn run(task: &Arc<Task>, f: Pin<&mut impl Future>) -> bool {
    *task.queue.lock().unwrap() -= 1;
    task.state.swap(RUNNING, AcqRel); // it was QUEUED
    let waker = Waker::from(task.clone());
    let ready = f.poll(&mut Context::from_waker(&waker)).is_ready();
    if !ready && task.state.fetch_and(!RUNNING, AcqRel) == NOTIFIED {
        task.push(); // now it is QUEUED
    }
    ready
}
// ANCHOR_END: run

/// Registers correctly: it gives its waker away, then looks once more. But
/// what it waits for happens right after it has looked.
#[derive(Default)]
struct Unlucky(Arc<AtomicBool>);

impl Future for Unlucky {
    type Output = ();

    // ANCHOR: future
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let (done, waker) = (self.0.clone(), cx.waker().clone());
        if self.0.load(Acquire) {
            return Poll::Ready(());
        }
        let other = thread::spawn(move || {
            done.store(true, Release);
            waker.wake();
        });
        other.join().unwrap(); // it has been quick, we have been slow
        Poll::Pending
    }
    // ANCHOR_END: future
}

// ANCHOR: main
fn main() {
    for four in [false, true] {
        println!("{} states:", if four { "four" } else { "three" });
        let task = Arc::new(Task {
            state: AtomicU8::new(QUEUED),
            four,
            queue: Mutex::new(1),
        });
        let mut future = Unlucky::default();
        let done = future.0.clone();
        let (mut polls, mut ready) = (0, false);
        while *task.queue.lock().unwrap() > 0 {
            polls += 1;
            ready = run(&task, Pin::new(&mut future));
        }
        println!("  polls: {polls}, finished: {ready}");
        if !ready && done.load(Acquire) {
            println!("  what it waits for has come; it sleeps for ever");
        }
    }
}
// ANCHOR_END: main
