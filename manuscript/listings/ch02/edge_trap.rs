//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ needs: linux
// Edge-triggered: epoll tells that something has arrived, not that there is
// something. Who reads once and waits again, waits for ever.
use std::io::{ErrorKind, Read, Result, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::unix::net::UnixStream;

mod sys {
    use std::os::raw::c_int;
    pub const ADD: c_int = 1;
    pub const IN: u32 = 1;
    pub const OUT: u32 = 4;
    pub const EDGE: u32 = 1 << 31; // EPOLLET

    #[cfg_attr(target_arch = "x86_64", repr(C, packed))]
    #[cfg_attr(not(target_arch = "x86_64"), repr(C))]
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

struct Epoll(OwnedFd);

impl Epoll {
    fn watch(socket: &UnixStream, events: u32) -> Epoll {
        let mut event = sys::Event { events, data: 0 };
        // SAFETY: the descriptor is new and ours; the event outlives the
        // call.
        unsafe {
            let epoll = OwnedFd::from_raw_fd(sys::epoll_create1(0));
            let (e, fd) = (epoll.as_raw_fd(), socket.as_raw_fd());
            assert_eq!(sys::epoll_ctl(e, sys::ADD, fd, &mut event), 0);
            Epoll(epoll)
        }
    }

    /// Whether anything happened within 50 ms.
    fn wait(&self) -> bool {
        let mut event = sys::Event { events: 0, data: 0 };
        let epoll = self.0.as_raw_fd();
        // SAFETY: room for one event, and one is asked for.
        unsafe { sys::epoll_wait(epoll, &mut event, 1, 50) == 1 }
    }
}

// ANCHOR: once
/// Reads what fits, once. Says whether more may come.
fn once(mut socket: &UnixStream, got: &mut Vec<u8>) -> Result<bool> {
    let mut four = [0; 4];
    let n = socket.read(&mut four)?;
    got.extend(&four[..n]);
    Ok(n > 0)
}
// ANCHOR_END: once

// ANCHOR: drain
/// Reads until there is nothing left, and only then trusts epoll again.
fn drain(socket: &UnixStream, got: &mut Vec<u8>) -> Result<bool> {
    loop {
        match once(socket, got) {
            Ok(true) => {}
            Err(e) if e.kind() == ErrorKind::WouldBlock => return Ok(true),
            end => return end, // the client has gone, or worse
        }
    }
}
// ANCHOR_END: drain

// ANCHOR: attempt
type Reader = fn(&UnixStream, &mut Vec<u8>) -> Result<bool>;

fn attempt(name: &str, events: u32, read: Reader) -> Result<()> {
    let (mut theirs, ours) = UnixStream::pair()?;
    ours.set_nonblocking(true)?;
    let epoll = Epoll::watch(&ours, events);
    theirs.write_all(b"ten bytes.")?;
    let (mut got, mut events) = (Vec::new(), 0);
    while got.len() < 10 && epoll.wait() {
        events += 1;
        read(&ours, &mut got)?;
    }
    println!("{name}: {} of 10 bytes, events: {events}", got.len());
    Ok(())
}
// ANCHOR_END: attempt

// ANCHOR: busy
/// Level-triggered, and interested in writing without having anything to.
fn busy() -> Result<()> {
    let (_theirs, ours) = UnixStream::pair()?;
    let epoll = Epoll::watch(&ours, sys::IN | sys::OUT);
    let at_once = (0..1000).filter(|_| epoll.wait()).count();
    println!("level, idle: {at_once} of 1000 waits ended with an event");
    Ok(())
}
// ANCHOR_END: busy

fn main() -> Result<()> {
    attempt("level, read once", sys::IN, once)?;
    attempt("edge,  read once", sys::IN | sys::EDGE, once)?;
    attempt("edge,  read all ", sys::IN | sys::EDGE, drain)?;
    busy()
}
