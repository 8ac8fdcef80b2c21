//! The header of a mail of ours (RFC 5322; RFC 3834 for automatic ones), and the `X-Okno-*` fields that people's
//! mail rules can use.

use jiff::{Timestamp, fmt::rfc2822};
use lettre::message::header::{HeaderName, HeaderValue, Headers};

use super::{Stamp, words};
use crate::{
    mail::render::Letter,
    model::{
        ids::MessageId,
        outgoing::{
            ArticleLetter, AutoSubmitted, Body, FoundArticles, FoundTickets, HeadLetter, HelpList,
            LateLetter, OutgoingMail, TicketFacts,
        },
    },
};

/// How many of the oldest ids `References` keeps when it is long.
const REFERENCES_FIRST: usize = 2;
/// How many of the newest ids `References` keeps when it is long.
const REFERENCES_LAST: usize = 10;

/// The longest Message-ID that is repeated, in octets: longer ones would break the limit of a line.
const ID_BYTES_MAX: usize = 900;

/// All header fields up to the MIME ones of the body.
pub(super) fn of(mail: &OutgoingMail, letter: &Letter, stamp: &Stamp) -> Headers {
    let mut headers = Headers::new();
    people(&mut headers, mail);
    put(
        &mut headers,
        "Subject",
        words::unstructured("Subject", &letter.subject),
    );
    put(&mut headers, "Date", date(stamp));
    thread(&mut headers, mail);
    index(&mut headers, mail, letter);
    put(&mut headers, "MIME-Version", "1.0".to_owned());
    put(
        &mut headers,
        "Content-Language",
        mail.language.code().to_owned(),
    );
    automatic(&mut headers, mail.auto_submitted);
    own(&mut headers, mail, stamp);
    headers
}

fn people(headers: &mut Headers, mail: &OutgoingMail) {
    let from = std::slice::from_ref(&mail.from);
    for (name, given) in [("From", from), ("To", &mail.to), ("Cc", &mail.cc)] {
        if let Some(value) = words::addresses(name, given) {
            put(headers, name, value);
        }
    }
}

fn thread(headers: &mut Headers, mail: &OutgoingMail) {
    put(headers, "Message-ID", format!("<{}>", mail.message_id));
    if let Some(id) = mail.in_reply_to.as_ref().filter(|id| is_sound(id)) {
        put(headers, "In-Reply-To", format!("<{id}>"));
    }
    let ids: Vec<String> = mail
        .references
        .iter()
        .filter(|id| is_sound(id))
        .map(|id| format!("<{id}>"))
        .collect();
    let skipped_to = ids.len().saturating_sub(REFERENCES_LAST);
    let kept: Vec<String> = (0..)
        .zip(ids)
        .filter(|(at, _)| *at < REFERENCES_FIRST || *at >= skipped_to)
        .map(|(_, id)| id)
        .collect();
    if !kept.is_empty() {
        put(headers, "References", kept.join("\r\n "));
    }
}

/// What Outlook and Exchange go by (MS-OXOMSG, 2.2.1.2 and 2.2.1.3): the subject without its prefix, and the index.
fn index(headers: &mut Headers, mail: &OutgoingMail, letter: &Letter) {
    let Some(index) = &mail.thread_index else {
        return;
    };
    let subject = letter.subject.as_str();
    let topic = subject.strip_prefix("Re: ").unwrap_or(subject);
    put(
        headers,
        "Thread-Topic",
        words::unstructured("Thread-Topic", topic),
    );
    put(headers, "Thread-Index", index.clone());
}

/// Whether an id, which others may have made, can be repeated without harm to the header.
fn is_sound(id: &MessageId) -> bool {
    let id = id.as_str();
    !id.is_empty()
        && id.len() <= ID_BYTES_MAX
        && id
            .chars()
            .all(|c| c.is_ascii_graphic() && c != '<' && c != '>')
}

/// RFC 3834, section 5, and what Exchange wants to hear instead: both ask programs not to answer.
fn automatic(headers: &mut Headers, auto_submitted: AutoSubmitted) {
    let value = match auto_submitted {
        AutoSubmitted::No => return,
        AutoSubmitted::Replied => "auto-replied",
        AutoSubmitted::Generated => "auto-generated",
    };
    put(headers, "Auto-Submitted", value.to_owned());
    put(headers, "X-Auto-Response-Suppress", "All".to_owned());
}

