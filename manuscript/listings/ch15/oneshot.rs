//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A channel for one value, between threads: a lock, a waker, and three ways
// to end.
use std::future::Future;
use std::mem::replace;
use std::pin::{pin, Pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

// ANCHOR: state
enum State<T> {
    Empty,
    Waiting(Waker),
    Full(T),
    Closed, // by the receiver, or because the sender has gone
}

struct Sender<T>(Option<Arc<Mutex<State<T>>>>); // None when it has sent
struct Receiver<T>(Arc<Mutex<State<T>>>);

fn oneshot<T>() -> (Sender<T>, Receiver<T>) {
    let shared = Arc::new(Mutex::new(State::Empty));
    (Sender(Some(shared.clone())), Receiver(shared))
}
// ANCHOR_END: state

// ANCHOR: send
impl<T> Sender<T> {
    /// Not async: there is always room for the only value. It comes back
    /// if nobody wants it any more.
    fn send(mut self, value: T) -> Result<(), T> {
        let shared = self.0.take().expect("send takes the sender");
        let mut state = shared.lock().unwrap();
        if let State::Closed = *state {
            return Err(value);
        }
        let old = replace(&mut *state, State::Full(value));
        drop(state); // first unlock, then call
        if let State::Waiting(waker) = old {
            waker.wake();
        }
        Ok(())
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        let Some(shared) = self.0.take() else { return };
        let old = replace(&mut *shared.lock().unwrap(), State::Closed);
        if let State::Waiting(waker) = old {
            waker.wake();
        }
    }
}
// ANCHOR_END: send

// ANCHOR: receive
impl<T> Future for Receiver<T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let mut state = self.0.lock().unwrap();
        match replace(&mut *state, State::Closed) {
            State::Full(value) => Poll::Ready(Some(value)),
            State::Closed => Poll::Ready(None),
            State::Empty | State::Waiting(_) => {
                *state = State::Waiting(cx.waker().clone());
                Poll::Pending
            }
        }
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        *self.0.lock().unwrap() = State::Closed;
    }
}
// ANCHOR_END: receive

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

fn block_on<F: Future>(f: F) -> F::Output {
    let mut f = pin!(f);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut cx = Context::from_waker(&waker);
    loop {
        match f.as_mut().poll(&mut cx) {
            Poll::Ready(value) => return value,
            Poll::Pending => thread::park(),
        }
    }
}

// ANCHOR: main
fn main() {
    let (sender, receiver) = oneshot();
    let other = thread::spawn(move || sender.send("a value"));
    println!("sent:     {:?}", block_on(receiver));
    println!("accepted: {:?}", other.join().unwrap());

    let (sender, receiver) = oneshot::<u32>();
    let other = thread::spawn(move || drop(sender));
    println!("dropped:  {:?}", block_on(receiver));
    other.join().unwrap();

    let (sender, receiver) = oneshot();
    drop(receiver);
    println!("unwanted: {:?}", sender.send("a value"));
}
// ANCHOR_END: main
