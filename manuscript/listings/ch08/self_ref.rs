//@ kind: run
//@ edition: 2021
//@ pinned
//@ min: 1.85
// A future that contains a pointer into itself, seen as words of memory.
use std::future::Future;
use std::mem::size_of_val;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

struct Once(bool);
impl Future for Once {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

// ANCHOR: selfish
async fn selfish() -> u64 {
    let local: [u64; 3] = [0x1111, 0x2222, 0x3333];
    let into: &u64 = &local[1];
    Once(false).await; // `local` and `into` both live across
    *into + local[0] + local[2]
}
// ANCHOR_END: selfish

// ANCHOR: dump
/// Reads the future as machine words. Padding may be uninitialised, hence
/// volatile reads of a zero-filled allocation: a demonstration, not a
/// technique.
fn words(base: *const u8, len: usize) -> Vec<usize> {
    (0..len / 8)
        .map(|i| unsafe { (base as *const usize).add(i).read_volatile() })
        .collect()
}

fn dump(title: &str, base: *const u8, len: usize) {
    println!("{title}");
    for (i, w) in words(base, len).into_iter().enumerate() {
        let off = w.wrapping_sub(base as usize);
        let note = if off < len {
            format!("<- points into itself, at +{off}")
        } else if [0x1111, 0x2222, 0x3333].contains(&w) {
            format!("{w:#x}")
        } else {
            String::from("(state byte, Once flag, padding)")
        };
        println!("  +{:2}: {note}", i * 8);
    }
}
// ANCHOR_END: dump

fn main() {
    let len = size_of_val(&selfish());
    println!("size_of future = {len}");
    // ANCHOR: place
    let layout = std::alloc::Layout::for_value(&selfish());
    // A zeroed heap block, so that no byte we read was never written.
    let mem = unsafe { std::alloc::alloc_zeroed(layout) };
    fn place<F>(_: &F, mem: *mut u8) -> *mut F {
        mem as *mut F
    }
    let fut = selfish();
    let slot = place(&fut, mem);
    unsafe { slot.write(fut) };

    let mut cx = Context::from_waker(Waker::noop());
    // SAFETY: `slot` is never moved until it is dropped in place below.
    let mut pinned = unsafe { Pin::new_unchecked(&mut *slot) };
    println!("first poll: {:?}", pinned.as_mut().poll(&mut cx));
    dump("after the first poll:", mem, len);
    // ANCHOR_END: place

    // ANCHOR: copy
    // What a move would do: copy the bytes and look at the same pointer
    // again.
    let copy = unsafe { std::alloc::alloc_zeroed(layout) };
    unsafe { std::ptr::copy_nonoverlapping(mem, copy, len) };
    let inside = |b: *const u8| {
        words(b, len)
            .iter()
            .filter(|&&w| w.wrapping_sub(b as usize) < len)
            .count()
    };
    println!("pointers of the original into itself: {}", inside(mem));
    println!("pointers of a byte copy into itself:  {}", inside(copy));
    println!(
        "pointers of the copy into the original: {}",
        words(copy, len)
            .iter()
            .filter(|&&w| w.wrapping_sub(mem as usize) < len)
            .count()
    );
    // ANCHOR_END: copy

    println!(
        "second poll: {:?}",
        pinned.as_mut().poll(&mut cx).map(|v| format!("{v:#x}"))
    );
    unsafe {
        std::ptr::drop_in_place(slot);
        std::alloc::dealloc(mem, layout);
        std::alloc::dealloc(copy, layout);
    }
}
