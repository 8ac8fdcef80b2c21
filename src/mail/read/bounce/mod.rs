//! Mail that could not be delivered: reports by the standard (RFC 3464, 6522), by a service's notices, by text alone.

mod address;
mod codes;
mod fields;
mod named;
pub(super) mod notice;
mod original;
mod page;
mod phrases;
mod prose;
mod signs;
#[cfg(test)]
mod tests;
mod whom;

use std::cell::LazyCell;

use super::{
    bytes::{cut, shorten},
    headers::Headers,
    limits::Limits,
    mime::{Part, Structure},
    transfer,
};
use crate::model::{
    ids::MessageId,
    message::{Bounce, BouncedRecipient, IncomingMessage},
    obstacle::Obstacle,
};
use page::Page;

/// A report on delivery.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) bounce: Bounce,
    /// Not given up yet.
    pub(super) is_delay: bool,
}

/// The most addresses kept of one report.
const RECIPIENTS_MAX: usize = 200;

/// How much of a text is looked at.
const TEXT_MAX: usize = 64 << 10;

/// How much of a part with fields is looked at.
const STATUS_MAX: usize = 1 << 20;

/// What a report says of one address, as it stands there.
#[derive(Debug, Clone, Default)]
struct Entry {
    address: String,
    original: Option<String>,
    action: Option<String>,
    status: Option<String>,
    diagnostic: Option<String>,
}

impl Entry {
    /// With the words of the text where the fields have none.
    fn finish(self, page: &Page<'_>) -> BouncedRecipient {
        let stated = self.diagnostic.as_deref().and_then(page::clean);
        let diagnostic = stated.or_else(|| {
            page.told(&self.address)
                .or_else(|| page.told(self.original.as_deref()?))
        });
        let said = diagnostic.as_deref().unwrap_or_default();
        BouncedRecipient {
            status: codes::status(self.status.as_deref(), said),
            address: self.address,
            original: self.original,
            action: self.action,
            diagnostic,
        }
    }

    /// Whether the mail did not get there: not `delivered`, `relayed` or `expanded`.
    fn is_failure(&self) -> bool {
        match self.action.as_deref() {
            Some("delivered" | "relayed" | "expanded") => false,
            Some(_) => true,
            None => !self.status.as_ref().is_some_and(|s| s.starts_with('2')),
        }
    }
}

/// Reads a delivery report; `None` where this mail is none.
pub(super) fn read(
    raw: &[u8],
    structure: &Structure,
    message: &IncomingMessage,
    text: &str,
) -> Option<Report> {
    let root = structure.parts.first()?;
    let text = shorten(text, TEXT_MAX);
    if let Some(notice::Notice::Failure(report, id)) = notice::read(&root.headers, text) {
        return Some(about(report, id, &[]));
    }
    if structure
        .parts
        .iter()
        .any(|p| p.is("message/feedback-report"))
    {
        return None;
    }
    let is_refused = is_refusal(&root.headers, message);
    if structure.parts.iter().any(is_receipt) && !is_refused {
        return None;
    }
    let copy = original::header(raw, structure);
    let status = contents(
        raw,
        structure,
        if is_refused { is_receipt } else { is_status },
    );
    let entries: Vec<Entry> = status.iter().flat_map(|c| fields::read(c)).collect();
    if entries.is_empty() || signs::is_handed_on(&root.headers, message) {
        let report = prose::read(&root.headers, structure, message, text, copy.as_ref())?;
        let is_empty = report.bounce.recipients.is_empty();
        let inner = is_empty.then(|| nested(raw, structure, message)).flatten();
        let id = || original::id(copy.as_ref(), &status, text, message);
        return inner.or_else(|| Some(about(report, id(), &status)));
    }
    // A report that only says that the mail arrived is no bounce.
    let report = by_fields(entries, &root.headers, text, is_refused)?;
    let id = original::id(copy.as_ref(), &status, text, message);
    Some(about(report, id, &status))
}

/// The mail that a receipt is about (RFC 8098, 3.2.5): as its fields say, or the copy that it returns.
pub(super) fn receipt_about(
    raw: &[u8],
    structure: &Structure,
    message: &IncomingMessage,
) -> Option<MessageId> {
    let fields = contents(raw, structure, is_receipt);
    let copy = original::header(raw, structure);
    original::id(copy.as_ref(), &fields, "", message)
}

fn about(mut report: Report, id: Option<MessageId>, status: &[Vec<u8>]) -> Report {
    report.bounce.original_message_id = id;
    report.bounce.envelope_id = original::envelope_id(status);
    report
}

