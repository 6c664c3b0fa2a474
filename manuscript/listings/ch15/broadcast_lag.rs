//@ kind: run
//@ edition: 2021
//@ min: 1.85
// One sender, many receivers, a ring of four: who is slow does not hold the
// others up, but is told how much it has missed.
use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::{poll_fn, Future};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

// ANCHOR: channel
const RING: usize = 4;

struct Channel<T> {
    ring: VecDeque<T>,
    first: u64, // the number of the oldest that is still there
    closed: bool,
    wakers: Vec<Waker>,
}

type Shared<T> = Rc<RefCell<Channel<T>>>;

fn send<T>(channel: &Shared<T>, value: T) {
    let mut c = channel.borrow_mut();
    if c.ring.len() == RING {
        c.ring.pop_front(); // never waits: there is no back pressure here
        c.first += 1;
    }
    c.ring.push_back(value);
    c.wakers.drain(..).for_each(Waker::wake);
}

fn close<T>(channel: &Shared<T>) {
    let mut c = channel.borrow_mut();
    c.closed = true;
    c.wakers.drain(..).for_each(Waker::wake);
}
// ANCHOR_END: channel

// ANCHOR: receiver
struct Receiver<T> {
    channel: Shared<T>,
    next: u64,
}

enum Received<T> {
    Value(T),
    Missed(u64),
    Closed,
}

impl<T: Clone> Receiver<T> {
    async fn receive(&mut self) -> Received<T> {
        poll_fn(|cx| {
            let mut c = self.channel.borrow_mut();
            if self.next < c.first {
                let missed = c.first - self.next;
                self.next = c.first;
                return Poll::Ready(Received::Missed(missed));
            }
            let at = (self.next - c.first) as usize;
            if let Some(value) = c.ring.get(at) {
                self.next += 1;
                return Poll::Ready(Received::Value(value.clone()));
            }
            if c.closed {
                return Poll::Ready(Received::Closed);
            }
            c.wakers.push(cx.waker().clone());
            Poll::Pending
        })
        .await
    }
}
// ANCHOR_END: receiver

fn block_on<F: Future>(f: F) -> F::Output {
    let mut f = pin!(f);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(v) = f.as_mut().poll(&mut cx) {
            return v;
        }
    }
}

fn tell(name: &str, received: &Received<i32>) {
    match received {
        Received::Value(n) => println!("{name}: {n}"),
        Received::Missed(n) => println!("{name}: missed {n}"),
        Received::Closed => println!("{name}: the end"),
    }
}

// ANCHOR: main
fn main() {
    let channel = Rc::new(RefCell::new(Channel {
        ring: VecDeque::new(),
        first: 0,
        closed: false,
        wakers: Vec::new(),
    }));
    let subscribe = || Receiver {
        channel: channel.clone(),
        next: 0,
    };
    let (mut quick, mut slow) = (subscribe(), subscribe());
    block_on(async {
        for n in 0..7 {
            send(&channel, n);
            tell("quick", &quick.receive().await);
        }
        close(&channel);
        loop {
            let received = slow.receive().await;
            tell("slow", &received);
            if let Received::Closed = received {
                break;
            }
        }
    });
}
// ANCHOR_END: main
