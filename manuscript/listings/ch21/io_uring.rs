//@ kind: run
//@ edition: 2021
//@ min: 1.63
//@ needs: linux
// Completion instead of readiness: two rings of shared memory and one
// system call.
use std::io::{Error, Result, Write};
use std::net::{TcpListener, TcpStream};
use std::os::raw::{c_int, c_long, c_void};
use std::os::unix::io::{AsRawFd, FromRawFd, OwnedFd};
use std::sync::atomic::{AtomicU32, Ordering::*};

// ANCHOR: sys
extern "C" {
    fn syscall(num: c_long, ...) -> c_long;
    fn mmap(
        a: *mut c_void,
        len: usize,
        prot: c_int,
        flags: c_int,
        fd: c_int,
        off: i64,
    ) -> *mut c_void;
    fn munmap(a: *mut c_void, len: usize) -> c_int;
}

// The same numbers on every architecture, since Linux 5.1.
const SETUP: c_long = 425;
const ENTER: c_long = 426;
const OP_READ: u8 = 22;
const OP_NOP: u8 = 0;
// ANCHOR_END: sys

const RW: c_int = 3; // PROT_READ | PROT_WRITE
const SHARED: c_int = 0x8001; // MAP_SHARED | MAP_POPULATE

#[repr(C)]
#[derive(Default)]
struct SqOff {
    head: u32,
    tail: u32,
    mask: u32,
    entries: u32,
    flags: u32,
    dropped: u32,
    array: u32,
    r1: u32,
    r2: u64,
}

#[repr(C)]
#[derive(Default)]
struct CqOff {
    head: u32,
    tail: u32,
    mask: u32,
    entries: u32,
    overflow: u32,
    cqes: u32,
    flags: u32,
    r1: u32,
    r2: u64,
}

#[repr(C)]
#[derive(Default)]
struct Params {
    sq_entries: u32,
    cq_entries: u32,
    flags: u32,
    cpu: u32,
    idle: u32,
    features: u32,
    wq: u32,
    resv: [u32; 3],
    sq: SqOff,
    cq: CqOff,
}

// ANCHOR: records
#[repr(C)]
#[derive(Default, Clone, Copy)]
struct Sqe {
    op: u8,
    flags: u8,
    prio: u16,
    fd: i32,
    off: u64,
    addr: u64,
    len: u32,
    rw: u32,
    user: u64,
    buf: u16,
    pers: u16,
    splice: i32,
    pad: [u64; 2],
}

#[repr(C)]
#[derive(Clone, Copy, Debug)]
struct Cqe {
    user: u64,
    res: i32,
    flags: u32,
}
// ANCHOR_END: records

// ANCHOR: map
struct Map(*mut u8, usize);
impl Map {
    fn new(fd: c_int, len: usize, off: i64) -> Result<Map> {
        let p =
            unsafe { mmap(std::ptr::null_mut(), len, RW, SHARED, fd, off) };
        if p as isize == -1 {
            return Err(Error::last_os_error());
        }
        Ok(Map(p.cast(), len))
    }

    unsafe fn atom(&self, off: u32) -> &AtomicU32 {
        &*(self.0.add(off as usize) as *const AtomicU32)
    }

    unsafe fn at<T>(&self, off: u32, i: u32) -> *mut T {
        (self.0.add(off as usize) as *mut T).add(i as usize)
    }
}

impl Drop for Map {
    fn drop(&mut self) {
        unsafe {
            munmap(self.0.cast(), self.1);
        }
    }
}
// ANCHOR_END: map

struct Ring {
    p: Params,
    sq: Map,
    cq: Map,
    sqes: Map,
    fd: OwnedFd,
}

