//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ timeout: 60
// Two threads, two flags. Each raises its own, then looks at the other's.
// Can both find the other's down?
use std::sync::atomic::{AtomicU32, Ordering, Ordering::*};
use std::thread;
use std::time::{Duration, Instant};

#[repr(align(128))] // each in a cache line of its own
struct Line(AtomicU32);

type Pair = [Line; 2];
static FLAG: Pair = [const { Line(AtomicU32::new(0)) }; 2];
static ROUND: Pair = [const { Line(AtomicU32::new(0)) }; 2];
static SEEN: Pair = [const { Line(AtomicU32::new(0)) }; 2];

/// Both threads come here, and leave it at about the same time.
fn meet(me: usize, n: &mut u32) {
    *n += 1;
    ROUND[me].0.store(*n, SeqCst);
    let mut spins = 0;
    while ROUND[1 - me].0.load(SeqCst) < *n {
        spins += 1;
        match spins % 1000 {
            0 => thread::yield_now(), // the other may need this core
            _ => std::hint::spin_loop(),
        }
    }
}

// ANCHOR: look
/// Raises a flag, and says whether the other one was still down.
fn raise_and_look(me: usize, store: Ordering, load: Ordering) -> bool {
    FLAG[me].0.store(1, store);
    FLAG[1 - me].0.load(load) == 0
}
// ANCHOR_END: look

/// Plays for a twentieth of a second, or until both found the other down.
fn play(me: usize, store: Ordering, load: Ordering) -> bool {
    const DOWN: u32 = 1;
    const OVER: u32 = 2;
    let start = Instant::now();
    let mut n = 0;
    loop {
        FLAG[me].0.store(0, SeqCst);
        meet(me, &mut n);
        let mut mine = DOWN * raise_and_look(me, store, load) as u32;
        if start.elapsed() > Duration::from_millis(50) {
            mine |= OVER;
        }
        SEEN[me].0.store(mine, SeqCst);
        meet(me, &mut n);
        let theirs = SEEN[1 - me].0.load(SeqCst);
        if mine & theirs & DOWN != 0 {
            return true;
        }
        if (mine | theirs) & OVER != 0 {
            return false;
        }
        meet(me, &mut n);
    }
}

/// New threads every time, as the kernel may have put both on one core.
fn both_down(limit: Duration, store: Ordering, load: Ordering) -> bool {
    let start = Instant::now();
    while start.elapsed() < limit {
        ROUND.iter().for_each(|r| r.0.store(0, SeqCst));
        let both = thread::scope(|s| {
            let a = s.spawn(|| play(0, store, load));
            let b = s.spawn(|| play(1, store, load));
            a.join().unwrap() & b.join().unwrap()
        });
        if both {
            return true;
        }
    }
    false
}

fn main() {
    // What may happen need not happen. If it does not, nothing is printed
    // that was not seen, and the listing counts as not tried.
    if !both_down(Duration::from_secs(10), Release, Acquire) {
        println!("not seen in ten seconds, nor ever on one core");
        std::process::exit(77);
    }
    let seq_cst = both_down(Duration::from_millis(250), SeqCst, SeqCst);
    println!("SeqCst:              both were down: {seq_cst}");
    println!("Release and Acquire: both were down: true");
}
