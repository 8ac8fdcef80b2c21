//! Whether a mail is a report at all: by who sends it, its subject and its text together.
//!
//! People write about reports, quote and forward them; so words alone are never enough: a mail system must be seen.

use std::cell::LazyCell;

use super::{
    original,
    phrases::{DELAYS, PHRASES, SUBJECTS, is_in},
};
use crate::{
    mail::read::{headers::Headers, mime::Structure},
    model::message::IncomingMessage,
};

/// Whether sender, subject and text together are those of a delivery report.
pub(super) fn is_bounce(
    headers: &Headers,
    structure: &Structure,
    message: &IncomingMessage,
    text: &str,
) -> bool {
    let subject = subject(message);
    let is_subject = is_in(SUBJECTS, &subject, |text, words| text.contains(words));
    // Nearly every mail is decided without its text: a long one is searched only where that matters.
    let lower = LazyCell::new(|| text.to_lowercase());
    let has_phrase = || is_in(PHRASES, &lower, |text, words| text.contains(words));
    let has_fields = || lower.contains("final-recipient:") && lower.contains("action:");
    let says = || {
        has_phrase() || is_in(DELAYS, &lower, |text, words| text.contains(words)) || has_fields()
    };
    // A list's program says why it passed a mail to nobody.
    let is_list_program = headers.has("x-mlserver") && lower.contains("original mail as follows");
    if headers.has("x-failed-recipients") || is_list_program {
        return true;
    }
    let is_daemon = is_daemon(message);
    if is_answer(headers, message, &subject) || is_vacation(headers) {
        return is_robots_answer(message, &subject) && has_phrase();
    }
    let is_list = headers.has("list-id") || headers.has("list-post");
    if is_list && !(is_daemon || is_for_the_list_owner(message) && is_subject) {
        return false;
    }
    let is_null = message.return_path.as_deref() == Some("");
    let is_gateway =
        is_machine(message) && is_in(SUBJECTS, &subject, |text, words| text.starts_with(words));
    is_daemon && (says() || is_subject && !is_postmaster_only(message))
        || is_null && (is_subject && says() || original::part(structure).is_some() && has_phrase())
        || is_null && has_fields()
        || is_report(structure) && (is_subject || says())
        || (is_gateway || is_for_the_list_owner(message) && is_subject) && has_phrase()
}

fn subject(message: &IncomingMessage) -> String {
    message
        .subject
        .as_deref()
        .unwrap_or_default()
        .to_lowercase()
}

/// Whether a person seems to hand a report on: such a mail may hold the very parts of one.
pub(super) fn is_handed_on(headers: &Headers, message: &IncomingMessage) -> bool {
    const FORWARDS: &str = "fw:|fwd:|tr:|wg:|rv:|vs:|пересл|fwd: |переадрес|turn:|i:|转发";
    let subject = subject(message);
    let is_forward = is_in(FORWARDS, subject.trim_start(), |text, words| {
        text.starts_with(words)
    });
    let is_answer = is_answer(headers, message, &subject) && !is_daemon(message);
    (is_forward || is_answer) && message.return_path.as_deref() != Some("")
}

/// Whether the mail answers another one as people do.
fn is_answer(headers: &Headers, message: &IncomingMessage, subject: &str) -> bool {
    subject.starts_with("re:")
        || !message.references.is_empty()
            && message.reply_to.is_empty()
            && headers.has("user-agent")
}

/// Whether a program has put its verdict behind the subject of the mail it could not deliver.
fn is_robots_answer(message: &IncomingMessage, subject: &str) -> bool {
    let bare = subject
        .trim_start_matches("re:")
        .trim_matches([')', ']', '.', '!', ' ']);
    // Who answers a report has its verdict in front.
    let is_verdict = is_in(SUBJECTS, bare, |text, words| {
        text.strip_suffix(words)
            .is_some_and(|rest| !rest.trim().is_empty())
    });
    is_verdict && message.in_reply_to.is_empty() && message.references.is_empty()
}

fn is_vacation(headers: &Headers) -> bool {
    headers.has("x-autoreply")
        || headers
            .plain("precedence")
            .is_some_and(|p| p.contains("auto_reply"))
}

fn is_report(structure: &Structure) -> bool {
    structure.parts.first().is_some_and(|root| {
        let kind = root.content_type.text("report-type").unwrap_or_default();
        root.is("multipart/report")
            && !kind.eq_ignore_ascii_case("disposition-notification")
            && !kind.eq_ignore_ascii_case("feedback-report")
    })
}

/// Whether the mail went to those who look after a list: there is what a list's reports are sent to, not its talk.
fn is_for_the_list_owner(message: &IncomingMessage) -> bool {
    message.to.iter().any(|to| {
        let local = to.address.split('@').next().unwrap_or_default();
        ["-admin", "-bounces", "-owner"]
            .iter()
            .any(|end| local.ends_with(end))
    })
}

/// Whether a mail system writes, by address or by name.
pub(super) fn is_daemon(message: &IncomingMessage) -> bool {
    const LOCALS: &str =
        "mailerdaemon|postmaster|maildaemon|mdaemon|maildelivery|mailadmin|microsoftexchange";
    const NAMES: &str = "mail delivery|mailer-daemon|mailer daemon|postmaster|mail system|mail administrator|\
        delivery subsystem|system administrator|microsoft outlook|системный администратор|администратор почты|\
        служба доставки|почтовая система";
    let Some(from) = &message.from else {
        return true;
    };
    let name = from.name.as_deref().unwrap_or_default().to_lowercase();
    let path = message
        .return_path
        .as_deref()
        .unwrap_or_default()
        .to_lowercase();
    let local = local_part(message);
    if path.starts_with("mailer-daemon") || local.is_empty() {
        return true;
    }
    let squeezed: String = local.chars().filter(char::is_ascii_alphanumeric).collect();
    is_in(LOCALS, &squeezed, |text, words| text.starts_with(words))
        || is_in(NAMES, &name, |text, words| text.contains(words))
}

/// A postmaster may be a person, who writes about the mail of the house.
fn is_postmaster_only(message: &IncomingMessage) -> bool {
    local_part(message).starts_with("postmaster") && message.return_path.as_deref() != Some("")
}

/// Whether the sender's address is that of a program: `imss`, `smtp-gateway`, `E500_SMTP_Mail_Service`.
fn is_machine(message: &IncomingMessage) -> bool {
    const WORDS: [&str; 22] = [
        "mailer",
        "smtp",
        "imss",
        "antivirus",
        "virus",
        "gateway",
        "gw",
        "daemon",
        "delivery",
        "server",
        "service",
        "notification",
        "notify",
        "noreply",
        "reply",
        "robot",
        "exchange",
        "mta",
        "filter",
        "system",
        "sysadmin",
        "scanner",
    ];
    let local = local_part(message);
    local
        .split(|c: char| !c.is_ascii_alphabetic())
        .any(|word| WORDS.contains(&word))
}

fn local_part(message: &IncomingMessage) -> String {
    message
        .from
        .as_ref()
        .map(|from| from.address.to_lowercase())
        .and_then(|address| address.split('@').next().map(str::to_owned))
        .unwrap_or_default()
}
