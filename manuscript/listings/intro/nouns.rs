//@ kind: run
//@ edition: 2021
//@ pinned
// ANCHOR: all
use std::future::Future;
use std::mem::size_of;
use std::pin::Pin;
use std::task::{Context, Poll, RawWakerVTable, Waker};

type Task = Pin<Box<dyn Future<Output = ()>>>;

fn main() {
    println!("Poll<()>        {:2}", size_of::<Poll<()>>());
    println!("Poll<u8>        {:2}", size_of::<Poll<u8>>());
    println!("Poll<Box<u8>>   {:2}", size_of::<Poll<Box<u8>>>());
    println!("Waker           {:2}", size_of::<Waker>());
    println!("Option<Waker>   {:2}", size_of::<Option<Waker>>());
    println!("RawWakerVTable  {:2}", size_of::<RawWakerVTable>());
    println!("Context<'_>     {:2}", size_of::<Context<'static>>());
    println!("Task            {:2}", size_of::<Task>());
}
// ANCHOR_END: all
