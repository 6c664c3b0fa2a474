//@ kind: fail
//@ edition: 2021
// The implementation ties two lifetimes that the trait keeps apart.
// ANCHOR: all
trait Store {
    async fn get(&self, k: &u32) -> u32;
}

struct Mem;
impl Store for Mem {
    async fn get<'a>(&'a self, k: &'a u32) -> u32 {
        *k
    }
}

fn main() {}
// ANCHOR_END: all
