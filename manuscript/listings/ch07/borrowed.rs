//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ pinned
// A variable that was moved away is forgotten, unless it was ever lent.
use std::future::ready;
use std::mem::size_of_val;

fn look(_: &String) {}

// ANCHOR: three
async fn moved() {
    let text = String::from("a few words");
    drop(text);
    ready(()).await;
}

async fn lent() {
    let text = String::from("a few words");
    look(&text);
    drop(text);
    ready(()).await;
}

async fn ended() {
    {
        let text = String::from("a few words");
        look(&text);
    }
    ready(()).await;
}
// ANCHOR_END: three

fn main() {
    println!("moved {:3}", size_of_val(&moved()));
    println!("lent  {:3}", size_of_val(&lent()));
    println!("ended {:3}", size_of_val(&ended()));
}
