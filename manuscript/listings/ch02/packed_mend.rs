//@ kind: run
//@ edition: 2021
// Three layouts for the same two fields, and two ways to print them.
use std::mem::{align_of, size_of};

// ANCHOR: three
#[repr(C)]
struct A {
    events: u32,
    data: u64,
}

#[repr(C, packed)]
struct B {
    events: u32,
    data: u64,
}

#[repr(C, packed(4))]
struct D {
    events: u32,
    data: u64,
}
// ANCHOR_END: three

fn main() {
    println!("A: size {}, align {}", size_of::<A>(), align_of::<A>());
    println!("B: size {}, align {}", size_of::<B>(), align_of::<B>());
    println!("D: size {}, align {}", size_of::<D>(), align_of::<D>());
    let a = A { events: 1, data: 2 };
    let b = B { events: 1, data: 2 };
    let d = D { events: 1, data: 2 };
    println!("{} {}", a.events, a.data);
    // ANCHOR: mended
    println!("{} {}", { b.events }, { b.data });
    let (events, data) = (&d.events, d.data);
    println!("{events} {data}");
    // ANCHOR_END: mended
}
