//@ kind: fail
//@ edition: 2021
// A shared borrow held across an await conflicts with a mutation.
// ANCHOR: all
use std::future::ready;

async fn f(v: &mut Vec<u32>) {
    let first = &v[0];
    ready(()).await;
    v.push(1);
    println!("{first}");
}

fn main() {
    drop(f(&mut vec![0]));
}
// ANCHOR_END: all
