//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ pinned
// A task in one block of memory: a header that every task has alike, then
// the future, of whatever type. What points to it is one word wide, and
// one of those who do is the waker.
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::UnsafeCell;
use std::collections::VecDeque;
use std::future::{poll_fn, Future};
use std::mem::{forget, offset_of, size_of, take, ManuallyDrop};
use std::pin::Pin;
use std::ptr::{self, NonNull};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::*};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

// ANCHOR: header
#[repr(C)]
struct Header {
    vtable: &'static VTable,
    queue: Arc<Queue>,
    refs: AtomicUsize,
    queued: AtomicBool,
}

struct VTable {
    poll: unsafe fn(NonNull<Header>, &mut Context<'_>),
    free: unsafe fn(NonNull<Header>),
}

/// The header comes first, so its address is that of the whole.
#[repr(C)]
struct Block<F> {
    header: Header,
    future: UnsafeCell<Option<F>>, // None when it has finished
}

/// One reference to a block, which is counted in it.
struct Task(NonNull<Header>);

type Queue = Mutex<VecDeque<Task>>;
// ANCHOR_END: header

// ANCHOR: typed
/// The only code that knows F. One such pair per type of future.
impl<F: Future<Output = ()>> Block<F> {
    const VTABLE: VTable = VTable {
        poll: Block::<F>::poll,
        free: Block::<F>::free,
    };

    unsafe fn poll(task: NonNull<Header>, cx: &mut Context<'_>) {
        let slot = (*task.cast::<Block<F>>().as_ptr()).future.get();
        let mut slot = Pin::new_unchecked(&mut *slot);
        if let Some(future) = slot.as_mut().as_pin_mut() {
            if future.poll(cx).is_ready() {
                slot.set(None);
            }
        }
    }

    unsafe fn free(task: NonNull<Header>) {
        drop(Box::from_raw(task.cast::<Block<F>>().as_ptr()));
    }
}
// ANCHOR_END: typed

// ANCHOR: task
impl Task {
    fn new<F>(queue: Arc<Queue>, future: F) -> Task
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let block = Box::new(Block {
            header: Header {
                vtable: &Block::<F>::VTABLE,
                queue,
                refs: AtomicUsize::new(1),
                queued: AtomicBool::new(false),
            },
            future: UnsafeCell::new(Some(future)),
        });
        Task(NonNull::from(Box::leak(block)).cast())
    }

    fn header(&self) -> &Header {
        // SAFETY: we own one of the references that keep it alive.
        unsafe { self.0.as_ref() }
    }

    /// Whoever gets a yes has to push it.
    fn claim(&self) -> bool {
        !self.header().queued.swap(true, AcqRel)
    }

    fn push(self) {
        let queue = self.header().queue.clone();
        queue.lock().unwrap().push_back(self);
    }
}

impl Clone for Task {
    fn clone(&self) -> Task {
        self.header().refs.fetch_add(1, Relaxed);
        Task(self.0)
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        if self.header().refs.fetch_sub(1, AcqRel) == 1 {
            // SAFETY: that was the last reference.
            unsafe { (self.header().vtable.free)(self.0) };
        }
    }
}
// ANCHOR_END: task

// SAFETY: the future is `Send`, the header can be used from all threads,
// and nobody but `Executor::run` polls.
unsafe impl Send for Task {}

// ANCHOR: waker
static WAKER: RawWakerVTable =
    RawWakerVTable::new(clone, wake, wake_by_ref, drop_waker);

impl Task {
    fn into_waker(self) -> Waker {
        let data = ManuallyDrop::new(self).0.as_ptr() as *const ();
        // SAFETY: our reference is the waker's now.
        unsafe { Waker::from_raw(RawWaker::new(data, &WAKER)) }
    }

    unsafe fn from_data(data: *const ()) -> Task {
        Task(NonNull::new_unchecked(data as *mut Header))
    }
}

unsafe fn clone(data: *const ()) -> RawWaker {
    let lent = ManuallyDrop::new(Task::from_data(data));
    forget(Task::clone(&lent));
    RawWaker::new(data, &WAKER)
}

unsafe fn wake(data: *const ()) {
    let task = Task::from_data(data);
    if task.claim() {
        task.push();
    }
}

unsafe fn wake_by_ref(data: *const ()) {
    let lent = ManuallyDrop::new(Task::from_data(data));
    if lent.claim() {
        Task::clone(&lent).push();
    }
}

unsafe fn drop_waker(data: *const ()) {
    drop(Task::from_data(data));
}
// ANCHOR_END: waker

#[derive(Default)]
struct Executor {
    queue: Arc<Queue>,
}

impl Executor {
    // ANCHOR: run
    /// Nobody else can be in here, since it takes a `&mut self`.
    fn run(&mut self) {
        loop {
            let first = self.queue.lock().unwrap().pop_front();
            let Some(task) = first else { return };
            task.header().queued.swap(false, Acquire);
            let (block, poll) = (task.0, task.header().vtable.poll);
            let waker = task.into_waker();
            // SAFETY: the waker keeps the block alive, which never moves,
            // and no other poll is going on: the queue is ours alone.
            unsafe { poll(block, &mut Context::from_waker(&waker)) };
        }
    }
    // ANCHOR_END: run
}

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

/// Follows the data pointer of one of our wakers.
fn owners(waker: &Waker) -> usize {
    assert!(ptr::eq(waker.vtable(), &WAKER));
    // SAFETY: a waker of ours points to a header, and keeps it alive.
    let header = unsafe { &*(waker.data() as *const Header) };
    header.refs.load(Relaxed)
}

type Slot = Arc<Mutex<Option<Waker>>>;

// ANCHOR: job
async fn job(slot: Slot) {
    let _noisy = Noisy;
    let mut first = true;
    poll_fn(|cx| {
        println!("  owners in a poll: {}", owners(cx.waker()));
        if !take(&mut first) {
            return Poll::Ready(());
        }
        *slot.lock().unwrap() = Some(cx.waker().clone());
        println!("  registered: {}", owners(cx.waker()));
        Poll::Pending
    })
    .await
}
// ANCHOR_END: job

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

    let (mut executor, slot) = (Executor::default(), Slot::default());
    executor.queue.lock().unwrap().reserve(1);
    let (queue, one) = (executor.queue.clone(), slot.clone());
    let (task, n) = blocks(|| Task::new(queue, job(one)));
    let other = slot.clone();
    let (_other, m) = blocks(|| {
        let boxed: Dyn = Box::pin(job(other));
        Arc::new(Mutex::new(Some(boxed)))
    });
    println!("blocks of memory: {n}, with Arc and Box: {m}");

    // ANCHOR: main
    assert!(task.claim());
    task.push();
    executor.run();
    let waker = slot.lock().unwrap().take().unwrap();
    println!("waiting: {}", owners(&waker));
    let data = waker.data();
    waker.wake();
    let queue = executor.queue.clone();
    let woken = queue.lock().unwrap()[0].0.as_ptr();
    println!("woken, same address: {}", ptr::eq(data, woken.cast()));
    let before = BLOCKS.load(Relaxed);
    executor.run();
    println!("blocks freed: {}", before - BLOCKS.load(Relaxed));
    // ANCHOR_END: main
}

#[repr(align(64))]
struct Wide(#[allow(dead_code)] u8);
