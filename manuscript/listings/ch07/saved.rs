//@ kind: storage
//@ edition: 2021
//@ pinned
// The life of one variable, and of one that was lent, in the compiler's
// words.
// ANCHOR: all
use std::future::ready;

pub async fn moved() {
    let text = String::from("a few words");
    drop(text);
    ready(()).await;
}

pub async fn lent() {
    let text = String::from("a few words");
    look(&text);
    drop(text);
    ready(()).await;
}
// ANCHOR_END: all

fn look(_: &String) {}
