//! Text to rows of cells: which separator, where each row begins, quotes that are never closed.

use csv::{Reader, ReaderBuilder, StringRecord};

use super::columns::Header;

/// The separators that spreadsheets write, the most usual where Russian is spoken first.
const SEPARATORS: [u8; 3] = [b';', b',', b'\t'];

/// What stands behind the last row, so that a quote that is still open there shows: no text holds a NUL here.
const END: &str = "\n\0";

/// The rows of a text whose lines end with `\n`, empty lines left out.
#[derive(Debug)]
pub(super) struct Table<'t> {
    /// The text and [`END`].
    text: &'t str,
    reader: Reader<&'t [u8]>,
    /// How far the lines are counted: bytes and lines.
    counted: (usize, u64),
    separator: u8,
    row: StringRecord,
}

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lines {
    /// The line it begins on, from 1.
    pub(super) first: u64,
    /// The line it ends on.
    pub(super) last: u64,
    /// Whether a quote in it is not closed where a cell ends, so that rows may have run together.
    pub(super) is_open: bool,
}

/// Makes `text` ready for [`Table::new`].
pub(super) fn closed(text: &str) -> String {
    let mut text = text.replace('\0', "");
    text.push_str(END);
    text
}

impl<'t> Table<'t> {
    /// The rows of a text that [`closed`] has made ready. Excel's own first line `sep=;` is no row.
    pub(super) fn new(text: &'t str, separator: u8) -> Self {
        let start = sep_line(text).map_or(0, |(_, length)| length);
        let body = text.get(start..).unwrap_or_default();
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(body.as_bytes());
        Self {
            text: body,
            reader,
            counted: (0, if start == 0 { 1 } else { 2 }),
            separator,
            row: StringRecord::new(),
        }
    }

    /// The next row that has anything in it.
    pub(super) fn next_row(&mut self) -> Option<(Lines, &StringRecord)> {
        loop {
            let from = self.reader.position().byte();
            // Neither reading from memory nor UTF-8 cut at separators can fail.
            let is_row = self.reader.read_record(&mut self.row).unwrap_or(false);
            if !is_row || self.row.get(0) == Some("\0") {
                return None;
            }
            let to = self.reader.position().byte();
            if self.row.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let lines = self.lines(from, to);
            return Some((lines, &self.row));
        }
    }

    /// Where the row between these bytes stands. The reader's own count takes in the empty lines before a row.
    fn lines(&mut self, from: u64, to: u64) -> Lines {
        let size = |at: u64| {
            usize::try_from(at)
                .unwrap_or(usize::MAX)
                .min(self.text.len())
        };
        let (from, to) = (size(from), size(to));
        let row = self.text.get(from..to).unwrap_or_default();
        let blank = row.len().saturating_sub(row.trim_start_matches('\n').len());
        let start = from.saturating_add(blank);
        let (at, line) = self.counted;
        let first = line.saturating_add(breaks(self.text.get(at..start).unwrap_or_default()));
        let row = row.trim_matches('\n');
        self.counted = (start, first);
        Lines {
            first,
            last: first.saturating_add(breaks(row.trim_end_matches(['\0', '\n']))),
            is_open: row.contains('\n') && is_torn(row, char::from(self.separator)),
        }
    }
}

/// Whether the quotes of a row do not pair: one is never closed, or closed before more words than a separator
/// (RFC 4180, 2.7). The reader takes such a row as best it can.
fn is_torn(row: &str, separator: char) -> bool {
    let mut rest = row;
    loop {
        if let Some(quoted) = rest.strip_prefix('"') {
            let Some(after) = behind_quotes(quoted) else {
                return true;
            };
            if !(after.is_empty() || after.starts_with([separator, '\n'])) {
                return true;
            }
            rest = after;
        }
        match rest.split_once(separator) {
            Some((_, next)) => rest = next,
            None => return false,
        }
    }
}

