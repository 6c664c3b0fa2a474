//@ kind: run
//@ edition: 2021
//@ min: 1.66
// What it costs to hand over to another thread, measured in calls of a
// function. The exact figure is nobody's business but this machine's.
use std::hint::black_box;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

const ROUNDS: u32 = 1000;

// ANCHOR: table
/// Whose turn it is, and a bell for the other one.
#[derive(Default)]
struct Table {
    turn: Mutex<u32>,
    bell: Condvar,
}

impl Table {
    fn play(&self, me: u32) {
        for _ in 0..ROUNDS {
            let mut turn = self.turn.lock().unwrap();
            while *turn % 2 != me {
                turn = self.bell.wait(turn).unwrap();
            }
            *turn += 1;
            self.bell.notify_one();
        }
    }
}
// ANCHOR_END: table

// ANCHOR: measure
fn switches() -> Duration {
    let table = Arc::new(Table::default());
    let other = table.clone();
    let start = Instant::now();
    let other = thread::spawn(move || other.play(1));
    table.play(0);
    other.join().unwrap();
    start.elapsed() / (2 * ROUNDS)
}

#[inline(never)]
fn next(turn: u32) -> u32 {
    black_box(turn + 1)
}

fn calls() -> Duration {
    const CALLS: u32 = 200_000;
    let start = Instant::now();
    let mut turn = 0;
    while turn < CALLS {
        turn = next(turn);
    }
    start.elapsed() * 1000 / CALLS // in thousandths
}
// ANCHOR_END: measure

fn main() {
    // The best of five: what disturbs a measurement only makes it longer.
    let switch = (0..5).map(|_| switches()).min().unwrap();
    let call = (0..5).map(|_| calls()).min().unwrap();
    let ratio = switch.as_nanos() * 1000 / call.as_nanos().max(1);
    println!("handed over {} times", 2 * ROUNDS);
    println!("dearer than a call by more than 20 times: {}", ratio > 20);
    eprintln!("(here: {switch:?}, which is {ratio} calls)");
}
