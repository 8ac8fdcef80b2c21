//! Which of two forms of one text is the better one.

use crate::mail::read::html::is_mark;

/// How many words of a text are compared.
const WORDS_MAX: usize = 20_000;

/// Words that only the HTML has, at least so many and at least one of so many, make it the better text.
const MORE_WORDS: usize = 4;
const MORE_OF: usize = 5;

/// One word of so many that only the plain text has is none of its own: a number, a form of politeness.
const OWN_OF: usize = 10;

/// A plain text longer than this on one line has lost its line ends, in bytes.
const ONE_LINE: usize = 240;

/// Whether of the two forms of one text the HTML should be read: where the plain text is missing, only says that there
/// is HTML, has lost its lines, or leaves out much of what the HTML says. Else the plain text is what its writer's program
/// shows best.
pub(super) fn is_html_better(plain: &str, html: &str) -> bool {
    let (plain, html) = (
        plain.trim(),
        html.trim_matches(|c: char| c.is_whitespace() || is_mark(c)),
    );
    if html.is_empty() || plain.is_empty() {
        return !html.is_empty();
    }
    if is_hint(plain, html) {
        return true;
    }
    let has_lost_lines =
        plain.len() > ONE_LINE && !plain.contains('\n') && html.lines().count() > 3;
    has_lost_lines || says_more(html, plain)
}

/// Whether `html` has many words that `plain` lacks, and `plain` nearly none of its own: then something was lost. A plain
/// text with words of its own was written for those who read it.
fn says_more(html: &str, plain: &str) -> bool {
    if letters(html).eq(letters(plain)) {
        return false;
    }
    let (html, plain) = (words(html), words(plain));
    let common = common(&html, &plain);
    let only_html = html.len().saturating_sub(common);
    let only_plain = plain.len().saturating_sub(common);
    only_html >= MORE_WORDS
        && only_html.saturating_mul(MORE_OF) >= html.len()
        && only_plain.saturating_mul(OWN_OF) <= plain.len().max(OWN_OF)
}

/// Whether two texts say the same, nearly word for word.
pub(in crate::mail::read) fn are_alike(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    let common = common(&one, &other);
    common > 0 && common.saturating_mul(10) >= one.len().max(other.len()).saturating_mul(9)
}

/// Whether a plain text only says that the mail is to be read in HTML.
fn is_hint(plain: &str, html: &str) -> bool {
    let is_short = plain.len() < 400 && html.len() > plain.len() / 2;
    if !is_short
        || !["HTML", "html", "Html"]
            .iter()
            .any(|word| plain.contains(word))
    {
        return false;
    }
    let is_much_longer = html.len() > plain.len().saturating_mul(2);
    is_much_longer
        || [
            "support",
            "client",
            "view",
            "reader",
            "поддерж",
            "просмотр",
            "браузер",
            "anzeigen",
            "afficher",
        ]
        .iter()
        .any(|word| plain.contains(word))
}

/// What a text says, whatever stands between its letters.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric())
}

/// The words of a text, as numbers in order, each once; addresses of pages, which HTML hides behind its links, are none.
fn words(text: &str) -> Vec<u64> {
    let mut found = Vec::new();
    for piece in text.split_whitespace().take(WORDS_MAX) {
        if piece.contains("://") || piece.starts_with("mailto:") {
            continue;
        }
        for word in piece.split(|c: char| !c.is_alphanumeric()) {
            if word.len() >= 2 {
                found.push(sum(word));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// How many numbers stand in both.
fn common(one: &[u64], other: &[u64]) -> usize {
    let mut rest = other.iter().peekable();
    let mut count = 0_usize;
    for wanted in one {
        while rest.next_if(|found| *found < wanted).is_some() {}
        count = count.saturating_add(usize::from(rest.peek() == Some(&wanted)));
    }
    count
}

/// FNV-1a over the word in lower case.
fn sum(word: &str) -> u64 {
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |code: u32| {
        sum = (sum ^ u64::from(code)).wrapping_mul(0x0100_0000_01b3);
    };
    for c in word.chars() {
        if c.is_ascii() {
            add(u32::from(c.to_ascii_lowercase()));
        } else {
            c.to_lowercase().for_each(|c| add(u32::from(c)));
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(plain: &str, html: &str, is_better: bool) {
        assert_eq!(is_html_better(plain, html), is_better, "{plain}");
    }

    #[test]
    fn plain_text_is_taken_where_it_says_what_the_html_says() {
        check("Принтер не печатает.", "Принтер не печатает.", false);
        check("Printer broken", "PRINTER BROKEN [Our house]", false);
        check("a", "", false);
        check(
            "See https://okno.test/x and write to us",
            "See here <https://okno.test/x> and write to us",
            false,
        );
        check(
            "Вам пришла открытка от Анны, вот ссылка на неё: https://okno.test/",
            "Здравствуйте! Посмотрите открытку, которую прислала Анна. Все открытки здесь",
            false,
        );
    }

    #[test]
    fn html_is_taken_where_the_plain_text_is_worse() {
        check("", "Принтер", true);
        check(" \n\u{A0}", "Принтер", true);
        check(
            "Your mail client does not support HTML messages.",
            "Принтер на втором этаже не печатает",
            true,
        );
        check(
            "The HTML newsletter is here:\n\nhttps://okno.test/1",
            "Новая версия вышла вчера, обновите программу на всех машинах",
            true,
        );
        let line = "Принтер не печатает, помогите. ".repeat(12);
        let lines = "Принтер не печатает, помогите.\n".repeat(12);
        check(&line, &lines, true);
        check(
            "Добрый день",
            "Добрый день. Прошу прислать справку о заработной плате",
            true,
        );
    }

    #[test]
    fn the_same_text_is_known() {
        assert!(are_alike("Принтер не печатает!", "принтер НЕ  печатает"));
        assert!(!are_alike("Принтер не печатает", "Сканер работает"));
        assert!(!are_alike("", ""));
    }
}
