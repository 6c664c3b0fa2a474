//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Drop cannot await. But it can give what is left to do to somebody who
// can: a task that outlives the cancelled one.
use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::{poll_fn, Future};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

async fn pause() {
    let mut first = true;
    poll_fn(|_| match std::mem::take(&mut first) {
        true => Poll::Pending,
        false => Poll::Ready(()),
    })
    .await
}

type Job = Pin<Box<dyn Future<Output = ()>>>;

#[derive(Clone, Default)]
struct Executor(Rc<RefCell<VecDeque<Job>>>);

impl Executor {
    fn spawn(&self, job: impl Future<Output = ()> + 'static) {
        self.0.borrow_mut().push_back(Box::pin(job));
    }

    fn run(&self) {
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            let next = self.0.borrow_mut().pop_front();
            let Some(mut job) = next else { return };
            if job.as_mut().poll(&mut cx).is_pending() {
                self.0.borrow_mut().push_back(job);
            }
        }
    }
}

// ANCHOR: session
struct Session {
    socket: Option<&'static str>, // None when it has been closed
    executor: Executor,
}

async fn goodbye(socket: &'static str) {
    println!("  saying goodbye on {socket}");
    pause().await;
    println!("  goodbye was heard on {socket}");
}

impl Session {
    /// The way one should go: the caller waits, and learns of errors.
    async fn close(mut self) {
        if let Some(socket) = self.socket.take() {
            goodbye(socket).await;
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(socket) = self.socket.take() {
            println!("  dropped with {socket} open");
            self.executor.spawn(goodbye(socket));
        }
    }
}
// ANCHOR_END: session

// ANCHOR: main
fn main() {
    let executor = Executor::default();
    let open = |socket| Session {
        socket: Some(socket),
        executor: executor.clone(),
    };

    println!("closed:");
    executor.spawn(open("socket 1").close());
    executor.run();

    println!("cancelled:");
    let session = open("socket 2");
    let mut work = Box::pin(async move {
        pause().await;
        session.close().await;
    });
    let mut cx = Context::from_waker(Waker::noop());
    assert!(work.as_mut().poll(&mut cx).is_pending());
    drop(work);
    println!("  the future is gone");
    executor.run();
}
// ANCHOR_END: main
