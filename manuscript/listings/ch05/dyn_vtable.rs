//@ kind: run
//@ edition: 2021
//@ pinned
//@ min: 1.63
// `dyn Future` taken apart: data pointer, vtable pointer, and the vtable's
// words.
use std::future::Future;
use std::mem::{align_of_val, size_of, size_of_val, transmute_copy};
use std::pin::Pin;
use std::task::{Context, Poll};

// ANCHOR: futures
struct Big([u64; 5], #[allow(dead_code)] Box<u8>);
impl Future for Big {
    type Output = u64;
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u64> {
        Poll::Ready(self.0[0])
    }
}

struct Small;
impl Future for Small {
    type Output = u64;
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u64> {
        Poll::Ready(1)
    }
}
// ANCHOR_END: futures

type Dyn = Pin<Box<dyn Future<Output = u64>>>;

// ANCHOR: dump
fn dump(name: &str, b: &Dyn) {
    // SAFETY of a sort: neither the order of the two words nor the shape of
    // a vtable is promised by the language. This reads what rustc does
    // today, and says so.
    let (data, vtable): (usize, usize) = unsafe { transmute_copy(b) };
    let w: [usize; 4] = unsafe { *(vtable as *const [usize; 4]) };
    let code = |w| if w == 0 { "null" } else { "a code address" };
    println!("{name}, its data not null: {}", data != 0);
    println!("  [0] drop: {}", code(w[0]));
    println!("  [1] size: {}, size_of_val: {}", w[1], size_of_val(&**b));
    println!(
        "  [2] align: {}, align_of_val: {}",
        w[2],
        align_of_val(&**b)
    );
    println!("  [3] poll: {}", code(w[3]));
}
// ANCHOR_END: dump

// ANCHOR: main
fn main() {
    println!(
        "Box<Small>: {} word, Dyn: {} words",
        size_of::<Box<Small>>() / 8,
        size_of::<Dyn>() / 8
    );
    let big: Dyn = Box::pin(Big([7; 5], Box::new(0)));
    let block: Dyn = Box::pin(async {
        let a = [0u64; 9];
        std::future::ready(()).await;
        a[0]
    });
    let small: Dyn = Box::pin(Small);
    dump("Big", &big);
    dump("async block", &block);
    dump("Small", &small);
}
// ANCHOR_END: main
