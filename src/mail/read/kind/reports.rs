//! Reports that are about mail and are no bounces: receipts, complaints, authentication reports.

use super::signs::Signs;
use crate::mail::read::{
    bounce::notice::{self, Notice},
    mime::Structure,
};

/// The `report-type` of a `multipart/report` (RFC 6522), lower case; empty where the mail is none.
pub(super) fn report_type(structure: &Structure) -> String {
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

/// A disposition notification (RFC 8098).
pub(super) fn is_receipt(structure: &Structure) -> bool {
    report_type(structure) == "disposition-notification"
        || has_part(structure, "message/disposition-notification")
}

/// A report by the standard on mail that arrived, was relayed or expanded (RFC 3464).
pub(super) fn is_delivery_report(structure: &Structure) -> bool {
    let is_root = structure
        .parts
        .first()
        .is_some_and(|p| p.is("multipart/report"));
    is_root && report_type(structure) == "delivery-status"
}

/// A complaint (RFC 5965), an aggregate report (RFC 7489, 8460), or a request to be written to no more that a mail
/// program made.
pub(super) fn is_feedback(signs: &Signs<'_>, structure: &Structure) -> bool {
    report_type(structure) == "feedback-report"
        || has_part(structure, "message/feedback-report")
        || has_part(structure, "application/tlsrpt+gzip")
        || has_part(structure, "application/tlsrpt+json")
        || signs.headers.has("tls-report-domain")
        || signs.headers.has("x-apple-unsubscribe")
        || is_aggregate(signs)
        || signs.subject().starts_with("complaint about message from")
        || matches!(
            notice::read(
                signs.headers,
                signs.message.text.as_deref().unwrap_or_default()
            ),
            Some(Notice::Complaint)
        )
}

/// An aggregate report on DMARC or TLS, by its subject or by its file: `mx.test!uni.test!1700000000!1700086400.xml.gz`
/// (RFC 7489, 7.2.1.1).
fn is_aggregate(signs: &Signs<'_>) -> bool {
    let subject = signs.subject();
    let is_named = subject.contains("report domain:") || subject.contains("report domain ");
    let has_file = signs.message.attachments.iter().any(|attachment| {
        attachment.name.as_ref().is_some_and(|name| {
            let name = name.to_lowercase();
            let is_packed = [".xml", ".xml.gz", ".zip", ".gz", ".json.gz", ".xml.zip"]
                .iter()
                .any(|end| name.ends_with(end));
            is_packed && name.matches('!').count() >= 3
        })
    });
    is_named && (subject.contains("submitter") || subject.contains("report-id")) || has_file
}

/// How programs begin the subject of a receipt: Outlook in its languages, Notes.
const RECEIPTS: &str = "read:|not read:|прочтено:|прочитано:|не прочтено:|не прочитано:|gelesen:|nicht gelesen:|\
    ungelesen:|lu :|lu:|non lu :|leído:|no leído:|letto:|non letto:|lido:|não lido:|przeczytano:|\
    nieprzeczytane:|přečteno:|nepřečteno:|gelezen:|niet gelezen:|läst:|lest:|læst:|luettu:|okundu:|\
    已读:|未读:|開封済み:|未開封:|return receipt|read receipt|disposition notification|уведомление о прочтении|\
    отчет о прочтении|отчёт о прочтении|подтверждение прочтения";

/// What the text of a receipt says.
const READ: &str = "was read on|has been read|was deleted without being read|was displayed on|было прочитано|\
    было прочтено|прочитано|прочтено|удалено без прочтения|wurde am|gelesen am|a été lu|fue leído";

/// A receipt that Outlook or Notes wrote in prose.
pub(super) fn is_receipt_in_prose(signs: &Signs<'_>) -> bool {
    let subject = signs.subject();
    if !RECEIPTS.split('|').any(|start| subject.starts_with(start)) {
        return false;
    }
    let text = signs.text(2000);
    let says = || READ.split('|').any(|words| text.contains(words));
    signs.message.return_path.as_deref() == Some("") || says()
}
