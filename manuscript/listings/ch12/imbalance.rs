//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Twelve tasks and three cores: dealt out in turn, or taken from one queue
// by whoever is free. Time is counted in steps.
use std::collections::VecDeque;

// ANCHOR: all
fn dealt(tasks: &[u32]) -> [u32; 3] {
    let mut busy = [0; 3];
    for (n, steps) in tasks.iter().enumerate() {
        busy[n % 3] += steps;
    }
    busy
}

fn taken(tasks: &[u32]) -> [u32; 3] {
    let mut busy = [0; 3];
    let mut queue = VecDeque::from(tasks.to_vec());
    while let Some(steps) = queue.pop_front() {
        *busy.iter_mut().min().unwrap() += steps; // the first to be free
    }
    busy
}

fn main() {
    let tasks = [20, 1, 1].repeat(4); // every third one is long
    for (name, busy) in [("dealt", dealt(&tasks)), ("taken", taken(&tasks))]
    {
        let end = busy.iter().max().unwrap();
        println!("{name}: busy for {busy:?} steps, over after {end}");
    }
}
// ANCHOR_END: all
