//! Buttons: a `mailto:` link opens a mail whose subject holds `[do:1042:<token>]` and a word. The token says, signed, which
//! ticket, which side and which person it was given to, until when, and for which word alone. Only a sent mail acts, so
//! whatever follows links does nothing.
//!
//! It is written as in reply addresses; the signature covers the word's meaning too, and is made for this purpose.

use jiff::Timestamp;

use super::{
    Key, Keyring, Owner, Presented, is_equal,
    reply::{DAY_SECONDS, MAC_LETTERS, Parts, letter, signed},
};
use crate::model::ids::TicketNumber;

impl Keyring {
    /// What names a button in a subject, good until the end of the UTC day of `until`; `None` where there is no key.
    #[must_use]
    pub fn button(&self, owner: Owner, what: &str, until: Timestamp) -> Option<String> {
        let (version, key) = self.newest()?;
        let signed = signed(version, owner, until)?;
        let mac = mac(key, owner.ticket, &signed, what);
        Some(format!("[do:{}:{signed}{mac}]", owner.ticket))
    }

    /// What the token of a button says that was pressed to mean `what`.
    #[must_use]
    pub fn pressed(&self, ticket: i64, token: &str, what: &str, now: Timestamp) -> Presented {
        let Some((parts, signed, theirs)) = Parts::read(&ticket.to_string(), token) else {
            return Presented::Nothing;
        };
        let Some(key) = self.of_version(parts.version) else {
            return Presented::Forged;
        };
        if !is_equal(&mac(key, parts.owner.ticket, signed, what), theirs) {
            return Presented::Forged;
        }
        if now.as_second().div_euclid(DAY_SECONDS) > parts.day {
            Presented::Expired(parts.owner)
        } else {
            Presented::Valid(parts.owner)
        }
    }
}

fn mac(key: &Key, ticket: TicketNumber, signed: &str, what: &str) -> String {
    key.digest("do", &format!("{ticket}-{signed}-{what}"))
        .iter()
        .take(MAC_LETTERS)
        .filter_map(|byte| letter(u64::from(*byte)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ids::PersonId, ticket::Side};

    const OWNER: Owner = Owner {
        ticket: TicketNumber(1042),
        side: Side::Agents,
        person: PersonId(17),
    };

    fn at(day: &str) -> Timestamp {
        format!("{day}T12:00:00Z").parse().expect("an instant")
    }

    fn ring() -> Keyring {
        Keyring::new([(0, Key::new([7; 32]))])
    }

    fn token(code: &str) -> &str {
        code.strip_prefix("[do:1042:")
            .and_then(|rest| rest.strip_suffix(']'))
            .expect("a token")
    }

    #[test]
    fn a_button_means_one_thing_to_one_person_until_a_day() {
        let ring = ring();
        let code = ring
            .button(OWNER, "take", at("2026-12-01"))
            .expect("a button");
        let pressed = |ticket, what, day| ring.pressed(ticket, token(&code), what, at(day));
        assert_eq!(pressed(1042, "take", "2026-11-17"), Presented::Valid(OWNER));
        assert_eq!(pressed(1042, "take", "2026-12-01"), Presented::Valid(OWNER));
        assert_eq!(
            pressed(1042, "take", "2026-12-02"),
            Presented::Expired(OWNER)
        );
        assert_eq!(pressed(1042, "done", "2026-11-17"), Presented::Forged);
        assert_eq!(pressed(1043, "take", "2026-11-17"), Presented::Forged);
        assert_eq!(
            ring.pressed(1042, "", "take", at("2026-11-17")),
            Presented::Nothing
        );
        let other = Keyring::new([(0, Key::new([8; 32]))]);
        assert_eq!(
            other.pressed(1042, token(&code), "take", at("2026-11-17")),
            Presented::Forged
        );
    }
}
