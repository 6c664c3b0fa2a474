//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ needs: linux
// Two epoll instances watch the same socket, one each way.
use std::io::{Read, Result, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::raw::c_int;
use std::os::unix::net::UnixStream;

mod sys {
    use std::os::raw::c_int;
    pub const ADD: c_int = 1;
    pub const MOD: c_int = 3;
    pub const IN: u32 = 1;
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

struct Epoll(OwnedFd, u32);

impl Epoll {
    fn new(events: u32) -> Epoll {
        // SAFETY: no pointer; the descriptor is new and ours.
        let epoll = unsafe { OwnedFd::from_raw_fd(sys::epoll_create1(0)) };
        Epoll(epoll, events)
    }

    fn ctl(&self, op: c_int, socket: &UnixStream) {
        let mut event = sys::Event {
            events: self.1,
            data: 0,
        };
        let (e, fd) = (self.0.as_raw_fd(), socket.as_raw_fd());
        // SAFETY: the event outlives the call.
        assert_eq!(unsafe { sys::epoll_ctl(e, op, fd, &mut event) }, 0);
    }

    fn tells(&self) -> bool {
        let mut event = sys::Event { events: 0, data: 0 };
        let epoll = self.0.as_raw_fd();
        // SAFETY: room for one event, and one is asked for.
        unsafe { sys::epoll_wait(epoll, &mut event, 1, 0) == 1 }
    }
}

fn main() -> Result<()> {
    let (mut theirs, mut ours) = UnixStream::pair()?;
    let level = Epoll::new(sys::IN);
    let edge = Epoll::new(sys::IN | sys::EDGE);
    level.ctl(sys::ADD, &ours);
    edge.ctl(sys::ADD, &ours);
    let ask = |name| {
        println!("{name}: level {}, edge {}", level.tells(), edge.tells())
    };
    // ANCHOR: quiz
    theirs.write_all(b"ten bytes.")?;
    ask("a");
    ours.read_exact(&mut [0; 4])?;
    ask("b");
    theirs.write_all(b"x")?;
    ask("c");
    edge.ctl(sys::MOD, &ours); // the same events as before
    ask("d");
    ours.read_exact(&mut [0; 7])?;
    ask("e");
    theirs.write_all(b"y")?;
    ours.read_exact(&mut [0; 1])?;
    ask("f");
    // ANCHOR_END: quiz
    Ok(())
}
