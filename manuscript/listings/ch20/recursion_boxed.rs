//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ pinned
// A function that awaits itself. Somewhere on the way round there must be a
// pointer; where, decides what a level costs.
use std::future::{ready, Future};
use std::mem::size_of_val;
use std::pin::{pin, Pin};
use std::task::{Context, Poll, Waker};

struct Tree {
    value: u32,
    children: Vec<Tree>,
}

// ANCHOR: call
/// A box at the call: since Rust 1.77 that is all it takes.
async fn sum(tree: &Tree) -> u32 {
    ready(()).await;
    let mut total = tree.value;
    for child in &tree.children {
        total += Box::pin(sum(child)).await;
    }
    total
}
// ANCHOR_END: call

// ANCHOR: signature
/// A box in the signature: the older way, and the one for traits.
fn depth(tree: &Tree) -> Pin<Box<dyn Future<Output = u32> + '_>> {
    Box::pin(async move {
        let mut deepest = 0;
        for child in &tree.children {
            deepest = deepest.max(depth(child).await);
        }
        deepest + 1
    })
}
// ANCHOR_END: signature

// ANCHOR: stack
/// No recursion, no box for each level: a stack of one's own.
async fn count(tree: &Tree) -> usize {
    let (mut stack, mut n) = (vec![tree], 0);
    while let Some(tree) = stack.pop() {
        ready(()).await;
        n += 1;
        stack.extend(&tree.children);
    }
    n
}
// ANCHOR_END: stack

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
    let leaf = |value| Tree {
        value,
        children: Vec::new(),
    };
    let tree = Tree {
        value: 1,
        children: vec![
            Tree {
                value: 2,
                children: vec![leaf(3), leaf(4)],
            },
            leaf(5),
        ],
    };
    println!("sum {}", block_on(sum(&tree)));
    println!("depth {}", block_on(depth(&tree)));
    println!("count {}", block_on(count(&tree)));
    println!("a level of sum: {} bytes", size_of_val(&sum(&tree)));
    println!("what depth returns: {} bytes", size_of_val(&depth(&tree)));
    println!("all of count: {} bytes", size_of_val(&count(&tree)));
}
// ANCHOR_END: main
