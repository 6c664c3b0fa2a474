//@ kind: fail
//@ edition: 2021
// A machine with a borrow across an await, tried in safe Rust.
use std::future::{ready, Ready};

// ANCHOR: sugar
pub async fn first(text: String) -> usize {
    let word = text.split(' ').next().unwrap();
    ready(()).await;
    word.len()
}
// ANCHOR_END: sugar

#[rustfmt::skip]
// ANCHOR: hand
pub enum First<'a> {
    Unresumed { text: String },
    Suspend0 { text: String, word: &'a str, sub: Ready<()> },
}

pub fn start(state: First<'_>) -> First<'_> {
    match state {
        First::Unresumed { text } => {
            let word = text.split(' ').next().unwrap();
            let sub = ready(());
            First::Suspend0 { word, sub, text }
        }
        suspended => suspended,
    }
}
// ANCHOR_END: hand

fn main() {}
