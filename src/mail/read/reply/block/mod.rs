//! Header blocks within a text: the `From: … Sent: … To: … Subject: …` above what Outlook and others quote or forward.

mod field;
mod table;

use super::{
    attribution::has_moment,
    line::marks,
    words::{Key, Word, folded, word},
};
use field::{bare, field, fields, without_colon};

pub(in crate::mail::read) use field::on_lines;

/// The most lines of a block; some programs quote all headers.
const LINES_MAX: usize = 60;

/// A header block: its lines, and what they say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::mail::read) struct HeaderBlock {
    /// The line after its last.
    pub(in crate::mail::read) end: usize,
    /// Its fields in order, values on one line.
    pub(in crate::mail::read) fields: Vec<(Key, String)>,
    /// How many quote marks stand before its lines.
    pub(in crate::mail::read) depth: usize,
    /// Names in bold, as no person writes them.
    is_bold: bool,
}

impl HeaderBlock {
    /// Reads the block that starts at line `start`; `None` where there is none: it takes a sender and enough besides
    /// that nobody writes so by chance.
    pub(in crate::mail::read) fn read(lines: &[&str], start: usize) -> Option<Self> {
        let first = lines.get(start)?;
        if field(first).is_none() {
            return table::read(lines, start).filter(Self::is_sound);
        }
        let mut block = Self {
            depth: marks(first).0,
            ..Self::default()
        };
        let mut at = start;
        let mut blanks = 0_usize;
        while let Some(line) = lines
            .get(at)
            .filter(|_| at < start.saturating_add(LINES_MAX))
        {
            let bare = bare(line);
            if bare.is_empty() {
                blanks = blanks.saturating_add(1);
                if blanks > 1 || !goes_on(lines, at) || block.is_whole() {
                    break;
                }
            } else if !block.take(lines, at, (bare, blanks)) {
                break;
            } else {
                blanks = 0;
                block.end = at.saturating_add(1);
            }
            at = at.saturating_add(1);
        }
        block.is_sound().then_some(block)
    }

    /// Takes the line `bare` at `at` in; false where it is none of the block.
    fn take(&mut self, lines: &[&str], at: usize, (bare, blanks): (&str, usize)) -> bool {
        let found = fields(bare);
        if !found.is_empty() {
            // A second sender begins another mail, and no block says one thing three times.
            let is_next = found.iter().any(|(key, _)| {
                let known = self.fields.iter().filter(|(k, _)| k == key).count();
                match key {
                    Key::From => known > 0,
                    Key::To | Key::Cc | Key::Date | Key::Subject => known > 1,
                    Key::Other => known >= self.others_max(),
                }
            });
            self.is_bold |= bare.starts_with('*');
            if !is_next {
                self.fields.extend(found);
            }
            return !is_next;
        }
        if blanks > 0 {
            return false;
        }
        if is_continuation(self, (lines, at), bare)
            && let Some((_, value)) = self.fields.last_mut()
        {
            value.push(' ');
            value.push_str(bare);
            return true;
        }
        if let Some((key, value)) = without_colon(bare)
            && self.value(Key::From).is_some()
            && self.value(key).is_none()
        {
            self.fields.push((key, value));
            return true;
        }
        is_unknown_field(bare) && goes_on(lines, at) && !self.fields.is_empty()
    }

    /// Above its sender a block has few lines nobody cares for: without this bound a text of nothing else is read over
    /// and over.
    fn others_max(&self) -> usize {
        if self.value(Key::From).is_some() {
            40
        } else {
            12
        }
    }

    /// What it says under `key`.
    pub(in crate::mail::read) fn value(&self, key: Key) -> Option<&str> {
        self.fields
            .iter()
            .find(|(k, _)| *k == key)
            .map(|(_, v)| v.as_str())
    }

    /// Whether all of the usual fields are there.
    fn is_whole(&self) -> bool {
        [Key::From, Key::To, Key::Date, Key::Subject]
            .into_iter()
            .all(|key| self.value(key).is_some())
    }

    fn is_sound(&self) -> bool {
        let value = |key| self.value(key).unwrap_or_default();
        let others = [Key::To, Key::Date, Key::Subject]
            .into_iter()
            .filter(|key| self.value(*key).is_some())
            .count();
        let from = value(Key::From);
        let has_address = from.contains('@');
        // `From: 10 October, To: 12 October, Subject: leave` is a form that somebody fills in.
        let is_person = has_address || !is_date(from);
        !from.is_empty()
            && is_person
            && match others {
                0 => false,
                1 => has_address,
                2 => {
                    has_address
                        || self.is_bold
                        || value(Key::To).contains('@')
                        || has_moment(value(Key::Date))
                }
                _ => true,
            }
    }
}

/// Whether a value is a day rather than somebody.
fn is_date(value: &str) -> bool {
    value.starts_with(|c: char| c.is_ascii_digit())
        || (has_moment(value) && value.split_whitespace().any(is_month))
}

fn is_month(name: &str) -> bool {
    word(&folded(name.trim_matches([',', '.']))) == Some(Word::Month)
}

/// Whether `line` could be one of a block.
pub(super) fn is_field(line: &str) -> bool {
    field(line).is_some()
}

