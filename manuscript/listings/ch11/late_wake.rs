//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A waker outlives its task. If it holds the number of a slot, and the slot
// has a new tenant, it rings at the wrong door. A generation tells them
// apart.
use std::cell::RefCell;
use std::rc::Rc;

// ANCHOR: slab
#[derive(Clone, Copy, PartialEq)]
struct Key {
    slot: usize,
    generation: u32,
}

#[derive(Default)]
struct Slab {
    slots: Vec<(u32, Option<&'static str>)>,
    woken: Vec<&'static str>,
    late: u32,
}

impl Slab {
    fn insert(&mut self, name: &'static str) -> Key {
        let free = self.slots.iter().position(|(_, task)| task.is_none());
        let slot = free.unwrap_or_else(|| {
            self.slots.push((0, None));
            self.slots.len() - 1
        });
        self.slots[slot].1 = Some(name);
        let generation = self.slots[slot].0;
        Key { slot, generation }
    }

    fn remove(&mut self, key: Key) {
        let slot = &mut self.slots[key.slot];
        slot.0 += 1; // whoever still has the old key has a wrong one
        slot.1 = None;
    }
}
// ANCHOR_END: slab

// ANCHOR: wake
impl Slab {
    fn wake_slot(&mut self, key: Key) {
        self.woken.extend(self.slots[key.slot].1);
    }

    fn wake_task(&mut self, key: Key) {
        match self.slots[key.slot] {
            (now, Some(name)) if now == key.generation => {
                self.woken.push(name);
            }
            _ => self.late += 1, // harmless, and not at all rare
        }
    }
}
// ANCHOR_END: wake

// ANCHOR: main
fn main() {
    let slab = Rc::new(RefCell::new(Slab::default()));
    let old = slab.borrow_mut().insert("old task");

    // A timer took this waker along. The task ends before it fires.
    let timer = slab.clone();
    let by_slot = move || timer.borrow_mut().wake_slot(old);
    let timer = slab.clone();
    let by_key = move || timer.borrow_mut().wake_task(old);

    slab.borrow_mut().remove(old);
    let new = slab.borrow_mut().insert("new task");
    println!("the same slot: {}", new.slot == old.slot);
    println!("the same key: {}", new == old);

    by_slot();
    println!("by slot: woken {:?}", slab.borrow().woken);
    slab.borrow_mut().woken.clear();
    by_key();
    println!("by key: woken {:?}", slab.borrow().woken);
    println!("late wakes: {}", slab.borrow().late);
    slab.borrow_mut().wake_task(new);
    println!("its own key: woken {:?}", slab.borrow().woken);
}
// ANCHOR_END: main
