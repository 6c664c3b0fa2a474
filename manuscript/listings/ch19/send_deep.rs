//@ kind: fail
//@ edition: 2021
// The culprit is three async fns below the spawn.
// ANCHOR: all
use std::cell::Cell;
use std::future::{ready, Future};

fn spawn<F: Future<Output = ()> + Send + 'static>(_f: F) {}

async fn leaf(c: &Cell<u32>) {
    ready(()).await;
    c.set(1);
}

async fn middle() {
    let c = Cell::new(0);
    leaf(&c).await;
}

async fn top() {
    middle().await
}

fn main() {
    spawn(top());
}
// ANCHOR_END: all
