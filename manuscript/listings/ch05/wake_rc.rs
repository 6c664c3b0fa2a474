//@ kind: fail
//@ edition: 2021
// A waker goes to any thread, so what it holds must be able to.
// ANCHOR: all
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Wake, Waker};

struct Local(Rc<RefCell<u32>>);
impl Wake for Local {
    fn wake(self: Arc<Self>) {
        *self.0.borrow_mut() += 1;
    }
}

fn main() {
    let _ = Waker::from(Arc::new(Local(Rc::default())));
}
// ANCHOR_END: all
