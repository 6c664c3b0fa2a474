//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ needs: linux
// One byte on its way from the wire to the line after the await. Every
// layer says what it does.
use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::future::{poll_fn, Future};
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::raw::c_int;
use std::pin::Pin;
use std::sync::{mpsc, Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

// ANCHOR: log
static LOG: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn log(who: &str, what: &str) {
    let mut log = LOG.lock().unwrap();
    let n = log.len() + 1;
    log.push(format!("{n:2} {who:9} {what}"));
}
// ANCHOR_END: log

mod sys {
    use std::os::raw::c_int;
    pub const ADD: c_int = 1;
    pub const MOD: c_int = 3;
    pub const IN: u32 = 1;
    pub const ONESHOT: u32 = 1 << 30;

    #[cfg_attr(target_arch = "x86_64", repr(C, packed))]
    #[cfg_attr(not(target_arch = "x86_64"), repr(C))]
    pub struct Event {
        pub events: u32,
        pub fd: u64,
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

// ANCHOR: reactor
struct Reactor {
    epoll: OwnedFd,
    wakers: RefCell<HashMap<c_int, Waker>>,
}

impl Reactor {
    fn ctl(&self, op: c_int, fd: c_int, events: u32) {
        let fd64 = fd as u64;
        let mut event = sys::Event { events, fd: fd64 };
        // SAFETY: the event lives as long as the call.
        let r = unsafe {
            sys::epoll_ctl(self.epoll.as_raw_fd(), op, fd, &mut event)
        };
        assert_eq!(r, 0);
    }

    fn wake_when_readable(&self, fd: c_int, waker: Waker) {
        log("reactor", "keeps the waker under the number of the socket");
        self.wakers.borrow_mut().insert(fd, waker);
        log("reactor", "epoll_ctl: tell me once when it is readable");
        self.ctl(sys::MOD, fd, sys::IN | sys::ONESHOT);
    }

    fn turn(&self, before_sleep: impl FnOnce()) {
        log("reactor", "epoll_wait: the thread sleeps");
        before_sleep();
        let mut event = sys::Event { events: 0, fd: 0 };
        // SAFETY: room for one event, and one is asked for.
        let n = unsafe {
            sys::epoll_wait(self.epoll.as_raw_fd(), &mut event, 1, -1)
        };
        assert_eq!(n, 1);
        log("reactor", "epoll_wait returns: the socket is readable");
        let fd = event.fd as c_int;
        let waker = self.wakers.borrow_mut().remove(&fd).unwrap();
        log("reactor", "takes the waker out and calls it");
        waker.wake();
    }
}
// ANCHOR_END: reactor

// ANCHOR: task
type Queue = Mutex<VecDeque<Arc<Task>>>;

struct Task(Arc<Queue>);

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        log("waker", "puts its task into the queue");
        let queue = self.0.clone();
        queue.lock().unwrap().push_back(self);
    }
}
// ANCHOR_END: task

// ANCHOR: future
async fn read_byte(reactor: &Reactor, socket: &TcpStream) -> u8 {
    let mut byte = [0];
    poll_fn(|cx| {
        let mut socket: &TcpStream = socket;
        match socket.read(&mut byte) {
            Err(e) if e.kind() == ErrorKind::WouldBlock => {
                log("future", "read: nothing there (EAGAIN)");
                let fd = socket.as_raw_fd();
                reactor.wake_when_readable(fd, cx.waker().clone());
                log("future", "is pending");
                Poll::Pending
            }
            other => {
                let n = other.unwrap();
                log("future", &format!("read: {n} byte"));
                Poll::Ready(())
            }
        }
    })
    .await;
    byte[0]
}
// ANCHOR_END: future

fn main() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut peer =
        TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (socket, _) = listener.accept().unwrap();
    socket.set_nonblocking(true).unwrap();
    // SAFETY: no pointer; the descriptor is new and ours alone.
    let epoll = unsafe {
        let fd = sys::epoll_create1(0);
        assert!(fd >= 0);
        OwnedFd::from_raw_fd(fd)
    };
    let wakers = RefCell::default();
    let reactor = Reactor { epoll, wakers };
    reactor.ctl(sys::ADD, socket.as_raw_fd(), sys::ONESHOT);

    // The peer sends when this thread is about to sleep.
    let (start, started) = mpsc::channel();
    let peer = thread::spawn(move || {
        started.recv().unwrap();
        log("peer", "write: one byte goes onto the wire");
        peer.write_all(b"x").unwrap();
        peer
    });

    // ANCHOR: run
    let queue = Arc::new(Queue::default());
    let task = Arc::new(Task(queue.clone()));
    let mut body: Pin<Box<dyn Future<Output = ()>>> = Box::pin(async {
        let byte = read_byte(&reactor, &socket).await;
        let what =
            format!("goes on after the await with {:?}", byte as char);
        log("task", &what);
    });
    queue.lock().unwrap().push_back(task);
    let mut start = Some(start);
    loop {
        let next = queue.lock().unwrap().pop_front();
        let Some(task) = next else {
            log("executor", "the queue is empty");
            reactor.turn(|| start.take().unwrap().send(()).unwrap());
            continue;
        };
        log("executor", "takes the task from the queue and polls it");
        let waker = Waker::from(task);
        let mut cx = Context::from_waker(&waker);
        if body.as_mut().poll(&mut cx).is_ready() {
            break;
        }
    }
    // ANCHOR_END: run
    drop(peer.join().unwrap());
    println!("{}", LOG.lock().unwrap().join("\n"));
}
