//@ kind: run
//@ edition: 2021
//@ min: 1.85
// An async channel with back pressure and an async mutex, on one small
// queue of wakers.
use std::cell::{Cell, RefCell, UnsafeCell};
use std::collections::VecDeque;
use std::future::{poll_fn, Future};
use std::ops::{Deref, DerefMut};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{
    atomic::{AtomicBool, Ordering::*},
    Arc,
};

use std::task::{Context, Poll, Wake, Waker};

// ---- tiny executor ----
// ANCHOR: run
struct Flag(AtomicBool);
impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Release)
    }
}

type Task = Pin<Box<dyn Future<Output = ()>>>;
/// Polls woken tasks round robin; Err(n) when n tasks sleep and nobody can
/// wake them.
fn run(tasks: Vec<Task>) -> Result<usize, usize> {
    let mut live: Vec<_> = tasks
        .into_iter()
        .map(|t| (t, Arc::new(Flag(AtomicBool::new(true)))))
        .collect();
    let mut polls = 0;
    while !live.is_empty() {
        let mut progress = false;
        live.retain_mut(|(t, flag)| {
            if !flag.0.swap(false, AcqRel) {
                return true;
            }
            progress = true;
            polls += 1;
            t.as_mut()
                .poll(&mut Context::from_waker(&Waker::from(flag.clone())))
                .is_pending()
        });
        if !progress {
            return Err(live.len());
        }
    }
    Ok(polls)
}
// ANCHOR_END: run

// ---- channel ----
// ANCHOR: channel
struct Chan<T> {
    q: RefCell<VecDeque<T>>,
    cap: usize,
    closed: Cell<bool>,
    rx: RefCell<Option<Waker>>,
    tx: RefCell<VecDeque<Waker>>,
    full: Cell<u32>,
}

struct Sender<T>(Rc<Chan<T>>);
struct Receiver<T>(Rc<Chan<T>>);
fn channel<T>(cap: usize) -> (Sender<T>, Receiver<T>) {
    let c = Rc::new(Chan {
        q: RefCell::default(),
        cap,
        closed: Cell::new(false),
        rx: RefCell::default(),
        tx: RefCell::default(),
        full: Cell::new(0),
    });
    (Sender(c.clone()), Receiver(c))
}
// ANCHOR_END: channel

// ANCHOR: send
impl<T> Sender<T> {
    async fn send(&self, v: T) {
        let mut v = Some(v);
        poll_fn(|cx| {
            let c = &self.0;
            if c.q.borrow().len() == c.cap {
                c.full.set(c.full.get() + 1);
                c.tx.borrow_mut().push_back(cx.waker().clone());
                return Poll::Pending;
            }
            c.q.borrow_mut().push_back(v.take().unwrap());
            if let Some(w) = c.rx.borrow_mut().take() {
                w.wake()
            }
            Poll::Ready(())
        })
        .await
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.0.closed.set(true);
        if let Some(w) = self.0.rx.borrow_mut().take() {
            w.wake()
        }
    }
}
// ANCHOR_END: send

