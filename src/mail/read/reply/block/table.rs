//! Header blocks that were a table, and have no colons as text: a name and its value on each line (eM Client), or the
//! sender and the time, and below them each name above its value (Notes).

use super::{
    HeaderBlock,
    field::{bare, without_colon},
};
use crate::mail::read::reply::{
    attribution::has_moment,
    line::marks,
    words::{Key, key},
};

/// No line of such a block is longer, in bytes.
const LENGTH_MAX: usize = 400;
/// No block has more lines.
const LINES_MAX: usize = 20;
/// How many lines of other matter may stand between Notes' time and its first name.
const OTHERS_MAX: usize = 2;

/// Reads the block that starts at line `start`.
pub(super) fn read(lines: &[&str], start: usize) -> Option<HeaderBlock> {
    let first = bare(lines.get(start)?);
    // Every line is asked, and most are told by what costs little.
    if first.is_empty() || first.len() > LENGTH_MAX {
        return None;
    }
    let mut block = by_lines(lines, start, first).or_else(|| stacked(lines, start, first))?;
    block.depth = marks(lines.get(start)?).0;
    Some(block)
}

/// `From "Anna" <anna@uni.test>`, `To it@uni.test`, `Date 23.11.2026 10:15`, `Subject Printer`.
fn by_lines(lines: &[&str], start: usize, first: &str) -> Option<HeaderBlock> {
    let (name, from) = first.split_once([' ', '\t'])?;
    if !from.contains('@') || key(name) != Some(Key::From) || name.starts_with(char::is_lowercase) {
        return None;
    }
    let mut block = HeaderBlock {
        fields: vec![(Key::From, from.trim().to_owned())],
        ..HeaderBlock::default()
    };
    let below = lines.iter().skip(start.saturating_add(1)).take(LINES_MAX);
    let named = below.map_while(|line| without_colon(bare(line)));
    block.fields.extend(named);
    block.end = start.saturating_add(block.fields.len());
    let is_enough =
        block.value(Key::Subject).is_some() && block.value(Key::Date).is_some_and(has_moment);
    is_enough.then_some(block)
}

/// `Anna <anna@uni.test>`, `23.11.2026 10:15`, and below them `To` and `Subject`, each with its value behind or below.
fn stacked(lines: &[&str], start: usize, first: &str) -> Option<HeaderBlock> {
    let is_date = |line: &&str| line.starts_with(|c: char| c.is_ascii_digit());
    let mut rest = lines
        .iter()
        .enumerate()
        .skip(start.saturating_add(1))
        .take(LINES_MAX)
        .map(|(at, line)| (at, bare(line)))
        .filter(|(_, line)| !line.is_empty());
    let (_, date) = rest.next().filter(|(_, line)| is_date(line))?;
    if date.len() > LENGTH_MAX || !has_moment(date) {
        return None;
    }
    let mut block = HeaderBlock {
        fields: vec![(Key::From, first.to_owned()), (Key::Date, date.to_owned())],
        ..HeaderBlock::default()
    };
    let mut named = None;
    let mut others = 0_usize;
    for (at, line) in rest.filter(|(_, line)| line.len() <= LENGTH_MAX) {
        let end = at.saturating_add(1);
        if let Some(next) = key(line) {
            named = Some(next);
        } else if let Some((key, value)) = behind(line).filter(|found| is_next(named, found.0)) {
            named = None;
            block.fields.push((key, value.to_owned()));
            block.end = end;
        } else if let Some(key) = named.take() {
            block.fields.push((key, line.to_owned()));
            block.end = end;
        } else {
            others = others.saturating_add(1);
        }
        if block.value(Key::Subject).is_some() || others > OTHERS_MAX {
            break;
        }
    }
    let is_enough = block.value(Key::To).is_some() && block.value(Key::Subject).is_some();
    is_enough.then_some(block)
}

/// Whether a field may begin where the value of `named` is awaited: that of a copy is often empty.
fn is_next(named: Option<Key>, key: Key) -> bool {
    named.is_none_or(|named| named != Key::Subject && key == Key::Subject)
}

/// `To it@uni.test`, `Subject Printer`: a name and its value.
fn behind(line: &str) -> Option<(Key, &str)> {
    let (name, value) = line.split_once([' ', '\t'])?;
    let found = key(name).filter(|key| matches!(key, Key::To | Key::Cc | Key::Subject))?;
    Some((found, value.trim()))
}
