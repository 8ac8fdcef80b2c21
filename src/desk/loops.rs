//! Loop protection: which mails the desk does not take as somebody's request, and whom it never answers by machine
//! (RFC 3834, section 2; DOMAIN 4.2 and 4.6).

use super::{
    arrival::{Again, Arrival},
    decision::Given,
    reason::Reason,
    subject::tags_in,
    threading::is_open_to_all,
};
use crate::model::message::Kind;

/// More `Received` lines than any honest way needs (RFC 5321, 6.3 speaks of 100).
const RECEIVED_MAX: u32 = 50;

/// After so many desks in a row the mail is a loop.
const HOPS_MAX: u32 = 3;

/// What sort of treatment a mail gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Not taken at all: put aside, with the reason.
    Aside(Reason),
    /// A report about a mail of ours, or of somebody.
    Bounce,
    /// A machine's mail: joins a conversation it answers, else put aside.
    Machine,
    /// A person's mail, as far as anything shows, or that of a machine that may ask.
    Person,
}

/// Sorts a mail by its traces and its kind, before anybody asks who wrote it.
pub(super) fn sort(arrival: &Arrival, given: &Given<'_>) -> Sort {
    if is_ours(arrival, given) {
        return Sort::Aside(Reason::OwnMail);
    }
    if arrival.reading.marks.received > RECEIVED_MAX || hop(arrival) >= HOPS_MAX {
        return Sort::Aside(Reason::TooManyHops);
    }
    match arrival.reading.message.kind {
        Kind::Bounce | Kind::DelayNotice => Sort::Bounce,
        _ if arrival.automatic.is_some() => Sort::Person,
        Kind::AutoReply | Kind::ReadReceipt | Kind::FeedbackReport | Kind::Challenge => {
            Sort::Machine
        }
        Kind::Bulk => Sort::Machine,
        Kind::List if !is_addressed(arrival, given) && !is_open_to_all(arrival, given) => {
            Sort::Machine
        }
        Kind::Human | Kind::Calendar | Kind::List => Sort::Person,
    }
}

/// Whether we sent this very mail: it carries our mark, or a Message-ID that we signed, or what is left of it on its way
/// through a list or a forwarding program is still ours.
pub(super) fn is_ours(arrival: &Arrival, given: &Given<'_>) -> bool {
    let mark = |value: &String| value.split(';').next().unwrap_or("").trim() == given.instance;
    let id = arrival.reading.message.message_id.as_ref();
    arrival.reading.marks.okno_loop.iter().any(mark)
        || id.is_some_and(|id| given.key.verify(id).is_some())
        || is_in_our_words(arrival, given)
}

/// Whether a mail without our marks is ours by its looks: it comes from a mailbox of ours under the name its queue gives
/// itself, its subject bears a tag of ours, and outside any quote its words name the ticket as our letters do. People
/// who write from a shared mailbox do one of that, or two.
fn is_in_our_words(arrival: &Arrival, given: &Given<'_>) -> bool {
    let mail = &arrival.reading.message;
    let from = mail.from.as_ref().and_then(|from| from.parsed());
    let Some(mailbox) = from.and_then(|from| given.policy.mailbox_of(&from)) else {
        return false;
    };
    let name = mail.from.as_ref().and_then(|from| from.name.as_deref());
    let mut queues = given.policy.queues.values();
    let is_named = queues.any(|queue| {
        queue.mailbox == *mailbox && name.is_some_and(|name| name.ends_with(&queue.title))
    });
    let subject = mail.subject.as_deref().unwrap_or("");
    let says = |label: &str, tag: &str| {
        let signature = mail.signature.as_deref();
        let own = signature.into_iter().chain([arrival.new_text()]);
        own.flat_map(str::lines).any(|line| {
            let words = line.trim().trim_end_matches(['.', ',']);
            words.ends_with(label) || words.ends_with(tag) || words.contains(&format!("{label},"))
        })
    };
    is_named
        && tags_in(subject, given.key).iter().any(|number| {
            let mut prefixes = given.policy.queues.values().map(|queue| &queue.prefix);
            prefixes.any(|prefix| {
                let label = format!("{prefix}-{number}");
                let mut tags = given.key.tags(prefix, *number);
                tags.any(|tag| says(&label, &tag))
            })
        })
}

/// How many desks this mail has answered its way through: the highest `hop=` of its marks.
pub(super) fn hop(arrival: &Arrival) -> u32 {
    let hops = arrival.reading.marks.okno_loop.iter().filter_map(|value| {
        let (_, hop) = value.split_once("hop=")?;
        hop.trim().split(';').next()?.trim().parse().ok()
    });
    hops.max().unwrap_or(0)
}

/// Whether an address of ours stands in To or Cc. Mail to everybody (`all@`) is not addressed to us.
pub(super) fn is_addressed(arrival: &Arrival, given: &Given<'_>) -> bool {
    let mail = &arrival.reading.message;
    mail.to
        .iter()
        .chain(&mail.cc)
        .filter_map(|to| to.parsed())
        .any(|to| given.policy.mailbox_of(&to).is_some())
}

/// Whether nothing in the mail speaks against an automatic answer. What the administrator has let out of quarantine is no
/// spam, whatever the filter wrote on it.
fn may_be_answered(arrival: &Arrival) -> bool {
    let mail = &arrival.reading.message;
    let is_released = arrival.again == Some(Again::Released);
    mail.answer_automatically || is_released && mail.auto_reasons == ["spam"]
}

/// Why the author of this mail must not get an automatic answer; `None`: may.
pub(super) fn answer_forbidden(arrival: &Arrival, given: &Given<'_>) -> Option<Reason> {
    let mail = &arrival.reading.message;
    let Some(from) = arrival.from().and_then(|from| from.parsed()) else {
        return Some(Reason::NoAddress);
    };
    if let Some(automatic) = &arrival.automatic {
        // Whoever filled in a form asked; a machine that asks for itself did not.
        if automatic.requester.is_none() {
            return Some(Reason::AutomaticAnswerUnwanted);
        }
    } else if !may_be_answered(arrival) || mail.kind != Kind::Human && mail.kind != Kind::Calendar {
        return Some(Reason::AutomaticAnswerUnwanted);
    }
    if given.policy.mailbox_of(&from).is_some() {
        return Some(Reason::OwnAddress);
    }
    (!is_addressed(arrival, given)).then_some(Reason::NotAddressed)
}
