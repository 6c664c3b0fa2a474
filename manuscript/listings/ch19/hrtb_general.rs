//@ kind: fail
//@ edition: 2021
// The "not general enough" family: Send is checked with the lifetimes
// erased.
// ANCHOR: all
use std::future::{ready, Future};

fn spawn<F: Future<Output = ()> + Send + 'static>(_f: F) {}

async fn each<I>(it: I)
where
    I: IntoIterator<Item = usize>,
{
    for _ in it {
        ready(()).await;
    }
}

static NAMES: [&str; 2] = ["a", "b"];

fn main() {
    spawn(async { each(NAMES.iter().map(|s| s.len())).await });
}
// ANCHOR_END: all
