//@ kind: fail
//@ edition: 2021
// A table of handlers: several messages, and fewer faults than messages.
// ANCHOR: all
use std::collections::HashMap;
use std::io;

trait Handler {
    async fn handle(&self, body: &str) -> io::Result<usize>;
}

struct Length;

impl Handler for Length {
    async fn handle(&self, body: &str) -> io::Result<usize> {
        Ok(body.len())
    }
}

type Table = HashMap<&'static str, Box<dyn Handler>>;

async fn dispatch(table: &Table, path: &str) {
    let handler = &table[path];
    let length: usize = handler.handle("body").await?;
    println!("{path}: {length}");
}
// ANCHOR_END: all

fn main() {
    let _ = dispatch;
    let _ = Length;
}
