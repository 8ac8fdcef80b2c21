//! Reply addresses: `it+1042-<token>@uni.test` is the queue's own mailbox (RFC 5233) and says, signed, which ticket,
//! which side and which person it was given to, and until when. It comes back even where a program loses every header
//! field but `To`.
//!
//! A token is lower-case Crockford base 32, since some servers fold the case of what they deliver:
//! the key's version (1), the side (1), the last day (4), the person (1 to 13), and 50 bits of the HMAC over all of
//! that and the ticket (10). Whether the one who presents it is its owner is decided where people are known.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Key, TAG_ALPHABET, is_equal};
use crate::model::{
    address::Address,
    ids::{PersonId, TicketNumber},
    ticket::Side,
};

/// What a local part may have, in octets (RFC 5321, 4.5.3.1.1).
const LOCAL_MAX: usize = 64;

/// Letters for the last day: 20 bits, some 2,800 years.
const DAY_LETTERS: usize = 4;

/// Letters of the HMAC: 50 bits, guessed by mail.
pub(super) const MAC_LETTERS: usize = 10;

/// What stands between a mailbox's name and the rest (RFC 5233): the one that servers agree on.
pub const SEPARATOR: char = '+';

pub(super) const DAY_SECONDS: i64 = 86_400;

/// The keys that reply addresses are signed with, by version. New ones are signed with the newest; those of older ones
/// are believed as long as the key is kept.
#[derive(Debug, Clone)]
pub struct Keyring {
    keys: BTreeMap<u8, Key>,
}

/// Whom a reply address was given to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Owner {
    /// The ticket.
    pub ticket: TicketNumber,
    /// The side of its conversation.
    pub side: Side,
    /// The person. Presented by anyone else it proves nothing but that they have seen the mail.
    pub person: PersonId,
}

/// What an address says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Presented {
    /// No token at all, or one of nobody we know: mistyped, cut, guessed, of another house.
    Nothing,
    /// Has the form of a token, and the signature is not right: to be counted, for somebody may be guessing.
    Forged,
    /// Right, and its time is over.
    Expired(Owner),
    /// Right.
    Valid(Owner),
}

impl Keyring {
    /// The keys with their versions, 0 to 31; later ones replace earlier ones of the same version, those above 31 are
    /// left out.
    #[must_use]
    pub fn new(keys: impl IntoIterator<Item = (u8, Key)>) -> Self {
        let keys = keys.into_iter().filter(|(version, _)| *version < 32);
        Self {
            keys: keys.collect(),
        }
    }

    /// The address under which `owner` answers until the end of the UTC day of `until`; `None` where there is no key or
    /// no room: mails then go by their Message-IDs alone.
    #[must_use]
    pub fn reply_address(
        &self,
        mailbox: &Address,
        separator: char,
        owner: Owner,
        until: Timestamp,
    ) -> Option<Address> {
        let (version, key) = self.newest()?;
        let signed = signed(version, owner, until)?;
        let mac = mac(key, owner.ticket, &signed);
        let local = format!(
            "{}{separator}{}-{signed}{mac}",
            mailbox.local(),
            owner.ticket
        );
        (local.len() <= LOCAL_MAX)
            .then(|| Address::parse(&format!("{local}@{}", mailbox.domain())).ok())
            .flatten()
    }

    /// What the addresses a mail was sent to say (`Delivered-To`, `X-Original-To`, `To`, `Cc`), where they are
    /// `mailboxes` with something behind `separator`: the first valid token, else one that has expired, else a forged
    /// one.
    #[must_use]
    pub fn presented<'a>(
        &self,
        addresses: impl IntoIterator<Item = &'a Address>,
        mailboxes: &[&Address],
        separator: char,
        now: Timestamp,
    ) -> Presented {
        let mut best = Presented::Nothing;
        for address in addresses {
            for mailbox in mailboxes {
                let Some(detail) = detail(address, mailbox, separator) else {
                    continue;
                };
                let read = self.read(detail, now);
                if matches!(read, Presented::Valid(_)) {
                    return read;
                }
                best = best.max(read);
            }
        }
        best
    }

    /// The key that signs, and its version.
    pub(super) fn newest(&self) -> Option<(u8, &Key)> {
        let (version, key) = self.keys.last_key_value()?;
        Some((*version, key))
    }

    /// The key of a version.
    pub(super) fn of_version(&self, version: u8) -> Option<&Key> {
        self.keys.get(&version)
    }

    fn read(&self, detail: &str, now: Timestamp) -> Presented {
        let Some((ticket, token)) = detail.split_once('-') else {
            return Presented::Nothing;
        };
        let Some((parts, signed, theirs)) = Parts::read(ticket, token) else {
            return Presented::Nothing;
        };
        let Some(key) = self.keys.get(&parts.version) else {
            return Presented::Forged;
        };
        if !is_equal(&mac(key, parts.owner.ticket, signed), theirs) {
            return Presented::Forged;
        }
        if now.as_second().div_euclid(DAY_SECONDS) > parts.day {
            Presented::Expired(parts.owner)
        } else {
            Presented::Valid(parts.owner)
        }
    }
}

