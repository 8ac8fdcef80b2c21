//! Titles as people and their programs write them: in any case, `е` for `ё`, with other spaces, marks of emphasis and
//! letters nobody sees in between; behind them a colon of some sort, a dash, or the edge of a table's cell.

/// What stands at the beginning of a line and is not of its words: quotes of a reply, bullets of a list.
const BEFORE: &[char] = &[
    '>', '|', '*', '•', '·', '▪', '◦', '○', '●', '■', '□', '☐', '☑', '✓', '‣', '⁃', '+', '_', '#',
    '-', '–', '—', '−',
];

/// Colons, as keyboards and programs make them.
const COLONS: &[char] = &[':', '：', '﹕', '꞉', '∶', '︓', 'ː', '׃'];

/// What stands for a colon where white space is beside it.
const DASHES: &[char] = &['-', '–', '—', '−', '‒', '―', '=', '→'];

/// What parts the cells of a table.
const CELLS: &[char] = &['\t', '|', '│'];

/// The longest hint in brackets behind a title, in characters.
const HINT_MAX: usize = 400;

/// Lower case, `ё` as `е`, one space between words, nothing invisible, no marks around.
#[must_use]
pub fn folded(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    for c in words.chars().filter(|c| !is_invisible(*c)) {
        if c.is_whitespace() {
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
        } else {
            folded.extend(c.to_lowercase().map(plain_letter));
        }
    }
    let is_mark = |c: char| " .,;:!\"'`«»“”„()[]{}<>*_".contains(c);
    folded.trim_matches(is_mark).to_owned()
}

const fn plain_letter(c: char) -> char {
    match c {
        'ё' => 'е',
        // Hyphens that do not break, and such that only look like one.
        '‐' | '‑' => '-',
        other => other,
    }
}

/// What takes no room on a screen: soft hyphens, marks that join or part letters.
pub(super) const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
    )
}

/// A line without the marks of a quote and without white space around.
pub(super) fn unquoted(line: &str) -> &str {
    let mut rest = trimmed(line);
    while let Some(inner) = rest.strip_prefix('>') {
        rest = trimmed(inner);
    }
    rest
}

/// Without white space and invisible marks around.
pub(super) fn trimmed(words: &str) -> &str {
    words.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// A line without what a list or a quote puts before it: bullets, numbers.
pub(super) fn without_bullet(line: &str) -> &str {
    let rest = line
        .trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c) || BEFORE.contains(&c));
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    if !(1..=2).contains(&digits) {
        return rest;
    }
    let behind = rest.get(digits..).unwrap_or_default();
    match behind.strip_prefix(['.', ')']) {
        Some(after) if after.starts_with(char::is_whitespace) => trimmed(after),
        Some(_) | None => rest,
    }
}

/// What stands behind a title, once it is known to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Behind<'l> {
    /// A colon or the like, and this.
    Value(&'l str),
    /// Nothing: the line ends.
    Nothing,
    /// Words without anything in between.
    Words(&'l str),
}

/// What stands behind this title, folded, where the line begins with it.
pub(super) fn behind_title<'l>(line: &'l str, title: &str) -> Option<Behind<'l>> {
    let rest = after_words(line, title)?;
    let rest = rest.trim_start_matches(is_decoration);
    let (rest, has_hint) = match after_hint(rest) {
        Some(rest) => (rest.trim_start_matches(is_decoration), true),
        None => (rest, false),
    };
    let rest = rest.trim_start_matches(is_invisible);
    let has_space = rest.starts_with(char::is_whitespace);
    let gap = rest
        .chars()
        .take_while(|c| c.is_whitespace() || is_invisible(*c));
    let is_cell = gap.into_iter().any(|c| c == '\t');
    let near = trimmed(trimmed(rest).trim_start_matches('*'));
    let mut letters = near.chars();
    let Some(first) = letters.next() else {
        return Some(Behind::Nothing);
    };
    let after = letters.as_str();
    let is_spaced = has_space || after.starts_with(char::is_whitespace) || after.is_empty();
    let is_colon = COLONS.contains(&first) || CELLS.contains(&first);
    if is_colon || DASHES.contains(&first) && is_spaced {
        // `Период :- 2025`, or a cell that holds the colon.
        let value = after.trim_start_matches(|c: char| {
            is_decoration(c) || COLONS.contains(&c) || CELLS.contains(&c) || c.is_whitespace()
        });
        return Some(Behind::Value(trimmed(value)));
    }
    if is_cell || has_hint {
        return Some(Behind::Value(near));
    }
    has_space.then_some(Behind::Words(near))
}

