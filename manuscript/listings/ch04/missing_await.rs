//@ kind: fail
//@ edition: 2021
// A future is not its output.
// ANCHOR: all
async fn n() -> u32 {
    1
}

async fn f() -> u32 {
    let x: u32 = n();
    x
}

fn main() {
    drop(f());
}
// ANCHOR_END: all
