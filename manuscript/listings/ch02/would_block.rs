//@ kind: run
//@ edition: 2021
//@ min: 1.85
//@ needs: linux
// A socket that does not make anybody wait, and what comes of asking it.
use std::io::{ErrorKind, Read, Result, Write};
use std::os::unix::net::UnixStream;
use std::thread;
use std::time::Duration;

// ANCHOR: errors
fn errors() -> Result<()> {
    let (mut ours, theirs) = UnixStream::pair()?;
    let twin = ours.try_clone()?; // another descriptor, the same socket
    twin.set_nonblocking(true)?;

    let error = ours.read(&mut [0; 64]).unwrap_err();
    let errno = error.raw_os_error().unwrap();
    println!("nothing to read: errno {errno}, {:?}", error.kind());
    drop(theirs);
    println!("nothing will ever come: {:?}", ours.read(&mut [0; 64]));
    // ANCHOR_END: errors

    // ANCHOR: room
    let (mut ours, _theirs) = UnixStream::pair()?;
    ours.set_nonblocking(true)?;
    let error = loop {
        if let Err(error) = ours.write(&[0; 64]) {
            break error; // nobody reads at the other end
        }
    };
    println!("no room to write: {:?}", error.kind());
    Ok(())
    // ANCHOR_END: room
}

// ANCHOR: asking
fn asking() -> Result<()> {
    let (mut clients, mut sockets) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        let (client, socket) = UnixStream::pair()?;
        socket.set_nonblocking(true)?;
        clients.push(client);
        sockets.push(socket);
    }
    let sender = thread::spawn(move || {
        for client in &mut clients {
            thread::sleep(Duration::from_millis(20));
            client.write_all(b"hello").unwrap();
        }
        clients
    });

    // ANCHOR: turns
    let (mut got, mut in_vain) = (0, 0);
    while got < 15 {
        for socket in &mut sockets {
            match socket.read(&mut [0; 64]) {
                Ok(n) => got += n,
                Err(e) if e.kind() == ErrorKind::WouldBlock => in_vain += 1,
                Err(e) => return Err(e),
            }
        }
    }
    // ANCHOR_END: turns
    println!("{got} bytes from {} clients", sockets.len());
    println!("asked in vain more than 1000 times: {}", in_vain > 1000);
    eprintln!("(here: {in_vain} times)");
    sender.join().unwrap();
    Ok(())
}
// ANCHOR_END: asking

fn main() -> Result<()> {
    errors()?;
    asking()
}
