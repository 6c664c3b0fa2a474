//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Answer: a wheel that knows which of its slots are occupied, and does not
// turn through empty ones.
use std::mem::take;

const LEVELS: usize = 4;
const SLOTS: u64 = 64;
const BITS: u32 = 6;

struct Timer {
    deadline: u64,
    name: &'static str,
}

struct Wheel {
    now: u64,
    slots: [[Vec<Timer>; SLOTS as usize]; LEVELS],
    occupied: [u64; LEVELS], // a bit for each slot
}

impl Wheel {
    fn new() -> Wheel {
        Wheel {
            now: 0,
            slots: [const { [const { Vec::new() }; SLOTS as usize] };
                LEVELS],
            occupied: [0; LEVELS],
        }
    }

    fn add(&mut self, deadline: u64, name: &'static str) {
        let differ = deadline ^ self.now;
        let level = (differ.max(1).ilog2() / BITS) as usize;
        let slot = deadline >> (BITS * level as u32) & (SLOTS - 1);
        self.occupied[level] |= 1 << slot;
        self.slots[level][slot as usize].push(Timer { deadline, name });
    }

    // ANCHOR: next
    /// When the next occupied slot has to be opened, of whichever level.
    fn next(&self) -> Option<u64> {
        for level in 0..LEVELS {
            let shift = BITS * level as u32;
            let here = self.now >> shift;
            let ahead = self.occupied[level] & !1 << (here & 63);
            if ahead != 0 {
                let slot = ahead.trailing_zeros() as u64;
                return Some((here & !63 | slot) << shift);
            }
        }
        None
    }
    // ANCHOR_END: next

    // ANCHOR: turn
    fn turn_to(&mut self, now: u64) {
        self.now = now;
        for level in (0..LEVELS).rev() {
            let shift = BITS * level as u32;
            if now & ((1 << shift) - 1) == 0 {
                let slot = now >> shift & (SLOTS - 1);
                self.occupied[level] &= !(1 << slot);
                for t in take(&mut self.slots[level][slot as usize]) {
                    if t.deadline == now {
                        println!("at {now}: {} is due", t.name);
                    } else {
                        self.add(t.deadline, t.name);
                    }
                }
            }
        }
    }
    // ANCHOR_END: turn
}

fn main() {
    let mut wheel = Wheel::new();
    wheel.add(5, "soon");
    wheel.add(70, "later");
    wheel.add(64 * 64 + 64 + 3, "much later");
    wheel.add(300_000, "at last");
    wheel.add(63, "the last slot of a level");
    let mut stops = 0;
    while let Some(next) = wheel.next() {
        wheel.turn_to(next);
        stops += 1;
    }
    println!("{stops} stops instead of {} ticks", wheel.now);
}
