//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A, then B, then A again: what a compare_exchange does not see. Nodes are
// numbers, so that nothing worse can happen than a wrong stack.
use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering::*};

// ANCHOR: stack
/// Free places, chained: `next[n]` is the one below n. The top is a number,
/// and in the upper half of the word how often it was changed.
struct Stack {
    top: AtomicU64,
    next: [Cell<u64>; 3], // one thread plays both, so Cells will do
    tagged: bool,
}

impl Stack {
    fn change(&self, seen: u64, to: u64) -> bool {
        let tag = if self.tagged { (seen >> 32) + 1 } else { 0 };
        self.top
            .compare_exchange(seen, tag << 32 | to, AcqRel, Acquire)
            .is_ok()
    }

    /// The first half of a pop: what is on top, and what is below it.
    fn look(&self) -> (u64, u64) {
        let seen = self.top.load(Acquire);
        (seen, self.next[number(seen)].get())
    }
    // ANCHOR_END: stack

    fn pop(&self) -> u64 {
        let (seen, below) = self.look();
        assert!(self.change(seen, below));
        number(seen) as u64
    }

    fn push(&self, n: u64) {
        let seen = self.top.load(Acquire);
        self.next[n as usize].set(number(seen) as u64);
        assert!(self.change(seen, n));
    }
}

fn number(top: u64) -> usize {
    top as u32 as usize
}

const NAMES: [&str; 3] = ["A", "B", "C"];

fn main() {
    for tagged in [false, true] {
        // A lies on B, and B on C. (Nobody looks below C.)
        let stack = Stack {
            top: AtomicU64::new(0),
            next: [1, 2, 2].map(Cell::new),
            tagged,
        };
        // ANCHOR: play
        let (seen, below) = stack.look(); // first thread: A, and below it B
        let a = stack.pop(); // second thread, in the meantime
        let _b = stack.pop(); // B is in use from now on
        stack.push(a);
        let fooled = stack.change(seen, below); // first thread again
        // ANCHOR_END: play
        let top = NAMES[number(stack.top.load(Acquire))];
        println!("tagged: {tagged:5}, fooled: {fooled:5}, on top: {top}");
    }
}
