//! What an agent has changed about a ticket: events in words.

use super::{
    super::words::{Words, line},
    decision::Explained,
};
use crate::model::{classification::Property, event::EventData};

/// Whether an event is one of those that have their words here.
pub(super) const fn is_one(data: &EventData) -> bool {
    matches!(
        data,
        EventData::DeadlineMoved { .. }
            | EventData::DeadlineDecided { .. }
            | EventData::RuleApplied { .. }
            | EventData::Classified { .. }
            | EventData::FieldsFilled { .. }
            | EventData::FieldsAsked { .. }
            | EventData::Transferred { .. }
            | EventData::WaitsUntil { .. }
    )
}

/// What it is now; `private` is the reason given.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "all others have words elsewhere"
)]
pub(super) fn in_words(
    data: &EventData,
    private: &str,
    explained: &Explained<'_>,
) -> (&'static str, &'static str, String) {
    match data {
        EventData::DeadlineMoved { due_at, .. } => {
            let due = explained.here.words.time(*due_at);
            (
                "срок перенесён на",
                "the date was moved to",
                format!("{due} {private}"),
            )
        }
        EventData::DeadlineDecided {
            is_approved: true, ..
        } => (
            "новый срок утверждён",
            "the new date is approved",
            String::new(),
        ),
        EventData::DeadlineDecided { .. } => (
            "новый срок не утверждён",
            "the new date is rejected",
            String::new(),
        ),
        EventData::RuleApplied { rule } => ("действует правило", "a rule holds:", line(rule)),
        EventData::Classified { property } => classified(property, &explained.here.words, private),
        EventData::FieldsFilled { form, .. } => (
            "заполнены поля формы",
            "fields of a form were filled in",
            format!("{form} {private}"),
        ),
        EventData::FieldsAsked { form, fields } => {
            let names: Vec<&str> = fields.iter().map(|field| field.as_str()).collect();
            (
                "заявителя спросили о полях формы",
                "the requester was asked for fields of a form",
                format!("{form}: {}", names.join(", ")),
            )
        }
        EventData::Transferred { queue, .. } => {
            let queue = explained.queue(queue);
            (
                "передано в очередь",
                "passed on to queue",
                format!("{queue} {private}"),
            )
        }
        EventData::WaitsUntil { until } => {
            let until = explained.here.words.time(*until);
            let more = format!("{until} {private}");
            ("ждёт другого, до", "waits for somebody else, until", more)
        }
        _ => ("", "", String::new()),
    }
}

fn classified(
    property: &Property,
    words: &Words,
    why: &str,
) -> (&'static str, &'static str, String) {
    let (ru, en, value) = match property {
        Property::Class(class) => ("класс", "class", words.class(*class)),
        Property::Priority(priority) => ("приоритет", "priority", words.priority(*priority)),
        Property::Category(category) => ("категория", "category", category.as_str()),
        Property::Cause(cause) => ("причина", "cause", cause.as_str()),
        Property::Tag(tag) => ("метка", "tag", tag.as_str()),
    };
    (ru, en, format!("{} {why}", line(value)))
}
