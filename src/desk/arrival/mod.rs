//! A mail as it reaches the decider: read, with the place and time of its arrival.

mod automatic;
mod files;

use data_encoding::{BASE64_NOPAD, HEXLOWER};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

pub(super) use files::ORIGINAL;

pub use super::order::Again;
use super::{
    command::{Asked, Wish, read_wish},
    policy::Policy,
    subject::button_in,
    subject::quarantine_in,
    subject::words_behind_tag,
    token::{Envelope, Key, code_in},
};
use crate::model::{
    address::{Address, NamedAddress},
    ids::{AgentName, MailboxName, MessageId, RawId},
    message::{Kind, Reading},
};
pub use automatic::Automatic;

/// How many ids of one mail are looked up: the newest say where it belongs, the oldest which conversation it is.
const IDS_MAX: usize = 50;

/// How many people of one mail may become collaborators.
const PEOPLE_MAX: usize = 50;

/// How many bytes of `Thread-Index` are the same in all of a conversation; the first of them is always 1.
const CONVERSATION_BYTES: usize = 22;

/// Letters of base 64 that hold them, whole groups.
const CONVERSATION_LETTERS: usize = 32;

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
    /// Why it is taken once more, if it is.
    pub again: Option<Again>,
    /// A machine of the configuration wrote it.
    pub automatic: Option<Automatic>,
    /// What the site's filter wrote on it, where that means spam: `name: value`.
    pub spam_mark: Option<String>,
    /// What the scanner found in it.
    pub virus: Option<String>,
    /// Only one line of it is meant: its formatting and its files go nowhere.
    pub is_line: bool,
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

    /// Whether it is a report about a mail that did not arrive, or not yet.
    #[must_use]
    pub fn is_report(&self) -> bool {
        let kind = self.reading.message.kind;
        matches!(kind, Kind::Bounce | Kind::DelayNotice)
    }

    /// The mails that it may report on: the one it names, then what it answers.
    pub fn reported(&self) -> impl Iterator<Item = &MessageId> {
        let bounce = self.reading.message.bounce.as_ref();
        let named = bounce.and_then(|bounce| bounce.original_message_id.as_ref());
        named.into_iter().chain(self.parents())
    }

    /// What the envelope id says that it reports on.
    #[must_use]
    pub fn envelope(&self, key: &Key) -> Envelope {
        let bounce = self.reading.message.bounce.as_ref();
        let id = bounce.and_then(|bounce| bounce.envelope_id.as_deref());
        key.envelope(id.unwrap_or_default())
    }

    /// The conversation that Outlook counts it to: the first 22 bytes of `Thread-Index` stay the same in every answer
    /// (MS-OXOMSG, 2.2.1.3), even where References are lost. Written as an id, to be looked up like one.
    #[must_use]
    pub fn conversation(&self) -> Option<MessageId> {
        let written = self.reading.message.thread_index.as_deref()?;
        let letters = written.trim_end_matches('=').as_bytes();
        let whole = letters.get(..letters.len().min(CONVERSATION_LETTERS))?;
        let bytes = BASE64_NOPAD.decode(whole).ok()?;
        let first = bytes.get(..CONVERSATION_BYTES)?;
        (first.first() == Some(&1))
            .then(|| MessageId(format!("thread-index:{}", HEXLOWER.encode(first))))
    }

    /// Who asks: the author in From, or the one for whom a machine of the configuration asks.
    #[must_use]
    pub fn from(&self) -> Option<&NamedAddress> {
        let asks = self.automatic.as_ref();
        let requester = asks.and_then(|automatic| automatic.requester.as_ref());
        requester.or(self.reading.message.from.as_ref())
    }

    /// The code of the question it answers, if it seems to answer one.
    #[must_use]
    pub fn code(&self, key: &Key) -> Option<String> {
        let subject = self.reading.message.subject.as_deref();
        self.parents()
            .find_map(|id| key.challenge_of(id))
            .or_else(|| code_in(subject.unwrap_or("")))
    }

    /// The work list that it answers: whose it was, and when it was made, in minutes since 1970.
    #[must_use]
    pub fn work_list(&self, key: &Key, policy: &Policy) -> Option<(AgentName, i64)> {
        self.parents().find_map(|id| {
            let mut agents = policy.agents.keys();
            agents.find_map(|agent| Some((agent.clone(), key.work_list_of(id, agent)?)))
        })
    }

    /// The mail as far as it is this line: words that were written for one of several tickets.
    #[must_use]
    pub fn line(&self, words: String) -> Self {
        let mut line = self.clone();
        line.reading.message.reply = Some(words);
        line.is_line = true;
        line
    }

    /// When the letter about the quarantine was written that it answers, in minutes since 1970, and what stands behind the
    /// letter's code where a button was pressed: by the code in the subject, else by the letter's own id, which a reply
    /// bears even where somebody has cut the subject.
    #[must_use]
    pub fn quarantine_letter(&self, key: &Key) -> Option<(i64, &str)> {
        let subject = self.reading.message.subject.as_deref().unwrap_or("");
        let by_code = quarantine_in(subject)
            .filter(|(minutes, code, _)| key.is_quarantine(*minutes, code))
            .map(|(minutes, _, behind)| (minutes, behind));
        by_code.or_else(|| {
            let mut letters = self.parents().filter_map(|id| key.quarantine_of(id));
            letters.next().map(|minutes| (minutes, ""))
        })
    }

    /// The address it was written from, and the name it gives itself. A mail without any comes from [`nobody`].
    #[must_use]
    pub fn author(&self) -> Option<(Address, Option<String>)> {
        let mail = &self.reading.message;
        let candidates = self.from().into_iter();
        let candidates = candidates.chain(&mail.sender).chain(&mail.reply_to);
        candidates
            .filter_map(|named| Some((named.parsed()?, named.name.clone())))
            .next()
            .or_else(|| Some((nobody()?, None)))
    }

    /// The people in To and Cc besides ourselves, the author and the staff: those a requester lets read along.
    #[must_use]
    pub fn others(&self, policy: &Policy) -> Vec<NamedAddress> {
        let mail = &self.reading.message;
        let author = self.from().and_then(NamedAddress::parsed);
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

    /// Whether To or Cc name this address.
    #[must_use]
    pub fn names(&self, address: &Address) -> bool {
        let mail = &self.reading.message;
        let mut named = mail.to.iter().chain(&mail.cc);
        named.any(|named| named.parsed().as_ref() == Some(address))
    }

    /// Where the servers and the author say it went.
    #[must_use]
    pub fn went_to(&self) -> Vec<Address> {
        let mail = &self.reading.message;
        let delivered = mail.delivered_to.iter();
        let delivered = delivered.filter_map(|address| Address::parse(address).ok());
        let named = mail.to.iter().chain(&mail.cc);
        delivered
            .chain(named.filter_map(NamedAddress::parsed))
            .collect()
    }

    /// What the person has just written; the whole text where nothing else can be told apart.
    #[must_use]
    pub fn new_text(&self) -> &str {
        let mail = &self.reading.message;
        mail.reply.as_deref().or(mail.text.as_deref()).unwrap_or("")
    }

    /// All that the mail says: its new text. A tapped button says its word in the subject and nothing in the text.
    #[must_use]
    pub fn whole_words(&self) -> Option<String> {
        let text = self.new_text().trim();
        if !text.is_empty() {
            return Some(text.to_owned());
        }
        let subject = self.reading.message.subject.as_deref()?;
        let pressed = button_in(subject).map(|(_, _, word)| word.to_owned());
        pressed.or_else(|| words_behind_tag(subject))
    }

    /// What a mail that names no ticket may ask about its author's: how it stands, what there is. The whole new text says
    /// it, or, where there is none, the subject.
    #[must_use]
    pub fn wish_at_large(&self) -> Option<Asked> {
        let text = self.new_text().trim();
        let subject = self.reading.message.subject.as_deref().unwrap_or_default();
        let words = if text.is_empty() { subject } else { text };
        read_wish(words).filter(|asked| matches!(asked.wish, Wish::Status | Wish::History))
    }

    /// The newest mail of ours that this one names; `None`: it names none.
    #[must_use]
    pub fn newest_of_ours(&self, key: &Key) -> Option<&MessageId> {
        let is_root = |id: &MessageId| id.as_str().contains(".root.");
        let mut ours = self.parents();
        ours.find(|id| key.verify(id).is_some() && !is_root(id))
    }

    /// A sum over author, text and files: equal for two copies of one mail, different for two mails that share an id. The
    /// subject does not count, since a gateway on one of two ways may mark it.
    #[must_use]
    pub fn content(&self) -> i64 {
        let mail = &self.reading.message;
        let author = mail.from.as_ref().map(|from| from.address.as_str());
        let mut sum = Sha256::new();
        for words in [author, mail.text.as_deref()] {
            sum.update(words.unwrap_or("").trim().as_bytes());
            sum.update([0]);
        }
        for file in &mail.attachments {
            sum.update(file.sha256.as_bytes());
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
        // At once: a sum takes as long to be given a word as to be given a line.
        let mut all = String::with_capacity(words.len().saturating_add(1));
        for word in words.split_whitespace() {
            all.push_str(word);
            all.push('\0');
        }
        let mut sum = Sha256::new_with_prefix(all);
        for file in &mail.attachments {
            sum.update([1]);
            sum.update(file.name.as_deref().unwrap_or("").as_bytes());
            sum.update(file.bytes.to_be_bytes());
        }
        first_bytes(sum)
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
