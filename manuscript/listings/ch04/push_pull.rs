//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Losing interest, when the value is pushed and when it is pulled.
use std::cell::RefCell;
use std::future::{poll_fn, Future};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

struct Buffer;

impl Drop for Buffer {
    fn drop(&mut self) {
        println!("    buffer is freed");
    }
}

// ANCHOR: push
type Callback = Box<dyn FnOnce(u32)>;

#[derive(Default)]
struct Pusher(RefCell<Vec<Callback>>);

impl Pusher {
    fn read(&self, then: impl FnOnce(u32) + 'static) {
        self.0.borrow_mut().push(Box::new(then));
    }

    fn arrived(&self, value: u32) {
        for then in self.0.take() {
            then(value);
        }
    }
}
// ANCHOR_END: push

// ANCHOR: pull
#[derive(Default)]
struct Source {
    value: Option<u32>,
    waiting: Option<Waker>,
}

type Shared = Rc<RefCell<Source>>;

async fn read(source: Shared) -> u32 {
    poll_fn(|cx| {
        let mut source = source.borrow_mut();
        match source.value.take() {
            Some(value) => Poll::Ready(value),
            None => {
                source.waiting = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    })
    .await
}
// ANCHOR_END: pull

// ANCHOR: main
fn pushed() {
    let pusher = Pusher::default();
    let buffer = Buffer;
    pusher.read(move |n| {
        let _kept = &buffer;
        println!("    the callback runs, with {n}");
    });
    println!("  we are no longer interested");
    println!("  the value arrives");
    pusher.arrived(7);
}

fn pulled() {
    let source = Shared::default();
    let buffer = Buffer;
    let mut future = Box::pin(async {
        let _kept = buffer;
        let n = read(source.clone()).await;
        println!("    the rest runs, with {n}");
    });

    let mut cx = Context::from_waker(Waker::noop());
    assert!(future.as_mut().poll(&mut cx).is_pending());
    println!("  we are no longer interested");
    drop(future);
    println!("  the value arrives");
    source.borrow_mut().value = Some(7);
    let waiting = source.borrow_mut().waiting.take();
    waiting.unwrap().wake();
}
// ANCHOR_END: main

fn main() {
    println!("pushed:");
    pushed();
    println!("pulled:");
    pulled();
}
