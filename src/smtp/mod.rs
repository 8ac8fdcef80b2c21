//! # smtp: outbound
//!
//! A [`Transport`] makes a [`Courier`], a courier takes one [`MailObject`] after the other to the relay, and each ends in a
//! [`DeliveryStatus`]. There is no pool and no task: the house decides how many couriers there are and what a status means.
//! In reading order: [`status`] (whose fault an answer is), [`backoff`], `envelope`, `connect` and `courier` (the conversation,
//! over lettre's low-level connection and under our own deadlines, since lettre has none: its issue 1027),
//! [`memory`] (for tests), [`transport`].

pub mod backoff;
mod connect;
mod courier;
mod envelope;
mod line;
pub mod memory;
pub mod status;
pub mod transport;

pub use connect::Deadlines;
pub use memory::{Memory, Sent};
pub use status::{DeliveryStatus, RelayFault, Reply};
pub use transport::{Courier, Transport};

use crate::model::address::Address;

/// A mail and one recipient of it. Each recipient gets an envelope of its own, so that one refusal never stops the
/// others.
#[derive(Debug, Clone, Copy)]
pub struct MailObject<'a> {
    /// `MAIL FROM`; `None` is the null path.
    pub envelope_from: Option<&'a Address>,
    /// `RCPT TO`.
    pub recipient: &'a Address,
    /// The mail, with CRLF line ends.
    pub bytes: &'a [u8],
    /// What a delivery report will name (`ENVID`, RFC 3461, 4.4); of printable ASCII, at most 100 characters.
    pub envelope_id: &'a str,
}
