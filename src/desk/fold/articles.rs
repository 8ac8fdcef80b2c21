//! The draft article that waits for the head's word.

use crate::model::{
    event::{Event, EventData},
    kb::ArticleDraft,
    ticket::Ticket,
};

/// The template of the letter that asks about it.
const ARTICLE_DRAFT: &str = "article_draft";

/// How many of these letters are remembered.
const LETTERS_KEPT: usize = 8;

/// One more event that may be about it.
#[expect(clippy::wildcard_enum_match_arm, reason = "the rest makes no article")]
pub(super) fn apply(ticket: &mut Ticket, event: &Event) {
    match &event.data {
        EventData::ArticleDrafted { agent, file } => {
            ticket.article = Some(ArticleDraft {
                file: file.clone(),
                agent: agent.clone(),
                asked_in: None,
            });
        }
        EventData::MessageSent {
            template,
            message_id,
            ..
        } if template == ARTICLE_DRAFT => {
            ticket.article_letters.push(message_id.clone());
            let surplus = ticket.article_letters.len().saturating_sub(LETTERS_KEPT);
            ticket.article_letters.drain(..surplus);
            if let Some(article) = &mut ticket.article {
                article.asked_in = Some(message_id.clone());
            }
        }
        EventData::ArticleApproved { .. } | EventData::ArticleDismissed { .. } => {
            ticket.article = None;
        }
        _ => {}
    }
}
