//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ needs: linux
// How late the kernel may be on purpose: the timer slack of a thread.
use std::os::raw::{c_int, c_ulong};
use std::thread;
use std::time::{Duration, Instant};

// ANCHOR: slack
const SET_TIMERSLACK: c_int = 29;
const GET_TIMERSLACK: c_int = 30;

extern "C" {
    fn prctl(option: c_int, ...) -> c_int;
}

fn slack() -> c_int {
    // SAFETY: no pointers.
    unsafe { prctl(GET_TIMERSLACK) }
}

/// Sets it, and says what it is then.
fn set_slack(ns: c_ulong) -> c_int {
    // SAFETY: no pointers.
    let r = unsafe { prctl(SET_TIMERSLACK, ns) };
    assert_eq!(r, 0);
    slack()
}
// ANCHOR_END: slack

// ANCHOR: main
fn main() {
    println!("this thread: {} ns", set_slack(5_000_000));
    let child = thread::spawn(|| (slack(), set_slack(1)));
    println!("a new thread, before, after: {:?}", child.join().unwrap());

    let (start, ms) = (Instant::now(), Duration::from_millis(10));
    thread::sleep(ms);
    println!("never early: {}", start.elapsed() >= ms);
}
// ANCHOR_END: main
