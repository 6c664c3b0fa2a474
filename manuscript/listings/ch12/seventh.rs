//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ needs: linux
// The seventh echo server: four threads with chapter 11's stack, and one
// listening socket for all. New: timers in a tree (a client's goes with the
// client), a turn of the reactor after every 61 polls, and one deadline for
// the whole of a conversation.
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::future::{poll_fn, Future};
use std::io::{self, ErrorKind, Read, Write};
use std::marker::PhantomData;
use std::mem;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::os::unix::io::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::pin::{pin, Pin};
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::{Duration, Instant};

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

// ---- reactor ----
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
    timers: BTreeMap<(Instant, u64), Waker>,
    next_timer: u64,
}

thread_local! {
    static REACTOR: RefCell<Reactor> = RefCell::new(Reactor::new());
}

fn reactor<T>(f: impl FnOnce(&mut Reactor) -> T) -> T {
    REACTOR.with(|r| f(&mut r.borrow_mut()))
}

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
            timers: BTreeMap::new(),
            next_timer: 0,
        }
    }

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

    /// Asks epoll; sleeps, if it may, until a descriptor is ready or the
    /// first timer is due.
    fn turn(&mut self, may_sleep: bool) -> Vec<Waker> {
        let ms = match may_sleep {
            true => self.until_first_timer(),
            false => 0,
        };
        let mut buf = [sys::Event { events: 0, data: 0 }; 64];
        let (ep, at) = (self.ep.as_raw_fd(), buf.as_mut_ptr());
        // SAFETY: there is room for 64 events.
        let n = unsafe { sys::epoll_wait(ep, at, 64, ms) };
        let mut out = Vec::new();
        for ev in &buf[..n.max(0) as usize] {
            let (events, fd) = (ev.events, ev.data as RawFd);
            let Some(i) = self.fds.get_mut(&fd) else {
                continue;
            };
            if events & !sys::OUT != 0 {
                out.extend(i.read.take());
            }
            if events & !sys::IN != 0 {
                out.extend(i.write.take());
            }
            if i.read.is_some() || i.write.is_some() {
                self.arm(fd); // one-shot: the other side still waits
            }
        }
        self.due(&mut out);
        out
    }

    /// In milliseconds, rounded up; -1 means for ever.
    fn until_first_timer(&self) -> i32 {
        let Some(((at, _), _)) = self.timers.first_key_value() else {
            return -1;
        };
        let left = at.saturating_duration_since(Instant::now());
        left.as_nanos().div_ceil(1_000_000).min(i32::MAX as u128) as i32
    }

    fn due(&mut self, out: &mut Vec<Waker>) {
        let now = Instant::now();
        while let Some(e) = self.timers.first_entry() {
            if e.key().0 > now {
                break;
            }
            out.push(e.remove());
        }
    }
}

// ---- leaf futures ----
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
                r.next_timer
            });
            // The newest waker wins; the old one is dropped outside.
            r.timers.insert((at, id), cx.waker().clone())
        });
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(id) = self.id {
            reactor(|r| r.timers.remove(&(self.at, id)));
        }
    }
}

struct Elapsed;

async fn timeout<F: Future>(ms: u64, f: F) -> Result<F::Output, Elapsed> {
    let (mut f, mut sleep) = (pin!(f), pin!(sleep(ms)));
    poll_fn(|cx| match f.as_mut().poll(cx) {
        Poll::Ready(value) => Poll::Ready(Ok(value)),
        Poll::Pending => sleep.as_mut().poll(cx).map(|()| Err(Elapsed)),
    })
    .await
}

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
}

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

// ---- executor ----
type Local = Pin<Box<dyn Future<Output = ()>>>;
struct Queue(Mutex<VecDeque<u64>>);
struct IdWaker(u64, Arc<Queue>);
impl Wake for IdWaker {
    fn wake(self: Arc<Self>) {
        self.1 .0.lock().unwrap().push_back(self.0)
    }
}

thread_local! { static NEW: RefCell<Vec<Local>> = RefCell::default(); }
fn spawn(f: impl Future<Output = ()> + 'static) {
    NEW.with(|n| n.borrow_mut().push(Box::pin(f)))
}

