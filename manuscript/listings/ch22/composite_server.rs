//@ kind: fail
//@ edition: 2021
// Three faults in one task, of which the compiler tells two. The third is
// looked for by a later pass, which begins when these are repaired.
// ANCHOR: all
use std::cell::RefCell;
use std::future::{ready, Future};
use std::rc::Rc;

fn spawn<F: Future<Output = ()> + Send + 'static>(_job: F) {}

struct Server {
    names: Vec<String>,
    log: Rc<RefCell<Vec<String>>>,
}

impl Server {
    fn serve(&self, n: usize) {
        let log = self.log.clone();
        spawn(async move {
            let name = &self.names[n];
            ready(()).await;
            log.borrow_mut().push(name.clone());
        });
    }
}
// ANCHOR_END: all

fn main() {
    let names = vec![String::from("ferris")];
    let log = Rc::default();
    Server { names, log }.serve(0);
}
