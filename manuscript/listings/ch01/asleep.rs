//@ kind: run
//@ edition: 2021
//@ min: 1.66
//@ needs: x86_64 linux
// A blocked thread, observed from another one through /proc.
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

// ANCHOR: look
/// A thread, as the kernel describes it below /proc.
struct Watched(PathBuf);

impl Watched {
    fn words(&self, file: &str) -> Vec<String> {
        let text = fs::read_to_string(self.0.join(file)).unwrap();
        text.split_whitespace().map(String::from).collect()
    }

    /// R for running or ready to run, S for asleep.
    fn state(&self) -> String {
        self.words("stat")[2].clone()
    }

    /// Time spent on a core in ns, and how many turns there.
    fn used(&self) -> (u64, u64) {
        let words = self.words("schedstat");
        (words[0].parse().unwrap(), words[2].parse().unwrap())
    }

    /// The number of the system call it is in, the arguments, and
    /// at the end the stack pointer and the program counter.
    fn call(&self) -> Vec<String> {
        self.words("syscall")
    }
}
// ANCHOR_END: look

/// Not every kernel, and not every sandbox, tells as much.
fn tells(thread: &Path) -> bool {
    let file = |name| fs::read_to_string(thread.join(name));
    match (file("schedstat"), file("syscall")) {
        (Ok(used), Ok(_)) => !used.starts_with("0 0 0"),
        _ => false,
    }
}

const RECVFROM: &str = "45"; // on x86-64

fn serve(mut s: TcpStream) {
    let mut buf = [0u8; 64];
    while let Ok(n) = s.read(&mut buf) {
        if n == 0 || s.write_all(&buf[..n]).is_err() {
            return;
        }
    }
}

fn until_blocked(server: &Watched) {
    loop {
        let before = server.used();
        thread::sleep(Duration::from_millis(2));
        let asleep = server.state() == "S" && server.used() == before;
        if asleep && server.call()[0] == RECVFROM {
            return;
        }
    }
}

fn main() {
    if !tells(Path::new("/proc/thread-self")) {
        println!("/proc does not say enough about threads here");
        std::process::exit(77);
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let mut client = TcpStream::connect(addr).unwrap();
    let (socket, _) = listener.accept().unwrap();
    let fd = format!("{:#x}", socket.as_raw_fd());

    let (tell, told) = mpsc::channel();
    let thread = thread::spawn(move || {
        tell.send(fs::read_link("/proc/thread-self").unwrap())
            .unwrap();
        serve(socket)
    });
    let server = Watched(Path::new("/proc").join(told.recv().unwrap()));
    until_blocked(&server);

    // ANCHOR: main
    let (call, used) = (server.call(), server.used());
    println!("state {}, in system call {}", server.state(), call[0]);
    println!("first argument is the socket: {}", call[1] == fd);
    println!("third argument, the room in the buffer: {}", call[3]);

    thread::sleep(Duration::from_millis(50));
    let (ns, turns) = server.used();
    print!("within 50 ms: {} turns, ", turns - used.1);
    println!("{} ns on a core", ns - used.0);

    client.write_all(b"x").unwrap();
    client.read_exact(&mut [0]).unwrap();
    until_blocked(&server);
    let again = server.call();
    println!("woken by one byte: {}", server.used().1 > turns);
    println!("state {}, in system call {}", server.state(), again[0]);
    println!("same stack pointer: {}", again[7] == call[7]);
    println!("same program counter: {}", again[8] == call[8]);
    // ANCHOR_END: main
    drop(client);
    thread.join().unwrap();
}
