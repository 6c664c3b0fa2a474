//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ needs: linux
// What it costs to ask about many idle sockets and one that is ready.
use std::io::{Result, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

mod sys {
    use std::os::raw::{c_int, c_short, c_ulong};
    pub const IN: u32 = 1;

    #[cfg_attr(target_arch = "x86_64", repr(C, packed))]
    #[cfg_attr(not(target_arch = "x86_64"), repr(C))]
    pub struct Event {
        pub events: u32,
        pub data: u64,
    }

    #[repr(C)]
    pub struct PollFd {
        pub fd: c_int,
        pub events: c_short,
        pub revents: c_short,
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
        pub fn poll(fds: *mut PollFd, n: c_ulong, ms: c_int) -> c_int;
    }
}

/// Keeps the shortest time that ten calls have taken.
fn ten(best: &mut Duration, mut call: impl FnMut() -> i32) {
    let start = Instant::now();
    for _ in 0..10 {
        assert_eq!(call(), 1); // one of the sockets is ready
    }
    *best = start.elapsed().min(*best);
}

/// The same sockets, as an array and as an epoll instance.
struct Watched {
    list: Vec<sys::PollFd>,
    epoll: OwnedFd,
    poll_took: Duration,
    wait_took: Duration,
}

impl Watched {
    fn new(fds: &[RawFd]) -> Watched {
        // SAFETY: no pointer; the descriptor is new and ours.
        let epoll = unsafe { OwnedFd::from_raw_fd(sys::epoll_create1(0)) };
        let mut list = Vec::new();
        for &fd in fds {
            let (events, data) = (sys::IN, 0);
            let mut event = sys::Event { events, data };
            let e = epoll.as_raw_fd();
            // SAFETY: the event outlives the call.
            let r = unsafe { sys::epoll_ctl(e, 1, fd, &mut event) };
            assert_eq!(r, 0);
            let (events, revents) = (1, 0);
            list.push(sys::PollFd {
                fd,
                events,
                revents,
            });
        }
        let (poll_took, wait_took) = (Duration::MAX, Duration::MAX);
        Watched {
            list,
            epoll,
            poll_took,
            wait_took,
        }
    }

    fn measure(&mut self) {
        let (at, n) = (self.list.as_mut_ptr(), self.list.len());
        // SAFETY: the pointer leads to as many entries as we say.
        ten(&mut self.poll_took, || unsafe { sys::poll(at, n as _, -1) });
        let mut event = sys::Event { events: 0, data: 0 };
        let e = self.epoll.as_raw_fd();
        // SAFETY: room for one event, and one is asked for.
        ten(&mut self.wait_took, || unsafe {
            sys::epoll_wait(e, &mut event, 1, -1)
        });
    }
}

fn main() -> Result<()> {
    let mut pairs = Vec::new();
    for _ in 0..400 {
        pairs.push(UnixStream::pair()?);
    }
    pairs[0].0.write_all(b"x")?;
    let fds: Vec<_> = pairs.iter().map(|(_, s)| s.as_raw_fd()).collect();

    let mut few = Watched::new(&fds[..4]);
    let mut many = Watched::new(&fds);
    for _ in 0..300 {
        // In turns, so that a slow moment of the machine hits both.
        few.measure();
        many.measure();
    }
    let times = |a: Duration, b: Duration| a.as_nanos() / b.as_nanos();
    let poll = times(many.poll_took, few.poll_took);
    let wait = times(many.wait_took, few.wait_took);
    // ANCHOR: judge
    println!("400 sockets instead of 4, one ready:");
    println!("  poll, 10 times dearer: {}", poll >= 10);
    println!("  epoll_wait, as dear:   {}", wait < 2);
    // ANCHOR_END: judge
    for w in [few, many] {
        eprintln!("(ten calls: {:?}, {:?})", w.poll_took, w.wait_took);
    }
    Ok(())
}
