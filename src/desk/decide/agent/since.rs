//! What came since an agent's decision and stands in the way of taking it back, in words.

use crate::desk::draft::TicketDraft;
use crate::model::{
    event::{Event, EventData, Role},
    ids::AgentName,
    language::Language,
};

/// What came since, and when: the agent who reads it sees what they would have to look at instead.
pub(super) fn since(ticket: &TicketDraft<'_, '_>, event: &Event) -> String {
    let zone = ticket.queue().map(|queue| queue.calendar.zone());
    let at = zone.map(|zone| zone.to_datetime(event.at).strftime("%d.%m.%Y %H:%M"));
    let at = at.map_or_else(String::new, |at| format!("{at}: "));
    let (ru, en) = in_words(event);
    let words = match ticket.staff_language() {
        Language::Ru => ru,
        Language::En => en,
    };
    match who_or_where(ticket, event) {
        Some(name) => format!("{at}{words} ({name})"),
        None => format!("{at}{words}"),
    }
}

/// The colleague or the department that it is about.
#[expect(clippy::wildcard_enum_match_arm, reason = "the rest names nobody")]
fn who_or_where(ticket: &TicketDraft<'_, '_>, event: &Event) -> Option<String> {
    let name = |agent: &AgentName| Some(ticket.agent_name(agent));
    match &event.data {
        EventData::Answered { agent, .. }
        | EventData::Assigned { agent }
        | EventData::Resolved { agent, .. } => name(agent),
        EventData::AnsweredOutside { agent, .. } => agent.as_ref().and_then(name),
        EventData::Transferred { queue, .. } => {
            let queue = ticket.given.policy.queues.get(queue);
            queue.map(|queue| queue.title.clone())
        }
        _ => None,
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "what else may come since is a change like any other"
)]
const fn in_words(event: &Event) -> (&'static str, &'static str) {
    match &event.data {
        EventData::Answered { .. }
        | EventData::AnsweredOutside { .. }
        | EventData::AnsweredUnseen { .. } => ("заявителю ответили", "the requester was answered"),
        EventData::Resolved { .. } | EventData::ResolvedOutside { .. } => {
            ("обращение решено", "the ticket was solved")
        }
        EventData::Closed { .. } | EventData::Rated { .. } => {
            ("обращение закрыто", "the ticket was closed")
        }
        EventData::Withdrawn => (
            "заявитель отменил обращение",
            "the requester took the request back",
        ),
        EventData::Reopened => ("обращение снова открыто", "the ticket was opened again"),
        EventData::Merged { .. } | EventData::TookIn { .. } => (
            "обращение объединено с другим",
            "the ticket was merged with another one",
        ),
        EventData::ClockJudged(_) => (
            "срок наступил, и записано, соблюдён ли он",
            "it fell due, and whether that was kept is on record",
        ),
        EventData::DeadlineMoved { .. } => ("назначен другой срок", "another day was promised"),
        EventData::DeadlineDecided { .. } => (
            "о другом сроке принято решение",
            "it was decided whether another day counts",
        ),
        EventData::ArticleApproved { .. } | EventData::ArticleDismissed { .. } => (
            "о проекте статьи принято решение",
            "it was decided about the draft article",
        ),
        EventData::Assigned { .. } => ("сменился исполнитель", "somebody else became responsible"),
        EventData::Unassigned { .. } => (
            "обращение вернулось в очередь",
            "the ticket went back to the queue",
        ),
        EventData::Transferred { .. } => (
            "обращение передано в другой отдел",
            "the ticket went to another department",
        ),
        EventData::Undone(_) => (
            "отменено другое действие с обращением",
            "something else was taken back",
        ),
        _ => match event.role {
            Role::Requester => ("написал заявитель", "the requester wrote"),
            Role::Collaborator | Role::Stranger => (
                "написал участник переписки",
                "somebody who reads along wrote",
            ),
            Role::House | Role::Machine => {
                ("наступило назначенное время", "an appointed time came")
            }
            Role::Agent | Role::Head => ("обращение изменено", "the ticket was changed"),
        },
    }
}
