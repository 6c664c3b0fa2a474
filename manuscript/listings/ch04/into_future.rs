//@ kind: run
//@ edition: 2021
//@ min: 1.85
// What may stand before `.await`: whatever can be made into a future.
use std::future::{ready, Future, IntoFuture, Ready};
use std::pin::{pin, Pin};
use std::task::{Context, Poll, Waker};

// ANCHOR: request
/// A builder. It is no future and has no poll.
struct Request {
    path: &'static str,
    tries: u32,
}

impl Request {
    fn tries(mut self, n: u32) -> Request {
        self.tries = n;
        self
    }
}

impl IntoFuture for Request {
    type Output = String;
    type IntoFuture = Pin<Box<dyn Future<Output = String>>>;

    fn into_future(self) -> Self::IntoFuture {
        println!("  into_future, once");
        Box::pin(async move {
            println!("  the body runs");
            format!("{} after at most {} tries", self.path, self.tries)
        })
    }
}
// ANCHOR_END: request

// ANCHOR: celsius
/// Here the future has a name, and nothing is allocated.
struct Celsius(f64);

impl IntoFuture for Celsius {
    type Output = f64;
    type IntoFuture = Ready<f64>;

    fn into_future(self) -> Ready<f64> {
        ready(self.0 * 1.8 + 32.0)
    }
}
// ANCHOR_END: celsius

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
fn main() {
    block_on(async {
        let path = "/news.html";
        let request = Request { path, tries: 1 }.tries(3);
        println!("the request is built");
        println!("{}", request.await);
        println!("{} degrees Fahrenheit", Celsius(20.0).await);
    });
}
// ANCHOR_END: main
