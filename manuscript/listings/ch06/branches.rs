//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A loop, a question mark and a branch: the states are the awaits, and what
// lies between them is ordinary control flow.
use std::future::Future;
use std::mem::replace;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

struct Once(bool);

impl Future for Once {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if replace(&mut self.0, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

/// Pending once; then the number, unless it is thirteen.
struct Read(u32, Once);

impl Future for Read {
    type Output = Result<u32, &'static str>;

    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Self::Output> {
        let number = self.0;
        Pin::new(&mut self.1).poll(cx).map(|()| match number {
            13 => Err("there is no 13"),
            n => Ok(n),
        })
    }
}

fn read(number: u32) -> Read {
    Read(number, Once(false))
}

// ANCHOR: sugar
async fn total(mut left: u32) -> Result<u32, &'static str> {
    let mut sum = 0;
    while left > 0 {
        let n = read(left).await?;
        if n % 2 == 0 {
            Once(false).await;
        }
        sum += n;
        left -= 1;
    }
    Ok(sum)
}
// ANCHOR_END: sugar

#[rustfmt::skip]
// ANCHOR: states
enum Total {
    Unresumed { left: u32 },
    Head { left: u32, sum: u32 },
    Suspend0 { left: u32, sum: u32, sub: Read },
    Suspend1 { left: u32, sum: u32, n: u32, sub: Once },
    Tail { left: u32, sum: u32, n: u32 },
    Returned,
    Panicked,
}
// ANCHOR_END: states

impl Future for Total {
    type Output = Result<u32, &'static str>;

    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Self::Output> {
        loop {
            // ANCHOR: arms
            match replace(&mut *self, Total::Panicked) {
                Total::Unresumed { left } => {
                    *self = Total::Head { left, sum: 0 };
                }
                Total::Head { left: 0, sum } => {
                    *self = Total::Returned;
                    return Poll::Ready(Ok(sum));
                }
                Total::Head { left, sum } => {
                    let sub = read(left);
                    *self = Total::Suspend0 { left, sum, sub };
                }
                Total::Suspend0 { left, sum, mut sub } => {
                    match Pin::new(&mut sub).poll(cx) {
                        Poll::Pending => {
                            *self = Total::Suspend0 { left, sum, sub };
                            return Poll::Pending;
                        }
                        Poll::Ready(Err(e)) => {
                            *self = Total::Returned;
                            return Poll::Ready(Err(e));
                        }
                        Poll::Ready(Ok(n)) if n % 2 == 0 => {
                            let sub = Once(false);
                            *self = Total::Suspend1 { left, sum, n, sub };
                        }
                        Poll::Ready(Ok(n)) => {
                            *self = Total::Tail { left, sum, n };
                        }
                    }
                }
                // ANCHOR_END: arms
                Total::Suspend1 {
                    left,
                    sum,
                    n,
                    mut sub,
                } => match Pin::new(&mut sub).poll(cx) {
                    Poll::Pending => {
                        *self = Total::Suspend1 { left, sum, n, sub };
                        return Poll::Pending;
                    }
                    Poll::Ready(()) => {
                        *self = Total::Tail { left, sum, n };
                    }
                },
                // ANCHOR: tail
                Total::Tail { left, sum, n } => {
                    *self = Total::Head {
                        left: left - 1,
                        sum: sum + n,
                    };
                }
                // ANCHOR_END: tail
                Total::Returned => panic!("resumed after completion"),
                Total::Panicked => panic!("resumed after panicking"),
            }
        }
    }
}

fn run<F: Future>(future: F) -> (F::Output, u32) {
    let mut future = Box::pin(future);
    let mut cx = Context::from_waker(Waker::noop());
    let mut polls = 0;
    loop {
        polls += 1;
        if let Poll::Ready(v) = future.as_mut().poll(&mut cx) {
            return (v, polls);
        }
    }
}

fn main() {
    // ANCHOR: main
    for left in [0, 4, 12, 14] {
        let (value, polls) = run(total(left));
        println!("sugar, {left}: {value:?}, polls: {polls}");
        let (value, polls) = run(Total::Unresumed { left });
        println!("hand,  {left}: {value:?}, polls: {polls}");
    }
    // ANCHOR_END: main
}
