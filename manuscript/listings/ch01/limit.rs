//@ kind: run
//@ edition: 2021
//@ min: 1.63
//@ needs: x86_64 linux
// How many mappings a thread needs, and how many threads that allows.
use std::fs;
use std::sync::{Arc, Barrier};
use std::thread;

fn mappings() -> usize {
    fs::read_to_string("/proc/self/maps")
        .unwrap()
        .lines()
        .count()
}

// ANCHOR: count
fn main() {
    const N: usize = 200;
    let gate = Arc::new(Barrier::new(2 * N + 1));
    let start = || {
        let up = Arc::new(Barrier::new(N + 1));
        for _ in 0..N {
            let (gate, up) = (gate.clone(), up.clone());
            thread::spawn(move || {
                up.wait();
                gate.wait();
            });
        }
        up.wait();
        mappings()
    };
    let some = start(); // these have made the allocator's arenas
    let more = start();
    let each = (more - some) / N;
    println!("mappings for each thread: {each}");
    println!("enough for 65,530 / {each} = {} threads", 65_530 / each);
    gate.wait();
}
// ANCHOR_END: count
