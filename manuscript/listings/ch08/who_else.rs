//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Exercise: which of these types is Unpin?
use std::cell::Cell;
use std::future::{poll_fn, ready, Future};
use std::marker::{PhantomData, PhantomPinned};
use std::rc::Rc;
use std::task::Poll;

struct Ask<T>(PhantomData<T>);

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

macro_rules! ask {
    ($($type:ty)*) => {$(
        let answer = Ask::<$type>(PhantomData).unpin();
        println!("{answer:5}  {}", stringify!($type));
    )*};
}

macro_rules! ask_value {
    ($($value:expr;)*) => {$(
        let answer = {
            fn typed<T>(_: &T) -> Ask<T> { Ask(PhantomData) }
            typed(&$value)
        };
        println!("{:5}  {}", answer.unpin(), stringify!($value));
    )*};
}

async fn idle() {}

fn main() {
    // ANCHOR: ask
    ask! {
        Rc<PhantomPinned>
        Vec<PhantomPinned>
        Cell<PhantomPinned>
        [PhantomPinned; 0]
        PhantomData<PhantomPinned>
        fn() -> PhantomPinned
        Box<dyn Future<Output = ()>>
    }
    ask_value! {
        async { ready(()).await };
        poll_fn(|_| Poll::Ready(()));
        Some(Box::pin(idle()));
        Some(idle());
    }
    // ANCHOR_END: ask
}
