//! The files of a mail: their names, what of them is passed on, and whether a mail brings anything at all.

use super::Arrival;
use crate::desk::command::is_thanks;
use crate::model::{
    message::{Attachment, Encoding, Place},
    outgoing::{Enclosure, Enclosures, Words},
};

/// Oddities that say that something of a mail was not read: then its readers get the original, too.
const NOT_READ_WHOLE: [&str; 10] = [
    "too_large",
    "header_too_large",
    "too_many_parts",
    "too_deep",
    "text_truncated",
    "html_truncated",
    "html_too_deep",
    "too_many_addresses",
    "reader_panicked",
    "too_slow",
];

/// Pictures that every mail program shows within a text. Drawings that may hold scripts are files.
const PICTURES: [&str; 5] = [
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/bmp",
];

/// Under which name the original goes along.
pub(in crate::desk) const ORIGINAL: &str = "original.eml";

impl Arrival {
    /// Whether it says thanks and nothing else, and brings nothing.
    #[must_use]
    pub fn is_thanks(&self) -> bool {
        let mut files = self.reading.message.attachments.iter();
        let is_all = !files.any(|file| !file.inline);
        is_all && self.whole_words().is_some_and(|words| is_thanks(&words))
    }

    /// Names of the files that came with it.
    #[must_use]
    pub fn file_names(&self) -> Vec<String> {
        let named = |(n, file): (usize, &Attachment)| {
            file.name
                .clone()
                .unwrap_or_else(|| made_up_name(n, &file.media_type))
        };
        self.reading
            .message
            .attachments
            .iter()
            .enumerate()
            .map(named)
            .collect()
    }

    /// What the agents get: like [`Self::enclosures`], and where something of the mail was not read first the original.
    /// Nobody else gets that: an original of an agent's holds the card.
    #[must_use]
    pub fn enclosures_for_agents(&self, bytes_max: u64) -> (Option<Enclosures>, Vec<String>) {
        let size = self.reading.size;
        if size == 0 || !self.is_odd(&NOT_READ_WHOLE) {
            return self.enclosures(bytes_max);
        }
        if size > bytes_max {
            let (enclosures, mut left_out) = self.enclosures(bytes_max);
            left_out.insert(0, ORIGINAL.to_owned());
            return (enclosures, left_out);
        }
        let (files, left_out) = self.enclosures(bytes_max.saturating_sub(size));
        let files = files.into_iter().flat_map(|files| files.parts);
        let enclosures = Enclosures {
            raw: self.raw,
            parts: std::iter::once(self.whole()).chain(files).collect(),
            words: None,
        };
        (Some(enclosures), left_out)
    }

    /// The mail itself as a file, for an agent who asked for it; left out where it is larger than that.
    #[must_use]
    pub fn original(&self, bytes_max: u64) -> (Option<Enclosures>, Vec<String>) {
        if self.reading.size > bytes_max {
            return (None, vec![ORIGINAL.to_owned()]);
        }
        let enclosures = Enclosures {
            raw: self.raw,
            parts: vec![self.whole()],
            words: None,
        };
        (Some(enclosures), Vec::new())
    }

    fn whole(&self) -> Enclosure {
        Enclosure {
            name: ORIGINAL.to_owned(),
            media_type: "message/rfc822".to_owned(),
            place: Place {
                offset: 0,
                length: self.reading.size,
                encoding: Encoding::Identity,
                ..Place::default()
            },
            content_id: None,
        }
    }

    /// What goes along with words of this mail that are passed on: with the files its formatting and its pictures.
    #[must_use]
    pub fn formatted(&self, files: Option<Enclosures>, words: Words) -> Option<Enclosures> {
        let (raw, parts) = (self.raw, files.map(|files| files.parts).unwrap_or_default());
        let words = Some(words).filter(|_| !self.is_read_plainly() && !self.is_line);
        (words.is_some() || !parts.is_empty()).then_some(Enclosures { raw, parts, words })
    }

    /// What to pass on, in order, up to `bytes_max` decoded bytes; and the names of what is left out.
    #[must_use]
    pub fn enclosures(&self, bytes_max: u64) -> (Option<Enclosures>, Vec<String>) {
        if self.is_line {
            return (None, Vec::new());
        }
        let (mut parts, mut left_out, mut sum) = (Vec::new(), Vec::new(), 0_u64);
        let files = self
            .reading
            .message
            .attachments
            .iter()
            .zip(&self.reading.places)
            .zip(self.file_names());
        for ((file, place), name) in files {
            let with_this = sum.saturating_add(file.bytes);
            if with_this > bytes_max {
                left_out.push(name);
                continue;
            }
            sum = with_this;
            parts.push(Enclosure {
                name,
                media_type: file.media_type.clone(),
                place: *place,
                content_id: picture_id(file),
            });
        }
        let enclosures = (!parts.is_empty()).then_some(Enclosures {
            raw: self.raw,
            parts,
            words: None,
        });
        (enclosures, left_out)
    }
}

/// The content id of a picture that mail programs show within a text.
fn picture_id(file: &Attachment) -> Option<String> {
    let is_shown = PICTURES.contains(&file.media_type.as_str());
    file.content_id.clone().filter(|_| file.inline && is_shown)
}

/// A name for a part that has none: `attachment-2.png`.
fn made_up_name(index: usize, media_type: &str) -> String {
    let ending = match media_type {
        "message/rfc822" => "eml",
        "text/plain" => "txt",
        "text/calendar" => "ics",
        "text/html" => "html",
        "application/pdf" => "pdf",
        "image/jpeg" => "jpg",
        other => other
            .strip_prefix("image/")
            .filter(|kind| kind.chars().all(char::is_alphanumeric))
            .unwrap_or("bin"),
    };
    format!("attachment-{}.{ending}", index.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::model::{
        ids::RawId,
        message::{IncomingMessage, Reading},
    };

    /// A mail of 100 bytes with one file of 60, odd in this way.
    #[track_caller]
    fn check(oddity: &str, bytes_max: u64, (passed_on, left_out): (&[&str], &[&str])) {
        let file = Attachment {
            name: Some("a.png".to_owned()),
            bytes: 60,
            ..Attachment::default()
        };
        let arrival = Arrival {
            raw: RawId(1),
            mailbox: "it".into(),
            at: Timestamp::UNIX_EPOCH,
            reading: Reading {
                message: IncomingMessage {
                    attachments: vec![file],
                    oddities: vec![oddity.to_owned()],
                    ..IncomingMessage::default()
                },
                places: vec![Place::default()],
                size: 100,
                ..Reading::default()
            },
            again: None,
            automatic: None,
            spam_mark: None,
            virus: None,
            is_line: false,
        };
        let (enclosures, out) = arrival.enclosures_for_agents(bytes_max);
        let parts = enclosures.map(|all| all.parts).unwrap_or_default();
        let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
        assert_eq!(names, passed_on, "{oddity} {bytes_max}");
        assert_eq!(out, left_out, "{oddity} {bytes_max}");
        let (own, _) = arrival.enclosures(1_000);
        assert_eq!(own.map(|all| all.parts.len()), Some(1));
    }

    #[test]
    fn the_original_goes_along_where_something_was_not_read() {
        check("charset_guessed", 1_000, (&["a.png"], &[]));
        check("text_truncated", 1_000, (&["original.eml", "a.png"], &[]));
        check("too_slow", 120, (&["original.eml"], &["a.png"]));
        check("too_slow", 99, (&["a.png"], &["original.eml"]));
    }
}
