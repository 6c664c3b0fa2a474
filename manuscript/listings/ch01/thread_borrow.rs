//@ kind: fail
//@ edition: 2021
// ANCHOR: all
use std::thread;

fn main() {
    let name = String::from("ferris");
    thread::spawn(|| println!("{name}"));
}
// ANCHOR_END: all
