//@ kind: fail
//@ edition: 2021
// A task must own what it uses: its spawner may be gone when it runs.
use std::future::Future;

// ANCHOR: main
fn spawn<F: Future<Output = ()> + 'static>(_f: F) {}

fn main() {
    let name = String::from("ferris");
    spawn(async { println!("{name}") });
}
// ANCHOR_END: main
