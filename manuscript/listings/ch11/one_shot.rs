//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ needs: linux
// What one-shot means, and what re-arming looks at.
use std::io::{ErrorKind, Read, Result, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::raw::c_int;
use std::os::unix::net::UnixStream;

mod sys {
    use std::os::raw::c_int;
    pub const ADD: c_int = 1;
    pub const MOD: c_int = 3;
    pub const IN: u32 = 1;
    pub const ONESHOT: u32 = 1 << 30;

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

fn ctl(epoll: &OwnedFd, op: c_int, socket: &UnixStream, events: u32) {
    let (epoll, fd) = (epoll.as_raw_fd(), socket.as_raw_fd());
    let mut event = sys::Event { events, data: 0 };
    // SAFETY: the event lives as long as the call.
    let r = unsafe { sys::epoll_ctl(epoll, op, fd, &mut event) };
    assert_eq!(r, 0);
}

/// Looks, and does not sleep.
fn events(epoll: &OwnedFd) -> c_int {
    let mut event = sys::Event { events: 0, data: 0 };
    // SAFETY: room for one event, and one is asked for.
    unsafe { sys::epoll_wait(epoll.as_raw_fd(), &mut event, 1, 0) }
}

fn main() -> Result<()> {
    let (mut socket, mut peer) = UnixStream::pair()?;
    socket.set_nonblocking(true)?;
    // SAFETY: no pointer; the descriptor is new and ours alone.
    let epoll = unsafe { OwnedFd::from_raw_fd(sys::epoll_create1(0)) };
    // ANCHOR: steps
    let once = sys::IN | sys::ONESHOT;
    ctl(&epoll, sys::ADD, &socket, sys::ONESHOT); // nothing, for now
    peer.write_all(b"ab")?;
    println!("added, asked for nothing: {}", events(&epoll));

    ctl(&epoll, sys::MOD, &socket, once);
    println!("armed, and it had come before: {}", events(&epoll));
    println!("looked again: {}", events(&epoll));

    socket.read_exact(&mut [0])?;
    peer.write_all(b"c")?;
    println!("not re-armed, and more has come: {}", events(&epoll));

    ctl(&epoll, sys::MOD, &socket, once);
    println!("re-armed: {}", events(&epoll));
    // ANCHOR_END: steps

    // ANCHOR: race
    socket.read_exact(&mut [0; 2])?;
    let empty = socket.read(&mut [0]).unwrap_err(); // the poll looks,
    assert_eq!(empty.kind(), ErrorKind::WouldBlock);
    peer.write_all(b"d")?; // the worst moment,
    ctl(&epoll, sys::MOD, &socket, once); // and it registers
    println!("came between look and re-arm: {}", events(&epoll));
    // ANCHOR_END: race
    Ok(())
}
