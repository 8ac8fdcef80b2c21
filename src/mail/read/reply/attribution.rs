//! The line, or the few, with which a mail program introduces a quote: `On …, X wrote:` in many languages.
//!
//! The form says more than the words: a date or a time, an address or a verb of writing, and a colon at the end.

use super::block::is_field;
use super::words::{OPENINGS, WROTE, WROTE_EAST};

/// The most lines an attribution is folded over.
const LINES_MAX: usize = 5;
/// The longest one in bytes.
const LENGTH_MAX: usize = 600;

/// If an attribution ends at line `end`, the line it starts at. `is_quote_next` says that `>` lines follow.
pub(super) fn ends_at(lines: &[&str], end: usize, is_quote_next: bool) -> Option<usize> {
    let last = lines.get(end)?.trim();
    if !may_end(last) {
        return None;
    }
    let mut joined = String::new();
    for back in 0..LINES_MAX {
        let start = end.checked_sub(back)?;
        let line = lines.get(start)?.trim();
        if line.is_empty()
            || (line.starts_with('>') && !line.starts_with(">:"))
            || joined.len().saturating_add(line.len()) > LENGTH_MAX
        {
            return None;
        }
        joined = if joined.is_empty() {
            line.to_owned()
        } else {
            format!("{line} {joined}")
        };
        let opened = joined.matches('<').count();
        let closed = joined.matches('>').count();
        if opened >= closed && is_attribution(&joined, is_quote_next) {
            let start = extend(lines, start);
            return Some(fields_above(lines, start).unwrap_or(start));
        }
    }
    None
}

/// An attribution that is complete from its second line on may still have begun on the one before.
fn extend(lines: &[&str], start: usize) -> usize {
    let opens = |line: &str| {
        let line = line
            .trim()
            .trim_start_matches(['*', '-', ' ', '\u{FEFF}'])
            .to_lowercase();
        OPENINGS.iter().any(|word| line.starts_with(word))
    };
    let here = lines.get(start).copied().unwrap_or_default();
    if opens(here) {
        return start;
    }
    for back in 1..3 {
        let Some(above) = start.checked_sub(back) else {
            break;
        };
        let line = lines.get(above).copied().unwrap_or_default().trim();
        if line.is_empty() || line.starts_with('>') {
            break;
        }
        if opens(line) && has_moment(line) && line.len() < 200 {
            return above;
        }
    }
    start
}

/// Yandex puts a rule and `Кому: …;`, `Тема: …;` above its attribution: where the rule above line `below` stands.
fn fields_above(lines: &[&str], below: usize) -> Option<usize> {
    let line = |at: usize| lines.get(at).map(|line| line.trim()).unwrap_or_default();
    let fields = (1..5)
        .map_while(|back| below.checked_sub(back))
        .take_while(|at| line(*at).ends_with(';') && is_field(line(*at)))
        .count();
    let rule = below.checked_sub(fields.saturating_add(1))?;
    let is_rule = line(rule).len() >= 8 && line(rule).chars().all(|c| c == '-');
    (fields > 0 && is_rule).then_some(rule)
}

/// Whether a line may be an attribution's last: cheap, since every line is asked.
fn may_end(line: &str) -> bool {
    let bare = line.trim_end_matches(['-', '*', '_', ' ', '>']);
    bare.ends_with([':', '：']) || ends_with_verb(bare)
}

fn ends_with_verb(text: &str) -> bool {
    let text = text.trim_end_matches([':', '：', ' ', '\u{A0}', '*', '-', '.', '_']);
    let tail: String = super::super::bytes::shorten_front(text, 40).to_lowercase();
    WROTE.iter().any(|verb| {
        tail.strip_suffix(verb).is_some_and(|before| {
            before.is_empty() || before.ends_with([' ', '>', '"', ',', '\u{A0}', ')', ']'])
        })
    }) || WROTE_EAST.iter().any(|verb| tail.ends_with(verb))
}

/// Whether a verb of writing stands anywhere as a word.
fn has_verb(text: &str) -> bool {
    let lower = text.to_lowercase();
    WROTE.iter().any(|verb| {
        lower.match_indices(verb).any(|(at, _)| {
            let before = lower.get(..at).and_then(|b| b.chars().next_back());
            let after = lower
                .get(at.saturating_add(verb.len())..)
                .and_then(|a| a.chars().next());
            before.is_none_or(|c| !c.is_alphabetic()) && after.is_none_or(|c| !c.is_alphabetic())
        })
    }) || WROTE_EAST.iter().any(|verb| lower.contains(verb))
}

