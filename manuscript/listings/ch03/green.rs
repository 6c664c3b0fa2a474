//@ kind: run
//@ edition: 2021
//@ min: 1.63
//@ needs: x86_64 linux
// The road not taken: stackful coroutines, a context switch in fifteen
// instructions.
use std::arch::global_asm;
use std::cell::UnsafeCell;

// ANCHOR: switch
global_asm!(
    ".globl demo_switch",
    // rdi: where to save our rsp, rsi: the rsp to load.
    "demo_switch:",
    "push rbp; push rbx; push r12; push r13; push r14; push r15",
    "mov [rdi], rsp",
    "mov rsp, rsi",
    "pop r15; pop r14; pop r13; pop r12; pop rbx; pop rbp",
    "ret",
);
// ANCHOR_END: switch

extern "C" {
    fn demo_switch(save: *mut usize, load: usize);
}

const STACK: usize = 64 * 1024;

// ANCHOR: fiber
struct Fiber {
    rsp: usize,
    stack: Box<[u128]>,
    done: bool,
    name: &'static str,
}
// ANCHOR_END: fiber

struct Sched {
    fibers: Vec<Fiber>,
    current: usize,
    home: usize,
    log: Vec<String>,
}

struct Global(UnsafeCell<Sched>);
// SAFETY: one OS thread only. A listing of a book, not a library.
unsafe impl Sync for Global {}
static S: Global = Global(UnsafeCell::new(Sched {
    fibers: Vec::new(),
    current: 0,
    home: 0,
    log: Vec::new(),
}));
fn sched() -> *mut Sched {
    S.0.get()
}

// ANCHOR: yield
fn yield_now() {
    unsafe {
        let s = sched();
        let me = (*s).current;
        let save: *mut usize = &mut (&mut (*s).fibers)[me].rsp;
        demo_switch(save, (*s).home);
    }
}
// ANCHOR_END: yield

// ANCHOR: helper
fn helper(i: u32) {
    // An ordinary function, and it suspends its whole call chain.
    unsafe {
        let s = sched();
        let n = (&(*s).fibers)[(*s).current].name;
        (*s).log.push(format!("{n}{i}"));
    }
    yield_now();
}
// ANCHOR_END: helper

// ANCHOR: entry
extern "C" fn entry() -> ! {
    for i in 0..3 {
        helper(i)
    }
    unsafe {
        let s = sched();
        let me = (*s).current;
        (&mut (*s).fibers)[me].done = true;
    }
    yield_now();
    unreachable!()
}
// ANCHOR_END: entry

// ANCHOR: spawn
fn spawn(name: &'static str) {
    let mut stack = vec![0u128; STACK / 16].into_boxed_slice();
    // The end of the stack is 16-byte aligned. From the top: one word so
    // that entry() sees the alignment of the ABI, the address of entry,
    // and room for six registers.
    let top = stack.as_mut_ptr_range().end as *mut usize;
    let rsp = unsafe {
        top.sub(2).write(entry as *const () as usize);
        top.sub(8) as usize
    };
    let done = false;
    let fiber = Fiber { rsp, stack, done, name };
    unsafe { (*sched()).fibers.push(fiber) };
}
// ANCHOR_END: spawn

// ANCHOR: loop
unsafe fn run(s: *mut Sched) {
    while (&(*s).fibers).iter().any(|f| !f.done) {
        for i in 0..3 {
            if (&(*s).fibers)[i].done {
                continue;
            }
            (*s).current = i;
            let load = (&(*s).fibers)[i].rsp;
            demo_switch(&mut (*s).home, load);
        }
    }
}
// ANCHOR_END: loop

fn main() {
    for name in ["a", "b", "c"] {
        spawn(name);
    }
    unsafe {
        let s = sched();
        run(s);
        println!("order: {}", (*s).log.join(" "));
        for f in &(*s).fibers {
            let used = f.stack.iter().skip_while(|&&w| w == 0);
            let used = used.count() * 16;
            println!(
                "fiber {}: {STACK} bytes reserved, over 200 touched: {}",
                f.name,
                used > 200
            );
            eprintln!("({used} bytes touched)");
        }
    }
}
