//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ needs: linux
// Three things that a loop around epoll_wait is told without having asked.
use std::io::{Error, Read, Result, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::raw::c_int;
use std::os::unix::net::UnixStream;
use std::ptr::null_mut;

mod sys {
    use std::os::raw::c_int;
    pub const ADD: c_int = 1;
    pub const IN: u32 = 1;
    pub const HUP: u32 = 16;

    #[cfg_attr(target_arch = "x86_64", repr(C, packed))]
    #[cfg_attr(not(target_arch = "x86_64"), repr(C))]
    pub struct Event {
        pub events: u32,
        pub data: u64,
    }

    #[repr(C)]
    pub struct Timer {
        pub again: [i64; 2], // seconds, microseconds
        pub first: [i64; 2],
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
        pub fn signal(n: c_int, handler: extern "C" fn(c_int)) -> usize;
        pub fn setitimer(
            which: c_int,
            new: *const Timer,
            old: *mut Timer,
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

    /// What came within a second, 0 if nothing.
    fn wait(&self) -> Result<u32> {
        let mut event = sys::Event { events: 0, data: 0 };
        let epoll = self.0.as_raw_fd();
        // SAFETY: room for one event, and one is asked for.
        match unsafe { sys::epoll_wait(epoll, &mut event, 1, 1000) } {
            -1 => Err(Error::last_os_error()),
            _ => Ok(event.events),
        }
    }
}

// ANCHOR: signal
extern "C" fn ignore(_: c_int) {}

/// SIGALRM every so many microseconds, or never again.
fn alarm(every: i64) {
    let timer = sys::Timer {
        again: [0, every],
        first: [0, every],
    };
    // SAFETY: the handler does nothing; the timer outlives the call.
    unsafe { sys::signal(14, ignore) };
    unsafe { sys::setitimer(0, &timer, null_mut()) };
}

fn interrupted() -> Result<()> {
    let (ours, _theirs) = UnixStream::pair()?;
    let epoll = Epoll::watch(&ours, sys::IN);
    alarm(20_000);
    println!("a signal: {:?}", epoll.wait().map_err(|e| e.kind()));
    alarm(0);
    Ok(())
}
// ANCHOR_END: signal

// ANCHOR: hup
fn hung_up() -> Result<()> {
    let (ours, theirs) = UnixStream::pair()?;
    let epoll = Epoll::watch(&ours, 0); // interested in nothing
    drop(theirs);
    let events = epoll.wait()?;
    println!("nothing asked, told HUP: {}", events == sys::HUP);
    println!("and again: {}", epoll.wait()? == sys::HUP);
    Ok(())
}
// ANCHOR_END: hup

// ANCHOR: ghost
fn ghost() -> Result<()> {
    let (ours, mut theirs) = UnixStream::pair()?;
    let epoll = Epoll::watch(&ours, sys::IN);
    let mut twin = ours.try_clone()?;
    drop(ours); // the descriptor that was registered
    theirs.write_all(b"x")?;
    println!("an event for a closed one: {}", epoll.wait()? == sys::IN);
    twin.read_exact(&mut [0])?;
    Ok(())
}
// ANCHOR_END: ghost

fn main() -> Result<()> {
    interrupted()?;
    hung_up()?;
    ghost()
}
