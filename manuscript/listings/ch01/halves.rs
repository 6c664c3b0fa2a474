//@ kind: run
//@ edition: 2021
//@ min: 1.63
//@ needs: x86_64 linux
// What one asks for as a stack, and what one gets (glibc).
use std::mem::MaybeUninit;
use std::thread;

const KIB: usize = 1024;

mod sys {
    use std::os::raw::{c_int, c_ulong, c_void};

    /// pthread_attr_t of glibc: 56 bytes on x86-64.
    pub type Attributes = [c_ulong; 7];

    extern "C" {
        pub fn pthread_self() -> c_ulong;
        pub fn pthread_getattr_np(
            thread: c_ulong,
            attributes: *mut Attributes,
        ) -> c_int;
        pub fn pthread_attr_getstack(
            attributes: *const Attributes,
            address: *mut *mut c_void,
            size: *mut usize,
        ) -> c_int;
        pub fn pthread_attr_destroy(attributes: *mut Attributes) -> c_int;
    }
}

/// The size of the stack that we are on.
fn own_stack() -> usize {
    let mut attributes = MaybeUninit::uninit();
    let mut address = std::ptr::null_mut();
    let mut size = 0;
    // SAFETY: the first call fills in the attributes, the second reads
    // them, the third gives back what belongs to them.
    unsafe {
        let thread = sys::pthread_self();
        let a = attributes.as_mut_ptr();
        assert_eq!(sys::pthread_getattr_np(thread, a), 0);
        let r = sys::pthread_attr_getstack(a, &mut address, &mut size);
        assert_eq!(r, 0);
        sys::pthread_attr_destroy(a);
    }
    size
}

// ANCHOR: ask
fn reserved(wanted: usize) -> usize {
    let builder = thread::Builder::new().stack_size(wanted);
    builder.spawn(own_stack).unwrap().join().unwrap()
}

fn main() {
    let least = reserved(1);
    let fits = (16 * KIB..=32 * KIB).contains(&least);
    println!("1 byte:  from 16 to 32 KiB: {fits}");
    for wanted in [64, 1024] {
        let got = reserved(wanted * KIB) / KIB;
        println!("{wanted} KiB: {got} KiB");
    }
    let unasked = thread::spawn(own_stack).join().unwrap();
    println!("unasked: {} KiB", unasked / KIB);
    println!("then 512 KiB: {} KiB", reserved(512 * KIB) / KIB);
}
// ANCHOR_END: ask
