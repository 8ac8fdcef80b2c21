//! Lines that say that a mail follows: `----- Original Message -----`, `Begin forwarded message:`, others' boundaries.

use super::{
    block::{HeaderBlock, first_key, on_lines},
    line::{marks, shown},
    words::{ABOVE, END, FORWARDED, Key, ORIGINAL, folded},
};

/// What a line says about the mail below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mail::read) enum Announced {
    /// It is passed on.
    Forwarded,
    /// It is the one that is answered, or it is not said.
    Original,
}

/// How many lines below such a line its header block may begin.
const REACH: usize = 6;
/// No such line is longer, in bytes and in words.
const LENGTH_MAX: usize = 200;
const WORDS_MAX: usize = 12;

/// What line `at` says about a mail below it.
pub(in crate::mail::read) fn announced(lines: &[&str], at: usize) -> Option<Announced> {
    let line = marks(lines.get(at)?).1;
    let said = Said::of(line)?;
    // Most lines are no such line, and are told by what costs little.
    let reach = if said.has_colon { REACH } else { 3 };
    if !said.has_rules && !has_field_below(lines, at, reach) {
        return None;
    }
    if first_key(line).is_some() {
        return None;
    }
    let words = folded(said.words);
    if said.has_rules && ABOVE.within(&words) {
        return Some(Announced::Original);
    }
    if is_end(&words) {
        return None;
    }
    if is_conversation(lines, at, &words) {
        return Some(Announced::Forwarded);
    }
    let is_followed = || head_below(lines, at).is_some();
    if FORWARDED.within(&words) {
        return (said.has_rules || is_followed()).then_some(Announced::Forwarded);
    }
    if ORIGINAL.within(&words) {
        return (said.has_rules || is_followed()).then_some(Announced::Original);
    }
    // Words between rules in a language that no list knows.
    (said.is_between && is_followed()).then_some(Announced::Original)
}

/// Whether one of the next few lines begins with the name of a field.
fn has_field_below(lines: &[&str], at: usize, reach: usize) -> bool {
    let below = lines.iter().skip(at.saturating_add(1)).take(reach);
    below.filter_map(|line| first_key(line)).next().is_some()
}

/// Where the header block below line `at` begins.
pub(in crate::mail::read) fn head_below(lines: &[&str], at: usize) -> Option<usize> {
    let below = at.saturating_add(1);
    (below..below.saturating_add(REACH)).find(|at| HeaderBlock::read(lines, *at).is_some())
}

/// Whether a line marks the end of a mail passed on.
pub(in crate::mail::read) fn is_end_line(line: &str) -> bool {
    let line = marks(line).1;
    line.starts_with("===8<=")
        || Said::of(line).is_some_and(|said| said.has_rules && is_end(&folded(said.words)))
}

fn is_end(words: &str) -> bool {
    END.begin_a_word(words.split(' ').next().unwrap_or_default()) && FORWARDED.within(words)
}

/// Gmail passes on a whole conversation: `Forwarded Conversation`, the subject, a rule.
fn is_conversation(lines: &[&str], at: usize, words: &str) -> bool {
    let below = |n: usize| lines.get(at.saturating_add(n)).copied().unwrap_or_default();
    let names_subject = matches!(first_key(below(1)), Some(Key::Subject));
    names_subject && is_rule(below(2)) && words.split(' ').count() <= 4
}

/// The words of a line between rules, or with a colon at its end, or alone.
struct Said<'a> {
    words: &'a str,
    has_rules: bool,
    has_colon: bool,
    /// Rules on both sides.
    is_between: bool,
}

