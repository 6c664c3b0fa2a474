//@ kind: fail
//@ edition: 2021
// A MutexGuard across an await: not Send, and a deadlock in waiting.
// ANCHOR: all
use std::future::{ready, Future};
use std::sync::Mutex;

fn spawn<F: Future<Output = ()> + Send + 'static>(_f: F) {}
static TOTAL: Mutex<u32> = Mutex::new(0);

fn main() {
    spawn(async {
        let mut guard = TOTAL.lock().unwrap();
        *guard += 1;
        ready(()).await;
    });
}
// ANCHOR_END: all
