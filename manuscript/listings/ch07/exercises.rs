//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ pinned
// The futures of the exercises, and what they weigh.
use std::future::{ready, Future};
use std::mem::{align_of_val, size_of_val};
use std::pin::Pin;

// ANCHOR: five
async fn one(x: u8) -> u8 {
    x
}

async fn two(x: u8) -> u8 {
    ready(()).await;
    x
}

async fn three() -> u64 {
    let (a, b, c) = (1u8, 2u64, 3u16);
    ready(()).await;
    a as u64 + b + c as u64
}

async fn four() {
    let a = ();
    let b = std::marker::PhantomData::<[u64; 100]>;
    ready(()).await;
    let _ = (a, b);
}

async fn five(which: bool) -> u8 {
    if which {
        let x = [1u8; 1000];
        ready(()).await;
        x[0]
    } else {
        let y = [2u8; 1000];
        ready(()).await;
        y[0]
    }
}
// ANCHOR_END: five

// ANCHOR: early
async fn work() -> u8 {
    let buffer = [1u8; 1024];
    ready(()).await;
    buffer[0]
}

async fn early() -> u8 {
    let w = work();
    ready(()).await;
    w.await
}

async fn pinned() -> u8 {
    let w = std::pin::pin!(work());
    ready(()).await;
    w.await
}
// ANCHOR_END: early

// ANCHOR: log
async fn silent() -> u8 {
    let b = [1u8; 1024];
    let first = b[0];
    ready(()).await;
    first
}

async fn logged() -> u8 {
    let b = [1u8; 1024];
    let first = b[0];
    if first == 0 {
        println!("odd: {}", b[0]);
    }
    ready(()).await;
    first
}
// ANCHOR_END: log

// ANCHOR: logged_well
async fn logged_well() -> u8 {
    let b = [1u8; 1024];
    let first = b[0];
    if first == 0 {
        println!("odd: {}", { b[0] });
    }
    ready(()).await;
    first
}
// ANCHOR_END: logged_well

// ANCHOR: many
macro_rules! waits {
    ($($digit:literal)*) => { $( let _ = $digit; ready(()).await; )* };
}
macro_rules! ten {
    () => { waits!(0 1 2 3 4 5 6 7 8 9) };
}
macro_rules! fifty {
    () => {
        ten!();
        ten!();
        ten!();
        ten!();
        ten!()
    };
}

async fn waits_253() {
    fifty!();
    fifty!();
    fifty!();
    fifty!();
    fifty!();
    waits!(1 2 3);
}

async fn waits_254() {
    fifty!();
    fifty!();
    fifty!();
    fifty!();
    fifty!();
    waits!(1 2 3 4);
}
// ANCHOR_END: many

type Message = [u8; 512];

// ANCHOR: fat
async fn read(n: u8) -> Message {
    let message = [n; 512];
    ready(()).await;
    message
}

fn sum(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&b| b as u32).sum()
}

async fn fat(token: [u8; 256]) -> u32 {
    let hello = read(1).await;
    let greeting = sum(&hello);
    let body = read(2);
    let header = read(3).await;
    let mut total = greeting + sum(&header);
    total += sum(&body.await) + sum(&token);
    ready(()).await;
    total
}
// ANCHOR_END: fat

// ANCHOR: lean
async fn weigh(n: u8) -> u32 {
    let message = read(n).await;
    sum(&message)
}

async fn lean(token: &[u8; 256]) -> u32 {
    let mut total = weigh(1).await;
    total += weigh(3).await;
    total += weigh(2).await;
    total += sum(token);
    ready(()).await;
    total
}
// ANCHOR_END: lean

fn show(name: &str, f: &impl Future) {
    let (size, align) = (size_of_val(f), align_of_val(f));
    println!("{name:12} size {size:4}  align {align}");
}

fn run<F: Future>(f: F) -> F::Output {
    let mut f: Pin<Box<F>> = Box::pin(f);
    let waker = std::task::Waker::noop();
    let mut cx = std::task::Context::from_waker(waker);
    loop {
        if let std::task::Poll::Ready(r) = f.as_mut().poll(&mut cx) {
            return r;
        }
    }
}

fn main() {
    show("one", &one(1));
    show("two", &two(1));
    show("three", &three());
    show("four", &four());
    show("five", &five(true));
    println!();
    show("work", &work());
    show("early", &early());
    show("pinned", &pinned());
    println!();
    show("silent", &silent());
    show("logged", &logged());
    show("logged_well", &logged_well());
    println!();
    show("waits_253", &waits_253());
    show("waits_254", &waits_254());
    println!();
    let token = [1; 256];
    show("read", &read(1));
    show("fat", &fat(token));
    show("lean", &lean(&token));
    assert_eq!(run(fat(token)), run(lean(&token)));
}