impl<'a> Said<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let line = shown(line);
        if line.is_empty() || line.len() > LENGTH_MAX {
            return None;
        }
        let inner = line.trim_matches(is_rule_char);
        let words = inner.trim_end_matches([':', '：', ' ', '\u{A0}', '.']);
        let has_colon = words.len() < inner.len();
        let rule = |end: &str| end.chars().filter(|c| *c != ' ').count() >= 2;
        let (before, after) = line.split_once(inner).unwrap_or_default();
        let has_rules = rule(before) || (line.starts_with('*') && line.ends_with('*'));
        let is_alone = !has_rules && !has_colon;
        let is_short = words
            .split_whitespace()
            .take(WORDS_MAX.saturating_add(1))
            .count()
            <= WORDS_MAX;
        if words.is_empty() || !is_short || (is_alone && words.len() > 60) {
            return None;
        }
        Some(Self {
            words,
            has_rules,
            has_colon,
            is_between: rule(before) && rule(after),
        })
    }
}

/// Whether a line is a rule and nothing else.
pub(super) fn is_rule(line: &str) -> bool {
    let line = shown(line);
    line.len() >= 3 && line.chars().all(is_rule_char)
}

const fn is_rule_char(c: char) -> bool {
    matches!(
        c,
        '-' | '_'
            | '='
            | '*'
            | '—'
            | '–'
            | '+'
            | '~'
            | '#'
            | ' '
            | '\u{A0}'
            | '\u{2500}'
            | '\u{2015}'
    )
}

/// What a mail program writes in one line: the announcing words, then a header block without line ends. The words and
/// the block with line ends.
pub(in crate::mail::read) fn on_one_line(line: &str) -> Option<String> {
    let inner = marks(line).1.strip_prefix("---")?.trim_start_matches('-');
    let (words, after) = inner.split_once("---")?;
    let fields = after.trim_start_matches('-').trim();
    if fields.is_empty()
        || fields.len() > 20_000
        || words.trim().is_empty()
        || words.len() > LENGTH_MAX
    {
        return None;
    }
    first_key(fields)?;
    let apart = on_lines(fields);
    let lines: Vec<&str> = apart.lines().collect();
    HeaderBlock::read(&lines, 0)?;
    Some(format!("----- {} -----\n{apart}", words.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, said: Option<Announced>) {
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(announced(&lines, 0), said, "{text}");
    }

    const HEAD: &str = "\nFrom: Anna <a@uni.test>\nTo: it@uni.test\nSubject: x";

    #[test]
    fn lines_between_rules_are_known() {
        for line in [
            "---------- Forwarded message ---------",
            "-------- Пересылаемое сообщение --------",
            "-------- Weitergeleitete Nachricht --------",
            "-------- İletilen İleti --------",
            "-------- 转发邮件信息 --------",
            "----- Forwarded by Anna/IT on 23.11.2026 10:15 -----",
        ] {
            check(line, Some(Announced::Forwarded));
        }
        for line in [
            "-----Original Message-----",
            "-----Исходное сообщение-----",
            "*-------- Original Message --------*",
            "------------------ 原始邮件 ------------------",
            "________ Alkuperäinen viesti ________",
            "##- Please type your reply above this line -##",
        ] {
            check(line, Some(Announced::Original));
        }
    }

    #[test]
    fn without_rules_a_head_must_follow() {
        for line in [
            "Begin forwarded message:",
            "Начало переадресованного сообщения:",
            "Anfang der weitergeleiteten Nachricht:",
            "İleti başlangıcı:",
            "Это пересылаемое сообщение",
        ] {
            check(&format!("{line}{HEAD}"), Some(Announced::Forwarded));
            check(line, None);
        }
        check(
            &format!("----- Klingon words -----{HEAD}"),
            Some(Announced::Original),
        );
        check("----- Klingon words -----", None);
        check(
            "Forwarded Conversation\nSubject: x\n-----------",
            Some(Announced::Forwarded),
        );
    }

    #[test]
    fn what_people_write_is_none() {
        check("I have forwarded the message to Olga.", None);
        check("Original message", None);
        check("---", None);
        check("- forwarded the message to Olga", None);
        check("-------- End of forwarded message --------", None);
    }

    #[test]
    fn ends_are_known() {
        assert!(is_end_line("-------- End of forwarded message --------"));
        assert!(is_end_line(
            "-------- Конец пересылаемого сообщения --------"
        ));
        assert!(is_end_line("----- End forwarded message -----"));
        assert!(!is_end_line("-------- Forwarded message --------"));
    }
}
