//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A task that always finds something to do, and a budget that stops it.
use std::cell::Cell;
use std::collections::VecDeque;
use std::future::{poll_fn, Future};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

// ANCHOR: budget
thread_local! {
    static BUDGET: Cell<u32> = const { Cell::new(0) };
}

/// Every leaf future asks before it does its work. When the budget is used
/// up, the leaf is pending although it could go on, and wakes itself.
fn spend(cx: &mut Context<'_>) -> Poll<()> {
    match BUDGET.get().checked_sub(1) {
        Some(left) => {
            BUDGET.set(left);
            Poll::Ready(())
        }
        None => {
            cx.waker().wake_by_ref();
            Poll::Pending
        }
    }
}
// ANCHOR_END: budget

/// Polls everybody in turn, each time with a fresh budget.
fn run(budget: u32, tasks: Vec<Pin<Box<dyn Future<Output = ()>>>>) {
    let mut queue = VecDeque::from(tasks);
    let mut cx = Context::from_waker(Waker::noop());
    while let Some(mut task) = queue.pop_front() {
        BUDGET.set(budget);
        if task.as_mut().poll(&mut cx).is_pending() {
            queue.push_back(task);
        }
    }
}

// ANCHOR: tasks
/// A socket on which there is always something to read.
async fn read_always(read: &Cell<u32>) {
    poll_fn(spend).await;
    read.set(read.get() + 1);
}

async fn greedy(read: Rc<Cell<u32>>) {
    while read.get() < 1000 {
        read_always(&read).await;
    }
}

async fn modest(read: Rc<Cell<u32>>) {
    println!("  the other task ran after {} reads", read.get());
}
// ANCHOR_END: tasks

fn main() {
    for (name, budget) in [("no budget", u32::MAX), ("budget of 128", 128)]
    {
        println!("{name}:");
        let read = Rc::new(Cell::new(0));
        run(
            budget,
            vec![
                Box::pin(greedy(read.clone())),
                Box::pin(modest(read.clone())),
            ],
        );
        println!("  at the end: {} reads", read.get());
    }
}
