//@ kind: fail
//@ edition: 2021
// A future that contains itself would have infinite size.
// ANCHOR: all
async fn countdown(n: u32) {
    if n > 0 {
        countdown(n - 1).await
    }
}

fn main() {
    drop(countdown(3));
}
// ANCHOR_END: all
