//! A mail as it reaches the decider: read, with the place and time of its arrival.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::policy::Policy;
use crate::model::{
    address::{Address, NamedAddress},
    ids::{MailboxName, MessageId, RawId},
    message::{Encoding, Place, Reading},
    outgoing::{Enclosure, Enclosures},
};

/// How many ids of one mail are looked up: the newest say where it belongs, the oldest which conversation it is.
const IDS_MAX: usize = 50;

/// How many people of one mail may become collaborators.
const PEOPLE_MAX: usize = 50;

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

/// Under which name the original goes along.
pub(super) const ORIGINAL: &str = "original.eml";

/// A mail that has been read and waits for its decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrival {
    /// The raw mail.
    pub raw: RawId,
    /// Where it came in.
    pub mailbox: MailboxName,
    /// When our server received it (IMAP INTERNALDATE), never the sender's `Date`: the instant that counts.
    pub at: Timestamp,
    /// What it says.
    pub reading: Reading,
}

impl Arrival {
    /// Its own Message-ID, if it has one.
    #[must_use]
    pub fn own_id(&self) -> Option<MessageId> {
        self.reading.message.message_id.clone()
    }

    /// The ids it answers, the likeliest parent first.
    pub fn parents(&self) -> impl Iterator<Item = &MessageId> {
        let mail = &self.reading.message;
        mail.in_reply_to
            .iter()
            .chain(mail.references.iter().rev())
            .take(IDS_MAX)
    }

    /// The address it was written from, and the name it gives itself. A mail without any comes from [`nobody`].
    #[must_use]
    pub fn author(&self) -> Option<(Address, Option<String>)> {
        let mail = &self.reading.message;
        let candidates = mail.from.iter().chain(&mail.sender).chain(&mail.reply_to);
        candidates
            .filter_map(|named| Some((named.parsed()?, named.name.clone())))
            .next()
            .or_else(|| Some((nobody()?, None)))
    }

    /// The people in To and Cc besides ourselves, the author and the staff: those a requester lets read along.
    #[must_use]
    pub fn others(&self, policy: &Policy) -> Vec<NamedAddress> {
        let mail = &self.reading.message;
        let author = mail.from.as_ref().and_then(NamedAddress::parsed);
        let mut seen: Vec<Address> = Vec::new();
        let mut others = Vec::new();
        for named in mail.to.iter().chain(&mail.cc) {
            let Some(address) = named.parsed() else {
                continue;
            };
            let is_ours =
                policy.mailbox_of(&address).is_some() || policy.agent_of(&address).is_some();
            if !is_ours && author.as_ref() != Some(&address) && !seen.contains(&address) {
                seen.push(address);
                others.push(named.clone());
            }
        }
        others.truncate(PEOPLE_MAX);
        others
    }

    /// What the person has just written; the whole text where nothing else can be told apart.
    #[must_use]
    pub fn new_text(&self) -> &str {
        let mail = &self.reading.message;
        mail.reply.as_deref().or(mail.text.as_deref()).unwrap_or("")
    }

    /// A sum over author, subject and text: equal for two copies of one mail, different for two mails that share an id.
    #[must_use]
    pub fn content(&self) -> i64 {
        let mail = &self.reading.message;
        let mut sum = Sha256::new();
        for words in [
            mail.from.as_ref().map(|from| from.address.as_str()),
            mail.subject.as_deref(),
            mail.text.as_deref(),
        ] {
            sum.update(words.unwrap_or("").trim().as_bytes());
            sum.update([0]);
        }
        first_bytes(sum)
    }

    /// A sum over what it says, whatever its ids, author and subject: its own new words and its files; the subject only
    /// where there are no words. Equal for two mails that say the same, white space aside.
    #[must_use]
    pub fn body(&self) -> i64 {
        let mail = &self.reading.message;
        let words = Some(self.new_text()).filter(|words| !words.trim().is_empty());
        let words = words.or(mail.subject.as_deref()).unwrap_or("");
        let mut sum = Sha256::new();
        for word in words.split_whitespace() {
            sum.update(word.as_bytes());
            sum.update([0]);
        }
        for file in &mail.attachments {
            sum.update([1]);
            sum.update(file.name.as_deref().unwrap_or("").as_bytes());
            sum.update(file.bytes.to_be_bytes());
        }
        first_bytes(sum)
    }

    /// Names of the files that came with it.
    #[must_use]
    pub fn file_names(&self) -> Vec<String> {
        let named = |(n, file): (usize, &crate::model::message::Attachment)| {
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

    /// Whether it could be read the plain way only, its words as they are and no quote told apart.
    #[must_use]
    pub fn is_read_plainly(&self) -> bool {
        self.is_odd(&["reader_panicked", "too_slow"])
    }

    fn is_odd(&self, codes: &[&str]) -> bool {
        let mut oddities = self.reading.message.oddities.iter();
        oddities.any(|odd| codes.contains(&odd.as_str()))
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
        }
    }

    /// What to pass on, in order, up to `bytes_max` decoded bytes; and the names of what is left out.
    #[must_use]
    pub fn enclosures(&self, bytes_max: u64) -> (Option<Enclosures>, Vec<String>) {
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
            });
        }
        let enclosures = (!parts.is_empty()).then_some(Enclosures {
            raw: self.raw,
            parts,
        });
        (enclosures, left_out)
    }
}

fn first_bytes(sum: Sha256) -> i64 {
    let digest = sum.finalize();
    digest
        .first_chunk::<8>()
        .map_or(0, |bytes| i64::from_be_bytes(*bytes))
}

/// The address of a mail that has none: `.invalid` never resolves (RFC 2606), so nothing can ever be sent there.
#[must_use]
pub fn nobody() -> Option<Address> {
    Address::parse("nobody@missing.invalid").ok()
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
    use super::*;
    use crate::model::message::{Attachment, IncomingMessage};

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