fn run() {
    let queue = Arc::new(Queue(Mutex::default()));
    let mut tasks: HashMap<u64, Local> = HashMap::new();
    let (mut next, mut polls) = (0, 0);
    loop {
        for f in NEW.with(|n| mem::take(&mut *n.borrow_mut())) {
            tasks.insert(next, f);
            queue.0.lock().unwrap().push_back(next);
            next += 1;
        }
        let first = queue.0.lock().unwrap().pop_front();
        if first.is_none() && tasks.is_empty() {
            return;
        }
        // ANCHOR: run
        if first.is_none() || polls % 61 == 0 {
            let woken = reactor(|r| r.turn(first.is_none())); // may sleep?
            woken.into_iter().for_each(Waker::wake);
        }
        // ANCHOR_END: run
        let Some(id) = first else {
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

// ANCHOR: yield_now
/// Goes to the end of the queue.
async fn yield_now() {
    let mut first = true;
    poll_fn(|cx| match mem::take(&mut first) {
        true => {
            cx.waker().wake_by_ref();
            Poll::Pending
        }
        false => Poll::Ready(()),
    })
    .await
}
// ANCHOR_END: yield_now

// ---- program ----
const THREADS: usize = 4;
const PATIENCE: u64 = 1000; // milliseconds

async fn echo(s: TcpStream) -> io::Result<()> {
    s.set_nonblocking(true)?;
    let s = Async::new(s);
    let mut buf = [0; 64];
    loop {
        let n = s.read(&mut buf).await?;
        if n == 0 {
            return Ok(());
        }
        s.write_all(&buf[..n]).await?;
        yield_now().await; // others want a turn, and so does the clock
    }
}

impl Async<TcpListener> {
    /// None when the socket has been shut down.
    async fn accept(&self) -> Option<TcpStream> {
        loop {
            match self.with(false, |l| l.accept()).await {
                Ok((s, _)) => break Some(s),
                Err(e) if e.kind() == ErrorKind::InvalidInput => {
                    break None
                }
                Err(_) => sleep(10).await, // too many open files, perhaps
            }
        }
    }
}

// ANCHOR: core
async fn client(s: TcpStream, served: Rc<Cell<usize>>) {
    // However this ends, it is the end of this client alone.
    let _ = timeout(PATIENCE, pin!(echo(s))).await;
    served.set(served.get() + 1);
}

fn core(listener: TcpListener) -> [usize; 3] {
    let served = Rc::new(Cell::new(0));
    let count = served.clone();
    spawn(async move {
        let l = Async::new(listener);
        while let Some(s) = l.accept().await {
            spawn(client(s, count.clone()));
            yield_now().await;
        }
    });
    run(); // until the listening socket is shut down
    reactor(|r| [served.get(), r.fds.len(), r.timers.len()])
}
// ANCHOR_END: core

// ---- clients: on threads of their own, as the rest of the world is ----
const POLITE: usize = 100;
const BYTES: usize = 1000;
const LETTERS: usize = 200; // one every 20 ms

fn polite(s: &mut TcpStream, n: usize) -> io::Result<bool> {
    let mut back = [0; BYTES];
    s.read_exact(&mut back)?;
    Ok(back == words(n))
}

fn words(n: usize) -> [u8; BYTES] {
    std::array::from_fn(|i| (i * (n + 1)) as u8)
}

/// How many letters come back before the server has had enough.
fn dawdle(mut s: TcpStream) -> usize {
    for i in 0..LETTERS {
        let mut letter = [b'a'];
        let sent = s.write_all(&letter);
        if sent.and_then(|()| s.read_exact(&mut letter)).is_err() {
            return i;
        }
        thread::sleep(Duration::from_millis(20));
    }
    LETTERS
}

/// Talks and never listens. The server hangs up, or this does not return.
fn babble(mut s: TcpStream) -> bool {
    while s.write_all(&[b'b'; 4096]).is_ok() {}
    true
}

/// Leaves an answer unread, so the kernel breaks the connection off.
fn slam(mut s: TcpStream) -> io::Result<()> {
    s.write_all(b"bye")?;
    s.peek(&mut [0]).map(drop)
}

fn size<F: Future>(_: impl Fn(TcpStream) -> F) -> usize {
    mem::size_of::<F>()
}

fn main() -> io::Result<()> {
    // ANCHOR: main
    let listener = TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let mut cores = Vec::new();
    for _ in 0..THREADS {
        let twin = listener.try_clone()?;
        cores.push(thread::spawn(|| core(twin)));
    }
    // ANCHOR_END: main
    let addr: SocketAddr = listener.local_addr()?;
    let connect = || TcpStream::connect(addr);

    let start = Instant::now();
    let mut silent = Vec::new();
    for _ in 0..THREADS {
        silent.push(connect()?);
    }
    let (slow, deaf) = (connect()?, connect()?);
    let slow = thread::spawn(|| dawdle(slow));
    let deaf = thread::spawn(|| babble(deaf));
    slam(connect()?)?;

    let mut right = 0;
    let mut clients = Vec::new();
    for n in 0..POLITE {
        let mut s = connect()?;
        s.write_all(&words(n))?;
        clients.push(s);
    }
    for (n, mut s) in clients.into_iter().enumerate() {
        right += polite(&mut s, n)? as usize;
    }
    println!("got {BYTES} bytes back, as sent: {right} of {POLITE}");

    let mut ends = 0;
    for s in &mut silent {
        ends += (s.read(&mut [0])? == 0) as usize;
    }
    let late = start.elapsed() >= Duration::from_millis(PATIENCE);
    println!("said nothing, hung up on: {ends} of {THREADS}");
    println!("  not before the deadline: {late}");
    let all = slow.join().unwrap() == LETTERS;
    println!("spelled it out, got to the end: {all}");
    println!("never read, hung up on: {}", deaf.join().unwrap());

    // Whoever waits for this socket, through whichever twin, is told.
    TcpStream::from(OwnedFd::from(listener)).shutdown(Shutdown::Both)?;
    let mut sum = [0; 3];
    let mut each = Vec::new();
    for c in cores {
        let counts = c.join().unwrap();
        each.push(counts[0]);
        for (sum, n) in sum.iter_mut().zip(counts) {
            *sum += n;
        }
    }
    let [served, fds, timers] = sum;
    println!("served by {THREADS} threads: {served}");
    println!("left over: {fds} sockets, {timers} timers");
    let task = size(|s| client(s, Rc::default()));
    println!("a client's task under 512 bytes: {}", task < 512);
    eprintln!("(clients of each thread: {each:?}; a task: {task} bytes)");
    Ok(())
}
