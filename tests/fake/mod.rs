//! Scripted servers on loopback: a script says line by line what a server hears and says, faults included.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    path::PathBuf,
    sync::Arc,
    thread::JoinHandle,
    time::Duration,
};

use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{CertificateDer, PrivateKeyDer},
};

pub(crate) mod imap;
pub(crate) mod smtp;

/// One thing a fake server does.
#[derive(Clone)]
pub(crate) enum Step {
    /// Reads a line, which must contain this.
    Hear(&'static str),
    /// Reads a mail up to its final dot, and takes the dots off again.
    HearMail,
    /// Sends these bytes; `TAG` becomes the first word of the line heard last.
    Say(Vec<u8>),
    /// Goes on under TLS.
    Tls(Arc<ServerConfig>),
    /// Says no more, and waits until the other side hangs up.
    Hang,
}

/// Sends a line.
pub(crate) fn say(line: &str) -> Step {
    Step::Say(format!("{line}\r\n").into_bytes())
}

/// Reads a line.
pub(crate) const fn hear(part: &'static str) -> Step {
    Step::Hear(part)
}

/// A fake server at work: one connection a script.
pub(crate) struct Fake {
    /// Where it listens.
    pub(crate) port: u16,
    thread: JoinHandle<Vec<String>>,
}

impl Fake {
    /// Starts a server for as many connections as there are scripts, one after the other.
    pub(crate) fn start(scripts: Vec<Vec<Step>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let thread = std::thread::spawn(move || {
            let mut heard = Vec::new();
            for script in scripts {
                let (tcp, _) = listener.accept().unwrap();
                tcp.set_nodelay(true).unwrap();
                tcp.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
                play(Conn::Plain(tcp), script, &mut heard);
            }
            heard
        });
        Self { port, thread }
    }

    /// Everything it has heard, once all scripts are played.
    pub(crate) fn finish(self) -> Vec<String> {
        self.thread.join().expect("the script was not followed")
    }
}

enum Conn {
    Plain(TcpStream),
    Tls(Box<StreamOwned<ServerConnection, TcpStream>>),
}

impl Conn {
    fn write(&mut self, bytes: &[u8]) {
        // A client that has hung up already is its own test's affair.
        let written = match self {
            Self::Plain(tcp) => tcp.write_all(bytes),
            Self::Tls(tls) => tls.write_all(bytes).and_then(|()| tls.flush()),
        };
        drop(written);
    }

    fn byte(&mut self) -> Option<u8> {
        let mut byte = [0];
        let read = match self {
            Self::Plain(tcp) => tcp.read(&mut byte),
            Self::Tls(tls) => tls.read(&mut byte),
        };
        match read {
            Ok(1) => Some(byte[0]),
            _ => None,
        }
    }

    fn line(&mut self) -> Option<String> {
        let mut line = Vec::new();
        while !line.ends_with(b"\r\n") {
            line.push(self.byte()?);
        }
        line.truncate(line.len() - 2);
        Some(String::from_utf8_lossy(&line).into_owned())
    }
}

fn play(mut conn: Conn, script: Vec<Step>, heard: &mut Vec<String>) {
    let mut tag = String::new();
    for step in script {
        match step {
            Step::Hear(part) => {
                let line = conn
                    .line()
                    .unwrap_or_else(|| panic!("heard nothing where «{part}» was expected"));
                assert!(line.contains(part), "heard «{line}», expected «{part}»");
                // DONE ends the command before it and has no tag of its own (RFC 2177).
                if line != "DONE" {
                    line.split(' ').next().unwrap_or("").clone_into(&mut tag);
                }
                heard.push(line);
            }
            Step::HearMail => {
                let mut mail = Vec::new();
                while let Some(line) = conn.line() {
                    if line == "." {
                        heard.push(mail.join("\r\n"));
                        break;
                    }
                    mail.push(line.strip_prefix('.').unwrap_or(&line).to_owned());
                }
            }
            Step::Say(bytes) => match bytes.windows(3).position(|part| part == b"TAG") {
                Some(at) => conn.write(&[&bytes[..at], tag.as_bytes(), &bytes[at + 3..]].concat()),
                None => conn.write(&bytes),
            },
            Step::Tls(config) => {
                let Conn::Plain(tcp) = conn else {
                    panic!("TLS within TLS")
                };
                let session = ServerConnection::new(config).unwrap();
                conn = Conn::Tls(Box::new(StreamOwned::new(session, tcp)));
            }
            Step::Hang => while conn.byte().is_some() {},
        }
    }
    if let Conn::Plain(tcp) = &conn {
        drop(tcp.shutdown(Shutdown::Both));
    }
}

/// A certificate for `localhost`, made on the spot.
pub(crate) struct Certified {
    /// What a server needs.
    pub(crate) server: Arc<ServerConfig>,
    /// The file that a client must trust.
    pub(crate) ca: PathBuf,
    _folder: tempfile::TempDir,
}

/// Makes a certificate for `localhost`.
pub(crate) fn certified() -> Certified {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let ca = folder.path().join("ca.pem");
    std::fs::write(&ca, made.cert.pem()).unwrap();
    let certificate: CertificateDer<'static> = made.cert.der().clone();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let server = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    Certified {
        server: Arc::new(server),
        ca,
        _folder: folder,
    }
}
