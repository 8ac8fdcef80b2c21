//! A mail forwarded within the text: announced, or told from an answer by who it goes to.
//!
//! Of mails forwarded within each other the outermost is read: it is the one that came to whoever forwards it, and
//! who wrote it waits for an answer; the others stand in its text.

use super::people;
use crate::{
    mail::read::reply::{
        Announced, Head, HeaderBlock, Key, Prefix, Said, apart, attribution_at, cut_above,
        first_head, head_below, is_end_line, marks, on_one_line, prefix, without_marks_to,
    },
    model::{
        address::NamedAddress,
        message::{Forwarded, IncomingMessage},
        text::Text,
    },
};

/// How far below an announcing line a line may stand that says who wrote.
const REACH: usize = 6;

/// What is forwarded within `text`, if anything.
pub(super) fn read(text: &str, mail: &IncomingMessage) -> Option<Forwarded> {
    let expanded = with_line_ends(text);
    let lines: Vec<&str> = expanded.as_deref().unwrap_or(text).lines().collect();
    let (at, head) = first_head(&lines)?;
    let original = Original::read(&lines, at, head)?;
    let cut = cut_above(&lines, at);
    let (note, _) = apart(lines.get(..cut)?);
    let is_forward = match head {
        Head::Announced(Announced::Forwarded) => true,
        // A patch of a programmer's names its author and its date.
        Head::Announced(Announced::Original) | Head::Block => {
            (original.subject.is_some() || !original.to.is_empty())
                && is_passed_on(mail, original.from.as_ref(), false)
        }
        Head::Attribution(_) => {
            // Marked lines are answered, and so is what somebody writes above.
            let is_bare = note.is_empty() && !lines.iter().any(|line| marks(line).0 > 0);
            is_passed_on(mail, original.from.as_ref(), true)
                && (is_bare || prefix_of(mail) == Some(Prefix::Forward))
        }
        Head::Stamp => false,
    };
    if !is_forward {
        return None;
    }
    let shown = original.shown(&lines);
    Some(Forwarded {
        from: original.from,
        to: original.to,
        cc: original.cc,
        subject: original.subject,
        date: original.date,
        text: (!shown.is_empty()).then_some(shown),
        note: (!note.is_empty()).then_some(note),
        is_automatic: false,
    })
}

fn prefix_of(mail: &IncomingMessage) -> Option<Prefix> {
    mail.subject.as_deref().and_then(prefix)
}

/// Whether a mail that begins with another's head passes it on rather than answers it. The subject says it, or that
/// neither it nor anything else speaks for an answer: no mail is referred to, and it does not go back to who wrote.
fn is_passed_on(mail: &IncomingMessage, from: Option<&NamedAddress>, by_attribution: bool) -> bool {
    match prefix_of(mail) {
        Some(Prefix::Forward) => return true,
        Some(Prefix::Reply) => return false,
        None => {}
    }
    let Some(from) = from else {
        return false;
    };
    let is_same = |person: &NamedAddress| {
        let has_address = !from.address.is_empty();
        (has_address && person.address.eq_ignore_ascii_case(&from.address))
            || (!has_address && from.name.is_some() && from.name == person.name)
    };
    let goes_back = mail
        .to
        .iter()
        .chain(&mail.cc)
        .chain(&mail.from)
        .any(is_same);
    let is_answer = !mail.in_reply_to.is_empty() || !mail.references.is_empty();
    !goes_back && !is_answer && (!by_attribution || !from.address.is_empty())
}

/// The mail that is passed on, as its head says.
#[derive(Debug, Default)]
struct Original {
    from: Option<NamedAddress>,
    to: Vec<NamedAddress>,
    cc: Vec<NamedAddress>,
    subject: Option<String>,
    date: Option<String>,
    /// Where its text begins.
    begin: usize,
    /// How many quote marks stand before its lines.
    depth: usize,
}

