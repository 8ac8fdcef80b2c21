//! `make bench`: how fast a drain is, on real servers, beside what those servers can do.
//!
//! `cargo bench --bench drain -- [MAILS]` puts mails of distinct senders into a private Dovecot and lets the program,
//! as a process of its own, drain them through a private Postfix that throws away what it has taken.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a measurement: what goes wrong ends it, and its figures are printed"
)]

#[path = "../tests/support/mails.rs"]
mod mails;

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, TcpStream},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
    thread,
    time::Duration,
};

use okno::{
    clock::Stopwatch,
    config,
    lab::{Behind, Destination, Door, Dovecot, DovecotOptions, Postfix, Scratch},
    store::{self, Db, history},
};
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned,
    pki_types::{CertificateDer, pem::PemObject},
};

const MAILS: usize = 3_000;
const LARGE_MAILS: usize = 60;
const LARGE_BYTES: usize = 1_000_000;
const CONNECTIONS: &str = "4";
/// Ticks of the processor time in /proc a second (Linux: always 100 towards programs).
const TICKS: f64 = 100.0;

fn main() {
    let asked = std::env::args().skip(1).find_map(|word| word.parse().ok());
    let count: usize = asked.unwrap_or(MAILS);
    let scratch = Scratch::new("bench").unwrap();
    let relay = Relay::start(&scratch);
    let dovecot = Dovecot::start(&scratch.path().join("dovecot"), DovecotOptions::default())
        .unwrap_or_else(|error| panic!("{error}"));

    let small = Desk::new(&scratch, &dovecot, &relay, "it@uni.test", (count, 0));
    let drained = small.drain();
    let rate = count as f64 / drained.seconds;
    println!("\ndrain, {count} mails of about {} bytes", small.mail_bytes);
    println!("  {rate:>10.0} mails a second: ticket committed, acknowledgement accepted");
    drained.print(count);

    if let Some(postfix) = &relay.postfix {
        let source = smtp_source(postfix, count);
        println!("smtp-source on {CONNECTIONS} connections to the same Postfix");
        println!("  {source:>10.0} mails a second");
        println!(
            "  {:>10.2} of it is the drain's rate (wished: 0.33)",
            rate / source
        );
    }
    let fetch = bulk_fetch(&dovecot, "it@uni.test", count);
    println!("one FETCH of all mails from the same Dovecot");
    println!("  {fetch:>10.0} mails a second");
    println!("  {:>10.3} of it is the drain's rate", rate / fetch);

    let load = (LARGE_MAILS, LARGE_BYTES);
    let large = Desk::new(&scratch, &dovecot, &relay, "large@uni.test", load);
    let drained = large.drain();
    println!("drain, {LARGE_MAILS} mails of {LARGE_BYTES} bytes");
    println!(
        "  {:>10.0} mails a second",
        LARGE_MAILS as f64 / drained.seconds
    );
    drained.print(LARGE_MAILS);
    println!("wished: 300 mails a second, less than 60 MB");
}

/// Where the desk's mail goes: Postfix, or for an ordinary user the lab's own small server.
struct Relay {
    postfix: Option<Postfix>,
    door: Option<Door>,
}

impl Relay {
    fn start(scratch: &Scratch) -> Self {
        match Postfix::available() {
            Ok(()) => {
                let place = scratch.path().join("postfix");
                let postfix = Postfix::start(&place, Destination::Nowhere, &[]);
                Self {
                    postfix: Some(postfix.unwrap_or_else(|error| panic!("{error}"))),
                    door: None,
                }
            }
            Err(missing) => {
                println!(
                    "{missing}: the relay is okno's own small server, smtp-source is left out"
                );
                let behind = Behind::Maildirs(scratch.path().join("sent"));
                Self {
                    postfix: None,
                    door: Some(Door::open(behind).unwrap()),
                }
            }
        }
    }

    fn port(&self) -> u16 {
        let postfix = self.postfix.as_ref().map(Postfix::smtp_port);
        postfix
            .or_else(|| self.door.as_ref().map(Door::port))
            .unwrap()
    }
}

/// A configured desk with mails waiting for it.
struct Desk {
    config: std::path::PathBuf,
    mails: usize,
    mail_bytes: usize,
}

impl Desk {
    fn new(
        scratch: &Scratch,
        dovecot: &Dovecot,
        relay: &Relay,
        address: &str,
        (count, file_bytes): (usize, usize),
    ) -> Self {
        let mut mail_bytes = 0;
        for number in 0..count {
            let mail = mails::generated(number, address, file_bytes);
            mail_bytes = mail.len();
            dovecot.deliver(address, &mail).unwrap();
        }
        let folder = scratch.path().join(address);
        fs::create_dir_all(&folder).unwrap();
        let password = folder.join("password");
        fs::write(&password, dovecot.password()).unwrap();
        fs::set_permissions(&password, fs::Permissions::from_mode(0o600)).unwrap();
        let config = folder.join("okno.toml");
        let text = mails::config(dovecot, relay.port(), address);
        fs::write(&config, text).unwrap();
        Self {
            config,
            mails: count,
            mail_bytes,
        }
    }

