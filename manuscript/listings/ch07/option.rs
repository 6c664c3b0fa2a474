//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ pinned
// An enum lends the unused values of its discriminant. A future does not.
use std::future::ready;
use std::mem::size_of_val;

// ANCHOR: all
#[allow(dead_code)]
enum Five {
    A,
    B,
    C,
    D,
    E,
}

async fn nothing() {}

async fn number(x: u64) -> u64 {
    ready(()).await;
    x
}

fn with_option<T>(name: &str, t: T) {
    let size = size_of_val(&t);
    println!("{name:16} {size:2}, {:2}", size_of_val(&Some(t)));
}

fn main() {
    with_option("Five", Five::A);
    with_option("nothing()", nothing());
    with_option("number(1)", number(1));
    with_option("a box of it", Box::pin(number(1)));
}
// ANCHOR_END: all
