//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A hundred futures in one task, each woken once. Who cannot tell which of
// them was woken has to ask them all.
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

// ANCHOR: gate
thread_local! {
    static POLLS: Cell<usize> = const { Cell::new(0) };
}

/// Pending until it is opened. Counts how often it is asked.
#[derive(Clone, Default)]
struct Gate(Rc<RefCell<(bool, Option<Waker>)>>);

impl Gate {
    fn open(&self) {
        let waker = {
            let mut gate = self.0.borrow_mut();
            gate.0 = true;
            gate.1.take()
        };
        waker.into_iter().for_each(Waker::wake);
    }
}

impl Future for Gate {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        POLLS.set(POLLS.get() + 1);
        let mut gate = self.0.borrow_mut();
        if gate.0 {
            return Poll::Ready(());
        }
        gate.1 = Some(cx.waker().clone());
        Poll::Pending
    }
}
// ANCHOR_END: gate

// ANCHOR: naive
/// All children get the waker of the task.
struct Naive<F>(Vec<F>);

impl<F: Future + Unpin> Future for Naive<F> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.0.retain_mut(|f| Pin::new(f).poll(cx).is_pending());
        match self.0.is_empty() {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    }
}
// ANCHOR_END: naive

// ANCHOR: woken
/// Each child gets a waker of its own, which first writes down its number
/// and then wakes the task.
struct Woken<F> {
    children: Vec<Option<F>>,
    list: Arc<List>,
    left: usize,
}

#[derive(Default)]
struct List {
    woken: Mutex<Vec<usize>>,
    parent: Mutex<Option<Waker>>,
}

struct Child(usize, Arc<List>);

impl Wake for Child {
    fn wake(self: Arc<Self>) {
        self.1.woken.lock().unwrap().push(self.0);
        if let Some(parent) = &*self.1.parent.lock().unwrap() {
            parent.wake_by_ref();
        }
    }
}

impl<F> Woken<F> {
    fn new(children: Vec<F>) -> Woken<F> {
        let list = Arc::new(List::default());
        let left = children.len();
        list.woken.lock().unwrap().extend(0..left); // once each, at first
        let children = children.into_iter().map(Some).collect();
        Woken {
            children,
            list,
            left,
        }
    }
}

impl<F: Future + Unpin> Future for Woken<F> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        *self.list.parent.lock().unwrap() = Some(cx.waker().clone());
        let woken = std::mem::take(&mut *self.list.woken.lock().unwrap());
        for n in woken {
            let waker = Arc::new(Child(n, self.list.clone())).into();
            let mut cx = Context::from_waker(&waker);
            let Some(child) = &mut self.children[n] else {
                continue;
            };
            if Pin::new(child).poll(&mut cx).is_ready() {
                self.children[n] = None;
                self.left -= 1;
            }
        }
        match self.left {
            0 => Poll::Ready(()),
            _ => Poll::Pending,
        }
    }
}
// ANCHOR_END: woken

// ANCHOR: main
#[derive(Default)]
struct Flag(Mutex<bool>);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        *self.0.lock().unwrap() = true;
    }
}

fn count<F: Future + Unpin>(name: &str, make: impl Fn(Vec<Gate>) -> F) {
    const N: usize = 100;
    let gates: Vec<Gate> = (0..N).map(|_| Gate::default()).collect();
    let mut all = make(gates.clone());
    let flag = Arc::new(Flag(Mutex::new(true)));
    let waker = Waker::from(flag.clone());
    let mut cx = Context::from_waker(&waker);
    POLLS.set(0);
    let mut closed = gates.iter();
    loop {
        if std::mem::take(&mut *flag.0.lock().unwrap()) {
            if Pin::new(&mut all).poll(&mut cx).is_ready() {
                break;
            }
        } else {
            closed.next().unwrap().open(); // one at a time
        }
    }
    println!("{name}: {N} futures, {} polls", POLLS.get());
}

fn main() {
    count("naive", Naive);
    count("woken", Woken::new);
}
// ANCHOR_END: main
