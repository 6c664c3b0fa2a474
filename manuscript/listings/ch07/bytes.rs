//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ needs: linux
//@ pinned
// A future between its polls, read as bytes. A rule of the language forbids
// us to read padding, which was never written. The kernel has no such rule.
use std::fs::File;
use std::future::Future;
use std::mem::size_of_val;
use std::os::unix::fs::FileExt;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

struct Once(bool);

impl Future for Once {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

struct Noisy(&'static str);

impl Drop for Noisy {
    fn drop(&mut self) {}
}

// ANCHOR: sugar
static WORD: &str = "guard";

async fn sugar(start: u64) -> u64 {
    let guard = Noisy(WORD);
    let mut sum = start;
    Once(false).await;
    sum += guard.0.len() as u64;
    drop(guard);
    Once(false).await;
    sum + 1
}
// ANCHOR_END: sugar

// ANCHOR: read
/// The bytes of `f`, as the kernel sees them.
fn bytes<F>(f: &F) -> Vec<u8> {
    let mut bytes = vec![0; size_of_val(f)];
    let memory = File::open("/proc/self/mem").unwrap();
    let address = f as *const F as u64;
    memory.read_exact_at(&mut bytes, address).unwrap();
    bytes
}
// ANCHOR_END: read

// ANCHOR: what
const START: u64 = 0x1111;

fn word(bytes: &[u8], at: usize) -> String {
    match u64::from_ne_bytes(bytes[at..at + 8].try_into().unwrap()) {
        w @ (5 | 0x1111 | 0x1116) => format!("{w:#06x}"),
        w if w == WORD.as_ptr() as u64 => String::from("string"),
        _ => String::from("------"),
    }
}
// ANCHOR_END: what

// ANCHOR: show
fn show() {
    let mut f = Box::pin(sugar(START));
    let mut cx = Context::from_waker(Waker::noop());
    let mut seen = vec![bytes(&*f)];
    while f.as_mut().poll(&mut cx).is_pending() {
        seen.push(bytes(&*f));
    }
    seen.push(bytes(&*f));

    for at in (0..seen[0].len()).step_by(8) {
        print!("word {at:2}:");
        seen.iter().for_each(|s| print!(" {}", word(s, at)));
        println!();
    }
    // Which byte counts like a discriminant? And what is in two others
    // while the future waits?
    for at in 0..seen[0].len() {
        let b = [0, 1, 2, 3].map(|n| seen[n][at]);
        if b == [0, 3, 4, 1] {
            println!("byte {at}: {}, {}, {}, {}", b[0], b[1], b[2], b[3]);
        } else if [16, 24].contains(&at) {
            println!("byte {at}: -, {}, {}", b[1], b[2]);
        }
    }
}
// ANCHOR_END: show

fn main() {
    if File::open("/proc/self/mem").is_err() {
        println!("there is no /proc/self/mem here");
        std::process::exit(77);
    }
    show();
}
