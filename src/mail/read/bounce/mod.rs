//! Mail that could not be delivered: reports by the standard (RFC 3464, 6522) and by text alone.

mod codes;
mod named;
mod phrases;
mod prose;
mod signs;

use super::{
    bytes::{LineEnds, cut, shorten},
    headers::{Block, Headers},
    ids,
    mime::{Part, Structure},
    transfer,
};
use crate::model::{
    ids::MessageId,
    message::{Bounce, BouncedRecipient, IncomingMessage},
    text::Text,
};

/// A report on delivery.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) bounce: Bounce,
    /// Not given up yet.
    pub(super) is_delay: bool,
}

/// The most addresses kept of one report.
const RECIPIENTS_MAX: usize = 200;

/// Reads a delivery report; `None` where this mail is none.
pub(super) fn read(
    raw: &[u8],
    structure: &Structure,
    message: &IncomingMessage,
    text: &str,
) -> Option<Report> {
    let root = structure.parts.first()?;
    let original = original_header(raw, structure);
    let mut report = match by_standard(raw, structure) {
        Some(report) if !report.bounce.recipients.is_empty() => report,
        // A report that only says that the mail arrived is no bounce.
        Some(_) => return None,
        None => prose::read(&root.headers, structure, message, text, original.as_ref())?,
    };
    report.bounce.original_message_id = original_id(original.as_ref(), text, message);
    Some(report)
}

/// Reads `message/delivery-status` parts; `None` where there is none that names a recipient.
fn by_standard(raw: &[u8], structure: &Structure) -> Option<Report> {
    let mut recipients: Vec<BouncedRecipient> = Vec::new();
    let mut has_status = false;
    for part in structure.parts.iter().filter(|p| is_status(p)) {
        let content = transfer::decode(cut(part.content(raw), 0, 1 << 20), part.encoding);
        for group in groups(&content) {
            if let Some(recipient) = recipient(&group) {
                has_status = true;
                let is_failure = !matches!(
                    recipient.action.as_deref(),
                    Some("delivered" | "relayed" | "expanded")
                );
                let is_known = recipients
                    .iter()
                    .any(|r| r.address.eq_ignore_ascii_case(&recipient.address));
                if is_failure && !is_known && recipients.len() < RECIPIENTS_MAX {
                    recipients.push(recipient);
                }
            }
        }
    }
    has_status.then(|| judged(recipients))
}

/// The report about `recipients`: a delay where nobody is given up, temporary where another try may succeed.
pub(super) fn judged(recipients: Vec<BouncedRecipient>) -> Report {
    let is_delay = !recipients.is_empty()
        && recipients
            .iter()
            .all(|r| r.action.as_deref() == Some("delayed"));
    let temporary = !recipients.is_empty()
        && recipients.iter().all(|r| match r.status.as_deref() {
            Some(status) => status.starts_with('4'),
            None => r.action.as_deref() == Some("delayed"),
        });
    Report {
        bounce: Bounce {
            temporary,
            recipients,
            original_message_id: None,
        },
        is_delay,
    }
}

fn is_status(part: &Part) -> bool {
    part.is("message/delivery-status")
        || part.is("message/global-delivery-status")
        || part.is("message/delivery-report")
}

/// The blocks of fields, separated by empty lines.
fn groups(content: &[u8]) -> Vec<Headers> {
    let ends = LineEnds::of(content);
    let mut found = Vec::new();
    let mut at = 0;
    while at < content.len() && found.len() < 1000 {
        let (line, after) = ends.line(content, at);
        if line.trim_ascii().is_empty() || !super::headers::is_field(line) {
            at = after;
            continue;
        }
        let block = Block::read(content, at, ends, 64 << 10);
        at = block.body.max(after);
        found.push(block.headers);
    }
    found
}

fn recipient(group: &Headers) -> Option<BouncedRecipient> {
    let address = ["final-recipient", "original-recipient"]
        .iter()
        .filter_map(|name| group.decoded(name))
        .map(|value| {
            let spec = value
                .split_once(';')
                .map_or(value.as_str(), |(_, spec)| spec);
            address(spec)
        })
        .find(|address| address.contains('@'))
        .or_else(|| {
            let value = group
                .decoded("final-recipient")
                .or_else(|| group.decoded("original-recipient"))?;
            Some(address(
                value
                    .split_once(';')
                    .map_or(value.as_str(), |(_, spec)| spec),
            ))
        })
        .filter(|address| !address.is_empty())?;
    let diagnostic = group.decoded("diagnostic-code").map(|value| {
        let said = match value.split_once(';') {
            Some((kind, said)) if !kind.trim().contains(' ') => said.trim().to_owned(),
            _ => value,
        };
        shorten(&said, 2000).to_owned()
    });
    let status = group
        .plain("status")
        .and_then(|value| codes::enhanced(&value))
        .filter(|status| !status.ends_with(".0.0") || diagnostic.is_none())
        .or_else(|| diagnostic.as_deref().and_then(codes::enhanced))
        .or_else(|| {
            group
                .plain("status")
                .and_then(|value| codes::enhanced(&value))
        })
        .or_else(|| diagnostic.as_deref().and_then(codes::by_reply_code));
    let action = group
        .plain("action")
        .and_then(|value| value.split([' ', ';', '(']).next().map(str::to_lowercase))
        .filter(|action| !action.is_empty());
    Some(BouncedRecipient {
        address,
        action,
        status,
        diagnostic,
    })
}

/// An address of a report: without brackets and white space.
pub(super) fn address(written: &str) -> String {
    let inside = written
        .split_once('<')
        .and_then(|(_, r)| r.split_once('>'))
        .map_or(written, |(a, _)| a);
    let tight: String = Text::line(inside)
        .as_str()
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    tight
        .trim_matches(['"', '\'', '<', '>', ',', ';', ':', '(', ')', '.'])
        .to_owned()
}

/// The header of the mail that did not arrive, from the copy that came with the report.
fn original_header(raw: &[u8], structure: &Structure) -> Option<Headers> {
    let copies = [
        "message/rfc822",
        "text/rfc822-headers",
        "message/rfc822-headers",
        "message/global",
        "message/global-headers",
    ];
    let part = structure
        .parts
        .iter()
        .find(|p| copies.iter().any(|t| p.is(t)))?;
    let content = transfer::decode(cut(part.content(raw), 0, 256 << 10), part.encoding);
    let ends = LineEnds::of(&content);
    let (line, after) = ends.line(&content, 0);
    let start = if line.trim_ascii().is_empty() {
        after
    } else {
        0
    };
    Some(Block::read(&content, start, ends, 256 << 10).headers)
}

/// The Message-ID of the mail that did not arrive: from the copy of it or of its header, never the report's own.
fn original_id(
    original: Option<&Headers>,
    text: &str,
    message: &IncomingMessage,
) -> Option<MessageId> {
    let of_copy = original
        .and_then(|o| o.plain("message-id"))
        .and_then(|v| ids::first(&v));
    of_copy
        .or_else(|| {
            let lines = text
                .lines()
                .map(|l| l.trim_start_matches(['>', ' ', '|', '\t']));
            let mut after =
                lines.skip_while(|l| !super::bytes::starts_with_ignore_case(l, "message-id:"));
            let value = after
                .next()
                .and_then(|l| l.split_once(':'))
                .map(|(_, v)| v.trim().to_owned())?;
            let value = if value.is_empty() {
                after.next()?.to_owned()
            } else {
                value
            };
            ids::first(&value)
        })
        .or_else(|| message.in_reply_to.first().cloned())
        .filter(|id| Some(id) != message.message_id.as_ref())
}
