//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A future that panicked is dead: what it owned is dropped, and it says so
// to whoever polls it again.
use std::any::Any;
use std::future::{ready, Future};
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

struct Noisy(&'static str);

impl Drop for Noisy {
    fn drop(&mut self) {
        println!("    drop {}", self.0);
    }
}

fn receipt() {
    panic!("the printer is on fire");
}

// ANCHOR: sugar
async fn sugar() {
    let _till = Noisy("till");
    ready(()).await;
    println!("    pay 10");
    receipt();
}
// ANCHOR_END: sugar

// ANCHOR: careless
/// A machine that looks at its state where it lies, instead of taking it.
/// A panic leaves it in front of a step that is already half done.
struct Careless {
    state: u8,
    _till: Noisy,
}

impl Future for Careless {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.state == 0 {
            println!("    pay 10");
            receipt();
            self.state = 1;
        }
        Poll::Ready(())
    }
}
// ANCHOR_END: careless

// ANCHOR: twice
fn message(e: Box<dyn Any + Send>) -> &'static str {
    e.downcast_ref::<&str>()
        .copied()
        .unwrap_or("something else")
}

fn twice(name: &str, mut f: Pin<Box<dyn Future<Output = ()>>>) {
    println!("{name}:");
    let mut cx = Context::from_waker(Waker::noop());
    for n in 1..=2 {
        // AssertUnwindSafe is our promise to look at the future afterwards
        // only in order to learn what the panic has made of it.
        let polled =
            catch_unwind(AssertUnwindSafe(|| f.as_mut().poll(&mut cx)));
        match polled {
            Ok(p) => println!("  poll {n}: {p:?}"),
            Err(e) => println!("  poll {n} panics: {}", message(e)),
        }
    }
    println!("  and now it is dropped");
}
// ANCHOR_END: twice

fn main() {
    twice("sugar", Box::pin(sugar()));
    let careless = Careless {
        state: 0,
        _till: Noisy("till"),
    };
    twice("careless", Box::pin(careless));
}
