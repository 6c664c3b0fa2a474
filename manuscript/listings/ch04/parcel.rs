//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Three parties: one drives, one waits, one knows.
use std::cell::RefCell;
use std::future::Future;
use std::pin::{pin, Pin};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering::*};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

// ANCHOR: parcel
/// What the future and the source share: a place for the value, and a place
/// for the waker of whoever waits for it.
#[derive(Default)]
struct Counter {
    value: Option<&'static str>,
    waiting: Option<Waker>,
}

struct Parcel(Rc<RefCell<Counter>>);

impl Future for Parcel {
    type Output = &'static str;

    fn poll(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<&'static str> {
        let mut counter = self.0.borrow_mut();
        if let Some(value) = counter.value.take() {
            println!("    future: here it is");
            return Poll::Ready(value);
        }
        println!("    future: not here yet, I leave my waker");
        counter.waiting = Some(cx.waker().clone());
        Poll::Pending
    }
}
// ANCHOR_END: parcel

// ANCHOR: source
fn deliver(counter: &RefCell<Counter>, value: &'static str) {
    println!("    source: the parcel has come");
    counter.borrow_mut().value = Some(value);
    let waiting = counter.borrow_mut().waiting.take();
    if let Some(waker) = waiting {
        waker.wake();
    }
}
// ANCHOR_END: source

struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        println!("    waker:  noted");
        self.0.store(true, SeqCst);
    }
}

// ANCHOR: receive
async fn receive(parcel: Parcel) -> usize {
    parcel.await.len()
}
// ANCHOR_END: receive

// ANCHOR: main
fn main() {
    let counter = Rc::new(RefCell::new(Counter::default()));
    let mut future = pin!(receive(Parcel(counter.clone())));
    let flag = Arc::new(Flag(AtomicBool::new(true)));
    let waker = Waker::from(flag.clone());
    let mut cx = Context::from_waker(&waker);

    for hour in 1..=4 {
        if flag.0.swap(false, SeqCst) {
            println!("hour {hour}, driver: poll");
            println!("  -> {:?}", future.as_mut().poll(&mut cx));
        } else {
            println!("hour {hour}, driver: nothing to do");
        }
        if hour == 3 {
            deliver(&counter, "a book");
        }
    }
}
// ANCHOR_END: main