    fn drain(&self) -> Drained {
        let watch = Stopwatch::start();
        let mut child = Command::new(env!("CARGO_BIN_EXE_okno"))
            .args(["drain", "--config"])
            .arg(&self.config)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let (peak_kb, processor) = watched(&mut child);
        let seconds = watch.elapsed().as_secs_f64();
        assert!(child.wait().unwrap().success(), "the drain failed");
        self.prove();
        Drained {
            seconds,
            processor,
            peak_kb,
        }
    }

    /// All of them are tickets, nothing waits, and history is whole.
    fn prove(&self) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let config = config::load(&self.config).unwrap();
            let db = Db::visit(&config.database, store::HOUSE).await.unwrap();
            let (faults, _, tickets) = history::prove(&db).await.unwrap();
            assert_eq!((faults.len(), tickets), (0, self.mails as u64));
            assert_eq!(store::outbox::next_at(&db).await.unwrap(), None);
            db.close().await;
        });
    }
}

/// Looks at a process until it ends: its peak of resident memory, and its seconds of processor time. Both are read
/// while it lives, and once more when it has ended and is not yet waited for.
fn watched(child: &mut Child) -> (u64, f64) {
    let place = Path::new("/proc").join(child.id().to_string());
    let (mut peak, mut processor) = (0, 0.0);
    loop {
        let status = fs::read_to_string(place.join("status")).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmHWM:"));
        let seen = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
        peak = peak.max(seen.unwrap_or(0));
        let stat = fs::read_to_string(place.join("stat")).unwrap_or_default();
        let fields: Vec<&str> = stat
            .rsplit_once(')')
            .map_or("", |(_, rest)| rest)
            .split_whitespace()
            .collect();
        let ticks = |at: usize| fields.get(at).and_then(|ticks| ticks.parse::<f64>().ok());
        if let (Some(user), Some(system)) = (ticks(11), ticks(12)) {
            processor = (user + system) / TICKS;
        }
        // A zombie still tells its times; it is waited for by the caller.
        if fields.first().is_none_or(|state| *state == "Z") {
            return (peak, processor);
        }
        thread::sleep(Duration::from_millis(5));
    }
}

struct Drained {
    seconds: f64,
    processor: f64,
    peak_kb: u64,
}

impl Drained {
    fn print(&self, count: usize) {
        println!("  {:>10.2} seconds", self.seconds);
        let each = self.processor * 1_000.0 / count as f64;
        println!("  {each:>10.2} ms of processor time a mail");
        println!(
            "  {:>10.1} MB of resident memory at its peak",
            self.peak_kb as f64 / 1_024.0
        );
    }
}

fn smtp_source(postfix: &Postfix, count: usize) -> f64 {
    let watch = Stopwatch::start();
    let status = Command::new(Postfix::smtp_source())
        .args(["-s", CONNECTIONS, "-m", &count.to_string(), "-l", "2000"])
        .args(["-f", "it@uni.test", "-t", "someone@somewhere.test"])
        .arg(format!("127.0.0.1:{}", postfix.smtp_port()))
        .status();
    assert!(status.unwrap().success(), "smtp-source failed");
    count as f64 / watch.elapsed().as_secs_f64()
}

fn bulk_fetch(dovecot: &Dovecot, user: &str, count: usize) -> f64 {
    let mut roots = RootCertStore::empty();
    let authority = CertificateDer::from_pem_file(dovecot.authority()).unwrap();
    roots.add(authority).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let host = "localhost".try_into().unwrap();
    let connection = ClientConnection::new(Arc::new(config), host).unwrap();
    let socket = TcpStream::connect((Ipv4Addr::LOCALHOST, dovecot.imaps_port())).unwrap();
    let mut stream = BufReader::new(StreamOwned::new(connection, socket));
    let login = format!(
        "a LOGIN {user} {}\r\nb EXAMINE INBOX\r\n",
        dovecot.password()
    );
    stream.get_mut().write_all(login.as_bytes()).unwrap();
    hear(&mut stream, "b OK");
    let watch = Stopwatch::start();
    let command = b"c UID FETCH 1:* (UID INTERNALDATE RFC822.SIZE BODY.PEEK[])\r\n";
    stream.get_mut().write_all(command).unwrap();
    hear(&mut stream, "c OK");
    count as f64 / watch.elapsed().as_secs_f64()
}

fn hear(stream: &mut BufReader<impl Read>, wished: &str) {
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = stream.read_until(b'\n', &mut line).unwrap();
        assert!(read > 0, "Dovecot hung up before «{wished}»");
        if line.starts_with(wished.as_bytes()) {
            return;
        }
    }
}
