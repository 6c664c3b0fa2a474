//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Shutting down in three steps: say so, wait for those who finish, and
// after a while cancel the rest.
use std::cell::Cell;
use std::future::{poll_fn, Future};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

async fn pause() {
    let mut first = true;
    poll_fn(|_| match std::mem::take(&mut first) {
        true => Poll::Pending,
        false => Poll::Ready(()),
    })
    .await
}

struct Noisy(&'static str);

impl Drop for Noisy {
    fn drop(&mut self) {
        println!("  {} is gone", self.0);
    }
}

// ANCHOR: workers
/// Looks at the sign between two requests, never within one.
async fn polite(stop: &Cell<bool>) {
    let _noisy = Noisy("polite");
    while !stop.get() {
        for _ in 0..3 {
            pause().await; // a request takes three steps
        }
        println!("  polite has answered a request");
    }
}

async fn deaf() {
    let _noisy = Noisy("deaf");
    loop {
        pause().await;
    }
}
// ANCHOR_END: workers

// ANCHOR: main
type Task<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

fn round(tasks: &mut Vec<Task>) {
    let mut cx = Context::from_waker(Waker::noop());
    tasks.retain_mut(|task| task.as_mut().poll(&mut cx).is_pending());
}

fn main() {
    let stop = Cell::new(false);
    let mut tasks: Vec<Task> =
        vec![Box::pin(polite(&stop)), Box::pin(deaf())];
    println!("at work:");
    for _ in 0..5 {
        round(&mut tasks);
    }
    println!("told to stop, with 10 rounds of grace:");
    stop.set(true);
    let mut grace = 10;
    while grace > 0 && !tasks.is_empty() {
        round(&mut tasks);
        grace -= 1;
    }
    println!("cancelled for want of an answer: {}", tasks.len());
    tasks.clear();
}
// ANCHOR_END: main
