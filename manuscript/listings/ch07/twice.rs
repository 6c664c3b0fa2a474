//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ pinned
// Why an argument of an async fn is stored twice: the same function three
// times over.
use std::future::{ready, Future};
use std::mem::size_of_val;

// ANCHOR: three
async fn sugar(b: [u8; 1024]) -> u8 {
    ready(()).await;
    b[0]
}

fn spelt_out(b: [u8; 1024]) -> impl Future<Output = u8> {
    async move {
        let b = b; // what the compiler writes for each argument
        ready(()).await;
        b[0]
    }
}

fn left_out(b: [u8; 1024]) -> impl Future<Output = u8> {
    async move {
        ready(()).await;
        b[0]
    }
}
// ANCHOR_END: three

fn main() {
    println!("sugar     {:5}", size_of_val(&sugar([0; 1024])));
    println!("spelt_out {:5}", size_of_val(&spelt_out([0; 1024])));
    println!("left_out  {:5}", size_of_val(&left_out([0; 1024])));
}
