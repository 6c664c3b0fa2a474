//@ kind: run
//@ edition: 2021
//@ min: 1.65
// Four workers who do not wait long: nobody starves, and nobody sleeps.
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering::*};
use std::sync::{mpsc, Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

const WORKERS: usize = 4;

static IN_VAIN: AtomicUsize = AtomicUsize::new(0);

// ANCHOR: serve
/// Whether the client may say something yet.
fn serve_once(s: &mut TcpStream) -> bool {
    let mut buf = [0; 64];
    s.set_read_timeout(Some(Duration::from_millis(5))).unwrap();
    match s.read(&mut buf) {
        Ok(0) => false,
        Ok(n) => s.write_all(&buf[..n]).is_ok(),
        Err(e) if e.kind() == ErrorKind::WouldBlock => {
            IN_VAIN.fetch_add(1, Relaxed);
            true
        }
        Err(_) => false,
    }
}

type Line = (mpsc::Sender<TcpStream>, Mutex<mpsc::Receiver<TcpStream>>);

fn worker(line: Arc<Line>) {
    loop {
        let next = line.1.lock().unwrap().recv();
        let Ok(mut s) = next else { return };
        if serve_once(&mut s) {
            line.0.send(s).unwrap(); // to the end of the line
        }
    }
}
// ANCHOR_END: serve

fn main() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let (end, front) = mpsc::channel();
    let line = Arc::new((end, Mutex::new(front)));
    for _ in 0..WORKERS {
        let line = line.clone();
        thread::spawn(move || worker(line));
    }
    let slow: Vec<_> = (0..WORKERS)
        .map(|_| TcpStream::connect(addr).unwrap())
        .collect();
    let mut fifth = TcpStream::connect(addr).unwrap();
    for s in listener.incoming().take(WORKERS + 1) {
        line.0.send(s.unwrap()).unwrap();
    }
    fifth.write_all(b"hello").unwrap();
    let ok = fifth.read_exact(&mut [0; 5]).is_ok();
    println!("client 5 answered: {ok}");
    let before = IN_VAIN.load(Relaxed);
    let start = Instant::now();
    while IN_VAIN.load(Relaxed) < before + 20 {
        thread::sleep(Duration::from_millis(5));
    }
    println!("then nobody speaks, and 20 reads are in vain");
    eprintln!("(here: within {:?})", start.elapsed());
    drop(slow);
}
