//! The text as it grows. What stands between two words is decided only when the second comes: the widest of the gaps
//! asked for since the first, so that blocks within blocks make one line end, and none at the end.

use super::{is_mark, steps};

/// What stands between the last word and the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    None,
    Space,
    /// The next cell of a row: so many tabs, a space where there is none.
    Cell(u8),
    /// So many line ends.
    Lines(u8),
}

/// Line ends in a row: two empty lines at most.
const LINES_MAX: u8 = 3;

/// Quote marks and list levels that are shown.
const LEVELS_MAX: usize = 8;

/// Spaces kept in a row where they count.
const BLANKS_MAX: usize = 200;

/// The text written so far, and what decides how the next word is put.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) out: String,
    pub(super) gap: Gap,
    /// Spaces before the next word, where they count.
    blanks: String,
    /// A character that joins the last one to the next, if that follows at once.
    joiner: Option<char>,
    /// Nothing stands on the current line yet.
    is_line_start: bool,
    /// A hard space was seen since the last word: an empty line that is meant as one.
    pub(super) has_hard_space: bool,
    /// Line ends written or, at the very beginning, asked for.
    pub(super) lines: usize,
    /// Quotes within each other that are open, now and when the last word was written.
    pub(super) quotes: usize,
    quotes_above: usize,
    /// Elements that are open and hide what is in them, or keep its spaces; lists.
    pub(super) hidden: usize,
    pub(super) preformatted: usize,
    pub(super) lists: usize,
    /// Within text too small to be seen.
    pub(super) is_tiny: bool,
    /// Addresses of links on the current line, shown at its end so that sentences stay whole.
    pub(super) targets: Vec<String>,
}

