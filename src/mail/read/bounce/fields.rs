//! The fields of a report by the standard (RFC 3464, 2): in a part of their own, or fallen into the text.

use super::{Entry, address};
use crate::mail::read::{
    bytes::{LineEnds, shorten, starts_with_ignore_case},
    headers::{Block, Headers, is_field},
};

/// The most groups of fields looked at.
const GROUPS_MAX: usize = 1000;

/// The most lines of a text looked at.
const LINES_MAX: usize = 4000;

/// Fields of a report, the three it may begin with first.
const FIELDS: [&str; 12] = [
    "reporting-mta:",
    "final-recipient:",
    "original-recipient:",
    "action:",
    "status:",
    "diagnostic-code:",
    "remote-mta:",
    "received-from-mta:",
    "x-actual-recipient:",
    "arrival-date:",
    "last-attempt-date:",
    "will-retry-until:",
];

/// What the report says of each address, in order.
pub(super) fn read(content: &[u8]) -> Vec<Entry> {
    groups(content).iter().filter_map(entry).collect()
}

/// The same from a text in which the fields of a broken report ended up, and the text above them; groups without an
/// address are none.
pub(super) fn read_text(text: &str) -> Option<(&str, Vec<Entry>)> {
    let (above, rest) = from_first_field(text)?;
    // What is indented as a whole would be read as one folded line.
    let flush: Vec<&str> = rest
        .lines()
        .take(LINES_MAX)
        .map(|line| {
            let is_known = FIELDS
                .iter()
                .any(|name| starts_with_ignore_case(line.trim_start(), name));
            if is_known { line.trim_start() } else { line }
        })
        .collect();
    let entries = read(flush.join("\n").as_bytes());
    (!entries.is_empty()).then_some((above, entries))
}

/// The text above the first field of a report, and from it on.
fn from_first_field(text: &str) -> Option<(&str, &str)> {
    let mut at = 0_usize;
    for line in text.split_inclusive('\n') {
        let is_first = FIELDS
            .iter()
            .take(3)
            .any(|name| starts_with_ignore_case(line.trim_start(), name));
        if is_first {
            return text.split_at_checked(at);
        }
        at = at.saturating_add(line.len());
    }
    None
}

/// The blocks of fields, separated by empty lines.
pub(super) fn groups(content: &[u8]) -> Vec<Headers> {
    let ends = LineEnds::of(content);
    let mut found = Vec::new();
    let mut at = 0;
    while at < content.len() && found.len() < GROUPS_MAX {
        let (line, after) = ends.line(content, at);
        if line.trim_ascii().is_empty() || !is_field(line) {
            at = after;
            continue;
        }
        let block = Block::read(content, at, ends, 64 << 10);
        at = block.body.max(after);
        found.push(block.headers);
    }
    found
}

fn entry(group: &Headers) -> Option<Entry> {
    let named = |name: &str| {
        group
            .decoded(name)
            .map(|value| address::of_field(&value))
            .filter(|address| !address.is_empty())
    };
    let last = named("final-recipient");
    let first = named("original-recipient");
    let is_whole = |address: &Option<String>| {
        address
            .as_ref()
            .is_some_and(|a| a.contains('@') && !a.starts_with('@'))
    };
    let address = if is_whole(&last) || !is_whole(&first) {
        last.or_else(|| first.clone())?
    } else {
        first.clone()?
    };
    let original =
        first.filter(|first| first.contains('@') && !first.eq_ignore_ascii_case(&address));
    let diagnostic = group.decoded("diagnostic-code").map(|value| {
        let said = match value.split_once(';') {
            Some((kind, said)) if !kind.trim().contains(' ') => said.trim().to_owned(),
            _ => value,
        };
        shorten(&said, 2000).to_owned()
    });
    Some(Entry {
        address,
        original,
        action: group.plain("action").and_then(|value| action(&value)),
        status: group.plain("status"),
        diagnostic: diagnostic.filter(|said| !said.is_empty()),
    })
}

/// The action in one of the words of the standard where it is meant, else as written.
fn action(value: &str) -> Option<String> {
    let word = value.split([' ', ';', '(', ',']).next()?.to_lowercase();
    let meant = match word.as_str() {
        "" => return None,
        "failure" | "fail" | "undeliverable" | "bounced" | "rejected" => "failed",
        "delay" | "deferred" => "delayed",
        "deliverable" | "success" => "delivered",
        _ => return Some(word),
    };
    Some(meant.to_owned())
}
