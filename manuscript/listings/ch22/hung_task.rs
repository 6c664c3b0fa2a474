//@ kind: run
//@ edition: 2021
//@ min: 1.85
// One of a hundred tasks hangs. Which one, and since when? An executor that
// keeps a little book can tell.
use std::any::type_name;
use std::cell::RefCell;
use std::future::{poll_fn, Future};
use std::panic::Location;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering::*};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

// ANCHOR: book
/// What the executor writes down of each task.
struct Task {
    job: Pin<Box<dyn Future<Output = ()>>>,
    name: &'static str,
    spawned: &'static Location<'static>,
    flag: Arc<Flag>,
    polls: u32,
    last: u32, // the round in which it was last polled
}

struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Release);
    }
}

#[derive(Default)]
struct Executor(RefCell<Vec<Task>>);

impl Executor {
    #[track_caller] // so that Location is the line that spawned
    fn spawn<F>(&self, job: F)
    where
        F: Future<Output = ()> + 'static,
    {
        self.0.borrow_mut().push(Task {
            job: Box::pin(job),
            name: type_name::<F>(),
            spawned: Location::caller(),
            flag: Arc::new(Flag(AtomicBool::new(true))),
            polls: 0,
            last: 0,
        });
    }
}
// ANCHOR_END: book

// ANCHOR: run
impl Executor {
    /// Until nobody is awake. Whoever is left then can be woken by nobody:
    /// there is no reactor and no other thread in this program.
    fn run(&self) -> u32 {
        let mut round = 0;
        loop {
            round += 1;
            let mut woken = 0;
            self.0.borrow_mut().retain_mut(|task| {
                if !task.flag.0.swap(false, AcqRel) {
                    return true;
                }
                woken += 1;
                task.polls += 1;
                task.last = round;
                let waker = Waker::from(task.flag.clone());
                let mut cx = Context::from_waker(&waker);
                task.job.as_mut().poll(&mut cx).is_pending()
            });
            if woken == 0 {
                return round;
            }
        }
    }

    fn report(&self) {
        for task in &*self.0.borrow() {
            let line = task.spawned.line();
            let wakers = Arc::strong_count(&task.flag) - 1;
            println!("hung: {}, spawned in line {line}", task.name);
            println!(
                "  {} polls, the last in round {}",
                task.polls, task.last
            );
            println!("  wakers in other hands: {wakers}");
        }
    }
}
// ANCHOR_END: run

async fn yield_now() {
    let mut first = true;
    poll_fn(|cx| match std::mem::take(&mut first) {
        true => {
            cx.waker().wake_by_ref();
            Poll::Pending
        }
        false => Poll::Ready(()),
    })
    .await
}

// ANCHOR: main
async fn well_behaved(steps: u32) {
    for _ in 0..steps {
        yield_now().await;
    }
}

async fn sick() {
    well_behaved(3).await;
    poll_fn(|_| Poll::<()>::Pending).await // wakes nobody
}

fn main() {
    let executor = Executor::default();
    for n in 0..99 {
        if n == 41 {
            executor.spawn(sick());
        }
        executor.spawn(well_behaved(n % 7));
    }
    println!("quiet after {} rounds", executor.run());
    executor.report();
}
// ANCHOR_END: main
