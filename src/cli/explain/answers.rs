//! What agents did about a ticket, and what it is linked with, in words.

use super::decision::Explained;
use crate::model::{crossing::HeldAnswer, event::EventData};

/// The words in both languages, and who it was.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "all others have words in `events`"
)]
pub(super) fn in_words(
    data: &EventData,
    explained: &Explained<'_>,
) -> (&'static str, &'static str, String) {
    match data {
        EventData::Answered { agent, .. } => ("ответил", "answered by", explained.agent(agent)),
        EventData::AnsweredOutside { agent, .. } => (
            "заявителю ответили без okno",
            "answered without okno",
            explained.somebody(agent.as_ref()),
        ),
        EventData::AnsweredUnseen { answer, .. } => (
            "заявителю ответили письмом, которого okno не видел",
            "answered by a mail that okno has not seen",
            answer.to_string(),
        ),
        EventData::ResolvedOutside { agent, .. } => (
            "решено ответом без okno",
            "resolved by the answer without okno",
            explained.somebody(agent.as_ref()),
        ),
        EventData::CameBy { address } => (
            "пришло по другому адресу",
            "came by another address",
            address.to_string(),
        ),
        EventData::AnswerUndone { agent, .. } => (
            "ответ не дошёл и не считается, автор",
            "an answer did not arrive and does not count, by",
            explained.agent(agent),
        ),
        EventData::Unassigned { agent } => (
            "больше не отвечает",
            "no longer responsible:",
            explained.agent(agent),
        ),
        EventData::Assigned { agent } => ("ответственный", "assigned to", explained.agent(agent)),
        EventData::Resolved { agent, .. } => ("решил", "resolved by", explained.agent(agent)),
        EventData::Linked { tickets } => {
            let numbers: Vec<String> = tickets.iter().map(ToString::to_string).collect();
            (
                "то же письмо и в обращениях",
                "the same mail is in tickets",
                numbers.join(", "),
            )
        }
        EventData::Continues { ticket } => (
            "продолжает обращение",
            "continues ticket",
            ticket.to_string(),
        ),
        EventData::RepeatProposed { of, likeness } => (
            "похоже на повтор обращения",
            "seems to repeat ticket",
            format!("{of} ({likeness} %)"),
        ),
        EventData::RepeatConfirmed { of, agent } => (
            "повтор обращения, так говорит",
            "repeats a ticket, so says",
            format!("{}: {of}", explained.agent(agent)),
        ),
        EventData::RepeatDenied { of, agent } => (
            "не повтор обращения, так говорит",
            "does not repeat a ticket, so says",
            format!("{}: {of}", explained.agent(agent)),
        ),
        other => (other.kind().0, other.kind().0, String::new()),
    }
}

/// An answer waits, since a colleague's went before it.
pub(super) fn waiting(held: &HeldAnswer) -> (&'static str, &'static str, String) {
    (
        "ответ ждёт слова автора",
        "the answer waits for its author's word",
        held.agent.to_string(),
    )
}
