//@ kind: fail
//@ edition: 2015
// async is a keyword from edition 2018 on, and `rustc x.rs` means 2015.
// ANCHOR: all
async fn f() {}

fn main() {
    f();
}
// ANCHOR_END: all
