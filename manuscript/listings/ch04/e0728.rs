//@ kind: fail
//@ edition: 2021
// await outside async, also inside a plain closure inside async.
// ANCHOR: all
use std::future::ready;

fn f() {
    ready(1).await;
}

async fn g() -> Vec<u32> {
    [1, 2].iter().map(|x| ready(*x).await).collect()
}

fn main() {
    f();
    drop(g());
}
// ANCHOR_END: all
