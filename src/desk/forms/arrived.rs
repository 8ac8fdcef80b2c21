//! The form that a mail is of as it arrives, and what an answer says of one.

use jiff::civil::DateTime;

use super::{
    FieldKind, Filled, FormPolicy,
    fields::missing,
    recognise::{is_polite, named, recognise},
    value::check,
};
use crate::{
    desk::{arrival::Arrival, command::is_thanks, policy::Policy},
    model::{
        form::FilledForm,
        ids::{FieldName, QueueName},
        language::Language,
        text::Text,
    },
};

/// The longest text that may be a value without its title, in characters.
const BARE_VALUE_MAX: usize = 120;

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
    said.map(|(name, value)| (super::title_of(form, &name, Language::Ru), value.into()))
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

/// What a later mail of a ticket says of its form: lines of the form in the new text; where whoever filled it in was asked
/// for the rest, such lines within the quote; and where one field is missing alone, a text that is nothing but its value.
#[must_use]
pub fn answer(
    form: &FormPolicy,
    filled: &FilledForm,
    (new, whole): (&str, &str),
    now: DateTime,
) -> Vec<(FieldName, Text)> {
    let is_news =
        |(name, value): &(FieldName, Text)| !value.is_blank() && filled.value(name) != Some(value);
    let said: Vec<_> = named(form, new, now).into_iter().filter(is_news).collect();
    if !said.is_empty() || !filled.is_asked {
        return said;
    }
    let lacking: Vec<_> = missing(form, filled).collect();
    let is_missing = |name: &FieldName| lacking.iter().any(|field| field.name == *name);
    let quoted = named(form, whole, now).into_iter().filter(is_news);
    let quoted: Vec<_> = quoted.filter(|(name, _)| is_missing(name)).collect();
    if !quoted.is_empty() {
        return quoted;
    }
    let [only] = lacking.as_slice() else {
        return Vec::new();
    };
    let value = bare_value(new, &only.kind, now);
    let value = value.map(|value| (only.name.clone(), Text::new(&value)));
    value.into_iter().collect()
}

/// The value that a text is, besides polite words.
fn bare_value(text: &str, kind: &FieldKind, now: DateTime) -> Option<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut said = lines.filter(|line| !is_polite(line) && !is_thanks(line));
    let only = said.next()?;
    let is_one = said.next().is_none();
    let is_short = only.chars().count() <= BARE_VALUE_MAX && !only.contains('?');
    check(kind, only, now).filter(|_| is_one && is_short)
}
