//@ kind: asm
//@ edition: 2021
//@ needs: x86_64 linux
// The match of the state machine, as the processor sees it.
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

struct Once(bool);

impl Future for Once {
    type Output = ();

    #[inline(never)]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

// ANCHOR: walk
async fn walk(mut sum: u64) -> u64 {
    Once(false).await;
    sum += 1;
    Once(false).await;
    sum += 2;
    Once(false).await;
    sum
}
// ANCHOR_END: walk

/// Without this nobody would use `walk`, and nothing would be compiled.
pub fn start(sum: u64) -> Pin<Box<dyn Future<Output = u64>>> {
    Box::pin(walk(sum))
}
