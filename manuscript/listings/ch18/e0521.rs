//@ kind: fail
//@ edition: 2021
// A borrowed argument escapes into a 'static task.
// ANCHOR: all
use std::future::Future;

fn spawn<F: Future<Output = ()> + 'static>(_f: F) {}

struct Server {
    hits: u32,
}

impl Server {
    fn start(&self) {
        spawn(async move { println!("{}", self.hits) });
    }
}

fn main() {
    Server { hits: 0 }.start();
}
// ANCHOR_END: all
