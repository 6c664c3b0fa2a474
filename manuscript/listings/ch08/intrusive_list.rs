//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A queue of waiting futures that allocates nothing: its links lie in the
// futures themselves, and Pin is why that may be.
use std::cell::Cell;
use std::future::Future;
use std::marker::PhantomPinned;
use std::pin::{pin, Pin};
use std::ptr::null;
use std::task::{Context, Poll, Waker};

// ANCHOR: node
struct Node {
    next: Cell<*const Node>,
    prev: Cell<*const Node>,
    waker: Cell<Option<Waker>>,
    state: Cell<State>,
    _pinned: PhantomPinned, // others will hold our address
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Queued,
    Called,
}

struct Queue {
    head: Cell<*const Node>,
    tail: Cell<*const Node>,
}

struct Wait<'a> {
    queue: &'a Queue,
    node: Node,
}
// ANCHOR_END: node

impl Queue {
    fn new() -> Queue {
        Queue {
            head: Cell::new(null()),
            tail: Cell::new(null()),
        }
    }
}

impl Queue {
    // ANCHOR: links
    /// SAFETY, here and below: whoever is in the list is pinned and takes
    /// itself out before it is dropped, so every pointer leads to a node.
    fn push(&self, node: Pin<&Node>) {
        let node: *const Node = &*node;
        let last = self.tail.replace(node);
        unsafe { (*node).prev.set(last) };
        match unsafe { last.as_ref() } {
            Some(last) => last.next.set(node),
            None => self.head.set(node),
        }
    }

    fn unlink(&self, node: &Node) {
        let (prev, next) = (node.prev.take_ptr(), node.next.take_ptr());
        match unsafe { prev.as_ref() } {
            Some(prev) => prev.next.set(next),
            None => self.head.set(next),
        }
        match unsafe { next.as_ref() } {
            Some(next) => next.prev.set(prev),
            None => self.tail.set(prev),
        }
    }
    // ANCHOR_END: links
}

trait TakePtr {
    fn take_ptr(&self) -> *const Node;
}

impl TakePtr for Cell<*const Node> {
    fn take_ptr(&self) -> *const Node {
        self.replace(null())
    }
}

impl Queue {
    fn wait(&self) -> Wait<'_> {
        let node = Node {
            next: Cell::new(null()),
            prev: Cell::new(null()),
            waker: Cell::new(None),
            state: Cell::new(State::New),
            _pinned: PhantomPinned,
        };
        Wait { queue: self, node }
    }

    // ANCHOR: call
    /// Calls whoever has waited longest.
    fn call_one(&self) -> bool {
        let Some(first) = (unsafe { self.head.get().as_ref() }) else {
            return false;
        };
        self.unlink(first);
        first.state.set(State::Called);
        if let Some(waker) = first.waker.take() {
            waker.wake();
        }
        true
    }
    // ANCHOR_END: call
}

impl Future for Wait<'_> {
    type Output = ();

    // ANCHOR: wait
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.into_ref();
        // SAFETY: `node` is pinned because `self` is; nothing moves it.
        let node = unsafe { this.map_unchecked(|w| &w.node) };
        if node.state.get() == State::Called {
            return Poll::Ready(());
        }
        node.waker.set(Some(cx.waker().clone()));
        if node.state.replace(State::Queued) == State::New {
            this.queue.push(node);
        }
        Poll::Pending
    }
    // ANCHOR_END: wait
}

// ANCHOR: drop
impl Drop for Wait<'_> {
    fn drop(&mut self) {
        if self.node.state.get() == State::Queued {
            self.queue.unlink(&self.node);
        }
    }
}
// ANCHOR_END: drop

fn main() {
    // ANCHOR: main
    let queue = Queue::new();
    let mut cx = Context::from_waker(Waker::noop());
    let mut a = pin!(queue.wait());
    let mut b = Box::pin(queue.wait());
    let mut c = pin!(queue.wait());
    println!("a waits: {}", a.as_mut().poll(&mut cx).is_pending());
    println!("b waits: {}", b.as_mut().poll(&mut cx).is_pending());
    println!("c waits: {}", c.as_mut().poll(&mut cx).is_pending());

    drop(b);
    println!("b is cancelled, from the middle of the queue");
    println!("called somebody: {}", queue.call_one());
    println!("  a is ready: {}", a.as_mut().poll(&mut cx).is_ready());
    println!("  c is ready: {}", c.as_mut().poll(&mut cx).is_ready());
    println!("called somebody: {}", queue.call_one());
    println!("  c is ready: {}", c.as_mut().poll(&mut cx).is_ready());
    println!("called somebody: {}", queue.call_one());
    // ANCHOR_END: main

    println!("forgetting");
    // ANCHOR: forget
    let queue = Queue::new();
    let mut a = pin!(queue.wait());
    let mut b = Box::pin(queue.wait());
    let mut c = pin!(queue.wait());
    let _ = a.as_mut().poll(&mut cx);
    let _ = b.as_mut().poll(&mut cx);
    let _ = c.as_mut().poll(&mut cx);

    std::mem::forget(a); // (1)
    std::mem::forget(b); // (2)
    for _ in 0..4 {
        println!("called somebody: {}", queue.call_one());
        println!("  c is ready: {}", c.as_mut().poll(&mut cx).is_ready());
    }
    // ANCHOR_END: forget
}
