//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A timer that keeps the first waker it was shown. It works until somebody
// else takes over the future.
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering::*};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

// ANCHOR: sleep
#[derive(Default)]
struct Alarm {
    rung: bool,
    waker: Option<Waker>,
}

struct Sleep {
    alarm: Rc<RefCell<Alarm>>,
    newest: bool,
}

// ANCHOR: poll
impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut alarm = self.alarm.borrow_mut();
        if alarm.rung {
            return Poll::Ready(());
        }
        match &mut alarm.waker {
            None => alarm.waker = Some(cx.waker().clone()),
            // clone_from clones only if it is not the same task as before.
            Some(kept) if self.newest => kept.clone_from(cx.waker()),
            Some(_) => {} // the bug
        }
        Poll::Pending
    }
}
// ANCHOR_END: poll
// ANCHOR_END: sleep

#[derive(Default)]
struct Task(AtomicBool);

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Relaxed);
    }
}

// ANCHOR: main
fn poll(task: &Arc<Task>, sleep: &mut Sleep) -> Poll<()> {
    let waker = Waker::from(task.clone());
    Pin::new(sleep).poll(&mut Context::from_waker(&waker))
}

fn ring(alarm: &RefCell<Alarm>) {
    alarm.borrow_mut().rung = true;
    let waker = alarm.borrow_mut().waker.take();
    waker.into_iter().for_each(Waker::wake);
}

fn main() {
    for newest in [false, true] {
        println!(
            "{}:",
            if newest {
                "keeps the newest"
            } else {
                "keeps the first"
            }
        );
        let alarm = Rc::new(RefCell::new(Alarm::default()));
        let mut sleep = Sleep {
            alarm: alarm.clone(),
            newest,
        };
        let (parent, child) =
            (Arc::new(Task::default()), Arc::new(Task::default()));
        // The parent looks whether the time has come, and when it has not,
        // gives the future away into a task of its own.
        println!("  polled by the parent: {:?}", poll(&parent, &mut sleep));
        println!("  polled by the child:  {:?}", poll(&child, &mut sleep));
        ring(&alarm);
        println!(
            "  woken: parent {}, child {}",
            parent.0.load(Relaxed),
            child.0.load(Relaxed)
        );
    }
}
// ANCHOR_END: main
