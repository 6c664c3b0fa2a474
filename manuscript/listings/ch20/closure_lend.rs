//@ kind: fail
//@ edition: 2021
// A closure that returns an async block cannot lend what it captured.
// ANCHOR: all
async fn twice<F, Fut>(mut f: F)
where
    F: FnMut() -> Fut,
    Fut: std::future::Future<Output = ()>,
{
    f().await;
    f().await
}

fn main() {
    let mut log = Vec::new();
    drop(twice(|| async { log.push(1) }));
}
// ANCHOR_END: all