/// What is signed: version, side, last day, person.
pub(super) fn signed(version: u8, owner: Owner, until: Timestamp) -> Option<String> {
    let day = u64::try_from(until.as_second().div_euclid(DAY_SECONDS)).ok()?;
    let person = u64::try_from(owner.person.0).ok()?;
    let mut signed = encode(u64::from(version), 1)?;
    signed.push(owner.side.letter());
    signed.push_str(&encode(day, DAY_LETTERS)?);
    signed.push_str(&encode_short(person));
    Some(signed)
}

/// A token taken apart, not yet believed.
pub(super) struct Parts {
    pub(super) version: u8,
    pub(super) day: i64,
    pub(super) owner: Owner,
}

impl Parts {
    /// The parts, what is signed, and the signature presented.
    pub(super) fn read<'t>(ticket: &str, token: &'t str) -> Option<(Self, &'t str, &'t str)> {
        let number: i64 = ticket.parse().ok()?;
        // One way to write a number, so that one address means one thing.
        if number.to_string() != ticket || !token.is_ascii() {
            return None;
        }
        let (signed, theirs) = token.split_at_checked(token.len().checked_sub(MAC_LETTERS)?)?;
        let (version, rest) = signed.split_at_checked(1)?;
        let (side, rest) = rest.split_at_checked(1)?;
        let (day, person) = rest.split_at_checked(DAY_LETTERS)?;
        let person_number = decode(person)?;
        if encode_short(person_number) != person || theirs.bytes().any(|b| value(b).is_none()) {
            return None;
        }
        let owner = Owner {
            ticket: TicketNumber(number),
            side: Side::from_letter(side.chars().next()?)?,
            person: PersonId(i64::try_from(person_number).ok()?),
        };
        let parts = Self {
            version: u8::try_from(decode(version)?).ok()?,
            day: i64::try_from(decode(day)?).ok()?,
            owner,
        };
        Some((parts, signed, theirs))
    }
}

/// What stands behind the mailbox's own name, which may hold the separator itself.
fn detail<'a>(address: &'a Address, mailbox: &Address, separator: char) -> Option<&'a str> {
    let is_here = domain(address) == domain(mailbox);
    let rest = address.local().strip_prefix(mailbox.local())?;
    rest.strip_prefix(separator).filter(|_| is_here)
}

/// For comparing: a server may write the domain in its other form (RFC 5891).
fn domain(address: &Address) -> String {
    let wire = address.on_the_wire();
    wire.rsplit_once('@')
        .map_or_else(String::new, |(_, domain)| domain.to_owned())
}

fn mac(key: &Key, ticket: TicketNumber, signed: &str) -> String {
    key.digest("reply", &format!("{ticket}-{signed}"))
        .iter()
        .take(MAC_LETTERS)
        .filter_map(|byte| letter(u64::from(*byte)))
        .collect()
}

/// The letter of the lowest five bits.
pub(super) fn letter(bits: u64) -> Option<char> {
    let at = usize::try_from(bits & 31).ok()?;
    TAG_ALPHABET
        .get(at)
        .map(|letter| char::from(letter.to_ascii_lowercase()))
}

fn value(letter: u8) -> Option<u64> {
    // Addresses come folded to lower case; capitals would be a second way to write the same.
    let at = TAG_ALPHABET
        .iter()
        .position(|known| known.to_ascii_lowercase() == letter)?;
    u64::try_from(at).ok()
}

/// A number in exactly so many letters; `None` where it does not fit.
fn encode(number: u64, letters: usize) -> Option<String> {
    let short = encode_short(number);
    let missing = letters.checked_sub(short.len())?;
    Some(format!("{}{short}", "0".repeat(missing)))
}

/// A number in as few letters as it takes, at least one.
fn encode_short(number: u64) -> String {
    let mut letters: Vec<char> = Vec::new();
    let mut rest = number;
    loop {
        letters.extend(letter(rest));
        rest >>= 5;
        if rest == 0 {
            return letters.iter().rev().collect();
        }
    }
}

