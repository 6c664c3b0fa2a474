//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ pinned
// The output of a task in the place where its future was, and a handle that
// knows the type of the output but not that of the future.
use std::cell::{Cell, UnsafeCell};
use std::future::{ready, Future};
use std::marker::PhantomData;
use std::mem::{replace, size_of, size_of_val};
use std::pin::Pin;
use std::ptr::NonNull;
use std::task::{Context, Poll, Waker};

// ANCHOR: block
#[repr(C)]
struct Header {
    vtable: &'static VTable,
    refs: Cell<usize>,    // for one thread
    finished: Cell<bool>, // until then the stage belongs to `poll`
    waiter: Cell<Option<Waker>>,
}

struct VTable {
    poll: unsafe fn(NonNull<Header>, &mut Context<'_>),
    take: unsafe fn(NonNull<Header>, *mut ()),
    free: unsafe fn(NonNull<Header>),
}

enum Stage<F: Future> {
    Running(F),
    Finished(F::Output),
    Taken,
}

#[repr(C)]
struct Block<F: Future> {
    header: Header,
    stage: UnsafeCell<Stage<F>>,
}
// ANCHOR_END: block

// ANCHOR: typed
impl<F: Future> Block<F> {
    const VTABLE: VTable = VTable {
        poll: Block::<F>::poll,
        take: Block::<F>::take,
        free: Block::<F>::free,
    };

    unsafe fn stage<'a>(task: NonNull<Header>) -> &'a mut Stage<F> {
        &mut *(*task.cast::<Block<F>>().as_ptr()).stage.get()
    }

    unsafe fn poll(task: NonNull<Header>, cx: &mut Context<'_>) {
        let stage = Self::stage(task);
        if let Stage::Running(future) = stage {
            let future = Pin::new_unchecked(future);
            if let Poll::Ready(output) = future.poll(cx) {
                *stage = Stage::Finished(output); // drops the future here
                task.as_ref().finished.set(true);
                task.as_ref().waiter.take().map(Waker::wake);
            }
        }
    }

    /// Only when finished; `to` has to point to a `Poll<F::Output>`.
    unsafe fn take(task: NonNull<Header>, to: *mut ()) {
        let stage = replace(Self::stage(task), Stage::Taken);
        if let Stage::Finished(output) = stage {
            *to.cast::<Poll<F::Output>>() = Poll::Ready(output);
        }
    }

    unsafe fn free(task: NonNull<Header>) {
        drop(Box::from_raw(task.cast::<Block<F>>().as_ptr()));
    }
}
// ANCHOR_END: typed

struct Task(NonNull<Header>);

// ANCHOR: handle
struct Handle<T>(Task, PhantomData<T>);

fn task<F: Future + 'static>(future: F) -> (Task, Handle<F::Output>) {
    let block = Box::new(Block {
        header: Header {
            vtable: &Block::<F>::VTABLE,
            refs: Cell::new(2),
            finished: Cell::new(false),
            waiter: Cell::new(None),
        },
        stage: UnsafeCell::new(Stage::Running(future)),
    });
    let block = NonNull::from(Box::leak(block)).cast();
    (Task(block), Handle(Task(block), PhantomData))
}

impl<T> Future for Handle<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        let mut poll = Poll::Pending;
        let header = self.0.header();
        if !header.finished.get() {
            header.waiter.set(Some(cx.waker().clone()));
            return poll;
        }
        // SAFETY: it is finished. `task` made the handle together with the
        // block, so the output is a T, and `poll` is a `Poll<T>`.
        unsafe { (header.vtable.take)(self.0 .0, (&raw mut poll).cast()) };
        poll
    }
}
// ANCHOR_END: handle

impl<T> Unpin for Handle<T> {}

impl Task {
    fn header(&self) -> &Header {
        // SAFETY: we own one of the references that keep it alive.
        unsafe { self.0.as_ref() }
    }

    fn poll(&mut self, cx: &mut Context<'_>) {
        // SAFETY: there is one `Task` outside handles, and it is borrowed;
        // handles keep away from the stage until it is finished.
        unsafe { (self.header().vtable.poll)(self.0, cx) }
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

async fn sum() -> [u64; 4] {
    let numbers = [1, 2, 3, 4, 5, 6, 7, 8];
    ready(()).await;
    [numbers.iter().sum(), 0, 0, 0]
}

fn sizes<F: Future>(_: impl FnOnce() -> F) {
    println!("stage: {} bytes", size_of::<Stage<F>>());
    println!("block: {} bytes", size_of::<Block<F>>());
}

// ANCHOR: main
fn main() {
    println!("future: {} bytes", size_of_val(&sum()));
    println!("output: {} bytes", size_of::<[u64; 4]>());
    println!("header: {} bytes", size_of::<Header>());
    sizes(sum);
    let (mut task, mut handle) = task(sum());
    println!("handle: {} bytes", size_of_val(&handle));
    let mut cx = Context::from_waker(Waker::noop());
    println!("{:?}", Pin::new(&mut handle).poll(&mut cx));
    task.poll(&mut cx);
    drop(task); // the executor has no more use for it
    println!("{:?}", Pin::new(&mut handle).poll(&mut cx));
}
// ANCHOR_END: main
