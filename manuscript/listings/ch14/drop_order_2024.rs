//@ kind: run
//@ edition: 2024
//@ min: 1.85
// When is what dropped: arguments, locals, temporaries, and the future
// itself.
use std::future::{ready, Future};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

struct D(&'static str);
impl Drop for D {
    fn drop(&mut self) {
        println!("    drop {}", self.0)
    }
}

impl D {
    fn len(&self) -> usize {
        self.0.len()
    }
}

fn block_on<F: Future>(f: F) -> F::Output {
    let mut f = pin!(f);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(v) = f.as_mut().poll(&mut cx) {
            return v;
        }
    }
}

// ANCHOR: functions
fn sync_fn(_: D, _x: D) {
    println!("    body");
}

async fn async_fn(_: D, _x: D) {
    println!("    body");
    ready(()).await;
}
// ANCHOR_END: functions

// ANCHOR: if_let
async fn if_let() {
    if let 3 = D("scrutinee temporary").len() {
    } else {
        println!("    else branch");
        ready(()).await;
    }
    println!("    after if let");
}
// ANCHOR_END: if_let

// ANCHOR: match
async fn match_temp() {
    match D("match temporary").len() {
        _ => {
            ready(()).await;
            println!("    arm")
        }
    }
}

async fn hoisted() {
    let n = D("let temporary").len();
    match n {
        _ => {
            ready(()).await;
            println!("    arm")
        }
    }
}
// ANCHOR_END: match

// ANCHOR: main
fn main() {
    println!("sync fn:");
    sync_fn(D("_"), D("_x"));
    println!("async fn, run:");
    block_on(async_fn(D("_"), D("_x")));
    println!("async fn, never polled:");
    drop(async_fn(D("_"), D("_x")));
    println!("if let:");
    block_on(if_let());
    println!("match:");
    block_on(match_temp());
    println!("let, then match:");
    block_on(hoisted());
    println!("block by value, its capture and its output:");
    let cap = D("captured");
    drop(block_on(async move {
        let _c = &cap;
        D("output")
    }));
}
// ANCHOR_END: main
