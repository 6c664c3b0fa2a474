//@ kind: fail
//@ edition: 2021
// main is called by the runtime of std, and that one does not poll.
// ANCHOR: all
async fn main() {}
// ANCHOR_END: all
