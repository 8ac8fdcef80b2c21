//! Subjects: reply prefixes of many languages taken off, ticket tags found however mangled (DOMAIN 4.7).

mod mention;
mod prefix;

pub use self::mention::{Hint, Mentions, mentions, tags_in};
use self::{
    mention::{OwnTag, own_tags},
    prefix::{after_prefix, after_risky_prefix},
};
use super::token::Key;
use crate::model::{ids::RawId, text::Text};

/// The subject without reply prefixes, filter marks and our own ticket tags: what the matter is called. What only looks
/// like a tag (`[ISO-9001-2015]`), and another house's tag, stays: it is the matter's name, and the other house finds
/// its ticket by it.
#[must_use]
pub fn bare(subject: &str, key: &Key) -> Text {
    let mut rest = Text::line(subject).as_str().to_owned();
    while let Some(shorter) = shorter(&rest, key) {
        rest = shorter;
    }
    Text::line(&rest)
}

/// What is left of a subject behind its tag: `да` in `Re: [IT-1042-K7Q4] да`, the way of a tapped button.
#[must_use]
pub fn words_behind_tag(subject: &str) -> Option<String> {
    let end = mention::last_bracketed(subject)?;
    let words = subject.get(end..)?.trim();
    (!words.is_empty()).then(|| words.to_owned())
}

/// A mail that was shown for information, as its code in a subject names it: the mail, the whole code, and the words
/// behind. Whether the code is one of ours is not said.
#[must_use]
pub fn offer_in(subject: &str) -> Option<(RawId, &str, &str)> {
    let (number, code, behind) = numbered_code(subject, "[mail:")?;
    Some((RawId(number), code, behind))
}

/// A button that was pressed, as its code in a subject names it: the ticket, the token, and the word behind.
#[must_use]
pub fn button_in(subject: &str) -> Option<(i64, &str, &str)> {
    let (ticket, code, behind) = numbered_code(subject, "[do:")?;
    let inside = code.strip_prefix("[do:")?.strip_suffix(']')?;
    let (_, token) = inside.split_once(':')?;
    Some((ticket, token, behind.trim()))
}

/// A list of the quarantine, as its code in a subject names it: when it was written, in minutes since 1970, the whole
/// code, and the words behind. Whether the code is one of ours is not said.
#[must_use]
pub fn quarantine_in(subject: &str) -> Option<(i64, &str, &str)> {
    numbered_code(subject, "[quarantine:")
}

/// `[name:17:letters]`, and what stands behind.
fn numbered_code<'s>(subject: &'s str, name: &str) -> Option<(i64, &'s str, &'s str)> {
    let code = subject.get(subject.find(name)?..)?;
    let (inside, behind) = code.get(name.len()..)?.split_once(']')?;
    let (number, _) = inside.split_once(':')?;
    let code = code.get(..code.len().saturating_sub(behind.len()))?;
    Some((number.parse().ok()?, code, behind))
}

/// The subject with one thing less; `None` where there is nothing to take off.
fn shorter(subject: &str, key: &Key) -> Option<String> {
    if let Some(rest) = after_prefix(subject) {
        return Some(rest.to_owned());
    }
    let tags = own_tags(subject, key);
    if let Some(rest) = after_risky_prefixes(subject, &tags) {
        return Some(rest.to_owned());
    }
    let tag = tags
        .iter()
        .find(|tag| tag.is_bracketed || tag.span.start == 0 || tag.span.end == subject.len())?;
    let before = subject.get(..tag.span.start).unwrap_or("");
    let after = subject.get(tag.span.end..).unwrap_or("");
    // A cut tag leaves its colon or dash.
    let after = after.trim_start_matches([' ', ':', '-', '–', '—', ',']);
    Some(format!("{before} {after}").trim().to_owned())
}

