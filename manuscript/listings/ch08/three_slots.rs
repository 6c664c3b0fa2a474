//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Three projections with the same body, of which one is right.
use std::cell::Cell;
use std::marker::PhantomPinned;
use std::pin::{pin, Pin};

// ANCHOR: witness
/// Remembers where it was pinned, and looks again when it is dropped.
#[derive(Default)]
struct Witness {
    seen: Cell<usize>,
    _pinned: PhantomPinned,
}

impl Witness {
    fn here(&self) -> usize {
        self as *const Witness as usize
    }

    fn look(self: Pin<&mut Self>) {
        self.seen.set(self.here());
    }
}

impl Drop for Witness {
    fn drop(&mut self) {
        let same = self.here() == self.seen.get();
        println!("  dropped where it was pinned: {same}");
    }
}
// ANCHOR_END: witness

// ANCHOR: slot
struct Slot(Option<Witness>);
struct Liar(Option<Witness>);
struct Tidy(Option<Witness>);

impl Unpin for Liar {} // an impl of a safe trait

impl Drop for Tidy {
    fn drop(&mut self) {
        drop(self.0.take()); // no unsafe in sight
    }
}

macro_rules! project {
    ($($name:ident)*) => {$(
        impl $name {
            fn project(self: Pin<&mut Self>) -> Pin<&mut Option<Witness>> {
                // SAFETY: the Option is pinned when self is. (Is it?)
                unsafe { self.map_unchecked_mut(|this| &mut this.0) }
            }

            fn look(self: Pin<&mut Self>) {
                self.project().as_pin_mut().unwrap().look();
            }
        }
    )*};
}

project! { Slot Liar Tidy }
// ANCHOR_END: slot

fn main() {
    // ANCHOR: main
    println!("a Slot goes out of scope");
    {
        let mut slot = pin!(Slot(Some(Witness::default())));
        slot.as_mut().look();
    }
    println!("a Slot is emptied with Pin::set");
    {
        let mut slot = pin!(Slot(Some(Witness::default())));
        slot.as_mut().look();
        slot.as_mut().project().set(None);
    }
    println!("a Liar is moved into a box");
    {
        let mut liar = Liar(Some(Witness::default()));
        Pin::new(&mut liar).look();
        drop(Box::new(liar));
    }
    println!("a Tidy goes out of scope");
    {
        let mut tidy = pin!(Tidy(Some(Witness::default())));
        tidy.as_mut().look();
    }
    // ANCHOR_END: main
}
