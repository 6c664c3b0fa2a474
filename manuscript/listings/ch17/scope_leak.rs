//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Why a task may not borrow from its spawner. A guard would wait in its
// Drop; but nobody has to drop a guard. Nothing forbidden is done here: the
// tasks only say what they would still have been allowed to touch.
use std::cell::{Cell, RefCell};
use std::future::{poll_fn, Future};
use std::mem::forget;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

// ANCHOR: executor
type Job = Pin<Box<dyn Future<Output = ()>>>;

#[derive(Clone, Default)]
struct Executor(Rc<RefCell<Vec<Job>>>);

impl Executor {
    fn poll_all(&self) -> usize {
        let mut cx = Context::from_waker(Waker::noop());
        let mut jobs = self.0.take();
        jobs.retain_mut(|job| job.as_mut().poll(&mut cx).is_pending());
        self.0.borrow_mut().append(&mut jobs);
        self.0.borrow().len()
    }
}
// ANCHOR_END: executor

// ANCHOR: scope
/// Promises that its tasks have ended when it has been dropped.
struct Scope(Executor);

impl Scope {
    /// Were this sound, it would take a future that borrows.
    fn spawn(&self, job: impl Future<Output = ()> + 'static) {
        self.0 .0.borrow_mut().push(Box::pin(job));
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        while self.0.poll_all() > 0 {} // blocks the thread, by the way
    }
}
// ANCHOR_END: scope

// ANCHOR: main
/// Stands for the frame of a function, with a buffer in it.
struct Frame(Rc<Cell<&'static str>>);

impl Drop for Frame {
    fn drop(&mut self) {
        self.0.set("is gone, and its buffer with it");
    }
}

fn spawner(executor: &Executor, leak: bool) {
    let frame = Frame(Rc::new(Cell::new("is still there")));
    let theirs = frame.0.clone();
    let scope = Scope(executor.clone()); // dropped before `frame`
    scope.spawn(async move {
        let mut left = 2;
        poll_fn(|_| {
            println!("  the task runs; the frame {}", theirs.get());
            left -= 1;
            match left {
                0 => Poll::Ready(()),
                _ => Poll::Pending,
            }
        })
        .await
    });
    if leak {
        forget(scope); // safe code, and no warning
    }
}

fn main() {
    for leak in [false, true] {
        println!("guard {}:", if leak { "forgotten" } else { "dropped" });
        let executor = Executor::default();
        spawner(&executor, leak);
        println!("  the spawner has returned");
        while executor.poll_all() > 0 {}
    }
}
// ANCHOR_END: main
