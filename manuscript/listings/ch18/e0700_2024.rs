//@ kind: build
//@ edition: 2024
// The same lines, accepted: in edition 2024 an `impl Trait` captures all
// that is in scope, as an async fn always did.
// ANCHOR: all
use std::future::Future;

fn len(s: &str) -> impl Future<Output = usize> {
    async move { s.len() }
}

fn main() {
    drop(len("x"));
}
// ANCHOR_END: all
