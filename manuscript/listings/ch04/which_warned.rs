//@ kind: fail
//@ edition: 2021
// And which of the five does the compiler warn of?
#![deny(unused_must_use)]

async fn say(what: &str) {
    println!("{what}");
}

pub async fn five() {
    let _ = say("one");
    let two = say("two");
    async { say("three") }.await;
    async { say("four").await }.await;
    drop(async { say("five").await });
    two.await;
}

fn main() {}
