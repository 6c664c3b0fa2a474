//@ kind: fail
//@ edition: 2021
// In edition 2021 an `impl Trait` does not capture the lifetime; an async
// fn does.
// ANCHOR: all
use std::future::Future;

fn len(s: &str) -> impl Future<Output = usize> {
    async move { s.len() }
}

fn main() {
    drop(len("x"));
}
// ANCHOR_END: all
