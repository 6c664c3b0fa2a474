//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ needs: linux
//@ pinned
// A future that contains a pointer into itself, seen as words of memory.
// They are read through the kernel: some of them are padding, which a Rust
// program must not read.
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

// ANCHOR: selfish
async fn selfish() -> u64 {
    let local: [u64; 3] = [0x1111, 0x2222, 0x3333];
    let into: &u64 = &local[1];
    Once(false).await; // `local` and `into` are both live across
    *into + local[0] + local[2]
}
// ANCHOR_END: selfish

// ANCHOR: read
fn address<T>(place: &T) -> u64 {
    place as *const T as u64
}

/// The words of `f`, as the kernel sees them.
fn words<F>(f: &F) -> Vec<u64> {
    let mut bytes = vec![0; size_of_val(f)];
    let memory = File::open("/proc/self/mem").unwrap();
    memory.read_exact_at(&mut bytes, address(f)).unwrap();
    let word = |w: &[u8]| u64::from_ne_bytes(w.try_into().unwrap());
    bytes.chunks_exact(8).map(word).collect()
}
// ANCHOR_END: read

// ANCHOR: dump
fn dump(words: &[u64], base: u64) {
    for (i, &w) in words.iter().enumerate() {
        let inside = w.wrapping_sub(base);
        let what = match w {
            0x1111 | 0x2222 | 0x3333 => format!("{w:#x}"),
            _ if inside < 40 => format!("the address of +{inside}"),
            _ => String::from("state, Once, padding"),
        };
        println!("  +{:<2}  {what}", 8 * i);
    }
}
// ANCHOR_END: dump

/// How many of the words are addresses within 40 bytes from `base`?
fn pointers(words: &[u64], base: u64) -> usize {
    let inside = |&&w: &&u64| w.wrapping_sub(base) < 40;
    words.iter().filter(inside).count()
}

fn main() {
    // ANCHOR: poll
    let mut fut = Box::pin(selfish());
    let mut cx = Context::from_waker(Waker::noop());
    println!("first poll: {:?}", fut.as_mut().poll(&mut cx));

    println!("the {} bytes of the future:", size_of_val(&*fut));
    dump(&words(&*fut), address(&*fut));
    // ANCHOR_END: poll

    // ANCHOR: copy
    let copy = words(&*fut); // 40 bytes, copied to another place
    let (old, new) = (address(&*fut), address(&copy[0]));
    println!("the copy points into itself: {}", pointers(&copy, new));
    println!("it points into the original: {}", pointers(&copy, old));
    // ANCHOR_END: copy

    let end = fut.as_mut().poll(&mut cx);
    println!("second poll: {:?}", end.map(|sum| format!("{sum:#x}")));
}
