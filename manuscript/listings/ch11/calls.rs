//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ needs: linux
// What an event loop asks of the kernel, call by call. Instead of watching
// the program from outside, it is given functions that keep a log.
use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{Error, ErrorKind, Result};
use std::os::raw::c_int;

mod sys {
    use std::os::raw::{c_int, c_void};
    pub const NONBLOCK: c_int = 0o4000;
    pub const ADD: c_int = 1;
    pub const DEL: c_int = 2;
    pub const IN: u32 = 1;

    #[cfg_attr(target_arch = "x86_64", repr(C, packed))]
    #[cfg_attr(not(target_arch = "x86_64"), repr(C))]
    pub struct Event {
        pub events: u32,
        pub data: u64,
    }

    extern "C" {
        pub fn pipe2(ends: *mut c_int, flags: c_int) -> c_int;
        pub fn read(fd: c_int, to: *mut c_void, n: usize) -> isize;
        pub fn write(fd: c_int, from: *const c_void, n: usize) -> isize;
        pub fn close(fd: c_int) -> c_int;
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

// ANCHOR: log
thread_local! {
    static NAMES: RefCell<HashMap<c_int, &'static str>> =
        RefCell::default();
}

/// Numbers of descriptors differ from run to run; names do not.
fn name(fd: c_int) -> &'static str {
    NAMES.with(|n| n.borrow()[&fd])
}

fn call(text: String, result: isize) -> Result<usize> {
    let error = Error::last_os_error();
    if result >= 0 {
        println!("{text} = {result}");
        Ok(result as usize)
    } else if error.kind() == ErrorKind::WouldBlock {
        println!("{text} = -1 EAGAIN");
        Err(error)
    } else {
        println!("{text} = -1 {error}");
        Err(error)
    }
}
// ANCHOR_END: log

// ANCHOR: calls
fn read(fd: c_int, to: &mut [u8]) -> Result<usize> {
    // SAFETY: the kernel writes at most as much as there is room for.
    let n = unsafe { sys::read(fd, to.as_mut_ptr().cast(), to.len()) };
    call(format!("read({}, {} bytes)", name(fd), to.len()), n)
}

fn write(fd: c_int, from: &[u8]) -> Result<usize> {
    // SAFETY: the kernel reads what is there, and no more.
    let n = unsafe { sys::write(fd, from.as_ptr().cast(), from.len()) };
    call(format!("write({}, {} bytes)", name(fd), from.len()), n)
}
// ANCHOR_END: calls

fn ctl(epoll: c_int, op: c_int, fd: c_int) -> Result<usize> {
    let (events, data) = (sys::IN, fd as u64);
    let mut event = sys::Event { events, data };
    // SAFETY: the event lives as long as the call.
    let r = unsafe { sys::epoll_ctl(epoll, op, fd, &mut event) };
    let op = if op == sys::ADD { "ADD" } else { "DEL" };
    call(format!("epoll_ctl({op}, {})", name(fd)), r as isize)
}

fn wait(epoll: c_int, timeout: c_int) -> Result<Option<c_int>> {
    let mut event = sys::Event { events: 0, data: 0 };
    // SAFETY: room for one event, and one is asked for.
    let n = unsafe { sys::epoll_wait(epoll, &mut event, 1, timeout) };
    let n = call(format!("epoll_wait(timeout {timeout})"), n as isize)?;
    let fd = event.data as c_int;
    if n == 1 {
        println!("    ready: {}", name(fd));
    }
    Ok((n == 1).then_some(fd))
}

fn close(fd: c_int) -> Result<usize> {
    // SAFETY: no pointer, and nobody uses the number any more.
    let r = unsafe { sys::close(fd) };
    call(format!("close({})", name(fd)), r as isize)
}

// ANCHOR: main
fn main() -> Result<()> {
    let mut ends = [0; 2];
    // SAFETY: room for two descriptors.
    let r = unsafe { sys::pipe2(ends.as_mut_ptr(), sys::NONBLOCK) };
    call("pipe2(NONBLOCK)".into(), r as isize)?;
    let [input, output] = ends;
    // SAFETY: no pointer.
    let epoll = unsafe { sys::epoll_create1(0) };
    NAMES.with(|n| {
        n.borrow_mut().extend([
            (input, "input"),
            (output, "output"),
            (epoll, "epoll"),
        ]);
    });

    let mut buffer = [0; 4];
    // The future is polled: it tries, and registers when it must wait.
    assert!(read(input, &mut buffer).is_err());
    ctl(epoll, sys::ADD, input)?;
    // Nobody is ready: the reactor looks, at first without sleeping.
    assert_eq!(wait(epoll, 0)?, None);
    write(output, b"six by")?;
    // The readiness stays until everything is read: level-triggered.
    while wait(epoll, 0)? == Some(input) {
        read(input, &mut buffer)?;
    }
    assert!(read(input, &mut buffer).is_err());
    ctl(epoll, sys::DEL, input)?;
    close(input)?;
    close(output)?;
    close(epoll)?;
    Ok(())
}
// ANCHOR_END: main
