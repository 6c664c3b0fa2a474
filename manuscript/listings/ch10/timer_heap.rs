//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Timers in a heap: who is due first is on top. Taking one out of the
// middle is what a heap cannot do, so a cancelled timer is only disarmed.
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::sync::Arc;
use std::task::{Wake, Waker};

type Millis = u64;

// ANCHOR: timers
#[derive(Default)]
struct Timers {
    heap: BinaryHeap<Reverse<(Millis, u64)>>,
    wakers: HashMap<u64, Waker>,
    next: u64,
}

impl Timers {
    fn add(&mut self, deadline: Millis, waker: Waker) -> u64 {
        self.next += 1;
        self.heap.push(Reverse((deadline, self.next)));
        self.wakers.insert(self.next, waker);
        self.next
    }

    fn cancel(&mut self, timer: u64) {
        self.wakers.remove(&timer);
    }

    /// The first deadline that counts: one may sleep until then.
    fn first(&mut self) -> Option<Millis> {
        while let Some(Reverse((deadline, id))) = self.heap.peek() {
            if self.wakers.contains_key(id) {
                return Some(*deadline);
            }
            self.heap.pop(); // cancelled: not worth waking up for
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
// ANCHOR_END: timers

#[derive(Default)]
struct Bell(AtomicU32);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Relaxed);
    }
}

// ANCHOR: main
fn main() {
    let bell = Arc::new(Bell::default());
    let mut timers = Timers::default();
    let mut add = |at| timers.add(at, bell.clone().into());
    let ids = [300, 100, 200, 100].map(&mut add);
    println!("first: {:?}", timers.first());

    timers.cancel(ids[1]);
    timers.cancel(ids[3]);
    let (heap, wakers) = (timers.heap.len(), timers.wakers.len());
    println!("two cancelled: {heap} in the heap, {wakers} wakers");
    println!("first: {:?}", timers.first());
    println!("looking has cleaned: {} in the heap", timers.heap.len());

    for now in [199, 250, 1000] {
        let due = timers.fire(now);
        println!("at {now}: {} due", due.len());
        due.into_iter().for_each(Waker::wake);
    }
    println!("first: {:?}, rung {}", timers.first(), bell.0.load(Relaxed));
}
// ANCHOR_END: main
