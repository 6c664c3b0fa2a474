//@ kind: run
//@ edition: 2021
//@ min: 1.63
//@ needs: x86_64 linux
// epoll by hand: no crate, only the symbols libc already gives std.
use std::collections::HashMap;
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::io::{AsRawFd, FromRawFd, OwnedFd, RawFd};

// ANCHOR: sys
mod sys {
    use std::os::raw::c_int;
    pub const EPOLL_CLOEXEC: c_int = 0o2000000;
    pub const EPOLL_CTL_ADD: c_int = 1;
    pub const EPOLL_CTL_DEL: c_int = 2;
    pub const EPOLLIN: u32 = 0x001;

    // x86-64 alone packs this struct (a 32-bit legacy): 12 bytes there, 16
    // elsewhere.
    #[cfg_attr(target_arch = "x86_64", repr(C, packed))]
    #[cfg_attr(not(target_arch = "x86_64"), repr(C))]
    #[derive(Clone, Copy)]
    pub struct EpollEvent {
        pub events: u32,
        pub data: u64,
    }

    extern "C" {
        pub fn epoll_create1(flags: c_int) -> c_int;
        pub fn epoll_ctl(
            epfd: c_int,
            op: c_int,
            fd: c_int,
            ev: *mut EpollEvent,
        ) -> c_int;
        pub fn epoll_wait(
            epfd: c_int,
            evs: *mut EpollEvent,
            max: c_int,
            timeout: c_int,
        ) -> c_int;
    }
}
// ANCHOR_END: sys

fn cvt(r: i32) -> std::io::Result<i32> {
    if r == -1 {
        Err(std::io::Error::last_os_error())
    } else {
        Ok(r)
    }
}

// ANCHOR: epoll
struct Epoll(OwnedFd);

impl Epoll {
    fn new() -> std::io::Result<Epoll> {
        // SAFETY: epoll_create1 takes no pointer; on success the fd is
        // fresh and ours.
        let fd = cvt(unsafe { sys::epoll_create1(sys::EPOLL_CLOEXEC) })?;
        Ok(Epoll(unsafe { OwnedFd::from_raw_fd(fd) }))
    }

    fn ctl(&self, op: i32, fd: RawFd, events: u32) -> std::io::Result<()> {
        let mut ev = sys::EpollEvent {
            events,
            data: fd as u64,
        };
        // SAFETY: `ev` lives across the call, the kernel copies it.
        cvt(unsafe { sys::epoll_ctl(self.0.as_raw_fd(), op, fd, &mut ev) })
            .map(drop)
    }

    fn wait(&self, buf: &mut Vec<sys::EpollEvent>) -> std::io::Result<()> {
        buf.clear();
        let max = buf.capacity() as i32;
        // SAFETY: the kernel writes at most `max` events into the spare
        // capacity.
        let n = cvt(unsafe {
            sys::epoll_wait(self.0.as_raw_fd(), buf.as_mut_ptr(), max, -1)
        })?;
        unsafe { buf.set_len(n as usize) };
        Ok(())
    }
}
// ANCHOR_END: epoll

/// `None` for what cannot be done without waiting.
fn not_yet<T>(done: std::io::Result<T>) -> std::io::Result<Option<T>> {
    match done {
        Ok(value) => Ok(Some(value)),
        Err(e) if e.kind() == ErrorKind::WouldBlock => Ok(None),
        Err(e) => Err(e),
    }
}

fn main() -> std::io::Result<()> {
    println!(
        "size_of EpollEvent = {}",
        std::mem::size_of::<sys::EpollEvent>()
    );
    const N: usize = 3;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let addr = listener.local_addr()?;
    let epoll = Epoll::new()?;
    epoll.ctl(sys::EPOLL_CTL_ADD, listener.as_raw_fd(), sys::EPOLLIN)?;

    let clients = std::thread::spawn(move || {
        let mut all: Vec<_> =
            (0..N).map(|_| TcpStream::connect(addr).unwrap()).collect();
        let mut replies = Vec::new();
        for (i, c) in all.iter_mut().enumerate() {
            write!(c, "message {i}").unwrap();
            let mut back = [0u8; 9];
            c.read_exact(&mut back).unwrap();
            replies.push(String::from_utf8(back.to_vec()).unwrap());
        }
        replies
    });

    let (mut accepted, mut closed) = (0, 0);
    // ANCHOR: loop
    let mut conns: HashMap<u64, TcpStream> = HashMap::new();
    let mut events = Vec::with_capacity(16);
    let mut buf = [0u8; 64]; // (1)
    while closed < N {
        epoll.wait(&mut events)?;
        for ev in &events {
            let key = ev.data; // (2)
            if key == listener.as_raw_fd() as u64 {
                if let Some((s, _)) = not_yet(listener.accept())? {
                    s.set_nonblocking(true)?;
                    let fd = s.as_raw_fd();
                    epoll.ctl(sys::EPOLL_CTL_ADD, fd, sys::EPOLLIN)?;
                    conns.insert(fd as u64, s);
                    accepted += 1;
                }
                continue;
            }
            let s = conns.get_mut(&key).unwrap();
            match not_yet(s.read(&mut buf))? {
                None => {}
                Some(0) => {
                    epoll.ctl(sys::EPOLL_CTL_DEL, s.as_raw_fd(), 0)?; // (3)
                    conns.remove(&key);
                    closed += 1;
                }
                Some(n) => s.write_all(&buf[..n])?, // (4)
            }
        }
    }
    // ANCHOR_END: loop
    for r in clients.join().unwrap() {
        println!("client got back: {r}");
    }
    println!(
        "accepted {accepted}, closed {closed}, still open {}",
        conns.len()
    );
    Ok(())
}
