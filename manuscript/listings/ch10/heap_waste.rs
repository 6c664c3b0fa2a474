//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Exercise: how many dead timers does a heap carry along?
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::task::Waker;

type Millis = u64;

#[derive(Default)]
struct Timers {
    heap: BinaryHeap<Reverse<(Millis, u64)>>,
    wakers: HashMap<u64, Waker>,
    next: u64,
    sweeps: bool,
}

impl Timers {
    fn add(&mut self, deadline: Millis, waker: Waker) -> u64 {
        self.next += 1;
        self.heap.push(Reverse((deadline, self.next)));
        self.wakers.insert(self.next, waker);
        self.next
    }

    // ANCHOR: sweep
    fn cancel(&mut self, timer: u64) {
        self.wakers.remove(&timer);
        let alive = self.wakers.len().max(16);
        if self.sweeps && self.heap.len() > 2 * alive {
            let wakers = &self.wakers;
            self.heap.retain(|Reverse((_, id))| wakers.contains_key(id));
        }
    }
    // ANCHOR_END: sweep

    fn first(&mut self) -> Option<Millis> {
        while let Some(Reverse((deadline, id))) = self.heap.peek() {
            if self.wakers.contains_key(id) {
                return Some(*deadline);
            }
            self.heap.pop();
        }
        None
    }

    fn fire(&mut self, now: Millis) -> Vec<Waker> {
        let mut due = Vec::new();
        while let Some(&Reverse((deadline, id))) = self.heap.peek() {
            if deadline > now {
                break;
            }
            self.heap.pop();
            due.extend(self.wakers.remove(&id));
        }
        due
    }
}

// ANCHOR: load
/// Requests, answered at once. Returns the greatest length of the heap.
fn load(mut timers: Timers, heartbeat: bool) -> usize {
    let mut most = 0;
    for now in 0..120_000 {
        timers.fire(now);
        if heartbeat && now % 100 == 0 {
            timers.add(now + 100, Waker::noop().clone());
        }
        let request = timers.add(now + 30_000, Waker::noop().clone());
        timers.cancel(request);
        most = most.max(timers.heap.len());
        timers.first(); // for the timeout of epoll_wait
    }
    most
}
// ANCHOR_END: load

fn main() {
    let lazy = Timers::default;
    println!("requests only: {}", load(lazy(), false));
    println!("and a heartbeat: {}", load(lazy(), true));
    let sweeps = Timers {
        sweeps: true,
        ..Timers::default()
    };
    println!("with a broom: {}", load(sweeps, true));
}
