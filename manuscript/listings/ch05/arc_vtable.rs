//@ kind: run
//@ edition: 2021
//@ min: 1.85
// The four functions over an Arc, by hand, with the count after each step.
use std::mem::ManuallyDrop;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::Arc;
use std::task::{RawWaker, RawWakerVTable, Waker};

// ANCHOR: functions
#[derive(Default)]
struct Bell {
    rung: AtomicU32,
}

static BELL: RawWakerVTable =
    RawWakerVTable::new(clone, wake, wake_by_ref, drop_waker);

unsafe fn clone(p: *const ()) -> RawWaker {
    Arc::increment_strong_count(p as *const Bell); // (1)
    RawWaker::new(p, &BELL)
}

unsafe fn wake(p: *const ()) {
    let bell = Arc::from_raw(p as *const Bell); // (2)
    bell.rung.fetch_add(1, Relaxed);
}

unsafe fn wake_by_ref(p: *const ()) {
    let bell = ManuallyDrop::new(Arc::from_raw(p as *const Bell)); // (3)
    bell.rung.fetch_add(1, Relaxed);
}

unsafe fn drop_waker(p: *const ()) {
    drop(Arc::from_raw(p as *const Bell)); // (4)
}

fn waker(bell: Arc<Bell>) -> Waker {
    let p = Arc::into_raw(bell) as *const (); // (5)

    // SAFETY: the data pointer owns one count, and each function above
    // leaves as many counts as there are wakers.
    unsafe { Waker::from_raw(RawWaker::new(p, &BELL)) }
}
// ANCHOR_END: functions

fn main() {
    let bell = Arc::new(Bell::default());
    let note = |what: &str| {
        println!(
            "{what:22} owners {}  rung {}",
            Arc::strong_count(&bell),
            bell.rung.load(Relaxed)
        );
    };
    // ANCHOR: main
    let first = waker(bell.clone());
    note("waker(bell.clone())");
    let second = first.clone();
    note("first.clone()");
    second.wake_by_ref();
    note("second.wake_by_ref()");
    second.wake();
    note("second.wake()");
    drop(first);
    note("drop(first)");
    // ANCHOR_END: main
}
