//@ kind: fail
//@ edition: 2021
// A closure that is called again and again, and lends what it has captured
// to each of the futures that it makes.
// ANCHOR: all
use std::future::Future;

async fn retry<F, Fut>(times: u32, mut attempt: F) -> bool
where
    F: FnMut() -> Fut,
    Fut: Future<Output = bool>,
{
    for _ in 0..times {
        if attempt().await {
            return true;
        }
    }
    false
}

struct Conn {
    sent: u32,
}

impl Conn {
    async fn send(&mut self, text: &str) -> bool {
        self.sent += text.len() as u32;
        self.sent > 10
    }
}

async fn greet(conn: &mut Conn) {
    let text = String::from("hello");
    let attempt = || async { conn.send(&text).await };
    if retry(3, attempt).await {
        println!("sent after {} bytes", conn.sent);
    }
}
// ANCHOR_END: all

fn main() {
    drop(greet(&mut Conn { sent: 0 }));
}
