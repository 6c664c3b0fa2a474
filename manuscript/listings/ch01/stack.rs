//@ kind: run
//@ edition: 2021
//@ min: 1.63
//@ needs: x86_64 linux
// The stack of a thread: what is reserved, and what has been touched.
use std::fs;
use std::hint::black_box;
use std::thread;

const KIB: usize = 1024;

#[derive(Default)]
struct Mapping {
    start: usize,
    end: usize,
    rights: String,
    resident: usize, // in KiB
}

/// All mappings of the process, from /proc/self/smaps.
fn mappings() -> Vec<Mapping> {
    let mut all: Vec<Mapping> = Vec::new();
    for line in fs::read_to_string("/proc/self/smaps").unwrap().lines() {
        let mut words = line.split_whitespace();
        let first = words.next().unwrap();
        let second = words.next().unwrap_or("");
        if first == "Rss:" {
            all.last_mut().unwrap().resident = second.parse().unwrap();
        }
        let number = |s| usize::from_str_radix(s, 16).unwrap();
        if let Some((start, end)) = first.split_once('-') {
            all.push(Mapping {
                start: number(start),
                end: number(end),
                rights: second.to_string(),
                resident: 0,
            });
        }
    }
    all
}

/// Page faults of this thread so far that needed no disk.
fn faults() -> usize {
    let stat = fs::read_to_string("/proc/thread-self/stat").unwrap();
    stat.split_whitespace().nth(9).unwrap().parse().unwrap()
}

/// The mapping with the caller's frame, and the one below it.
#[inline(never)]
fn stack() -> (Mapping, Mapping) {
    let here = &black_box(0u8) as *const u8 as usize;
    let mut below = Mapping::default();
    for m in mappings() {
        if (m.start..m.end).contains(&here) {
            return (m, below);
        }
        below = m;
    }
    unreachable!()
}

// ANCHOR: touch
/// A frame of a mebibyte, every page of it written to.
#[inline(never)]
fn touch() {
    let mut big = [0u8; 1024 * KIB];
    for page in big.chunks_mut(4 * KIB) {
        page[0] = 1;
    }
    black_box(&big);
}
// ANCHOR_END: touch

fn report() {
    let (first, guard) = stack();
    let size = (first.end - first.start) / KIB;
    // ANCHOR: report
    println!("reserved, at least 2 MiB: {}", size >= 2048);
    print!("below it {} KiB ", (guard.end - guard.start) / KIB);
    println!("with the rights {}", guard.rights);
    println!("resident, under 64 KiB: {}", first.resident < 64);

    let before = faults();
    touch();
    let faults = faults() - before;
    println!("page faults, at least 250: {}", faults >= 250);
    let grown = stack().0.resident - first.resident;
    println!("grown by at least 1000 KiB: {}", grown >= 1000);
    // ANCHOR_END: report
    eprintln!("(resident {} KiB, grown {grown})", first.resident);
    eprintln!("(faults {faults}, size {size})");
}

fn main() {
    thread::spawn(report).join().unwrap();
}
