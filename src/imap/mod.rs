//! # imap: inbound, over IMAP
//!
//! IMAP as of RFC 3501 (version 4rev1). A [`Session`] is one connection that is logged in; every method sends one or a few
//! commands,
//! waits for the tagged answer and believes nothing before it has come. `async-imap` reads and parses the answers
//! here, and no more: its own commands take a refusal and a lost connection for an empty success
//! (async-imap issue 95), so the conversation is led in [`talk`].
//!
//! Nothing is ever marked as seen: bodies are asked for with `BODY.PEEK`. In reading order: [`error`], `talk`
//! (one command, one answer), [`session`] (connect and log in), [`folder`] (open, list), `day` (what came on some days),
//! [`fetch`], [`idle`],
//! [`act`] (move, keyword), `append`, and `sets`, `names` (spelling).

pub mod act;
mod append;
mod day;
pub mod error;
pub mod fetch;
pub mod folder;
pub mod idle;
mod names;
pub mod session;
mod sets;
mod talk;

pub use act::{Folder, Moved, SpecialUse};
pub use error::{Fate, ImapError};
pub use fetch::Fetched;
pub use folder::{Access, Listed, Opened};
pub use idle::Woken;
pub use session::Session;
pub use talk::Deadlines;
