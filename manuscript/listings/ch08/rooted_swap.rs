//@ kind: fail
//@ edition: 2021
// Exercise: the swap that must be refused.
// ANCHOR: all
use std::marker::PhantomPinned;
use std::mem::swap;
use std::pin::Pin;

pub struct Rooted {
    _pinned: PhantomPinned,
}

pub fn exchange(a: Pin<&mut Rooted>, b: Pin<&mut Rooted>) {
    swap(a.get_mut(), b.get_mut());
}
// ANCHOR_END: all

fn main() {}
