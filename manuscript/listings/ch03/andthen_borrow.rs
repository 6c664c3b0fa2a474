//@ kind: fail
//@ edition: 2021
// A chain cannot lend a local to its next step: the local belongs to the
// function, and the function has long returned.
trait Fut: Sized {
    type Item;

    fn and_then<F, B>(self, f: F) -> AndThen<Self, F>
    where
        F: FnOnce(Self::Item) -> B,
        B: Fut,
    {
        AndThen(self, f)
    }
}

struct AndThen<A, F>(A, F);
struct Later<T>(T);

impl<T> Fut for Later<T> {
    type Item = T;
}

impl<A: Fut, F: FnOnce(A::Item) -> B, B: Fut> Fut for AndThen<A, F> {
    type Item = B::Item;
}

// ANCHOR: use
fn read_then_count() -> impl Fut<Item = usize> {
    let buffer = [0u8; 64];
    Later(5).and_then(|n| Later(buffer[..n].len()))
}
// ANCHOR_END: use

fn main() {
    let Later(n) = Later(read_then_count());
    drop(n);
}
