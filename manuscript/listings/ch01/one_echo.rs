//@ kind: run
//@ edition: 2021
//@ min: 1.63
// The smallest echo server: correct for one client at a time.
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

// ANCHOR: serve
fn serve(mut s: TcpStream) {
    let mut buf = [0u8; 64];
    while let Ok(n) = s.read(&mut buf) {
        if n == 0 || s.write_all(&buf[..n]).is_err() {
            return;
        }
    }
}

fn one_by_one(listener: TcpListener) {
    for s in listener.incoming() {
        serve(s.unwrap());
    }
}
// ANCHOR_END: serve

fn answer(mut s: &TcpStream, limit: Option<Duration>) -> String {
    let mut back = [0; 5];
    s.set_read_timeout(limit).unwrap();
    match s.read_exact(&mut back) {
        Ok(()) => format!("got {:?}", String::from_utf8_lossy(&back)),
        Err(e) if e.kind() == ErrorKind::WouldBlock => "nothing".into(),
        Err(e) => format!("{e}"),
    }
}

// ANCHOR: main
fn main() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    thread::spawn(move || one_by_one(listener));

    let mut first = TcpStream::connect(addr).unwrap();
    first.write_all(b"hello").unwrap();
    println!("first client: {}", answer(&first, None));

    let mut second = TcpStream::connect(addr).unwrap();
    second.write_all(b"hullo").unwrap();
    let patience = Some(Duration::from_millis(100));
    println!("second, after 100 ms: {}", answer(&second, patience));

    drop(first);
    println!("the first hangs up");
    println!("second client: {}", answer(&second, None));
}
// ANCHOR_END: main
