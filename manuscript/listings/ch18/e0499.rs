//@ kind: fail
//@ edition: 2021
// Two futures from &mut self alive at the same time.
// ANCHOR: all
struct Conn(u32);
impl Conn {
    async fn read(&mut self) -> u32 {
        self.0
    }
}

async fn both(c: &mut Conn) -> u32 {
    let a = c.read();
    let b = c.read();
    a.await + b.await
}

fn main() {
    drop(both(&mut Conn(0)));
}
// ANCHOR_END: all
