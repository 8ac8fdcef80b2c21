//! The line, or the few, with which a mail program introduces a quote: `On …, X wrote:` in many languages.
//!
//! The form says more than the words: a date, a name, an address or a verb of writing, nothing else, and a colon at
//! the end. How much is asked depends on what is lost if it is none: above lines marked with `>` only the line itself,
//! otherwise everything below.

mod moment;
mod said;
mod shape;
#[cfg(test)]
mod tests;

use super::{
    block::is_field,
    line::{shown, start},
    words::{Tense, folded, verb},
};
pub(in crate::mail::read) use said::Said;
use shape::{Beginning, Last, Shape, Who};

/// The most lines an attribution is folded over.
const LINES_MAX: usize = 5;
/// The longest one in bytes.
const LENGTH_MAX: usize = 600;

/// With more words that stand in no attribution, no further line makes it one.
const STRANGERS_MAX: usize = 4;

/// What stands below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Below {
    /// Lines marked as quoted.
    Marked,
    /// A quote without marks, or nothing.
    Bare,
}

/// If an attribution ends at line `end`, the line it starts at.
pub(super) fn ends_at(lines: &[&str], end: usize, below: Below) -> Option<usize> {
    let last = lines.get(end)?;
    if !may_end(last) || is_field(last) {
        return None;
    }
    // One without a colon is short.
    let most = if shown(last).ends_with('>') {
        2
    } else {
        LINES_MAX
    };
    let mut joined = String::new();
    let mut best: Option<(usize, Shape)> = None;
    for back in 0..most {
        let Some(start) = end.checked_sub(back) else {
            break;
        };
        let line = lines.get(start).map(|l| shown(l)).unwrap_or_default();
        if is_break(line, back)
            || joined.len().saturating_add(line.len()) > LENGTH_MAX
            || (best.is_some() && ends_a_sentence(line))
        {
            break;
        }
        joined = match joined.is_empty() {
            true => line.to_owned(),
            false => format!("{line} {joined}"),
        };
        let is_open = joined.matches('<').count() > joined.matches('>').count();
        let shape = Shape::of(&joined);
        // A sentence only grows; a stranger at an end may still turn out to be a name.
        if shape.strangers > STRANGERS_MAX {
            break;
        }
        if !is_open && is_attribution(&shape, below) && is_better(best.as_ref(), &shape) {
            best = Some((start, shape));
        }
    }
    let (start, _) = best?;
    Some(fields_above(lines, start).unwrap_or(start))
}

/// Whether an attribution cannot go on to this line, `back` lines above its last.
fn is_break(line: &str, back: usize) -> bool {
    let is_other = line.starts_with('>') && !line.starts_with(">:");
    line.is_empty() || (back > 0 && (is_other || line.ends_with([':', '：'])))
}

/// Whether a line that is put before an attribution belongs to what stands above it.
fn ends_a_sentence(line: &str) -> bool {
    let last = line.split_whitespace().next_back().unwrap_or_default();
    // `Apr.`, `28.`, `г.` end no sentence.
    (line.ends_with('.') && last.chars().count() > 5) || line.ends_with(['!', '?'])
}

/// Whether one with a line more is the better reading: it says who, or begins as such lines do.
fn is_better(known: Option<&(usize, Shape)>, found: &Shape) -> bool {
    let Some((_, known)) = known else {
        return true;
    };
    let says_who = |shape: &Shape| shape.verb.is_some() || shape.who != Who::Unnamed;
    let is_begun = |shape: &Shape| matches!(shape.begins, Beginning::Opening | Beginning::Moment);
    (says_who(found) && !says_who(known))
        || (is_begun(found) && found.has_moment() && !(is_begun(known) && known.has_moment()))
}

/// Whether a text has the form of an attribution.
fn is_attribution(shape: &Shape, below: Below) -> bool {
    // `2026/11/23 Anna <anna@uni.test>`: so Gmail once wrote it.
    let is_stamp =
        shape.has_date && shape.last == Last::Address && shape.begins == Beginning::Moment;
    let ends = shape.has_colon || shape.last == Last::Verb;
    let is_begun = matches!(shape.begins, Beginning::Opening | Beginning::Moment);
    let says_who = shape.who != Who::Unnamed;
    let has_verb = shape.verb.is_some();
    // `Anna wrote:`; people say `the system writes:`, so the present takes a name of two words or an address.
    let is_said = shape.has_colon
        && match shape.verb {
            Some(Tense::Past) => shape.words <= 12,
            Some(Tense::Present) => says_who || shape.names >= 2,
            None => false,
        };
    match below {
        Below::Marked => {
            (is_stamp && shape.strangers == 0)
                || (shape.has_moment()
                    && ends
                    && (has_verb || says_who || is_begun)
                    && shape.strangers <= 2)
                || (shape.has_colon && shape.who == Who::Bracketed && shape.strangers <= 2)
                || (is_said && shape.last == Last::Verb && shape.strangers == 0)
        }
        Below::Bare => {
            ends && shape.strangers == 0
                && ((shape.has_date && is_begun && (has_verb || says_who))
                    || (shape.has_date && says_who && (has_verb || shape.has_colon))
                    || (shape.has_date && shape.has_time && has_verb && shape.words <= 12)
                    || (is_said
                        && shape.last == Last::Verb
                        && shape.who == Who::Bracketed
                        && shape.words <= 10))
        }
    }
}

/// A line that is only a stamp and a name or an address, as Gmail once wrote it: `2016-03-03 17:21 GMT+01:00 Anna`,
/// `2016/3/3 Anna <anna@uni.test>`.
pub(super) fn is_stamp(line: &str) -> bool {
    let line = shown(line);
    if !line.starts_with(|c: char| c.is_ascii_digit()) || line.len() > 120 {
        return false;
    }
    let shape = Shape::of(line);
    let has_zone = line.contains(" GMT+") || line.contains(" GMT-");
    let is_named = (1..=5).contains(&shape.names);
    shape.has_date
        && shape.strangers == 0
        && ((has_zone && shape.has_time && is_named) || shape.last == Last::Address)
}

/// `>>> Anna <anna@uni.test> 23.11.2026 10:15 >>>`: how `GroupWise` introduces a quote.
pub(super) fn is_between_arrows(line: &str) -> bool {
    let line = shown(line);
    let inner = line
        .strip_prefix(">>>")
        .and_then(|inner| inner.strip_suffix(">>>"));
    inner.is_some_and(|inner| {
        let shape = Shape::of(inner);
        inner.len() <= LENGTH_MAX && shape.has_moment() && shape.strangers == 0
    })
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
    let bare = shown(line)
        .trim_end_matches(|c: char| matches!(c, '-' | '*' | '_' | '>') || c.is_whitespace());
    let is_address = || shown(line).ends_with('>') && line.contains('@');
    if bare.ends_with([':', '：']) || is_address() {
        return true;
    }
    let last = bare.rsplit([' ', '>', '\u{A0}']).next().unwrap_or_default();
    // Some programs write no colon; every verb is longer than one letter and shorter than 40 bytes.
    last.len() <= 40 && !start(last).is_empty() && verb(&folded(last)).is_some()
}

/// Whether there is a date or a time of day.
pub(super) fn has_moment(text: &str) -> bool {
    moment::has_date(text) || moment::has_time(text)
}
