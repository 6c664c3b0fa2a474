//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Conway's example of 1963, told twice: as a subroutine that has to remember
// where it was, and as a coroutine that simply is there.
use std::cell::Cell;
use std::future::{poll_fn, Future};
use std::pin::pin;
use std::str::Chars;
use std::task::{Context, Poll, Waker};

// ANCHOR: subroutine
struct Squash<'a> {
    input: Chars<'a>,
    kept: Option<char>, // the switch
}

impl Squash<'_> {
    fn next(&mut self) -> Option<char> {
        if let Some(c) = self.kept.take() {
            return Some(c);
        }
        let c = self.input.next()?;
        if c != '*' {
            return Some(c);
        }
        let second = self.input.next();
        if second == Some('*') {
            return Some('^');
        }
        self.kept = second; // for the next call
        Some('*')
    }
}
// ANCHOR_END: subroutine

// ANCHOR: coroutine
async fn squash(mut input: Chars<'_>, out: &Slot) {
    while let Some(c) = input.next() {
        if c != '*' {
            out.put(c).await;
            continue;
        }
        let second = input.next();
        if second == Some('*') {
            out.put('^').await;
            continue;
        }
        out.put('*').await;
        if let Some(c) = second {
            out.put(c).await;
        }
    }
}
// ANCHOR_END: coroutine

/// Room for one character.
#[derive(Default)]
struct Slot(Cell<Option<char>>);

impl Slot {
    /// Leaves the character there, and waits until it has been fetched.
    async fn put(&self, c: char) {
        self.0.set(Some(c));
        poll_fn(|_| match self.0.get() {
            Some(_) => Poll::Pending,
            None => Poll::Ready(()),
        })
        .await
    }
}

fn main() {
    let card = "a**b*c***d*";
    println!("card:       {card}");

    let (input, kept) = (card.chars(), None);
    let mut squasher = Squash { input, kept };
    let mut line = String::new();
    while let Some(c) = squasher.next() {
        line.push(c);
    }
    println!("subroutine: {line}");

    let slot = Slot::default();
    let mut squasher = pin!(squash(card.chars(), &slot));
    let mut cx = Context::from_waker(Waker::noop());
    let mut line = String::new();
    while squasher.as_mut().poll(&mut cx).is_pending() {
        line.extend(slot.0.take());
    }
    println!("coroutine:  {line}");
}
