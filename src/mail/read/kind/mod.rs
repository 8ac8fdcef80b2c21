//! Who or what wrote this: a person, a machine, a list (RFC 3834 and the habits of the field, DOMAIN 4.2).
//!
//! Two questions with two answers: what sort of mail it is ([`Kind`], first match wins), and whether an automatic answer
//! may go out. The second is stricter: whatever speaks against it is a reason.

mod refusals;
mod signs;

use super::{headers::Headers, mime::Structure};
use crate::model::message::{IncomingMessage, Kind};
use refusals::CHECKS;
use signs::Signs;

/// What the other rooms of the reader have found.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Found {
    pub(super) is_bounce: bool,
    pub(super) is_delay: bool,
    pub(super) is_meeting: bool,
}

/// Sets `kind`, `answer_automatically` and `auto_reasons`.
pub(super) fn judge(
    message: &mut IncomingMessage,
    headers: &Headers,
    structure: &Structure,
    found: Found,
) {
    let signs = Signs { message, headers };
    let reasons: Vec<&'static str> = CHECKS
        .iter()
        .filter(|(_, holds)| holds(&signs))
        .map(|(code, _)| *code)
        .collect();
    let kind = kind(&signs, &reasons, structure, found);
    message.kind = kind;
    // An invitation is written by a person; the answer to one, a cancellation and the like by a program.
    let is_invitation = message
        .calendar
        .as_ref()
        .is_some_and(|c| c.method.as_deref() == Some("request"));
    let mut reasons: Vec<String> = reasons.into_iter().map(str::to_owned).collect();
    if let Some(code) = kind_reason(kind)
        && !(kind == Kind::Calendar && is_invitation)
        && !reasons.iter().any(|r| r == code)
    {
        reasons.push(code.to_owned());
    }
    message.answer_automatically = reasons.is_empty();
    message.auto_reasons = reasons;
}

fn kind(signs: &Signs<'_>, reasons: &[&str], structure: &Structure, found: Found) -> Kind {
    let has = |code: &str| reasons.contains(&code);
    let report = report_type(structure);
    if report == "disposition-notification"
        || has_part(structure, "message/disposition-notification")
    {
        return Kind::ReadReceipt;
    }
    if matches!(report.as_str(), "feedback-report")
        || has_part(structure, "message/feedback-report")
        || is_dmarc(signs)
    {
        return Kind::FeedbackReport;
    }
    if found.is_delay {
        return Kind::DelayNotice;
    }
    if found.is_bounce {
        return Kind::Bounce;
    }
    if is_challenge(signs) {
        return Kind::Challenge;
    }
    if is_read_receipt_subject(signs) {
        return Kind::ReadReceipt;
    }
    let is_list = signs.headers.names().any(|n| {
        matches!(
            n,
            "list-id"
                | "list-post"
                | "mailing-list"
                | "x-mailing-list"
                | "list-help"
                | "list-subscribe"
        )
    }) || signs.value("precedence").contains("list");
    let says_auto = signs.value("auto-submitted").starts_with("auto-")
        || has("auto_reply_header")
        || has("auto_reply_subject");
    let is_answer = signs.value("auto-submitted").starts_with("auto-replied")
        || ((has("auto_reply_header") || has("auto_reply_subject")) && !is_list);
    if found.is_meeting && !is_answer && !is_list {
        return Kind::Calendar;
    }
    if is_answer || (says_auto && !is_list) || is_bulk_auto_reply(signs) {
        return Kind::AutoReply;
    }
    if is_list {
        return Kind::List;
    }
    if has("precedence") || has("list_headers") || has("feedback_id") {
        return Kind::Bulk;
    }
    if found.is_meeting {
        Kind::Calendar
    } else {
        Kind::Human
    }
}

/// `Precedence: auto_reply` and its kin.
fn is_bulk_auto_reply(signs: &Signs<'_>) -> bool {
    ["precedence", "x-precedence", "preference"]
        .iter()
        .any(|name| signs.value(name).replace('-', "_").contains("auto_reply"))
}

fn report_type(structure: &Structure) -> String {
    structure
        .parts
        .iter()
        .find(|p| p.is("multipart/report"))
        .and_then(|p| p.content_type.text("report-type"))
        .unwrap_or_default()
        .to_ascii_lowercase()
}

fn has_part(structure: &Structure, media_type: &str) -> bool {
    structure.parts.iter().any(|p| p.is(media_type))
}

/// Aggregate reports (RFC 7489, 7.2.1.1; RFC 8460 for TLS).
fn is_dmarc(signs: &Signs<'_>) -> bool {
    let subject = signs.subject();
    (subject.starts_with("report domain:") || subject.starts_with("report domain "))
        && subject.contains("submitter")
        || signs.headers.has("tls-report-domain")
        || subject.starts_with("complaint about message from")
}

fn is_challenge(signs: &Signs<'_>) -> bool {
    let subject = signs.subject();
    signs.headers.has("x-tmda-fingerprint") && subject.contains("confirm")
        || [
            "please confirm your message",
            "confirm your email to",
            "verification of your email is required",
            "boxbe",
            "подтвердите, что вы не робот",
            "подтвердите отправку письма",
        ]
        .iter()
        .any(|words| subject.contains(words))
        || signs.headers.has("x-challenge-response")
        || signs.value("x-mailer").contains("tmda")
}

fn is_read_receipt_subject(signs: &Signs<'_>) -> bool {
    let subject = signs.subject();
    let is_receipt = [
        "read:",
        "прочтено:",
        "прочитано:",
        "gelesen:",
        "lu :",
        "leído:",
        "return receipt",
        "not read:",
        "не прочтено:",
    ]
    .iter()
    .any(|start| subject.starts_with(start));
    is_receipt && signs.message.return_path.as_deref() == Some("")
}

/// Why a mail of this kind gets no automatic answer, where its headers have not said so themselves.
const fn kind_reason(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Human => None,
        Kind::AutoReply => Some("auto_reply"),
        Kind::Bounce => Some("bounce"),
        Kind::DelayNotice => Some("delay_notice"),
        Kind::ReadReceipt => Some("read_receipt"),
        Kind::FeedbackReport => Some("feedback_report"),
        Kind::Challenge => Some("challenge"),
        Kind::List => Some("list"),
        Kind::Bulk => Some("bulk"),
        Kind::Calendar => Some("calendar"),
    }
}
