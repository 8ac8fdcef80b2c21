//! Content lines (RFC 5545, 3.1): unfolded, taken apart, escapes undone.

use crate::mail::read::bytes::shorten;

/// The longest line taken, in bytes.
const LINE_MAX: usize = 16 << 10;

/// Parameters of one line that are kept.
const PARAMS_MAX: usize = 30;

/// One line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// Upper case.
    pub(super) name: String,
    /// Names in upper case, values without quotes.
    pub(super) params: Vec<(String, String)>,
    /// As written.
    pub(super) value: String,
}

impl Line {
    fn read(line: &str) -> Option<Self> {
        let mut pieces = Pieces { rest: line };
        let (name, mut sign) = pieces.next(&[';', ':'])?;
        let mut read = Self {
            name: name.trim().to_ascii_uppercase(),
            ..Self::default()
        };
        while sign == ';' {
            let (param, next) = pieces.next(&[';', ':'])?;
            sign = next;
            if let Some((name, value)) = param.split_once('=')
                && read.params.len() < PARAMS_MAX
            {
                let value = value.trim().trim_matches('"').to_owned();
                read.params.push((name.trim().to_ascii_uppercase(), value));
            }
        }
        pieces.rest.trim().clone_into(&mut read.value);
        Some(read)
    }

    /// A parameter's value.
    pub(super) fn param(&self, name: &str) -> Option<&str> {
        let found = self.params.iter().find(|(n, _)| n == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The value as text, its escapes undone (RFC 5545, 3.3.11), at most `max` bytes.
    pub(super) fn text(&self, max: usize) -> String {
        let mut out = String::new();
        let mut rest = shorten(&self.value, max).chars();
        while let Some(c) = rest.next() {
            if c != '\\' {
                out.push(c);
                continue;
            }
            match rest.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(other) => out.push(other),
                None => {}
            }
        }
        out
    }
}

/// Pieces of a line up to a sign that stands outside quotes.
struct Pieces<'a> {
    rest: &'a str,
}

impl<'a> Pieces<'a> {
    fn next(&mut self, signs: &[char]) -> Option<(&'a str, char)> {
        let mut is_quoted = false;
        let (at, sign) = self.rest.char_indices().find(|(_, c)| {
            is_quoted ^= *c == '"';
            !is_quoted && signs.contains(c)
        })?;
        let piece = self.rest.get(..at)?;
        self.rest = self.rest.get(at.saturating_add(1)..)?;
        Some((piece, sign))
    }
}

/// The lines of a calendar.
pub(super) struct Lines<'a> {
    rest: std::iter::Peekable<std::str::Lines<'a>>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            rest: text.lines().peekable(),
        }
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        loop {
            let mut line = self.rest.next()?.trim_end_matches('\r').to_owned();
            while let Some(more) = self.rest.next_if(|next| next.starts_with([' ', '\t'])) {
                if line.len() < LINE_MAX {
                    line.push_str(more.get(1..).unwrap_or_default().trim_end_matches('\r'));
                }
            }
            if let Some(read) = Line::read(shorten(&line, LINE_MAX)) {
                return Some(read);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_unfolded_and_taken_apart() {
        let text = "ATTENDEE;CN=\"Петрова; Анна:\";ROLE=CHAIR;X:mail\r\n to:anna@uni.test\r\n\r\nNOTHING\r\nsummary:a\\, b\\;\\nc\\\\n\r\n";
        let lines: Vec<Line> = Lines::new(text).collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0].name, "ATTENDEE");
        assert_eq!(lines[0].param("CN"), Some("Петрова; Анна:"));
        assert_eq!(lines[0].param("ROLE"), Some("CHAIR"));
        assert_eq!(lines[0].value, "mailto:anna@uni.test");
        assert_eq!(lines[1].text(100), "a, b;\nc\\n");
        assert_eq!(lines[1].text(2), "a");
    }
}