fn own(headers: &mut Headers, mail: &OutgoingMail, stamp: &Stamp) {
    let is_token = |c: &char| c.is_ascii_graphic() && *c != ';';
    let instance: String = stamp.instance.chars().filter(is_token).take(200).collect();
    put(
        headers,
        "X-Okno-Loop",
        format!("{instance}; hop={}", mail.hop),
    );
    let facts = facts(&mail.body);
    if let Some(facts) = facts {
        put(
            headers,
            "X-Okno-Ticket",
            words::unstructured("X-Okno-Ticket", &facts.label),
        );
    }
    if let Some(queue) = &mail.queue {
        put(
            headers,
            "X-Okno-Queue",
            words::unstructured("X-Okno-Queue", queue.as_str()),
        );
    }
    if let Some(list) = &mail.list_id {
        put(headers, "List-Id", format!("<{list}>"));
    }
    put(headers, "X-Okno-Event", mail.body.template().to_owned());
    if let Some(due) = facts.and_then(|facts| facts.due.as_ref()) {
        put(headers, "X-Okno-Due", whole_seconds(due.at).to_string());
    }
    if is_important(&mail.body) {
        put(headers, "Importance", "high".to_owned());
    }
}

/// Whether a mail must not lie unread.
fn is_important(body: &Body) -> bool {
    let is_emergency = matches!(body, Body::Head(letter) if letter.what == "emergency");
    is_emergency || matches!(body, Body::Alarm { .. } | Body::Late(_))
}

/// The ticket a mail is about.
const fn facts(body: &Body) -> Option<&TicketFacts> {
    match body {
        Body::Acknowledgement { ticket, .. }
        | Body::Card { ticket, .. }
        | Body::FollowUp { ticket, .. }
        | Body::Reply { ticket, .. }
        | Body::Resolution { ticket, .. }
        | Body::Nps { ticket }
        | Body::News { ticket, .. }
        | Body::Transcript { ticket, .. }
        | Body::Help(HelpList { ticket, .. })
        | Body::Found(FoundTickets { ticket, .. })
        | Body::FoundArticles(FoundArticles { ticket, .. })
        | Body::Late(LateLetter { ticket, .. })
        | Body::ArticleDraft(ArticleLetter { ticket, .. })
        | Body::Head(HeadLetter { ticket, .. })
        | Body::Original { ticket, .. } => Some(ticket),
        Body::Told { own, .. } => Some(&own.ticket),
        Body::Undone(undone) => Some(&undone.ticket),
        Body::Why(why) => Some(&why.ticket),
        Body::Crossed(crossed) => Some(&crossed.ticket),
        Body::EscalationQuestion(letter) | Body::Escalation(letter) => Some(&letter.ticket),
        Body::Whose(question) => Some(&question.ticket),
        Body::Undelivered { ticket, .. } => ticket.as_ref(),
        Body::Challenge { .. }
        | Body::Forms(_)
        | Body::Offer(_)
        | Body::Refusal(_)
        | Body::OfferAnswer { .. }
        | Body::Digest { .. }
        | Body::Queue(_)
        | Body::Passport(_)
        | Body::Payroll(_)
        | Body::PayFile(_)
        | Body::Report(_)
        | Body::Weekly(_)
        | Body::Monthly(_)
        | Body::Director(_)
        | Body::IdleRules(_)
        | Body::Tried(_)
        | Body::WorkList(_)
        | Body::WorkListAnswer(_)
        | Body::Duty(_)
        | Body::Quarantine(_)
        | Body::QuarantineAnswer(_)
        | Body::Alarm { .. } => None,
    }
}

fn whole_seconds(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

/// RFC 5322 cannot say years before 1900 or after 9999; okno's clock cannot show such.
fn date(stamp: &Stamp) -> String {
    let zoned = whole_seconds(stamp.at).to_zoned(stamp.zone.clone());
    rfc2822::to_string(&zoned).unwrap_or_else(|_| "Thu, 1 Jan 1970 00:00:00 +0000".to_owned())
}

/// `value` must be folded and free of stray line ends: it comes from `words` or is checked here. An empty field is
/// left out (RFC 5322 wants something in each).
fn put(headers: &mut Headers, name: &'static str, value: String) {
    if value.is_empty() {
        return;
    }
    let name = HeaderName::new_from_ascii_str(name);
    headers.insert_raw(HeaderValue::dangerous_new_pre_encoded(
        name,
        String::new(),
        value,
    ));
}
