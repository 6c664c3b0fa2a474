//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ needs: linux
// Exercise 4: a bell, by which a blocking function on a thread of its own
// calls a loop that sleeps in epoll_wait.
use std::fs::File;
use std::future::{poll_fn, Future};
use std::io::{Read, Write};
use std::net::ToSocketAddrs;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::raw::c_int;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering::*};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

mod sys {
    use std::os::raw::{c_int, c_uint};
    pub const NONBLOCK: c_int = 0o4000;
    pub const ADD: c_int = 1;
    pub const IN: u32 = 1;

    #[cfg_attr(target_arch = "x86_64", repr(C, packed))]
    #[cfg_attr(not(target_arch = "x86_64"), repr(C))]
    pub struct Event {
        pub events: u32,
        pub data: u64,
    }

    extern "C" {
        pub fn eventfd(initial: c_uint, flags: c_int) -> c_int;
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

// ANCHOR: bell
struct Bell {
    eventfd: File,
    woken: AtomicBool,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        // One ring is enough, however many call before we look.
        if !self.woken.swap(true, AcqRel) {
            (&self.eventfd).write_all(&1u64.to_ne_bytes()).unwrap();
        }
    }
}

impl Bell {
    fn new() -> Arc<Bell> {
        // SAFETY: no pointer; the descriptor is new and ours alone.
        let eventfd = unsafe {
            let fd = sys::eventfd(0, sys::NONBLOCK);
            assert!(fd >= 0);
            File::from_raw_fd(fd)
        };
        let woken = AtomicBool::new(false);
        Arc::new(Bell { eventfd, woken })
    }
}
// ANCHOR_END: bell

struct Epoll(OwnedFd);

impl Epoll {
    fn watch(bell: &Bell) -> Epoll {
        // SAFETY: no pointer; the descriptor is new and ours alone.
        let epoll = unsafe { OwnedFd::from_raw_fd(sys::epoll_create1(0)) };
        let (events, data) = (sys::IN, 0);
        let mut event = sys::Event { events, data };
        let (e, fd) = (epoll.as_raw_fd(), bell.eventfd.as_raw_fd());
        // SAFETY: the event lives as long as the call.
        let r = unsafe { sys::epoll_ctl(e, sys::ADD, fd, &mut event) };
        assert_eq!(r, 0);
        Epoll(epoll)
    }

    fn wait(&self) -> c_int {
        let mut event = sys::Event { events: 0, data: 0 };
        let e = self.0.as_raw_fd();
        // SAFETY: room for one event, and one is asked for.
        unsafe { sys::epoll_wait(e, &mut event, 1, -1) }
    }
}

// ANCHOR: block_on
/// As in chapter 9, but it parks in epoll_wait, where sockets could be
/// waited for too.
fn block_on<F: Future>(f: F) -> F::Output {
    let mut f = pin!(f);
    let bell = Bell::new();
    let epoll = Epoll::watch(&bell);
    let waker = Waker::from(bell.clone());
    let mut cx = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(value) = f.as_mut().poll(&mut cx) {
            return value;
        }
        // The flag is the truth, the counter only ends the sleep.
        while !bell.woken.swap(false, AcqRel) {
            epoll.wait();
            let _ = (&bell.eventfd).read(&mut [0; 8]); // to zero
        }
    }
}
// ANCHOR_END: block_on

/// The one from chapter 9.
fn unblock<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> impl Future<Output = T> {
    let slot = Arc::new(Mutex::new((None, None::<Waker>)));
    let theirs = slot.clone();
    thread::spawn(move || {
        let value = work(); // may block as long as it likes
        let mut slot = theirs.lock().unwrap();
        slot.0 = Some(value);
        let waker = slot.1.take();
        drop(slot);
        waker.map(Waker::wake);
    });
    poll_fn(move |cx| {
        let mut slot = slot.lock().unwrap();
        match slot.0.take() {
            Some(value) => Poll::Ready(value),
            None => {
                slot.1 = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    })
}

// ANCHOR: main
fn main() {
    let look_up = || ("localhost", 80).to_socket_addrs();
    let Ok(mut found) = block_on(unblock(look_up)) else {
        println!("no address for localhost"); // skipped
        std::process::exit(77);
    };
    let here = found.all(|addr| addr.ip().is_loopback());
    println!("localhost is this machine: {here}");
    let sum = block_on(async {
        unblock(|| 6).await + unblock(|| 7).await * unblock(|| 5).await
    });
    println!("three threads later: {sum}");
}
// ANCHOR_END: main
