//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ needs: linux
// A wake from another thread, while the reactor sleeps in the kernel: it
// has to be something that epoll can see.
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::{AsRawFd, FromRawFd};
use std::os::raw::c_int;
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::sync::Arc;
use std::task::{Wake, Waker};
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
/// A counter in the kernel: a write adds to it, a read takes all of it.
struct Bell {
    eventfd: File,
    woken: AtomicU32,
}

impl Bell {
    fn new() -> Bell {
        // SAFETY: no pointers; the descriptor is new and ours alone.
        let eventfd = unsafe {
            let fd = sys::eventfd(0, sys::NONBLOCK);
            assert!(fd >= 0);
            File::from_raw_fd(fd)
        };
        let woken = AtomicU32::new(0);
        Bell { eventfd, woken }
    }

    fn take(&self) -> u64 {
        let mut eight = [0; 8];
        match (&self.eventfd).read(&mut eight) {
            Ok(_) => u64::from_ne_bytes(eight),
            Err(_) => 0, // would block: nobody has called
        }
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.woken.fetch_add(1, AcqRel);
        (&self.eventfd).write_all(&1u64.to_ne_bytes()).unwrap();
    }
}
// ANCHOR_END: bell

fn wait(epoll: c_int, timeout: c_int) -> c_int {
    let mut event = sys::Event { events: 0, data: 0 };
    // SAFETY: room for one event, and one is asked for.
    unsafe { sys::epoll_wait(epoll, &mut event, 1, timeout) }
}

// ANCHOR: main
fn main() {
    let bell = Arc::new(Bell::new());
    // SAFETY: no pointers here; below, the event outlives the call.
    let epoll = unsafe { sys::epoll_create1(0) };
    let events = sys::IN;
    let mut event = sys::Event { events, data: 0 };
    let fd = bell.eventfd.as_raw_fd();
    let r = unsafe { sys::epoll_ctl(epoll, sys::ADD, fd, &mut event) };
    assert_eq!(r, 0);
    println!("nobody called: {} events", wait(epoll, 0));

    // Before the sleep: the call is not lost, the counter remembers it.
    let wakers: Vec<Waker> = (0..3).map(|_| bell.clone().into()).collect();
    let callers: Vec<_> = wakers
        .into_iter()
        .map(|w| thread::spawn(move || w.wake()))
        .collect();
    callers.into_iter().for_each(|c| c.join().unwrap());
    println!("three called: {} event", wait(epoll, -1));
    println!("the counter: {}, then {}", bell.take(), bell.take());

    // During the sleep, or just before it: one cannot tell, and need not.
    let waker = Waker::from(bell.clone());
    let caller = thread::spawn(move || waker.wake());
    println!("one called: {} event", wait(epoll, -1));
    println!("the counter: {}", bell.take());
    caller.join().unwrap();
    println!("nobody called: {} events", wait(epoll, 0));
    println!("wakes: {}", bell.woken.load(Acquire));
}
// ANCHOR_END: main