impl Ring {
    // ANCHOR: new
    fn new(entries: u32) -> Result<Ring> {
        let mut p = Params::default();
        let fd = unsafe { syscall(SETUP, entries, &mut p as *mut Params) };
        if fd < 0 {
            return Err(Error::last_os_error());
        }
        let fd = unsafe { OwnedFd::from_raw_fd(fd as c_int) };
        let raw = fd.as_raw_fd();
        let sq =
            Map::new(raw, (p.sq.array + p.sq_entries * 4) as usize, 0)?;
        let cq = Map::new(
            raw,
            p.cq.cqes as usize + p.cq_entries as usize * 16,
            0x800_0000,
        )?;
        let sqes = Map::new(raw, p.sq_entries as usize * 64, 0x1000_0000)?;
        Ok(Ring {
            p,
            sq,
            cq,
            sqes,
            fd,
        })
    }
    // ANCHOR_END: new

    // ANCHOR: push
    fn push(&mut self, e: Sqe) {
        unsafe {
            let tail = self.sq.atom(self.p.sq.tail);
            let t = tail.load(Relaxed); // only we write the tail
            let i = t & self.sq.atom(self.p.sq.mask).load(Relaxed);
            *self.sqes.at::<Sqe>(0, i) = e;
            *self.sq.at::<u32>(self.p.sq.array, i) = i;
            tail.store(t.wrapping_add(1), Release); // publish to the kernel
        }
    }

    fn enter(&self, submit: u32, wait: u32) -> Result<()> {
        let r = unsafe {
            syscall(
                ENTER,
                self.fd.as_raw_fd(),
                submit,
                wait,
                1u32,
                0usize,
                0usize,
            )
        };
        if r < 0 {
            Err(Error::last_os_error())
        } else {
            Ok(())
        }
    }
    // ANCHOR_END: push

    // ANCHOR: pop
    fn pop(&mut self) -> Option<Cqe> {
        unsafe {
            let head = self.cq.atom(self.p.cq.head);
            let h = head.load(Relaxed); // only we write the head
            if h == self.cq.atom(self.p.cq.tail).load(Acquire) {
                return None;
            }
            let i = h & self.cq.atom(self.p.cq.mask).load(Relaxed);
            let c = *self.cq.at::<Cqe>(self.p.cq.cqes, i);
            head.store(h.wrapping_add(1), Release); // give the slot back
            Some(c)
        }
    }
    // ANCHOR_END: pop
}

fn main() -> Result<()> {
    println!(
        "sqe {} bytes, cqe {} bytes",
        std::mem::size_of::<Sqe>(),
        std::mem::size_of::<Cqe>()
    );
    let mut ring = match Ring::new(8) {
        Ok(r) => r,
        Err(e) => {
            eprintln!("io_uring_setup: {e}");
            std::process::exit(77)
        }
    };
    ring.push(Sqe {
        op: OP_NOP,
        fd: -1,
        user: 7,
        ..Sqe::default()
    });
    ring.enter(1, 1)?;
    println!("nop: {:?}", ring.pop().unwrap());

    let l = TcpListener::bind("127.0.0.1:0")?;
    let mut out = TcpStream::connect(l.local_addr()?)?;
    let (input, _) = l.accept()?;

    // ANCHOR: read
    // The buffer belongs to the kernel from push until the completion.
    let mut buf = Box::new([0u8; 32]);
    ring.push(Sqe {
        op: OP_READ,
        fd: input.as_raw_fd(),
        addr: buf.as_mut_ptr() as u64,
        len: 32,
        user: 42,
        ..Sqe::default()
    });
    ring.enter(1, 0)?;
    println!(
        "submitted, nothing sent yet: {:?}",
        ring.pop().map(|c| c.user)
    );
    out.write_all(b"bytes, already here")?;
    ring.enter(0, 1)?;
    let c = ring.pop().unwrap();
    println!(
        "completion {}: {} bytes, {:?}",
        c.user,
        c.res,
        std::str::from_utf8(&buf[..c.res as usize]).unwrap()
    );
    println!("no read() was called: the data was there before we looked");
    // ANCHOR_END: read
    Ok(())
}
