//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ needs: linux
// Two events arrive together. The first handler closes the socket of the
// second, and the kernel gives its number to somebody else.
use std::collections::HashMap;
use std::io::{Read, Result, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::raw::c_int;
use std::os::unix::net::UnixStream;

mod sys {
    use std::os::raw::c_int;
    pub const ADD: c_int = 1;
    pub const IN: u32 = 1;

    #[cfg_attr(target_arch = "x86_64", repr(C, packed))]
    #[cfg_attr(not(target_arch = "x86_64"), repr(C))]
    #[derive(Clone, Copy)]
    pub struct Event {
        pub events: u32,
        pub data: u64,
    }

    extern "C" {
        pub fn epoll_create1(flags: c_int) -> c_int;
        pub fn epoll_ctl(
            epoll: c_int,
            op: c_int,
            fd: c_int,
            event: *mut Event,
        ) -> c_int;
        pub fn epoll_wait(
            epoll: c_int,
            events: *mut Event,
            max: c_int,
            timeout: c_int,
        ) -> c_int;
    }
}

struct Conn {
    name: &'static str,
    socket: UnixStream,
}

// ANCHOR: table
/// Connections, found by what was put into the event's 64 bits.
#[derive(Default)]
struct Table {
    conns: HashMap<u64, Conn>,
    next: u64,
    by_fd: bool, // key: the descriptor, or a number used only once
}

impl Table {
    fn add(&mut self, epoll: &OwnedFd, conn: Conn) -> c_int {
        let fd = conn.socket.as_raw_fd();
        self.next += 1;
        let data = if self.by_fd { fd as u64 } else { self.next };
        let events = sys::IN;
        let mut event = sys::Event { events, data };
        let e = epoll.as_raw_fd();
        // SAFETY: the event lives as long as the call.
        let r = unsafe { sys::epoll_ctl(e, sys::ADD, fd, &mut event) };
        assert_eq!(r, 0);
        self.conns.insert(data, conn);
        fd
    }
}
// ANCHOR_END: table

fn attempt(by_fd: bool) -> Result<()> {
    // SAFETY: no pointer; the descriptor is new and ours.
    let epoll = unsafe { OwnedFd::from_raw_fd(sys::epoll_create1(0)) };
    let mut table = Table {
        by_fd,
        ..Table::default()
    };
    let mut peers = Vec::new();
    let mut fds = HashMap::new();
    for name in ["a", "b"] {
        let (socket, mut peer) = UnixStream::pair()?;
        peer.write_all(name.as_bytes())?; // in this order, so ready in it
        peers.push(peer);
        fds.insert(name, table.add(&epoll, Conn { name, socket }));
    }

    let mut events = [sys::Event { events: 0, data: 0 }; 8];
    let (e, at) = (epoll.as_raw_fd(), events.as_mut_ptr());
    // SAFETY: room for eight events.
    let n = unsafe { sys::epoll_wait(e, at, 8, -1) };
    println!("  {n} events in one call");
    // ANCHOR: events
    for event in &events[..n as usize] {
        let key = event.data;
        let Some(conn) = table.conns.get_mut(&key) else {
            println!("  an event for nobody, ignored");
            continue;
        };
        println!("  an event for {}", conn.name);
        if conn.name == "a" {
            conn.socket.read_exact(&mut [0])?;
            println!("    a has b closed, then c connects");
            table.conns.retain(|_, conn| conn.name != "b");
            let (socket, peer) = UnixStream::pair()?;
            peers.push(peer);
            let fd = table.add(&epoll, Conn { name: "c", socket });
            println!("    c has the descriptor of b: {}", fd == fds["b"]);
        }
    }
    // ANCHOR_END: events
    Ok(())
}

fn main() -> Result<()> {
    println!("found by descriptor:");
    attempt(true)?;
    println!("found by a number of our own:");
    attempt(false)
}
