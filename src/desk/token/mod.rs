//! What okno signs: its Message-IDs, the roots of a ticket's two conversations, the letters of a ticket tag, and the
//! addresses that people answer to.
//!
//! Everything is an HMAC-SHA-256 under the instance key, so that a mail's place is known from its headers alone, the
//! same input gives the same id, and nobody guesses a neighbour's. Recipients see ids of their own side only.

mod button;
mod challenge;
mod envelope;
mod payroll;
mod reply;

use std::collections::BTreeMap;

use data_encoding::BASE32HEX_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

pub use self::{
    challenge::code_in,
    envelope::Envelope,
    payroll::PayrollMark,
    reply::{Keyring, Owner, Presented, SEPARATOR},
};
use crate::model::{
    ids::{AgentName, MessageId, PersonId, RawId, TicketNumber},
    ticket::Side,
};

/// Crockford's alphabet: no I, L, O, U, so that letters survive being read aloud and retyped.
const TAG_ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Check letters of a tag: 20 bits. A tag alone opens nothing; it saves from mistyped and guessed numbers.
const TAG_LETTERS: usize = 4;

/// What ids are signed with: the purpose, and how many letters.
const SIGNED: (&str, usize) = ("sig", 10);

/// The instance key. Made at the first start, kept beside the database, part of every backup. It may have older
/// versions: they sign nothing any more, and what they have signed still counts.
#[derive(Clone)]
pub struct Key {
    bytes: [u8; 32],
    version: u8,
    older: Vec<Self>,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(..)")
    }
}

/// What one of our Message-IDs says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Signed {
    /// The ticket.
    pub ticket: TicketNumber,
    /// The side of its conversation.
    pub side: Side,
}

