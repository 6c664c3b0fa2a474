//@ kind: run
//@ edition: 2021
//@ min: 1.63
//@ needs: x86_64 linux
// The stack of a thread: what is reserved, and what has been touched.
use std::fs;
use std::hint::black_box;
use std::mem::MaybeUninit;
use std::os::unix::io::AsRawFd;
use std::os::unix::net::UnixStream;
use std::thread;

const KIB: usize = 1024;

mod sys {
    use std::os::raw::{c_int, c_ulong, c_void};

    /// pthread_attr_t of glibc: 56 bytes on x86-64.
    pub type Attributes = [c_ulong; 7];
    pub const PR_SET_THP_DISABLE: c_int = 41;

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
        pub fn prctl(option: c_int, on: c_ulong, ...) -> c_int;
        pub fn write(fd: c_int, from: *const c_void, count: usize)
            -> isize;
    }
}

/// Small pages only: one of 2 MiB would be touched as a whole.
fn no_huge_pages() {
    // SAFETY: it concerns nothing but the size of pages.
    unsafe { sys::prctl(sys::PR_SET_THP_DISABLE, 1, 0u64, 0u64, 0u64) };
}

/// The lowest address of the stack that we are on, and its size.
fn own_stack() -> (usize, usize) {
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
    (address as usize, size)
}

/// What is resident of the mapping with that address, in KiB.
fn resident(address: usize) -> usize {
    let mut inside = false;
    for line in fs::read_to_string("/proc/self/smaps").unwrap().lines() {
        let mut words = line.split_whitespace();
        let (first, second) = (words.next().unwrap(), words.next());
        if let Some((start, end)) = first.split_once('-') {
            let number = |s| usize::from_str_radix(s, 16).unwrap();
            inside = (number(start)..number(end)).contains(&address);
        }
        if inside && first == "Rss:" {
            return second.unwrap().parse().unwrap();
        }
    }
    unreachable!()
}

/// Page faults of this thread so far that needed no disk.
fn faults() -> usize {
    let stat = fs::read_to_string("/proc/thread-self/stat").unwrap();
    stat.split_whitespace().nth(9).unwrap().parse().unwrap()
}

/// Whether there is memory at that address. The kernel is asked to send
/// a byte from there: it refuses where our own access would be the end.
fn readable(address: usize) -> bool {
    let (one, _other) = UnixStream::pair().unwrap();
    let byte = address as *const std::os::raw::c_void;
    // SAFETY: whatever the address, the kernel only reads.
    unsafe { sys::write(one.as_raw_fd(), byte, 1) == 1 }
}

// ANCHOR: touch
/// A frame of a mebibyte, every page of it written to.
#[inline(never)]
fn touch() {
    let mut big = [0u8; 1024 * KIB];
    for page in big.chunks_mut(4 * KIB) {
        page[0] = 1;
    }
    black_box(&big);
}
// ANCHOR_END: touch

fn report() {
    // ANCHOR: report
    let (lowest, size) = own_stack();
    println!("reserved, at least 2 MiB: {}", size >= 2048 * KIB);
    let first = resident(lowest);
    println!("resident, under 64 KiB: {}", first < 64);

    let before = faults();
    touch();
    let faults = faults() - before;
    println!("page faults, at least 250: {}", faults >= 250);
    let grown = resident(lowest) - first;
    println!("grown by at least 1000 KiB: {}", grown >= 1000);
    // ANCHOR_END: report
    // ANCHOR: guard
    println!("lowest byte, readable: {}", readable(lowest));
    println!("the byte below it: {}", readable(lowest - 1));
    // ANCHOR_END: guard
    eprintln!("(resident {first} KiB, grown {grown})");
    eprintln!("(faults {faults}, size {size})");
}

fn main() {
    no_huge_pages();
    thread::spawn(report).join().unwrap();
}
