//! Reports that follow no standard: qmail, old Exchange, Exim and whoever writes prose. Addresses and codes are read
//! from the part above the copy of the original.

use super::{
    Entry, Report, codes, fields, judged,
    page::Page,
    phrases::{COPIES, DELAYS, PERMANENT, is_in},
    signs::is_bounce,
    whom::Search,
};
use crate::{
    mail::read::{headers::Headers, mime::Structure},
    model::message::{BouncedRecipient, IncomingMessage},
};

/// The most addresses taken from prose.
const NAMED_MAX: usize = 50;

/// Reads a report in prose; `None` where this mail is none, or tells only of mail that arrived.
pub(super) fn read(
    headers: &Headers,
    structure: &Structure,
    message: &IncomingMessage,
    text: &str,
    copy: Option<&Headers>,
) -> Option<Report> {
    if !is_bounce(headers, structure, message, text) {
        return None;
    }
    if let Some((above, stated)) = fields::read_text(text) {
        let page = Page::read(above_copy(above));
        let failed: Vec<Entry> = stated.into_iter().filter(Entry::is_failure).collect();
        let recipients: Vec<BouncedRecipient> = failed
            .into_iter()
            .take(NAMED_MAX)
            .map(|e| e.finish(&page))
            .collect();
        return (!recipients.is_empty()).then(|| judged(recipients));
    }
    let above = above_copy(text);
    let page = Page::read(above);
    let is_delay = is_delay(above, message);
    let search = Search {
        page: &page,
        text,
        message,
        copy,
    };
    let found = search.run(headers);
    let is_alone = found.len() == 1;
    let recipients = found
        .into_iter()
        .take(NAMED_MAX)
        .map(|(address, original)| {
            let mut diagnostic = page.told(&address);
            if diagnostic.is_none() && is_alone {
                diagnostic = page.told_at_all();
            }
            let said = diagnostic.as_deref().unwrap_or_default();
            let whole = if is_alone {
                page.whole()
            } else {
                String::new()
            };
            let status = codes::status(None, said)
                .or_else(|| codes::status(None, &whole))
                .unwrap_or_else(|| {
                    let by_words = codes::by_words(said, is_delay);
                    if by_words.ends_with(".0.0") {
                        codes::by_words(&whole, is_delay)
                    } else {
                        by_words
                    }
                });
            let action = if is_delay { "delayed" } else { "failed" };
            BouncedRecipient {
                address,
                original,
                action: Some(action.to_owned()),
                status: Some(status),
                diagnostic,
            }
        })
        .collect();
    let mut report = judged(recipients);
    report.is_delay = is_delay;
    Some(report)
}

/// Whether the text says that the mail is still tried.
fn is_delay(above: &str, message: &IncomingMessage) -> bool {
    let subject = message.subject.as_deref().unwrap_or_default();
    let said = format!("{subject}\n{above}").to_lowercase();
    let says = |list| is_in(list, &said, |text, words| text.contains(words));
    says(DELAYS) && !says(PERMANENT)
}

/// The text above the copy of the mail that failed.
pub(super) fn above_copy(text: &str) -> &str {
    /// The longest line that may announce a copy in the middle of itself.
    const LINE_MAX: usize = 90;
    let mut at = 0_usize;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches(['>', ' ', '\t', '|']);
        let is_short = bare.len() <= LINE_MAX;
        let is_copy = at > 0 && !bare.trim().is_empty() && {
            let lower = bare.to_lowercase();
            is_in(COPIES, &lower, |line, words| {
                line.starts_with(words) || is_short && !words.ends_with(':') && line.contains(words)
            })
        };
        if is_copy {
            return text.get(..at).unwrap_or(text);
        }
        at = at.saturating_add(line.len());
    }
    text
}
