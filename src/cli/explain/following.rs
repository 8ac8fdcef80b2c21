//! Who follows a ticket, who does not want to see it for now, and what was taken back: events in words.

use super::super::words::Words;
use crate::model::{event::EventData, undone::Restored};

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "all others have words elsewhere"
)]
pub(super) fn in_words(
    data: &EventData,
    words: &Words,
) -> Option<(&'static str, &'static str, String)> {
    Some(match data {
        EventData::SplitFrom { ticket } => (
            "отделено от обращения",
            "split from ticket",
            ticket.to_string(),
        ),
        EventData::Undone(restored) => (
            "решение сотрудника отменено, снова как было",
            "the agent's decision is taken back, as before again",
            what(restored, words),
        ),
        EventData::Snoozed { agent, until } => {
            let until = words.time(*until);
            let more = format!("{agent}, {until}");
            ("отложено, сотрудник, до", "put off, agent, until", more)
        }
        EventData::SnoozeOver { agent } => (
            "снова в списках сотрудника",
            "in the lists again, agent",
            agent.to_string(),
        ),
        EventData::Followed { agent } => {
            ("следит сотрудник", "followed by agent", agent.to_string())
        }
        EventData::Unfollowed { agent } => (
            "больше не следит сотрудник",
            "no longer followed by agent",
            agent.to_string(),
        ),
        _ => return None,
    })
}

/// What stands again: the names of the fields that history keeps.
fn what(restored: &Restored, words: &Words) -> String {
    let state = restored.state.as_ref().map(|[state]| words.state(*state));
    let rest = [
        (restored.assignee.is_some(), "исполнитель", "agent"),
        (restored.queue.is_some(), "очередь", "queue"),
        (restored.classification.is_some(), "вид", "kind"),
        (restored.clocks.is_some(), "сроки", "clocks"),
        (
            restored.collaborators.is_some() || restored.observers.is_some(),
            "участники",
            "people",
        ),
        (restored.links.is_some(), "связи", "links"),
        (restored.answers.is_some(), "ответы", "answers"),
    ];
    let rest = rest.into_iter().filter(|(stands, ..)| *stands);
    let rest = rest.map(|(_, ru, en)| words.pick(ru, en));
    state.into_iter().chain(rest).collect::<Vec<_>>().join(", ")
}
