//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ pinned
// What Poll adds to a type, and where it finds room.
use std::convert::Infallible;
use std::mem::size_of;
use std::num::NonZeroU32;
use std::task::{Poll, Waker};

macro_rules! sizes {
    ($($t:ty),* $(,)?) => {
        $( println!("{:2}  {}", size_of::<$t>(), stringify!($t)); )*
    };
}

// ANCHOR: quiz
fn main() {
    sizes![
        Poll<u64>,
        Poll<char>,
        Poll<NonZeroU32>,
        Poll<String>,
        Poll<Poll<()>>,
        Poll<Poll<u8>>,
        Poll<Waker>,
        Poll<Option<Waker>>,
        Poll<Infallible>,
        Poll<[u8; 3]>,
    ];
}
// ANCHOR_END: quiz
