//! `winmail.dat`, the Transport Neutral Encapsulation Format (MS-OXTNEF): Outlook's way to wrap what it cannot say in
//! MIME. Opened: the text in its three forms, files with their names, embedded messages, meetings.
//!
//! Nothing is copied but texts: a file is a range of the decoded bytes. What is cut short is read as far as it goes.

mod attributes;
mod lzfu;
mod meeting;
mod numbers;
mod properties;
mod stream;

use std::ops::Range;

use super::{
    attached::Attached,
    bodies::{self, Bodies},
    limits::Limits,
    mime::Part,
    rtf,
};
use crate::model::message::{Calendar, IncomingMessage};
use stream::Stream;

/// Files taken from one container, those of embedded messages counted.
const FILES_MAX: usize = 200;

/// Embedded messages opened.
const EMBEDDED_MAX: usize = 20;

/// Messages within messages within messages that are opened; a deeper one stays closed.
const DEPTH_MAX: usize = 3;

/// What a container holds.
#[derive(Debug, Default)]
pub(super) struct Opened {
    pub(super) subject: Option<String>,
    pub(super) bodies: Bodies,
    pub(super) files: Vec<File>,
    /// Messages embedded in it, as mails attached.
    pub(super) mails: Vec<Attached>,
    pub(super) meeting: Option<Calendar>,
    /// It breaks off or contradicts itself.
    pub(super) is_broken: bool,
}

/// A file in a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct File {
    /// As written.
    pub(super) name: Option<String>,
    pub(super) media_type: String,
    pub(super) content_id: Option<String>,
    pub(super) is_inline: bool,
    pub(super) range: Range<usize>,
}

/// Whether a part is such a container.
pub(super) fn is_container(part: &Part, name: impl Fn() -> Option<String>) -> bool {
    match part.media_type() {
        "application/ms-tnef" | "application/vnd.ms-tnef" => true,
        "application/octet-stream" | "text/plain" => name().is_some_and(|name| {
            name.eq_ignore_ascii_case("winmail.dat") || name.eq_ignore_ascii_case("win.dat")
        }),
        _ => false,
    }
}

/// Opens the decoded bytes of a container.
pub(super) fn open(bytes: &[u8], limits: &Limits) -> Opened {
    let mut opened = Opened::default();
    let mut waiting = vec![(0..bytes.len(), 0_usize)];
    while let Some((range, depth)) = waiting.pop() {
        let Some(stream) = Stream::read(bytes, &range) else {
            opened.is_broken = true;
            continue;
        };
        opened.is_broken |= stream.is_broken;
        let bodies = text(&stream, limits);
        let mut names = Vec::new();
        let mut embedded = Vec::new();
        for attachment in &stream.attachments {
            let is_message = attachment.is_embedded(bytes);
            let opens = is_message && depth < DEPTH_MAX && opened.mails.len() < EMBEDDED_MAX;
            if opens {
                embedded.push((attachment.content.clone(), depth.saturating_add(1)));
            } else if opened.files.len() < FILES_MAX {
                let file = attachment.file();
                names.extend(file.name.clone());
                opened.files.push(file);
            }
        }
        // The first shall be opened first.
        waiting.extend(embedded.into_iter().rev());
        if depth == 0 {
            opened.meeting = meeting::read(&stream);
            opened.subject = stream.subject;
            opened.bodies = bodies;
        } else {
            opened.mails.push(Attached {
                message: IncomingMessage {
                    from: stream.sender.named(),
                    subject: stream.subject,
                    date: stream.sent,
                    ..IncomingMessage::default()
                },
                text: bodies.text.trim().to_owned(),
                names,
                depth: depth.saturating_sub(1),
            });
        }
    }
    opened
}

/// The best of its forms: HTML, HTML hidden in rich text, plain text, rich text.
fn text(stream: &Stream, limits: &Limits) -> Bodies {
    if let Some(html) = stream
        .html
        .as_deref()
        .filter(|html| !html.trim().is_empty())
    {
        return bodies::alone(html, true, limits);
    }
    let rich = stream
        .rich
        .as_deref()
        .and_then(lzfu::decompressed)
        .map(|source| rtf::to_text(&source));
    match (rich, &stream.plain) {
        (Some(rtf::Rtf::Html(html)), _) => bodies::alone(&html, true, limits),
        (_, Some(plain)) if !plain.trim().is_empty() => bodies::alone(plain, false, limits),
        (Some(rtf::Rtf::Plain(text)), _) => bodies::alone(&text, false, limits),
        (None, _) => Bodies::default(),
    }
}

#[cfg(test)]
mod tests;
