//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ pinned
// A task in one block of memory: a header that every task has alike, then
// the future, of whatever type. What points to it is one word wide.
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::{Cell, UnsafeCell};
use std::future::{ready, Future};
use std::mem::{offset_of, size_of};
use std::pin::Pin;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

// ANCHOR: header
#[repr(C)]
struct Header {
    vtable: &'static VTable,
    refs: Cell<usize>, // one thread only; else it would be atomic
    done: Cell<bool>,
}

struct VTable {
    poll: unsafe fn(NonNull<Header>, &mut Context<'_>) -> Poll<()>,
    free: unsafe fn(NonNull<Header>),
}

/// The header comes first, so its address is that of the whole.
#[repr(C)]
struct Block<F> {
    header: Header,
    future: UnsafeCell<F>,
}
// ANCHOR_END: header

// ANCHOR: typed
/// The only code that knows F. One such pair per type of future.
impl<F: Future<Output = ()>> Block<F> {
    const VTABLE: VTable = VTable {
        poll: Block::<F>::poll,
        free: Block::<F>::free,
    };

    unsafe fn poll(
        task: NonNull<Header>,
        cx: &mut Context<'_>,
    ) -> Poll<()> {
        let future = (*task.cast::<Block<F>>().as_ptr()).future.get();
        Pin::new_unchecked(&mut *future).poll(cx)
    }

    unsafe fn free(task: NonNull<Header>) {
        drop(Box::from_raw(task.cast::<Block<F>>().as_ptr()));
    }
}
// ANCHOR_END: typed

// ANCHOR: task
struct Task(NonNull<Header>);

impl Task {
    fn new<F: Future<Output = ()> + 'static>(future: F) -> Task {
        let block = Box::new(Block {
            header: Header {
                vtable: &Block::<F>::VTABLE,
                refs: Cell::new(1),
                done: Cell::new(false),
            },
            future: UnsafeCell::new(future),
        });
        Task(NonNull::from(Box::leak(block)).cast())
    }

    fn header(&self) -> &Header {
        // SAFETY: we own one of the references that keep it alive.
        unsafe { self.0.as_ref() }
    }

    fn poll(&self, cx: &mut Context<'_>) -> Poll<()> {
        if self.header().done.get() {
            return Poll::Ready(());
        }
        // SAFETY: the block never moves, and nobody else polls it.
        let poll = unsafe { (self.header().vtable.poll)(self.0, cx) };
        self.header().done.set(poll.is_ready());
        poll
    }
}

impl Clone for Task {
    fn clone(&self) -> Task {
        self.header().refs.set(self.header().refs.get() + 1);
        Task(self.0)
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        let left = self.header().refs.get() - 1;
        self.header().refs.set(left);
        if left == 0 {
            // SAFETY: that was the last reference.
            unsafe { (self.header().vtable.free)(self.0) };
        }
    }
}
// ANCHOR_END: task

struct Count;
static BLOCKS: AtomicUsize = AtomicUsize::new(0);

// SAFETY: forwards to System, and only counts.
unsafe impl GlobalAlloc for Count {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        BLOCKS.fetch_add(1, Relaxed);
        System.alloc(layout)
    }

    unsafe fn dealloc(&self, p: *mut u8, layout: Layout) {
        BLOCKS.fetch_sub(1, Relaxed);
        System.dealloc(p, layout)
    }
}

#[global_allocator]
static A: Count = Count;

/// How many blocks of memory it takes to make one.
fn blocks<T>(make: impl FnOnce() -> T) -> (T, usize) {
    let before = BLOCKS.load(Relaxed);
    let made = make();
    (made, BLOCKS.load(Relaxed) - before)
}

struct Noisy;

impl Drop for Noisy {
    fn drop(&mut self) {
        println!("  the future is dropped");
    }
}

async fn job(n: u64) {
    let _noisy = Noisy;
    ready(()).await;
    println!("  the body runs with {n}");
}

// ANCHOR: main
type Dyn = Pin<Box<dyn Future<Output = ()> + Send>>;

fn main() {
    println!("header: {} bytes", size_of::<Header>());
    println!("future at +{}", offset_of!(Block<u64>, future));
    println!("aligned to 64, at +{}", offset_of!(Block<Wide>, future));
    println!(
        "Task: {} bytes, boxed dyn: {}",
        size_of::<Task>(),
        size_of::<Dyn>()
    );

    let (task, n) = blocks(|| Task::new(job(7)));
    let (_other, m) = blocks(|| {
        let boxed: Dyn = Box::pin(job(8));
        Arc::new(Mutex::new(Some(boxed)))
    });
    println!("blocks of memory: {n}, with Arc and Box: {m}");

    let second = task.clone();
    println!("polled through an untyped pointer:");
    let mut cx = Context::from_waker(Waker::noop());
    println!("  -> {:?}", task.poll(&mut cx));
    drop(task);
    println!("one reference is left: {}", second.header().refs.get() == 1);
    let before = BLOCKS.load(Relaxed);
    drop(second);
    println!(
        "and the block is gone: {}",
        before - BLOCKS.load(Relaxed) == 1
    );
}
// ANCHOR_END: main

#[repr(align(64))]
struct Wide(#[allow(dead_code)] u8);
