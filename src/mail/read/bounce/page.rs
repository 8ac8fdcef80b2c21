//! What a report says to people: which addresses it names, and what it says of each.

use super::{codes, phrases};
use crate::{
    mail::read::bytes::shorten,
    model::{obstacle::Obstacle, text::Text},
};

/// The most lines looked at.
const LINES_MAX: usize = 600;

/// How many lines say why one address failed.
const TOLD_MAX: usize = 14;

/// How an address stands in the text, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// It begins a line.
    Block,
    /// A word such as *recipient* leads to it.
    Labelled,
    /// In what two servers said to each other.
    Talk,
    /// Anywhere else.
    Within,
    /// In a copied `To` or `Cc`.
    Echo,
}

/// An address that the text names.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) address: String,
    /// The address it was made of: `(expanded from: ...)`.
    pub(super) original: Option<String>,
    pub(super) place: Place,
    /// On which line.
    pub(super) line: usize,
}

/// The text above the copy of the mail that failed.
#[derive(Debug)]
pub(super) struct Page<'a> {
    lines: Vec<&'a str>,
    /// The same in lower case.
    lower: Vec<String>,
    pub(super) named: Vec<Named>,
}

impl<'a> Page<'a> {
    pub(super) fn read(text: &'a str) -> Self {
        let lines: Vec<&str> = text.lines().take(LINES_MAX).collect();
        let lower = lines.iter().map(|line| line.to_lowercase()).collect();
        let named = super::named::read(&lines);
        Self {
            lines,
            lower,
            named,
        }
    }

    pub(super) fn lines(&self) -> &[&'a str] {
        &self.lines
    }

    /// What it says of the address, on one line; `None` where it says nothing.
    pub(super) fn told(&self, address: &str) -> Option<String> {
        let is_it = |named: &&Named| {
            let original = named.original.as_deref().unwrap_or_default();
            named.address.eq_ignore_ascii_case(address) || original.eq_ignore_ascii_case(address)
        };
        let found = self
            .named
            .iter()
            .filter(is_it)
            .min_by_key(|named| named.place);
        let near = found
            .filter(|named| named.place < Place::Echo)
            .map(|named| self.below(named))
            .unwrap_or_default();
        if says_why(&near) {
            return clean(&near);
        }
        let coded = self.coded(address).filter(|said| says_why(said));
        clean(&coded.unwrap_or(near))
    }

    /// From the address to the end of its paragraph, or to the next address. Where the paragraph gives no code and the
    /// next one does, that belongs to it.
    fn below(&self, named: &Named) -> String {
        let first = self.lines.get(named.line).copied().unwrap_or_default();
        let mut said = String::new();
        let is_block = named.place == Place::Block;
        push(
            &mut said,
            if is_block {
                after(first, &named.address)
            } else {
                first
            },
        );
        let mut blanks = 0_usize;
        let mut paragraph = None;
        let last = named.line.saturating_add(TOLD_MAX);
        for (at, line) in self
            .lines
            .iter()
            .enumerate()
            .skip(named.line.saturating_add(1))
        {
            let line = line.trim();
            if at > last || said.len() > 1500 || self.is_others(at, named) {
                break;
            }
            if is_rule(line) {
                if said.is_empty() {
                    continue;
                }
                break;
            }
            if line.is_empty() {
                blanks = blanks.saturating_add(1);
                if paragraph.is_some() || blanks > 2 || codes::has_code(&said) {
                    break;
                }
                paragraph = (!said.is_empty()).then_some(said.len());
            } else {
                push(&mut said, line);
            }
        }
        if let Some(end) = paragraph
            && says_why(said.get(..end).unwrap_or_default())
            && !codes::has_code(&said)
        {
            said.truncate(end);
        }
        said
    }

    /// Whether this line is about another address.
    fn is_others(&self, at: usize, named: &Named) -> bool {
        self.named.iter().any(|other| {
            other.line == at
                && other.place <= named.place.max(Place::Labelled)
                && !other.address.eq_ignore_ascii_case(&named.address)
        })
    }

    /// The line with a code that names the address, else, where the text is about one address, the first with a code
    /// or a label.
    fn coded(&self, address: &str) -> Option<String> {
        let address = address.to_lowercase();
        let of_it = self
            .lower
            .iter()
            .position(|line| line.contains(&address) && codes::has_code(line));
        let is_alone = self
            .named
            .iter()
            .filter(|named| named.place == Place::Block)
            .count()
            <= 1;
        let at = of_it.or_else(|| self.reason().filter(|_| is_alone))?;
        Some(self.paragraph(at))
    }

    /// What it says of whatever failed, where it names no address that it says it of.
    pub(super) fn told_at_all(&self) -> Option<String> {
        let said = self.paragraph(self.reason()?);
        clean(&said).filter(|said| says_why(said))
    }

    /// The line that says why: by a label, else by a code, else by words.
    fn reason(&self) -> Option<usize> {
        let is_label = |line: &&String| {
            let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
            phrases::is_in(phrases::REASONS, line, |line, words| {
                line.starts_with(words)
            })
        };
        let label = self.lower.iter().position(|line| is_label(&line));
        let says = |line: &str| !is_footer(line) && Obstacle::by_words(line).is_some();
        label
            .or_else(|| self.lines.iter().position(|line| codes::has_code(line)))
            .or_else(|| self.lines.iter().position(|line| says(line)))
    }

