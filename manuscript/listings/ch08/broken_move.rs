//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A struct that points into itself, and the harmless swap that breaks it.
use std::mem::swap;

// ANCHOR: named
/// `me` is meant to be the address of the `name` beside it.
struct Named {
    name: &'static str,
    me: *const &'static str,
}

impl Named {
    /// In a box of its own, so that it has an address worth remembering.
    /// The raw pointer keeps everything that follows defined: nobody ever
    /// holds a reference while `me` is read.
    fn new(name: &'static str) -> *mut Named {
        let me = std::ptr::null();
        let this = Box::into_raw(Box::new(Named { name, me }));
        // SAFETY: `this` was allocated above and is not shared yet.
        unsafe { (*this).me = &raw const (*this).name };
        this
    }
}
// ANCHOR_END: named

// ANCHOR: hello
/// # Safety
/// `this` and what its `me` points to are alive.
unsafe fn hello(variable: &str, this: *const Named) {
    let (name, found) = ((*this).name, *(*this).me);
    let own = (*this).me == &raw const (*this).name;
    println!("{variable}: named {name}, but says it is {found}");
    println!("   points into itself: {own}");
}
// ANCHOR_END: hello

fn main() {
    let (a, b) = (Named::new("Ada"), Named::new("Bob"));
    // SAFETY: both boxes live until the end of the block.
    unsafe {
        // ANCHOR: swap
        println!("before the swap");
        hello("a", a);
        hello("b", b);

        swap(&mut *a, &mut *b); // two moves, and not a word from rustc

        println!("after the swap");
        hello("a", a);
        hello("b", b);
        // ANCHOR_END: swap
        drop((Box::from_raw(a), Box::from_raw(b)));
    }
}
