//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Asking the compiler where the function is written, and not where, three
// crates away, somebody spawns it.
use std::cell::Cell;
use std::future::{ready, Future};
use std::rc::Rc;
use std::sync::Arc;

// ANCHOR: assert
/// Does nothing, and compiles only if it may.
fn assert_send<T: Send>(value: T) -> T {
    value
}

async fn fetch(name: Arc<str>) -> usize {
    ready(()).await;
    name.len()
}

/// Never called. It is there so that the day on which `fetch` ceases to be
/// Send is the day on which this crate ceases to compile.
#[allow(dead_code)]
fn fetch_is_send() {
    let _ = assert_send(fetch("".into()));
}
// ANCHOR_END: assert

// ANCHOR: ask
/// The question as a value. Both methods are called `send`; that of the
/// type wins if its bound holds, and else that of the trait is found.
struct Ask<T>(T);

trait No {
    fn send(&self) -> bool {
        false
    }
}

impl<T> No for Ask<T> {}

impl<T: Send> Ask<T> {
    fn send(&self) -> bool {
        true
    }
}

macro_rules! ask {
    ($name:literal, $value:expr) => {
        println!("{:24} {}", $name, Ask($value).send())
    };
}
// ANCHOR_END: ask

async fn held() {
    let rc = Rc::new(1);
    ready(()).await;
    drop(rc);
}

async fn released() {
    {
        let rc = Rc::new(1);
        drop(rc);
    }
    ready(()).await;
}

async fn borrows(cell: &Cell<u32>) {
    ready(()).await;
    cell.set(1);
}

async fn owns(cell: Cell<u32>) {
    ready(()).await;
    cell.set(1);
}

fn erased() -> Box<dyn Future<Output = ()>> {
    Box::new(released())
}

// ANCHOR: main
fn main() {
    ask!("Arc across the await", fetch("".into()));
    ask!("Rc across the await", held());
    ask!("Rc in a block before it", released());
    ask!("&Cell as an argument", borrows(&Cell::new(0)));
    ask!("Cell as an argument", owns(Cell::new(0)));
    ask!("Box<dyn Future>", erased());
}
// ANCHOR_END: main
