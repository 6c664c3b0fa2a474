//@ kind: run
//@ edition: 2021
//@ pinned
//@ min: 1.85
// What is held across an await is in the future; what is not, is not.
use std::future::{ready, Future};
use std::mem::{align_of_val, size_of_val};

// ANCHOR: smallest
async fn nothing() {}

async fn arg_unused(_x: u64) {}

async fn arg_one_await(x: u64) -> u64 {
    ready(()).await;
    x
}

async fn yield_ready() {
    ready(()).await
}
// ANCHOR_END: smallest

// ANCHOR: buffer
async fn buffer_inside() -> u8 {
    let b = [1u8; 1024];
    let s = b[0];
    ready(()).await;
    s
}

async fn buffer_across() -> u8 {
    let b = [1u8; 1024];
    ready(()).await;
    b[0]
}

async fn buffer_block() -> u8 {
    let s = {
        let b = [1u8; 1024];
        b[0]
    };
    ready(()).await;
    s
}

async fn buffer_drop() -> u8 {
    let b = vec![1u8; 1024];
    let s = b[0];
    drop(b);
    ready(()).await;
    s
}

async fn buffer_ref() -> u8 {
    let b = [1u8; 1024];
    let s = (&b).iter().max().copied().unwrap();
    ready(()).await;
    s
}
// ANCHOR_END: buffer

// ANCHOR: two
async fn two_seq() {
    buffer_across().await;
    buffer_across().await;
}

async fn two_sum() -> u8 {
    buffer_across().await + buffer_across().await
}

async fn two_let() {
    let a = buffer_across();
    let b = buffer_across();
    a.await;
    b.await;
}
// ANCHOR_END: two

// ANCHOR: nest
async fn nest1() {
    buffer_across().await;
}

async fn nest2() {
    nest1().await
}

async fn nest3() {
    nest2().await
}

async fn boxed() {
    Box::pin(buffer_across()).await;
}
// ANCHOR_END: nest

// ANCHOR: param
async fn param_big(b: [u8; 1024]) -> u8 {
    ready(()).await;
    b[0]
}

async fn param_twice(b: [u8; 1024]) -> u8 {
    let c = b;
    ready(()).await;
    c[0]
}

async fn pass_on() -> u8 {
    param_big([0; 1024]).await
}
// ANCHOR_END: param

// ANCHOR: control
async fn branch(w: bool) {
    if w {
        buffer_across().await;
    } else {
        buffer_across().await;
    }
}

async fn looped() {
    for _ in 0..3 {
        buffer_across().await;
    }
}

async fn aligned() {
    #[repr(align(64))]
    struct A(#[allow(dead_code)] u8);
    let a = A(1);
    ready(()).await;
    drop(a);
}
// ANCHOR_END: control

fn show(name: &str, f: impl Future) {
    println!(
        "{name:14} size {:5}  align {:2}",
        size_of_val(&f),
        align_of_val(&f)
    );
}

macro_rules! all {
    ($($e:expr),* $(,)?) => {
        $( show(stringify!($e).split('(').next().unwrap(), $e); )*
    };
}

fn main() {
    all![
        nothing(),
        arg_unused(1),
        arg_one_await(1),
        yield_ready(),
        buffer_inside(),
        buffer_across(),
        buffer_block(),
        buffer_drop(),
        buffer_ref(),
        two_seq(),
        two_sum(),
        two_let(),
        nest1(),
        nest2(),
        nest3(),
        boxed(),
        param_big([0; 1024]),
        param_twice([0; 1024]),
        pass_on(),
        branch(true),
        looped(),
        aligned()
    ];
    println!("size_of_val(&async {{}}) = {}", size_of_val(&async {}));
    println!("even a machine without locals needs a byte for its state");
}
