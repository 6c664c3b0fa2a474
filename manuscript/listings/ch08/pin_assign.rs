//@ kind: fail
//@ edition: 2021
// A Pin gives no &mut to a !Unpin value.
// ANCHOR: all
use std::marker::PhantomPinned;
use std::pin::Pin;

struct S {
    n: u32,
    _p: PhantomPinned,
}

fn bump(s: Pin<&mut S>) {
    s.n += 1;
}

fn main() {
    let mut s = Box::pin(S {
        n: 0,
        _p: PhantomPinned,
    });
    bump(s.as_mut());
}
// ANCHOR_END: all
