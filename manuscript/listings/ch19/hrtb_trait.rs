//@ kind: fail
//@ edition: 2021
// A trait with a lifetime, implemented for one lifetime at a time.
// ANCHOR: all
use std::future::Future;
use std::pin::Pin;

fn spawn<F: Future<Output = ()> + Send>(_f: F) {}
trait Load<'a> {
    type Out;
    fn load(self) -> Pin<Box<dyn Future<Output = Self::Out> + Send + 'a>>;
}

struct File(u8);
impl<'a> Load<'a> for &'a mut File {
    type Out = &'a u8;
    fn load(self) -> Pin<Box<dyn Future<Output = &'a u8> + Send + 'a>> {
        Box::pin(async move { &self.0 })
    }
}

async fn go<T>(mut t: T)
where
    for<'r> &'r mut T: Load<'r>,
{
    t.load().await;
}

fn main() {
    spawn(go(File(1)));
}
// ANCHOR_END: all
