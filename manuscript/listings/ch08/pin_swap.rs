//@ kind: fail
//@ edition: 2021
// ANCHOR: all
use std::pin::pin;

async fn f() {}

fn main() {
    let (a, b) = (pin!(f()), pin!(f()));
    std::mem::swap(&mut *a, &mut *b);
}
// ANCHOR_END: all
