//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A hashed wheel: one ring of 64 slots, and timers of all distances in it.

use std::mem::take;

// ANCHOR: wheel
struct Timer {
    deadline: u64,
    looks: u32,
}

struct Wheel {
    now: u64,
    slots: [Vec<Timer>; 64],
}

impl Wheel {
    fn add(&mut self, deadline: u64) {
        let slot = (deadline % 64) as usize;
        self.slots[slot].push(Timer { deadline, looks: 0 });
    }

    fn tick(&mut self) -> Vec<Timer> {
        self.now += 1;
        let slot = &mut self.slots[(self.now % 64) as usize];
        slot.iter_mut().for_each(|timer| timer.looks += 1);
        let all = take(slot).into_iter();
        let (due, later) = all.partition(|t| t.deadline == self.now);
        *slot = later; // of another round
        due
    }
}
// ANCHOR_END: wheel

fn main() {
    let slots = [const { Vec::new() }; 64];
    let mut wheel = Wheel { now: 0, slots };
    for deadline in [5, 69, 70, 6405] {
        wheel.add(deadline);
    }
    while wheel.now < 6405 {
        for timer in wheel.tick() {
            let (deadline, slot) = (timer.deadline, timer.deadline % 64);
            let n = timer.looks;
            println!("{deadline:4}, slot {slot}: looks {n:3}");
        }
    }
}
