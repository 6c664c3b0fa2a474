//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ needs: linux
// The same question twice: with a bitmap for each kind of interest, and
// with an array of descriptors.
use std::io::{Result, Write};
use std::mem::size_of;
use std::os::fd::{AsRawFd, RawFd};
use std::os::unix::net::UnixStream;
use std::ptr;

mod sys {
    use std::os::raw::{c_int, c_short, c_ulong, c_void};

    // ANCHOR: sys_select
    /// One bit for each descriptor from 0 to 1023.
    #[repr(C)]
    pub struct FdSet(pub [u64; 16]);

    extern "C" {
        pub fn select(
            highest_and_one: c_int,
            read: *mut FdSet,
            write: *mut FdSet,
            except: *mut FdSet,
            timeout: *mut c_void, // a struct timeval; we pass null
        ) -> c_int;
    }
    // ANCHOR_END: sys_select

    // ANCHOR: sys_poll
    #[repr(C)]
    pub struct PollFd {
        pub fd: c_int,
        pub events: c_short,  // what we ask
        pub revents: c_short, // what we are told
    }

    extern "C" {
        pub fn poll(fds: *mut PollFd, n: c_ulong, ms: c_int) -> c_int;
    }
    // ANCHOR_END: sys_poll
}

/// The bits of our descriptors, in our order.
fn bits(set: &sys::FdSet, fds: &[RawFd]) -> Vec<u64> {
    let bit = |&fd: &RawFd| set.0[fd as usize / 64] >> (fd % 64) & 1;
    fds.iter().map(bit).collect()
}

// ANCHOR: select
fn by_bitmap(fds: &[RawFd]) {
    let mut set = sys::FdSet([0; 16]);
    for &fd in fds {
        set.0[fd as usize / 64] |= 1 << (fd % 64);
    }
    println!("select, a set of {} bytes", size_of::<sys::FdSet>());
    println!("  asked:    {:?}", bits(&set, fds));
    let end = fds.iter().max().unwrap() + 1;
    let (read, no) = (&mut set, ptr::null_mut());
    // SAFETY: the set outlives the call; the other pointers may be null.
    let n = unsafe { sys::select(end, read, no, no, ptr::null_mut()) };
    println!("  answered: {:?}, which makes {n}", bits(&set, fds));
}
// ANCHOR_END: select

// ANCHOR: poll
fn by_array(fds: &[RawFd]) {
    let entry = |&fd| sys::PollFd {
        fd,
        events: 1, // POLLIN
        revents: 0,
    };
    let mut list: Vec<_> = fds.iter().map(entry).collect();
    println!("poll, {} bytes an entry", size_of::<sys::PollFd>());
    // SAFETY: the pointer leads to as many entries as we say.
    let n = unsafe { sys::poll(list.as_mut_ptr(), list.len() as _, -1) };
    let asked: Vec<_> = list.iter().map(|e| e.events).collect();
    let told: Vec<_> = list.iter().map(|e| e.revents).collect();
    println!("  asked:    {asked:?}");
    println!("  answered: {told:?}, which makes {n}");
}
// ANCHOR_END: poll

fn main() -> Result<()> {
    let mut pairs = Vec::new();
    for _ in 0..5 {
        pairs.push(UnixStream::pair()?);
    }
    pairs[1].0.write_all(b"x")?;
    pairs[4].0.write_all(b"x")?;
    let fds: Vec<_> = pairs.iter().map(|(_, s)| s.as_raw_fd()).collect();
    by_bitmap(&fds);
    by_array(&fds);
    Ok(())
}
