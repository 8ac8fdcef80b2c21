//! The stream under lettre's connection: what lettre cannot do by itself.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll, ready},
};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::tls::stream::Wire;

/// A connection that lettre reads from.
///
/// * lettre waits for a greeting, but after STARTTLS there is none (RFC 3207, 4.2): it gets the first one again.
/// * lettre gives a connection up at the first byte that is not UTF-8. After the final dot that would turn an accepted
///   mail into an unknown one, and then into two. So every byte above ASCII is handed to it as the character with that
///   number, and [`as_sent`] takes that back.
#[derive(Debug)]
pub(super) struct Line {
    wire: Wire,
    waiting: Vec<u8>,
    taken: usize,
}

impl Line {
    pub(super) const fn new(wire: Wire, replayed: Vec<u8>) -> Self {
        Self {
            wire,
            waiting: replayed,
            taken: 0,
        }
    }
}

/// The words of a reply as the server sent them; of what is not UTF-8 either, no more is known than that.
pub(super) fn as_sent(words: &str) -> String {
    let bytes: Vec<u8> = words
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'))
        .collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn widen(bytes: &[u8]) -> Vec<u8> {
    bytes
        .iter()
        .map(|&byte| char::from(byte))
        .collect::<String>()
        .into_bytes()
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if this.taken >= this.waiting.len() {
            let mut scratch = [0; 2_048];
            let mut read = ReadBuf::new(&mut scratch);
            ready!(Pin::new(&mut this.wire).poll_read(cx, &mut read))?;
            this.waiting = widen(read.filled());
            this.taken = 0;
        }
        let rest = this.waiting.get(this.taken..).unwrap_or_default();
        let now = rest.get(..buf.remaining()).unwrap_or(rest);
        buf.put_slice(now);
        this.taken = this.taken.saturating_add(now.len());
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Line {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.wire).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.wire).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.wire).poll_shutdown(cx)
    }
}

impl AsyncTokioStream for Line {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.wire.peer_addr()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_bytes_survive_lettre() {
        let check = |sent: &[u8], read: &str| {
            let widened = String::from_utf8(widen(sent)).unwrap();
            assert_eq!(as_sent(&widened), read);
        };
        check("550 Нет такого".as_bytes(), "550 Нет такого");
        check(b"550 plain", "550 plain");
        check(b"550 \xce\xc5\xd4", "550 \u{fffd}\u{fffd}\u{fffd}");
    }
}