impl Original {
    fn read(lines: &[&str], at: usize, head: Head) -> Option<Self> {
        match head {
            Head::Block => HeaderBlock::read(lines, at).map(|block| Self::of_block(&block)),
            Head::Attribution(end) => Some(Self::of_attribution(lines, at, end)),
            Head::Announced(said) => Self::announced(lines, at, said),
            Head::Stamp => None,
        }
    }

    fn announced(lines: &[&str], at: usize, said: Announced) -> Option<Self> {
        if let Some(head) = head_below(lines, at) {
            return HeaderBlock::read(lines, head).map(|block| Self::of_block(&block));
        }
        if said == Announced::Original {
            return None;
        }
        // Yandex writes an attribution where others write a header block.
        let below = at.saturating_add(1);
        let attribution = (below..below.saturating_add(REACH))
            .find_map(|end| attribution_at(lines, end).map(|start| (start, end)))
            .filter(|(start, _)| *start > at);
        Some(match attribution {
            Some((start, end)) => Self::of_attribution(lines, start, end),
            None => Self {
                begin: below,
                depth: marks(lines.get(at)?).0,
                ..Self::default()
            },
        })
    }

    fn of_block(block: &HeaderBlock) -> Self {
        let line = |key| {
            let words: String = Text::line(block.value(key)?.trim_end_matches('*')).into();
            (!words.is_empty()).then_some(words)
        };
        let people = |key| block.value(key).map(people::all).unwrap_or_default();
        Self {
            from: block.value(Key::From).and_then(people::sender),
            to: people(Key::To),
            cc: people(Key::Cc),
            subject: line(Key::Subject),
            date: line(Key::Date),
            begin: block.end,
            depth: block.depth,
        }
    }

    fn of_attribution(lines: &[&str], start: usize, end: usize) -> Self {
        let lines = lines.get(start..=end).unwrap_or_default();
        let said = Said::read(&lines.join(" "));
        let from = people::sender(&said.who);
        Self {
            from,
            date: said.when,
            begin: end.saturating_add(1),
            ..Self::default()
        }
    }

    /// Its text: the marks taken off that its head has, or that every line has; up to the line that ends it.
    fn shown(&self, lines: &[&str]) -> String {
        let below = lines.get(self.begin..).unwrap_or_default();
        let begin = below
            .iter()
            .position(|line| !line.trim().is_empty() && !is_scissors(line) && !is_perforated(line))
            .unwrap_or(below.len());
        let below = below.get(begin..).unwrap_or_default();
        let is_end = |line: &&str| is_scissors(line) || is_end_line(line);
        let end = below.iter().position(is_end).unwrap_or(below.len());
        let below = below.get(..end).unwrap_or_default();
        let written = || below.iter().filter(|line| !line.trim().is_empty());
        let least = written().map(|line| marks(line).0).min();
        let depth = self.depth.max(least.unwrap_or(0));
        let bare: Vec<&str> = below
            .iter()
            .map(|line| without_marks_to(line, depth).trim_end())
            .collect();
        let indent = bare
            .iter()
            .filter(|line| !line.is_empty())
            .map(|line| {
                line.len()
                    .saturating_sub(line.trim_start_matches(' ').len())
            })
            .min()
            .unwrap_or(0);
        let shown: Vec<&str> = bare
            .iter()
            .map(|line| line.get(indent..).unwrap_or_default())
            .collect();
        shown.join("\n").trim().to_owned()
    }
}

/// `===8<======Original message text======`: The Bat! cuts around what it passes on.
fn is_scissors(line: &str) -> bool {
    line.trim_start().starts_with("===8<=")
}

/// `--====----====--`: what it draws above that.
fn is_perforated(line: &str) -> bool {
    line.trim_start().starts_with("--====--")
}

/// Yahoo writes the announcing words and the whole header block on one line: `text` with line ends between them.
fn with_line_ends(text: &str) -> Option<String> {
    let mut lines = text.lines();
    let (line, apart) = lines.find_map(|line| on_one_line(line).map(|apart| (line, apart)))?;
    Some(text.replacen(line, &apart, 1))
}
