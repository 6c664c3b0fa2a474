//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ needs: linux
//@ pinned
// The echo server once more, with callbacks: what was a loop is now a chain
// of functions, each of which packs the luggage for the next.
use std::any::type_name;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::io::{Read, Result, Write};
use std::mem::size_of_val;
use std::net::{TcpListener, TcpStream};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::rc::Rc;

mod sys {
    use std::os::raw::c_int;
    pub const ADD: c_int = 1;
    pub const DEL: c_int = 2;
    pub const IN: u32 = 1;
    pub const OUT: u32 = 4;

    #[cfg_attr(target_arch = "x86_64", repr(C, packed))]
    #[cfg_attr(not(target_arch = "x86_64"), repr(C))]
    pub struct Event {
        pub events: u32,
        pub data: u64,
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
    }
}

// ANCHOR: loop
type Callback = Box<dyn FnOnce(&Rc<Loop>) -> Result<()>>;

struct Loop {
    epoll: OwnedFd,
    waiting: RefCell<HashMap<RawFd, Callback>>,
    luggage: RefCell<BTreeMap<&'static str, usize>>, // only to look at it
}
// ANCHOR_END: loop

// ANCHOR: when
impl Loop {
    /// Calls `then` once, when the descriptor is ready.
    fn when<F>(&self, fd: RawFd, events: u32, then: F)
    where
        F: FnOnce(&Rc<Loop>) -> Result<()> + 'static,
    {
        let size = size_of_val(&then);
        self.luggage.borrow_mut().insert(type_name::<F>(), size);
        self.ctl(sys::ADD, fd, events);
        self.waiting.borrow_mut().insert(fd, Box::new(then));
    }
}
// ANCHOR_END: when

// ANCHOR: turn
impl Loop {
    /// Waits for one event and calls whoever waits for it.
    fn turn(self: &Rc<Self>) -> Result<()> {
        let mut event = sys::Event { events: 0, data: 0 };
        let epoll = self.epoll.as_raw_fd();
        // SAFETY: room for one event, and one is asked for.
        let n = unsafe { sys::epoll_wait(epoll, &mut event, 1, -1) };
        assert_eq!(n, 1);
        let fd = event.data as RawFd;
        self.ctl(sys::DEL, fd, 0);
        let then = self.waiting.borrow_mut().remove(&fd).unwrap();
        then(self)
    }
}
// ANCHOR_END: turn

impl Loop {
    fn ctl(&self, op: i32, fd: RawFd, events: u32) {
        let data = fd as u64;
        let mut event = sys::Event { events, data };
        let epoll = self.epoll.as_raw_fd();
        // SAFETY: the event lives as long as the call.
        let r = unsafe { sys::epoll_ctl(epoll, op, fd, &mut event) };
        assert_eq!(r, 0);
    }
}

// ANCHOR: accept
/// Waits for a client.
fn accept(on: &Rc<Loop>, listener: TcpListener, n: u32) {
    let fd = listener.as_raw_fd();
    on.when(fd, sys::IN, move |on| {
        let (socket, _) = listener.accept()?;
        println!("  accepted client {n}");
        read(on, socket, n);
        accept(on, listener, n + 1);
        Ok(())
    });
}
// ANCHOR_END: accept

// ANCHOR: read
/// Waits for bytes.
fn read(on: &Rc<Loop>, mut socket: TcpStream, n: u32) {
    let fd = socket.as_raw_fd();
    on.when(fd, sys::IN, move |on| {
        let mut buffer = vec![0; 64]; // on the heap: it has to travel
        let got = socket.read(&mut buffer)?;
        println!("  read {got} bytes from client {n}");
        buffer.truncate(got);
        if got > 0 {
            write(on, socket, n, buffer);
        }
        Ok(())
    });
}
// ANCHOR_END: read

// ANCHOR: write
/// Waits for room, and returns the bytes.
fn write(on: &Rc<Loop>, mut socket: TcpStream, n: u32, buffer: Vec<u8>) {
    let fd = socket.as_raw_fd();
    on.when(fd, sys::OUT, move |on| {
        socket.write_all(&buffer)?;
        println!("  wrote {} bytes to client {n}", buffer.len());
        read(on, socket, n); // this was the `while`
        Ok(())
    });
}
// ANCHOR_END: write

/// Sends, lets the server take its two steps, and reads the answer.
fn ask(on: &Rc<Loop>, client: &mut TcpStream, text: &str) -> Result<()> {
    client.write_all(text.as_bytes())?;
    on.turn()?;
    on.turn()?;
    let mut back = vec![0; text.len()];
    client.read_exact(&mut back)?;
    println!("client got {:?}", String::from_utf8(back).unwrap());
    Ok(())
}

fn main() -> Result<()> {
    // SAFETY: no pointer; the descriptor is new and ours.
    let epoll = unsafe { OwnedFd::from_raw_fd(sys::epoll_create1(0)) };
    let (waiting, luggage) = Default::default();
    let on = Rc::new(Loop {
        epoll,
        waiting,
        luggage,
    });
    // ANCHOR: main
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let addr = listener.local_addr()?;
    accept(&on, listener, 1);

    let mut first = TcpStream::connect(addr)?;
    on.turn()?;
    let mut second = TcpStream::connect(addr)?;
    on.turn()?;
    ask(&on, &mut second, "two")?;
    ask(&on, &mut first, "one")?;
    ask(&on, &mut second, "two again")?;
    drop(first);
    on.turn()?;
    // ANCHOR_END: main
    println!("callbacks waiting: {}", on.waiting.borrow().len());
    for (name, size) in on.luggage.borrow().iter() {
        println!("{name}: {size} bytes");
    }
    Ok(())
}
