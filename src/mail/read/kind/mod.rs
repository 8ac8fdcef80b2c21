//! Who or what wrote this: a person, a machine, a list (RFC 3834 and the habits of the field, DOMAIN 4.2).
//!
//! Two questions with two answers: what sort of mail it is ([`Kind`], first match wins), and whether an automatic answer
//! may go out. The second is stricter: whatever speaks against it is a reason.

mod absence;
mod challenge;
mod refusals;
mod reports;
mod signs;
#[cfg(test)]
mod tests;

use super::{headers::Headers, mime::Structure};
use crate::model::message::{ABSENCE_WORDS, IncomingMessage, Kind};
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
    let is_away = absence::is_wording(&signs);
    message.kind = kind;
    if is_away {
        message.oddities.push(ABSENCE_WORDS.to_owned());
    }
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
    if reports::is_feedback(signs, structure) {
        return Kind::FeedbackReport;
    }
    if challenge::is_challenge(signs) {
        return Kind::Challenge;
    }
    if found.is_delay {
        return Kind::DelayNotice;
    }
    if found.is_bounce {
        return Kind::Bounce;
    }
    if reports::is_receipt(structure) || reports::is_receipt_in_prose(signs) {
        return Kind::ReadReceipt;
    }
    let is_list = is_list(signs);
    let is_auto = signs.value("auto-submitted").starts_with("auto-")
        || reports::is_delivery_report(structure);
    let is_answer = signs.value("auto-submitted").starts_with("auto-replied")
        || is_bulk_auto_reply(signs)
        || !is_list
            && (has("auto_reply_header") || has("auto_reply_subject") || has("absence_text"))
        || !is_list && has("null_return_path") && (has("precedence") || signs.is_answer());
    if found.is_meeting && !is_answer && !is_list {
        return Kind::Calendar;
    }
    if is_answer || is_auto && !is_list {
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

/// Whether the mail came through a list (RFC 2369, 2919).
fn is_list(signs: &Signs<'_>) -> bool {
    const NAMES: [&str; 6] = [
        "list-id",
        "list-post",
        "mailing-list",
        "x-mailing-list",
        "list-help",
        "list-subscribe",
    ];
    signs.headers.names().any(|name| NAMES.contains(&name))
        || signs.value("precedence").contains("list")
}

/// `Precedence: auto_reply` and its kin.
fn is_bulk_auto_reply(signs: &Signs<'_>) -> bool {
    ["precedence", "x-precedence", "preference"]
        .iter()
        .any(|name| signs.value(name).replace('-', "_").contains("auto_reply"))
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
