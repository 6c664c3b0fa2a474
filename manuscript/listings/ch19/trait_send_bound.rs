//@ kind: fail
//@ edition: 2021
// Generic over an AFIT trait, spawned: nothing says that the method's
// future is Send.
// ANCHOR: all
use std::future::Future;

fn spawn<F: Future<Output = ()> + Send + 'static>(_f: F) {}
trait Job {
    async fn run(&self);
}

fn start<J: Job + Send + Sync + 'static>(j: J) {
    spawn(async move { j.run().await });
}

fn main() {}
// ANCHOR_END: all
