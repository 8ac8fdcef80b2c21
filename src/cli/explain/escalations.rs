//! What one department has asked of another, in words.

use super::decision::Explained;
use crate::model::{escalation::EscalationEnd, event::EventData};

/// The words in both languages, and what follows; `private` is what was asked. `None`: it is of no such thing.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "all others have words elsewhere"
)]
pub(super) fn in_words(
    data: &EventData,
    private: &str,
    explained: &Explained<'_>,
) -> Option<(&'static str, &'static str, String)> {
    Some(match data {
        EventData::EscalationAsked { queue, agent, .. } => {
            let (queue, agent) = (explained.queue(queue), explained.agent(agent));
            (
                "просит спросить другой отдел",
                "wants to ask another department",
                format!("{agent}, {queue} {private}"),
            )
        }
        EventData::EscalationDecided {
            queue,
            is_approved: true,
        } => (
            "можно спросить другой отдел",
            "another department may be asked",
            explained.queue(queue),
        ),
        EventData::EscalationDecided { queue, .. } => (
            "другой отдел не спрашивать",
            "another department may not be asked",
            explained.queue(queue),
        ),
        EventData::EscalatedTo {
            queue,
            ticket,
            agent,
        } => {
            let (queue, agent) = (explained.queue(queue), explained.agent(agent));
            (
                "спрошен другой отдел, там это обращение",
                "another department is asked, a ticket there",
                format!("{ticket}, {queue}; {agent} {private}"),
            )
        }
        EventData::AskedFor { ticket } => (
            "задано ради обращения",
            "asked for the sake of ticket",
            ticket.to_string(),
        ),
        EventData::EscalationAnswered { ticket, agent, .. } => (
            "другой отдел ответил, обращение",
            "the other department has answered, ticket",
            format!("{ticket}, {}", explained.agent(agent)),
        ),
        EventData::AnswerPassedOn { ticket, agent } => (
            "ответ другого отдела отправлен заявителю",
            "the other department's answer was sent on",
            format!("{ticket}, {}", explained.agent(agent)),
        ),
        EventData::EscalationEnded { queue, ticket, end } => {
            let (ru, en) = ended(*end);
            let number = ticket.map_or_else(String::new, |ticket| format!("{ticket}, "));
            (ru, en, format!("{number}{}", explained.queue(queue)))
        }
        EventData::EscalationResumed { ticket } => (
            "другой отдел снова должен ответ, обращение",
            "the other department owes an answer again, ticket",
            ticket.to_string(),
        ),
        EventData::AskerDone { ticket } => (
            "ответ больше не нужен, завершено обращение",
            "no answer is needed any more, ended ticket",
            ticket.to_string(),
        ),
        _ => return None,
    })
}

const fn ended(end: EscalationEnd) -> (&'static str, &'static str) {
    match end {
        EscalationEnd::Solved => (
            "вопрос другому отделу решён",
            "the question to the other department is solved",
        ),
        EscalationEnd::Closed => (
            "вопрос другому отделу закрыт без решения",
            "the question to the other department was closed unsolved",
        ),
        EscalationEnd::Withdrawn => (
            "вопрос другому отделу отозван",
            "the question to the other department was taken back",
        ),
        EscalationEnd::Refused => (
            "вопрос другому отделу не одобрен",
            "the question to the other department was not approved",
        ),
    }
}
