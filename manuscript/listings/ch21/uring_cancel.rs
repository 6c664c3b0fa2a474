//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ needs: linux
// A read that is cancelled while the kernel may still write into its
// buffer. Dropping the future must not free the buffer: whoever owns the
// ring does, when the completion has come.
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::future::Future;
use std::io::{Error, Result, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::raw::{c_int, c_long, c_void};
use std::os::unix::net::UnixStream;
use std::pin::Pin;
use std::process::exit;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::task::{Context, Poll, Waker};

mod sys {
    use super::*;

    pub const SETUP: c_long = 425;
    pub const ENTER: c_long = 426;
    pub const READ: u8 = 22;
    pub const GET_EVENTS: u32 = 1;

    extern "C" {
        pub fn syscall(number: c_long, ...) -> c_long;
        pub fn mmap(
            at: *mut c_void,
            len: usize,
            protection: c_int,
            flags: c_int,
            fd: c_int,
            offset: i64,
        ) -> *mut c_void;
    }

    /// Where in the shared memory the head, tail and so on of a ring lie.
    #[repr(C)]
    #[derive(Default)]
    pub struct Offsets {
        pub head: u32,
        pub tail: u32,
        pub mask: u32,
        pub entries: u32,
        pub flags_or_overflow: u32,
        pub dropped_or_cqes: u32, // the latter: where the entries lie
        pub array_or_flags: u32,  // the former: likewise
        pub rest: [u32; 3],
    }

    #[repr(C)]
    #[derive(Default)]
    pub struct Params {
        pub sq_entries: u32,
        pub cq_entries: u32,
        pub unused: [u32; 8],
        pub sq: Offsets,
        pub cq: Offsets,
    }

    #[repr(C)]
    #[derive(Clone, Copy, Default)]
    pub struct Sqe {
        pub op: u8,
        pub flags: u8,
        pub priority: u16,
        pub fd: i32,
        pub offset: u64,
        pub address: u64,
        pub len: u32,
        pub op_flags: u32,
        pub user: u64,
        pub rest: [u64; 3],
    }

    #[repr(C)]
    #[derive(Clone, Copy)]
    pub struct Cqe {
        pub user: u64,
        pub result: i32,
        pub flags: u32,
    }
}

/// One entry is under way at a time, which keeps the rings out of sight:
/// chapter 21 has shown them.
struct Ring {
    fd: OwnedFd,
    params: sys::Params,
    sq: *mut u8,
    cq: *mut u8,
    sqes: *mut sys::Sqe,
    reads: RefCell<HashMap<u64, Read>>,
    next: Cell<u64>,
}

// ANCHOR: owner
/// What the ring owns until the kernel is done with it.
struct Read {
    buffer: Box<[u8; 32]>,
    result: Option<i32>,
    wanted: bool, // false when the future has gone
    waker: Option<Waker>,
}

/// What the caller holds: a number, and no memory at all.
struct ReadFuture<'a> {
    ring: &'a Ring,
    user: u64,
}

impl Future for ReadFuture<'_> {
    type Output = Vec<u8>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Vec<u8>> {
        let mut reads = self.ring.reads.borrow_mut();
        let read = reads.get_mut(&self.user).expect("polled after Ready");
        match read.result {
            None => {
                read.waker = Some(cx.waker().clone());
                Poll::Pending
            }
            Some(n) => {
                let read = reads.remove(&self.user).unwrap();
                Poll::Ready(read.buffer[..n.max(0) as usize].to_vec())
            }
        }
    }
}

impl Drop for ReadFuture<'_> {
    fn drop(&mut self) {
        let mut reads = self.ring.reads.borrow_mut();
        let Some(read) = reads.get_mut(&self.user) else {
            return;
        };
        match read.result {
            Some(_) => drop(reads.remove(&self.user)),
            None => read.wanted = false, // the buffer stays where it is
        }
    }
}
// ANCHOR_END: owner

impl Ring {
    fn new() -> Result<Ring> {
        let mut params = sys::Params::default();
        let p: *mut sys::Params = &mut params;
        // SAFETY: the kernel fills in the parameters.
        let fd = unsafe { sys::syscall(sys::SETUP, 4u32, p) };
        if fd < 0 {
            return Err(Error::last_os_error());
        }
        // SAFETY: it is new and ours.
        let fd = unsafe { OwnedFd::from_raw_fd(fd as c_int) };
        let map = |offset| {
            // Readable, writable, shared. One page is more than four
            // entries need. It is never unmapped: the process ends soon.
            // SAFETY: a new mapping at a place of the kernel's choice.
            let raw = fd.as_raw_fd();
            let at =
                unsafe { sys::mmap(null_mut(), 4096, 3, 1, raw, offset) };
            match at as isize {
                -1 => Err(Error::last_os_error()),
                _ => Ok(at.cast::<u8>()),
            }
        };
        Ok(Ring {
            sq: map(0)?,
            cq: map(0x800_0000)?,
            sqes: map(0x1000_0000)?.cast(),
            fd,
            params,
            reads: RefCell::default(),
            next: Cell::new(0),
        })
    }

