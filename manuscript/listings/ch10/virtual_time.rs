//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A day in no time: when everybody sleeps, the clock may jump.
use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, VecDeque};
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering::*};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

// ANCHOR: clock
#[derive(Default)]
struct Clock {
    now: Cell<Duration>, // since the start of the program
    heap: RefCell<BinaryHeap<Reverse<(Duration, u64)>>>,
    wakers: RefCell<HashMap<u64, Waker>>,
    next: Cell<u64>,
}

thread_local! {
    static CLOCK: Clock = Clock::default();
}

fn now() -> Duration {
    CLOCK.with(|c| c.now.get())
}

// ANCHOR: jump
/// Nobody can run before the first deadline, so that is now the time.
fn jump(c: &Clock) -> Option<()> {
    let Reverse((deadline, id)) = c.heap.borrow_mut().pop()?;
    c.now.set(deadline);
    let waker = c.wakers.borrow_mut().remove(&id);
    waker.into_iter().for_each(Waker::wake);
    Some(())
}
// ANCHOR_END: jump
// ANCHOR_END: clock

// ANCHOR: sleep
struct Sleep {
    deadline: Duration,
    id: Option<u64>,
}

fn sleep(hours: u64) -> Sleep {
    let deadline = now() + Duration::from_secs(hours * 3600);
    Sleep { deadline, id: None }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let deadline = self.deadline;
        if now() >= deadline {
            return Poll::Ready(());
        }
        CLOCK.with(|c| {
            let id = *self.id.get_or_insert_with(|| {
                c.next.set(c.next.get() + 1);
                c.heap.borrow_mut().push(Reverse((deadline, c.next.get())));
                c.next.get()
            });
            c.wakers.borrow_mut().insert(id, cx.waker().clone());
        });
        Poll::Pending
    }
}
// ANCHOR_END: sleep

#[derive(Default)]
struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Relaxed);
    }
}

// ANCHOR: run
type Job = Pin<Box<dyn Future<Output = ()>>>;

/// Polls everybody; when nobody was woken, lets the clock jump.
fn run(mut jobs: VecDeque<Job>) {
    let woken = Arc::new(Flag::default());
    let waker = Waker::from(woken.clone());
    let mut cx = Context::from_waker(&waker);
    loop {
        jobs.retain_mut(|job| job.as_mut().poll(&mut cx).is_pending());
        while !woken.0.swap(false, Relaxed) {
            if jobs.is_empty() || CLOCK.with(jump).is_none() {
                return;
            }
        }
    }
}
// ANCHOR_END: run

// ANCHOR: main
async fn every(hours: u64, what: &str) {
    while now() < Duration::from_secs(24 * 3600) {
        sleep(hours).await;
        println!("{:2} h: {what}", now().as_secs() / 3600);
    }
}

fn main() {
    let start = Instant::now();
    let first: Job = Box::pin(every(8, "feed the cat"));
    let second: Job = Box::pin(every(12, "wind the clock"));
    run(VecDeque::from([first, second]));
    println!("on the clock of the program: {} s", now().as_secs());
    let real = start.elapsed();
    println!("really less than an hour: {}", real.as_secs() < 3600);
}
// ANCHOR_END: main
