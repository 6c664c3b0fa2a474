//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ needs: linux
// Boxing a future of ten megabytes comes too late: the stack had to hold it
// first. (So it is without optimisation; with it, one may be lucky.) Each
// attempt runs in a process of its own, for it may be killed.
use std::env;
use std::future::{ready, Future};
use std::mem::size_of;
use std::os::unix::process::ExitStatusExt;
use std::process::{exit, Command};
use std::task::{Context, Poll, Waker};
use std::thread;

const MIB: usize = 1 << 20;

// ANCHOR: futures
/// The buffer is a local that lives across the await: part of the future.
async fn array() -> usize {
    let buffer = [1u8; 10 * MIB];
    ready(()).await;
    buffer.len()
}

/// The buffer is in a box, but first it is made where the box is not.
async fn boxed_array() -> usize {
    let buffer = Box::new([1u8; 10 * MIB]);
    ready(()).await;
    buffer.len()
}

/// The buffer never is anywhere but on the heap.
async fn vector() -> usize {
    let buffer = vec![1u8; 10 * MIB];
    ready(()).await;
    buffer.len()
}
// ANCHOR_END: futures

// ANCHOR: attempt
/// The future is made in here, so that only this frame has to hold it.
fn finish<F: Future<Output = usize>>(make: impl FnOnce() -> F) {
    let mut f = Box::pin(make());
    let mut cx = Context::from_waker(Waker::noop());
    while f.as_mut().poll(&mut cx) == Poll::Pending {}
}

fn attempt(name: &str) {
    match name {
        "array" => finish(array),
        "boxed_array" => finish(boxed_array),
        _ => finish(vector),
    }
    exit(0);
}
// ANCHOR_END: attempt

// ANCHOR: size
/// The size of what a function would return. Calling it in order to ask
/// would be the very mistake that this program is about.
fn size<F>(_: impl FnOnce() -> F) -> usize {
    size_of::<F>()
}
// ANCHOR_END: size

// ANCHOR: main
fn main() {
    if let Some(name) = env::args().nth(1) {
        // Two megabytes: what std gives a thread that asks for nothing.
        let small = thread::Builder::new().stack_size(2 * MIB);
        small.spawn(move || attempt(&name)).unwrap().join().unwrap();
    }
    for (name, size) in [
        ("array", size(array)),
        ("boxed_array", size(boxed_array)),
        ("vector", size(vector)),
    ] {
        let status = Command::new(env::current_exe().unwrap())
            .arg(name)
            .current_dir(env::temp_dir())
            .status()
            .unwrap();
        let end = match status.signal() {
            Some(6) => "aborted, the stack overflowed",
            Some(_) => "killed",
            None => "ran to its end",
        };
        let small = size < 100;
        println!("{name:11}  small future: {small:5}  {end}");
    }
}
// ANCHOR_END: main
