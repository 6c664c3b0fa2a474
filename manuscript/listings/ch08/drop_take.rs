//@ kind: run
//@ edition: 2021
//@ min: 1.85
// drop gets a &mut to what may have been pinned.
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
struct Slot<T>(Option<T>);

impl<T> Slot<T> {
    fn project(self: Pin<&mut Self>) -> Pin<&mut Option<T>> {
        // SAFETY: the Option is pinned when the Slot is.
        unsafe { self.map_unchecked_mut(|slot| &mut slot.0) }
    }
}
// ANCHOR_END: slot

// ANCHOR: tidy
struct Tidy<T>(Option<T>);

impl<T> Drop for Tidy<T> {
    fn drop(&mut self) {
        drop(self.0.take()); // no unsafe in sight
    }
}
// ANCHOR_END: tidy

impl<T> Tidy<T> {
    fn project(self: Pin<&mut Self>) -> Pin<&mut Option<T>> {
        // SAFETY: none. The Drop above moves what was pinned.
        unsafe { self.map_unchecked_mut(|tidy| &mut tidy.0) }
    }
}

fn main() {
    // ANCHOR: main
    println!("a Slot goes out of scope");
    {
        let mut slot = pin!(Slot(Some(Witness::default())));
        let inside = slot.as_mut().project().as_pin_mut();
        inside.unwrap().look();
    }
    println!("a Slot is emptied with Pin::set");
    {
        let mut slot = pin!(Slot(Some(Witness::default())));
        let inside = slot.as_mut().project().as_pin_mut();
        inside.unwrap().look();
        slot.as_mut().project().set(None);
    }
    println!("a Tidy goes out of scope");
    {
        let mut tidy = pin!(Tidy(Some(Witness::default())));
        let inside = tidy.as_mut().project().as_pin_mut();
        inside.unwrap().look();
    }
    // ANCHOR_END: main
}
