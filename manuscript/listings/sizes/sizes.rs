//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ needs: x86_64 linux
//@ pinned
// The sizes of what the book is made of: the size and the alignment of a
// type, and the size of an Option of it.
#![allow(dead_code)]
use std::any::Any;
use std::cell::{Cell, RefCell, UnsafeCell};
use std::collections::{BTreeMap, BinaryHeap, HashMap, VecDeque};
use std::convert::Infallible;
use std::future::{Future, Pending, Ready};
use std::marker::PhantomPinned;
use std::mem::{align_of, size_of, ManuallyDrop};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::num::NonZeroU32;
use std::os::fd::OwnedFd;
use std::pin::Pin;
use std::ptr::NonNull;
use std::rc::{Rc, Weak};
use std::sync::atomic::*;
use std::sync::{mpsc, Arc, Barrier, Condvar, Mutex, OnceLock};
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};
use std::thread::{JoinHandle, Thread};
use std::time::{Duration, Instant, SystemTime};

// ANCHOR: row
fn row<T>(name: &str) {
    let (size, align) = (size_of::<T>(), align_of::<T>());
    let option = size_of::<Option<T>>();
    println!("{name:<38}{size:5}{align:6}{option:7}");
    assert_eq!(size_of::<Poll<T>>(), option);
}
// ANCHOR_END: row

macro_rules! rows {
    ($group:ident: $($name:literal $type:ty),* $(,)?) => {
        println!("// ANCHOR: {}", stringify!($group));
        let (size, align, option) = ("size", "align", "Option");
        println!("{:38}{size:>5}{align:>6}{option:>7}", "");
        $(row::<$type>($name);)*
        println!("// ANCHOR_END: {}", stringify!($group));
    };
}

type Erased = dyn Future<Output = ()>;

/// The structs of the C library, as chapter 2 declares them.
mod c {
    #[repr(C)]
    pub struct PollFd(i32, i16, i16);
    #[repr(C, packed)]
    pub struct EpollEvent(u32, u64);
    #[repr(C)]
    pub struct EpollEventElsewhere(u32, u64);
    #[repr(C)]
    pub struct FdSet([u64; 1024 / 64]);
    #[repr(C)]
    pub struct Timespec(i64, i64);
}

fn main() {
    rows! { pointers:
        "*const T" *const u8,
        "&T, &mut T" &'static u8,
        "NonNull<T>" NonNull<u8>,
        "Box<T>" Box<u8>,
        "Rc<T>, Arc<T>" Arc<u8>,
        "rc::Weak<T>" Weak<u8>,
        "fn()" fn(),
        "Pin<&mut T>" Pin<&'static mut u8>,
        "Pin<Box<T>>" Pin<Box<u8>>,
        "&[T], &str" &'static str,
        "&dyn Trait" &'static dyn Any,
        "Box<dyn Trait>" Box<dyn Any>,
        "Pin<Box<dyn Future<Output = ()>>>" Pin<Box<Erased>>,
    }
    rows! { tasks:
        "Waker" Waker,
        "RawWaker" RawWaker,
        "RawWakerVTable" RawWakerVTable,
        "Context<'_>" Context<'static>,
        "ManuallyDrop<Waker>" ManuallyDrop<Waker>,
        "Ready<()>" Ready<()>,
        "Ready<u64>" Ready<u64>,
        "Pending<u64>" Pending<u64>,
        "PhantomPinned" PhantomPinned,
    }
    rows! { poll:
        "Poll<()>" Poll<()>,
        "Poll<bool>" Poll<bool>,
        "Poll<u8>" Poll<u8>,
        "Poll<char>" Poll<char>,
        "Poll<NonZeroU32>" Poll<NonZeroU32>,
        "Poll<u64>" Poll<u64>,
        "Poll<Box<u8>>" Poll<Box<u8>>,
        "Poll<Option<Box<u8>>>" Poll<Option<Box<u8>>>,
        "Poll<String>" Poll<String>,
        "Poll<Waker>" Poll<Waker>,
        "Poll<Result<u64, u32>>" Poll<Result<u64, u32>>,
        "Poll<std::io::Result<usize>>" Poll<std::io::Result<usize>>,
        "Poll<Poll<()>>" Poll<Poll<()>>,
        "Poll<Infallible>" Poll<Infallible>,
    }
    rows! { owners:
        "String, Vec<T>" String,
        "VecDeque<T>" VecDeque<u8>,
        "BinaryHeap<T>" BinaryHeap<u8>,
        "BTreeMap<K, V>" BTreeMap<u8, u8>,
        "HashMap<K, V>" HashMap<u8, u8>,
        "Cell<u64>, UnsafeCell<u64>" UnsafeCell<u64>,
        "Cell<Waker>" Cell<Waker>,
        "RefCell<u64>" RefCell<u64>,
        "RefCell<Rc<()>>" RefCell<Rc<()>>,
    }
    rows! { threads:
        "AtomicBool" AtomicBool,
        "AtomicUsize" AtomicUsize,
        "Mutex<()>" Mutex<()>,
        "Mutex<Option<Waker>>" Mutex<Option<Waker>>,
        "Condvar" Condvar,
        "Barrier" Barrier,
        "OnceLock<u64>" OnceLock<u64>,
        "mpsc::Sender<T>, Receiver<T>" mpsc::Sender<u8>,
        "Thread" Thread,
        "JoinHandle<()>" JoinHandle<()>,
        "Duration" Duration,
        "Instant" Instant,
        "SystemTime" SystemTime,
    }
    rows! { sockets:
        "OwnedFd" OwnedFd,
        "TcpStream, TcpListener" TcpStream,
        "SocketAddr" SocketAddr,
        "std::io::Error" std::io::Error,
        "struct pollfd" c::PollFd,
        "struct epoll_event" c::EpollEvent,
        "  on other machines than x86-64" c::EpollEventElsewhere,
        "fd_set" c::FdSet,
        "struct timespec" c::Timespec,
    }
    assert_eq!(size_of::<TcpStream>(), size_of::<TcpListener>());
    assert_eq!(size_of::<Arc<u8>>(), size_of::<Rc<u8>>());
    assert_eq!(size_of::<String>(), size_of::<Vec<u64>>());
}
