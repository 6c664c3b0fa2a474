//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Exercise: which of these time out, and when? On a clock that jumps.
use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fmt::Debug;
use std::future::{poll_fn, Future};
use std::pin::{pin, Pin};
use std::task::{Context, Poll, Waker};

type Millis = u64;

thread_local! {
    static NOW: Cell<Millis> = const { Cell::new(0) };
    static HEAP: RefCell<BinaryHeap<Reverse<Millis>>> = RefCell::default();
}

fn now() -> Millis {
    NOW.get()
}

fn work(time: Millis) {
    NOW.set(now() + time);
}

struct Sleep(Millis);

fn sleep(time: Millis) -> Sleep {
    Sleep(now() + time)
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if now() >= self.0 {
            return Poll::Ready(());
        }
        HEAP.with_borrow_mut(|heap| heap.push(Reverse(self.0)));
        Poll::Pending
    }
}

#[derive(Debug)]
struct Elapsed;

async fn timeout<F: Future>(
    ms: Millis,
    f: F,
) -> Result<F::Output, Elapsed> {
    let (mut f, mut sleep) = (pin!(f), pin!(sleep(ms)));
    poll_fn(|cx| {
        if let Poll::Ready(value) = f.as_mut().poll(cx) {
            return Poll::Ready(Ok(value));
        }
        sleep.as_mut().poll(cx).map(|()| Err(Elapsed))
    })
    .await
}

fn run<F: Future<Output: Debug>>(f: F) {
    NOW.set(0);
    HEAP.take();
    let mut f = pin!(f);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = f.as_mut().poll(&mut cx) {
            println!("{value:?} at {}", now());
            return;
        }
        let first = HEAP.with_borrow_mut(|heap| heap.pop()).unwrap().0;
        NOW.set(first.max(now()));
    }
}

// ANCHOR: five
async fn two() {
    sleep(60).await;
    sleep(60).await;
}

fn main() {
    run(async { timeout(100, two()).await });
    run(async {
        timeout(100, sleep(60)).await?;
        timeout(100, sleep(60)).await
    });
    run(async {
        let late = timeout(100, two());
        work(50);
        late.await
    });
    run(async { timeout(60, sleep(60)).await });
    run(async { timeout(60, async { work(200) }).await });
}
// ANCHOR_END: five
