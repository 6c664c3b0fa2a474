//@ kind: fail
//@ edition: 2021
// The output is part of the bound.
// ANCHOR: all
use std::future::Future;

fn spawn<F: Future<Output = ()> + 'static>(_f: F) {}

fn main() {
    spawn(async { 1 });
}
// ANCHOR_END: all
