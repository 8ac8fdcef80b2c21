//! Connecting to a relay: TLS, EHLO, login. And one question to it, under a deadline.

use std::{future::Future, sync::Arc, time::Duration};

use data_encoding::BASE64;
use lettre::transport::smtp::{
    Error, client::AsyncSmtpConnection, commands::Ehlo, extension::ClientId, response::Response,
};
use rustls::ClientConfig;
use secrecy::ExposeSecret as _;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    time::timeout,
};

use super::{
    line::{Line, as_sent},
    status::{DeliveryStatus, Phase, RelayFault, Reply, judge},
};
use crate::{
    model::account::{Login, Security, SmtpAccount},
    tls::stream::Wire,
};

/// How long to wait, for what (RFC 5321, 4.5.3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadlines {
    /// For a connection, and once more for TLS.
    pub connect: Duration,
    /// For the answer to a command.
    pub command: Duration,
    /// For the answer to the final dot, on top of a second for every 16 KiB of mail on its way.
    pub after_dot: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(20),
            command: Duration::from_secs(60),
            after_dot: Duration::from_secs(600),
        }
    }
}

/// What the relay can do, as its answer to EHLO says.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a relay announces each ability by itself"
)]
pub(super) struct Abilities {
    pub(super) eight_bit: bool,
    pub(super) utf8: bool,
    pub(super) dsn: bool,
    /// The largest mail it takes, where it says so.
    pub(super) size_max: Option<u64>,
    pub(super) size: bool,
    plain: bool,
    login: bool,
    starttls: bool,
}

impl Abilities {
    fn read<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let mut abilities = Self::default();
        for line in lines {
            let upper = line.to_ascii_uppercase().replace("AUTH=", "AUTH ");
            let mut words = upper.split_whitespace();
            match words.next() {
                Some("8BITMIME") => abilities.eight_bit = true,
                Some("SMTPUTF8") => abilities.utf8 = true,
                Some("DSN") => abilities.dsn = true,
                Some("STARTTLS") => abilities.starttls = true,
                Some("SIZE") => {
                    abilities.size = true;
                    // 0 means no limit that is known (RFC 1870, 4).
                    abilities.size_max = words
                        .next()
                        .and_then(|size| size.parse().ok())
                        .filter(|size| *size > 0);
                }
                Some("AUTH") => {
                    for mechanism in words {
                        abilities.plain |= mechanism == "PLAIN";
                        abilities.login |= mechanism == "LOGIN";
                    }
                }
                _ => (),
            }
        }
        abilities
    }
}

/// An answer that is not the wished one.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The relay says no; the connection goes on.
    Said(Reply),
    /// There is no answer, and no connection any more.
    Fault(RelayFault),
}

impl Trouble {
    pub(super) fn status(self, phase: Phase) -> DeliveryStatus {
        match self {
            Self::Said(reply) => judge(phase, reply),
            Self::Fault(fault) => DeliveryStatus::Fault(fault),
        }
    }

    /// For the phases in which there is no mail yet.
    fn fault(self, phase: Phase) -> RelayFault {
        match self.status(phase) {
            DeliveryStatus::Fault(fault) => fault,
            DeliveryStatus::Accepted { reply }
            | DeliveryStatus::Deferred { reply }
            | DeliveryStatus::Refused { reply } => RelayFault::Refused {
                during: phase.name(),
                reply,
            },
            DeliveryStatus::Unknown { words } => RelayFault::Lost {
                during: phase.name(),
                why: words,
            },
        }
    }
}

/// Waits for lettre's answer, but not for ever.
pub(super) async fn within(
    limit: Duration,
    during: &'static str,
    answer: impl Future<Output = Result<Response, Error>> + Send,
) -> Result<Reply, Trouble> {
    match timeout(limit, answer).await {
        Err(_elapsed) => Err(Trouble::Fault(RelayFault::Silent { during })),
        Ok(Ok(response)) => Ok(reply(&response)),
        Ok(Err(error)) => Err(trouble(&error, during)),
    }
}

pub(super) fn reply(response: &Response) -> Reply {
    let lines: Vec<&str> = response.message().collect();
    Reply::new(response.code().into(), &as_sent(&lines.join(" ")))
}

fn trouble(error: &Error, during: &'static str) -> Trouble {
    let source = std::error::Error::source(error).map(ToString::to_string);
    let words = as_sent(&source.unwrap_or_default());
    if let Some(code) = error.status() {
        return Trouble::Said(Reply::new(code.into(), &words));
    }
    Trouble::Fault(if error.is_response() && !words.contains("incomplete") {
        RelayFault::Garbled { during }
    } else {
        let why = if error.is_response() {
            "the relay closed it".to_owned()
        } else {
            words
        };
        RelayFault::Lost { during, why }
    })
}

