//! One-time codes: an agent is asked by mail whether mails in their name are theirs, and whoever has read that letter
//! can answer. The code stands in the letter's Message-ID, signed, and for programs that lose it in the subject.

use super::{Key, SIGNED, TAG_ALPHABET};
use crate::model::{
    ids::{MessageId, PersonId, RawId},
    text::Text,
};

/// Letters of a code: 40 bits, of use once, for some days, and guessed by mail.
const CODE_LETTERS: usize = 8;

/// Where a code is parted for the eye.
const CODE_HALF: usize = 4;

impl Key {
    /// The code of the question that asks `person` about mails of which `first` is the first: `K7Q4-M2XZ`.
    #[must_use]
    pub fn challenge_code(&self, person: PersonId, first: RawId) -> String {
        let digest = self.digest("challenge", &format!("{person}/{first}"));
        let mut code: String = digest
            .iter()
            .take(CODE_LETTERS)
            .filter_map(|byte| TAG_ALPHABET.get(usize::from(byte & 31)))
            .map(|letter| char::from(*letter))
            .collect();
        if code.len() > CODE_HALF {
            code.insert(CODE_HALF, '-');
        }
        code
    }

    /// The Message-ID of the letter that asks: `okno.ask-k7q4-m2xz.<10>@domain`.
    #[must_use]
    pub fn challenge_id(&self, code: &str, domain: &str) -> MessageId {
        let signed = format!("ask-{}", code.to_ascii_lowercase());
        let mac = self.mac("sig", &signed, 10);
        MessageId(format!("okno.{signed}.{mac}@{domain}"))
    }

    /// The code of a letter of ours that asks; `None` for every other id.
    #[must_use]
    pub fn challenge_of(&self, id: &MessageId) -> Option<String> {
        let (local, _) = id.as_str().rsplit_once('@')?;
        let (signed, mac) = local.strip_prefix("okno.")?.rsplit_once('.')?;
        let code = signed.strip_prefix("ask-")?;
        self.has_signed(SIGNED, signed, mac)
            .then(|| code.to_ascii_uppercase())
    }
}

/// What looks like a code in a subject: `[K7Q4-M2XZ]`. Whether there is such a code, only the house knows.
#[must_use]
pub fn code_in(subject: &str) -> Option<String> {
    let subject = Text::line(subject).as_str().to_ascii_uppercase();
    let mut bracketed = subject.split('[').skip(1);
    bracketed.find_map(|rest| {
        let (code, _) = rest.split_once(']')?;
        let (first, second) = code.trim().split_once('-')?;
        let is_half = |half: &str| {
            half.len() == CODE_HALF && half.bytes().all(|letter| TAG_ALPHABET.contains(&letter))
        };
        (is_half(first) && is_half(second)).then(|| format!("{first}-{second}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Key = Key::new([7; 32]);

    #[test]
    fn a_letter_that_asks_is_known_by_its_id() {
        let code = KEY.challenge_code(PersonId(3), RawId(17));
        assert_eq!(code.len(), "K7Q4-M2XZ".len());
        assert_ne!(code, KEY.challenge_code(PersonId(3), RawId(18)));
        assert_ne!(code, KEY.challenge_code(PersonId(4), RawId(17)));
        let id = KEY.challenge_id(&code, "uni.test");
        assert_eq!(KEY.challenge_of(&id), Some(code.clone()));
        assert_eq!(KEY.verify(&id), None, "it belongs to no ticket");
        let other = Key::new([8; 32]).challenge_id(&code, "uni.test");
        assert_eq!(KEY.challenge_of(&other), None);
        assert_eq!(KEY.challenge_of(&"okno.ask-@uni.test".into()), None);
        assert_eq!(KEY.challenge_of(&"17@uni.test".into()), None);
    }

    #[track_caller]
    fn check(subject: &str, code: Option<&str>) {
        assert_eq!(code_in(subject).as_deref(), code, "{subject}");
    }

    #[test]
    fn a_code_stands_in_a_subject() {
        check("Re: [K7Q4-M2XZ] Это ваши письма?", Some("K7Q4-M2XZ"));
        check("Отв: [IT-1042-K7Q4] [k7q4-m2xz]", Some("K7Q4-M2XZ"));
        check("[IT-1042-K7Q4] Принтер", None);
        check("[K7Q4-M2X] [K7Q4M2XZ] K7Q4-M2XZ [K7Q4-M2XZ", None);
        check("[ILOU-M2XZ]", None);
    }
}
