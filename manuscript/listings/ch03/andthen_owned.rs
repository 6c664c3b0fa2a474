//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ pinned
// Two repairs of a chain that cannot borrow: `move`, and handing on.
use std::mem::size_of_val;

trait Fut: Sized {
    type Item;

    fn poll(&mut self) -> Option<Self::Item>;

    fn and_then<F, B>(self, f: F) -> AndThen<Self, F, B>
    where
        F: FnOnce(Self::Item) -> B,
        B: Fut,
    {
        AndThen::First(self, Some(f))
    }
}

enum AndThen<A, F, B> {
    First(A, Option<F>),
    Second(B),
}

impl<A, F, B> Fut for AndThen<A, F, B>
where
    A: Fut,
    F: FnOnce(A::Item) -> B,
    B: Fut,
{
    type Item = B::Item;

    fn poll(&mut self) -> Option<B::Item> {
        if let AndThen::First(a, f) = self {
            let item = a.poll()?;
            let f = f.take().expect("polled after its end");
            *self = AndThen::Second(f(item));
        }
        match self {
            AndThen::Second(b) => b.poll(),
            AndThen::First(..) => unreachable!(),
        }
    }
}

struct Later<T>(Option<T>, bool);

fn later<T>(value: T) -> Later<T> {
    Later(Some(value), false)
}

impl<T> Fut for Later<T> {
    type Item = T;

    fn poll(&mut self) -> Option<T> {
        if std::mem::replace(&mut self.1, true) {
            self.0.take()
        } else {
            None
        }
    }
}

// ANCHOR: owned
fn by_move() -> impl Fut<Item = usize> {
    let buffer = [0u8; 64];
    later(5).and_then(move |n| later(buffer[..n].len()))
}

/// The second future owns the buffer, and gives it back with the answer.
struct Count([u8; 64], usize);

impl Fut for Count {
    type Item = ([u8; 64], usize);

    fn poll(&mut self) -> Option<Self::Item> {
        Some((self.0, self.0[..self.1].len()))
    }
}

fn handed_on() -> impl Fut<Item = ([u8; 64], usize)> {
    let buffer = [0u8; 64];
    later(5).and_then(move |n| Count(buffer, n))
}
// ANCHOR_END: owned

fn drive<F: Fut>(mut f: F) -> F::Item {
    loop {
        if let Some(item) = f.poll() {
            return item;
        }
    }
}

fn main() {
    let (a, b) = (by_move(), handed_on());
    println!("by move:   {} bytes", size_of_val(&a));
    println!("handed on: {} bytes", size_of_val(&b));
    println!("{} and {}", drive(a), drive(b).1);
}
