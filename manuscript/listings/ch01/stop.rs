//@ kind: run
//@ edition: 2021
//@ min: 1.63
// How to end a thread that is blocked in a read: from the other side.
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::Duration;

fn serve(mut s: TcpStream) {
    let mut buf = [0u8; 64];
    while let Ok(n) = s.read(&mut buf) {
        if n == 0 || s.write_all(&buf[..n]).is_err() {
            return;
        }
    }
}

// ANCHOR: stop
struct Connection {
    socket: TcpStream, // the same socket, by another descriptor
    thread: JoinHandle<()>,
}

fn start(s: TcpStream) -> Connection {
    let socket = s.try_clone().unwrap();
    let thread = thread::spawn(move || serve(s));
    Connection { socket, thread }
}

fn stop(all: Vec<Connection>) {
    for c in &all {
        let _ = c.socket.shutdown(Shutdown::Both);
    }
    for c in all {
        c.thread.join().unwrap();
    }
}
// ANCHOR_END: stop

fn main() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let connect = |_| TcpStream::connect(addr).unwrap();
    let mut clients: Vec<_> = (0..3).map(connect).collect();
    let all: Vec<_> = (0..3)
        .map(|_| start(listener.accept().unwrap().0))
        .collect();
    thread::sleep(Duration::from_millis(50));
    let ended = all.iter().filter(|c| c.thread.is_finished()).count();
    println!("ended by themselves: {ended} of 3");
    stop(all);
    println!("all are joined");
    let end = clients[0].read(&mut [0]).unwrap();
    println!("a client reads {end} bytes");
}
