//! The form that a mail is of as it arrives.

use jiff::civil::DateTime;

use super::{
    arrival::Arrival,
    forms::{Filled, recognise, title_of},
    policy::Policy,
};
use crate::model::{ids::QueueName, language::Language};

/// The form that a mail is of, and what it says; `None`: it is of none.
#[must_use]
pub fn of_arrival(arrival: &Arrival, policy: &Policy) -> Option<Filled> {
    if policy.forms.is_empty() {
        return None;
    }
    let mail = &arrival.reading.message;
    let subject = mail.subject.as_deref().unwrap_or_default();
    let whole = mail.text.as_deref().unwrap_or_default();
    let texts = (subject, arrival.new_text(), whole);
    recognise(&policy.forms, texts, wall_time(arrival, policy))
}

/// The queue that answers the form that a mail is of.
#[must_use]
pub fn queue_of<'a>(arrival: &Arrival, policy: &'a Policy) -> Option<&'a QueueName> {
    let filled = of_arrival(arrival, policy)?;
    let queue = &policy.forms.get(&filled.form)?.queue;
    policy.queues.get_key_value(queue).map(|(name, _)| name)
}

/// What a mail says in a form: titles as the configuration has them, and values, choices as it has them. Nothing where the
/// mail is of no form.
#[must_use]
pub fn fields(arrival: &Arrival, policy: &Policy) -> Vec<(String, String)> {
    let Some(filled) = of_arrival(arrival, policy) else {
        return Vec::new();
    };
    let form = policy.forms.get(&filled.form);
    let said = filled
        .fields
        .into_iter()
        .filter(|(_, value)| !value.is_blank());
    said.map(|(name, value)| (title_of(form, &name, Language::Ru), value.into()))
        .collect()
}

/// The time on the wall where a mail came in, for days without a year.
#[must_use]
pub fn wall_time(arrival: &Arrival, policy: &Policy) -> DateTime {
    let mailbox = policy.mailboxes.get(&arrival.mailbox);
    let queue = mailbox.and_then(|mailbox| policy.queues.get(&mailbox.queue));
    queue.map_or_else(
        || jiff::tz::TimeZone::UTC.to_datetime(arrival.at),
        |queue| queue.calendar.zone().to_datetime(arrival.at),
    )
}
