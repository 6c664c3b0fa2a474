//@ kind: fail
//@ edition: 2021
// join of two borrows of one struct through methods.
// ANCHOR: all
struct Conn {
    a: u32,
    b: u32,
}

impl Conn {
    async fn read(&mut self) -> u32 {
        self.a
    }

    async fn write(&mut self) {
        self.b = 1
    }
}

async fn join<A: std::future::Future, B: std::future::Future>(a: A, b: B) {
    a.await;
    b.await;
}

async fn f(c: &mut Conn) {
    join(c.read(), c.write()).await
}

fn main() {
    drop(f(&mut Conn { a: 0, b: 0 }));
}
// ANCHOR_END: all
