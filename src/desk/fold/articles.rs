//! The draft article that waits for the head's word.

use crate::model::{
    event::{Event, EventData},
    kb::ArticleDraft,
    ticket::Ticket,
};

/// The template of the letter that asks about it.
const ARTICLE_DRAFT: &str = "article_draft";

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
