//! # lab: private mail servers on loopback, for the demo, the tests and the bench
//!
//! Real servers, each with its own configuration, ports and files in a folder the caller names: [`Dovecot`] (IMAP
//! and LMTP), [`Postfix`] (SMTP, root only), [`Postgres`], and [`Door`], a small SMTP server of ours for where there
//! is no Postfix. The system's own services and their files are left alone; everything listens on 127.0.0.1 only
//! and nothing can leave the machine. A dropped server ends exactly the process it started and leaves its folder.
//!
//! This room blocks (std processes, sockets and threads); asynchronous callers start servers before their work or
//! on a blocking thread. It is no part of the daemon's way of a message.

mod certificate;
mod door;
mod dovecot;
mod error;
mod lmtp;
mod mailfolder;
mod place;
mod postfix;
mod postgres;
mod process;
mod session;

pub use door::{Behind, Door, Script, When};
pub use dovecot::{Dovecot, DovecotOptions};
pub use error::{LabError, Missing};
pub use lmtp::{Answer, Talk};
pub use mailfolder::MailFolder;
pub use place::Scratch;
pub use postfix::{Destination, Postfix, PostfixOptions};
pub use postgres::Postgres;

/// Tells the person at the terminal what went wrong where there is no caller to tell: on the way down.
#[expect(
    clippy::print_stderr,
    reason = "the demo and the tests run at a terminal"
)]
fn complain(words: &str) {
    eprintln!("{words}");
}
