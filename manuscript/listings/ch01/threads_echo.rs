//@ kind: run
//@ edition: 2021
//@ min: 1.63
//@ needs: linux
// Thread per connection: simplest correct server, and what a thread costs.
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

// ANCHOR: status
/// One field of /proc/self/status, in kB (or a bare count for `Threads`).
fn status(field: &str) -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = text.lines().find(|l| l.starts_with(field)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
// ANCHOR_END: status

// ANCHOR: serve
fn serve(mut s: TcpStream) {
    let mut buf = [0u8; 64];
    while let Ok(n) = s.read(&mut buf) {
        if n == 0 || s.write_all(&buf[..n]).is_err() {
            return;
        }
    }
}
// ANCHOR_END: serve

fn main() {
    const N: usize = 200;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let threads_before = status("Threads:");
    let virt_before = status("VmSize:");
    let rss_before = status("VmRSS:");

    // ANCHOR: acceptor
    let acceptor = thread::spawn(move || {
        let workers: Vec<_> = (0..N)
            .map(|_| {
                let (s, _) = listener.accept().unwrap();
                thread::spawn(move || serve(s))
            })
            .collect();
        for w in workers {
            w.join().unwrap();
        }
    });
    // ANCHOR_END: acceptor

    let mut clients: Vec<_> =
        (0..N).map(|_| TcpStream::connect(addr).unwrap()).collect();
    let mut ok = 0;
    for (i, c) in clients.iter_mut().enumerate() {
        let msg = format!("hello {i:03}");
        c.write_all(msg.as_bytes()).unwrap();
        let mut back = vec![0u8; msg.len()];
        c.read_exact(&mut back).unwrap();
        ok += (back == msg.as_bytes()) as usize;
    }
    println!("echoed correctly: {ok} of {N}");
    // ANCHOR: measure
    println!(
        "extra threads while idle: {}",
        status("Threads:") - threads_before
    );
    let virt = (status("VmSize:") - virt_before) / N as u64;
    let rss = (status("VmRSS:") - rss_before) / N as u64;
    println!(
        "address space per connection at least 2 MiB: {}",
        virt >= 2048
    );
    println!("touched memory per connection under 64 KiB: {}", rss < 64);
    // ANCHOR_END: measure
    eprintln!("(here: virtual {virt} kB, resident {rss} kB each)");
    drop(clients);
    acceptor.join().unwrap();
    // A thread that was joined may be on its last steps in the kernel.
    while status("Threads:") > threads_before {
        thread::yield_now();
    }
    println!("threads at the end: {}", status("Threads:"));
}
