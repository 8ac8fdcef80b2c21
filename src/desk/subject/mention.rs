//! Tickets named in words: tags with right letters, numbers without letters, tags of somebody else.

use std::{ops::Range, sync::LazyLock};

use regex::{Captures, Regex};

use crate::{
    desk::token::Key,
    model::{
        ids::TicketNumber,
        lookalike::{is_invisible, latin},
    },
};

/// The most of each kind that is taken from one text: what is named is looked up.
const EACH_MAX: usize = 8;

/// How many letters a whole tag has.
const LETTERS: usize = 4;

/// The dashes that programs and translators make of `-`.
const DASH: &str = r"\s*[-‐‑‒–—―−－﹣_]\s*";

/// A number, with what is taken for digits.
const NUMBER: &str = r"[0-9０-９OoОоΟοIlІі]{1,12}";

/// A prefix of up to 8 letters (cut ones, too), a number, letters. What is optional is looked at afterwards.
static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = format!(
        r"(?:^|[^\p{{L}}\p{{N}}])(?<open>[\[(]\s*)?(?<name>(?:(?<prefix>\p{{L}}[\p{{L}}\p{{N}}]{{0,7}}){DASH}|(?<mark>[#№])\s?)?(?<number>{NUMBER})(?:{DASH}(?<letters>[\p{{L}}\p{{N}}]{{1,8}}))?)"
    );
    Regex::new(&pattern).ok()
});

/// A whole tag in its brackets, whosever it is.
static BRACKETED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = format!(
        r"[\[(]\s*\p{{L}}[\p{{L}}\p{{N}}]{{0,7}}{DASH}{NUMBER}{DASH}[\p{{L}}\p{{N}}]{{4}}\s*[\])]"
    );
    Regex::new(&pattern).ok()
});

/// The tickets that words name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mentions {
    /// Those with right letters, in order, each once.
    pub tags: Vec<TicketNumber>,
    /// Numbers without letters, or with too few left. Each is a hint, never a tag: anybody can write a number.
    pub hints: Vec<Hint>,
    /// How many have the form of a tag and wrong letters: another house's, mistyped, or guessed. Their numbers mean
    /// nothing here.
    pub strange: usize,
}

/// A number that may be a ticket's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The number.
    pub number: TicketNumber,
    /// The prefix before it, as compared; `None` for `#1042` and `№ 1042`, which may be anything.
    prefix: Option<String>,
}

impl Hint {
    /// Whether it is written with that prefix, look-alike letters or not. Without it, it is likely to be the number of
    /// something else (`Windows-2019`).
    #[must_use]
    pub fn has_prefix(&self, prefix: &str) -> bool {
        self.prefix.as_deref() == Some(fold(prefix).as_str())
    }
}

/// A tag of ours, and where it stands.
#[derive(Debug)]
pub(super) struct OwnTag {
    pub(super) span: Range<usize>,
    /// At least one of its brackets is left.
    pub(super) is_bracketed: bool,
}

/// All tickets that `text` names.
#[must_use]
pub fn mentions(text: &str, key: &Key) -> Mentions {
    // Characters that cannot be seen may stand anywhere, within a tag too.
    let seen: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    let mut found = Mentions::default();
    each(&seen, |captures| match kind(&seen, captures, key) {
        Some(Kind::Tag(number)) if !found.tags.contains(&number) => {
            if found.tags.len() < EACH_MAX {
                found.tags.push(number);
            }
        }
        Some(Kind::Hint(hint)) if !found.hints.contains(&hint) => {
            if found.hints.len() < EACH_MAX {
                found.hints.push(hint);
            }
        }
        Some(Kind::Strange) => found.strange = found.strange.saturating_add(1),
        Some(Kind::Tag(_) | Kind::Hint(_)) | None => {}
    });
    found
        .hints
        .retain(|hint| !found.tags.contains(&hint.number));
    found
}

/// The numbers of all tags in `text` whose check letters are right, in order, each once.
#[must_use]
pub fn tags_in(text: &str, key: &Key) -> Vec<TicketNumber> {
    mentions(text, key).tags
}