impl Page {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            out: String::with_capacity(capacity),
            gap: Gap::Lines(1),
            blanks: String::new(),
            joiner: None,
            is_line_start: true,
            has_hard_space: false,
            lines: 0,
            quotes: 0,
            quotes_above: 0,
            hidden: 0,
            preformatted: 0,
            lists: 0,
            is_tiny: false,
            targets: Vec::new(),
        }
    }

    /// Whether what comes now is not shown.
    pub(super) const fn is_silent(&self) -> bool {
        self.hidden > 0 || self.is_tiny
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.is_silent() {
            return;
        }
        let mut rest = text;
        while !rest.is_empty() {
            let plain = rest.bytes().position(may_be_special).unwrap_or(rest.len());
            if plain > 0 {
                let Some((run, after)) = rest.split_at_checked(plain) else {
                    return;
                };
                self.put(run);
                rest = after;
            } else if let Some(c) = rest.chars().next() {
                self.special(c);
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
    }

    /// One character that may be white space, invisible, or one of our marks.
    pub(super) fn special(&mut self, c: char) {
        if c == '\n' && self.preformatted > 0 {
            self.line_break();
        } else if c.is_whitespace() {
            self.has_hard_space |= c == '\u{A0}';
            self.space();
            let is_kept = self.preformatted > 0 && c != '\r' && self.blanks.len() < BLANKS_MAX;
            if is_kept {
                self.blanks.push(if c == '\t' { '\t' } else { ' ' });
            }
        } else if is_invisible(c) || is_mark(c) {
            // Joiners between spaces only fill previews.
            let joins = matches!(c, '\u{200C}' | '\u{200D}') && self.gap == Gap::None;
            self.joiner = joins.then_some(c);
        } else {
            self.put(c.encode_utf8(&mut [0; 4]));
        }
    }

    pub(super) fn space(&mut self) {
        self.gap = self.gap.max(Gap::Space);
    }

    /// Writes a word or a part of one.
    pub(super) fn put(&mut self, run: &str) {
        let joiner = self.joiner.take();
        if self.gap != Gap::None || self.is_line_start {
            self.bridge();
        } else if let Some(joiner) = joiner {
            self.out.push(joiner);
        }
        steps::add(run.len());
        self.out.push_str(run);
    }

    fn bridge(&mut self) {
        let is_within = !self.is_line_start;
        match std::mem::replace(&mut self.gap, Gap::None) {
            Gap::Space if is_within && self.blanks.is_empty() => self.out.push(' '),
            Gap::Cell(0) if is_within => self.out.push(' '),
            Gap::Cell(tabs) if is_within => {
                self.out
                    .extend(std::iter::repeat_n('\t', usize::from(tabs)));
            }
            Gap::Lines(count) => self.end_line(count),
            Gap::None | Gap::Space | Gap::Cell(_) => {}
        }
        if self.is_line_start {
            let quotes = self.quotes.min(LEVELS_MAX);
            self.out.extend(std::iter::repeat_n("> ", quotes));
            let lists = self.lists.saturating_sub(1).min(LEVELS_MAX);
            self.out.extend(std::iter::repeat_n("  ", lists));
            self.is_line_start = false;
        }
        self.out.push_str(&self.blanks);
        self.blanks.clear();
        self.quotes_above = self.quotes;
        self.has_hard_space = false;
    }

    /// Ends the current line, if anything stands on it, and writes empty ones.
    fn end_line(&mut self, count: u8) {
        self.lines = self.lines.saturating_add(1);
        if self.is_line_start {
            return;
        }
        self.write_targets();
        self.out.push('\n');
        let quotes = self.quotes.min(self.quotes_above).min(LEVELS_MAX);
        for _ in 1..count {
            self.out.extend(std::iter::repeat_n('>', quotes));
            self.out.push('\n');
        }
        self.is_line_start = true;
    }

    fn write_targets(&mut self) {
        for target in std::mem::take(&mut self.targets) {
            self.out.push_str(" <");
            self.out.push_str(&target);
            self.out.push('>');
        }
    }

    /// What comes next begins a line.
    pub(super) fn block(&mut self) {
        // An empty paragraph with a hard space in it is how Word writes an empty line.
        let lines = if self.has_hard_space { 2 } else { 1 };
        self.has_hard_space = false;
        self.widen(Gap::Lines(lines));
    }

    /// What comes next begins a line, with an empty one above it.
    pub(super) fn paragraph(&mut self) {
        self.widen(Gap::Lines(2));
        self.has_hard_space = false;
    }

    fn widen(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
        self.blanks.clear();
    }

    /// Ends the current line; where it is empty, it stays as an empty line.
    pub(super) fn line_break(&mut self) {
        self.gap = match self.gap {
            Gap::Lines(count) => Gap::Lines(count.saturating_add(1).min(LINES_MAX)),
            Gap::None | Gap::Space | Gap::Cell(_) => Gap::Lines(1),
        };
        self.blanks.clear();
    }

    pub(super) fn mark(&mut self, mark: char) {
        if self.hidden > 0 {
            return;
        }
        self.block();
        if let Gap::Lines(count) = std::mem::replace(&mut self.gap, Gap::None) {
            self.end_line(count);
        }
        self.out.push(mark);
        self.is_line_start = true;
    }

    /// The whole text.
    pub(super) fn finish(mut self) -> String {
        self.write_targets();
        self.out
    }
}

/// Whether a character that begins with this byte may need a look: white space, and the first bytes of what is
/// invisible, of hard spaces and of private characters.
const fn may_be_special(byte: u8) -> bool {
    matches!(
        byte,
        0..=b' ' | 0x7F | 0xC2 | 0xCD | 0xE1 | 0xE2 | 0xE3 | 0xEE | 0xEF
    )
}

/// Characters that are not seen: joiners, soft hyphens, marks of direction and what previews are filled with.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{34F}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2060}'..='\u{2064}'
            | '\u{FEFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_invisible_character_gets_a_look() {
        let special = (0_u32..=0x10FFFF)
            .filter_map(char::from_u32)
            .filter(|c| c.is_whitespace() || is_invisible(*c) || is_mark(*c));
        for c in special {
            let first = c.encode_utf8(&mut [0; 4]).bytes().next().unwrap();
            assert!(may_be_special(first), "{c:?}");
        }
    }

    #[test]
    fn the_widest_gap_wins() {
        let mut page = Page::new(0);
        page.text("  a ");
        page.block();
        page.space();
        page.text("b");
        page.line_break();
        page.line_break();
        page.text(" c\u{200B}d\u{A0}");
        page.paragraph();
        assert_eq!(page.finish(), "a\nb\n\ncd");
    }
}
