//! What can go wrong with a private server, said so that a person can act on it.

use std::{fmt, io, path::PathBuf};

/// A server that cannot run here, and what would help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The server, by name.
    pub server: &'static str,
    /// Why it cannot run.
    pub why: String,
    /// The Debian packages that bring it; empty where packages would not help.
    pub packages: &'static [&'static str],
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cannot run here: {}", self.server, self.why)?;
        if self.packages.is_empty() {
            return Ok(());
        }
        let packages = self.packages.join(" ");
        write!(
            f,
            ". As root: apt-get install --no-install-recommends {packages}"
        )
    }
}

impl std::error::Error for Missing {}

/// Why a private server did not start, or did not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum LabError {
    /// It cannot run on this machine.
    #[error(transparent)]
    Missing(#[from] Missing),
    /// A file or folder refused.
    #[error("Cannot {what} {}: {source}", path.display())]
    File {
        /// What was tried, as a verb: "create", "read".
        what: &'static str,
        /// With which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A program did not start, ended early or did not answer.
    #[error("{program} {why}. The end of {}:\n{tail}", log.display())]
    Program {
        /// The program.
        program: String,
        /// What it did or did not do.
        why: String,
        /// Its log file.
        log: PathBuf,
        /// The last lines of the log.
        tail: String,
    },
    /// No port could be had on loopback.
    #[error("Cannot find a free port on 127.0.0.1: {0}")]
    Port(io::Error),
    /// The certificate could not be made.
    #[error("Cannot make a certificate for loopback: {0}")]
    Certificate(#[from] rcgen::Error),
    /// The operating system gave no randomness.
    #[error("Cannot get randomness from the system: {0}")]
    Randomness(#[from] getrandom::Error),
    /// A mail dialogue broke off.
    #[error("Cannot talk to port {port} on 127.0.0.1: {source}")]
    Dialogue {
        /// The port.
        port: u16,
        /// What broke.
        source: io::Error,
    },
    /// A server refused a step of a mail dialogue.
    #[error("Port {port} on 127.0.0.1 refused {step}: {answer}")]
    Refused {
        /// The port.
        port: u16,
        /// The command it refused.
        step: String,
        /// What it said.
        answer: String,
    },
}

impl LabError {
    /// For `map_err`: a file that refused.
    pub(super) fn file(
        what: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { what, path, source }
    }
}
