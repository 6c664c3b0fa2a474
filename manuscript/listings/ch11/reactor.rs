//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ needs: linux
// The whole stack in one file: futures, executor, timers (heap), reactor
// (epoll), TCP. An echo server with deadlines.
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, VecDeque};
use std::future::{poll_fn, Future};
use std::io::{self, ErrorKind, Read, Write};
use std::marker::PhantomData;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::io::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::pin::{pin, Pin};
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

// ANCHOR: sys
mod sys {
    use std::os::raw::c_int;
    pub const CLOEXEC: c_int = 0o2000000;
    pub const ADD: c_int = 1;
    pub const DEL: c_int = 2;
    pub const MOD: c_int = 3;
    pub const IN: u32 = 1;
    pub const OUT: u32 = 4;
    pub const ONESHOT: u32 = 1 << 30;
    #[cfg_attr(target_arch = "x86_64", repr(C, packed))]
    #[cfg_attr(not(target_arch = "x86_64"), repr(C))]
    #[derive(Clone, Copy)]
    pub struct Event {
        pub events: u32,
        pub data: u64,
    }
    extern "C" {
        pub fn epoll_create1(flags: c_int) -> c_int;
        pub fn epoll_ctl(
            ep: c_int,
            op: c_int,
            fd: c_int,
            ev: *mut Event,
        ) -> c_int;
        pub fn epoll_wait(
            ep: c_int,
            evs: *mut Event,
            max: c_int,
            ms: c_int,
        ) -> c_int;
    }
}
// ANCHOR_END: sys

// ---- reactor ----
// ANCHOR: reactor
#[derive(Default)]
struct Interest {
    read: Option<Waker>,
    write: Option<Waker>,
}

impl Interest {
    fn slot(&mut self, write: bool) -> &mut Option<Waker> {
        match write {
            true => &mut self.write,
            false => &mut self.read,
        }
    }
}

struct Reactor {
    ep: OwnedFd,
    fds: HashMap<RawFd, Interest>,
    timers: BinaryHeap<Reverse<(Instant, u64)>>,
    timer_wakers: HashMap<u64, Waker>,
    next_timer: u64,
    waits: usize,
}

thread_local! {
    static REACTOR: RefCell<Reactor> = RefCell::new(Reactor::new());
}

fn reactor<T>(f: impl FnOnce(&mut Reactor) -> T) -> T {
    REACTOR.with(|r| f(&mut r.borrow_mut()))
}
// ANCHOR_END: reactor

impl Reactor {
    fn new() -> Reactor {
        // SAFETY: no pointer; the descriptor is new and ours alone.
        let ep = unsafe {
            let fd = sys::epoll_create1(sys::CLOEXEC);
            assert!(fd >= 0);
            OwnedFd::from_raw_fd(fd)
        };
        Reactor {
            ep,
            fds: HashMap::new(),
            timers: BinaryHeap::new(),
            timer_wakers: HashMap::new(),
            next_timer: 0,
            waits: 0,
        }
    }

    // ANCHOR: ctl
    fn ctl(&self, op: i32, fd: RawFd, events: u32) {
        let (ep, data) = (self.ep.as_raw_fd(), fd as u64);
        let mut ev = sys::Event { events, data };
        // SAFETY: the event lives as long as the call.
        let r = unsafe { sys::epoll_ctl(ep, op, fd, &mut ev) };
        assert_eq!(r, 0, "epoll_ctl: {}", io::Error::last_os_error());
    }

    /// Asks for what somebody waits for, once.
    fn arm(&self, fd: RawFd) {
        let i = &self.fds[&fd];
        let r = if i.read.is_some() { sys::IN } else { 0 };
        let w = if i.write.is_some() { sys::OUT } else { 0 };
        self.ctl(sys::MOD, fd, r | w | sys::ONESHOT);
    }
    // ANCHOR_END: ctl

    // ANCHOR: turn
    /// Blocks in epoll_wait until an fd is ready or the first timer is due.
    fn turn(&mut self) -> Vec<Waker> {
        self.waits += 1;
        let ms = self.until_first_timer(); // (1)
        let mut buf = [sys::Event { events: 0, data: 0 }; 64];
        let (ep, at) = (self.ep.as_raw_fd(), buf.as_mut_ptr());
        // SAFETY: there is room for 64 events.
        let n = unsafe { sys::epoll_wait(ep, at, 64, ms) }; // (2)
        let mut out = Vec::new();
        for ev in &buf[..n.max(0) as usize] {
            let (events, fd) = (ev.events, ev.data as RawFd);
            let Some(i) = self.fds.get_mut(&fd) else {
                continue;
            };
            if events & !sys::OUT != 0 {
                out.extend(i.read.take()); // (3)
            }
            if events & !sys::IN != 0 {
                out.extend(i.write.take());
            }
            if i.read.is_some() || i.write.is_some() {
                self.arm(fd); // one-shot: the other side still waits
            }
        }
        self.due(&mut out); // (4)
        out
    }
    // ANCHOR_END: turn