/// Whether somebody's filter has refused the mail and says so with a receipt (RFC 5429, 2.2.2).
fn is_refusal(headers: &Headers, message: &IncomingMessage) -> bool {
    let is_said = headers
        .plain("auto-submitted")
        .is_some_and(|value| value.to_lowercase().contains("rejected"));
    let subject = message
        .subject
        .as_deref()
        .unwrap_or_default()
        .to_lowercase();
    is_said || subject.starts_with("automatically rejected mail")
}

/// The report that the fields make; `None` where no mail failed.
fn by_fields(
    entries: Vec<Entry>,
    headers: &Headers,
    text: &str,
    is_refused: bool,
) -> Option<Report> {
    let above = prose::above_copy(text);
    let page = LazyCell::new(|| Page::read(above));
    let mut recipients: Vec<BouncedRecipient> = Vec::new();
    let mut failed = entries.into_iter().filter(Entry::is_failure).peekable();
    failed.peek()?;
    for mut entry in failed.take(RECIPIENTS_MAX) {
        if !entry.address.contains('@') || entry.address.starts_with('@') {
            let better = whom::failed_header(headers)
                .into_iter()
                .chain(page.named.iter().map(|named| named.address.clone()))
                .next();
            entry.address = better.unwrap_or(entry.address);
        }
        if is_refused {
            entry.action = Some("failed".to_owned());
        }
        let is_known = recipients
            .iter()
            .any(|known| known.address.eq_ignore_ascii_case(&entry.address));
        if !is_known {
            recipients.push(entry.finish(&page));
        }
    }
    for one in recipients
        .iter_mut()
        .filter(|one| is_refused && one.status.is_none())
    {
        let said = one.diagnostic.as_deref().unwrap_or_default();
        let is_said = Obstacle::by_words(said).is_some();
        one.status = Some(if is_said {
            codes::by_words(said, false)
        } else {
            "5.7.1".to_owned()
        });
    }
    if let [only] = recipients.as_mut_slice() {
        refine(only, &page);
    }
    Some(judged(recipients))
}

/// A code elsewhere in the text is about the only address there is.
fn refine(only: &mut BouncedRecipient, page: &Page<'_>) {
    let is_empty = only.status.as_ref().is_none_or(|s| s.ends_with(".0.0"));
    let is_said = only.diagnostic.as_deref().is_some_and(codes::has_code);
    if is_empty && !is_said {
        let whole = page.whole();
        let same_class = |code: &&str| {
            only.status
                .as_ref()
                .is_none_or(|s| s.get(..1) == code.get(..1))
        };
        if let Some(code) = codes::best(&whole).filter(same_class) {
            only.status = Some(code.to_owned());
        }
    }
}

/// The report that another one, which names nobody itself, holds as its copy.
fn nested(raw: &[u8], structure: &Structure, message: &IncomingMessage) -> Option<Report> {
    let inner = original::bytes(raw, original::part(structure)?);
    let nested = Structure::read(&inner, &Limits::default());
    let status = contents(&inner, &nested, is_status);
    let entries: Vec<Entry> = status.iter().flat_map(|c| fields::read(c)).collect();
    let report = by_fields(entries, &nested.parts.first()?.headers, "", false)?;
    let copy = original::header(&inner, &nested);
    let id = original::id(copy.as_ref(), &status, "", message);
    Some(about(report, id, &status))
}

/// The report about `recipients`: a delay where nobody is given up, temporary where another try may succeed.
fn judged(recipients: Vec<BouncedRecipient>) -> Report {
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
            envelope_id: None,
        },
        is_delay,
    }
}

fn is_receipt(part: &Part) -> bool {
    part.is("message/disposition-notification")
}

fn is_status(part: &Part) -> bool {
    const TYPES: [&str; 4] = [
        "message/delivery-status",
        "message/global-delivery-status",
        "message/xdelivery-status",
        "message/delivery-report",
    ];
    TYPES.iter().any(|t| part.is(t))
}

/// What is in the parts that hold fields, decoded.
fn contents(raw: &[u8], structure: &Structure, is_meant: impl Fn(&Part) -> bool) -> Vec<Vec<u8>> {
    structure
        .parts
        .iter()
        .filter(|part| is_meant(part))
        .take(20)
        .map(|part| transfer::decode(cut(part.content(raw), 0, STATUS_MAX), part.encoding))
        .collect()
}
