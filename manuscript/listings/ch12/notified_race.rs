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

const IDLE: u8 = 0;
const QUEUED: u8 = 1;
const RUNNING: u8 = 2;
const NOTIFIED: u8 = 3;

struct Task {
    state: AtomicU8,
    four: bool, // whether NOTIFIED is used
    queue: Mutex<u32>,
}

// ANCHOR: wake
impl Task {
    fn change(&self, from: u8, to: u8) -> bool {
        self.state
            .compare_exchange(from, to, AcqRel, Acquire)
            .is_ok()
    }

    fn push(&self) {
        *self.queue.lock().unwrap() += 1;
    }
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        if self.change(IDLE, QUEUED) {
            self.push();
        } else if self.four {
            // Running: whoever runs it shall look here when it is done.
            self.change(RUNNING, NOTIFIED);
        }
        // With three states: it is running, so why should it be queued?
    }
}
// ANCHOR_END: wake

// ANCHOR: run
fn run(task: &Arc<Task>, f: Pin<&mut impl Future>) -> bool {
    *task.queue.lock().unwrap() -= 1;
    task.state.store(RUNNING, Release);
    let waker = Waker::from(task.clone());
    let ready = f.poll(&mut Context::from_waker(&waker)).is_ready();
    if !ready && !task.change(RUNNING, IDLE) {
        task.state.store(QUEUED, Release); // it was NOTIFIED
        task.push();
    }
    ready
}
// ANCHOR_END: run

// ANCHOR: future
/// Registers correctly: it gives its waker away, then looks once more. But
/// what it waits for happens right after it has looked.
#[derive(Default)]
struct Unlucky(Arc<AtomicBool>);

impl Future for Unlucky {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let waker = cx.waker().clone();
        if self.0.load(Acquire) {
            return Poll::Ready(());
        }
        let done = self.0.clone();
        let other = thread::spawn(move || {
            done.store(true, Release);
            waker.wake();
        });
        other.join().unwrap(); // it has been quick, we have been slow
        Poll::Pending
    }
}
// ANCHOR_END: future

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
        println!("  polled {polls} times, finished: {ready}");
        if !ready && done.load(Acquire) {
            println!("  what it waits for has come; it sleeps for ever");
        }
    }
}
// ANCHOR_END: main
