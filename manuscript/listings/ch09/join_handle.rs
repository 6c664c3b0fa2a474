//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Where the output of a task goes: a slot that two sides hold, and a waker
// for whoever waits. A panic is an output too.
use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::{poll_fn, Future};
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::pin::{pin, Pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::thread::Result;

// ANCHOR: handle
struct Slot<T> {
    output: Option<Result<T>>,
    waker: Option<Waker>,
}

struct JoinHandle<T>(Rc<RefCell<Slot<T>>>);

impl<T> Future for JoinHandle<T> {
    type Output = Result<T>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<T>> {
        let mut slot = self.0.borrow_mut();
        match slot.output.take() {
            Some(output) => Poll::Ready(output),
            None => {
                slot.waker = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }
}
// ANCHOR_END: handle

type Job = Pin<Box<dyn Future<Output = ()>>>;

#[derive(Clone, Default)]
struct Executor(Rc<RefCell<VecDeque<Job>>>);

impl Executor {
    // ANCHOR: spawn
    fn spawn<T: 'static>(
        &self,
        job: impl Future<Output = T> + 'static,
    ) -> JoinHandle<T> {
        let slot = Rc::new(RefCell::new(Slot {
            output: None,
            waker: None,
        }));
        let theirs = slot.clone();
        // ANCHOR_END: spawn
        // ANCHOR: wrap
        self.0.borrow_mut().push_back(Box::pin(async move {
            let mut job = pin!(job);
            let output = poll_fn(|cx| {
                let poll = AssertUnwindSafe(|| job.as_mut().poll(cx));
                match catch_unwind(poll) {
                    Ok(poll) => poll.map(Ok),
                    Err(panic) => Poll::Ready(Err(panic)),
                }
            })
            .await;
            let mut slot = theirs.borrow_mut();
            slot.output = Some(output);
            let waker = slot.waker.take();
            drop(slot); // whom we call may look into it
            waker.map(Waker::wake);
        }));
        JoinHandle(slot)
    }
    // ANCHOR_END: wrap

    /// Polls everybody in turn until `main` is ready. The wakers are those
    /// of nobody: this listing is about the slot.
    fn block_on<F: Future>(&self, main: F) -> F::Output {
        let mut main = pin!(main);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = main.as_mut().poll(&mut cx) {
                return value;
            }
            let next = self.0.borrow_mut().pop_front();
            if let Some(mut job) = next {
                if job.as_mut().poll(&mut cx).is_pending() {
                    self.0.borrow_mut().push_back(job);
                }
            }
        }
    }
}

// ANCHOR: main
fn main() {
    let executor = Executor::default();
    let spawner = executor.clone();
    executor.block_on(async move {
        let sum = spawner.spawn(async { (1..=10).sum::<u32>() });
        println!("sum: {:?}", sum.await.unwrap());

        let unlucky = spawner.spawn(async {
            let empty: Vec<u32> = Vec::new();
            empty[0]
        });
        println!("unlucky panicked: {}", unlucky.await.is_err());

        drop(spawner.spawn(async { println!("detached, and still run") }));
        spawner.spawn(async {}).await.unwrap();
    });
}
// ANCHOR_END: main
