//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A hierarchical wheel: 4 levels of 64 slots. A timer far away lies in a
// coarse slot and moves to finer ones as its time comes near.
use std::mem::take;

const LEVELS: usize = 4;
const SLOTS: u64 = 64;
const BITS: u32 = 6; // 64 is 2 to the 6th

// ANCHOR: wheel
struct Timer {
    deadline: u64,
    name: &'static str,
}

/// A slot of level n is 64 to the nth ticks wide.
struct Wheel {
    now: u64,
    slots: [[Vec<Timer>; SLOTS as usize]; LEVELS],
}

impl Wheel {
    /// The level is that of the highest digit, to the base of 64, in which
    /// the deadline differs from now.
    fn place(&self, deadline: u64) -> (usize, usize) {
        let differ = deadline ^ self.now;
        let level = (differ.max(1).ilog2() / BITS) as usize;
        assert!(level < LEVELS, "the highest ring does not go round");
        let slot = deadline >> (BITS * level as u32) & (SLOTS - 1);
        (level, slot as usize)
    }

    fn add(&mut self, deadline: u64, name: &'static str) {
        let (level, slot) = self.place(deadline);
        println!("{name}: level {level}, slot {slot}");
        self.slots[level][slot].push(Timer { deadline, name });
    }
}
// ANCHOR_END: wheel

impl Wheel {
    fn new() -> Wheel {
        Wheel {
            now: 0,
            slots: [const { [const { Vec::new() }; SLOTS as usize] };
                LEVELS],
        }
    }
}

// ANCHOR: tick
impl Wheel {
    fn tick(&mut self) {
        self.now += 1;
        for level in (1..LEVELS).rev() {
            let shift = BITS * level as u32;
            if self.now & ((1 << shift) - 1) == 0 {
                let slot = (self.now >> shift & (SLOTS - 1)) as usize;
                for timer in take(&mut self.slots[level][slot]) {
                    print!("at {}, out of level {level}: ", self.now);
                    self.add(timer.deadline, timer.name);
                }
            }
        }
        let slot = (self.now & (SLOTS - 1)) as usize;
        for timer in take(&mut self.slots[0][slot]) {
            println!("at {}: {} is due", self.now, timer.name);
            assert_eq!(timer.deadline, self.now);
        }
    }
}
// ANCHOR_END: tick

// ANCHOR: main
fn main() {
    let mut wheel = Wheel::new();
    wheel.add(5, "soon");
    wheel.add(70, "later");
    wheel.add(64 * 64 + 64 + 3, "much later");
    wheel.add(300_000, "at last");
    while wheel.now < 300_000 {
        wheel.tick();
    }
    println!("{} ticks in all", wheel.now);
}
// ANCHOR_END: main
