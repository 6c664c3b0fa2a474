//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ needs: linux
// The echo server, and a client that sends and never reads.
use std::collections::HashMap;
use std::io::{ErrorKind, Read, Result, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::raw::c_int;
use std::os::unix::net::UnixStream;

mod sys {
    use std::os::raw::c_int;
    pub const ADD: c_int = 1;
    pub const DEL: c_int = 2;
    pub const MOD: c_int = 3;
    pub const IN: u32 = 1;
    pub const OUT: u32 = 4;

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

// ANCHOR: client
struct Client {
    socket: UnixStream,
    out: Vec<u8>, // read, and not yet written
}

impl Client {
    /// Goes on as far as it can, and says what it waits for. `None` means
    /// that the client has gone.
    fn ready(&mut self) -> Option<u32> {
        loop {
            let done = if self.out.is_empty() {
                let mut buffer = [0; 64];
                let done = self.socket.read(&mut buffer);
                done.inspect(|&n| self.out.extend(&buffer[..n]))
            } else {
                let done = self.socket.write(&self.out);
                done.inspect(|&n| drop(self.out.drain(..n)))
            };
            match done {
                Ok(0) => return None,
                Ok(_) => {}
                Err(e) if e.kind() == ErrorKind::WouldBlock => break,
                Err(_) => return None, // it ends this client, and no other
            }
        }
        let idle = self.out.is_empty();
        Some(if idle { sys::IN } else { sys::OUT })
    }
}
// ANCHOR_END: client

struct Server {
    epoll: OwnedFd,
    clients: HashMap<u64, Client>,
}

impl Server {
    fn ctl(&self, op: c_int, fd: c_int, data: u64, events: u32) {
        let mut event = sys::Event { events, data };
        let e = self.epoll.as_raw_fd();
        // SAFETY: the event outlives the call.
        assert_eq!(unsafe { sys::epoll_ctl(e, op, fd, &mut event) }, 0);
    }

    fn add(&mut self, key: u64) -> Result<UnixStream> {
        let (theirs, socket) = UnixStream::pair()?;
        socket.set_nonblocking(true)?;
        theirs.set_nonblocking(true)?;
        self.ctl(sys::ADD, socket.as_raw_fd(), key, sys::IN);
        self.clients.insert(
            key,
            Client {
                socket,
                out: Vec::new(),
            },
        );
        Ok(theirs)
    }

    // ANCHOR: turn
    /// Serves whoever is ready, until nobody is.
    fn until_idle(&mut self) {
        let mut events = [sys::Event { events: 0, data: 0 }; 8];
        loop {
            let (e, at) = (self.epoll.as_raw_fd(), events.as_mut_ptr());
            // SAFETY: room for eight events.
            let n = unsafe { sys::epoll_wait(e, at, 8, 0) };
            if n <= 0 {
                return;
            }
            for event in &events[..n as usize] {
                let key = event.data;
                let client = self.clients.get_mut(&key).unwrap();
                let fd = client.socket.as_raw_fd();
                match client.ready() {
                    Some(events) => self.ctl(sys::MOD, fd, key, events),
                    None => {
                        self.ctl(sys::DEL, fd, key, 0);
                        self.clients.remove(&key);
                    }
                }
            }
        }
    }
    // ANCHOR_END: turn
}

fn main() -> Result<()> {
    // SAFETY: no pointer; the descriptor is new and ours.
    let epoll = unsafe { OwnedFd::from_raw_fd(sys::epoll_create1(0)) };
    let clients = HashMap::new();
    let mut server = Server { epoll, clients };
    let (mut rude, mut kind) = (server.add(1)?, server.add(2)?);

    let mut sent = 0;
    loop {
        let before = sent;
        while let Ok(n) = rude.write(&[7; 64]) {
            sent += n;
        }
        server.until_idle();
        if sent == before {
            break;
        }
    }
    println!("client 1 is stuck after 4 KiB or more: {}", sent >= 4096);
    println!("kept for it: {} bytes", server.clients[&1].out.len());

    kind.write_all(b"hello")?;
    server.until_idle();
    let mut back = [0; 5];
    kind.read_exact(&mut back)?;
    println!("client 2 got {:?}", std::str::from_utf8(&back).unwrap());

    let mut got = 0;
    while got < sent {
        while let Ok(n) = rude.read(&mut [0; 64]) {
            got += n;
        }
        server.until_idle();
    }
    println!("client 1 reads, and got all of it: {}", got == sent);
    drop(rude);
    server.until_idle();
    println!("client 1 hangs up, left: {}", server.clients.len());
    Ok(())
}