    /// In milliseconds, rounded up; -1 means for ever.
    fn until_first_timer(&mut self) -> i32 {
        while let Some(Reverse((at, id))) = self.timers.peek() {
            if self.timer_wakers.contains_key(id) {
                let left = at.saturating_duration_since(Instant::now());
                let ms = left.as_nanos().div_ceil(1_000_000);
                return ms.min(i32::MAX as u128) as i32;
            }
            self.timers.pop(); // cancelled: nobody gets up for it
        }
        -1
    }

    fn due(&mut self, out: &mut Vec<Waker>) {
        let now = Instant::now();
        while let Some(Reverse((at, id))) = self.timers.peek().copied() {
            if at > now {
                break;
            }
            self.timers.pop();
            // None: the sleep was cancelled.
            out.extend(self.timer_wakers.remove(&id));
        }
    }
}

// ---- leaf futures ----
// ANCHOR: sleep
struct Sleep {
    at: Instant,
    id: Option<u64>,
    here: PhantomData<*mut ()>, // so it is not Send
}

fn sleep(ms: u64) -> Sleep {
    let at = Instant::now() + Duration::from_millis(ms);
    let (id, here) = (None, PhantomData);
    Sleep { at, id, here }
}

impl Future for Sleep {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if Instant::now() >= self.at {
            return Poll::Ready(());
        }
        let at = self.at;
        reactor(|r| {
            let id = *self.id.get_or_insert_with(|| {
                r.next_timer += 1;
                r.timers.push(Reverse((at, r.next_timer)));
                r.next_timer
            });
            // The newest waker wins; the old one is dropped outside.
            r.timer_wakers.insert(id, cx.waker().clone())
        });
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(id) = self.id {
            reactor(|r| r.timer_wakers.remove(&id));
        }
    }
}
// ANCHOR_END: sleep

// ANCHOR: timeout
struct Elapsed;

async fn timeout<F: Future>(ms: u64, f: F) -> Result<F::Output, Elapsed> {
    let (mut f, mut sleep) = (pin!(f), pin!(sleep(ms)));
    poll_fn(|cx| match f.as_mut().poll(cx) {
        Poll::Ready(value) => Poll::Ready(Ok(value)),
        Poll::Pending => sleep.as_mut().poll(cx).map(|()| Err(Elapsed)),
    })
    .await
}
// ANCHOR_END: timeout

// ANCHOR: new
struct Async<T: AsRawFd>(T, PhantomData<*mut ()>); // not Send

impl<T: AsRawFd> Async<T> {
    fn new(io: T) -> Self {
        let fd = io.as_raw_fd();
        reactor(|r| {
            r.fds.insert(fd, Interest::default());
            r.ctl(sys::ADD, fd, sys::ONESHOT); // nothing, for now
        });
        Async(io, PhantomData)
    }
    // ANCHOR_END: new

    // ANCHOR: with
    /// Tries `op` until it does not have to wait.
    async fn with<R>(
        &self,
        write: bool,
        mut op: impl FnMut(&T) -> io::Result<R>,
    ) -> io::Result<R> {
        poll_fn(|cx| match op(&self.0) {
            Err(e) if e.kind() == ErrorKind::WouldBlock => {
                reactor(|r| {
                    let fd = self.0.as_raw_fd();
                    let i = r.fds.get_mut(&fd).unwrap();
                    let old = i.slot(write).replace(cx.waker().clone());
                    r.arm(fd);
                    old // dropped when nothing is borrowed any more
                });
                Poll::Pending
            }
            r => Poll::Ready(r),
        })
        .await
    }
    // ANCHOR_END: with
}

// ANCHOR: deregister
impl<T: AsRawFd> Drop for Async<T> {
    fn drop(&mut self) {
        // Before the number of the descriptor can be reused.
        let fd = self.0.as_raw_fd();
        reactor(|r| {
            r.ctl(sys::DEL, fd, 0);
            r.fds.remove(&fd)
        });
    }
}
// ANCHOR_END: deregister

