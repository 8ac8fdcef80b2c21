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
mod archive;
mod attached;
mod attachments;
mod bodies;
mod bounce;
mod bytes;
mod calendar;
mod charset;
mod clean;
mod cms;
mod code_pages;
mod containers;
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
mod media_types;
mod mime;
mod params;
mod plain;
mod relayed;
mod reply;
mod rtf;
mod security;
mod tnef;
mod transfer;
mod uuencode;
mod words;

pub use html::{Fate, Picture, Relayed, Whose};
pub use limits::Limits;
pub use plain::read_plainly;
pub use relayed::relayed;
pub use reply::{BOUNDARY_EN, BOUNDARY_RU};

use std::borrow::Cow;

use crate::{
    mail::meeting,
    model::{
        message::{Calendar, IncomingMessage, Kind, Place, Reading},
        text::Text,
    },
};
use attached::Attached;
use bodies::Bodies;
use mime::Structure;
use reply::Trimmed;

/// Understands a mail. Content is never an error: what is broken or beyond `limits` is named in `oddities`.
#[must_use]
pub fn read(raw: &[u8], limits: &Limits) -> Reading {
    let (size, narrow) = (size_of(raw), bytes::narrow(raw));
    let raw = narrow.as_ref();
    let (shown, is_too_large) = match raw.get(..limits.size) {
        Some(start) if start.len() < raw.len() => (start, true),
        _ => (raw, false),
    };
    let structure = Structure::read(shown, limits);
    let mut reading = Reading {
        size,
        ..Reading::default()
    };
    let message = &mut reading.message;
    odd(message, is_too_large.then_some("too_large"));
    odd(message, matches!(narrow, Cow::Owned(_)).then_some("utf16"));
    if let Some(root) = structure.parts.first() {
        reading.marks = facts::read(message, &root.headers, limits);
    }
    odd(message, whole(shown, &structure));
    odd(message, structure.oddities.iter().copied());
    let mut bodies = bodies::read(shown, &structure, limits);
    (message.attachments, reading.places) = attachments::read(shown, &structure, &bodies.used);
    let mut contents = containers::read(shown, &structure, limits);
    for (file, place) in std::mem::take(&mut contents.files) {
        message.attachments.push(file);
        reading.places.push(place);
    }
    odd(message, contents.oddities.iter().copied());
    let archives = message
        .attachments
        .iter()
        .filter_map(|file| file.archive.as_ref());
    let archives: Vec<&'static str> = archives.flat_map(archive::oddities).collect();
    odd(message, archives);
    odd(message, bodies.oddities.iter().copied());
    bodies.take_from(&mut contents);
    message.subject = message.subject.take().or_else(|| contents.subject.take());
    message.calendar = calendar::read(shown, &structure).or_else(|| contents.meeting.take());
    message.security = security::read(&structure, &bodies.text, &contents.security);
    let mut mails = attached::read(shown, &structure);
    mails.append(&mut contents.mails);
    words_of(message, &structure, (&bodies, &mails), limits);
    judge(message, shown, &structure, &bodies);
    facts::complete(message);
    clean::clean(message);
    reading
}

/// The values of a field of a mail's header, unfolded, the topmost first: for what a site's own servers write there.
#[must_use]
pub fn fields(raw: &[u8], name: &str) -> Vec<String> {
    let narrow = bytes::narrow(raw);
    let ends = bytes::LineEnds::of(&narrow);
    let block = headers::Block::read(&narrow, 0, ends, Limits::default().header);
    let values = block.headers.values(name);
    values
        .map(|value| String::from_utf8_lossy(value).into_owned())
        .collect()
}

/// An attachment's decoded bytes, from its place in the raw mail: exactly those its SHA-256 was taken of.
#[must_use]
pub fn decode(raw: &[u8], place: &Place) -> Vec<u8> {
    let content = content(raw, place);
    match &place.inside {
        Some(inside) => containers::within(&content, inside),
        None => content,
    }
}

/// The same of several attachments, in order. A container that holds many is decoded once where they follow each other.
pub fn decode_all<'p>(raw: &[u8], places: impl IntoIterator<Item = &'p Place>) -> Vec<Vec<u8>> {
    let mut opened: Option<((u64, u64), Vec<u8>)> = None;
    let mut all = Vec::new();
    for place in places {
        let Some(inside) = &place.inside else {
            all.push(content(raw, place));
            continue;
        };
        let lies_at = (place.offset, place.length);
        let container = match opened.take() {
            Some((at, container)) if at == lies_at => container,
            Some(_) | None => content(raw, place),
        };
        all.push(containers::within(&container, inside));
        opened = Some((lies_at, container));
    }
    all
}

