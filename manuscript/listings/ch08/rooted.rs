//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Exercise: a Named that cannot be moved once it points into itself.
use std::marker::PhantomPinned;
use std::pin::Pin;
use std::ptr::null;

// ANCHOR: rooted
pub struct Rooted {
    name: &'static str,
    me: *const &'static str,
    _pinned: PhantomPinned,
}

impl Rooted {
    pub fn new(name: &'static str) -> Rooted {
        let (me, _pinned) = (null(), PhantomPinned);
        Rooted { name, me, _pinned }
    }

    pub fn root(self: Pin<&mut Self>) {
        // SAFETY: nothing is moved out of `this`.
        let this = unsafe { self.get_unchecked_mut() };
        this.me = &raw const this.name;
    }

    pub fn hello(&self) -> &'static str {
        match self.me.is_null() {
            true => "(nobody yet)",
            // SAFETY: `me` is set in `root` alone. Since then we have been
            // pinned, so `name` is where it was.
            false => unsafe { *self.me },
        }
    }
}
// ANCHOR_END: rooted

fn main() {
    // ANCHOR: main
    let (mut a, mut b) = (Rooted::new("Ada"), Rooted::new("Bob"));
    std::mem::swap(&mut a, &mut b); // nobody is pinned yet
    let (mut a, mut b) = (Box::pin(a), Box::pin(b));
    a.as_mut().root();
    b.as_mut().root();
    println!("a: {}, b: {}", a.hello(), b.hello());
    std::mem::swap(&mut a, &mut b); // swaps the boxes
    println!("a: {}, b: {}", a.hello(), b.hello());
    // ANCHOR_END: main
}
