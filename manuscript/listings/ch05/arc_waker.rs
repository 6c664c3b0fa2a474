//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A diary of the reference count behind a Waker made from an Arc.
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::Arc;
use std::task::{Wake, Waker};

// ANCHOR: bell
#[derive(Default)]
struct Bell {
    rung: AtomicU32,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref(); // and then `self` is dropped: one owner less
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.rung.fetch_add(1, Relaxed);
    }
}
// ANCHOR_END: bell

fn main() {
    let bell = Arc::new(Bell::default());
    let note = |what: &str| {
        let rung = bell.rung.load(Relaxed);
        println!(
            "{what:28} owners {}  rung {rung}",
            Arc::strong_count(&bell)
        );
    };
    // ANCHOR: diary
    note("Arc::new");
    let waker = Waker::from(bell.clone());
    note("Waker::from(bell.clone())");
    let second = waker.clone();
    note("waker.clone()");
    second.wake_by_ref();
    note("second.wake_by_ref()");
    second.wake();
    note("second.wake()");
    waker.clone().wake();
    note("waker.clone().wake()");

    let mut kept = waker.clone();
    note("let mut kept = waker.clone()");
    println!("kept.will_wake(&waker): {}", kept.will_wake(&waker));
    kept.clone_from(&waker);
    note("kept.clone_from(&waker)");
    kept.clone_from(Waker::noop());
    note("kept.clone_from(noop)");
    println!("kept.will_wake(&waker): {}", kept.will_wake(&waker));

    drop(waker);
    note("drop(waker)");
    // ANCHOR_END: diary
}