/// Connects, puts TLS around as the account says, introduces us and logs in.
pub(super) async fn connect(
    account: &SmtpAccount,
    tls: &Arc<ClientConfig>,
    deadlines: &Deadlines,
) -> Result<(AsyncSmtpConnection, Abilities), RelayFault> {
    let host = &account.host;
    let wire = Wire::dial(host, account.port, deadlines.connect).await?;
    let line = match account.security {
        Security::None => Line::new(wire, Vec::new()),
        Security::Tls => Line::new(wire.secure(host, tls, deadlines.connect).await?, Vec::new()),
        Security::StartTls => {
            let wire = timeout(deadlines.command, start_tls(wire, &account.hello))
                .await
                .map_err(|_elapsed| RelayFault::Silent { during: "STARTTLS" })??;
            let wire = wire.secure(host, tls, deadlines.connect).await?;
            Line::new(wire, b"220 again\r\n".to_vec())
        }
    };
    let hello = Phase::Hello;
    let name = ClientId::Domain(account.hello.clone());
    let opened = AsyncSmtpConnection::connect_with_transport(Box::new(line), &name);
    let mut connection = timeout(deadlines.command, opened)
        .await
        .map_err(|_elapsed| RelayFault::Silent {
            during: hello.name(),
        })?
        .map_err(|error| trouble(&error, hello.name()).fault(hello))?;
    // lettre keeps to itself what it does not use itself of this answer: SIZE and DSN. So it is asked for twice.
    let response = timeout(deadlines.command, connection.command(Ehlo::new(name)))
        .await
        .map_err(|_elapsed| RelayFault::Silent { during: "EHLO" })?
        .map_err(|error| trouble(&error, "EHLO").fault(hello))?;
    let abilities = Abilities::read(response.message());
    if let Some(login) = &account.login {
        log_in(&mut connection, &abilities, login, deadlines.command)
            .await?
            .map_err(|trouble| trouble.fault(Phase::Login))?;
    }
    Ok((connection, abilities))
}

/// AUTH PLAIN (RFC 4616) where it is offered, else AUTH LOGIN, whose prompts nobody needs to read.
async fn log_in(
    connection: &mut AsyncSmtpConnection,
    abilities: &Abilities,
    login: &Login,
    limit: Duration,
) -> Result<Result<(), Trouble>, RelayFault> {
    let (user, password) = (login.username.as_str(), login.password.expose_secret());
    let lines = if abilities.plain {
        let secret = BASE64.encode(format!("\0{user}\0{password}").as_bytes());
        vec![format!("AUTH PLAIN {secret}\r\n")]
    } else if abilities.login {
        let line = |words: &str| format!("{}\r\n", BASE64.encode(words.as_bytes()));
        vec!["AUTH LOGIN\r\n".to_owned(), line(user), line(password)]
    } else {
        return Err(RelayFault::NoLogin);
    };
    let mut last = None;
    for line in lines {
        match within(limit, Phase::Login.name(), connection.command(line)).await {
            Ok(reply) => last = Some(reply.code),
            Err(trouble) => return Ok(Err(trouble)),
        }
    }
    if last != Some(235) {
        return Err(RelayFault::Garbled {
            during: Phase::Login.name(),
        });
    }
    Ok(Ok(()))
}

/// Greeting, EHLO, STARTTLS (RFC 3207), said without lettre, which would take its own TLS settings for what follows.
async fn start_tls(mut wire: Wire, hello: &str) -> Result<Wire, RelayFault> {
    let during = "STARTTLS";
    let mut lines = read_reply(&mut wire).await?;
    for command in [format!("EHLO {hello}\r\n"), "STARTTLS\r\n".to_owned()] {
        if command == "STARTTLS\r\n" && !Abilities::read(lines.iter().map(String::as_str)).starttls
        {
            return Err(RelayFault::NoStartTls);
        }
        let written = wire.write_all(command.as_bytes()).await;
        written.map_err(|error| lost(during, &error))?;
        lines = read_reply(&mut wire).await?;
    }
    Ok(wire)
}

fn lost(during: &'static str, error: &std::io::Error) -> RelayFault {
    RelayFault::Lost {
        during,
        why: error.to_string(),
    }
}

/// Reads one reply byte by byte, so that nothing that follows is read before TLS: what a stranger may have put there
/// would otherwise be taken for the server's words under TLS (CVE-2011-0411).
async fn read_reply(wire: &mut Wire) -> Result<Vec<String>, RelayFault> {
    const DURING: &str = "STARTTLS";
    const BYTES_MAX: usize = 10_000;
    let mut lines = Vec::new();
    let mut line = Vec::new();
    let mut bytes = 0_usize;
    while bytes < BYTES_MAX {
        let byte = wire.read_u8().await.map_err(|error| lost(DURING, &error))?;
        bytes = bytes.saturating_add(1);
        line.push(byte);
        if byte != b'\n' {
            continue;
        }
        let text = String::from_utf8_lossy(&line).trim_end().to_owned();
        line.clear();
        let code: u16 = text
            .get(..3)
            .and_then(|code| code.parse().ok())
            .ok_or(RelayFault::Garbled { during: DURING })?;
        lines.push(text.get(4..).unwrap_or_default().to_owned());
        if text.get(3..4) == Some("-") {
            continue;
        }
        if (200..300).contains(&code) {
            return Ok(lines);
        }
        return Err(Trouble::Said(Reply::new(code, &lines.join(" "))).fault(Phase::Hello));
    }
    Err(RelayFault::Garbled { during: DURING })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abilities_are_read_in_any_case() {
        let read = Abilities::read(
            [
                "mail.test greets you",
                "size 10240000",
                "Dsn",
                "AUTH=LOGIN PLAIN",
                "8BITMIME",
            ]
            .into_iter(),
        );
        assert!(read.dsn && read.plain && read.login && read.eight_bit && read.size);
        assert!(!read.utf8 && !read.starttls);
        assert_eq!(read.size_max, Some(10_240_000));
        assert_eq!(Abilities::read(["SIZE 0"].into_iter()).size_max, None);
    }
}
