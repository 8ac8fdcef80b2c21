//! The mail that did not arrive: the header of its copy, and which it was.

use super::fields;
use crate::{
    mail::read::{
        addresses,
        bytes::{LineEnds, cut, shorten, starts_with_ignore_case},
        headers::{Block, Headers},
        ids,
        mime::{Part, Structure},
        transfer,
    },
    model::{ids::MessageId, message::IncomingMessage},
};

/// How much of a copy is looked at.
const COPY_MAX: usize = 256 << 10;

/// The part that holds a copy of the mail that failed, or of its header.
pub(super) fn part(structure: &Structure) -> Option<&Part> {
    const COPIES: [&str; 5] = [
        "message/rfc822",
        "text/rfc822-headers",
        "message/rfc822-headers",
        "message/global",
        "message/global-headers",
    ];
    structure
        .parts
        .iter()
        .find(|p| COPIES.iter().any(|t| p.is(t)))
}

/// Its bytes, as far as they are looked at.
pub(super) fn bytes(raw: &[u8], part: &Part) -> Vec<u8> {
    transfer::decode(cut(part.content(raw), 0, COPY_MAX), part.encoding)
}

/// The header of the mail that failed, from the copy that came with the report.
pub(super) fn header(raw: &[u8], structure: &Structure) -> Option<Headers> {
    let content = bytes(raw, part(structure)?);
    let ends = LineEnds::of(&content);
    let mut start = 0;
    while let (line, after) = ends.line(&content, start)
        && line.trim_ascii().is_empty()
        && start < content.len()
    {
        start = after;
    }
    Some(Block::read(&content, start, ends, COPY_MAX).headers)
}

/// To whom the mail that failed was addressed.
pub(super) fn addressees(header: Option<&Headers>) -> Vec<String> {
    let fields = ["to", "cc", "x-receiver", "envelope-to"];
    header
        .into_iter()
        .flat_map(|header| fields.iter().flat_map(|name| header.values(name)))
        .flat_map(|value| addresses::read(value, 50))
        .map(|person| person.address)
        .filter(|address| address.contains('@'))
        .collect()
}

/// The Message-ID of the mail that failed: from the copy of it or of its header, from the fields of the report, from
/// its text, from what it answers; never the report's own.
pub(super) fn id(
    header: Option<&Headers>,
    status: &[Vec<u8>],
    text: &str,
    message: &IncomingMessage,
) -> Option<MessageId> {
    let is_other = |id: &MessageId| Some(id) != message.message_id.as_ref();
    let of_copy = header
        .and_then(|header| header.plain("message-id"))
        .and_then(|value| ids::first(&value))
        .filter(is_other);
    of_copy
        .or_else(|| of_fields(status, &NAMED_IDS).filter(is_other))
        .or_else(|| in_text(text).find(is_other))
        .or_else(|| of_fields(status, &["original-envelope-id"]).filter(is_other))
        .or_else(|| message.in_reply_to.iter().find(|id| is_other(id)).cloned())
        .or_else(|| message.references.iter().rfind(|id| is_other(id)).cloned())
}

/// Fields that name the mail a report is about.
const NAMED_IDS: [&str; 3] = [
    "original-message-id",
    "x-original-message-id",
    "x-message-id",
];

/// An id among the fields: of those who name it, or an envelope id (RFC 3461, 4.4) that is one.
fn of_fields(status: &[Vec<u8>], names: &[&str]) -> Option<MessageId> {
    status
        .iter()
        .flat_map(|content| fields::groups(content))
        .find_map(|group| {
            names
                .iter()
                .filter_map(|name| group.plain(name))
                .map(|value| {
                    value
                        .replace("+3C", "<")
                        .replace("+3E", ">")
                        .replace("+2B", "+")
                })
                .filter(|value| value.contains('@') && !value.contains(['/', '=']))
                .find_map(|value| ids::first(&value))
        })
}

/// How much of an envelope id is kept: the longest there may be (RFC 3461, 4.4).
const ENVELOPE_ID_MAX: usize = 100;

/// What the mail was called in its envelope (RFC 3464, 2.2.1).
pub(super) fn envelope_id(status: &[Vec<u8>]) -> Option<String> {
    let mut groups = status.iter().flat_map(|content| fields::groups(content));
    let written = groups.find_map(|group| group.plain("original-envelope-id"))?;
    let written = shorten(written.trim(), ENVELOPE_ID_MAX);
    (!written.is_empty()).then(|| written.to_owned())
}

/// Every id that a copied header field within a text gives.
fn in_text(text: &str) -> impl Iterator<Item = MessageId> {
    let mut lines = text
        .lines()
        .map(|line| line.trim_start_matches(['>', ' ', '|', '\t', '*', '-']));
    std::iter::from_fn(move || {
        loop {
            let line = lines.next()?;
            if !starts_with_ignore_case(line, "message-id:")
                && !starts_with_ignore_case(line, "message id:")
            {
                continue;
            }
            let value = line.split_once(':').map_or("", |(_, value)| value.trim());
            let value = if value.is_empty() {
                lines.next()?
            } else {
                value
            };
            if let Some(id) =
                ids::first(value).filter(|id| id.as_str().contains('@') || value.contains('<'))
            {
                return Some(id);
            }
        }
    })
}