/// Whether a line is a title with a hint behind it that does not end there.
pub(super) fn has_open_hint(line: &str, title: &str) -> bool {
    after_words(line, title).is_some_and(|rest| {
        let rest = rest.trim_start_matches(|c: char| is_decoration(c) || c.is_whitespace());
        rest.starts_with('(')
            && rest.len() <= HINT_MAX.saturating_mul(4)
            && after_hint(rest).is_none()
    })
}

/// Marks of emphasis, quotes around a title, and the asterisk of what must be filled in.
fn is_decoration(c: char) -> bool {
    "*_`\"»”’".contains(c) || is_invisible(c)
}

/// The line behind these folded words, if it begins with them.
fn after_words<'l>(line: &'l str, words: &str) -> Option<&'l str> {
    let line = line.trim_start_matches(|c: char| "«“„\"'".contains(c));
    let mut wanted = words.chars().peekable();
    let mut end = 0_usize;
    let mut letters = line.char_indices().peekable();
    while wanted.peek().is_some() {
        let (at, c) = letters.next()?;
        end = at.saturating_add(c.len_utf8());
        if is_invisible(c) {
            continue;
        }
        if c.is_whitespace() {
            let is_space = |(_, next): &(usize, char)| next.is_whitespace() || is_invisible(*next);
            while let Some((at, next)) = letters.next_if(is_space) {
                end = at.saturating_add(next.len_utf8());
            }
            if wanted.next() != Some(' ') {
                return None;
            }
            continue;
        }
        for low in c.to_lowercase().map(plain_letter) {
            if wanted.next() != Some(low) {
                return None;
            }
        }
    }
    // In the middle of a word it is no title.
    let is_inside = letters
        .peek()
        .is_some_and(|(_, next)| next.is_alphanumeric());
    (!is_inside).then(|| line.get(end..)).flatten()
}

/// The line behind a hint in brackets; `None`: there is none.
fn after_hint(rest: &str) -> Option<&str> {
    let inner = rest.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c));
    let inner = inner.strip_prefix('(')?;
    let mut depth = 1_usize;
    for (at, c) in inner.char_indices().take(HINT_MAX) {
        match c {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return inner.get(at.saturating_add(1)..);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, title: &str, expected: Option<Behind<'_>>) {
        assert_eq!(behind_title(line, &folded(title)), expected, "{line:?}");
    }

    #[test]
    fn a_title_is_known_however_it_is_written() {
        let value = Some(Behind::Value("2025"));
        for line in [
            "Период: 2025",
            "ПЕРИОД:2025",
            "период : 2025",
            "Период\u{a0}:\u{a0}2025\u{a0}",
            "Период：2025",
            "Период - 2025",
            "Период — 2025",
            "Период —2025",
            "Период = 2025",
            "Период\t2025",
            "Период | 2025",
            "Период:\t2025",
            "Период (год или годы, например (2025)): 2025",
            "Период* : 2025",
            "**Период:** 2025",
            "«Период»: 2025",
            "Пе\u{ad}ри\u{200b}од: 2025",
        ] {
            check(without_bullet(line), "Период", value);
        }
        check(
            "Тип  \u{a0} запроса: за год",
            "Тип запроса",
            Some(Behind::Value("за год")),
        );
        check("Приём: нет", "прием", Some(Behind::Value("нет")));
        check("Прием: нет", "Приём", Some(Behind::Value("нет")));
        check("Период:", "Период", Some(Behind::Value("")));
        check("Период", "Период", Some(Behind::Nothing));
        check("Период (год)", "Период", Some(Behind::Nothing));
        check("Период 2025", "Период", Some(Behind::Words("2025")));
    }

    #[test]
    fn what_only_begins_alike_is_no_title() {
        check("Периоды: 2025", "Период", None);
        check("Период-2025", "Период", None);
        check("Периодизация", "Период", None);
        check("Тип", "Тип запроса", None);
        check("", "Период", None);
    }

    #[test]
    fn bullets_and_numbers_come_off() {
        for line in [
            "- Период: 1",
            "• Период: 1",
            "1. Период: 1",
            "2) Период: 1",
            "> > Период: 1",
            "— Период: 1",
        ] {
            assert_eq!(without_bullet(line), "Период: 1", "{line}");
        }
        assert_eq!(without_bullet("2025 год"), "2025 год");
        assert_eq!(without_bullet("15.12.2026"), "15.12.2026");
        assert_eq!(unquoted("> >  слово "), "слово");
    }

    #[test]
    fn words_are_folded() {
        assert_eq!(folded(" «На\u{a0}ПОЧТУ» . "), "на почту");
        assert_eq!(folded("2‑НДФЛ"), "2-ндфл");
        assert_eq!(folded("ё"), "е");
    }
}
