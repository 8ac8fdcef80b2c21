//! A ticket that an agent does not want to see for now, and one that they follow though it is somebody else's.

use super::{NotDone, Said, waiting};
use crate::desk::{draft::TicketDraft, reason::Reason};
use crate::model::{
    event::{EventData, Private},
    following::FOLLOWERS_KEPT,
    ticket::State,
};

/// It is in no list of the author's before that day; its time goes on.
pub(super) fn snooze(
    ticket: &mut TicketDraft<'_, '_>,
    said: &Said<'_>,
    words: &str,
) -> Result<(), NotDone> {
    if !ticket.snapshot().state.is_live() {
        return Err(Reason::NotLive.into());
    }
    let (until, why) = waiting::day(ticket, words)?;
    let why = (!why.is_empty()).then(|| Private {
        person: None,
        text: why.to_owned(),
    });
    let agent = said.agent.clone();
    let data = EventData::Snoozed { agent, until };
    ticket.happened_privately(data, Reason::AgentCommand, why);
    Ok(())
}

/// The author hears what is new in it, though it is not theirs to answer.
pub(super) fn follow(ticket: &mut TicketDraft<'_, '_>, said: &Said<'_>) -> Result<(), NotDone> {
    let known = ticket.snapshot();
    if known.state == State::Closed {
        return Err(Reason::NotLive.into());
    }
    if known.assignee.as_ref() == Some(&said.agent) {
        return Err(Reason::OwnAnyway.into());
    }
    if known.followers.contains(&said.agent) {
        return Ok(());
    }
    // Nobody stops to hear of it because somebody else wants to.
    if known.followers.len() >= FOLLOWERS_KEPT {
        return Err(Reason::FollowedByMany.into());
    }
    let agent = said.agent.clone();
    ticket.happened(EventData::Followed { agent }, Reason::AgentCommand);
    Ok(())
}

/// They do not any more.
pub(super) fn leave(ticket: &mut TicketDraft<'_, '_>, said: &Said<'_>) -> Result<(), NotDone> {
    if !ticket.snapshot().followers.contains(&said.agent) {
        return Err(Reason::NotFollowing.into());
    }
    let agent = said.agent.clone();
    ticket.happened(EventData::Unfollowed { agent }, Reason::AgentCommand);
    Ok(())
}
