//! The text as it grows: words, lines, empty lines, `> ` before what is quoted, links' addresses at the ends of lines.

use super::is_mark;

/// The text written so far, and what decides how the next word is put.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) out: String,
    /// White space was seen since the last word.
    pub(super) has_space: bool,
    /// Words stand on the current line.
    has_words: bool,
    /// Empty lines at the end of `out`.
    empty_lines: usize,
    /// Quotes within each other that are open; so for what is not shown, and for `<pre>`.
    pub(super) quotes: usize,
    pub(super) hidden: usize,
    pub(super) preformatted: usize,
    /// Addresses of links on the current line, shown at its end so that sentences stay whole.
    pub(super) targets: Vec<String>,
}

impl Page {
    pub(super) fn text(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        for c in text.chars() {
            if self.preformatted > 0 && c == '\n' {
                self.line_break();
            } else if c.is_whitespace() || c == '\u{A0}' {
                if self.preformatted > 0 && self.has_words {
                    self.out.push(c);
                } else {
                    self.has_space = true;
                }
            } else if !is_mark(c) && !matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{AD}') {
                self.word_char(c);
            }
        }
    }

    fn word_char(&mut self, c: char) {
        if !self.has_words {
            self.start_line();
        } else if self.has_space {
            self.out.push(' ');
        }
        self.has_space = false;
        self.has_words = true;
        self.empty_lines = 0;
        self.out.push(c);
    }

    fn start_line(&mut self) {
        self.has_space = false;
        self.out
            .extend(std::iter::repeat_n("> ", self.quotes.min(8)));
    }

    /// Ends the current line where it has words.
    pub(super) fn block(&mut self) {
        self.has_space = false;
        if self.has_words {
            for target in std::mem::take(&mut self.targets) {
                self.out.push_str(" <");
                self.out.push_str(&target);
                self.out.push('>');
            }
            self.out.push('\n');
            self.has_words = false;
        }
    }

    /// Ends the current line; an empty one stays as an empty line, but not more than two in a row.
    pub(super) fn line_break(&mut self) {
        if self.has_words {
            self.block();
        } else if self.empty_lines < 2 && !self.out.is_empty() {
            if self.quotes > 0 {
                self.out
                    .extend(std::iter::repeat_n(">", self.quotes.min(8)));
            }
            self.out.push('\n');
            self.empty_lines = self.empty_lines.saturating_add(1);
        }
        self.has_space = false;
    }

    pub(super) fn paragraph(&mut self) {
        self.block();
        if self.empty_lines == 0 {
            self.line_break();
        }
    }

    pub(super) fn mark(&mut self, mark: char) {
        self.block();
        if self.hidden == 0 {
            self.out.push(mark);
        }
    }
}