/// What stands behind words that may be prefixes, if what follows says that they are: a tag, another prefix.
fn after_risky_prefixes<'s>(subject: &'s str, tags: &[OwnTag]) -> Option<&'s str> {
    let first = after_risky_prefix(subject)?;
    let mut rest = first;
    while let Some(next) = after_risky_prefix(rest) {
        rest = next;
    }
    let is_repeated = rest.len() < first.len() || after_prefix(rest).is_some();
    let start = subject.len().saturating_sub(rest.len());
    let is_before_tag = tags.iter().any(|tag| tag.span.start == start);
    (is_repeated || is_before_tag).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::TicketNumber;

    fn key() -> Key {
        Key::new([7; 32])
    }

    /// `{1042}` stands for that ticket's tag, `{L1042}` for its letters.
    #[track_caller]
    fn check_bare(subject: &str, expected: &str) {
        let letters = key().check_letters(TicketNumber(1042));
        let subject = subject
            .replace("{1042}", &key().tag("IT", TicketNumber(1042)))
            .replace("{7}", &key().tag("BUH", TicketNumber(7)))
            .replace("{L1042}", &letters);
        assert_eq!(bare(&subject, &key()).as_str(), expected, "{subject}");
    }

    const PREFIXES: &str = "Re:|RE:|re :|Re：|Re[2]:|Re(3):|RE^2:|Re*2:|Re: Re:|RE: FW:|Fwd:|Fwd[2]:|FW:|Отв:|Отв.:|Ответ:|\
        ОТВЕТ:|ПД:|Пд:|Пер:|Пересл:|Переслано:|HA: Re:|Ha: Ha:|На: На:|AW:|WG:|AW: WG:|Antwort:|Antw:|\
        Doorst:|SV:|Svar:|VS:|VB:|VL:|RV:|RIF:|RES:|ENC:|TR :|RÉF :|Odp:|PD:|YNT:|İLT:|ilt:|Vá:|Továbbítás:|\
        ΑΠ:|ΣΧΕΤ:|ΠΡΘ:|Відп:|Адк:|Жауап:|Одг:|Отг:|Odg:|Ats:|Bls:|Trs:|Trả lời:|回复:|回复：|答复:|转发:|回覆:|轉寄:|返信:|\
        転送:|답장:|전달:|رد:|תגובה:|R: Re:|I: Fwd:|R: I: R:";

    #[test]
    fn prefixes_of_many_languages_come_off() {
        for prefix in PREFIXES.split('|') {
            check_bare(&format!("{prefix} Принтер"), "Принтер");
            check_bare(&format!("{prefix}Принтер"), "Принтер");
        }
    }

    #[test]
    fn marks_of_filters_come_off() {
        for mark in [
            "[EXTERNAL]",
            "[External]",
            "[EXT]",
            "[EXTERNAL EMAIL]",
            "[External Sender]:",
            "(External)",
            "[ВНЕШНЕЕ]",
            "[Внешнее письмо]",
            "[ВНЕШНЯЯ ПОЧТА]",
            "[внешний отправитель]",
            "EXTERNAL:",
            "***SPAM***",
            "*** SPAM ***",
            "*****SPAM*****",
            "[SPAM]",
            "[СПАМ]",
            "[Spam?]",
            "{Spam?}",
            "[Extern]",
            "[EXTERNE]",
            "Re: [EXTERNAL] Re:",
            "[EXTERNAL] [SPAM] Fwd:",
        ] {
            check_bare(&format!("{mark} Принтер"), "Принтер");
        }
    }

    #[test]
    fn words_that_only_look_like_prefixes_stay() {
        for subject in [
            "На: кафедру нужен принтер",
            "Ha: кафедру",
            "R: a language",
            "I: Claudius",
            "Report: prices",
            "Retry: done",
            "Re",
            "Ответственный: кто?",
            "Пересчёт: март",
            "[внешний диск] не читается",
            "[external disk] broken",
            "[usrp-users] antenna",
            "Spam in my mailbox",
            "Отчёт [A-1-BBBB] за год",
            "[ISO-9001-2015] аудит",
            "[HR-77-ABCD] отпуск",
            "10:30 встреча",
            "",
        ] {
            check_bare(subject, subject);
        }
    }

    #[test]
    fn our_own_tags_come_off() {
        check_bare("{1042} Принтер", "Принтер");
        check_bare("Re: {1042} Принтер", "Принтер");
        check_bare("Принтер {1042}", "Принтер");
        check_bare("Re: {1042} Re: {7} Принтер", "Принтер");
        check_bare("Принтер {1042} не печатает", "Принтер не печатает");
        check_bare("{1042}Принтер", "Принтер");
        check_bare("[EXTERNAL] Re: [2] {1042} Принтер", "[2] Принтер");
        check_bare("IT-1042-{L1042}: Принтер", "Принтер");
        check_bare("Re: IT-1042-{L1042}", "");
        check_bare("[IT-1042-{L1042} Принтер", "Принтер");
        check_bare("(ИТ – 1042 – {L1042}) Принтер", "Принтер");
        check_bare("На: {1042} Принтер", "Принтер");
        check_bare("R: {1042} Принтер", "Принтер");
        // Within a sentence it is a word of it.
        check_bare(
            "Прошу закрыть IT-1042-{L1042}, спасибо",
            &format!(
                "Прошу закрыть IT-1042-{}, спасибо",
                key().check_letters(TicketNumber(1042))
            ),
        );
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

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn stripping_twice_is_stripping_once(pieces in proptest::collection::vec(proptest::sample::select(vec![
            "Re:", "На:", "R:", "[EXTERNAL]", "[", "]", "IT", "-", "1042", "K7Q4", " ", "{tag}", "***SPAM***", "я", "#",
        ]), 0..20)) {
            let subject = pieces.concat().replace("{tag}", &key().tag("IT", TicketNumber(1042)));
            let once = bare(&subject, &key());
            proptest::prop_assert_eq!(bare(once.as_str(), &key()), once);
        }
    }
}