/// A part's decoded content.
fn content(raw: &[u8], place: &Place) -> Vec<u8> {
    let start = usize::try_from(place.offset).unwrap_or(usize::MAX);
    let length = usize::try_from(place.length).unwrap_or(usize::MAX);
    let narrow = bytes::narrow(raw);
    let encoded = bytes::cut(&narrow, start, start.saturating_add(length));
    transfer::decode(encoded, place.encoding)
}

fn size_of(raw: &[u8]) -> u64 {
    u64::try_from(raw.len()).unwrap_or(u64::MAX)
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
    structure: &Structure,
    (bodies, mails): (&Bodies, &[Attached]),
    limits: &Limits,
) {
    let text: String = Text::new(&bodies.text).into();
    let mut text = text.trim_matches(['\n', '\r']).trim_end().to_owned();
    let trimmed = trimmed(bodies);
    // What a report returns is no forward.
    let is_report = structure
        .parts
        .iter()
        .any(|p| p.is("multipart/report") || p.is("message/delivery-status"));
    message.forwarded = forward::read(message, &text, if is_report { &[] } else { mails });
    message.language = language::of(&trimmed.reply)
        .or_else(|| mails.iter().find_map(|mail| language::of(&mail.text)))
        .or_else(|| message.subject.as_deref().and_then(language::of));
    tell_meeting(message, &mut text);
    if !mails.is_empty() {
        // A mail attached whole is there to be read, too.
        let language = message.language.unwrap_or_default();
        let shown = attached::shown(mails, language, limits.text);
        text = format!("{text}\n\n{shown}").trim().to_owned();
    }
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

/// Tells in words what an invitation asks for: as the text where there is none, below it where it does not say so itself.
fn tell_meeting(message: &mut IncomingMessage, text: &mut String) {
    let Some(calendar) = &message.calendar else {
        return;
    };
    if text.is_empty() {
        let said = [&calendar.summary, &calendar.description];
        let spoken = said
            .into_iter()
            .flatten()
            .find_map(|words| language::of(words));
        message.language = spoken.or(message.language);
        *text = meeting::words(calendar, message.language.unwrap_or_default());
    } else if calendar::is_meeting(calendar) && !calendar::is_told_in(text) {
        // Its description is the text once more.
        let bare = Calendar {
            description: None,
            ..calendar.clone()
        };
        let words = meeting::words(&bare, message.language.unwrap_or_default());
        *text = format!("{text}\n\n{words}");
    }
}

/// The reply by the plain text's own signs, or by the HTML's where the plain text shows no quote and the HTML does.
fn trimmed(bodies: &Bodies) -> Trimmed {
    if let Some(words) = security::without_armour(&bodies.text) {
        return reply::trim(&words);
    }
    let found = match &bodies.marked {
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
    };
    if found.had_quote || !found.reply.trim().is_empty() {
        return found;
    }
    // Of several forms of a text one may be empty: what is shown is what was written.
    Trimmed {
        reply: bodies.text.trim_matches('\n').trim_end().to_owned(),
        ..Trimmed::default()
    }
}

/// Bounce, automatic mail, list or person.
fn judge(message: &mut IncomingMessage, raw: &[u8], structure: &Structure, bodies: &Bodies) {
    let Some(root) = structure.parts.first() else {
        return;
    };
    // The fields of a report are read as fields, never as somebody's words.
    let said = if bodies.is_report_detail {
        ""
    } else {
        &bodies.text
    };
    let report = bounce::read(raw, structure, message, said);
    let found = kind::Found {
        is_bounce: report.as_ref().is_some_and(|r| !r.is_delay),
        is_delay: report.as_ref().is_some_and(|r| r.is_delay),
        is_meeting: message.calendar.as_ref().is_some_and(calendar::is_meeting),
    };
    message.bounce = report.map(|r| r.bounce);
    kind::judge(message, &root.headers, structure, found);
    if !matches!(message.kind, Kind::Bounce | Kind::DelayNotice) {
        message.bounce = None;
    }
    if message.kind == Kind::ReadReceipt && message.in_reply_to.is_empty() {
        message.in_reply_to = bounce::receipt_about(raw, structure, message)
            .into_iter()
            .collect();
    }
}
