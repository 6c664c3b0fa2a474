//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A test for cancel safety: run a future again and again, and each time
// drop it one await later. What has become of the money?
use std::cell::Cell;
use std::future::{poll_fn, Future};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

async fn pause() {
    let mut first = true;
    poll_fn(|_| match std::mem::take(&mut first) {
        true => Poll::Pending,
        false => Poll::Ready(()),
    })
    .await
}

// ANCHOR: transfer
struct Bank {
    from: Cell<i32>,
    to: Cell<i32>,
}

impl Bank {
    fn new() -> Bank {
        Bank {
            from: Cell::new(10),
            to: Cell::new(0),
        }
    }

    fn total(&self) -> i32 {
        self.from.get() + self.to.get()
    }

    /// Between the two steps the money is nowhere but in the future.
    async fn transfer(&self) {
        pause().await; // asks whether the sum is there
        self.from.set(self.from.get() - 10);
        pause().await; // asks whether the other side will take it
        self.to.set(self.to.get() + 10);
        pause().await; // sends the receipt
    }

    /// Everything that may wait comes before; then both steps, without an
    /// await between them.
    async fn transfer_safely(&self) {
        pause().await;
        pause().await;
        self.from.set(self.from.get() - 10);
        self.to.set(self.to.get() + 10);
        pause().await;
    }
}
// ANCHOR_END: transfer

// ANCHOR: points
type Job<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

/// Cancels after 0 polls, after 1, after 2, until one run gets to its end.
fn cancel_everywhere(name: &str, start: fn(&Bank) -> Job<'_>) {
    println!("{name}:");
    for limit in 0.. {
        let bank = Bank::new();
        let mut job = start(&bank);
        let mut cx = Context::from_waker(Waker::noop());
        let ready =
            (0..limit).any(|_| job.as_mut().poll(&mut cx).is_ready());
        drop(job);
        let verdict = match (ready, bank.total()) {
            (true, 10) => "completed",
            (false, 10) => "cancelled, fine",
            _ => "cancelled, and money is lost",
        };
        println!("  {limit} polls: {verdict}");
        if ready {
            return;
        }
    }
}
// ANCHOR_END: points

fn main() {
    cancel_everywhere("transfer", |bank| Box::pin(bank.transfer()));
    cancel_everywhere("transfer_safely", |bank| {
        Box::pin(bank.transfer_safely())
    });
}
