//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A nursery: tasks that may borrow, because the block that started them
// does not end before they do. When one fails, the others are cancelled.
use std::cell::{Cell, RefCell};
use std::future::{poll_fn, Future};
use std::pin::{pin, Pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

async fn pause() {
    let mut first = true;
    poll_fn(|_| match std::mem::take(&mut first) {
        true => Poll::Pending,
        false => Poll::Ready(()),
    })
    .await
}

// ANCHOR: nursery
type Child<'a> = Pin<Box<dyn Future<Output = Result<(), String>> + 'a>>;

/// Children may have it too, in order to start more of them.
#[derive(Clone, Default)]
struct Nursery<'a>(Rc<RefCell<Vec<Child<'a>>>>);

impl<'a> Nursery<'a> {
    fn start<F>(&self, child: F)
    where
        F: Future<Output = Result<(), String>> + 'a,
    {
        self.0.borrow_mut().push(Box::pin(child));
    }

    /// Runs all children and their children in the task of the caller, and
    /// returns when there is none left or when one has failed.
    async fn run(&self) -> Result<(), String> {
        let mut children: Vec<Child<'a>> = Vec::new();
        poll_fn(|cx| loop {
            children.append(&mut self.0.borrow_mut());
            let mut n = 0;
            while n < children.len() {
                match children[n].as_mut().poll(cx) {
                    Poll::Pending => n += 1,
                    Poll::Ready(Ok(())) => drop(children.remove(n)),
                    Poll::Ready(failed) => {
                        children.clear(); // dropped: that is cancelled
                        return Poll::Ready(failed);
                    }
                }
            }
            if self.0.borrow().is_empty() {
                return match children.len() {
                    0 => Poll::Ready(Ok(())),
                    _ => Poll::Pending,
                };
            }
        })
        .await
    }
}
// ANCHOR_END: nursery

struct Noisy(&'static str);

impl Drop for Noisy {
    fn drop(&mut self) {
        println!("  {} ends", self.0);
    }
}

fn block_on<F: Future>(f: F) -> F::Output {
    let mut f = pin!(f);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(v) = f.as_mut().poll(&mut cx) {
            return v;
        }
    }
}

// ANCHOR: main
async fn count(
    name: &'static str,
    steps: u32,
    sum: &Cell<u32>,
) -> Result<(), String> {
    let _noisy = Noisy(name);
    for _ in 0..steps {
        pause().await;
        sum.set(sum.get() + 1);
    }
    Ok(())
}

fn main() {
    println!("all is well:");
    let sum = Cell::new(0); // borrowed by everybody, and no Arc anywhere
    let nursery = Nursery::default();
    nursery.start(count("child", 2, &sum));
    let (theirs, sum_of_all) = (nursery.clone(), &sum);
    nursery.start(async move {
        theirs.start(count("grandchild", 3, sum_of_all));
        Ok(())
    });
    println!("  -> {:?}, sum {}", block_on(nursery.run()), sum.get());

    println!("one fails:");
    let sum = Cell::new(0);
    let nursery = Nursery::default();
    nursery.start(count("patient", 100, &sum));
    nursery.start(async {
        pause().await;
        Err(String::from("no space left"))
    });
    println!("  -> {:?}, sum {}", block_on(nursery.run()), sum.get());
}
// ANCHOR_END: main
