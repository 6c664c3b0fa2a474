//@ kind: run
//@ edition: 2021
//@ min: 1.65
// Four workers and four clients who say nothing: the fifth has to wait,
// although nobody is at work.
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering::*};
use std::sync::{mpsc, Arc, Mutex};
use std::thread;
use std::time::Duration;

const WORKERS: usize = 4;

static ECHOED: AtomicUsize = AtomicUsize::new(0);

fn serve(mut s: TcpStream) {
    let mut buf = [0; 64];
    while let Ok(n) = s.read(&mut buf) {
        if n == 0 || s.write_all(&buf[..n]).is_err() {
            return;
        }
        ECHOED.fetch_add(n, Relaxed);
    }
}

// ANCHOR: worker
fn worker(waiting: Arc<Mutex<mpsc::Receiver<TcpStream>>>) {
    loop {
        let next = waiting.lock().unwrap().recv();
        let Ok(s) = next else { return };
        serve(s); // as long as the client likes
    }
}
// ANCHOR_END: worker

// ANCHOR: pool
fn start(listener: TcpListener, clients: usize) {
    let (accepted, waiting) = mpsc::channel();
    let waiting = Arc::new(Mutex::new(waiting));
    for _ in 0..WORKERS {
        let waiting = waiting.clone();
        thread::spawn(move || worker(waiting));
    }
    thread::spawn(move || {
        for s in listener.incoming().take(clients) {
            accepted.send(s.unwrap()).unwrap();
        }
    });
}
// ANCHOR_END: pool

fn answer(mut s: &TcpStream, limit: Option<Duration>) -> &'static str {
    s.set_read_timeout(limit).unwrap();
    match s.read_exact(&mut [0; 5]) {
        Ok(()) => "answered",
        Err(e) if e.kind() == ErrorKind::WouldBlock => "starved",
        Err(_) => "lost",
    }
}

// ANCHOR: main
fn main() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr: SocketAddr = listener.local_addr().unwrap();
    start(listener, WORKERS + 1);

    let mut slow: Vec<_> = (0..WORKERS)
        .map(|_| TcpStream::connect(addr).unwrap())
        .collect();
    let mut fifth = TcpStream::connect(addr).unwrap();
    fifth.write_all(b"hello").unwrap();

    let patience = Some(Duration::from_millis(100));
    println!("client 5, after 100 ms: {}", answer(&fifth, patience));
    println!("bytes echoed to anyone: {}", ECHOED.load(Relaxed));

    drop(slow.remove(0));
    println!("client 1 hangs up");
    println!("client 5: {}", answer(&fifth, None));
}
// ANCHOR_END: main
