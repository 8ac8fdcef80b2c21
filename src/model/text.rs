//! [`Text`]: words that may be stored and shown anywhere.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Text free of what no store or screen should get: NUL (PostgreSQL refuses it), control characters other than
/// tab and line feed, and bidirectional overrides (a displayed order that lies about the stored one:
/// Unicode TR 36). Line ends are `\n`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Text(String);

impl Text {
    /// Cleans `text`; never fails. `\r\n` and lone `\r` become `\n`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        if text.chars().all(|c| is_kept(c) && c != '\r') {
            return Self(text.to_owned());
        }
        let unified = text.replace("\r\n", "\n").replace('\r', "\n");
        Self(unified.chars().filter(|c| is_kept(*c)).collect())
    }

    /// Cleans `text` into one line: every run of white space, line ends too, becomes one space.
    #[must_use]
    pub fn line(text: &str) -> Self {
        let cleaned = Self::new(text);
        Self(cleaned.0.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The words themselves.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing but white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

fn is_kept(c: char) -> bool {
    let is_bidi_control = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    (c == '\n' || c == '\t' || c == '\r' || !c.is_control()) && !is_bidi_control
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(given: &str, kept: &str) {
        assert_eq!(Text::new(given).as_str(), kept);
    }

    #[test]
    fn what_no_store_or_screen_should_get_is_removed() {
        check("Принтер не печатает", "Принтер не печатает");
        check("a\0b", "ab");
        check("one\r\ntwo\rthree", "one\ntwo\nthree");
        check("tab\tstays", "tab\tstays");
        check("invoice\u{202E}fdp.exe", "invoicefdp.exe");
        check("\u{7}bell", "bell");
        check("\u{1b}[31mred", "[31mred");
        check("next\u{85}line\u{9b}", "nextline");
        for c in ('\u{202A}'..='\u{202E}').chain('\u{2066}'..='\u{2069}') {
            check(&format!("a{c}b"), "ab");
        }
        // Marks that only help to order a line lie about nothing.
        check("שלום\u{200F}!", "שלום\u{200F}!");
    }

    #[test]
    fn a_line_has_no_line_ends() {
        assert_eq!(Text::line(" a\r\n b\tc ").as_str(), "a b c");
        let line =
            Text::line("Re: x\r\nBcc: all@uni.test\n\nbody\u{2028}more\u{2029}\u{b}\u{c}end");
        assert_eq!(line.as_str(), "Re: x Bcc: all@uni.test body more end");
    }
}
