//! Bounces that follow no standard: qmail, old Exchange, Exim and whoever writes prose. Told by who sends them and by
//! what they say; addresses and codes are read from the part above the copy of the original.

use super::{
    Report,
    codes::{by_reply_code, by_words, enhanced},
    judged,
    named::{addressees, failed_header, named},
    phrases::{COPIES, DELAYS},
    signs::is_bounce,
};
use crate::{
    mail::read::{bytes::shorten, headers::Headers, mime::Structure},
    model::message::{BouncedRecipient, IncomingMessage},
};

/// Reads a report in prose; `None` where this mail is none.
pub(super) fn read(
    headers: &Headers,
    structure: &Structure,
    message: &IncomingMessage,
    text: &str,
    original: Option<&Headers>,
) -> Option<Report> {
    let said = shorten(text, 64 << 10);
    if !is_bounce(headers, structure, message, said) {
        return None;
    }
    let above = above_copy(said);
    let mut found = failed_header(headers);
    if found.is_empty() {
        found = named(above, message);
    }
    if found.is_empty() {
        found = named(said, message);
    }
    if found.is_empty() {
        found = addressees(original);
    }
    let is_delay = DELAYS
        .iter()
        .any(|words| above.to_lowercase().contains(words));
    let recipients = found
        .into_iter()
        .take(50)
        .map(|address| {
            let diagnostic = diagnostic(above, &address);
            let status = diagnostic
                .as_deref()
                .and_then(|d| enhanced(d).or_else(|| by_reply_code(d)))
                .or_else(|| enhanced(above))
                .or_else(|| by_reply_code(above))
                .or_else(|| is_delay.then(|| "4.0.0".to_owned()))
                .or_else(|| by_words(&above.to_lowercase()));
            let action = if is_delay { "delayed" } else { "failed" };
            BouncedRecipient {
                address,
                action: Some(action.to_owned()),
                status,
                diagnostic,
            }
        })
        .collect();
    let mut report = judged(recipients);
    report.is_delay = is_delay;
    Some(report)
}

fn above_copy(text: &str) -> &str {
    let mut at = 0_usize;
    for line in text.split_inclusive('\n') {
        let lower = line
            .trim_start_matches(['>', ' ', '\t', '|'])
            .to_lowercase();
        let is_copy = COPIES.iter().any(|words| {
            lower.starts_with(words)
                || (!words.ends_with(':')
                    && lower.contains(words)
                    && !words.starts_with("received"))
        });
        if is_copy && at > 0 {
            return text.get(..at).unwrap_or(text);
        }
        at = at.saturating_add(line.len());
    }
    text
}

/// What the report says about `address`: the lines from it to the next empty one, on one line.
fn diagnostic(text: &str, address: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().position(|line| line.contains(address))?;
    let mut said: Vec<&str> = Vec::new();
    for line in lines.iter().skip(at).take(12) {
        let is_blank = line.trim().is_empty();
        if is_blank && said.len() > 1 {
            break;
        }
        if !is_blank {
            said.push(line.trim());
        }
    }
    let joined = said.join(" ");
    let joined = joined
        .strip_prefix(&format!("<{address}>"))
        .unwrap_or(&joined);
    let joined = joined.trim_start_matches([':', ' ']).trim();
    (!joined.is_empty()).then(|| shorten(joined, 1000).to_owned())
}