/// Where tags of ours stand in a subject, with what is left of their brackets.
pub(super) fn own_tags(subject: &str, key: &Key) -> Vec<OwnTag> {
    let mut tags = Vec::new();
    each(subject, |captures| {
        let is_own = matches!(kind(subject, captures, key), Some(Kind::Tag(_)));
        if let Some(name) = captures.name("name").filter(|_| is_own) {
            let open = captures.name("open");
            let start = open.unwrap_or(name).start();
            let rest = subject.get(name.end()..).unwrap_or("");
            let close = rest.trim_start().strip_prefix([']', ')']);
            let end = close.unwrap_or(rest).len();
            tags.push(OwnTag {
                span: start..subject.len().saturating_sub(end),
                is_bracketed: open.is_some() || close.is_some(),
            });
        }
    });
    tags
}

/// Where the last whole tag in brackets ends.
pub(super) fn last_bracketed(subject: &str) -> Option<usize> {
    BRACKETED
        .as_ref()?
        .find_iter(subject)
        .last()
        .map(|found| found.end())
}

/// Every place where a tag could stand. What ends one may begin the next, so the search goes on right behind it.
fn each(text: &str, mut look: impl FnMut(&Captures<'_>)) {
    let Some(pattern) = TAG.as_ref() else {
        return;
    };
    let mut from = 0;
    while let Some(captures) = pattern.captures_at(text, from) {
        look(&captures);
        let Some(name) = captures.name("name") else {
            return;
        };
        from = name.end();
    }
}

enum Kind {
    Tag(TicketNumber),
    Hint(Hint),
    Strange,
}

/// What a place is; `None` for a mere number and for half a word.
fn kind(text: &str, captures: &Captures<'_>, key: &Key) -> Option<Kind> {
    let part = |name| captures.name(name).map(|part| part.as_str());
    let end = captures.name("name")?.end();
    let next = text.get(end..)?.chars().next();
    if next.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let number = TicketNumber(fold(part("number")?).parse().ok()?);
    let prefix = part("prefix").map(fold);
    let hint = || {
        // `#1042` and a prefix say that a number is meant to name something.
        let is_named = prefix.is_some() || part("mark").is_some();
        let prefix = prefix.clone();
        (is_named && number.0 > 0).then_some(Kind::Hint(Hint { number, prefix }))
    };
    let Some(letters) = part("letters").map(fold) else {
        return hint();
    };
    if key.are_check_letters(number, &letters) {
        return Some(Kind::Tag(number));
    }
    let right = key.check_letters(number);
    if letters.chars().count() < LETTERS && right.starts_with(&letters) {
        return hint();
    }
    // Words joined by dashes are many (`room - 214 - left`): a tag has no spaces and a prefix.
    let is_tight = !captures
        .name("name")?
        .as_str()
        .contains(char::is_whitespace);
    (is_tight && prefix.is_some() && letters.chars().count() == LETTERS).then_some(Kind::Strange)
}

/// Upper case, and what looks alike made alike: other alphabets to Latin, then O to 0, I and L to 1 as Crockford reads
/// them.
fn fold(letters: &str) -> String {
    letters
        .chars()
        .map(|letter| match latin(letter).to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> Key {
        Key::new([7; 32])
    }

    fn letters(number: i64) -> String {
        key().check_letters(TicketNumber(number))
    }

    /// `{n}` stands for the letters of ticket 1042, `{7}` for those of ticket 7.
    #[track_caller]
    fn check(words: &str, tags: &[i64], hints: &[i64], strange: usize) {
        let words = words
            .replace("{n}", &letters(1042))
            .replace("{l}", &letters(1042).to_lowercase())
            .replace("{7}", &letters(7));
        let found = mentions(&words, &key());
        let of = |numbers: &[i64]| -> Vec<TicketNumber> {
            numbers.iter().map(|n| TicketNumber(*n)).collect()
        };
        let hinted: Vec<TicketNumber> = found.hints.iter().map(|hint| hint.number).collect();
        assert_eq!(found.tags, of(tags), "tags of {words}");
        assert_eq!(hinted, of(hints), "hints of {words}");
        assert_eq!(found.strange, strange, "strange ones of {words}");
        assert_eq!(tags_in(&words, &key()), found.tags);
    }

    #[test]
    fn tags_are_found_however_mangled() {
        for words in [
            "Re: [IT-1042-{n}] Принтер",
            "[ИТ-1042-{n}]",
            "[it-1042-{l}]",
            "it – 1042 – {l}",
            "IT‑1042‑{n}",
            "IT−1042—{n}",
            "IT_1042_{n}",
            "Re: IT-1042-{n}: cut brackets",
            "(IT-1O42-{n})",
            "[IT-lО42-{n}]",
            "[IT-1042-{n}",
            "IT-1042-{n}]",
            "T-1042-{n}] a cut head",
            "-1042-{n}] no head",
            "1042-{n}]",
            "［ＩＴ－１０４２－{n}］",
            "[I\u{200B}T-10\u{200D}42-{n}]",
            "[ IT - 1042 - {n} ]",
            "[IT-1042-{n}][IT-1042-{n}]",
            "Fwd: «[IT-1042-{n}]»",
            "номер обращения: ИТ-1042-{n}.",
        ] {
            check(words, &[1042], &[], 0);
        }
        check("xx[BUH-7-{7}] [IT-1042-{n}]", &[7, 1042], &[], 0);
        check("[BUH-7-{7}][IT-1042-{n}]", &[7, 1042], &[], 0);
        check("[IT-1042-{n}] [IT-7-{7}] [IT-1042-{n}]", &[1042, 7], &[], 0);
    }

    #[test]
    fn numbers_without_letters_are_hints() {
        check("[IT-1042]", &[], &[1042], 0);
        check("Re: IT-1042 принтер", &[], &[1042], 0);
        check("#1042", &[], &[1042], 0);
        check("№ 1042: принтер", &[], &[1042], 0);
        check("№1042", &[], &[1042], 0);
        check("[IT-1042-", &[], &[1042], 0);
        check(
            &format!("[IT-1042-{}", letters(1042).split_at(2).0),
            &[],
            &[1042],
            0,
        );
        check("[IT-1042] [IT-1042-{n}]", &[1042], &[], 0);
        check("#1042 #1043 #1042", &[], &[1042, 1043], 0);
    }

    #[test]
    fn strange_tags_are_counted_and_name_nobody() {
        check("[HR-1042-ABCD] отпуск", &[], &[], 1);
        check("[IT-1043-{n}]", &[], &[], 1);
        check("[IT-1043-{n}] [IT-1042-{n}]", &[1042], &[], 1);
        check("[ISO-9001-2015] аудит", &[], &[], 1);
    }

    #[test]
    fn other_numbers_are_nothing() {
        for words in [
            "",
            "Принтер в 214",
            "17.11.2026",
            "2026-11-17",
            "8-800-555-00-00",
            "room - 214 - left",
            "xIT-1042-{n}x",
            "IT-1042-{n}5",
            "IT1042",
            "1042",
            "#",
            "О-О",
            "IT-9999999999999-AAAA",
            "abcdefghi-1042x",
        ] {
            check(words, &[], &[], 0);
        }
    }

    #[test]
    fn a_hint_remembers_its_prefix() {
        let hints = mentions("ІТ-1042 Windows-2019 #7", &key()).hints;
        assert!(hints[0].has_prefix("IT") && !hints[0].has_prefix("BUH"));
        assert!(!hints[1].has_prefix("IT") && hints[1].has_prefix("Windows"));
        assert!(!hints[2].has_prefix("IT") && !hints[2].has_prefix(""));
    }

    #[test]
    fn a_flood_of_numbers_is_bounded() {
        let words: String = (1..5000).map(|n| format!("#{n} ")).collect();
        assert_eq!(mentions(&words, &key()).hints.len(), EACH_MAX);
        let tags: String = (1..100).map(|n| key().tag("IT", TicketNumber(n))).collect();
        assert_eq!(mentions(&tags, &key()).tags.len(), EACH_MAX);
    }

    #[test]
    fn look_alikes_in_the_check_letters_are_forgiven() {
        // Whatever letters a number has, writing them in Cyrillic look-alikes must not matter.
        for n in 1..200 {
            let disguised: String = letters(n)
                .chars()
                .map(|c| match c {
                    'A' => 'А',
                    'B' => 'В',
                    'E' => 'Е',
                    'K' => 'К',
                    'M' => 'М',
                    'H' => 'Н',
                    '0' => 'О',
                    'P' => 'Р',
                    'C' => 'С',
                    'S' => 'Ѕ',
                    'T' => 'Т',
                    'X' => 'Х',
                    '1' => 'l',
                    '3' => 'З',
                    other => other,
                })
                .collect();
            assert_eq!(
                tags_in(&format!("[IT-{n}-{disguised}]"), &key()),
                [TicketNumber(n)]
            );
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn only_right_letters_make_a_tag(number in 1..100_000_i64, guess in "[0-9A-HJKMNP-TV-Z]{4}") {
            let is_right = guess == letters(number);
            let found = tags_in(&format!("[IT-{number}-{guess}]"), &key());
            proptest::prop_assert_eq!(!found.is_empty(), is_right);
        }
    }
}
