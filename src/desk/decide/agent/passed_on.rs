//! An agent's words go on as another's.

use super::{Said, mails::answer};
use crate::desk::{
    arrival::Arrival,
    command::read_agent_mail,
    draft::TicketDraft,
    identity,
    own_words::{OwnWords, own_words},
};
use crate::model::ids::{AgentName, MessageRow};

/// The words of a mail go to the requester as this agent's, though another has written them: without their signature.
pub(in super::super) fn answer_as(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    (agent, row): (&AgentName, MessageRow),
) {
    let mut arrival = arrival.clone();
    arrival.reading.message.signature = None;
    let words = match own_words(&arrival) {
        OwnWords::Clear(words) => words,
        OwnWords::None | OwnWords::Unclear | OwnWords::NotRead | OwnWords::MailAttached => {
            String::new()
        }
    };
    // Whoever sends it on speaks, not whoever wrote it.
    let voice = ticket.voice.clone();
    let speaker = identity::recognise(&arrival, None, ticket);
    ticket.voice = voice;
    let Some(speaker) = speaker else {
        return;
    };
    let said = Said {
        speaker: &speaker,
        agent: agent.clone(),
        row,
        mail: read_agent_mail(&words),
    };
    answer(ticket, &arrival, &said, false);
}
