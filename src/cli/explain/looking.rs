//! What agents have looked for and were shown.

use crate::model::{event::EventData, ids::TicketNumber};

/// The words of such an event in both languages, and what follows them.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "all others have words elsewhere in this room"
)]
pub(super) fn in_words(data: &EventData) -> Option<(&'static str, &'static str, String)> {
    Some(match data {
        EventData::Searched { tickets } => (
            "сотрудник искал по словам, показаны обращения",
            "an agent looked for words and was shown tickets",
            numbers(tickets),
        ),
        EventData::HistoryShown { tickets, .. } => (
            "сотруднику показаны другие обращения заявителя",
            "an agent was shown other tickets of the requester",
            numbers(tickets),
        ),
        EventData::KnowledgeSearched { files } => (
            "сотрудник искал в базе знаний, показаны статьи",
            "an agent looked into the knowledge base and was shown articles",
            files.join(", "),
        ),
        EventData::ArticlesShown { files } => (
            "заявителю показаны статьи базы знаний",
            "the requester was shown articles of the knowledge base",
            files.join(", "),
        ),
        EventData::ArticleDrafted { file, .. } => (
            "предложена статья базы знаний",
            "an article of the knowledge base was proposed",
            file.clone(),
        ),
        EventData::ArticleApproved { file, .. } => (
            "руководитель одобрил статью базы знаний",
            "the head approved the article of the knowledge base",
            file.clone(),
        ),
        EventData::ArticleDismissed { .. } => (
            "руководитель отклонил статью базы знаний",
            "the head dismissed the article of the knowledge base",
            String::new(),
        ),
        EventData::NpsPlanned { at: Some(at) } => (
            "намечен вопрос, посоветуют ли нас",
            "it is planned to ask whether they would recommend us",
            at.to_string(),
        ),
        EventData::NpsPlanned { at: None } => (
            "вопроса, посоветуют ли нас, не будет",
            "it is not asked whether they would recommend us",
            String::new(),
        ),
        EventData::NpsAsked => (
            "заявителя спросили, посоветует ли он нас",
            "the requester was asked whether they would recommend us",
            String::new(),
        ),
        EventData::NpsAnswered { score, .. } => (
            "заявитель ответил, посоветует ли нас, от 0 до 10",
            "the requester answered whether they would recommend us, 0 to 10",
            score.to_string(),
        ),
        EventData::NpsWanted { is_wanted: false } => (
            "заявитель не хочет, чтобы спрашивали, посоветует ли он нас",
            "the requester does not want to be asked whether they would recommend us",
            String::new(),
        ),
        EventData::NpsWanted { is_wanted: true } => (
            "заявителя снова можно спрашивать, посоветует ли он нас",
            "the requester may be asked again whether they would recommend us",
            String::new(),
        ),
        _ => return None,
    })
}

fn numbers(tickets: &[TicketNumber]) -> String {
    let numbers: Vec<String> = tickets.iter().map(ToString::to_string).collect();
    numbers.join(", ")
}