impl Key {
    /// A key of 32 bytes of chance.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self {
            bytes,
            version: 0,
            older: Vec::new(),
        }
    }

    /// The key of these versions, each with its 32 bytes of chance: the highest signs. `None`: there is none.
    #[must_use]
    pub fn of_versions(versions: impl IntoIterator<Item = (u8, [u8; 32])>) -> Option<Self> {
        let versions: BTreeMap<u8, [u8; 32]> = versions.into_iter().collect();
        let mut keys = versions.into_iter().rev().map(|(version, bytes)| Self {
            version,
            ..Self::new(bytes)
        });
        let newest = keys.next()?;
        Some(Self {
            older: keys.collect(),
            ..newest
        })
    }

    /// Which version signs.
    #[must_use]
    pub const fn version(&self) -> u8 {
        self.version
    }

    /// This version and the older ones, the newest first.
    fn versions(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.older)
    }

    /// Whether a version signed that, with so many letters.
    fn has_signed(&self, (purpose, letters): (&str, usize), what: &str, theirs: &str) -> bool {
        let mut versions = self.versions();
        versions.any(|key| is_equal(&key.mac(purpose, what, letters), theirs))
    }

    /// The id of the mail that `dedupe_key` names, on that side of the ticket: `okno.r1042.<18>.<10>@domain`.
    #[must_use]
    pub fn message_id(&self, at: Signed, dedupe_key: &str, domain: &str) -> MessageId {
        self.sign(at, &self.mac("mid", dedupe_key, 18), domain)
    }

    /// The id that stands first in the References of every mail of that side. No mail has it; every client copies it
    /// back, whatever else of the header it or a relay rewrites.
    #[must_use]
    pub fn root(&self, at: Signed, domain: &str) -> MessageId {
        self.sign(at, "root", domain)
    }

    /// The id of a mail that is about no ticket.
    #[must_use]
    pub fn plain_message_id(&self, dedupe_key: &str, domain: &str) -> MessageId {
        MessageId(format!("okno.{}@{domain}", self.mac("mid", dedupe_key, 18)))
    }

    /// Reads one of our ids; `None` for everybody else's and for forged ones. The domain does not count, since relays
    /// rewrite it.
    #[must_use]
    pub fn verify(&self, id: &MessageId) -> Option<Signed> {
        let (local, _) = id.as_str().rsplit_once('@')?;
        let (signed, mac) = local.strip_prefix("okno.")?.rsplit_once('.')?;
        let (place, _) = signed.split_once('.')?;
        let mut letters = place.chars();
        let side = Side::from_letter(letters.next()?)?;
        let ticket = TicketNumber(letters.as_str().parse().ok()?);
        self.has_signed(SIGNED, signed, mac)
            .then_some(Signed { ticket, side })
    }

    /// The tag of a ticket: `[IT-1042-K7Q4]`. The letters bind the number; the prefix is for people.
    #[must_use]
    pub fn tag(&self, prefix: &str, number: TicketNumber) -> String {
        format!("[{prefix}-{number}-{}]", self.check_letters(number))
    }

    /// The tag of a ticket as any version writes it.
    pub fn tags(&self, prefix: &str, number: TicketNumber) -> impl Iterator<Item = String> {
        self.versions().map(move |key| key.tag(prefix, number))
    }

    /// What tells one key from another and says nothing of it: of the version that signs.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        self.mac("fingerprint", "", 20)
    }

    /// Whether that is the fingerprint of any version.
    #[must_use]
    pub fn has_fingerprint(&self, known: &str) -> bool {
        self.versions().any(|key| key.fingerprint() == known)
    }

    /// The check letters of a ticket number.
    #[must_use]
    pub fn check_letters(&self, number: TicketNumber) -> String {
        self.digest("tag", &number.to_string())
            .iter()
            .take(TAG_LETTERS)
            .filter_map(|byte| TAG_ALPHABET.get(usize::from(byte & 31)))
            .map(|letter| char::from(*letter))
            .collect()
    }

    /// The code under which one person was shown a stored mail, as it stands in a subject: `[mail:17:k7q4m2p9]`.
    #[must_use]
    pub fn offer(&self, raw: RawId, person: PersonId) -> String {
        let letters = self.mac("offer", &format!("{raw}:{person}"), 10);
        format!("[mail:{raw}:{letters}]")
    }

    /// Whether this is the code under which that person was shown that mail, by any version.
    #[must_use]
    pub fn is_offer(&self, raw: RawId, person: PersonId, code: &str) -> bool {
        self.versions().any(|key| key.offer(raw, person) == code)
    }

    /// Whether this is the code of a letter about the quarantine of that minute, by any version.
    #[must_use]
    pub fn is_quarantine(&self, minutes: i64, code: &str) -> bool {
        self.versions().any(|key| key.quarantine(minutes) == code)
    }

    /// Whether these are the check letters of a ticket number, by any version; upper case.
    #[must_use]
    pub fn are_check_letters(&self, number: TicketNumber, letters: &str) -> bool {
        let mut versions = self.versions();
        versions.any(|key| key.check_letters(number) == letters)
    }

    /// The keys that reply addresses are signed with.
    #[must_use]
    pub fn keyring(&self) -> Keyring {
        let keys = self.versions().map(|key| (key.version, key.clone()));
        Keyring::new(keys)
    }

    /// The code of a letter to the administrator that lists the quarantine, as it stands in a subject:
    /// `[quarantine:29843100:k7q4m2p9s1]`, the minutes since 1970 first.
    #[must_use]
    pub fn quarantine(&self, minutes: i64) -> String {
        let letters = self.mac("quarantine", &minutes.to_string(), 10);
        format!("[quarantine:{minutes}:{letters}]")
    }

    /// The Message-ID of such a letter: `okno.quarantine-29843100-k7q4m2p9.<10>@domain`; the letters keep two letters of
    /// one minute apart.
    #[must_use]
    pub fn quarantine_id(&self, minutes: i64, dedupe_key: &str, domain: &str) -> MessageId {
        let letter = self.mac("mid", dedupe_key, 8);
        let signed = format!("quarantine-{minutes}-{letter}");
        let mac = self.mac("sig", &signed, 10);
        MessageId(format!("okno.{signed}.{mac}@{domain}"))
    }

    /// The minutes of such a letter of ours; `None` for every other id.
    #[must_use]
    pub fn quarantine_of(&self, id: &MessageId) -> Option<i64> {
        let (local, _) = id.as_str().rsplit_once('@')?;
        let (signed, mac) = local.strip_prefix("okno.")?.rsplit_once('.')?;
        let (minutes, _) = signed.strip_prefix("quarantine-")?.split_once('-')?;
        let is_ours = self.has_signed(SIGNED, signed, mac);
        is_ours.then(|| minutes.parse().ok()).flatten()
    }

    /// The Message-ID of an agent's work list: `okno.list-29843100-k7q4m2p9.<10>@domain`. The letters are the agent's, so
    /// that the list is a token of theirs and of nobody else's.
    #[must_use]
    pub fn work_list_id(&self, minutes: i64, agent: &AgentName, domain: &str) -> MessageId {
        let signed = format!("list-{minutes}-{}", self.list_letters(minutes, agent));
        let mac = self.mac("sig", &signed, 10);
        MessageId(format!("okno.{signed}.{mac}@{domain}"))
    }

    /// The minutes of a work list of this agent's; `None` for every other id.
    #[must_use]
    pub fn work_list_of(&self, id: &MessageId, agent: &AgentName) -> Option<i64> {
        let (local, _) = id.as_str().rsplit_once('@')?;
        let (signed, mac) = local.strip_prefix("okno.")?.rsplit_once('.')?;
        let (minutes, letters) = signed.strip_prefix("list-")?.split_once('-')?;
        let minutes = minutes.parse().ok()?;
        let is_theirs = self
            .versions()
            .any(|key| key.list_letters(minutes, agent) == letters);
        (is_theirs && self.has_signed(SIGNED, signed, mac)).then_some(minutes)
    }

    fn list_letters(&self, minutes: i64, agent: &AgentName) -> String {
        self.mac("list", &format!("{minutes}:{agent}"), 8)
    }

    fn sign(&self, at: Signed, tail: &str, domain: &str) -> MessageId {
        let signed = format!("{}{}.{tail}", at.side.letter(), at.ticket);
        MessageId(format!(
            "okno.{signed}.{}@{domain}",
            self.mac("sig", &signed, 10)
        ))
    }

    fn mac(&self, purpose: &str, what: &str, letters: usize) -> String {
        let mut text = BASE32HEX_NOPAD
            .encode(&self.digest(purpose, what))
            .to_lowercase();
        text.truncate(letters);
        text
    }

    fn digest(&self, purpose: &str, what: &str) -> Vec<u8> {
        // A key of any length is fine for HMAC (RFC 2104, 3), so there is always one.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.bytes) else {
            return Vec::new();
        };
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(what.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }
}

