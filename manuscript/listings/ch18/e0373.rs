//@ kind: fail
//@ edition: 2021
// The block borrows a local that its caller is about to drop.
// ANCHOR: all
use std::future::Future;

fn make() -> impl Future<Output = usize> {
    let name = String::from("ferris");
    async { name.len() }
}

fn main() {
    drop(make());
}
// ANCHOR_END: all
