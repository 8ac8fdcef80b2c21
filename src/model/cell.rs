//! Cells of CSV files: words that other people wrote must not become formulas, nor break the row.

use super::{lookalike::is_invisible, text::Text};

/// One cell of a CSV file, harmless, and quoted where it must be for any of the separators in use. What is a number is
/// not for here: `-5` would become words.
#[must_use]
pub fn csv(words: &str) -> String {
    let mut cell = harmless(words);
    let must_quote = cell.contains([',', ';', '\t', '|', '"']);
    if must_quote {
        cell = format!("\"{}\"", cell.replace('"', "\"\""));
    }
    cell
}

/// Words that no spreadsheet runs.
///
/// Excel, LibreOffice and the like run a cell that begins with `=`, `+`, `-`, `@` (their full-width forms, too) as a
/// formula, which can fetch addresses and start programs. An apostrophe in front makes it words. Line ends become
/// spaces, so that a row is a line.
#[must_use]
pub fn harmless(words: &str) -> String {
    let line = Text::line(words);
    let mut cell = line.as_str().to_owned();
    let first = cell
        .chars()
        .find(|c| !is_invisible(*c) && !c.is_whitespace() && !matches!(c, '"' | '\''));
    if first.is_some_and(|c| "=+-@＝＋－＠|%".contains(c)) {
        cell.insert(0, '\'');
    }
    cell
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, proptest};

    use super::*;

    #[track_caller]
    fn check(words: &str, cell: &str) {
        assert_eq!(csv(words), cell, "{words:?}");
    }

    #[test]
    fn words_stay_as_they_are() {
        check("Анна Петрова", "Анна Петрова");
        check("", "");
        check("0042", "0042");
        check("a=b", "a=b");
        check("2-НДФЛ", "2-НДФЛ");
    }

    #[test]
    fn separators_and_quotes_are_quoted() {
        check("one; two", "\"one; two\"");
        check("one, two", "\"one, two\"");
        check("the \"best\"", "\"the \"\"best\"\"\"");
        check("one\ttwo", "one two");
        check("one\r\ntwo\rthree\u{2028}four", "one two three four");
        check("a\0b\u{202E}c", "abc");
    }

    #[test]
    fn formulas_become_words() {
        check("=1+1", "'=1+1");
        check("+7 495 000-00-00", "'+7 495 000-00-00");
        check("-1", "'-1");
        check("@SUM(1)", "'@SUM(1)");
        check("＝1+1", "'＝1+1");
        check("  =1+1", "'=1+1");
        check("\t=1+1", "'=1+1");
        check("\r\n=1+1", "'=1+1");
        check("\u{FEFF}=1+1", "'\u{FEFF}=1+1");
        check("\u{200B}=1+1", "'\u{200B}=1+1");
        check("\"=1+1\"", "\"'\"\"=1+1\"\"\"");
        check(
            "=HYPERLINK(\"x\";\"y\")",
            "\"'=HYPERLINK(\"\"x\"\";\"\"y\"\")\"",
        );
        check("x;=1+1", "\"x;=1+1\"");
        check("=cmd|'/c calc'!A0", "\"'=cmd|'/c calc'!A0\"");
        check("|cmd", "\"'|cmd\"");
    }

    /// A careful reader of CSV: the cells of one row.
    fn cells(row: &str, separator: char) -> Vec<String> {
        let mut cells = vec![String::new()];
        let mut is_quoted = false;
        let mut chars = row.chars().peekable();
        while let Some(c) = chars.next() {
            let cell = cells.last_mut().unwrap();
            match c {
                '"' if is_quoted && chars.peek() == Some(&'"') => {
                    chars.next();
                    cell.push('"');
                }
                '"' => is_quoted = !is_quoted,
                _ if c == separator && !is_quoted => cells.push(String::new()),
                _ => cell.push(c),
            }
        }
        cells
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_row_keeps_its_cells(one in "[=+@;,|\"'a\t\r\n\u{FEFF} -]{0,12}", two in "\\PC{0,12}") {
            for separator in [';', ',', '\t'] {
                let row = format!("{}{separator}{}", csv(&one), csv(&two));
                proptest::prop_assert!(!row.contains(['\r', '\n']));
                let read = cells(&row, separator);
                proptest::prop_assert_eq!(read.len(), 2, "{}", row);
                for cell in read {
                    let first = cell.trim_start_matches(['\u{FEFF}', ' ']).chars().next();
                    proptest::prop_assert!(!first.is_some_and(|c| "=+-@".contains(c)), "{}", row);
                }
            }
        }
    }
}
