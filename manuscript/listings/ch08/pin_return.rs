//@ kind: fail
//@ edition: 2021
// What pin! pins cannot leave the block.
// ANCHOR: all
use std::future::Future;
use std::pin::{pin, Pin};

async fn f() {}

fn made<'a>() -> Pin<&'a mut dyn Future<Output = ()>> {
    pin!(f())
}
// ANCHOR_END: all

fn main() {}
