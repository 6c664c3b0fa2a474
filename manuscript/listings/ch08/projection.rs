//@ kind: run
//@ edition: 2021
//@ min: 1.85
// From a pinned struct to its fields: one stays pinned, the other does not.
use std::future::{poll_fn, Future};
use std::marker::PhantomPinned;
use std::pin::{pin, Pin};
use std::task::{Context, Poll, Waker};

// ANCHOR: struct
/// Counts the polls that another future needs.
struct Counted<F> {
    inner: F,   // pinned when Counted is: "structurally"
    polls: u32, // never pinned: anyone may have a &mut to it
}

impl<F> Counted<F> {
    fn project(self: Pin<&mut Self>) -> (Pin<&mut F>, &mut u32) {
        // SAFETY: `inner` is not moved out of here or anywhere else, not
        // even in a Drop, for there is none. `polls` is only a number, and
        // no one has been promised that it stays where it is.
        unsafe {
            let this = self.get_unchecked_mut();
            (Pin::new_unchecked(&mut this.inner), &mut this.polls)
        }
    }
}
// ANCHOR_END: struct

// ANCHOR: future
impl<F: Future> Future for Counted<F> {
    type Output = (F::Output, u32);

    fn poll(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Self::Output> {
        let (inner, polls) = self.project();
        *polls += 1;
        inner.poll(cx).map(|value| (value, *polls))
    }
}
// ANCHOR_END: future

async fn thrice() -> &'static str {
    let words = ["once", "twice", "three times"];
    let last = &words[2]; // a pointer into the future itself
    let mut left = 2;
    poll_fn(|_| match left {
        0 => Poll::Ready(()),
        _ => {
            left -= 1;
            Poll::Pending
        }
    })
    .await;
    last
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

// ANCHOR: unpin
/// Asks the compiler whether T: Unpin, and takes either answer: the method
/// of the type is preferred, that of the trait is there for everyone.
struct Ask<T>(std::marker::PhantomData<T>);

trait Otherwise {
    fn unpin(&self) -> bool {
        false
    }
}

impl<T> Otherwise for Ask<T> {}

impl<T: Unpin> Ask<T> {
    fn unpin(&self) -> bool {
        true
    }
}
// ANCHOR_END: unpin

fn main() {
    let inner = thrice();
    let (last, polls) = block_on(Counted { inner, polls: 0 });
    println!("counted {polls} polls: {last}");

    let ready = Ask::<Counted<std::future::Ready<()>>>(Default::default());
    println!("Counted<Ready> is Unpin: {}", ready.unpin());
    let pinned = Ask::<Counted<PhantomPinned>>(Default::default());
    println!("Counted<PhantomPinned> is Unpin: {}", pinned.unpin());
}
