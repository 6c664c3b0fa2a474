//@ kind: run
//@ edition: 2021
//@ min: 1.63
//@ needs: x86_64 linux
// Fibers with an argument, passed in a saved register, and a look at how
// much of its stack each has touched.
use std::arch::global_asm;
use std::cell::UnsafeCell;

// ANCHOR: start
global_asm!(
    ".globl arg_switch, arg_start",
    "arg_switch:",
    "push rbp; push rbx; push r12; push r13; push r14; push r15",
    "mov [rdi], rsp",
    "mov rsp, rsi",
    "pop r15; pop r14; pop r13; pop r12; pop rbx; pop rbp",
    "ret",
    // The first `ret` of a fiber leads here. rbp holds the function to
    // call, rbx its argument.
    "arg_start:",
    "mov rdi, rbx",
    "call rbp",
    "ud2",
);
// ANCHOR_END: start

extern "C" {
    fn arg_switch(save: *mut usize, load: usize);
    fn arg_start();
}

const STACK: usize = 64 * 1024;

struct Fiber {
    rsp: usize,
    stack: Box<[u128]>,
    done: bool,
}

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

fn yield_now() {
    unsafe {
        let s = sched();
        let me = (*s).current;
        let save: *mut usize = &mut (&mut (*s).fibers)[me].rsp;
        arg_switch(save, (*s).home);
    }
}

// ANCHOR: descend
/// Suspends `depth` frames down.
#[inline(never)]
fn descend(depth: usize) -> usize {
    if depth == 0 {
        yield_now();
        return 0;
    }
    std::hint::black_box(descend(depth - 1)) + 1
}

extern "C" fn entry(depth: usize) -> ! {
    let deep = descend(depth);
    unsafe {
        let s = sched();
        (*s).log.push(format!("back from {deep}"));
        let me = (*s).current;
        (&mut (*s).fibers)[me].done = true;
    }
    yield_now();
    unreachable!()
}
// ANCHOR_END: descend

// ANCHOR: spawn
fn spawn(depth: usize) {
    let mut stack = vec![0u128; STACK / 16].into_boxed_slice();
    let top = stack.as_mut_ptr_range().end as *mut usize;
    let rsp = unsafe {
        top.sub(1).write(arg_start as *const () as usize);
        top.sub(2).write(entry as *const () as usize); // rbp
        top.sub(3).write(depth); // rbx
        top.sub(7) as usize
    };
    let done = false;
    unsafe { (*sched()).fibers.push(Fiber { rsp, stack, done }) };
}
// ANCHOR_END: spawn

fn touched(f: &Fiber) -> usize {
    f.stack.iter().skip_while(|&&w| w == 0).count() * 16
}

fn main() {
    for depth in [0, 0, 0, 100] {
        spawn(depth);
    }
    unsafe {
        let s = sched();
        let mut first_round = Vec::new();
        for round in 0..2 {
            for i in 0..4 {
                (*s).current = i;
                let load = (&(*s).fibers)[i].rsp;
                arg_switch(&mut (*s).home, load);
            }
            if round == 0 {
                first_round.extend((*s).fibers.iter().map(touched));
            }
        }
        assert!((*s).fibers.iter().all(|f| f.done));
        println!("{}", (*s).log.join(", "));
        let [a, b, c, d] = first_round[..] else { unreachable!() };
        let same = a == b && b == c;
        println!("suspended, three have touched the same: {same}");
        let more = d >= a + 1600;
        println!("the fourth, at least 16 bytes a frame more: {more}");
        println!("reserved for each: {STACK} bytes");
        eprintln!("({a} and {d} bytes)");
    }
}
