//! Patterns: regular expressions that take time in proportion to the text, whoever wrote it.

use regex::{Regex, RegexBuilder};
use serde::{Deserialize, Serialize};

/// The longest pattern, in bytes.
pub const PATTERN_MAX: usize = 500;

/// How large a compiled pattern may become, in bytes: `\w{500}` is one of several megabytes.
const COMPILED_MAX: usize = 1 << 20;

/// A regular expression in the syntax of the `regex` crate, which has no look-around and no back references and therefore
/// takes linear time. Letters of either case are the same unless it says `(?-i)`; `\b`, `\w` and `\d` are those of Unicode.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pattern(Regex);

impl Pattern {
    /// Compiles it.
    ///
    /// # Errors
    /// What is wrong with it, in one line.
    pub fn new(written: &str) -> Result<Self, String> {
        if written.len() > PATTERN_MAX {
            return Err(format!("the pattern is longer than {PATTERN_MAX} bytes"));
        }
        let compiled = RegexBuilder::new(written)
            .case_insensitive(true)
            .size_limit(COMPILED_MAX)
            .build();
        let regex = compiled.map_err(|error| refused(written, &error))?;
        // A forgotten alternative, `принтер|`, would be everybody's.
        if regex.is_match("") && regex.is_match("x") {
            return Err(format!("the pattern \"{written}\" matches every text"));
        }
        Ok(Self(regex))
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether it is somewhere in the text.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

fn refused(written: &str, error: &regex::Error) -> String {
    let words = error.to_string();
    let why = match matches!(error, regex::Error::CompiledTooBig(_)) {
        true => "it would become too large",
        // The crate draws the place over several lines; the last one says it.
        false => words.lines().last().unwrap_or_default(),
    };
    let why = why.trim_start_matches("error:").trim();
    format!("\"{written}\" is no pattern: {why}")
}

impl TryFrom<String> for Pattern {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        Self::new(&written)
    }
}

impl From<Pattern> for String {
    fn from(pattern: Pattern) -> Self {
        pattern.as_str().to_owned()
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Pattern {}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, text: &str, expected: bool) {
        let pattern = Pattern::new(pattern).unwrap();
        assert_eq!(pattern.is_in(text), expected, "{} in {text}", pattern.0);
    }

    #[test]
    fn what_patterns_match() {
        check(r"\bпринтер", "Мой ПРИНТЕР молчит", true);
        check(r"\bпринтер\b", "принтера нет", false);
        check(r"\bпринтер\b", "(Принтер)", true);
        check(r"^inc\d{3,}$", "INC12345", true);
        check(r"(?-i)СРОЧНО", "срочно", false);
    }

    #[track_caller]
    fn refused(pattern: &str, expected: &str) {
        assert_eq!(Pattern::new(pattern).unwrap_err(), expected);
    }

    #[test]
    fn what_is_no_pattern() {
        refused("(", "\"(\" is no pattern: unclosed group");
        refused("принтер|", "the pattern \"принтер|\" matches every text");
        refused(
            r"\w{400}{400}",
            r#""\w{400}{400}" is no pattern: it would become too large"#,
        );
        refused(&"x".repeat(501), "the pattern is longer than 500 bytes");
        refused(
            r"(?=a)",
            r#""(?=a)" is no pattern: look-around, including look-ahead and look-behind, is not supported"#,
        );
    }
}