/// What the field with which `line` begins is about.
pub(super) fn first_key(line: &str) -> Option<Key> {
    field(line).map(|(key, _)| key)
}

/// A field of a block that no list knows: one or two words and a colon.
fn is_unknown_field(line: &str) -> bool {
    line.split_once(':')
        .is_some_and(|(name, _)| name.len() <= 40 && name.split_whitespace().count() <= 2)
}

/// Whether after the line at `at` the block goes on.
fn goes_on(lines: &[&str], at: usize) -> bool {
    lines
        .get(at.saturating_add(1))
        .is_some_and(|next| field(next).is_some())
}

/// Whether a line only continues the one above: addresses that did not fit, or a value on a line of its own.
fn is_continuation(block: &HeaderBlock, (lines, at): (&[&str], usize), line: &str) -> bool {
    let Some((key, value)) = block.fields.last() else {
        return false;
    };
    // A name in quotes that goes on.
    let is_open = value.starts_with('"') && value.matches('"').count() == 1 && line.contains('"');
    match key {
        Key::To | Key::Cc | Key::Other => {
            (value.ends_with([',', ';', '<'])
                || value.is_empty()
                || is_address_end(line)
                || is_open)
                && line.len() < 1000
        }
        Key::From => {
            line.starts_with('<')
                || line.starts_with("[mailto:")
                || value.is_empty()
                || value.ends_with('<')
                || is_open
        }
        Key::Date => value.is_empty() && has_moment(line),
        // A subject that did not fit, before more fields.
        Key::Subject => goes_on(lines, at) && !is_unknown_field(line),
    }
}

/// Whether a line is the rest of a list of addresses.
fn is_address_end(line: &str) -> bool {
    line.contains('@')
        && (line.ends_with(['>', ';', ',', ')', ']']) || !line.contains(' '))
        && !line.contains("://")
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
        check(
            "Von: Anna\n\nAn: IT\n\nDatum: heute\n\nBetreff: Drucker\n\nText",
            Some(7),
        );
        check("De : Anna <a@uni.test>\nÀ : IT\nObjet : x", Some(3));
        check("发件人: Anna\n发送时间: 2026\n收件人: IT\n主题: x", Some(4));
        check(
            "From: Anna\nTo: a@uni.test,\n b@uni.test\nSubject: x",
            Some(4),
        );
        check(
            "From: Anna <a@uni.test>\nTo: it@uni.test\nCc:\nBcc:\nDate: 23.11.2026\nSubject: x\nText",
            Some(6),
        );
        check(
            "From:\nAnna <a@uni.test>\nSent:\n23.11.2026 10:15\nTo:\nit@uni.test\nSubject: x",
            Some(7),
        );
        check(
            "Date: 23.11.2026\nX-Spam-Flag: NO\nFrom: Anna <a@uni.test>\nTo: IT",
            Some(4),
        );
        check(
            "> From: Anna <a@uni.test>\n> Subject: x\n>\n> Text",
            Some(2),
        );
        check("De : A <a@uni.test>\nÀ : b@uni.test Objet : x", Some(2));
        check(
            "Von: A <a@uni.test>\nAn b@uni.test\nDatum: heute\nBetreff x\nText",
            Some(4),
        );
        check(
            "Subject: The printer in the\ncorridor\nDate: 23.11.2026\nFrom: A <a@uni.test>\n\nText",
            Some(4),
        );
    }

    #[test]
    fn blocks_that_were_tables_are_known() {
        check(
            "От \"Анна\" <a@uni.test>\nКому it@uni.test\nДата 23.11.2026 10:15:05\nТема Принтер\n\nТекст",
            Some(4),
        );
        check(
            "Анна <a@uni.test>\n23.11.2026 10:15\n\nКому\nИТ <it@uni.test>\nКопия\n\nТема\nПринтер\n\nТекст",
            Some(9),
        );
        check(
            "Anna Test\n23/11/2026 10:15\nPlease respond to\n\nTo it@uni.test\ncc\nSubject Printer\nText",
            Some(7),
        );
        check("От Анны a@uni.test\nпришло письмо\nТема Принтер", None);
        check("Anna Test\n23/11/2026 10:15\nTo do:\nthe printer", None);
        check(
            "Anna Test\n23/11/2026 10:15\nText\nText\nText\nTo\nx\nSubject\ny",
            None,
        );
    }

    #[test]
    fn a_text_right_below_is_none_of_it() {
        let head = "From: Anna <a@uni.test>\nDate: 23.11.2026\nTo: it@uni.test\nSubject: x";
        check(&format!("{head}\nText: see below"), Some(4));
        check(&format!("{head}\n\nDate: tomorrow"), Some(4));
        check(&format!("{head}\nFrom: Olga <o@uni.test>\nTo: x"), Some(4));
    }

    #[test]
    fn what_people_write_is_none() {
        check("От: меня", None);
        check("От: Анна\nКому: Ольга\nТема: служебная записка", None);
        check("Тема: принтер\nи ещё", None);
        check("Text", None);
        check("С: 10.10.2026\nДо: 12.10.2026\nТема: отпуск", None);
        check("От: 10.10.2026\nДо: 12.10.2026\nТема: отпуск", None);
        check(
            "From: 10 October 2026\nTo: 12 October 2026\nSubject: leave",
            None,
        );
    }
}
