//! A clamd of our own at a socket in a folder: it knows one virus, the one that everybody may have.

use std::{
    io::{Read, Write},
    os::unix::net::{UnixListener, UnixStream},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// The harmless file that every scanner calls a virus (EICAR), in two halves lest one finds it here.
pub(crate) fn eicar() -> String {
    let halves = [
        "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-",
        "ANTIVIRUS-TEST-FILE!$H+H*",
    ];
    halves.concat()
}

/// A mail with this in it ends the connection without an answer.
pub(crate) const POISON: &str = "This mail breaks its scanner.";

/// clamd at work, until it is dropped.
pub(crate) struct FakeClamd {
    socket: PathBuf,
    asked: Arc<AtomicUsize>,
}

impl FakeClamd {
    /// Starts it at `clamd.ctl` in this folder.
    pub(crate) fn start(folder: &Path) -> Self {
        let socket = folder.join("clamd.ctl");
        let listener = UnixListener::bind(&socket).unwrap();
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(stream) = stream else { return };
                let count = Arc::clone(&count);
                // A client that hangs up is its own test's affair.
                thread::spawn(move || answer(stream, &count).unwrap_or_default());
            }
        });
        Self { socket, asked }
    }

    /// How many mails it was shown.
    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl Drop for FakeClamd {
    fn drop(&mut self) {
        // Nobody finds the listener any more; its thread ends with the test.
        drop(std::fs::remove_file(&self.socket));
    }
}

fn answer(mut stream: UnixStream, asked: &AtomicUsize) -> std::io::Result<()> {
    let mut command = Vec::new();
    while !command.ends_with(&[0]) {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        command.extend(byte);
    }
    if command == b"zVERSION\0" {
        return stream.write_all(b"ClamAV 1.4.3/27800/Tue Nov 17 09:00:00 2026\0");
    }
    assert_eq!(command, b"zINSTREAM\0");
    asked.fetch_add(1, Ordering::SeqCst);
    let mut mail = Vec::new();
    loop {
        let mut length = [0; 4];
        stream.read_exact(&mut length)?;
        let length = u64::from(u32::from_be_bytes(length));
        if length == 0 {
            break;
        }
        Read::by_ref(&mut stream)
            .take(length)
            .read_to_end(&mut mail)?;
    }
    let mail = String::from_utf8_lossy(&mail);
    let said = match () {
        () if mail.contains(POISON) => return Ok(()),
        () if mail.contains(&eicar()) => "stream: Eicar-Test-Signature FOUND\0",
        () => "stream: OK\0",
    };
    stream.write_all(said.as_bytes())
}
