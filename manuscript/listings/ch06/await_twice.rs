//@ kind: fail
//@ edition: 2021
// await consumes the future.
// ANCHOR: all
async fn f() -> u32 {
    1
}

async fn g() -> u32 {
    let a = f();
    a.await + a.await
}

fn main() {
    drop(g());
}
// ANCHOR_END: all
