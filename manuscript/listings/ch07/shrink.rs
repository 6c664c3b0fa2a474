//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ pinned
// Five ways to make a future smaller, each before and after.
use std::future::{ready, Future};
use std::mem::size_of_val;

type Buffer = [u8; 1024];

fn fill() -> Buffer {
    [1; 1024]
}

fn sum(b: &Buffer) -> u32 {
    b.iter().map(|&x| x as u32).sum()
}

// ANCHOR: block
// 1. What has been borrowed stays until its block ends. So end the block.
async fn block_before() -> u32 {
    let buffer = fill();
    let total = sum(&buffer);
    ready(()).await;
    total
}

async fn block_after() -> u32 {
    let total = {
        let buffer = fill();
        sum(&buffer)
    };
    ready(()).await;
    total
}
// ANCHOR_END: block

// ANCHOR: function
// 2. Better still, let an ordinary function have the locals: its frame is
//    gone when it returns, and nobody can undo that by accident.
fn total() -> u32 {
    let buffer = fill();
    sum(&buffer)
}

async fn function_after() -> u32 {
    let total = total();
    ready(()).await;
    total
}
// ANCHOR_END: function

// ANCHOR: param
// 3. An argument is stored twice, as passed and as a local. Pass a
//    reference, or a box if the future must own it.
async fn param_before(buffer: Buffer) -> u32 {
    ready(()).await;
    sum(&buffer)
}

async fn param_after(buffer: &Buffer) -> u32 {
    ready(()).await;
    sum(buffer)
}
// ANCHOR_END: param

// ANCHOR: order
// 4. A future that was made but not yet awaited needs room of its own.
//    Make each where it is awaited, and they take turns.
async fn work() -> u32 {
    let buffer = fill();
    ready(()).await;
    sum(&buffer)
}

async fn order_before() -> u32 {
    let first = work();
    let second = work();
    first.await + second.await
}

async fn order_after() -> u32 {
    let mut n = work().await;
    n += work().await;
    n
}
// ANCHOR_END: order

async fn boxed_before(rare: bool) -> u32 {
    if rare {
        work().await
    } else {
        0
    }
}

// ANCHOR: boxed
// 5. Box what is big and rare. (Before, this said `work().await`.)
async fn boxed_after(rare: bool) -> u32 {
    if rare {
        Box::pin(work()).await
    } else {
        0
    }
}
// ANCHOR_END: boxed

fn show(name: &str, before: impl Future, after: impl Future) {
    let (before, after) = (size_of_val(&before), size_of_val(&after));
    println!("{name:20} {before:4} -> {after:4}");
}

fn main() {
    show("1 end the block", block_before(), block_after());
    show("2 call a function", block_before(), function_after());
    show(
        "3 lend the argument",
        param_before(fill()),
        param_after(&fill()),
    );
    show("4 make, await, make", order_before(), order_after());
    show("5 box the rare part", boxed_before(true), boxed_after(true));
}
