//! A small SMTP server of ours on loopback: the way in and out where there is no Postfix.
//!
//! It hands mails to LMTP or puts them into Maildirs, adding what a real one adds, and can be told to refuse.

use std::{
    collections::BTreeMap,
    io,
    net::{Ipv4Addr, Shutdown, TcpListener, TcpStream},
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread::{self, JoinHandle},
};

use super::{error::LabError, session};

/// Connections taken at once; more are told to come later.
const CONNECTIONS_MAX: usize = 64;

/// Where mails go that the door has taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Behind {
    /// To an LMTP server on this loopback port.
    Lmtp(u16),
    /// Into `<folder>/<address>/Maildir/new`.
    Maildirs(PathBuf),
}

/// At which step a scripted answer is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// To `RCPT TO`.
    Recipient,
    /// To the final dot, after the whole content.
    Content,
}

/// What a test wants to happen to one recipient's mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Script {
    /// This answer (`450 4.2.1 The mailbox is busy`) instead of taking the mail.
    Say(String),
    /// The connection is cut without an answer, and the mail is not taken.
    HangUp,
    /// The mail is taken, and then the connection is cut without an answer. Only for [`When::Content`].
    TakeAndHangUp,
}

#[derive(Debug, Clone)]
struct Scripted {
    script: Script,
    /// How often still; `None` for ever.
    times_left: Option<u32>,
}

/// What the door's threads share.
#[derive(Debug)]
pub(super) struct House {
    pub(super) behind: Behind,
    scripts: Mutex<BTreeMap<(When, String), Scripted>>,
    is_closing: AtomicBool,
    taken: AtomicU64,
    connections: Mutex<BTreeMap<u64, TcpStream>>,
}

/// A lock whose holder has panicked holds plain values: they are still good.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl House {
    /// What the script says for this recipient at this step, counted down.
    pub(super) fn script(&self, when: When, address: &str) -> Option<Script> {
        let key = (when, address.to_owned());
        let mut scripts = lock(&self.scripts);
        let scripted = scripts.get_mut(&key)?;
        let script = scripted.script.clone();
        if let Some(left) = &mut scripted.times_left {
            *left = left.saturating_sub(1);
            if *left == 0 {
                scripts.remove(&key);
            }
        }
        Some(script)
    }

    /// Counts a mail taken for one recipient.
    pub(super) fn count(&self) {
        self.taken.fetch_add(1, Ordering::SeqCst);
    }
}

/// A running door. Dropped, it closes, and cuts what is connected.
#[derive(Debug)]
pub struct Door {
    port: u16,
    house: Arc<House>,
    listener: Option<JoinHandle<()>>,
}

impl Door {
    /// Opens one on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// Where no port is to be had.
    pub fn open(behind: Behind) -> Result<Self, LabError> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(LabError::Port)?;
        let port = listener.local_addr().map_err(LabError::Port)?.port();
        let house = Arc::new(House {
            behind,
            scripts: Mutex::default(),
            is_closing: AtomicBool::new(false),
            taken: AtomicU64::new(0),
            connections: Mutex::default(),
        });
        let theirs = Arc::clone(&house);
        let handle = thread::Builder::new()
            .name("door".to_owned())
            .spawn(move || listen(&listener, &theirs))
            .map_err(LabError::Port)?;
        Ok(Self {
            port,
            house,
            listener: Some(handle),
        })
    }

    /// The port for SMTP.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// How many mails it has taken, counted once a recipient.
    #[must_use]
    pub fn taken(&self) -> u64 {
        self.house.taken.load(Ordering::SeqCst)
    }

    /// From now on, mail to `address` meets `script` at this step: so many `times`, or for ever.
    pub fn script(&self, address: &str, when: When, script: Script, times: Option<u32>) {
        let scripted = Scripted {
            script,
            times_left: times,
        };
        lock(&self.house.scripts).insert((when, address.to_lowercase()), scripted);
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.house.is_closing.store(true, Ordering::SeqCst);
        // The listener sits in accept(): a last visitor wakes it, and it sees that the house closes.
        let woken = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_ok();
        if woken && let Some(listener) = self.listener.take() {
            drop(listener.join());
        }
        for stream in lock(&self.house.connections).values() {
            // Refused only where the other side has gone already.
            drop(stream.shutdown(Shutdown::Both));
        }
    }
}

fn listen(listener: &TcpListener, house: &Arc<House>) {
    let mut number = 0_u64;
    for stream in listener.incoming() {
        if house.is_closing.load(Ordering::SeqCst) {
            return;
        }
        number = number.wrapping_add(1);
        if let Err(error) = stream.and_then(|stream| welcome(stream, number, house)) {
            super::complain(&format!(
                "The private SMTP server lost a connection: {error}"
            ));
        }
    }
}

/// Gives a visitor a thread, or sends the visitor away when there are too many.
fn welcome(mut stream: TcpStream, number: u64, house: &Arc<House>) -> io::Result<()> {
    let mut connections = lock(&house.connections);
    if connections.len() >= CONNECTIONS_MAX {
        drop(connections);
        return io::Write::write_all(&mut stream, b"421 4.3.2 Too many connections\r\n");
    }
    connections.insert(number, stream.try_clone()?);
    drop(connections);
    let theirs = Arc::clone(house);
    let started = thread::Builder::new()
        .name(format!("door-{number}"))
        .spawn(move || {
            // A dialogue that breaks off is the visitor's affair: nothing was promised that is not kept.
            drop(session::serve(&stream, &theirs));
            lock(&theirs.connections).remove(&number);
        });
    if started.is_err() {
        lock(&house.connections).remove(&number);
    }
    started.map(drop)
}
