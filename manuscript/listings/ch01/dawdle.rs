//@ kind: run
//@ edition: 2021
//@ min: 1.63
// A limit on each read is no limit on the conversation.
use std::io::{Read, Result, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_millis(400);
const BYTES: usize = 30; // one every 20 ms

// ANCHOR: lenient
/// Gives up on a client who says nothing for too long.
fn lenient(mut s: TcpStream) -> Result<()> {
    let mut buf = [0u8; 64];
    s.set_read_timeout(Some(PATIENCE))?;
    loop {
        let n = s.read(&mut buf)?;
        if n == 0 {
            return Ok(());
        }
        s.write_all(&buf[..n])?;
    }
}
// ANCHOR_END: lenient

/// Gives up on a client who is not done in time.
// ANCHOR: strict
fn strict(mut s: TcpStream) -> Result<()> {
    let mut buf = [0u8; 64];
    let deadline = Instant::now() + PATIENCE;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        s.set_read_timeout(Some(left))?; // refuses zero
        let n = s.read(&mut buf)?;
        if n == 0 {
            return Ok(());
        }
        s.write_all(&buf[..n])?;
    }
}
// ANCHOR_END: strict

/// Sends a byte now and then, and counts those that come back.
fn dawdle(mut s: TcpStream) -> usize {
    for i in 0..BYTES {
        let mut byte = [b'.'];
        let sent = s.write_all(&byte);
        if sent.and_then(|()| s.read_exact(&mut byte)).is_err() {
            return i;
        }
        thread::sleep(Duration::from_millis(20));
    }
    BYTES
}

fn attempt(name: &str, serve: fn(TcpStream) -> Result<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let client =
        thread::spawn(move || dawdle(TcpStream::connect(addr).unwrap()));
    let (s, _) = listener.accept().unwrap();
    let start = Instant::now();
    let gave_up = serve(s).is_err();
    let longer = start.elapsed() > PATIENCE;
    let all = client.join().unwrap() == BYTES;
    println!("{name} all {BYTES} bytes: {all}, gave up: {gave_up}");
    if !gave_up {
        println!("  it took longer than the patience: {longer}");
    }
}

fn main() {
    attempt("a limit on each read:", lenient);
    attempt("one deadline:", strict);
}
