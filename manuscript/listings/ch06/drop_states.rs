//@ kind: run
//@ edition: 2021
//@ min: 1.85
// What is dropped, and in which order, by a future abandoned in each state.
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

struct Once(bool);

impl Future for Once {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

pub struct Noisy(&'static str);

impl Drop for Noisy {
    fn drop(&mut self) {
        print!(" {}", self.0);
    }
}

// ANCHOR: serve
pub async fn serve(order: Noisy) {
    {
        let _till = Noisy("till");
        let _slip = Noisy("slip");
        Once(false).await;
        print!(" |");
    }
    Once(false).await;
    print!(" | {}'s", order.0);
}
// ANCHOR_END: serve

fn main() {
    // ANCHOR: main
    for polls in 0..=3 {
        print!("polls {polls}:");
        let mut future = Box::pin(serve(Noisy("order")));
        let mut cx = Context::from_waker(Waker::noop());
        for _ in 0..polls {
            let _ = future.as_mut().poll(&mut cx);
        }
        print!(" (now)");
        drop(future);
        println!();
    }
    // ANCHOR_END: main
}
