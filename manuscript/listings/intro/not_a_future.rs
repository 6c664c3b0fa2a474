//@ kind: fail
//@ edition: 2021
// ANCHOR: all
fn answer() -> u32 {
    42
}

async fn ask() -> u32 {
    answer().await
}
// ANCHOR_END: all

fn main() {
    drop(ask());
}
