//! Reports that a sending service writes in JSON (Amazon SES, by way of its notification service).

use serde_json::Value;

use super::{Entry, Report, judged};
use crate::{
    mail::read::{bytes::shorten, headers::Headers, ids},
    model::ids::MessageId,
};

/// How much JSON is read.
const JSON_MAX: usize = 256 << 10;

/// What such a notice tells.
#[derive(Debug)]
pub(in crate::mail::read) enum Notice {
    /// Mails that failed.
    Failure(Report, Option<MessageId>),
    /// Somebody called a mail spam.
    Complaint,
}

/// Reads a notice; `None` where this mail is none. A person may paste one: only the service's own headers count.
pub(in crate::mail::read) fn read(headers: &Headers, text: &str) -> Option<Notice> {
    let is_service = headers.names().any(|name| name.starts_with("x-amz-sns-"));
    let text = text.trim_start();
    if !is_service || !text.starts_with('{') {
        return None;
    }
    // It is one line, which mail servers may have broken, some with a mark.
    let whole = shorten(text, JSON_MAX)
        .replace("!\n ", "")
        .replace('\n', "");
    let outer = first_value(&whole)?;
    let inner = outer
        .get("Message")
        .and_then(Value::as_str)
        .and_then(first_value);
    let notice = inner.unwrap_or(outer);
    let kind = notice
        .get("notificationType")
        .or_else(|| notice.get("eventType"))
        .and_then(Value::as_str)?;
    let (list, is_delay) = match kind {
        "Bounce" => ("/bounce/bouncedRecipients", false),
        "DeliveryDelay" => ("/deliveryDelay/delayedRecipients", true),
        "Complaint" => return Some(Notice::Complaint),
        _ => return None,
    };
    let is_passing = is_delay
        || notice.pointer("/bounce/bounceType").and_then(Value::as_str) == Some("Transient");
    let recipients: Vec<Entry> = notice
        .pointer(list)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|one| entry(one, is_delay, is_passing))
        .collect();
    let page = super::page::Page::read("");
    let recipients = recipients
        .into_iter()
        .map(|entry| entry.finish(&page))
        .collect();
    let mut report = judged(recipients);
    report.is_delay |= is_delay;
    Some(Notice::Failure(report, original(&notice)))
}

/// The first JSON value of a text: the service puts words of its own below.
fn first_value(text: &str) -> Option<Value> {
    serde_json::Deserializer::from_str(text)
        .into_iter::<Value>()
        .next()?
        .ok()
}

fn entry(one: &Value, is_delay: bool, is_passing: bool) -> Option<Entry> {
    let text = |name: &str| one.get(name).and_then(Value::as_str).map(str::to_owned);
    let status = text("status").filter(|status| !status.is_empty());
    let class = if is_passing { '4' } else { '5' };
    let action = if is_delay { "delayed" } else { "failed" };
    Some(Entry {
        address: super::address::of_field(&text("emailAddress")?),
        original: None,
        action: text("action").or_else(|| Some(action.to_owned())),
        status: status.or_else(|| Some(format!("{class}.0.0"))),
        diagnostic: text("diagnosticCode").map(|said| {
            said.strip_prefix("smtp; ")
                .map_or_else(|| said.clone(), str::to_owned)
        }),
    })
}

/// The Message-ID that the mail had when it was given to the service, else the service's own.
fn original(notice: &Value) -> Option<MessageId> {
    let common = notice
        .pointer("/mail/commonHeaders/messageId")
        .and_then(Value::as_str);
    let listed = || {
        let headers = notice.pointer("/mail/headers")?.as_array()?;
        headers
            .iter()
            .find(|header| {
                let name = header.get("name").and_then(Value::as_str);
                name.is_some_and(|name| name.eq_ignore_ascii_case("message-id"))
            })?
            .get("value")?
            .as_str()
    };
    common
        .or_else(listed)
        .or_else(|| notice.pointer("/mail/messageId").and_then(Value::as_str))
        .and_then(ids::first)
}
