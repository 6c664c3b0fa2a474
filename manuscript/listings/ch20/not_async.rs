//@ kind: fail
//@ edition: 2021
// The trait promises a future, the implementation returns a number.
// ANCHOR: all
trait Store {
    async fn get(&self, k: u32) -> u32;
}

struct Mem;
impl Store for Mem {
    fn get(&self, k: u32) -> u32 {
        k
    }
}

fn main() {}
// ANCHOR_END: all
