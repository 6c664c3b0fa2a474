//@ kind: run
//@ edition: 2021
//@ min: 1.66
// What it costs to hand over to another thread, measured in calls of a
// function. The exact figure is nobody's business but this machine's.
use std::hint::black_box;
use std::os::unix::process::parent_id;
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

const CALLS: u32 = 200_000;

fn calls() -> Duration {
    let start = Instant::now();
    let mut turn = 0;
    while turn < CALLS {
        turn = next(turn);
    }
    start.elapsed() / (CALLS / 1000) // of a thousand
}

fn system_calls() -> Duration {
    let start = Instant::now();
    for _ in 0..CALLS {
        black_box(parent_id()); // the kernel is asked each time
    }
    start.elapsed() / (CALLS / 1000)
}
// ANCHOR_END: measure

// ANCHOR: main
fn main() {
    // The best of five: what disturbs a measurement only makes it longer.
    let best = |f: fn() -> Duration| (0..5).map(|_| f()).min().unwrap();
    let switch = best(switches).as_nanos() * 1000;
    let system = best(system_calls).as_nanos();
    let call = best(calls).as_nanos().max(1);
    println!("handed over {} times", 2 * ROUNDS);
    let r = system / call > 5;
    println!("a system call costs more than 5 calls: {r}");
    let r = switch / system > 5;
    println!("handing over costs more than 5 system calls: {r}");
    let r = switch / call > 100;
    println!("handing over costs more than 100 calls: {r}");
    eprintln!("(here: {} ns, {} ns)", switch / 1000, system / 1000);
    eprintln!("({} and {} calls)", switch / call, system / call);
}
// ANCHOR_END: main
