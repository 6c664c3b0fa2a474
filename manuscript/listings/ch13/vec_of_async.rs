//@ kind: fail
//@ edition: 2021
// Two async blocks never have the same type.
// ANCHOR: all
fn main() {
    let v = vec![async { 1 }, async { 2 }];
    drop(v);
}
// ANCHOR_END: all
