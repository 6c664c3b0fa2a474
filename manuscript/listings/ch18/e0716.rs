//@ kind: fail
//@ edition: 2021
// The argument of the future dies at the semicolon.
// ANCHOR: all
async fn len(s: &str) -> usize {
    s.len()
}

async fn f() -> usize {
    let fut = len(&String::from("ferris"));
    fut.await
}

fn main() {
    drop(f());
}
// ANCHOR_END: all
