//@ kind: run
//@ edition: 2021
//@ min: 1.63
//@ needs: x86_64 linux
// One system call by hand, and what became of two registers.
use std::arch::asm;
use std::process;

// ANCHOR: call
fn main() {
    let (ours, answer, after, r11): (u64, u64, u64, u64);
    let mut rcx = 0u64;
    // SAFETY: getpid takes no argument and writes to no memory.
    unsafe {
        asm!(
            "lea {after}, [rip + 2f]",
            "mov {ours}, rsp",
            "syscall",
            "2: sub {ours}, rsp",
            after = out(reg) after,
            ours = out(reg) ours,
            inout("rax") 39u64 => answer, // in: getpid
            inout("rcx") rcx,
            out("r11") r11,
        );
    }
    // ANCHOR_END: call
    if rcx == 0 {
        println!("a processor with FRED, which leaves rcx alone");
        process::exit(77);
    }
    // ANCHOR: print
    println!("rax is the answer: {}", answer == process::id() as u64);
    println!("rsp differs by {ours}");
    println!("rcx is the address after it: {}", rcx == after);
    println!("r11 holds flags: {}", r11 & 2 != 0); // one is always set
}
// ANCHOR_END: print
