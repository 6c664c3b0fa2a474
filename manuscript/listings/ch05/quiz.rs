//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Exercise 1: how many owners?
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

struct Bell;
impl Wake for Bell {
    fn wake(self: Arc<Self>) {}
}

fn main() {
    let bell = Arc::new(Bell);
    let n = || Arc::strong_count(&bell);
    // ANCHOR: quiz
    let waker = Waker::from(bell.clone());
    let cx = Context::from_waker(&waker);
    println!("a: {}", n());
    cx.waker().wake_by_ref();
    cx.waker().clone().wake();
    println!("b: {}", n());
    let mut all = vec![cx.waker().clone(); 3];
    println!("c: {}", n());
    all[0].clone_from(cx.waker());
    all[2] = Waker::noop().clone();
    println!("d: {}", n());
    all.pop().unwrap().wake();
    std::mem::forget(all.pop());
    println!("e: {}", n());
    drop((all, waker));
    println!("f: {}", n());
    // ANCHOR_END: quiz
}
