//@ kind: fail
//@ edition: 2021
// The argument is dropped while the future still borrows it.
// ANCHOR: all
async fn len(s: &str) -> usize {
    s.len()
}

async fn f() -> usize {
    let s = String::from("ferris");
    let fut = len(&s);
    drop(s);
    fut.await
}

fn main() {
    drop(f());
}
// ANCHOR_END: all
