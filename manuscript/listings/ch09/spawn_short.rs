//@ kind: fail
//@ edition: 2021
// 'static is asked of the future, hence of everything it borrows.
use std::future::Future;

fn spawn<F: Future<Output = ()> + 'static>(_f: F) {}

// ANCHOR: main
async fn show(s: &str) {
    println!("{s}")
}

fn main() {
    let name = String::from("ferris");
    spawn(show(&name));
}
// ANCHOR_END: main
