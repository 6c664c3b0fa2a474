//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Two streams into one, in the order in which their items come.
use std::future::{poll_fn, Future};
use std::pin::{pin, Pin};
use std::task::{Context, Poll, Waker};

trait Stream {
    type Item;

    fn poll_next(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>>;
}

// ANCHOR: merge
struct Merge<A, B> {
    a: Option<A>, // None when it has ended: it must not be asked again
    b: Option<B>,
    b_first: bool,
}

impl<A, B> Stream for Merge<A, B>
where
    A: Stream + Unpin,
    B: Stream<Item = A::Item> + Unpin,
{
    type Item = A::Item;

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<A::Item>> {
        self.b_first = !self.b_first; // in turns, or one would starve
        for b in [self.b_first, !self.b_first] {
            let polled = match b {
                false => next(&mut self.a, cx),
                true => next(&mut self.b, cx),
            };
            if let Poll::Ready(Some(item)) = polled {
                return Poll::Ready(Some(item));
            }
        }
        match (&self.a, &self.b) {
            (None, None) => Poll::Ready(None),
            _ => Poll::Pending,
        }
    }
}

fn next<S: Stream + Unpin>(
    stream: &mut Option<S>,
    cx: &mut Context<'_>,
) -> Poll<Option<S::Item>> {
    let Some(s) = stream else {
        return Poll::Ready(None);
    };
    let polled = Pin::new(s).poll_next(cx);
    if let Poll::Ready(None) = polled {
        *stream = None;
    }
    polled
}
// ANCHOR_END: merge

// ANCHOR: every
/// An item at every nth poll: a clock made of polls.
struct Every {
    polls: u32,
    n: u32,
    left: u32,
    name: &'static str,
}

impl Stream for Every {
    type Item = String;

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<String>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.polls += 1;
        if self.polls % self.n != 0 {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        self.left -= 1;
        Poll::Ready(Some(format!("{}{}", self.name, self.left)))
    }
}
// ANCHOR_END: every

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
    let every = |name, n, left| Every {
        polls: 0,
        n,
        left,
        name,
    };
    let mut merged = Merge {
        a: Some(every("a", 2, 4)),
        b: Some(every("b", 5, 2)),
        b_first: true,
    };
    let items = block_on(async {
        let mut items = Vec::new();
        loop {
            let next = poll_fn(|cx| Pin::new(&mut merged).poll_next(cx));
            match next.await {
                Some(item) => items.push(item),
                None => return items,
            }
        }
    });
    println!("{}", items.join(" "));
}
// ANCHOR_END: main
