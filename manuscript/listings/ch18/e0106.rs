//@ kind: fail
//@ edition: 2021
// Which of the two arguments does the output borrow from?
// ANCHOR: all
async fn pick(a: &str, b: &str) -> &str {
    if a < b {
        a
    } else {
        b
    }
}

fn main() {}
// ANCHOR_END: all
