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

/// The shortest of many rounds, each of ten calls.
fn best(mut call: impl FnMut() -> i32) -> Duration {
    let round = |_| {
        let start = Instant::now();
        for _ in 0..10 {
            assert_eq!(call(), 1); // one of them is ready
        }
        start.elapsed()
    };
    (0..200).map(round).min().unwrap()
}

/// What `poll` and `epoll_wait` take with so many sockets.
fn costs(fds: &[RawFd]) -> (Duration, Duration) {
    let entry = |&fd| sys::PollFd {
        fd,
        events: 1,
        revents: 0,
    };
    let mut list: Vec<_> = fds.iter().map(entry).collect();
    let (at, n) = (list.as_mut_ptr(), list.len());
    // SAFETY: the pointer leads to as many entries as we say.
    let poll = best(|| unsafe { sys::poll(at, n as _, -1) });

    let mut event = sys::Event {
        events: sys::IN,
        data: 0,
    };
    // SAFETY: the descriptor is new and ours; the event outlives the calls.
    let epoll = unsafe { OwnedFd::from_raw_fd(sys::epoll_create1(0)) };
    let e = epoll.as_raw_fd();
    for &fd in fds {
        let r = unsafe { sys::epoll_ctl(e, 1, fd, &mut event) };
        assert_eq!(r, 0);
    }
    let wait = best(|| unsafe { sys::epoll_wait(e, &mut event, 1, -1) });
    (poll, wait)
}

fn main() -> Result<()> {
    let mut pairs = Vec::new();
    for _ in 0..400 {
        pairs.push(UnixStream::pair()?);
    }
    pairs[0].0.write_all(b"x")?;
    let fds: Vec<_> = pairs.iter().map(|(_, s)| s.as_raw_fd()).collect();

    let few = costs(&fds[..4]);
    let many = costs(&fds);
    let times = |a: Duration, b: Duration| a.as_nanos() / b.as_nanos();
    // ANCHOR: judge
    println!("400 sockets instead of 4, one ready:");
    println!("  poll, 10 times dearer: {}", times(many.0, few.0) >= 10);
    println!("  epoll_wait, as dear:   {}", times(many.1, few.1) < 2);
    // ANCHOR_END: judge
    eprintln!("(ten calls of poll: {:?}, {:?})", few.0, many.0);
    eprintln!("(of epoll_wait: {:?}, {:?})", few.1, many.1);
    Ok(())
}
