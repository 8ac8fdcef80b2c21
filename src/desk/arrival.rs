//! A mail as it reaches the decider: read, with the place and time of its arrival.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::model::{
    ids::{MailboxName, MessageId, RawId},
    message::Reading,
    outgoing::{Enclosure, Enclosures},
};

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
        let digest = sum.finalize();
        digest
            .first_chunk::<8>()
            .map_or(0, |bytes| i64::from_be_bytes(*bytes))
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
