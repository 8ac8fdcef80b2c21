//! An agent looks into the knowledge base: the articles of everybody and of queues that they serve.

use super::{NotDone, Said};
use crate::desk::{
    arrival::Arrival, command::Verb, draft::TicketDraft, kb::shown, notify::Sending,
    reason::Reason, search, stems::stems,
};
use crate::model::{
    event::{EventData, Private},
    outgoing::{Body, Class, FoundArticles},
};

/// How much of each article is shown, in letters.
const LETTERS_MAX: usize = 800;

/// The articles that say at least half of these words.
pub(super) fn look(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, said): (&Arrival, &Said<'_>),
    words: &str,
) -> Result<(), NotDone> {
    if stems([words]).is_empty() {
        return Err(Reason::NoWords.into());
    }
    let served = search::served(&said.agent, ticket.given.policy);
    let articles = ticket.given.kb.search(words, &served);
    let private = Private {
        person: Some(said.speaker.person),
        text: words.to_owned(),
    };
    let files = articles.iter().map(|text| text.file.clone());
    let looked = EventData::KnowledgeSearched {
        files: files.collect(),
    };
    ticket.happened_privately(looked, Reason::AgentCommand, Some(private));
    let language = ticket.staff_language();
    let is_on = ticket
        .queue()
        .is_some_and(|queue| queue.is_on(Verb::Answer));
    let body = Body::FoundArticles(FoundArticles {
        ticket: ticket.facts(language).ok_or(Reason::NoQueue)?,
        words: words.to_owned(),
        articles: articles
            .into_iter()
            .map(|text| shown(text, LETTERS_MAX))
            .collect(),
        can_be_called: is_on,
    });
    let key = format!("kb:{}:{}", arrival.raw, ticket.decision.mails.len());
    // An agent has just asked for it: no cap may swallow it.
    let class = Class::Human;
    let author = (arrival, said.speaker.person);
    ticket.send(Sending::to_author(author, key, class, body));
    Ok(())
}
