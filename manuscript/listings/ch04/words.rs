//@ kind: run
//@ edition: 2021
//@ min: 1.63
//@ pinned
// The nouns of the stack, in bytes.
// ANCHOR: all
use std::future::Future;
use std::mem::size_of;
use std::pin::Pin;
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

macro_rules! sizes {
    ($($t:ty),* $(,)?) => {
        $( println!("{:3}  {}", size_of::<$t>(), stringify!($t)); )*
    };
}

fn main() {
    sizes![
        Poll<()>,
        Poll<u8>,
        Poll<bool>,
        Poll<Option<bool>>,
        Poll<Box<u8>>,
        Poll<Option<Box<u8>>>,
        Poll<Result<u64, u32>>,
        Waker,
        Option<Waker>,
        RawWaker,
        RawWakerVTable,
        Context<'static>,
        &'static mut u64,
        Pin<&'static mut u64>,
        Pin<Box<dyn Future<Output = ()>>>,
        Option<Pin<Box<dyn Future<Output = ()>>>>
    ];
}
// ANCHOR_END: all
