//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ needs: linux
// Exercise 1: the same six looks in three modes.
use std::io::{Read, Result, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::raw::c_int;
use std::os::unix::net::UnixStream;

mod sys {
    use std::os::raw::c_int;
    pub const ADD: c_int = 1;
    pub const MOD: c_int = 3;
    pub const IN: u32 = 1;
    pub const ONESHOT: u32 = 1 << 30;
    pub const EDGE: u32 = 1 << 31;

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

fn new_epoll() -> OwnedFd {
    // SAFETY: no pointer; the descriptor is new and ours alone.
    unsafe { OwnedFd::from_raw_fd(sys::epoll_create1(0)) }
}

fn ctl(epoll: &OwnedFd, op: c_int, socket: &UnixStream, events: u32) {
    let (epoll, fd) = (epoll.as_raw_fd(), socket.as_raw_fd());
    let mut event = sys::Event { events, data: 0 };
    // SAFETY: the event lives as long as the call.
    let r = unsafe { sys::epoll_ctl(epoll, op, fd, &mut event) };
    assert_eq!(r, 0);
}

/// Looks, and does not sleep.
fn look(epoll: &OwnedFd) -> c_int {
    let mut event = sys::Event { events: 0, data: 0 };
    // SAFETY: room for one event, and one is asked for.
    unsafe { sys::epoll_wait(epoll.as_raw_fd(), &mut event, 1, 0) }
}

// ANCHOR: looks
fn looks(mode: u32) -> Result<[c_int; 6]> {
    let (mut socket, mut peer) = UnixStream::pair()?;
    let epoll = new_epoll();
    ctl(&epoll, sys::ADD, &socket, sys::IN | mode);
    let a = look(&epoll);
    peer.write_all(b"123")?;
    let (b, c) = (look(&epoll), look(&epoll));
    socket.read_exact(&mut [0; 2])?; // one byte is left
    let d = look(&epoll);
    peer.write_all(b"4")?;
    let e = look(&epoll);
    ctl(&epoll, sys::MOD, &socket, sys::IN | mode);
    Ok([a, b, c, d, e, look(&epoll)])
}
// ANCHOR_END: looks

fn main() -> Result<()> {
    println!("level:    {:?}", looks(0)?);
    println!("edge:     {:?}", looks(sys::EDGE)?);
    println!("one-shot: {:?}", looks(sys::ONESHOT)?);
    Ok(())
}