    fn enter(&self, submit: u32, wait: u32) {
        let (fd, flags) = (self.fd.as_raw_fd(), sys::GET_EVENTS);
        // SAFETY: no memory of ours but the rings is involved.
        let n = unsafe {
            sys::syscall(
                sys::ENTER,
                fd,
                submit,
                wait,
                flags,
                0usize,
                0usize,
            )
        };
        assert!(n >= 0, "{}", Error::last_os_error());
    }

    // ANCHOR: start
    fn read(&self, from: &UnixStream) -> ReadFuture<'_> {
        let user = self.next.replace(self.next.get() + 1);
        let mut buffer = Box::new([0; 32]);
        let address = buffer.as_mut_ptr() as u64;
        let (result, waker, wanted) = (None, None, true);
        let read = Read {
            buffer,
            result,
            wanted,
            waker,
        };
        self.reads.borrow_mut().insert(user, read); // before the kernel
        self.submit(sys::Sqe {
            op: sys::READ,
            fd: from.as_raw_fd(),
            address,
            len: 32,
            user,
            ..Default::default()
        });
        ReadFuture { ring: self, user }
    }

    /// Takes one completion, and frees what nobody wants any more.
    fn turn(&self) {
        let cqe = self.wait();
        let mut reads = self.reads.borrow_mut();
        let read = reads.get_mut(&cqe.user).unwrap();
        read.result = Some(cqe.result);
        if !read.wanted {
            let n = cqe.result;
            println!("  {n} bytes came for nobody; now the buffer may go");
            reads.remove(&cqe.user);
        } else if let Some(waker) = read.waker.take() {
            drop(reads);
            waker.wake();
        }
    }
    // ANCHOR_END: start

    fn submit(&self, sqe: sys::Sqe) {
        let at = &self.params.sq;
        // SAFETY: these are the places that the kernel has named, and only
        // we write the tail.
        unsafe {
            let tail = &*self.sq.add(at.tail as usize).cast::<AtomicU32>();
            let mask = *self.sq.add(at.mask as usize).cast::<u32>();
            let t = tail.load(Relaxed);
            let array =
                self.sq.add(at.array_or_flags as usize).cast::<u32>();
            *self.sqes.add((t & mask) as usize) = sqe;
            *array.add((t & mask) as usize) = t & mask;
            tail.store(t.wrapping_add(1), Release);
        }
        self.enter(1, 0);
    }

    fn wait(&self) -> sys::Cqe {
        self.enter(0, 1);
        let at = &self.params.cq;
        // SAFETY: as above; a completion has come, and only we write the
        // head.
        unsafe {
            let head = &*self.cq.add(at.head as usize).cast::<AtomicU32>();
            let mask = *self.cq.add(at.mask as usize).cast::<u32>();
            let h = head.load(Acquire);
            let cqes =
                self.cq.add(at.dropped_or_cqes as usize).cast::<sys::Cqe>();
            let cqe = *cqes.add((h & mask) as usize);
            head.store(h.wrapping_add(1), Release);
            cqe
        }
    }
}

// ANCHOR: main
fn main() -> Result<()> {
    let ring = Ring::new().unwrap_or_else(|e| {
        eprintln!("io_uring_setup: {e}");
        exit(77)
    });
    let (mut peer, socket) = UnixStream::pair()?;
    let mut cx = Context::from_waker(Waker::noop());

    println!("cancelled:");
    let mut read = Box::pin(ring.read(&socket));
    println!("  pending: {}", read.as_mut().poll(&mut cx).is_pending());
    drop(read);
    println!(
        "  the future is gone, buffers: {}",
        ring.reads.borrow().len()
    );
    peer.write_all(b"too late")?;
    ring.turn();
    println!("  buffers: {}", ring.reads.borrow().len());

    println!("awaited:");
    let mut read = Box::pin(ring.read(&socket));
    println!("  pending: {}", read.as_mut().poll(&mut cx).is_pending());
    peer.write_all(b"in time")?;
    ring.turn();
    if let Poll::Ready(bytes) = read.as_mut().poll(&mut cx) {
        println!("  {:?}", String::from_utf8_lossy(&bytes));
    }
    println!("  buffers: {}", ring.reads.borrow().len());
    Ok(())
}
// ANCHOR_END: main
