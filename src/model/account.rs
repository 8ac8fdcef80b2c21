//! Accounts and places outside the program: mail servers, the virus scanner, the database; resolved by `config`.

use std::{fmt, path::PathBuf, time::Duration};

use secrecy::{ExposeSecret as _, SecretString};

/// How a connection is protected. Certificates are always checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte (RFC 8314).
    Tls,
    /// In the clear, then STARTTLS, which must succeed before anything secret is said.
    StartTls,
    /// In the clear; `config` allows it to loopback only.
    None,
}

/// A name and a password; `Debug` never shows the password.
#[derive(Debug, Clone)]
pub struct Login {
    /// The name as the server wants it: `it@uni.test`, `DOMAIN\user\shared`.
    pub username: String,
    /// The password; empty where whoever read the configuration has no need of it, or is not handed it.
    pub password: SecretString,
}

impl Login {
    /// Whether the password was had. A server's is never empty.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !self.password.expose_secret().is_empty()
    }
}

/// An IMAP account.
#[derive(Debug, Clone)]
pub struct ImapAccount {
    /// The server, as its certificate names it.
    pub host: String,
    /// The port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// Who logs in.
    pub login: Login,
}

/// A server that takes outgoing mail.
#[derive(Debug, Clone)]
pub struct SmtpAccount {
    /// The server, as its certificate names it.
    pub host: String,
    /// The port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// Who logs in; `None`: nobody, the server takes mail from this machine.
    pub login: Option<Login>,
    /// The name to say in EHLO, a domain (RFC 5321, 4.1.1.1).
    pub hello: String,
    /// How many connections at once.
    pub connections: u32,
}

/// Stands for the folder that a server marks as the one for sent mail, whatever it is called (RFC 6154).
pub const SENT_BY_USE: &str = "\\Sent";

/// Where clamd listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScannerAt {
    /// At a socket of this machine.
    Unix(PathBuf),
    /// At a port.
    Tcp {
        /// The machine.
        host: String,
        /// The port.
        port: u16,
    },
}

impl fmt::Display for ScannerAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) => write!(f, "{}", path.display()),
            Self::Tcp { host, port } => write!(f, "{host}:{port}"),
        }
    }
}

/// The scanner that looks for viruses.
#[derive(Debug, Clone)]
pub struct ScannerAccount {
    /// Where it listens.
    pub at: ScannerAt,
    /// How many bytes of a mail it takes: its `StreamMaxLength`.
    pub bytes_max: u64,
    /// How long mail waits for it where it does not answer.
    pub wait: Duration,
}

/// Where a mailbox's mail comes from.
#[derive(Debug, Clone)]
pub enum Source {
    /// Folders of an IMAP account.
    Imap {
        /// The account.
        account: ImapAccount,
        /// The folders to watch, `INBOX` first.
        folders: Vec<String>,
        /// What to do on the server with a mail that is safely stored; `None`: nothing.
        after: Option<ServerAction>,
    },
    /// A Maildir on this machine.
    Maildir {
        /// The folder that holds `new` and `cur`.
        path: PathBuf,
    },
}

/// What to do on the server with a mail that is safely stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServerAction {
    /// Move it to this folder.
    Move(String),
    /// Set this keyword on it.
    Keyword(String),
}

/// Where outgoing mail goes.
#[derive(Debug, Clone)]
pub enum Relay {
    /// To a server.
    Smtp(SmtpAccount),
    /// Into `<path>/<recipient>/new`, for the demo where there is no server.
    Maildir(PathBuf),
}

/// Where everything is kept.
#[derive(Debug, Clone)]
pub enum DatabaseSettings {
    /// In one file of our own, made where there is none.
    Sqlite {
        /// The file; its folder must exist.
        path: PathBuf,
    },
    /// On a PostgreSQL server.
    Postgres {
        /// `postgres://user@host/name`, with the options that sqlx knows.
        url: String,
        /// The password, where one is needed and the URL has none.
        password: Option<SecretString>,
    },
}

impl DatabaseSettings {
    /// Whether the password was had, where one is needed.
    #[must_use]
    pub fn is_password_known(&self) -> bool {
        match self {
            Self::Sqlite { .. } | Self::Postgres { password: None, .. } => true,
            Self::Postgres {
                password: Some(password),
                ..
            } => !password.expose_secret().is_empty(),
        }
    }
}
