//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ pinned
// Futures before async: values with methods, chained. Every step is a
// closure, and every step makes the type longer.
use std::any::type_name_of_val;
use std::mem::size_of_val;

// ANCHOR: fut
trait Fut: Sized {
    type Item;

    fn poll(&mut self) -> Option<Self::Item>; // None: not yet

    fn and_then<F, B>(self, f: F) -> AndThen<Self, F, B>
    where
        F: FnOnce(Self::Item) -> B,
        B: Fut,
    {
        AndThen::First(self, Some(f))
    }
}
// ANCHOR_END: fut

// ANCHOR: andthen
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
// ANCHOR_END: andthen

// ANCHOR: leaf
/// Ready at the second poll.
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
// ANCHOR_END: leaf

// ANCHOR: run
fn run<F: Fut>(name: &str, mut f: F) -> F::Item {
    let (size, len) = (size_of_val(&f), type_name_of_val(&f).len());
    let mut polls = 1;
    loop {
        if let Some(item) = f.poll() {
            println!("{name} {size} bytes, {polls} polls");
            println!("    the name of the type: {len} letters");
            return item;
        }
        polls += 1;
    }
}
// ANCHOR_END: run

// ANCHOR: main
fn main() {
    run("one step   ", later(1));
    run("two steps  ", later(1).and_then(|a| later(a + 1)));
    run(
        "three steps",
        later(1)
            .and_then(|a| later(a + 1))
            .and_then(|b| later(b * 10)),
    );
    // A later step wants an earlier value: so the closures nest, or every
    // step carries along whatever one of its successors may need.
    let sum = run(
        "nested     ",
        later(1).and_then(|a| {
            later(a + 1).and_then(move |b| {
                later(b * 10).and_then(move |c| later(a + b + c))
            })
        }),
    );
    println!("sum: {sum}");
}
// ANCHOR_END: main
