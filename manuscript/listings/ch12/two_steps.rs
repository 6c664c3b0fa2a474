//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A wake made of two steps, each of them atomic, and what fits in between.
use std::sync::atomic::{AtomicU8, Ordering::*};

const IDLE: u8 = 0b00;
const QUEUED: u8 = 0b01;
const RUNNING: u8 = 0b10;
const NOTIFIED: u8 = 0b11;
const NAMES: [&str; 4] = ["IDLE", "QUEUED", "RUNNING", "NOTIFIED"];

// ANCHOR: wake
fn change(state: &AtomicU8, from: u8, to: u8) -> bool {
    state.compare_exchange(from, to, AcqRel, Acquire).is_ok()
}

/// Says whether the task has to be pushed.
fn wake(state: &AtomicU8, between: impl FnOnce()) -> bool {
    if change(state, IDLE, QUEUED) {
        return true;
    }
    between(); // whatever other threads may do just now
    change(state, RUNNING, NOTIFIED);
    false
}
// ANCHOR_END: wake

// ANCHOR: mended
fn mended(state: &AtomicU8, mut between: impl FnMut()) -> bool {
    let mut seen = state.load(Acquire);
    loop {
        let next = match seen {
            IDLE | QUEUED => QUEUED,
            _ => NOTIFIED,
        };
        between();
        match state.compare_exchange(seen, next, AcqRel, Acquire) {
            Ok(before) => return before == IDLE,
            Err(now) => seen = now, // somebody was faster: think again
        }
    }
}
// ANCHOR_END: mended

fn pending(state: &AtomicU8) -> bool {
    state.fetch_and(!RUNNING, AcqRel) == NOTIFIED
}

fn main() {
    let state = AtomicU8::new(RUNNING);
    let mut pushed = false;
    let by_wake = wake(&state, || pushed = pending(&state));
    println!("two steps: pushed {}", by_wake | pushed);
    println!("  state: {}", NAMES[state.load(Acquire) as usize]);

    let state = AtomicU8::new(RUNNING);
    let mut pushed = false;
    let mut polled = false;
    let by_wake = mended(&state, || {
        if !std::mem::replace(&mut polled, true) {
            pushed = pending(&state);
        }
    });
    println!("mended: pushed {}", by_wake | pushed);
    println!("  state: {}", NAMES[state.load(Acquire) as usize]);
}
