//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ pinned
// One layer, four layers: what each way of wrapping a future costs.
use std::future::{ready, Future};
use std::mem::size_of_val;
use std::pin::Pin;
use std::task::{Context, Poll};

async fn work() -> u8 {
    let buffer = [1u8; 1024];
    ready(()).await;
    buffer[0]
}

// ANCHOR: layers
/// Takes a future that is made already.
async fn taken<F: Future>(f: F) -> F::Output {
    f.await
}

/// Takes the recipe, and makes the future where it is awaited.
async fn made<F: Future>(f: impl FnOnce() -> F) -> F::Output {
    f().await
}

/// What `taken` might have been: a struct, and one line of `poll`.
struct Wrapped<F>(F);

impl<F: Future> Future for Wrapped<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the field is pinned when the whole is. (Chapter 8 says
        // what that means.)
        unsafe { self.map_unchecked_mut(|w| &mut w.0) }.poll(cx)
    }
}
// ANCHOR_END: layers

fn row(name: &str, sizes: [usize; 5]) {
    println!("{name:8}{}", sizes.map(|s| s.to_string()).join(" -> "));
}

/// The size of what the recipe would make, at each of five depths.
macro_rules! sizes {
    ($wrap:ident) => {{
        let zero = work();
        let a = size_of_val(&zero);
        let one = $wrap(zero);
        let b = size_of_val(&one);
        let two = $wrap(one);
        let c = size_of_val(&two);
        let three = $wrap(two);
        let d = size_of_val(&three);
        let four = $wrap(three);
        [a, b, c, d, size_of_val(&four)]
    }};
}

fn boxed<F: Future>(f: F) -> impl Future<Output = F::Output> {
    taken(Box::pin(f))
}

fn main() {
    row("taken", sizes!(taken));
    row(
        "made",
        [
            size_of_val(&work()),
            size_of_val(&made(work)),
            size_of_val(&made(|| made(work))),
            size_of_val(&made(|| made(|| made(work)))),
            size_of_val(&made(|| made(|| made(|| made(work))))),
        ],
    );
    row("Wrapped", sizes!(Wrapped));
    row("boxed", sizes!(boxed));
}
