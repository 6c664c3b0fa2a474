//@ kind: run
//@ edition: 2021
//@ min: 1.85
// Lines out of a pipe that delivers them in pieces. The half of a line
// that has come lives in the stream, so a cancelled `next` loses nothing.
use std::future::{poll_fn, Future};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::net::UnixStream;
use std::pin::{pin, Pin};
use std::task::{Context, Poll, Waker};

// ANCHOR: lines
struct Lines<R> {
    from: R,
    partial: Vec<u8>,
    ended: bool,
}

impl<R: Read + Unpin> Lines<R> {
    fn poll_next(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>, // to be registered with a reactor
    ) -> Poll<Option<String>> {
        loop {
            if let Some(end) = self.partial.iter().position(|&b| b == b'\n')
            {
                let line: Vec<u8> = self.partial.drain(..=end).collect();
                let line = String::from_utf8_lossy(&line[..end]);
                return Poll::Ready(Some(line.into_owned()));
            }
            if self.ended {
                let rest = std::mem::take(&mut self.partial);
                let rest = String::from_utf8_lossy(&rest).into_owned();
                return Poll::Ready(Some(rest).filter(|r| !r.is_empty()));
            }
            let mut chunk = [0; 8];
            match self.from.read(&mut chunk) {
                Ok(0) => self.ended = true,
                Ok(n) => self.partial.extend(&chunk[..n]),
                Err(e) if e.kind() == ErrorKind::WouldBlock => {
                    return Poll::Pending;
                }
                Err(_) => self.ended = true,
            }
        }
    }

    async fn next(&mut self) -> Option<String> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}
// ANCHOR_END: lines

/// One poll of a fresh `next`, which is then dropped.
fn try_next<R: Read + Unpin>(lines: &mut Lines<R>) -> Poll<Option<String>> {
    let mut cx = Context::from_waker(Waker::noop());
    pin!(lines.next()).poll(&mut cx)
}

// ANCHOR: main
fn main() -> std::io::Result<()> {
    let (mut pipe, ours) = UnixStream::pair()?;
    ours.set_nonblocking(true)?;
    let mut lines = Lines {
        from: ours,
        partial: Vec::new(),
        ended: false,
    };
    for piece in ["one\ntw", "o", "\nthree\nfour\nfi", "ve"] {
        pipe.write_all(piece.as_bytes())?;
        println!("wrote {piece:?}");
        while let Poll::Ready(Some(line)) = try_next(&mut lines) {
            println!("  line {line:?}");
        }
    }
    drop(pipe);
    println!("closed");
    println!("  {:?}", try_next(&mut lines));
    println!("  {:?}", try_next(&mut lines));
    Ok(())
}
// ANCHOR_END: main