/// Whether there is a date or a time of day: `10:15`, `2026`, `12.11.26`, `11/12`.
pub(super) fn has_moment(text: &str) -> bool {
    let digits_around = |c: char| {
        text.char_indices()
            .filter(|(_, found)| *found == c)
            .any(|(at, _)| {
                let before = text.get(..at).and_then(|b| b.chars().next_back());
                let after = text
                    .get(at.saturating_add(c.len_utf8())..)
                    .and_then(|a| a.chars().next());
                before.is_some_and(|c| c.is_ascii_digit())
                    && after.is_some_and(|c| c.is_ascii_digit())
            })
    };
    let has_year = text
        .split(|c: char| !c.is_ascii_digit())
        .any(|run| run.len() == 4 && (run.starts_with("20") || run.starts_with("199")));
    digits_around(':')
        || has_year
        || digits_around('/')
        || digits_around('年')
        || text
            .split(|c: char| !(c.is_ascii_digit() || c == '.'))
            .any(|run| run.matches('.').count() == 2 && run.len() >= 6)
}

/// Whether the joined lines are an attribution.
fn is_attribution(text: &str, is_quote_next: bool) -> bool {
    let bare = text.trim_end_matches(['-', '_', ' ']);
    let has_address = text.contains('@') && !text.contains("://");
    let has_brackets = text.contains('<') && text.contains('>') && has_address;
    let has_colon = bare.ends_with([':', '：']) || bare.ends_with(":*");
    let verb_at_end = ends_with_verb(bare);
    let opens = {
        let lower = text
            .trim_start_matches(['*', '-', ' ', '\u{FEFF}'])
            .to_lowercase();
        OPENINGS.iter().any(|word| lower.starts_with(word))
    };
    if has_moment(text) {
        return (verb_at_end && (has_colon || has_address || opens))
            || (has_colon
                && has_verb(text)
                && (opens || has_address || is_quote_next || starts_with_moment(text)))
            || (has_colon
                && has_brackets
                && (opens || starts_with_moment(text) || is_quote_next || text.len() < 200))
            || (has_colon && is_quote_next && opens);
    }
    (verb_at_end && has_colon && (has_address || is_quote_next))
        || (has_colon && is_quote_next && has_brackets)
}

/// Whether it begins with a date or a weekday, as a program's line does and a person's hardly.
fn starts_with_moment(text: &str) -> bool {
    let start = super::super::bytes::shorten(text, 60);
    start.starts_with(|c: char| c.is_ascii_digit()) || start.split(' ').take(4).any(has_moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, start: Option<usize>) {
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            ends_at(&lines, lines.len().saturating_sub(1), false),
            start,
            "{text}"
        );
    }

    #[test]
    fn attributions_are_known() {
        check(
            "On Mon, 23 Nov 2026 at 10:15, Anna Test <anna@uni.test> wrote:",
            Some(0),
        );
        check(
            "On Mon, 23 Nov 2026 at 10:15, Anna Test\n<anna@uni.test> wrote:",
            Some(0),
        );
        check(
            "On Dec 16, 2026, at 12:47 PM, Anna\n<anna@uni.test>\nwrote:",
            Some(0),
        );
        check(
            "пн, 23 нояб. 2026 г. в 10:15, Анна <anna@uni.test>:",
            Some(0),
        );
        check("23.11.2026, 10:15, \"Анна\" <anna@uni.test>:", Some(0));
        check(
            "Понедельник, 23 ноября 2026, 10:15 +03:00 от Анна <anna@uni.test>:",
            Some(0),
        );
        check("23.11.2026 10:15, Анна пишет:", Some(0));
        check("23 ноября 2026 г., 10:15:05, Анна писал(а):", Some(0));
        check("Вы писали 23 ноября 2026 г., 10:15:05:", Some(0));
        check("Am 23.11.2026 um 10:15 schrieb Anna Test:", Some(0));
        check(
            "Le 23 nov. 2026 à 10:15, Anna <anna@uni.test> a écrit :",
            Some(0),
        );
        check("2026-11-23 10:15 GMT+03:00 Anna <anna@uni.test>:", Some(0));
        check("Anna Test <anna@uni.test> wrote:", Some(0));
        check(
            "Да.\n\n--------\nКому: Анна;\nТема: X;\n23.11.2026, 10:15, \"Анна\" <anna@uni.test>:",
            Some(2),
        );
        check("Thanks!\nOn Mon, 23 Nov 2026, Anna wrote:", Some(1));
    }

    #[test]
    fn what_people_write_is_none() {
        check("Вот что нужно сделать:", None);
        check("Call me at 10:15:", None);
        check("Я уже писал:", None);
        check("See you on Monday", None);
        check("Адреса: anna@uni.test, olga@uni.test:", None);
        check("", None);
    }
}
