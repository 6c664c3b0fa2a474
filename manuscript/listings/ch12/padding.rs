//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ pinned
// Where two counters lie that two threads count with.
use std::collections::VecDeque;
use std::mem::{offset_of, size_of};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};

// ANCHOR: types
#[repr(C)]
struct Close {
    mine: AtomicU64,
    yours: AtomicU64,
}

#[repr(align(128))]
struct Padded<T>(T);

#[repr(C)]
struct Apart {
    mine: Padded<AtomicU64>,
    yours: Padded<AtomicU64>,
}
// ANCHOR_END: types

fn main() {
    let (mine, yours) = (offset_of!(Close, mine), offset_of!(Close, yours));
    let size = size_of::<Close>();
    println!("Close: at +{mine} and +{yours}, {size} bytes");
    let (mine, yours) = (offset_of!(Apart, mine), offset_of!(Apart, yours));
    let size = size_of::<Apart>();
    println!("Apart: at +{mine} and +{yours}, {size} bytes");
    let size = size_of::<Mutex<VecDeque<Arc<()>>>>();
    println!("a queue of a worker: {size} bytes");
}
