//! Subjects: reply prefixes of many languages taken off, ticket tags found however mangled (DOMAIN 4.7).

use std::sync::LazyLock;

use regex::Regex;

use super::token::Key;
use crate::model::{ids::TicketNumber, text::Text};

/// Prefixes that mean *reply* or *forward*. Those of one or two letters that are also words (`на`, `r`, `i`) come off
/// only before another prefix or a tag.
const PREFIXES: &str = "re|fwd?|fw|aw|wg|antw|antwort|sv|vs|vb|vl|rv|rif|odp|pd|ynt|ilt|tr|enc|res|doorst|továbbítás|vá|\
     отв|ответ|пер|пересл|перенапр|вн|вх|нв|回复|答复|转发|回覆|轉寄";

static PREFIX: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = format!(
        r"(?i)^\s*(?:(?:{PREFIXES})\s*(?:\[\d+\]|\(\d+\)|\^\d+)?\s*[:：]|\[external\]|\[внешн[^\]]*\]|\*+\s*spam\s*\*+)\s*"
    );
    Regex::new(&pattern).ok()
});

static RISKY_PREFIX: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)^\s*(?:r|i|на|ha)\s*(?:\[\d+\]|\^\d+)?\s*[:：]\s*").ok());

/// A tag with its brackets possibly cut or changed: a prefix of up to 8 letters, a number, four letters, joined by any
/// dash. Letters are compared after [`fold_letter`].
static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let dash = r"\s*[-‐‑‒–—―−_]\s*";
    Regex::new(&format!(r"(?:^|[^\p{{L}}\p{{N}}])\p{{L}}[\p{{L}}\p{{N}}]{{0,7}}{dash}([0-9OОо]{{1,12}}){dash}([\p{{L}}\p{{N}}]{{4}})(?:$|[^\p{{L}}\p{{N}}])")).ok()
});

/// A tag as it stands in a subject, for taking it out.
static BRACKETED_TAG: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"[\[(]\s*\p{L}[\p{L}\p{N}]{0,7}\s*[-‐‑‒–—―−_]\s*\d{1,12}\s*[-‐‑‒–—―−_]\s*[\p{L}\p{N}]{4}\s*[\])]").ok()
});

/// The numbers of all tags in `text` whose check letters are right, in order, each once.
#[must_use]
pub fn tags_in(text: &str, key: &Key) -> Vec<TicketNumber> {
    let mut found = Vec::new();
    let Some(pattern) = TAG.as_ref() else {
        return found;
    };
    let mut from = 0;
    while let Some(captures) = text.get(from..).and_then(|rest| pattern.captures(rest)) {
        let number = captures.get(1).map_or("", |group| group.as_str());
        let letters = captures.get(2).map_or("", |group| group.as_str());
        if let Some(number) = checked(number, letters, key)
            && !found.contains(&number)
        {
            found.push(number);
        }
        // The character that ends one tag may begin the next.
        let Some(end) = captures.get(2).map(|group| group.end()) else {
            break;
        };
        from = from.saturating_add(end);
    }
    found
}

fn checked(number: &str, letters: &str, key: &Key) -> Option<TicketNumber> {
    let digits: String = number.chars().map(fold_letter).collect();
    let number = TicketNumber(digits.parse().ok()?);
    let letters: String = letters.chars().map(fold_letter).collect();
    (letters == key.check_letters(number)).then_some(number)
}

/// Upper case, and what looks alike made alike: Cyrillic to Latin, then O to 0, I and L to 1 as Crockford reads them.
fn fold_letter(letter: char) -> char {
    let upper = letter.to_uppercase().next().unwrap_or(letter);
    match upper {
        'А' => 'A',
        'В' => 'B',
        'Е' | 'Ё' => 'E',
        'К' => 'K',
        'М' => 'M',
        'Н' => 'H',
        'О' | 'O' => '0',
        'Р' => 'P',
        'С' => 'C',
        'Т' => 'T',
        'У' => 'Y',
        'Х' => 'X',
        'І' | 'I' | 'L' => '1',
        'З' => '3',
        other => other,
    }
}

/// The subject without reply prefixes, filter marks and ticket tags: what the matter is called.
#[must_use]
pub fn bare(subject: &str) -> Text {
    let mut rest = Text::line(subject).as_str().to_owned();
    loop {
        let shorter = strip_once(&rest);
        if shorter == rest {
            return Text::line(&rest);
        }
        rest = shorter;
    }
}

/// What is left of a subject behind its tag: `да` in `Re: [IT-1042-K7Q4] да`, the way of a tapped button.
#[must_use]
pub fn words_behind_tag(subject: &str) -> Option<String> {
    let found = BRACKETED_TAG.as_ref()?.find_iter(subject).last()?;
    let words = subject.get(found.end()..)?.trim();
    (!words.is_empty()).then(|| words.to_owned())
}

