//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A handle that cancels its task when it is dropped. The task is told
// through the slot, and has to be woken in order to be told.
use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::{pending, poll_fn, Future};
use std::pin::{pin, Pin};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering::*};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

// ANCHOR: handle
struct Slot<T> {
    output: Option<T>,
    cancelled: bool,
    waiter: Option<Waker>, // whoever waits for the output
    task: Option<Waker>,   // the task itself
}

struct Handle<T>(Rc<RefCell<Slot<T>>>);

impl<T> Drop for Handle<T> {
    fn drop(&mut self) {
        let mut slot = self.0.borrow_mut();
        slot.cancelled = true;
        let task = slot.task.take();
        drop(slot);
        task.map(Waker::wake);
    }
}

impl<T> Future for Handle<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        let mut slot = self.0.borrow_mut();
        match slot.output.take() {
            Some(output) => Poll::Ready(output),
            None => {
                slot.waiter = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }
}
// ANCHOR_END: handle

// ANCHOR: wrap
/// What the executor is given in place of the job.
async fn wrap<T>(job: impl Future<Output = T>, slot: Rc<RefCell<Slot<T>>>) {
    let mut job = pin!(job);
    let output = poll_fn(|cx| {
        let mut ours = slot.borrow_mut();
        if ours.cancelled {
            return Poll::Ready(None);
        }
        ours.task = Some(cx.waker().clone());
        drop(ours); // the job may drop the handle
        job.as_mut().poll(cx).map(Some)
    })
    .await;
    let mut slot = slot.borrow_mut();
    slot.task = None;
    slot.output = output;
    let waiter = slot.waiter.take();
    drop(slot);
    waiter.map(Waker::wake);
}
// ANCHOR_END: wrap

#[derive(Default)]
struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Release);
    }
}

type Job = Pin<Box<dyn Future<Output = ()>>>;

/// Polls those that have been woken, until none is.
struct Executor(VecDeque<(Arc<Flag>, Job)>);

impl Executor {
    fn spawn<T: 'static>(
        &mut self,
        job: impl Future<Output = T> + 'static,
    ) -> Handle<T> {
        let slot = Rc::new(RefCell::new(Slot {
            output: None,
            cancelled: false,
            waiter: None,
            task: None,
        }));
        let woken = Arc::new(Flag(AtomicBool::new(true)));
        self.0.push_back((woken, Box::pin(wrap(job, slot.clone()))));
        Handle(slot)
    }

    fn run(&mut self) {
        while self.0.iter().any(|(flag, _)| flag.0.load(Acquire)) {
            self.0.retain_mut(|(flag, job)| {
                if !flag.0.swap(false, AcqRel) {
                    return true;
                }
                let waker = Waker::from(flag.clone());
                let mut cx = Context::from_waker(&waker);
                job.as_mut().poll(&mut cx).is_pending()
            });
        }
    }
}

struct Noisy(&'static str);

impl Drop for Noisy {
    fn drop(&mut self) {
        println!("{} is dropped", self.0);
    }
}

// ANCHOR: main
fn main() {
    let mut executor = Executor(VecDeque::new());
    let patient = executor.spawn(async {
        let _noisy = Noisy("the patient one");
        pending::<()>().await
    });
    let early = executor.spawn(async { println!("never printed") });
    drop(early);
    executor.run();
    println!("tasks left: {}", executor.0.len());
    drop(patient);
    println!("the handle is gone");
    executor.run();
    println!("tasks left: {}", executor.0.len());
}
// ANCHOR_END: main
