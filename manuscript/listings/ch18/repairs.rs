//@ kind: run
//@ edition: 2021
//@ min: 1.85
// What became of the refusals of this chapter. Each function is the
// repaired twin of one that does not compile.
use std::cell::Cell;
use std::future::{ready, Future};
use std::io;
use std::pin::{pin, Pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

thread_local! {
    static TASKS: Cell<Vec<Pin<Box<dyn Future<Output = ()>>>>> =
        const { Cell::new(Vec::new()) };
}

fn spawn<F: Future<Output = ()> + 'static>(job: F) {
    let mut tasks = TASKS.take();
    tasks.push(Box::pin(job));
    TASKS.set(tasks);
}

async fn len(s: &str) -> usize {
    s.len()
}

// ANCHOR: e0373
/// E0373: the block takes its captures along.
fn make() -> impl Future<Output = usize> {
    let name = String::from("ferris");
    async move { name.len() }
}
// ANCHOR_END: e0373

// ANCHOR: e0597
/// E0597: the argument becomes part of the future that is spawned.
fn spawn_show() {
    let name = String::from("ferris");
    spawn(async move {
        println!("e0597: {}", len(&name).await);
    });
}
// ANCHOR_END: e0597

// ANCHOR: e0521
/// E0521: share the owner, or take out what is needed before the task.
struct Server {
    hits: Cell<u32>,
}

impl Server {
    fn start(self: &Rc<Self>) {
        let this = Rc::clone(self);
        spawn(async move {
            this.hits.set(this.hits.get() + 1);
            println!("e0521: {}", this.hits.get());
        });
    }
}
// ANCHOR_END: e0521

// ANCHOR: e0499
/// E0499: one after the other, or one borrow for each half.
struct Conn {
    input: u32,
    output: u32,
}

async fn half(n: &mut u32) -> u32 {
    *n += 1;
    *n
}

async fn both(c: &mut Conn) -> u32 {
    let Conn { input, output } = c;
    let a = half(input);
    let b = half(output);
    a.await + b.await
}
// ANCHOR_END: e0499

// ANCHOR: e0502
/// E0502: copy what is needed, and let go of the rest.
async fn first(v: &mut Vec<u32>) -> u32 {
    let first = v[0];
    ready(()).await;
    v.push(1);
    first
}
// ANCHOR_END: e0502

// ANCHOR: e0505
/// E0505: await before giving away what is borrowed.
async fn wait_then_drop() -> usize {
    let s = String::from("ferris");
    let n = len(&s).await;
    drop(s);
    n
}
// ANCHOR_END: e0505

// ANCHOR: e0106
/// E0106: say which argument the result belongs to.
async fn pick<'a>(a: &'a str, b: &'a str) -> &'a str {
    if a < b {
        a
    } else {
        b
    }
}
// ANCHOR_END: e0106

// ANCHOR: e0716
/// E0716: give the temporary a name, or await in the same statement.
async fn same_statement() -> usize {
    len(&String::from("ferris")).await
}
// ANCHOR_END: e0716

// ANCHOR: e0700
/// E0700: name the lifetime that the result holds on to.
fn captures(s: &str) -> impl Future<Output = usize> + '_ {
    async move { s.len() }
}
// ANCHOR_END: e0700

async fn open() -> Result<u32, io::Error> {
    Ok(1)
}

// ANCHOR: e0282
/// E0282: an async block has no place for a return type, `Ok` has.
async fn annotated() -> u32 {
    let block = async {
        let n = open().await?;
        Ok::<u32, io::Error>(n)
    };
    block.await.unwrap()
}
// ANCHOR_END: e0282

// ANCHOR: e0277
/// E0277: a block that uses `?` must end in a Result.
async fn question() -> bool {
    let block = async {
        open().await?;
        io::Result::Ok(())
    };
    block.await.is_ok()
}
// ANCHOR_END: e0277

fn block_on<F: Future>(f: F) -> F::Output {
    let mut f = pin!(f);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(v) = f.as_mut().poll(&mut cx) {
            return v;
        }
    }
}

fn main() {
    println!("e0373: {}", block_on(make()));
    spawn_show();
    let hits = Cell::new(0);
    Rc::new(Server { hits }).start();
    TASKS.take().into_iter().for_each(block_on);
    let mut conn = Conn {
        input: 1,
        output: 2,
    };
    println!("e0499: {}", block_on(both(&mut conn)));
    println!("e0502: {}", block_on(first(&mut vec![7])));
    println!("e0505: {}", block_on(wait_then_drop()));
    println!("e0106: {}", block_on(pick("b", "a")));
    println!("e0716: {}", block_on(same_statement()));
    println!("e0700: {}", block_on(captures("ferris")));
    println!("e0282: {}", block_on(annotated()));
    println!("e0277: {}", block_on(question()));
}
