//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A wake that is lost between looking and leaving one's name, and the order
// that cannot lose it. Two barriers force the worst moment every time.
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::*};
use std::sync::{Arc, Barrier, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

// ANCHOR: shared
struct Shared {
    done: AtomicBool,
    waker: Mutex<Option<Waker>>,
    looked: Barrier, // the future has looked at `done`
    called: Barrier, // the other thread has set it and called the waker
}

impl Shared {
    /// The other side: say that it is done, then wake whoever waits.
    fn complete(&self) {
        self.looked.wait();
        self.done.store(true, SeqCst);
        match self.waker.lock().unwrap().take() {
            Some(waker) => waker.wake(),
            None => println!("  completed, and nobody to wake"),
        }
        self.called.wait();
    }

    fn worst_moment(&self) {
        self.looked.wait();
        self.called.wait();
    }

    fn register(&self, cx: &mut Context<'_>) {
        *self.waker.lock().unwrap() = Some(cx.waker().clone());
    }
}
// ANCHOR_END: shared

struct Careless(Arc<Shared>);

impl Future for Careless {
    type Output = ();

    // ANCHOR: careless
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.0.done.load(SeqCst) {
            return Poll::Ready(());
        }
        self.0.worst_moment();
        self.0.register(cx); // too late: the call has been made
        Poll::Pending
    }
    // ANCHOR_END: careless
}

struct Careful(Arc<Shared>);

impl Future for Careful {
    type Output = ();

    // ANCHOR: careful
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.0.done.load(SeqCst) {
            return Poll::Ready(());
        }
        self.0.worst_moment();
        self.0.register(cx);
        if self.0.done.load(SeqCst) {
            return Poll::Ready(()); // it came in between
        }
        Poll::Pending
    }
    // ANCHOR_END: careful
}

struct Count(AtomicU32);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, SeqCst);
    }
}

// ANCHOR: judge
fn judge<F: Future + Unpin>(name: &str, f: impl FnOnce(Arc<Shared>) -> F) {
    println!("{name}:");
    let shared = Arc::new(Shared {
        done: AtomicBool::new(false),
        waker: Mutex::new(None),
        looked: Barrier::new(2),
        called: Barrier::new(2),
    });
    let other = shared.clone();
    let other = thread::spawn(move || other.complete());
    let wakes = Arc::new(Count(AtomicU32::new(0)));
    let waker = Waker::from(wakes.clone());
    let mut future = f(shared.clone());
    let first =
        Pin::new(&mut future).poll(&mut Context::from_waker(&waker));
    other.join().unwrap();

    let wakes = wakes.0.load(SeqCst);
    println!(
        "  poll: {}, wakes: {wakes}",
        if first.is_ready() { "Ready" } else { "Pending" }
    );
    if first.is_pending() && wakes == 0 && shared.done.load(SeqCst) {
        println!("  it is done, and nobody will ever ask again");
    }
}
// ANCHOR_END: judge

fn main() {
    judge("look, then register", Careless);
    judge("look, register, look again", Careful);
}
