//@ kind: fail
//@ edition: 2021
// The implementation asks for more than the trait gives.
// ANCHOR: all
trait Store {
    async fn get(&self, k: u32) -> u32;
}

struct Mem;
impl Store for Mem {
    async fn get(&mut self, k: u32) -> u32 {
        k
    }
}

fn main() {}
// ANCHOR_END: all
