//! What happened to queues, in words.

use super::decision::Explained;
use crate::{
    cli::queue_change::queue_change,
    model::{distribution::Chosen, event::EventData},
};

/// The words in both languages, and what follows them.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "all others have words elsewhere in this room"
)]
pub(super) fn in_words(
    data: &EventData,
    explained: &Explained<'_>,
) -> (&'static str, &'static str, String) {
    match data {
        EventData::TicketGiven { agent, chosen, .. } => {
            let (ru, en, more) = why(chosen, explained);
            (ru, en, format!("{}{more}", explained.agent(agent)))
        }
        EventData::QueueFull { ticket } => (
            "у всех в очереди обращений столько, сколько можно; ждёт",
            "all agents of the queue are full; waiting",
            ticket.to_string(),
        ),
        EventData::QueueRelieved => (
            "в очереди снова есть место",
            "the queue has room again",
            String::new(),
        ),
        EventData::OwnerAsked(question) => (
            "кому отдать, спрошен руководитель, до",
            "the head is asked who gets it, until",
            explained.here.words.time(question.until),
        ),
        EventData::OwnerReminded => (
            "руководителю напомнили, что обращение ничьё",
            "the head was reminded that it is nobody's",
            String::new(),
        ),
        EventData::OwnerQuestionOver => (
            "руководитель не сказал, кому отдать",
            "the head has not said who gets it",
            String::new(),
        ),
        EventData::WaitsForRoom => (
            "ждёт, пока у кого-нибудь освободится место",
            "waits until somebody has room",
            String::new(),
        ),
        EventData::WaitForRoomOver => (
            "больше не ждёт места: взять может каждый",
            "waits for room no more: everybody may take it",
            String::new(),
        ),
        EventData::QueueChanged { .. } | EventData::QueueChangeOver { .. } => {
            changed(data, explained)
        }
        other => (other.kind().0, other.kind().0, String::new()),
    }
}

/// What whoever decides has changed, or what is as the file says again.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "all others have words elsewhere in this room"
)]
fn changed(data: &EventData, explained: &Explained<'_>) -> (&'static str, &'static str, String) {
    match data {
        EventData::QueueChanged { change, file } => {
            let words = &explained.here.words;
            let before = match (change.key(), file.as_str()) {
                ("hours" | "agents", _) | (_, "") => String::new(),
                (_, file) => format!(" ({}: {file})", words.pick("в файле", "in the file")),
            };
            let change = queue_change(words, change, |agent| explained.agent(agent));
            (
                "руководитель изменил правила очереди",
                "the head has changed how the queue works",
                format!("{change}{before}"),
            )
        }
        EventData::QueueChangeOver { change } => (
            "снова как в настройках, было изменено",
            "as configured again; it had been changed",
            queue_change(&explained.here.words, change, |agent| {
                explained.agent(agent)
            }),
        ),
        other => (other.kind().0, other.kind().0, String::new()),
    }
}

fn why(chosen: &Chosen, explained: &Explained<'_>) -> (&'static str, &'static str, String) {
    let words = &explained.here.words;
    match chosen {
        Chosen::Turn { after } => {
            let after = after.as_ref().map(|agent| {
                let behind = words.pick("после: ", "after ");
                format!(" ({behind}{})", explained.agent(agent))
            });
            (
                "по очереди получает",
                "given in turn to",
                after.unwrap_or_default(),
            )
        }
        Chosen::Fewest { active } => {
            let had = words.pick("в работе было", "active tickets before");
            (
                "по загрузке получает",
                "given, by the fewest active tickets, to",
                format!(" ({had}: {active})"),
            )
        }
        Chosen::Curator => (
            "закреплён за заявителем и получает",
            "given to the requester's curator",
            String::new(),
        ),
    }
}
