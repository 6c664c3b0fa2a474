//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A duration has no meaning until somebody looks at the clock. When does
// that happen, and how often?
use std::cell::Cell;
use std::future::Future;
use std::pin::{pin, Pin};
use std::task::{Context, Poll, Waker};

type Millis = u64;

thread_local! {
    static NOW: Cell<Millis> = const { Cell::new(0) };
}

fn now() -> Millis {
    NOW.get()
}

/// Whatever keeps the thread busy for so long.
fn work(time: Millis) {
    NOW.set(now() + time);
}

struct Sleep {
    deadline: Millis,
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if now() >= self.deadline {
            Poll::Ready(())
        } else {
            Poll::Pending // our driver needs no waker: it looks every ms
        }
    }
}

fn sleep_until(deadline: Millis) -> Sleep {
    Sleep { deadline }
}

// ANCHOR: sleep
/// Looks at the clock when it is called.
fn sleep(time: Millis) -> Sleep {
    sleep_until(now() + time)
}

/// Looks at the clock when it is polled for the first time.
async fn lazy_sleep(time: Millis) {
    sleep(time).await
}
// ANCHOR_END: sleep

// ANCHOR: drift
async fn by_durations() -> Vec<Millis> {
    let mut at = Vec::new();
    for _ in 0..4 {
        sleep(100).await;
        at.push(now());
        work(30);
    }
    at
}

async fn by_deadlines() -> Vec<Millis> {
    let (mut at, start) = (Vec::new(), now());
    for n in 1..=4 {
        sleep_until(start + n * 100).await;
        at.push(now());
        work(30);
    }
    at
}
// ANCHOR_END: drift

fn block_on<F: Future>(f: F) -> F::Output {
    let mut f = pin!(f);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        match f.as_mut().poll(&mut cx) {
            Poll::Ready(value) => return value,
            Poll::Pending => NOW.set(now() + 1),
        }
    }
}

fn main() {
    // ANCHOR: start
    let (eager, lazy) = (sleep(100), lazy_sleep(100));
    work(60);
    block_on(eager);
    println!("sleep, called at 0, polled at 60: over at {}", now());

    NOW.set(60);
    block_on(lazy);
    println!("lazy_sleep, the same: over at {}", now());
    // ANCHOR_END: start

    NOW.set(0);
    println!("by durations: {:?}", block_on(by_durations()));
    NOW.set(0);
    println!("by deadlines: {:?}", block_on(by_deadlines()));
}
