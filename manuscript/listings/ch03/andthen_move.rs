//@ kind: fail
//@ edition: 2021
// `move` does not help if the next step is to go on borrowing.
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

// ANCHOR: all
struct Count<'a>(&'a [u8]);

impl Fut for Count<'_> {
    type Item = usize;
}

fn read_then_count() -> impl Fut<Item = usize> {
    let buffer = [0u8; 64];
    Later(5).and_then(move |n| Count(&buffer[..n]))
}
// ANCHOR_END: all

fn main() {
    let Count(bytes) = Count(&[]);
    let Later(n) = Later(read_then_count());
    drop((bytes, n));
}
