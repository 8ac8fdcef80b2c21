//! Mails attached to a mail: opened, so that what they say is within reach.

use std::borrow::Cow;

use super::{
    attachments, bodies,
    bytes::{cut, shorten},
    containers, facts, kind,
    limits::Limits,
    mime::{Part, Structure},
    transfer,
};
use crate::model::{
    address::NamedAddress,
    language::Language,
    message::{Encoding, IncomingMessage},
    text::Text,
};

/// How much of an attached mail is decoded, in bytes as they stand in the mail around it.
const ENCODED_MAX: usize = 8 << 20;

/// How much of a mail within an attached one is read, in bytes: it has to be copied.
const COPIED_MAX: usize = 4 << 20;

/// Mails opened in one, those within others counted.
const MAILS_MAX: usize = 50;

/// Mails within mails within mails that are opened.
const DEPTH_MAX: usize = 4;

/// A mail inside another.
#[derive(Debug, Default)]
pub(super) struct Attached {
    /// Its header.
    pub(super) message: IncomingMessage,
    /// Its text.
    pub(super) text: String,
    /// The names of what is attached to it.
    pub(super) names: Vec<String>,
    /// Within how many other attached mails it stands.
    pub(super) depth: usize,
}

/// The mails attached to a mail, those within them behind each.
pub(super) fn read(raw: &[u8], structure: &Structure) -> Vec<Attached> {
    let limits = Limits {
        parts: 100,
        ..Limits::default()
    };
    let mut found = Vec::new();
    let mut waiting: Vec<(Cow<'_, [u8]>, usize)> =
        mails(raw, structure).map(|inner| (inner, 0)).collect();
    waiting.reverse();
    while let Some((inner, depth)) = waiting.pop() {
        if found.len() >= MAILS_MAX {
            break;
        }
        let structure = Structure::read(&inner, &limits);
        found.push(open(&inner, &structure, depth, &limits));
        let below = depth.saturating_add(1);
        if below < DEPTH_MAX {
            let within: Vec<Cow<'_, [u8]>> = mails(&inner, &structure).collect();
            let within = within.into_iter().rev();
            waiting
                .extend(within.map(|mail| (Cow::Owned(cut(&mail, 0, COPIED_MAX).to_vec()), below)));
        }
    }
    found
}

/// The bytes of the mails attached.
fn mails<'a>(raw: &'a [u8], structure: &Structure) -> impl Iterator<Item = Cow<'a, [u8]>> {
    let leaves = structure.parts.iter().filter(|p| !p.is_container);
    leaves
        .filter(|part| is_mail(part))
        .take(MAILS_MAX)
        .map(|part| {
            // One of any size is read where it lies; one that is encoded, which RFC 2046 forbids, up to a bound.
            let content = part.content(raw);
            match part.encoding {
                Encoding::Identity => Cow::Borrowed(content),
                Encoding::Base64 | Encoding::QuotedPrintable | Encoding::Uuencode => Cow::Owned(
                    transfer::decode(cut(content, 0, ENCODED_MAX), part.encoding),
                ),
            }
        })
}

/// Whether a part is a mail, by its type or, where that says nothing, by its name.
pub(super) fn is_mail(part: &Part) -> bool {
    match part.media_type() {
        "message/rfc822" | "message/global" | "message/news" => true,
        "application/octet-stream" | "application/eml" | "application/x-eml" => {
            attachments::name(part).is_some_and(|name| name.to_lowercase().ends_with(".eml"))
        }
        _ => false,
    }
}

fn open(raw: &[u8], structure: &Structure, depth: usize, limits: &Limits) -> Attached {
    let mut attached = Attached {
        depth,
        ..Attached::default()
    };
    if let Some(root) = structure.parts.first() {
        facts::read(&mut attached.message, &root.headers, limits);
    }
    let mut bodies = bodies::read(raw, structure, limits);
    attached.names = attachments::names(structure, &bodies.used);
    let mut contents = containers::read(raw, structure, limits);
    let files = contents.files.iter();
    attached
        .names
        .extend(files.filter_map(|(file, _)| file.name.clone()));
    bodies.take_from(&mut contents);
    attached.text = Text::new(bodies.text.trim()).into();
    if let Some(root) = structure.parts.first() {
        let found = kind::Found::default();
        kind::judge(&mut attached.message, &root.headers, structure, found);
    }
    attached
}

/// What the mails say, each under the head of its own, at most `max` bytes altogether.
pub(super) fn shown(mails: &[Attached], language: Language, max: usize) -> String {
    let mut out = String::new();
    for mail in mails {
        if out.len() >= max {
            break;
        }
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(&mail.shown(language));
    }
    let kept = shorten(&out, max).len();
    out.truncate(kept);
    out
}

impl Attached {
    fn shown(&self, language: Language) -> String {
        let message = &self.message;
        let from: Vec<String> = message.from.iter().map(person).collect();
        let to: Vec<String> = message.to.iter().take(10).map(person).collect();
        let [from_word, date, to_word, subject, files] = match language {
            Language::Ru => ["От", "Дата", "Кому", "Тема", "Файлы"],
            Language::En => ["From", "Date", "To", "Subject", "Files"],
        };
        let field = |value: Option<&str>| value.unwrap_or_default().to_owned();
        let mut lines: Vec<String> = [
            (from_word, from.join(", ")),
            (date, field(message.date.as_deref()).replace('T', " ")),
            (to_word, to.join(", ")),
            (subject, field(message.subject.as_deref())),
            (files, self.names.join(", ")),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
        if !self.text.is_empty() {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            lines.push(self.text.clone());
        }
        lines.join("\n")
    }
}

fn person(who: &NamedAddress) -> String {
    match &who.name {
        Some(name) => format!("{name} <{}>", who.address),
        None => who.address.clone(),
    }
}
