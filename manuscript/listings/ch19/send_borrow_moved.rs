//@ kind: fail
//@ edition: 2021
// drop(rc) before the await is not enough once rc has been borrowed.
// ANCHOR: all
use std::future::{ready, Future};
use std::rc::Rc;

fn spawn<F: Future<Output = ()> + Send + 'static>(_f: F) {}

fn main() {
    spawn(async {
        let rc = Rc::new(5);
        println!("{rc}");
        drop(rc);
        ready(()).await;
    });
}
// ANCHOR_END: all
