//@ kind: run
//@ edition: 2021
//@ min: 1.85
// The machine of a loop, each round of which owns something.
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

struct Noisy(u32);

impl Drop for Noisy {
    fn drop(&mut self) {
        print!(" -{}", self.0);
    }
}

// ANCHOR: sugar
async fn rounds(times: u32) -> u32 {
    let mut done = 0;
    while done < times {
        let _token = Noisy(done);
        Once(false).await;
        done += 1;
    }
    done
}
// ANCHOR_END: sugar

// ANCHOR: hand
enum Rounds {
    Unresumed { times: u32 },
    Head { times: u32, done: u32 },
    Suspend0(Round),
    Returned,
    Panicked,
}

/// What lives across the one await.
struct Round {
    times: u32,
    done: u32,
    sub: Once,
    token: Noisy,
}

impl Future for Rounds {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        loop {
            match replace(&mut *self, Rounds::Panicked) {
                Rounds::Unresumed { times } => {
                    *self = Rounds::Head { times, done: 0 };
                }
                Rounds::Head { times, done } if done < times => {
                    *self = Rounds::Suspend0(Round {
                        times,
                        done,
                        sub: Once(false),
                        token: Noisy(done),
                    });
                }
                Rounds::Head { done, .. } => {
                    *self = Rounds::Returned;
                    return Poll::Ready(done);
                }
                Rounds::Suspend0(mut round) => {
                    if Pin::new(&mut round.sub).poll(cx).is_pending() {
                        *self = Rounds::Suspend0(round);
                        return Poll::Pending;
                    }
                    let (times, done) = (round.times, round.done + 1);
                    drop(round.token);
                    *self = Rounds::Head { times, done };
                }
                Rounds::Returned => panic!("resumed after completion"),
                Rounds::Panicked => panic!("resumed after panicking"),
            }
        }
    }
}
// ANCHOR_END: hand

fn trace(name: &str, future: impl Future<Output = u32>, most: u32) {
    print!("{name}, {most} polls at most:");
    let mut future = Box::pin(future);
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..most {
        match future.as_mut().poll(&mut cx) {
            Poll::Pending => print!(" pending"),
            Poll::Ready(done) => {
                print!(" ready({done})");
                break;
            }
        }
    }
    drop(future);
    println!();
}

fn main() {
    for most in [0, 2, 9] {
        trace("sugar", rounds(3), most);
        trace("hand ", Rounds::Unresumed { times: 3 }, most);
    }
}
