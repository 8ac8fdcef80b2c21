//! A mail inside a mail: forwarded within the text or attached whole.

use super::{
    addresses,
    attached::Attached,
    reply::{
        HeaderBlock, Key, announced_on_one_line, attribution_end, is_forward_line, is_original_line,
    },
};
use crate::model::{
    address::NamedAddress,
    message::{Forwarded, IncomingMessage},
    text::Text,
};

/// How subjects of forwarding mails begin, lower case.
const PREFIXES: [&str; 18] = [
    "fwd:",
    "fw:",
    "fwd ",
    "пересл:",
    "переслано:",
    "перенаправлено:",
    "на:",
    "переслать:",
    "wg:",
    "tr:",
    "rv:",
    "enc:",
    "i:",
    "doorst:",
    "vs:",
    "vb:",
    "pd:",
    "转发",
];

/// What was forwarded, if anything: within `text`, or one mail attached whole.
pub(super) fn read(message: &IncomingMessage, text: &str, mails: &[Attached]) -> Option<Forwarded> {
    let subject = message
        .subject
        .as_deref()
        .unwrap_or_default()
        .to_lowercase();
    let is_said = PREFIXES.iter().any(|prefix| subject.starts_with(prefix));
    let mut forwarded = inline(text, is_said).or_else(|| attached(mails, text))?;
    if forwarded.subject.is_none() && is_said {
        // Programs that write no header block keep the subject behind their prefix.
        let own = message.subject.as_deref().unwrap_or_default();
        forwarded.subject = own
            .split_once(':')
            .map(|(_, rest)| rest.trim().to_owned())
            .filter(|s| !s.is_empty());
    }
    Some(forwarded)
}

/// A forward within the text: an announcing line, or a header block at the very top or under a subject that says so.
fn inline(text: &str, is_said: bool) -> Option<Forwarded> {
    let text = with_line_ends(text);
    let lines: Vec<&str> = text.lines().collect();
    if let Some(forwarded) = attributed(&lines) {
        return Some(forwarded);
    }
    let announced = lines
        .iter()
        .position(|line| is_forward_line(line.trim_start_matches(['>', ' '])));
    let (cut, start) = match announced {
        Some(at) => {
            let block = (at.saturating_add(1)..at.saturating_add(6))
                .find(|n| HeaderBlock::read(&lines, *n).is_some())?;
            (at, block)
        }
        None => {
            let at = (0..lines.len()).find(|n| HeaderBlock::read(&lines, *n).is_some())?;
            let is_top = lines.iter().take(at).all(|l| {
                l.trim()
                    .trim_matches(['_', '-', '>', ' ', '\u{FEFF}'])
                    .is_empty()
                    || is_original_line(l)
            });
            if !is_top && !is_said {
                return None;
            }
            (at, at)
        }
    };
    let block = HeaderBlock::read(&lines, start)?;
    let note = joined(lines.get(..cut)?);
    let note = note
        .trim_matches(['_', '-', '\n', ' ', '>'])
        .trim()
        .to_owned();
    let original = original_text(lines.get(block.end..)?);
    Some(Forwarded {
        from: people(&block, Key::From).into_iter().next(),
        to: people(&block, Key::To),
        cc: people(&block, Key::Cc),
        subject: block
            .value(Key::Subject)
            .map(|s| Text::line(s.trim_end_matches('*')).into()),
        date: block.value(Key::Date).map(|s| Text::line(s).into()),
        text: (!original.is_empty()).then_some(original),
        note: (!note.is_empty()).then_some(note),
    })
}

/// Yahoo writes the announcing words and the whole header block on one line.
fn with_line_ends(text: &str) -> String {
    let Some((line, fields)) = text
        .lines()
        .find_map(|l| announced_on_one_line(l).map(|f| (l, f)))
    else {
        return text.to_owned();
    };
    let mut apart = String::new();
    for (at, c) in fields.char_indices() {
        if HeaderBlock::field_starts(fields, at) {
            apart.push('\n');
        }
        apart.push(c);
    }
    text.replacen(line, &format!("Forwarded message:\n{apart}"), 1)
}

