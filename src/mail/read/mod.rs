//! # read: bytes to [`Reading`], total and bounded
//!
//! [`read`] never fails, never panics, uses no stack to speak of and time in proportion to the mail: the parts of a
//! mail are found in one pass (`mime`), charsets are repaired (`charset`, `words`), the text is chosen (`bodies`,
//! `html`, `flowed`), what is new in it found (`reply`), and then judged: `kind`, `bounce`, `forward`, `calendar`.
//! What is broken becomes a code in `oddities`. Attachments are hashed where they lie and found again by [`decode`].
//!
//! The crate `mail-parser` is not used. The 0.11 that our compiler takes overflows the stack on mails nested 100,000
//! deep, cuts a text where a boundary stands within a line, loses the body where `boundary=` is folded, garbles 8-bit
//! header fields and letters split over two encoded words, which addresses and file names are full of here, and reads
//! a zone of three digits as another.

mod addresses;
mod attachments;
mod bodies;
mod bounce;
mod bytes;
mod calendar;
mod charset;
mod dates;
mod facts;
mod flowed;
mod forward;
mod headers;
mod html;
mod ids;
mod judged;
mod kind;
mod language;
mod limits;
mod mime;
mod params;
mod reply;
mod security;
mod transfer;
mod uuencode;
mod words;

pub use limits::Limits;
pub use reply::{BOUNDARY_EN, BOUNDARY_RU};

use std::borrow::Cow;

use crate::model::{
    message::{IncomingMessage, Place, Reading},
    text::Text,
};
use bodies::Bodies;
use mime::Structure;
use reply::Trimmed;

/// Understands a mail. Content is never an error: what is broken or beyond `limits` is named in `oddities`.
#[must_use]
pub fn read(raw: &[u8], limits: &Limits) -> Reading {
    let narrow = bytes::narrow(raw);
    let raw = narrow.as_ref();
    let (shown, is_too_large) = match raw.get(..limits.size) {
        Some(start) if start.len() < raw.len() => (start, true),
        _ => (raw, false),
    };
    let structure = Structure::read(shown, limits);
    let mut reading = Reading::default();
    let message = &mut reading.message;
    odd(message, is_too_large.then_some("too_large"));
    odd(message, matches!(narrow, Cow::Owned(_)).then_some("utf16"));
    if let Some(root) = structure.parts.first() {
        reading.marks = facts::read(message, &root.headers, limits);
    }
    odd(message, whole(shown, &structure));
    odd(message, structure.oddities.iter().copied());
    let bodies = bodies::read(shown, &structure, limits);
    odd(message, bodies.oddities.iter().copied());
    message.security = security::read(&structure, &bodies.text);
    (message.attachments, reading.places) = attachments::read(shown, &structure, &bodies.used);
    message.calendar = calendar::read(shown, &structure);
    words_of(message, shown, &structure, (&bodies, limits));
    judge(message, shown, &structure, &bodies);
    facts::complete(message);
    reading
}

/// An attachment's decoded bytes, from its place in the raw mail: exactly those its SHA-256 was taken of.
#[must_use]
pub fn decode(raw: &[u8], place: &Place) -> Vec<u8> {
    let start = usize::try_from(place.offset).unwrap_or(usize::MAX);
    let length = usize::try_from(place.length).unwrap_or(usize::MAX);
    transfer::decode(
        bytes::cut(&bytes::narrow(raw), start, start.saturating_add(length)),
        place.encoding,
    )
}

/// What is odd about the mail as a whole.
fn whole(raw: &[u8], structure: &Structure) -> Vec<&'static str> {
    let mut codes = Vec::new();
    let has_headers = structure
        .parts
        .first()
        .is_some_and(|root| !root.headers.is_empty());
    if raw.trim_ascii().is_empty() {
        codes.push("empty");
    } else if !has_headers {
        codes.push("no_headers");
    }
    if bytes::LineEnds::of(raw).is_cr_only() {
        codes.push("cr_only");
    }
    codes
}

fn odd<I: IntoIterator<Item = &'static str>>(message: &mut IncomingMessage, codes: I) {
    for code in codes {
        if !message.oddities.iter().any(|known| known == code) {
            message.oddities.push(code.to_owned());
        }
    }
}

/// The text, the reply in it, its signature and language, and what was forwarded.
fn words_of(
    message: &mut IncomingMessage,
    raw: &[u8],
    structure: &Structure,
    (bodies, limits): (&Bodies, &Limits),
) {
    let text: String = Text::new(&bodies.text).into();
    let mut text = text.trim_matches(['\n', '\r']).trim_end().to_owned();
    let trimmed = trimmed(bodies);
    if let Some((forwarded, is_attached)) = forward::read(raw, structure, message, &text) {
        // A mail attached whole is there to be read, too.
        if let Some(original) = forwarded.text.as_deref().filter(|_| is_attached) {
            text = format!("{text}\n\n{original}").trim_start().to_owned();
        }
        message.forwarded = Some(forwarded);
    }
    message.language = language::of(&trimmed.reply);
    let some = |text: String| (!text.trim().is_empty()).then_some(text);
    // A letter of ours sent back without a word is an answer too, an empty one: nobody may take its text for it.
    message.reply = if trimmed.had_quote {
        Some(trimmed.reply)
    } else {
        some(trimmed.reply)
    };
    message.signature = trimmed.signature;
    message.text = some(bytes::shorten(&text, limits.text).to_owned());
}

/// The reply by the plain text's own signs, or by the HTML's where the plain text shows no quote and the HTML does.
fn trimmed(bodies: &Bodies) -> Trimmed {
    match &bodies.marked {
        Some(marked) if bodies.is_from_html => reply::trim(marked),
        Some(marked) => {
            let plain = reply::trim(&bodies.text);
            let is_found = plain.had_quote && !plain.reply.is_empty();
            if is_found || !marked.contains(html::is_mark) {
                return plain;
            }
            let rich = reply::trim(marked);
            if rich.had_quote { rich } else { plain }
        }
        None => reply::trim(&bodies.text),
    }
}

/// Bounce, automatic mail, list or person.
fn judge(message: &mut IncomingMessage, raw: &[u8], structure: &Structure, bodies: &Bodies) {
    let Some(root) = structure.parts.first() else {
        return;
    };
    let report = bounce::read(raw, structure, message, &bodies.text);
    let found = kind::Found {
        is_bounce: report.as_ref().is_some_and(|r| !r.is_delay),
        is_delay: report.as_ref().is_some_and(|r| r.is_delay),
        is_meeting: message.calendar.is_some(),
    };
    message.bounce = report.map(|r| r.bounce);
    kind::judge(message, &root.headers, structure, found);
    let is_failure = matches!(
        message.kind,
        crate::model::message::Kind::Bounce | crate::model::message::Kind::DelayNotice
    );
    if !is_failure {
        message.bounce = None;
    }
}
