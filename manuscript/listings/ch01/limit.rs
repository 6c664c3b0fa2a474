//@ kind: run
//@ edition: 2021
//@ min: 1.63
//@ needs: x86_64 linux
// How many mappings a thread needs, and how many threads that allows.
use std::fs;
use std::os::raw::c_int;
use std::sync::{Arc, Barrier};
use std::thread;

extern "C" {
    fn mallopt(parameter: c_int, value: c_int) -> c_int;
}
const M_ARENA_MAX: c_int = -8;

/// All threads are to share a heap; else each core adds up to eight.
fn one_heap() {
    // SAFETY: no other thread exists yet.
    assert_eq!(unsafe { mallopt(M_ARENA_MAX, 1) }, 1);
}

fn mappings() -> usize {
    fs::read_to_string("/proc/self/maps")
        .unwrap()
        .lines()
        .count()
}

// ANCHOR: count
fn main() {
    const N: usize = 200;
    one_heap(); // for all threads
    let up = Arc::new(Barrier::new(N + 1));
    let down = up.clone();
    let before = mappings();
    for _ in 0..N {
        let (up, down) = (up.clone(), down.clone());
        thread::spawn(move || {
            up.wait();
            down.wait();
        });
    }
    up.wait();
    let each = (mappings() - before) / N;
    let seen = if matches!(each, 3 | 4) { "3 or 4" } else { "?" };
    println!("mappings for each thread: {seen}");
    println!("enough for 32,768 threads: {}", 65_530 / each >= 32_768);
    eprintln!("(here: {each}, enough for {})", 65_530 / each);
    down.wait();
}
// ANCHOR_END: count
