//@ kind: fail
//@ edition: 2021
// Awaiting what is not a future.
// ANCHOR: all
fn answer() -> u32 {
    42
}

async fn f() -> u32 {
    answer().await
}

fn main() {
    drop(f());
}
// ANCHOR_END: all
