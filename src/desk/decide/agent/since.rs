//! What came since an agent's decision and stands in the way of taking it back, in words.

use crate::desk::draft::TicketDraft;
use crate::model::{
    event::{Event, EventData, Role},
    language::Language,
};

/// What came since, and when.
pub(super) fn since(ticket: &TicketDraft<'_, '_>, event: &Event) -> String {
    let language = ticket.staff_language();
    let zone = ticket.queue().map(|queue| queue.calendar.zone());
    let at = zone.map(|zone| zone.to_datetime(event.at).strftime("%d.%m.%Y %H:%M"));
    let at = at.map_or_else(String::new, |at| format!("{at}: "));
    let (ru, en) = in_words(event);
    match language {
        Language::Ru => format!("{at}{ru}"),
        Language::En => format!("{at}{en}"),
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "what else may come since is a change like any other"
)]
const fn in_words(event: &Event) -> (&'static str, &'static str) {
    match &event.data {
        EventData::MessageJoined { .. } => ("написал заявитель", "the requester wrote"),
        EventData::Answered { .. }
        | EventData::AnsweredOutside { .. }
        | EventData::AnsweredUnseen { .. } => (
            "заявителю ответил другой сотрудник",
            "somebody else answered",
        ),
        EventData::Closed { .. } | EventData::Rated { .. } | EventData::Withdrawn => {
            ("обращение закрыто", "the ticket was closed")
        }
        EventData::Reopened => ("обращение снова открыто", "the ticket came back"),
        EventData::ClockJudged { .. } => (
            "срок наступил, итог записан",
            "the promise fell due and was judged",
        ),
        EventData::Assigned { .. } | EventData::Unassigned { .. } => {
            ("сменился исполнитель", "somebody else became responsible")
        }
        EventData::Transferred { .. } => ("обращение передано", "the ticket was passed on"),
        EventData::Undone(_) => ("отменено другое решение", "another decision was taken back"),
        _ if matches!(event.role, Role::Requester | Role::Collaborator) => {
            ("написал заявитель", "the requester wrote")
        }
        _ if matches!(event.role, Role::House) => {
            ("наступило назначенное время", "an appointed time came")
        }
        _ => ("обращение изменено", "the ticket was changed"),
    }
}
