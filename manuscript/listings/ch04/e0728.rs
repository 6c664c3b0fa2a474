//@ kind: fail
//@ edition: 2021
// await outside async, also inside a plain closure inside async.
use std::future::ready;

// ANCHOR: all
fn f() {
    ready(1).await;
}

async fn g() -> Vec<u32> {
    let double = |x| {
        let twice = ready(2 * x);
        twice.await
    };
    [1, 2].into_iter().map(double).collect()
}
// ANCHOR_END: all

fn main() {
    f();
    drop(g());
}