    /// The lines from `at` to the next empty one.
    fn paragraph(&self, at: usize) -> String {
        let mut said = String::new();
        for line in self.lines.iter().skip(at).take(TOLD_MAX) {
            if (line.trim().is_empty() || is_rule(line)) && said.len() > 24 {
                break;
            }
            push(&mut said, line.trim());
        }
        said
    }

    /// Everything, for a code or words that belong to no address.
    pub(super) fn whole(&self) -> String {
        let lines: Vec<&str> = self
            .lines
            .iter()
            .filter(|l| !is_footer(l))
            .copied()
            .collect();
        lines.join("\n")
    }
}

fn push(said: &mut String, line: &str) {
    let line = line.trim();
    if !line.is_empty() {
        if !said.is_empty() {
            said.push(' ');
        }
        said.push_str(line);
    }
}

/// Whether a text says why: by a code, or in words we know.
fn says_why(said: &str) -> bool {
    codes::has_code(said) || Obstacle::by_words(said).is_some()
}

/// What a scanner for viruses puts below every mail is not why this one failed.
fn is_footer(line: &str) -> bool {
    let lower = line.to_lowercase();
    [
        "scanned",
        "antivirus",
        "virus-free",
        "analizado",
        "проверен",
    ]
    .iter()
    .any(|words| lower.contains(words))
}

/// A line that only separates.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let marks = line
        .chars()
        .take_while(|c| matches!(c, '-' | '=' | '*' | '_' | '#' | '|'))
        .count();
    marks >= 3
}

/// What stands behind the address on its line, where it may stand twice: `olga@uni.test <olga@uni.test>: no`.
fn after<'a>(line: &'a str, address: &str) -> &'a str {
    const MARKS: &[char] = &[
        '>', '<', ':', '"', '\'', ',', ']', ')', '.', ';', '-', ' ', '\t', '\u{A0}',
    ];
    let at = line
        .to_ascii_lowercase()
        .find(&address.to_ascii_lowercase());
    let mut rest = at.and_then(|at| line.get(at..)).unwrap_or_default();
    while let Some(start) = rest.get(..address.len())
        && start.eq_ignore_ascii_case(address)
    {
        rest = rest
            .get(address.len()..)
            .unwrap_or_default()
            .trim_start_matches(MARKS);
    }
    rest
}

/// One line of it, with what a reply repeats at the head of each of its lines said once; `None` where nothing is left.
pub(super) fn clean(said: &str) -> Option<String> {
    let line = Text::line(said);
    let mut kept: Vec<&str> = Vec::new();
    let mut code: Option<&str> = None;
    for word in line.as_str().split(' ') {
        let is_head = word.split_once('-').is_some_and(|(reply, status)| {
            reply.len() == 3
                && reply.bytes().all(|b| b.is_ascii_digit())
                && (status.is_empty() || codes::best(status) == Some(status))
        });
        let is_known = code.is_some_and(|known| {
            let known_reply = known.get(..3);
            is_head && word.get(..3) == known_reply || Some(word) == known_reply
        });
        let is_status_again = code
            .and_then(|known| known.get(4..))
            .is_some_and(|status| !status.is_empty() && status == word);
        if is_known || is_status_again {
            continue;
        }
        if is_head && code.is_none() {
            code = Some(word);
        }
        kept.push(word);
    }
    let line = kept.join(" ");
    let mut inner = line.as_str();
    // `(reason: 550 no) (expanded from: <olga@uni.test>)`, `(generated from olga@uni.test) 550 no`.
    if let Some(start) = inner
        .strip_prefix('(')
        .and_then(|rest| rest.split_once(") "))
        && start.0.contains("generated from")
    {
        inner = start.1;
    }
    inner = inner.split(" (expanded from: ").next().unwrap_or(inner);
    if let Some(reason) = inner.strip_prefix("(reason: ") {
        inner = reason.strip_suffix(')').unwrap_or(reason);
    }
    (!inner.is_empty()).then(|| shorten(inner, 1000).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, said: &str) {
        let page = Page::read(text);
        let told = page.told("olga@uni.test").unwrap_or_default();
        assert_eq!(told, said, "{text}");
    }

    #[test]
    fn each_address_is_told_its_own_reason() {
        check(
            "<olga@uni.test>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n<anna@uni.test>:\nmailbox full\n",
            "Sorry, no mailbox here by that name. (#5.1.1)",
        );
        check(
            "  anna@uni.test\n    550 5.2.2 mailbox full\n  olga@uni.test\n    550 5.1.1 nobody\n",
            "550 5.1.1 nobody",
        );
        check("olga@uni.test: 550 5.1.1 nobody\n", "550 5.1.1 nobody");
        check(
            "Could not be delivered to: <olga@uni.test>\nAs their mailbox is full.\n",
            "Could not be delivered to: <olga@uni.test> As their mailbox is full.",
        );
        check(
            "The following address failed:\n\nolga@uni.test\n\nFor the following reason:\n\nMail size limit exceeded\n",
            "For the following reason: Mail size limit exceeded",
        );
        check(
            "<olga@uni.test>\n    (reason: 550 5.1.1 User unknown)\n",
            "550 5.1.1 User unknown",
        );
        check("olga@uni.test\n\n----\n\nnothing more\n", "nothing more");
        check("nobody is named\n", "");
    }

    #[test]
    fn a_reply_of_many_lines_is_one() {
        check(
            "olga@uni.test\n550-5.1.1 There is no\n550-5.1.1 such account.\n550 5.1.1 Look for slips.\n",
            "550-5.1.1 There is no such account. Look for slips.",
        );
    }
}
