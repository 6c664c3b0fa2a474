//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Which types do not care where they are?
#![allow(dead_code)]
use std::future::ready;
use std::marker::{PhantomData, PhantomPinned};
use std::pin::Pin;

// ANCHOR: types
struct Named {
    name: &'static str,
    me: *const &'static str,
}

struct Rooted {
    name: &'static str,
    me: *const &'static str,
    _pinned: PhantomPinned,
}
// ANCHOR_END: types

async fn idle() {}

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

fn main() {
    ask! {
        u64 String Named PhantomPinned Rooted Option<Rooted>
        Box<Rooted> &mut Rooted Pin<&mut Rooted>
    }
    ask_value! {
        ready(7);
        idle();
        async {};
        Box::pin(idle());
    }
}
