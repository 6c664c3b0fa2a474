//@ kind: run
//@ edition: 2021
//@ min: 1.85
// The careless machine, repaired twice.
use std::future::Future;
use std::mem::replace;
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

// ANCHOR: taken
enum Taken {
    Start { _till: Noisy },
    Done,
    Panicked,
}

impl Future for Taken {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        match replace(&mut *self, Taken::Panicked) {
            Taken::Start { _till } => {
                println!("    pay 10");
                receipt();
                *self = Taken::Done;
                Poll::Ready(())
            }
            Taken::Done => panic!("resumed after completion"),
            Taken::Panicked => panic!("resumed after panicking"),
        }
    }
}
// ANCHOR_END: taken

// ANCHOR: marked
struct Marked {
    state: u8,
    till: Option<Noisy>,
}

impl Future for Marked {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        assert!(self.state != 2, "resumed after panicking");
        if self.state == 0 {
            self.state = 2;
            let _till = self.till.take();
            println!("    pay 10");
            receipt();
            self.state = 1;
        }
        Poll::Ready(())
    }
}
// ANCHOR_END: marked

fn twice(name: &str, mut f: Pin<Box<dyn Future<Output = ()>>>) {
    println!("{name}:");
    let mut cx = Context::from_waker(Waker::noop());
    for n in 1..=2 {
        let polled =
            catch_unwind(AssertUnwindSafe(|| f.as_mut().poll(&mut cx)));
        match polled {
            Ok(p) => println!("  poll {n}: {p:?}"),
            Err(e) => println!(
                "  poll {n} panics: {}",
                e.downcast_ref::<&str>().unwrap()
            ),
        }
    }
    println!("  and now it is dropped");
}

fn main() {
    let _till = Noisy("till");
    twice("taken", Box::pin(Taken::Start { _till }));
    let marked = Marked {
        state: 0,
        till: Some(Noisy("till")),
    };
    twice("marked", Box::pin(marked));
}
