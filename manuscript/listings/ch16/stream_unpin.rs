//@ kind: fail
//@ edition: 2021
// A `next` that asks for Unpin, and a stream that has a future inside.
// ANCHOR: all
use std::future::{poll_fn, Future};
use std::pin::Pin;
use std::task::{Context, Poll};

trait Stream {
    type Item;

    fn poll_next(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>>;
}

async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    poll_fn(|cx| Pin::new(&mut *stream).poll_next(cx)).await
}

/// A stream of one item: the output of a future.
struct Once<F>(F);

impl<F: Future> Stream for Once<F> {
    type Item = F::Output;

    fn poll_next(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<F::Output>> {
        // SAFETY: the only field is pinned with the whole.
        unsafe { self.map_unchecked_mut(|s| &mut s.0) }
            .poll(cx)
            .map(Some)
    }
}

fn main() {
    let mut stream = Once(async { 1 });
    drop(next(&mut stream));
}
// ANCHOR_END: all
