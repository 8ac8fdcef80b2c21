//! A part of a request is a ticket of its own from now on. It is opened once the mail at hand is decided; see
//! [`crate::desk::decide`].

use super::{NotDone, Said};
use crate::desk::{
    draft::{SPLITS_MAX, Split, TicketDraft},
    reason::Reason,
};

/// These words are the new ticket: its subject, and what its agents read.
pub(super) fn split(
    ticket: &mut TicketDraft<'_, '_>,
    said: &Said<'_>,
    words: &str,
) -> Result<(), NotDone> {
    let known = ticket.snapshot();
    if known.merged_into.is_some() || known.excluded.is_some() {
        return Err(Reason::NotLive.into());
    }
    if known.asked_for.is_some() {
        return Err(Reason::PartOfQuestion.into());
    }
    if words.trim().is_empty() {
        return Err(Reason::NothingToSplit.into());
    }
    if ticket.splits.len() >= SPLITS_MAX {
        return Err(Reason::SplitEnough.into());
    }
    let split = Split {
        parent: known.number,
        queue: known.queue.clone(),
        agent: said.agent.clone(),
        by: said.speaker.person,
        words: words.to_owned(),
    };
    ticket.splits.push(split);
    Ok(())
}
