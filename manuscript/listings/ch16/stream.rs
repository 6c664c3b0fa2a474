//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A stream is a future that may be asked again; a generator made from an
// async block.
use std::cell::Cell;
use std::future::{poll_fn, Future};
use std::pin::{pin, Pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

// ANCHOR: stream
trait Stream {
    type Item;
    fn poll_next(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>>;
}
// ANCHOR_END: stream

// ANCHOR: count
/// Counter 0.. that is pending before every item.
struct Count {
    n: u32,
    end: u32,
    hot: bool,
}

impl Stream for Count {
    type Item = u32;
    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<u32>> {
        self.hot = !self.hot;
        if self.hot {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        if self.n == self.end {
            return Poll::Ready(None);
        }
        self.n += 1;
        Poll::Ready(Some(self.n - 1))
    }
}
// ANCHOR_END: count

// ANCHOR: map
struct Map<S, F> {
    s: S,
    f: F,
}

impl<S: Stream, T, F: FnMut(S::Item) -> T> Stream for Map<S, F> {
    type Item = T;
    fn poll_next(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<T>> {
        // SAFETY: `s` is pinned structurally, `f` never; nothing moves `s`
        // out.
        let this = unsafe { self.get_unchecked_mut() };
        let s = unsafe { Pin::new_unchecked(&mut this.s) };
        s.poll_next(cx).map(|o| o.map(&mut this.f))
    }
}
// ANCHOR_END: map

// ANCHOR: generator
/// Generator: an async block writes into a shared cell and suspends;
/// poll_next reads the cell.
struct Yielder<T>(Rc<Cell<Option<T>>>);
impl<T> Yielder<T> {
    async fn give(&self, v: T) {
        self.0.set(Some(v));
        let mut first = true;
        poll_fn(|_| {
            if std::mem::take(&mut first) {
                Poll::Pending
            } else {
                Poll::Ready(())
            }
        })
        .await
    }
}

struct Gen<T, F> {
    cell: Rc<Cell<Option<T>>>,
    body: Pin<Box<F>>,
    done: bool,
}

fn generate<T, F: Future<Output = ()>>(
    f: impl FnOnce(Yielder<T>) -> F,
) -> Gen<T, F> {
    let cell = Rc::new(Cell::new(None));
    Gen {
        body: Box::pin(f(Yielder(cell.clone()))),
        cell,
        done: false,
    }
}

impl<T, F: Future<Output = ()>> Iterator for Gen<T, F> {
    type Item = T;
    fn next(&mut self) -> Option<T> {
        if self.done {
            return None;
        }
        self.done = self
            .body
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
            .is_ready();
        self.cell.take()
    }
}
// ANCHOR_END: generator

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
        let mut s = pin!(Map {
            s: Count {
                n: 0,
                end: 5,
                hot: false
            },
            f: |x| x * 10
        });
        while let Some(v) = poll_fn(|cx| s.as_mut().poll_next(cx)).await {
            print!("{v} ")
        }
        println!("end");
    });
    let fib = generate(|y| async move {
        let (mut a, mut b) = (0u64, 1);
        while a < 60 {
            y.give(a).await;
            (a, b) = (b, a + b)
        }
    });
    println!("{:?}", fib.collect::<Vec<_>>());
}
// ANCHOR_END: main
