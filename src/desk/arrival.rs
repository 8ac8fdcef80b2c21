//! A mail as it reaches the decider: read, with the place and time of its arrival.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::policy::Policy;
use crate::model::{
    address::{Address, NamedAddress},
    ids::{MailboxName, MessageId, RawId},
    message::Reading,
    outgoing::{Enclosure, Enclosures},
};

/// How many ids of one mail are looked up: the newest say where it belongs, the oldest which conversation it is.
const IDS_MAX: usize = 50;

/// How many people of one mail may become collaborators.
const PEOPLE_MAX: usize = 50;

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
