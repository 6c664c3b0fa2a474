//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Permits, given out in the order in which they were asked for. Even a
// small request behind a big one waits its turn.
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

// ANCHOR: semaphore
struct Semaphore {
    free: Cell<usize>,
    queue: RefCell<VecDeque<Rc<Ticket>>>,
}

struct Ticket {
    wanted: usize,
    waker: Cell<Option<Waker>>,
    granted: Cell<bool>,
}

impl Semaphore {
    fn new(permits: usize) -> Semaphore {
        Semaphore {
            free: Cell::new(permits),
            queue: RefCell::default(),
        }
    }

    /// Serves from the front, and stops at the first who must still wait.
    fn serve(&self) {
        let mut queue = self.queue.borrow_mut();
        while let Some(first) = queue.front() {
            let Some(left) = self.free.get().checked_sub(first.wanted)
            else {
                return;
            };
            self.free.set(left);
            first.granted.set(true);
            if let Some(waker) = first.waker.take() {
                waker.wake();
            }
            queue.pop_front();
        }
    }

    fn acquire(&self, wanted: usize) -> Acquire<'_> {
        Acquire {
            semaphore: self,
            wanted,
            ticket: None,
        }
    }

    fn release(&self, permits: usize) {
        self.free.set(self.free.get() + permits);
        self.serve();
    }
}
// ANCHOR_END: semaphore

// ANCHOR: acquire
struct Acquire<'a> {
    semaphore: &'a Semaphore,
    wanted: usize,
    ticket: Option<Rc<Ticket>>, // from the first poll to the last
}

impl<'a> Future for Acquire<'a> {
    type Output = Permit<'a>;

    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Permit<'a>> {
        let (semaphore, wanted) = (self.semaphore, self.wanted);
        let ticket = self.ticket.get_or_insert_with(|| {
            let ticket = Rc::new(Ticket {
                wanted,
                waker: Cell::new(None),
                granted: Cell::new(false),
            });
            semaphore.queue.borrow_mut().push_back(ticket.clone());
            semaphore.serve();
            ticket
        });
        if ticket.granted.get() {
            self.ticket = None; // the permit is responsible now
            return Poll::Ready(Permit(semaphore, wanted));
        }
        ticket.waker.set(Some(cx.waker().clone()));
        Poll::Pending
    }
}

impl Drop for Acquire<'_> {
    /// Cancelled: leave the queue, or hand back what was just granted.
    fn drop(&mut self) {
        let Some(ticket) = self.ticket.take() else {
            return;
        };
        if ticket.granted.get() {
            self.semaphore.release(self.wanted);
        } else {
            let mut queue = self.semaphore.queue.borrow_mut();
            queue.retain(|other| !Rc::ptr_eq(other, &ticket));
            drop(queue);
            self.semaphore.serve(); // those behind it may be smaller
        }
    }
}

struct Permit<'a>(&'a Semaphore, usize);

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.0.release(self.1);
    }
}
// ANCHOR_END: acquire

// ANCHOR: main
fn main() {
    let semaphore = Semaphore::new(3);
    let mut cx = Context::from_waker(Waker::noop());
    let mut poll = |name: &str, f: &mut Acquire<'static>| {
        let polled = Pin::new(f).poll(&mut cx);
        println!(
            "{name}: {}",
            if polled.is_ready() { "has it" } else { "waits" }
        );
        match polled {
            Poll::Ready(permit) => Some(permit),
            Poll::Pending => None,
        }
    };
    let semaphore: &'static Semaphore = Box::leak(Box::new(semaphore));
    let mut two = semaphore.acquire(2);
    let mut three = semaphore.acquire(3);
    let mut one = semaphore.acquire(1);
    let first = poll("two  ", &mut two);
    poll("three", &mut three);
    poll("one  ", &mut one); // one is free, but it is not its turn

    drop(three);
    println!("three is cancelled");
    let second = poll("one  ", &mut one);
    println!("free: {}", semaphore.free.get());
    drop((first, second));
    println!("all back: {}", semaphore.free.get());
}
// ANCHOR_END: main