/// What stands behind the quote that closes, doubled ones passed over; `None` where none does.
fn behind_quotes(quoted: &str) -> Option<&str> {
    let mut rest = quoted;
    loop {
        let (_, after) = rest.split_once('"')?;
        match after.strip_prefix('"') {
            Some(doubled) => rest = doubled,
            None => return Some(after),
        }
    }
}

fn breaks(text: &str) -> u64 {
    u64::try_from(text.matches('\n').count()).unwrap_or(u64::MAX)
}

/// Excel's `sep=;` on the first line: the separator, and the bytes of the line.
fn sep_line(text: &str) -> Option<(u8, usize)> {
    let (line, _) = text.split_once('\n')?;
    let (name, value) = line.split_at_checked(4)?;
    let separator = *value.as_bytes().first()?;
    let is_alone = value.trim_matches([';', ',', '\t']).is_empty();
    (name.eq_ignore_ascii_case("sep=") && is_alone && SEPARATORS.contains(&separator))
        .then(|| (separator, line.len().saturating_add(1)))
}

/// The separator of a text: the one Excel names, else the one that makes most of the header understood.
pub(super) fn separator(text: &str) -> u8 {
    if let Some((separator, _)) = sep_line(text) {
        return separator;
    }
    let mut best = (0, 0, b'\t');
    for separator in SEPARATORS {
        let mut table = Table::new(text, separator);
        let Some((_, row)) = table.next_row() else {
            continue;
        };
        let cells: Vec<&str> = row.iter().collect();
        let measure = (Header::read(&cells).understood(), cells.len());
        // One cell is no table: what separates the addresses in a lone column must not cut it.
        if cells.len() > 1 && measure > (best.0, best.1) {
            best = (measure.0, measure.1, separator);
        }
    }
    best.2
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every row as `first-last:cells`.
    #[track_caller]
    fn check(text: &str, rows: &[&str]) {
        let text = closed(text);
        let separator = separator(&text);
        let mut table = Table::new(&text, separator);
        let mut seen = Vec::new();
        while let Some((lines, row)) = table.next_row() {
            let cells: Vec<&str> = row.iter().collect();
            let open = if lines.is_open { "!" } else { "" };
            let Lines { first, last, .. } = lines;
            seen.push(format!("{first}-{last}{open}:{}", cells.join("|")));
        }
        let shown: Vec<String> = seen.iter().map(|row| row.replace('\n', "/")).collect();
        assert_eq!(shown, rows);
    }

    #[test]
    fn separators_are_found_by_looking() {
        check("Почта;Имя\na;b, c", &["1-1:Почта|Имя", "2-2:a|b, c"]);
        check("Почта,Имя\na,\"b, c\"", &["1-1:Почта|Имя", "2-2:a|b, c"]);
        check("Почта\tИмя\na\tb;c", &["1-1:Почта|Имя", "2-2:a|b;c"]);
        check("Почта, рабочая;Имя", &["1-1:Почта, рабочая|Имя"]);
        check("Почта\na, b; c", &["1-1:Почта", "2-2:a, b; c"]);
        check("x;y;z,Почта\n", &["1-1:x;y;z|Почта"]);
        check("sep=,\nПочта,Имя;Отдел", &["2-2:Почта|Имя;Отдел"]);
        check("SEP=;;;\nПочта\na;b", &["2-2:Почта", "3-3:a|b"]);
    }

    #[test]
    fn rows_know_their_lines() {
        check(
            "\n\nmail;name\n\n;;\na;\"b\nc\"\n\n\nd;e\n\n",
            &["3-3:mail|name", "6-7:a|b/c", "10-10:d|e"],
        );
        check("", &[]);
        check("\n\n", &[]);
    }

    #[test]
    fn quotes_are_taken_off_and_missed() {
        check(
            "mail;name\na;\"b \"\"c\"\"\"",
            &["1-1:mail|name", "2-2:a|b \"c\""],
        );
        check("mail;name\na;b \"c\"", &["1-1:mail|name", "2-2:a|b \"c\""]);
        check(
            "mail;name\na;\"b\nc;d\n",
            &["1-1:mail|name", "2-3!:a|b/c;d//\0"],
        );
    }
}