fn decode(letters: &str) -> Option<u64> {
    if letters.is_empty() || letters.len() > 13 {
        return None;
    }
    letters.bytes().try_fold(0_u64, |number, letter| {
        number.checked_mul(32)?.checked_add(value(letter)?)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, any, proptest};

    use super::*;

    const OWNER: Owner = Owner {
        ticket: TicketNumber(1042),
        side: Side::Requester,
        person: PersonId(57),
    };

    fn address(words: &str) -> Address {
        Address::parse(words).unwrap()
    }

    fn at(words: &str) -> Timestamp {
        words.parse().unwrap()
    }

    fn ring() -> Keyring {
        Keyring::new([(1, Key::new([1; 32])), (2, Key::new([2; 32]))])
    }

    fn until() -> Timestamp {
        at("2026-12-31T10:00:00Z")
    }

    fn given(mailbox: &str, separator: char, owner: Owner) -> Address {
        ring()
            .reply_address(&address(mailbox), separator, owner, until())
            .unwrap()
    }

    #[track_caller]
    fn check(presented: &[&str], mailboxes: &[&str], separator: char, expected: Presented) {
        let presented: Vec<Address> = presented.iter().map(|words| address(words)).collect();
        let mailboxes: Vec<Address> = mailboxes.iter().map(|words| address(words)).collect();
        let mailboxes: Vec<&Address> = mailboxes.iter().collect();
        let now = at("2026-11-17T10:00:00Z");
        assert_eq!(
            ring().presented(&presented, &mailboxes, separator, now),
            expected,
            "{presented:?}"
        );
    }

    #[test]
    fn it_comes_back_and_says_whose_it_was() {
        let reply = given("it@uni.test", '+', OWNER);
        assert!(reply.as_str().starts_with("it+1042-2r"), "{reply}");
        assert!(reply.local().len() <= 40, "{reply}");
        let valid = Presented::Valid(OWNER);
        check(&[reply.as_str()], &["it@uni.test"], '+', valid);
        check(
            &[&reply.as_str().to_uppercase()],
            &["it@uni.test"],
            '+',
            valid,
        );
        check(
            &["olga@work.test", "it@uni.test", reply.as_str()],
            &["hr@uni.test", "it@uni.test"],
            '+',
            valid,
        );
        // An alias of the mailbox will do, another house's mailbox will not.
        let moved = format!("help+{}", reply.as_str().strip_prefix("it+").unwrap());
        check(&[&moved], &["it@uni.test", "help@uni.test"], '+', valid);
        check(&[&moved], &["it@uni.test"], '+', Presented::Nothing);
        let elsewhere = reply.as_str().replace("uni.test", "evil.example");
        check(&[&elsewhere], &["it@uni.test"], '+', Presented::Nothing);
        let wire = given("it@почта.test", '+', OWNER).on_the_wire();
        check(&[&wire], &["it@почта.test"], '+', valid);
    }

    #[test]
    fn a_mailbox_may_have_the_separator_in_its_name() {
        let valid = Presented::Valid(OWNER);
        for (mailbox, separator) in [
            ("it+desk@uni.test", '+'),
            ("it-desk@uni.test", '-'),
            ("it@uni.test", '-'),
            ("it@uni.test", '='),
        ] {
            let reply = given(mailbox, separator, OWNER);
            check(&[reply.as_str()], &[mailbox], separator, valid);
            check(
                &[reply.as_str()],
                &["it@uni.test", mailbox],
                separator,
                valid,
            );
        }
    }

    #[test]
    fn what_is_no_token_is_nothing() {
        for words in [
            "it@uni.test",
            "it+1042@uni.test",
            "it+news@uni.test",
            "it+1042-@uni.test",
            "it+1042-2r@uni.test",
            "it+x-2r0000100000000000@uni.test",
            "it+01042-2r000010000000000@uni.test",
            "it+1042-2x0mk81s0000000000@uni.test",
            "it+1042-2r0mk8us0000000000@uni.test",
            "it+1042-пппппппппппппппп@uni.test",
            "hr+1042-2r0mk81s0000000000@uni.test",
        ] {
            check(&[words], &["it@uni.test"], '+', Presented::Nothing);
        }
        check(&[], &["it@uni.test"], '+', Presented::Nothing);
    }

    #[test]
    fn one_that_is_right_counts_among_others() {
        let reply = given("it@uni.test", '+', OWNER);
        let forged = reply.as_str().replace("1042", "1043");
        check(&[&forged], &["it@uni.test"], '+', Presented::Forged);
        check(
            &[&forged, reply.as_str()],
            &["it@uni.test"],
            '+',
            Presented::Valid(OWNER),
        );
    }

    #[test]
    fn its_time_ends() {
        let reply = given("it@uni.test", '+', OWNER);
        let mailbox = address("it@uni.test");
        let presented = |now: &str| ring().presented([&reply], &[&mailbox], '+', at(now));
        assert_eq!(presented("2026-12-31T23:59:59Z"), Presented::Valid(OWNER));
        assert_eq!(presented("2027-01-01T00:00:00Z"), Presented::Expired(OWNER));
        let forged = address(&reply.as_str().replace("1042", "1043"));
        let late = ring().presented([&forged], &[&mailbox], '+', at("2030-01-01T00:00:00Z"));
        assert_eq!(late, Presented::Forged);
    }

    #[test]
    fn keys_change() {
        let mailbox = address("it@uni.test");
        let now = at("2026-11-17T10:00:00Z");
        let old = Keyring::new([(1, Key::new([1; 32]))]);
        let reply = old.reply_address(&mailbox, '+', OWNER, until()).unwrap();
        assert_eq!(
            ring().presented([&reply], &[&mailbox], '+', now),
            Presented::Valid(OWNER)
        );
        let dropped = Keyring::new([(2, Key::new([2; 32]))]);
        assert_eq!(
            dropped.presented([&reply], &[&mailbox], '+', now),
            Presented::Forged
        );
        let other = Keyring::new([(1, Key::new([9; 32]))]);
        assert_eq!(
            other.presented([&reply], &[&mailbox], '+', now),
            Presented::Forged
        );
        assert_eq!(
            Keyring::new([]).reply_address(&mailbox, '+', OWNER, until()),
            None
        );
    }

    #[test]
    fn a_long_name_leaves_no_room() {
        let mailbox = address(&format!("{}@uni.test", "x".repeat(50)));
        assert_eq!(ring().reply_address(&mailbox, '+', OWNER, until()), None);
        let largest = Owner {
            ticket: TicketNumber(i64::MAX),
            side: Side::Agents,
            person: PersonId(i64::MAX),
        };
        let reply = given("support@uni.test", '+', largest);
        check(
            &[reply.as_str()],
            &["support@uni.test"],
            '+',
            Presented::Valid(largest),
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_character_may_change(
            ticket in 1..i64::MAX, person in 0..i64::MAX, is_agent in any::<bool>(),
            at_char in 0_usize..48, other in "[!-~]",
        ) {
            let side = if is_agent { Side::Agents } else { Side::Requester };
            let owner = Owner { ticket: TicketNumber(ticket), side, person: PersonId(person) };
            let mailbox = address("it@uni.test");
            let reply = given("it@uni.test", '+', owner);
            let now = at("2026-11-17T10:00:00Z");
            let read = |address: &Address| ring().presented([address], &[&mailbox], '+', now);
            proptest::prop_assert_eq!(read(&reply), Presented::Valid(owner));
            let mut letters: Vec<char> = reply.local().chars().collect();
            let at_char = at_char.min(letters.len().saturating_sub(1));
            letters[at_char] = other.chars().next().unwrap();
            let local: String = letters.into_iter().collect();
            if let Ok(changed) = Address::parse(&format!("{local}@uni.test"))
                && changed != reply
            {
                proptest::prop_assert!(read(&changed) < Presented::Expired(owner), "{} {}", reply, changed);
            }
            for lost in 0..reply.local().len() {
                let mut cut: Vec<char> = reply.local().chars().collect();
                cut.remove(lost);
                if let Ok(changed) = Address::parse(&format!("{}@uni.test", cut.iter().collect::<String>()))
                    && changed != reply
                {
                    proptest::prop_assert!(read(&changed) < Presented::Expired(owner), "{} {}", reply, changed);
                }
            }
        }

        #[test]
        fn nobody_elses_will_do(ticket in 1..5000_i64, person in 1..5000_i64, other in 1..5000_i64) {
            let owner = Owner { ticket: TicketNumber(ticket), side: Side::Requester, person: PersonId(person) };
            let token = |owner: Owner| {
                let reply = given("it@uni.test", '+', owner);
                let letters: Vec<char> = reply.local().chars().collect();
                let mac = letters.rchunks(MAC_LETTERS).next().unwrap();
                mac.iter().collect::<String>()
            };
            let mac = token(owner);
            let others = [
                Owner { ticket: TicketNumber(ticket.saturating_add(other)), ..owner },
                Owner { person: PersonId(person.saturating_add(other)), ..owner },
                Owner { side: Side::Agents, ..owner },
            ];
            for stranger in others {
                proptest::prop_assert_ne!(token(stranger), mac.clone());
            }
        }

        #[test]
        fn nothing_breaks_it(local in "\\PC{0,70}", now in any::<i32>()) {
            if let Ok(address) = Address::parse(&format!("it+{local}@uni.test")) {
                let mailbox = Address::parse("it@uni.test").unwrap();
                let now = Timestamp::from_second(i64::from(now)).unwrap();
                let read = ring().presented([&address], &[&mailbox], '+', now);
                proptest::prop_assert!(matches!(read, Presented::Nothing | Presented::Forged));
            }
        }
    }
}
