//@ kind: fail
//@ edition: 2021
// Exercise: the move that must be refused.
// ANCHOR: all
use std::marker::PhantomPinned;
use std::mem::replace;
use std::pin::Pin;

pub struct Rooted {
    _pinned: PhantomPinned,
}

pub fn uproot(place: Pin<&mut Rooted>, other: Rooted) -> Rooted {
    replace(place.get_mut(), other)
}
// ANCHOR_END: all

fn main() {}
