//! Whether a mail is a report in prose at all: by who sends it, its subject and its text together.

use std::cell::LazyCell;

use super::phrases::{DELAYS, PHRASES, SUBJECTS};
use crate::{
    mail::read::{bytes::starts_with_ignore_case, headers::Headers, mime::Structure},
    model::message::IncomingMessage,
};

/// Whether sender, subject and text together are those of a delivery report.
pub(super) fn is_bounce(
    headers: &Headers,
    structure: &Structure,
    message: &IncomingMessage,
    text: &str,
) -> bool {
    let subject = message
        .subject
        .as_deref()
        .unwrap_or_default()
        .to_lowercase();
    let is_subject = SUBJECTS.iter().any(|words| subject.contains(words));
    // Nearly every mail is decided without its text: a long one is searched only where that matters.
    let lower = LazyCell::new(|| text.to_lowercase());
    let has_phrase = || PHRASES.iter().any(|words| lower.contains(words));
    let says = || has_phrase() || DELAYS.iter().any(|words| lower.contains(words));
    let is_answer = subject.starts_with("re:")
        || !message.references.is_empty()
            && message.reply_to.is_empty()
            && headers.has("user-agent");
    let is_null = message.return_path.as_deref() == Some("");
    let is_daemon = is_daemon(message);
    let is_report = structure
        .parts
        .first()
        .is_some_and(|p| p.is("multipart/report"))
        && report_type(structure) != "disposition-notification"
        && report_type(structure) != "feedback-report";
    let is_list = headers.has("list-id") || headers.has("list-post");
    let is_vacation = headers.has("x-autoreply")
        || headers
            .plain("precedence")
            .is_some_and(|p| p.contains("auto_reply"));
    if is_answer || is_vacation || (is_list && !is_daemon) {
        return headers.has("x-failed-recipients");
    }
    // A gateway with a name of its own: its subject begins like a report, and it answers nobody.
    let is_gateway = SUBJECTS.iter().any(|words| subject.starts_with(words))
        && message.in_reply_to.is_empty()
        && has_phrase();
    headers.has("x-failed-recipients")
        || (is_daemon && (is_subject || says()))
        || (is_null && is_subject && says())
        || (is_report && (is_subject || says()))
        || is_gateway
        || starts_with_ignore_case(text.trim_start(), "hi. this is the qmail-send program")
}

fn report_type(structure: &Structure) -> String {
    structure
        .parts
        .first()
        .and_then(|p| p.content_type.text("report-type"))
        .unwrap_or_default()
        .to_lowercase()
}

/// Whether a mail system writes, by address or by name.
fn is_daemon(message: &IncomingMessage) -> bool {
    let Some(from) = &message.from else {
        return true;
    };
    let address = from.address.to_lowercase();
    let name = from.name.as_deref().unwrap_or_default().to_lowercase();
    let local = address.split('@').next().unwrap_or_default();
    let path = message
        .return_path
        .as_deref()
        .unwrap_or_default()
        .to_lowercase();
    if path.starts_with("mailer-daemon@") || local.is_empty() {
        return true;
    }
    let squeezed: String = local.chars().filter(char::is_ascii_alphanumeric).collect();
    [
        "mailerdaemon",
        "postmaster",
        "maildaemon",
        "mdaemon",
        "maildelivery",
        "mailadmin",
        "microsoftexchange",
    ]
    .iter()
    .any(|word| squeezed.starts_with(word))
        || [
            "mail delivery",
            "mailer-daemon",
            "mailer daemon",
            "postmaster",
            "mail system",
            "mail administrator",
            "delivery subsystem",
            "system administrator",
            "системный администратор",
        ]
        .iter()
        .any(|words| name.contains(words))
}