/// A mail that begins with an attribution and adds nothing: Outlook's way to forward on some systems.
fn attributed(lines: &[&str]) -> Option<Forwarded> {
    let first = lines.iter().position(|l| !l.trim().is_empty())?;
    let end =
        (first..first.saturating_add(4)).find(|at| attribution_end(lines, *at) == Some(first))?;
    let below = lines.get(end.saturating_add(1)..)?;
    let is_quoted = below.iter().any(|l| l.trim_start().starts_with('>'));
    if is_quoted || below.iter().all(|l| l.trim().is_empty()) {
        return None;
    }
    let said = lines.get(first..=end)?.join(" ");
    let (before, spec) = said.split_once('<')?;
    let address = spec.split('>').next().unwrap_or_default().to_owned();
    let quotes = ['"', '“', '”', '„', '«', '»'];
    let name = before.trim().trim_end_matches(quotes).trim_end();
    let name = name
        .rsplit(quotes)
        .next()
        .filter(|n| n.len() < name.len())
        .map(|n| n.trim().to_owned());
    // A name without quotes stands after the date or at the very start.
    let name = name.or_else(|| {
        let words: Vec<&str> = before
            .split_whitespace()
            .filter(|w| !w.chars().any(|c| c.is_ascii_digit()))
            .collect();
        Some(words.join(" ")).filter(|n| !n.is_empty())
    });
    let text = original_text(below);
    Some(Forwarded {
        from: Some(NamedAddress { name, address }),
        text: (!text.is_empty()).then_some(text),
        ..Forwarded::default()
    })
}

fn joined(lines: &[&str]) -> String {
    lines
        .iter()
        .map(|l| l.trim_end())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The original's text; its quote marks taken off where every line has one (Apple Mail).
fn original_text(lines: &[&str]) -> String {
    let mut lines = lines.to_vec();
    loop {
        let mut written = lines.iter().filter(|l| !l.trim().is_empty()).peekable();
        let is_quoted =
            written.peek().is_some() && written.all(|l| l.trim_start().starts_with('>'));
        if !is_quoted {
            break;
        }
        lines = lines
            .iter()
            .map(|l| {
                let bare = l.trim_start().strip_prefix('>').unwrap_or_default();
                bare.strip_prefix(' ').unwrap_or(bare)
            })
            .collect();
    }
    joined(&lines).trim().to_owned()
}

fn people(block: &HeaderBlock, key: Key) -> Vec<NamedAddress> {
    let Some(value) = block.value(key) else {
        return Vec::new();
    };
    // `Anna [mailto:anna@uni.test]` (Outlook) and `anna@uni.test<mailto:anna@uni.test>` (Outlook on the web).
    let value = value
        .replace("[mailto:", "<")
        .replace("<mailto:", "<")
        .replace(']', ">")
        .replace(['*'], "");
    let mut found: Vec<NamedAddress> = addresses::read(value.as_bytes(), 200);
    for person in &mut found {
        if person.name.as_deref() == Some(person.address.as_str()) {
            person.name = None;
        }
    }
    found
}

/// A whole mail attached to a mail that says little itself.
fn attached(mails: &[Attached], text: &str) -> Option<Forwarded> {
    let mut own = mails.iter().filter(|mail| mail.depth == 0);
    let (Some(mail), None) = (own.next(), own.next()) else {
        return None;
    };
    let shown = if mail.text.is_empty() {
        mail.names.join(", ")
    } else {
        mail.text.clone()
    };
    let original = &mail.message;
    let note = text.trim();
    Some(Forwarded {
        from: original.from.clone(),
        to: original.to.clone(),
        cc: original.cc.clone(),
        subject: original.subject.clone(),
        date: original.date.clone(),
        text: (!shown.is_empty()).then_some(shown),
        note: (!note.is_empty()).then(|| note.to_owned()),
    })
}