/// Compares without telling by its time where the difference lies.
fn is_equal(ours: &str, theirs: &str) -> bool {
    ours.len() == theirs.len()
        && ours
            .bytes()
            .zip(theirs.bytes())
            .fold(0, |acc, (a, b)| acc | (a ^ b))
            == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Key = Key::new([7; 32]);
    const AT: Signed = Signed {
        ticket: TicketNumber(1042),
        side: Side::Requester,
    };

    #[test]
    fn our_ids_say_where_they_belong() {
        let id = KEY.message_id(AT, "ack:1042", "uni.test");
        assert_eq!(KEY.verify(&id), Some(AT));
        assert_eq!(KEY.verify(&KEY.root(AT, "uni.test")), Some(AT));
        assert_eq!(
            KEY.verify(&KEY.plain_message_id("alarm:1", "uni.test")),
            None
        );
        assert_ne!(id, KEY.message_id(AT, "ack:1043", "uni.test"));
    }

    #[test]
    fn a_relay_may_rewrite_the_domain_and_nothing_else() {
        let id = KEY.message_id(AT, "ack:1042", "uni.test").0;
        let verify = |id: &str| KEY.verify(&MessageId(id.to_owned()));
        assert_eq!(verify(&id.replace("uni.test", "relay.example")), Some(AT));
        assert_eq!(verify(&id.replace("r1042", "r1043")), None);
        assert_eq!(verify(&id.replace("r1042", "a1042")), None);
        assert_eq!(verify("okno.r1042.root.@uni.test"), None);
        assert_eq!(verify("okno.@"), None);
        assert_eq!(Key::new([8; 32]).verify(&MessageId(id)), None);
    }

    #[test]
    fn a_letter_about_the_quarantine_is_known_by_its_id() {
        let id = KEY.quarantine_id(29_843_100, "alarm:1", "uni.test");
        assert_eq!(KEY.quarantine_of(&id), Some(29_843_100));
        assert_eq!(KEY.verify(&id), None, "it belongs to no ticket");
        assert_ne!(id, KEY.quarantine_id(29_843_100, "alarm:2", "uni.test"));
        let later = id.as_str().replace("29843100", "29843101");
        assert_eq!(KEY.quarantine_of(&MessageId(later)), None);
        assert_eq!(Key::new([8; 32]).quarantine_of(&id), None);
        assert_eq!(KEY.quarantine_of(&"17@uni.test".into()), None);
    }

    #[test]
    fn a_tag_has_four_letters_that_depend_on_the_number() {
        let tag = KEY.tag("IT", TicketNumber(1042));
        assert_eq!(tag.len(), "[IT-1042-K7Q4]".len());
        assert_ne!(
            KEY.check_letters(TicketNumber(1042)),
            KEY.check_letters(TicketNumber(1043))
        );
    }

    #[test]
    fn what_an_older_version_signed_still_counts() {
        let both = Key::of_versions([(0, [7; 32]), (1, [8; 32])]).unwrap();
        assert_eq!(both.version(), 1);
        let old = KEY.message_id(AT, "ack:1042", "uni.test");
        assert_eq!(both.verify(&old), Some(AT));
        let number = TicketNumber(1042);
        assert!(both.are_check_letters(number, &KEY.check_letters(number)));
        let (raw, person) = (RawId(7), PersonId(3));
        assert!(both.is_offer(raw, person, &KEY.offer(raw, person)));
        assert!(both.is_quarantine(5, &KEY.quarantine(5)));
        let tags: Vec<String> = both.tags("IT", number).collect();
        assert_eq!(tags, [both.tag("IT", number), KEY.tag("IT", number)]);
        assert!(both.has_fingerprint(&KEY.fingerprint()));
        assert!(!KEY.has_fingerprint(&both.fingerprint()));
        let letter = KEY.quarantine_id(5, "alarm:1", "uni.test");
        assert_eq!(both.quarantine_of(&letter), Some(5));
        let code = KEY.challenge_code(person, raw);
        let asked = KEY.challenge_id(&code, "uni.test");
        assert_eq!(both.challenge_of(&asked), Some(code));
        // New ones are of the newest, which the older cannot read.
        let new = both.message_id(AT, "ack:1042", "uni.test");
        assert_ne!(new, old);
        assert_eq!((both.verify(&new), KEY.verify(&new)), (Some(AT), None));
        let newest = Key::of_versions([(1, [8; 32])]).unwrap();
        assert_eq!(newest.verify(&old), None, "its time is over");
        assert!(Key::of_versions([]).is_none());
    }
}
