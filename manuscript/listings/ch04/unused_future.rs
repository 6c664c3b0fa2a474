//@ kind: fail
//@ edition: 2021
// Futures do nothing unless polled, and the compiler says so.
// ANCHOR: all
#![deny(unused_must_use)]
async fn f() {}

fn main() {
    f();
}
// ANCHOR_END: all
