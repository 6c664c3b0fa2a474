//@ kind: run
//@ edition: 2021
//@ min: 1.63
//@ pinned
// What a callback packs, and what it forgets.
use std::mem::size_of_val;

// ANCHOR: client
struct Socket(i32);

impl Drop for Socket {
    fn drop(&mut self) {
        println!("  socket {} is closed", self.0);
    }
}

struct Client {
    socket: Socket,
    n: u32,
    name: [u8; 16],
}

fn client(n: u32) -> Client {
    let (socket, name) = (Socket(n as i32), [b'x'; 16]);
    Client { socket, n, name }
}
// ANCHOR_END: client

// ANCHOR: three
fn a(c: Client) -> impl FnOnce() {
    move || println!("  {} reads from {}", c.n, c.socket.0)
}

fn b(c: Client) -> impl FnOnce() {
    move || println!("  {} says {}", c.n, c.name[0])
}

fn c(c: Client) -> impl FnOnce() {
    move || {
        let c = c;
        println!("  {} says nothing", c.n)
    }
}
// ANCHOR_END: three

// ANCHOR: main
fn main() {
    println!("a");
    let later = a(client(1));
    println!("  waits with {} bytes", size_of_val(&later));
    later();
    println!("b");
    let later = b(client(2));
    println!("  waits with {} bytes", size_of_val(&later));
    later();
    println!("c");
    let later = c(client(3));
    println!("  waits with {} bytes", size_of_val(&later));
    later();
}
// ANCHOR_END: main