// ANCHOR: stream
impl Async<TcpStream> {
    async fn read(&self, b: &mut [u8]) -> io::Result<usize> {
        self.with(false, |mut s| s.read(b)).await
    }

    async fn write_all(&self, mut b: &[u8]) -> io::Result<()> {
        while !b.is_empty() {
            let n = self.with(true, |mut s| s.write(b)).await?;
            b = &b[n..];
        }
        Ok(())
    }
}
// ANCHOR_END: stream

// ---- executor ----
type Local = Pin<Box<dyn Future<Output = ()>>>;
// ANCHOR: waker
struct Queue(Mutex<VecDeque<u64>>);
struct IdWaker(u64, Arc<Queue>);
impl Wake for IdWaker {
    fn wake(self: Arc<Self>) {
        self.1 .0.lock().unwrap().push_back(self.0)
    }
}
// ANCHOR_END: waker

thread_local! { static NEW: RefCell<Vec<Local>> = RefCell::default(); }
fn spawn(f: impl Future<Output = ()> + 'static) {
    NEW.with(|n| n.borrow_mut().push(Box::pin(f)))
}

// ANCHOR: run
fn run() -> usize {
    let queue = Arc::new(Queue(Mutex::default()));
    let mut tasks: HashMap<u64, Local> = HashMap::new();
    let (mut next, mut polls) = (0, 0);
    loop {
        for f in NEW.with(|n| std::mem::take(&mut *n.borrow_mut())) {
            tasks.insert(next, f);
            queue.0.lock().unwrap().push_back(next);
            next += 1;
        }
        let first = queue.0.lock().unwrap().pop_front();
        let Some(id) = first else {
            if tasks.is_empty() {
                return polls;
            }
            let woken = reactor(Reactor::turn);
            woken.into_iter().for_each(Waker::wake); // outside the borrow
            continue;
        };
        let Some(f) = tasks.get_mut(&id) else {
            continue; // a late wake of a finished task
        };
        let w = Waker::from(Arc::new(IdWaker(id, queue.clone())));
        polls += 1;
        if f.as_mut().poll(&mut Context::from_waker(&w)).is_ready() {
            tasks.remove(&id);
        }
    }
}
// ANCHOR_END: run

// ---- program ----
// ANCHOR: echo
async fn echo(s: TcpStream) -> io::Result<()> {
    s.set_nonblocking(true)?;
    let s = Async::new(s);
    let mut buf = [0; 64];
    loop {
        let Ok(n) = timeout(1000, s.read(&mut buf)).await else {
            return Ok(()); // too slow: hang up
        };
        let n = n?;
        if n == 0 {
            return Ok(());
        }
        s.write_all(&buf[..n]).await?;
    }
}
// ANCHOR_END: echo

// ANCHOR: client
type Log = Rc<RefCell<Vec<String>>>;

async fn client(addr: SocketAddr, n: u64, log: Log) -> io::Result<()> {
    let s = TcpStream::connect(addr)?; // blocks, a moment
    s.set_nonblocking(true)?;
    let s = Async::new(s);
    let mut buf = [0; 64];
    if n > 0 {
        sleep(20 * (4 - n)).await; // the last client speaks first
        s.write_all(format!("I am {n}").as_bytes()).await?;
    }
    let k = s.read(&mut buf).await?; // client 0 never says a word
    let back = String::from_utf8_lossy(&buf[..k]).into_owned();
    log.borrow_mut().push(back);
    Ok(())
}
// ANCHOR_END: client

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let addr = listener.local_addr()?;
    let log = Log::default();
    // ANCHOR: main
    spawn(async move {
        let l = Async::new(listener);
        for _ in 0..4 {
            let (s, _) = l.with(false, |l| l.accept()).await.unwrap();
            spawn(async move { echo(s).await.unwrap() });
        }
    });
    for n in 0..4 {
        let log = log.clone();
        spawn(async move { client(addr, n, log).await.unwrap() });
    }
    // ANCHOR_END: main
    let t = Instant::now();
    let polls = run();
    println!("in order of arrival: {:?}", log.borrow());
    println!("took at least 1 s: {}", t.elapsed().as_secs() >= 1);
    println!("registered fds left: {}", reactor(|r| r.fds.len()));
    println!("timer wakers left: {}", reactor(|r| r.timer_wakers.len()));
    let waits = reactor(|r| r.waits);
    println!("polls fewer than 60: {}", polls < 60);
    println!("epoll_waits fewer than 40: {}", waits < 40);
    eprintln!("({polls} polls, {waits} epoll_waits)");
    Ok(())
}
