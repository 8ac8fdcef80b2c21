//! Reports that follow no standard: qmail, old Exchange, Exim and whoever writes prose. Addresses and codes are read
//! from the part above the copy of the original.

use super::{
    Entry, Report, address, codes, fields, judged, named, original,
    page::{Named, Page, Place},
    phrases::{COPIES, DELAYS, PERMANENT, is_in},
    signs::is_bounce,
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
    let found = addresses(headers, &page, text, message, copy);
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

/// The addresses of `X-Failed-Recipients` (Exim).
pub(super) fn failed_header(headers: &Headers) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for value in headers.values("x-failed-recipients") {
        for piece in String::from_utf8_lossy(value)
            .split([',', ' ', ';'])
            .take(NAMED_MAX)
        {
            let address = address::tidy(piece);
            if address.contains('@') && !found.contains(&address) {
                found.push(address);
            }
        }
    }
    found
}

/// Whom the report is about, and what each address was made of: by the header that says so, else by how the text names
/// them, the surest way first, else to whom the copy was addressed.
fn addresses(
    headers: &Headers,
    page: &Page<'_>,
    text: &str,
    message: &IncomingMessage,
    copy: Option<&Headers>,
) -> Vec<(String, Option<String>)> {
    let own: Vec<String> = message
        .from
        .iter()
        .chain(&message.to)
        .chain(&message.reply_to)
        .map(|a| a.address.to_lowercase())
        .collect();
    let known = failed_header(headers);
    if !known.is_empty() {
        let of = |address: &str| {
            let named = page
                .named
                .iter()
                .find(|n| n.address.eq_ignore_ascii_case(address));
            named.and_then(|named| named.original.clone())
        };
        return known
            .into_iter()
            .map(|address| (address.clone(), of(&address)))
            .collect();
    }
    let domain = message
        .from
        .as_ref()
        .and_then(|from| from.address.rsplit('@').next())
        .filter(|domain| domain.contains('.'));
    let in_place =
        |all: &[Named], place: Place, may_be_own: bool| -> Vec<(String, Option<String>)> {
            let is_foreign = |named: &&Named| {
                named.place == place && (may_be_own || !own.contains(&named.address.to_lowercase()))
            };
            let mut found: Vec<(String, Option<String>)> = Vec::new();
            for named in all.iter().filter(is_foreign).filter(|n| !is_service(n)) {
                let is_known = found
                    .iter()
                    .any(|(a, _)| a.eq_ignore_ascii_case(&named.address));
                if !is_known {
                    found.push((named.address.clone(), named.original.clone()));
                }
            }
            found
        };
    let bare = || -> Vec<(String, Option<String>)> {
        let names = domain.map(|domain| named::bare(page.lines(), domain));
        names.into_iter().flatten().map(|a| (a, None)).collect()
    };
    let below = || named::read(&text.lines().take(600).collect::<Vec<_>>());
    let sent_to = || {
        original::addressees(copy)
            .into_iter()
            .map(|a| (a, None))
            .collect()
    };
    let ways: [&dyn Fn() -> Vec<(String, Option<String>)>; 10] = [
        &|| in_place(&page.named, Place::Block, false),
        &|| in_place(&page.named, Place::Labelled, false),
        &|| in_place(&page.named, Place::Talk, false),
        &bare,
        &|| in_place(&page.named, Place::Within, false),
        &|| in_place(&page.named, Place::Echo, false),
        &|| in_place(&page.named, Place::Block, true),
        &sent_to,
        &|| in_place(&below(), Place::Echo, false),
        &|| in_place(&page.named, Place::Labelled, true),
    ];
    ways.iter()
        .map(|way| way())
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// Addresses that stand in reports to be turned to.
fn is_service(named: &Named) -> bool {
    const LOCALS: [&str; 6] = [
        "postmaster",
        "mailer-daemon",
        "abuse",
        "helpdesk",
        "support",
        "hostmaster",
    ];
    let local = named
        .address
        .split('@')
        .next()
        .unwrap_or_default()
        .to_lowercase();
    named.place > Place::Labelled && LOCALS.contains(&local.as_str())
}
