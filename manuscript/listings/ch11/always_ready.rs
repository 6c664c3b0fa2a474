//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ needs: linux
// A file on a disk is always ready, and so epoll will not have it.
use std::fs::{File, OpenOptions};
use std::io::{Error, Read, Result, Seek, SeekFrom};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::raw::c_ulong;
use std::os::unix::fs::OpenOptionsExt;

mod sys {
    use std::os::raw::{c_int, c_short, c_ulong};
    pub const NONBLOCK: c_int = 0o4000;
    pub const ADD: c_int = 1;
    pub const IN: u32 = 1;
    pub const EPERM: c_int = 1;

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
        pub fn poll(fds: *mut PollFd, n: c_ulong, timeout: c_int) -> c_int;
    }
}

/// Asks poll, without waiting, whether there is something to read.
fn poll(file: &File) -> bool {
    let fd = file.as_raw_fd();
    let (events, revents) = (sys::IN as i16, 0);
    let mut one = sys::PollFd {
        fd,
        events,
        revents,
    };
    let n: c_ulong = 1;
    // SAFETY: one descriptor, and it outlives the call.
    unsafe { sys::poll(&mut one, n, 0) == 1 }
}

fn add(epoll: &OwnedFd, file: &File) -> Result<()> {
    let (events, data) = (sys::IN, 0);
    let mut event = sys::Event { events, data };
    let (e, fd) = (epoll.as_raw_fd(), file.as_raw_fd());
    // SAFETY: the event lives as long as the call.
    match unsafe { sys::epoll_ctl(e, sys::ADD, fd, &mut event) } {
        0 => Ok(()),
        _ => Err(Error::last_os_error()),
    }
}

fn main() -> Result<()> {
    // SAFETY: no pointer; the descriptor is new and ours alone.
    let epoll = unsafe { OwnedFd::from_raw_fd(sys::epoll_create1(0)) };
    // ANCHOR: file
    let path = std::env::current_exe()?; // some file on a disk
    let mut file = OpenOptions::new()
        .read(true)
        .custom_flags(sys::NONBLOCK)
        .open(path)?;
    println!("poll says ready: {}", poll(&file));

    file.seek(SeekFrom::End(0))?;
    println!("at its end, says ready: {}", poll(&file));
    println!("reads there: {} bytes", file.read(&mut [0; 8])?);

    let error = add(&epoll, &file).unwrap_err().raw_os_error();
    println!("epoll refuses it: {}", error == Some(sys::EPERM));
    // ANCHOR_END: file
    Ok(())
}
