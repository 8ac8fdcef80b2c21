//! A mail inside a mail: forwarded within the text or attached whole.

mod inline;
mod people;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::{
    attachments, bodies,
    bytes::cut,
    facts,
    limits::Limits,
    mime::{Part, Structure},
    reply::{Prefix, prefix, without_forward_prefixes},
    transfer,
};
use crate::model::{
    message::{Encoding, Forwarded, IncomingMessage},
    text::Text,
};

/// How much of an attached mail is decoded, in bytes as they stand in the mail around it.
const ENCODED_MAX: usize = 8 << 20;

/// What was forwarded, if anything; true where it is attached and so not within `text`.
pub(super) fn read(
    raw: &[u8],
    structure: &Structure,
    message: &IncomingMessage,
    text: &str,
) -> Option<(Forwarded, bool)> {
    let (mut forwarded, is_attached) = match inline::read(text, message) {
        Some(forwarded) => (forwarded, false),
        None => (attached(raw, structure, text)?, true),
    };
    let subject = message.subject.as_deref().unwrap_or_default();
    if forwarded.subject.is_none() && prefix(subject) == Some(Prefix::Forward) {
        // Programs that write no header block keep the subject behind their prefix.
        let own = without_forward_prefixes(subject);
        forwarded.subject = Some(own.to_owned()).filter(|s| !s.is_empty());
    }
    Some((forwarded, is_attached))
}

/// A whole mail attached to a mail that says little itself.
fn attached(raw: &[u8], structure: &Structure, text: &str) -> Option<Forwarded> {
    let mails: Vec<&Part> = structure
        .parts
        .iter()
        .filter(|p| p.is("message/rfc822") || p.is("message/global"))
        .collect();
    let [part] = mails.as_slice() else {
        return None;
    };
    let is_report = structure
        .parts
        .iter()
        .any(|p| p.is("multipart/report") || p.is("message/delivery-status"));
    if is_report {
        return None;
    }
    // A mail of any size is read where it lies; one that is encoded, which RFC 2046 forbids, up to a bound.
    let content = part.content(raw);
    let inner = match part.encoding {
        Encoding::Identity => Cow::Borrowed(content),
        Encoding::Base64 | Encoding::QuotedPrintable | Encoding::Uuencode => Cow::Owned(
            transfer::decode(cut(content, 0, ENCODED_MAX), part.encoding),
        ),
    };
    let limits = Limits {
        parts: 100,
        ..Limits::default()
    };
    let inside = Structure::read(&inner, &limits);
    let mut original = IncomingMessage::default();
    facts::read(&mut original, &inside.parts.first()?.headers, &limits);
    let bodies = bodies::read(&inner, &inside, &limits);
    let names: Vec<String> = attachments::names(&inside, &bodies.used);
    let mut shown = bodies.text.trim().to_owned();
    if !names.is_empty() && shown.is_empty() {
        shown = names.join(", ");
    }
    let note = text.trim();
    Some(Forwarded {
        from: original.from,
        to: original.to,
        cc: original.cc,
        subject: original.subject,
        date: original.date,
        text: (!shown.is_empty()).then(|| Text::new(&shown).into()),
        note: (!note.is_empty()).then(|| note.to_owned()),
    })
}
