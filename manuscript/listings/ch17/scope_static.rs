//@ kind: fail
//@ edition: 2021
// A nursery that outlives what one of its children borrows.
// ANCHOR: all
use std::cell::Cell;
use std::future::Future;

struct Nursery<'a>(Vec<Box<dyn Future<Output = ()> + 'a>>);

impl<'a> Nursery<'a> {
    fn start(&mut self, child: impl Future<Output = ()> + 'a) {
        self.0.push(Box::new(child));
    }
}

async fn count(sum: &Cell<u32>) {
    sum.set(sum.get() + 1);
}

fn main() {
    let mut nursery = Nursery(Vec::new());
    {
        let sum = Cell::new(0);
        nursery.start(count(&sum));
    }
    drop(nursery);
}
// ANCHOR_END: all
