//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Five futures that are not Send, repaired. That this compiles is the test.
use std::cell::Cell;
use std::future::{ready, Future};
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex};

fn spawn<F: Future<Output = ()> + Send + 'static>(what: &str, _: F) {
    println!("accepted: {what}");
}

// ANCHOR: block
// 1. End the block before the await: then the value is not in the future.
async fn block() {
    {
        let rc = Rc::new(5);
        println!("{rc}");
    }
    ready(()).await;
}
// ANCHOR_END: block

// ANCHOR: type_
// 2. Take the type that may cross threads.
async fn other_type() {
    let shared = Arc::new(5);
    ready(()).await;
    println!("{shared}");
}
// ANCHOR_END: type_

// ANCHOR: copy
// 3. Take out what is needed, and leave the guard behind.
static TOTAL: Mutex<u32> = Mutex::new(0);

async fn copy() {
    let total = {
        let mut guard = TOTAL.lock().unwrap();
        *guard += 1;
        *guard
    };
    ready(()).await;
    println!("{total}");
}
// ANCHOR_END: copy

// ANCHOR: own
// 4. A Cell may move to another thread; a reference to it may not. So own
//    it, or share something that is Sync.
async fn own(cell: Cell<u32>) {
    ready(()).await;
    cell.set(1);
}

async fn atomic(count: &'static AtomicU32) {
    ready(()).await;
    count.fetch_add(1, Relaxed);
}
// ANCHOR_END: own

// ANCHOR: bound
// 5. Say in the trait what its callers need to know of its futures.
trait Job {
    fn run(&self) -> impl Future<Output = ()> + Send;
}

fn start<J: Job + Send + Sync + 'static>(job: J) {
    spawn("bound", async move { job.run().await });
}

struct Print;

impl Job for Print {
    async fn run(&self) {} // the promise of Send is checked here
}
// ANCHOR_END: bound

static COUNT: AtomicU32 = AtomicU32::new(0);

fn main() {
    spawn("block", block());
    spawn("other type", other_type());
    spawn("copy", copy());
    spawn("own", own(Cell::new(0)));
    spawn("atomic", atomic(&COUNT));
    start(Print);
}
