//@ kind: run
//@ edition: 2021
//@ pinned
//@ min: 1.83
// A Waker is two words: a data pointer and a pointer to four function
// pointers.
use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

// ANCHOR: vtable
thread_local! { static LOG: Cell<[u32; 4]> = const { Cell::new([0; 4]) }; }
fn hit(i: usize) {
    LOG.with(|l| {
        let mut a = l.get();
        a[i] += 1;
        l.set(a);
    });
}

unsafe fn clone(p: *const ()) -> RawWaker {
    hit(0);
    RawWaker::new(p, &VTABLE)
}

unsafe fn wake(_: *const ()) {
    hit(1)
}

unsafe fn wake_by_ref(_: *const ()) {
    hit(2)
}

unsafe fn drop_it(_: *const ()) {
    hit(3)
}

static VTABLE: RawWakerVTable =
    RawWakerVTable::new(clone, wake, wake_by_ref, drop_it);
// ANCHOR_END: vtable

// ANCHOR: twice
/// Pending twice; the first time it wakes by reference, the second by
/// value.
struct Twice(u8);
impl Future for Twice {
    type Output = &'static str;
    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Self::Output> {
        self.0 += 1;
        match self.0 {
            1 => {
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            2 => {
                cx.waker().clone().wake();
                Poll::Pending
            }
            _ => Poll::Ready("done"),
        }
    }
}
// ANCHOR_END: twice

fn main() {
    // ANCHOR: words
    let tag = 0xC0FFEE_usize as *const ();
    // SAFETY: no function of the vtable follows the data pointer.
    let waker = unsafe { Waker::from_raw(RawWaker::new(tag, &VTABLE)) };
    // ANCHOR_END: words
    println!("size_of Waker    = {}", std::mem::size_of::<Waker>());
    println!(
        "size_of Option<Waker> = {}",
        std::mem::size_of::<Option<Waker>>()
    );
    println!(
        "size_of RawWakerVTable = {}",
        std::mem::size_of::<RawWakerVTable>()
    );

    // ANCHOR: look
    // The order of the two fields is rustc's choice, so look for both.
    let words: [usize; 2] = unsafe { std::mem::transmute_copy(&waker) };
    println!("one word is the data: {}", words.contains(&0xC0FFEE));
    println!(
        "one word is &VTABLE: {}",
        words.contains(&(&VTABLE as *const _ as usize))
    );
    println!("Waker::data() agrees: {}", waker.data() == tag);
    // ANCHOR_END: look
    println!(
        "Waker::vtable() agrees: {}",
        std::ptr::eq(waker.vtable(), &VTABLE)
    );

    // ANCHOR: slots
    // The vtable itself: four code addresses.
    let fns: [usize; 4] = unsafe { std::mem::transmute_copy(&VTABLE) };
    for (name, f) in [
        ("clone", clone as *const () as usize),
        ("wake", wake as *const () as usize),
        ("wake_by_ref", wake_by_ref as *const () as usize),
        ("drop", drop_it as *const () as usize),
    ] {
        println!(
            "slot {} of the vtable is {name}",
            fns.iter().position(|&x| x == f).unwrap()
        );
    }
    // ANCHOR_END: slots

    // ANCHOR: poll
    let mut fut = Twice(0);
    let mut cx = Context::from_waker(&waker);
    println!("clone, wake, wake_by_ref, drop:");
    for round in 1.. {
        let p = Pin::new(&mut fut).poll(&mut cx);
        println!("{:?} poll {round}: {p:?}", LOG.with(|l| l.get()));
        if p.is_ready() {
            break;
        }
    }
    drop(waker);
    println!("{:?} after drop", LOG.with(|l| l.get()));
    // ANCHOR_END: poll
}