// ANCHOR: recv
impl<T> Receiver<T> {
    async fn recv(&mut self) -> Option<T> {
        poll_fn(|cx| {
            let c = &self.0;
            let v = c.q.borrow_mut().pop_front();
            match v {
                Some(v) => {
                    if let Some(w) = c.tx.borrow_mut().pop_front() {
                        w.wake()
                    }
                    Poll::Ready(Some(v))
                }
                None if c.closed.get() => Poll::Ready(None),
                None => {
                    *c.rx.borrow_mut() = Some(cx.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    }
}
// ANCHOR_END: recv

// ---- fair mutex ----
// ANCHOR: mutex
struct AsyncMutex<T> {
    next: Cell<u64>,
    serving: Cell<u64>,
    wait: RefCell<VecDeque<Waker>>,
    gone: RefCell<Vec<u64>>,
    v: UnsafeCell<T>,
}

struct Guard<'a, T>(&'a AsyncMutex<T>);
// ANCHOR_END: mutex

// ANCHOR: lock
impl<T> AsyncMutex<T> {
    fn new(v: T) -> Self {
        AsyncMutex {
            next: Cell::new(0),
            serving: Cell::new(0),
            wait: RefCell::default(),
            gone: RefCell::default(),
            v: UnsafeCell::new(v),
        }
    }

    fn advance(&self) {
        self.serving.set(self.serving.get() + 1);
        let mut g = self.gone.borrow_mut();
        while let Some(i) = g.iter().position(|&t| t == self.serving.get())
        {
            g.remove(i);
            self.serving.set(self.serving.get() + 1)
        }
        for w in self.wait.borrow_mut().drain(..) {
            w.wake()
        }
    }

    async fn lock(&self) -> Guard<'_, T> {
        // A ticket taken and then cancelled must be handed back, or the
        // queue stops for ever.
        struct Ticket<'a, T>(&'a AsyncMutex<T>, u64, bool);
        impl<T> Drop for Ticket<'_, T> {
            fn drop(&mut self) {
                if self.2 {
                    return;
                }
                if self.0.serving.get() == self.1 {
                    self.0.advance()
                } else {
                    self.0.gone.borrow_mut().push(self.1)
                }
            }
        }
        let mut t = Ticket(self, self.next.get(), false);
        self.next.set(t.1 + 1);
        poll_fn(|cx| {
            if self.serving.get() == t.1 {
                return Poll::Ready(());
            }
            self.wait.borrow_mut().push_back(cx.waker().clone());
            Poll::Pending
        })
        .await;
        t.2 = true;
        Guard(self)
    }
}
// ANCHOR_END: lock

// ANCHOR: guard
impl<T> Deref for Guard<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        unsafe { &*self.0.v.get() }
    }
}

impl<T> DerefMut for Guard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        unsafe { &mut *self.0.v.get() }
    }
}

impl<T> Drop for Guard<'_, T> {
    fn drop(&mut self) {
        self.0.advance()
    }
}
// ANCHOR_END: guard

async fn yield_now() {
    let mut first = true;
    poll_fn(|cx| {
        if std::mem::take(&mut first) {
            cx.waker().wake_by_ref();
            Poll::Pending
        } else {
            Poll::Ready(())
        }
    })
    .await
}

fn main() {
    let (tx, mut rx) = channel(2);
    let chan = tx.0.clone();
    let got = Rc::new(RefCell::new(Vec::new()));
    let g = got.clone();
    let r = run(vec![
        Box::pin(async move {
            for i in 0..6 {
                tx.send(i).await
            }
        }),
        Box::pin(async move {
            while let Some(v) = rx.recv().await {
                g.borrow_mut().push(v)
            }
        }),
    ]);
    println!(
        "channel: {:?}, sender met a full queue {} times, polls {:?}",
        got.borrow(),
        chan.full.get(),
        r
    );

    let m = Rc::new(AsyncMutex::new(Vec::new()));
    let tasks = ["a", "b", "c"].map(|n| {
        let m = m.clone();
        Box::pin(async move {
            for i in 0..2 {
                let mut g = m.lock().await;
                g.push(format!("{n}{i}("));
                yield_now().await;
                g.push(format!("){n}{i}"));
            }
        }) as Task
    });
    println!("mutex: {:?}", run(tasks.into()).is_ok());
    println!("  {}", unsafe { &*m.v.get() }.join(" "));

    // ANCHOR: futurelock
    // Futurelock: a future that owns the lock is kept alive but nobody
    // polls it any more.
    let m = Rc::new(AsyncMutex::new(0));
    let stuck = run(vec![Box::pin(async move {
        let mut hold = Box::pin(async {
            let _g = m.lock().await;
            yield_now().await;
        });
        // One poll: it has the lock.
        let _ = poll_fn(|cx| Poll::Ready(hold.as_mut().poll(cx))).await;
        let _g = m.lock().await; // ... and waits for ever
        hold.await;
    })]);
    println!("futurelock: {stuck:?}");
    // ANCHOR_END: futurelock
}
