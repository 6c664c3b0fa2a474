//@ kind: fail
//@ edition: 2021
// Rc alive across an await in a task that must be Send.
use std::future::{ready, Future};
use std::rc::Rc;

// ANCHOR: all
fn spawn<F: Future<Output = ()> + Send + 'static>(_f: F) {}

async fn job() {
    let shared = Rc::new(5);
    ready(()).await;
    println!("{shared}");
}

fn main() {
    spawn(job());
}
// ANCHOR_END: all
