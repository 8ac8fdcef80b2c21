//! # write: the bytes of a mail to be sent
//!
//! The same mail, letter and stamp always give the same bytes: nothing here asks for the time or for chance, so what
//! is stored is what is sent, however often.

mod flowed;
mod headers;
mod parts;
mod words;

use data_encoding::HEXLOWER;
use jiff::{Timestamp, tz::TimeZone};
use lettre::message::MultiPart;
use sha2::{Digest, Sha256};

use super::render::Letter;
use crate::model::outgoing::OutgoingMail;

/// A file to send along, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosed {
    /// The file's name.
    pub name: String,
    /// Its name as people write it, where `name` is one for every program; `None`: it is the same.
    pub shown: Option<String>,
    /// `type/subtype`.
    pub media_type: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// Of a picture that stands in the HTML, the content id there (RFC 2392).
    pub content_id: Option<String>,
}

/// What a mail gets from its surroundings.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// `Date`.
    pub at: Timestamp,
    /// The zone to show it in.
    pub zone: TimeZone,
    /// This installation's name for `X-Okno-Loop`.
    pub instance: String,
}

/// Makes the bytes of a mail: CRLF, ASCII (except for addresses that are not, RFC 6532), no line over 998 octets.
#[must_use]
pub fn write(
    mail: &OutgoingMail,
    letter: &Letter,
    enclosures: &[Enclosed],
    stamp: &Stamp,
) -> Vec<u8> {
    let (pictures, files): (Vec<_>, Vec<_>) = (1..)
        .zip(enclosures)
        .partition(|(_, enclosed)| enclosed.content_id.is_some());
    let alternative = MultiPart::alternative()
        .boundary(boundary(mail, "alternative"))
        .singlepart(parts::text(&flowed::wrap(&letter.text)));
    let alternative = if pictures.is_empty() {
        alternative.singlepart(parts::html(&letter.html))
    } else {
        // RFC 2387: the page first, then what it refers to.
        let related = MultiPart::related()
            .boundary(boundary(mail, "related"))
            .singlepart(parts::html(&letter.html));
        alternative.multipart(pictures.into_iter().fold(related, |related, (n, picture)| {
            related.singlepart(parts::file(picture, n))
        }))
    };
    let body = if files.is_empty() {
        alternative
    } else {
        let mixed = MultiPart::mixed()
            .boundary(boundary(mail, "mixed"))
            .multipart(alternative);
        files.into_iter().fold(mixed, |mixed, (n, file)| {
            mixed.singlepart(parts::file(file, n))
        })
    };
    let mut bytes = headers::of(mail, letter, stamp).to_string().into_bytes();
    bytes.extend_from_slice(&body.formatted());
    bytes
}

/// The content id of the n-th picture of a mail: the same for the same mail, and nothing that says whose it is.
#[must_use]
pub fn content_id(mail: &OutgoingMail, n: usize) -> String {
    let id = mail.message_id.as_str();
    let domain = id
        .rsplit_once('@')
        .map_or("okno.invalid", |(_, domain)| domain);
    format!("{n}.{}@{domain}", digest(mail, "picture"))
}

/// A boundary that no content can hold by accident: 160 bits of a digest of the Message-ID.
fn boundary(mail: &OutgoingMail, part: &str) -> String {
    format!("=_{}", digest(mail, part))
}

fn digest(mail: &OutgoingMail, part: &str) -> String {
    let digest = Sha256::new()
        .chain_update(part)
        .chain_update([0])
        .chain_update(mail.message_id.as_str())
        .finalize();
    HEXLOWER.encode(&digest).chars().take(40).collect()
}