fn strip_once(subject: &str) -> String {
    if let Some(found) = BRACKETED_TAG
        .as_ref()
        .and_then(|pattern| pattern.find(subject))
        && (found.start() == 0
            || found.end() == subject.len()
            || is_prefix_only(subject, found.start()))
    {
        return format!(
            "{} {}",
            subject.get(..found.start()).unwrap_or(""),
            subject.get(found.end()..).unwrap_or("")
        )
        .trim()
        .to_owned();
    }
    if let Some(found) = PREFIX.as_ref().and_then(|pattern| pattern.find(subject)) {
        return subject.get(found.end()..).unwrap_or("").to_owned();
    }
    let Some(found) = RISKY_PREFIX
        .as_ref()
        .and_then(|pattern| pattern.find(subject))
    else {
        return subject.to_owned();
    };
    let rest = subject.get(found.end()..).unwrap_or("");
    let is_followed = |pattern: &LazyLock<Option<Regex>>| {
        pattern
            .as_ref()
            .is_some_and(|pattern| pattern.find(rest).is_some_and(|next| next.start() == 0))
    };
    if is_followed(&PREFIX) || is_followed(&RISKY_PREFIX) || is_followed(&BRACKETED_TAG) {
        return rest.to_owned();
    }
    subject.to_owned()
}

fn is_prefix_only(subject: &str, end: usize) -> bool {
    let head = subject.get(..end).unwrap_or("");
    head.trim().is_empty() || head.trim_end().ends_with([':', '：', ']'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> Key {
        Key::new([7; 32])
    }

    #[track_caller]
    fn check_bare(subject: &str, expected: &str) {
        assert_eq!(bare(subject).as_str(), expected, "{subject}");
    }

    #[test]
    fn prefixes_of_many_languages_come_off() {
        check_bare("Re: Принтер", "Принтер");
        check_bare("RE: FW: Отв: Принтер", "Принтер");
        check_bare("Re[2]: Ответ: Принтер", "Принтер");
        check_bare("AW: WG: Drucker", "Drucker");
        check_bare("Пересл: [EXTERNAL] Re: Принтер", "Принтер");
        check_bare("回复: 打印机", "打印机");
        check_bare("***SPAM*** Re: Win", "Win");
        check_bare("Re: [IT-1042-K7Q4] Принтер", "Принтер");
        check_bare("Re: [IT-1042-K7Q4] Re: [BUH-7-AAAA] Принтер", "Принтер");
    }

    #[test]
    fn words_that_only_look_like_prefixes_stay() {
        check_bare("На: кафедру нужен принтер", "На: кафедру нужен принтер");
        check_bare("Ha: Re: Принтер", "Принтер");
        check_bare("Report: prices", "Report: prices");
        check_bare("Отчёт [A-1-BBBB] за год", "Отчёт [A-1-BBBB] за год");
        check_bare("", "");
    }

    #[test]
    fn tags_are_found_however_mangled() {
        let number = TicketNumber(1042);
        let letters = key().check_letters(number);
        let check = |subject: String, expected: &[TicketNumber]| {
            assert_eq!(tags_in(&subject, &key()), expected, "{subject}")
        };
        check(format!("Re: [IT-1042-{letters}] Принтер"), &[number]);
        check(format!("[ИТ-1042-{letters}]"), &[number]);
        check(format!("it – 1042 – {}", letters.to_lowercase()), &[number]);
        check(format!("Re: IT-1042-{letters}: cut brackets"), &[number]);
        check(format!("(IT-1O42-{letters})"), &[number]);
        check(format!("[IT-1042-{letters}"), &[number]);
        check(format!("[IT-1043-{letters}]"), &[]);
        check("[IT-1042]".to_owned(), &[]);
        check(
            format!("[IT-1042-{letters}] [IT-1042-{letters}]"),
            &[number],
        );
        check(
            format!(
                "xx[BUH-7-{}] [IT-1042-{letters}]",
                key().check_letters(TicketNumber(7))
            ),
            &[TicketNumber(7), number],
        );
    }

    #[test]
    fn look_alikes_in_the_check_letters_are_forgiven() {
        // Whatever letters a number has, writing them in Cyrillic look-alikes must not matter.
        for n in 1..200 {
            let number = TicketNumber(n);
            let disguised: String = key()
                .check_letters(number)
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
                    'T' => 'Т',
                    'X' => 'Х',
                    '1' => 'l',
                    other => other,
                })
                .collect();
            assert_eq!(tags_in(&format!("[IT-{n}-{disguised}]"), &key()), [number]);
        }
    }

    #[test]
    fn a_tapped_button_says_its_word_behind_the_tag() {
        assert_eq!(
            words_behind_tag("Re: [IT-1042-K7Q4] да").as_deref(),
            Some("да")
        );
        assert_eq!(words_behind_tag("[IT-1042-K7Q4]"), None);
        assert_eq!(words_behind_tag("да"), None);
    }
}
