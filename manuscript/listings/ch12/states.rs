//@ kind: run
//@ edition: 2021
//@ min: 1.85
// The four states as two bits, played through by hand.
use std::sync::atomic::{AtomicU8, Ordering::*};

const WOKEN: u8 = 0b01;
const RUNNING: u8 = 0b10;
const NAMES: [&str; 4] = ["IDLE", "QUEUED", "RUNNING", "NOTIFIED"];

static STATE: AtomicU8 = AtomicU8::new(WOKEN);

// ANCHOR: events
fn wake() -> bool {
    STATE.fetch_or(WOKEN, AcqRel) == 0
}

fn begin() -> bool {
    STATE.swap(RUNNING, AcqRel);
    false
}

fn pending() -> bool {
    STATE.fetch_and(!RUNNING, AcqRel) == RUNNING | WOKEN
}
// ANCHOR_END: events

fn main() {
    // ANCHOR: main
    let events: [fn() -> bool; 9] = [
        wake, begin, wake, wake, pending, begin, pending, wake, begin,
    ];
    for event in events {
        let push = if event() { ", pushed" } else { "" };
        println!("{}{push}", NAMES[STATE.load(Acquire) as usize]);
    }
    // ANCHOR_END: main
}
