//@ kind: fail
//@ edition: 2021
// A task must own what it uses: its spawner may be gone when it runs.
// ANCHOR: all
use std::future::Future;

fn spawn<F: Future<Output = ()> + 'static>(_f: F) {}

fn main() {
    let name = String::from("ferris");
    spawn(async { println!("{name}") });
}
// ANCHOR_END: all
