//@ kind: run
//@ edition: 2021
//@ pinned
//@ min: 1.85
// async fn in traits: static by default; dyn by hand with an erased twin of
// the trait.
use std::future::Future;
use std::mem::size_of_val;
use std::pin::{pin, Pin};
use std::task::{Context, Poll, Waker};

fn block_on<F: Future>(f: F) -> F::Output {
    let mut f = pin!(f);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(v) = f.as_mut().poll(&mut cx) {
            return v;
        }
    }
}

// ANCHOR: trait
#[allow(async_fn_in_trait)]
trait Store {
    async fn get(&self, key: u32) -> u32;
}

struct Plain;
impl Store for Plain {
    async fn get(&self, key: u32) -> u32 {
        key + 1
    }
}

struct Slow([u32; 64]);
impl Store for Slow {
    async fn get(&self, key: u32) -> u32 {
        let copy = self.0;
        std::future::ready(()).await;
        copy[key as usize]
    }
}
// ANCHOR_END: trait

// ANCHOR: twin
/// The erased twin. The blanket impl boxes; nobody has to write it twice.
trait DynStore {
    fn get_dyn(&self, key: u32) -> Pin<Box<dyn Future<Output = u32> + '_>>;
}

impl<T: Store> DynStore for T {
    fn get_dyn(&self, key: u32) -> Pin<Box<dyn Future<Output = u32> + '_>> {
        Box::pin(self.get(key))
    }
}
// ANCHOR_END: twin

// ANCHOR: main
fn main() {
    println!("Plain::get future: {} bytes", size_of_val(&Plain.get(1)));
    println!(
        "Slow::get  future: {} bytes",
        size_of_val(&Slow([7; 64]).get(1))
    );
    println!(
        "get_dyn    future: {} bytes plus a heap block",
        size_of_val(&Plain.get_dyn(1))
    );
    let stores: Vec<Box<dyn DynStore>> =
        vec![Box::new(Plain), Box::new(Slow([9; 64]))];
    for s in &stores {
        println!("-> {}", block_on(s.get_dyn(3)));
    }
}
// ANCHOR_END: main
