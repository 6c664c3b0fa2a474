//@ kind: code
//@ edition: 2021
//@ needs: x86_64 linux
// What a &mut to a pinned type does not promise to the optimiser.
// ANCHOR: types
use std::marker::PhantomPinned;

pub struct Free {
    n: u32,
}

pub struct Pinned {
    n: u32,
    _pinned: PhantomPinned,
}
// ANCHOR_END: types

// ANCHOR: functions
#[no_mangle]
pub unsafe fn free(x: &mut Free, other: *mut u32) -> u32 {
    x.n = 1;
    *other = 2;
    x.n
}

#[no_mangle]
pub unsafe fn pinned(x: &mut Pinned, other: *mut u32) -> u32 {
    x.n = 1;
    *other = 2;
    x.n
}
// ANCHOR_END: functions
