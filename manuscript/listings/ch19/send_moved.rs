//@ kind: run
//@ edition: 2021
//@ min: 1.74
// drop(rc) before the await, and rc never borrowed.
// ANCHOR: all
use std::future::{ready, Future};
use std::rc::Rc;

fn spawn<F: Future<Output = ()> + Send + 'static>(_f: F) {}

fn main() {
    spawn(async {
        let rc = Rc::new(5);
        drop(rc);
        ready(()).await;
    });
    println!(
        "accepted: a value moved out before the await is not in the future"
    );
}
// ANCHOR_END: all
