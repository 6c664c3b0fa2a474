//@ kind: fail
//@ edition: 2021
// An async method makes a trait not dyn compatible.
// ANCHOR: all
trait Store {
    async fn get(&self, key: u32) -> u32;
}

struct Mem;
impl Store for Mem {
    async fn get(&self, key: u32) -> u32 {
        key
    }
}

fn main() {
    let s: Box<dyn Store> = Box::new(Mem);
    drop(s);
}
// ANCHOR_END: all
