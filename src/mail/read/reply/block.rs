//! Header blocks within a text: the `From: … Sent: … To: … Subject: …` above what Outlook and others quote or forward.

use super::words::{Key, key};

/// A header block: its lines, and what they say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::mail::read) struct HeaderBlock {
    /// The line after its last.
    pub(in crate::mail::read) end: usize,
    /// Its fields in order, values on one line.
    pub(in crate::mail::read) fields: Vec<(Key, String)>,
}

impl HeaderBlock {
    /// Reads the block that starts at line `start`; `None` where there is none: it takes a sender and two more fields,
    /// or all of what makes one unmistakable.
    pub(in crate::mail::read) fn read(lines: &[&str], start: usize) -> Option<Self> {
        let mut block = Self::default();
        field(lines.get(start)?)?;
        let mut at = start;
        let mut blanks = 0_usize;
        while let Some(line) = lines.get(at).filter(|_| at < start.saturating_add(30)) {
            let bare = bare(line);
            if bare.is_empty() {
                blanks = blanks.saturating_add(1);
                if blanks > 1 || !goes_on(lines, at) {
                    break;
                }
            } else if let Some((key, value)) = field(line) {
                blanks = 0;
                let is_second = block.value(key).is_some() && key != Key::Other;
                if is_second {
                    break;
                }
                block.fields.push((key, value));
                block.end = at.saturating_add(1);
            } else if blanks == 0
                && is_unknown_field(bare)
                && goes_on(lines, at)
                && !block.fields.is_empty()
            {
                block.end = at.saturating_add(1);
            } else if blanks == 0 && is_continuation(&block, bare) {
                if let Some((_, value)) = block.fields.last_mut() {
                    value.push(' ');
                    value.push_str(bare);
                }
                block.end = at.saturating_add(1);
            } else {
                break;
            }
            at = at.saturating_add(1);
        }
        block.is_sound().then_some(block)
    }

    /// Whether at `at` in `line`, fields written one behind the other, a field begins: a known name and its colon, not
    /// within a word.
    pub(in crate::mail::read) fn field_starts(line: &str, at: usize) -> bool {
        let (Some(before), Some(rest)) = (line.get(..at), line.get(at..)) else {
            return false;
        };
        let is_inside = before.ends_with(|c: char| c.is_lowercase());
        let length = rest
            .find(|c: char| !(c.is_alphabetic() || c == ' '))
            .unwrap_or(rest.len());
        let (name, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        let is_capital = name.starts_with(char::is_uppercase);
        is_capital
            && after.starts_with(':')
            && key(name.trim()).is_some()
            && (!is_inside || before.ends_with(['>', '"']))
    }

    /// What it says under `key`.
    pub(in crate::mail::read) fn value(&self, key: Key) -> Option<&str> {
        self.fields
            .iter()
            .find(|(k, _)| *k == key)
            .map(|(_, v)| v.as_str())
    }

    fn is_sound(&self) -> bool {
        let has = |key| self.value(key).is_some();
        let others = [Key::To, Key::Date, Key::Subject]
            .into_iter()
            .filter(|k| has(*k))
            .count();
        has(Key::From)
            && (others >= 2
                || (others == 1 && self.value(Key::From).is_some_and(|f| f.contains('@'))))
    }
}

/// A line without quote marks and emphasis around it.
fn bare(line: &str) -> &str {
    line.trim_start_matches(['>', ' ', '\u{A0}', '\u{FEFF}'])
        .trim()
}

/// Whether `line` could be one of a block.
pub(super) fn is_field(line: &str) -> bool {
    field(line).is_some()
}

/// Reads `Key: value`, `*Key:* value`, `Key : value`, `Key：value`.
fn field(line: &str) -> Option<(Key, String)> {
    let line = bare(line).trim_start_matches(['*', '_']);
    let (name, value) = line.split_once([':', '：'])?;
    let key = key(name.trim().trim_matches(['*', '_']).trim())?;
    let value = value.trim_start_matches(['*', '_']).trim();
    Some((key, value.to_owned()))
}

/// A field of a block that no list knows: one or two words and a colon.
fn is_unknown_field(line: &str) -> bool {
    line.split_once(':')
        .is_some_and(|(name, _)| name.len() <= 30 && name.split_whitespace().count() <= 2)
}

/// Whether after the empty line at `at` the block goes on.
fn goes_on(lines: &[&str], at: usize) -> bool {
    lines
        .get(at.saturating_add(1))
        .is_some_and(|next| field(next).is_some())
}

/// Whether a line only continues the one above: addresses that did not fit, or a folded subject before more fields.
fn is_continuation(block: &HeaderBlock, line: &str) -> bool {
    let Some((key, value)) = block.fields.last() else {
        return false;
    };
    match key {
        Key::To | Key::Cc => {
            (value.ends_with([',', ';']) || value.is_empty() || line.contains('@'))
                && line.len() < 1000
        }
        Key::From => line.starts_with('<') || line.starts_with("[mailto:") || value.is_empty(),
        Key::Date => value.is_empty() && super::attribution::has_moment(line),
        Key::Subject | Key::Other => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, end: Option<usize>) {
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(HeaderBlock::read(&lines, 0).map(|b| b.end), end, "{text}");
    }

    #[test]
    fn blocks_are_known() {
        check(
            "From: Anna\nSent: Monday\nTo: IT\nSubject: Printer\n\nText",
            Some(4),
        );
        check(
            "От: Анна\nОтправлено: понедельник\nКому: ИТ\nТема: Принтер\n\nТекст",
            Some(4),
        );
        check("*От:* Анна\n*Кому:* ИТ\n*Тема:* Принтер", Some(3));
        check("Von: Anna\n\nAn: IT\n\nBetreff: Drucker\n\nText", Some(5));
        check("De : Anna <a@uni.test>\nÀ : IT\nObjet : x", Some(3));
        check("发件人: Anna\n发送时间: 2026\n收件人: IT\n主题: x", Some(4));
        check(
            "From: Anna\nTo: a@uni.test,\n b@uni.test\nSubject: x",
            Some(4),
        );
    }

    #[test]
    fn what_people_write_is_none() {
        check("От: меня", None);
        check("Тема: принтер\nи ещё", None);
        check("Text", None);
    }
}
