//! An agent's mail that speaks of absence and has no mark of a program: a notice whose program does not say what it is,
//! or a person's "I am away until the 5th, Anna will help". Nobody can tell which, so it is held and the agent asked;
//! to the requester a notice would be an answer, and would stop the clocks.

use super::{Incoming, challenge, join};
use crate::desk::{
    arrival::Arrival,
    command::read_agent_mail,
    draft::Draft,
    identity,
    own_words::{OwnWords, own_words},
    permission::{Act, may},
    threading::{self, Seat},
};
use crate::model::{
    message::{ABSENCE_WORDS, IncomingMessage, Kind},
    ticket::Side,
};

/// What a mail into the agents' side of a ticket is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Away {
    /// Nothing of the sort, as far as this shows.
    No,
    /// It speaks of absence, and commands: only a person does both.
    Commands,
    /// An answer or a notice.
    Perhaps,
}

/// By what programs say themselves that they answer.
const MARKS: [&str; 5] = [
    "null_return_path",
    "auto_submitted",
    "precedence",
    "auto_reply_header",
    "auto_reply_subject",
];

/// What this mail is, if it is an agent's answer to a card.
pub(super) fn read(draft: &Draft<'_>, arrival: &Arrival, place: Option<&Seat>) -> Away {
    let is_agent = arrival.author().is_some_and(|(address, _)| {
        let known = draft.world.person(&address).map(|person| person.id);
        draft
            .world
            .agent_at(&address, known, draft.given.policy)
            .is_some()
    });
    let is_card = place.is_some_and(|place| place.side == Side::Agents);
    let is_copy = !threading::copies_of(arrival, draft.world).is_empty();
    if !is_agent || !is_card || is_copy || !speaks_of_absence(&arrival.reading.message) {
        return Away::No;
    }
    match own_words(arrival) {
        OwnWords::Clear(words) => {
            let mail = read_agent_mail(&words);
            match mail.commands.is_empty() && mail.note.is_none() && !mail.maybe_note {
                true => Away::Perhaps,
                false => Away::Commands,
            }
        }
        // What is not clearly theirs goes to nobody in any case.
        OwnWords::None | OwnWords::Unclear | OwnWords::NotRead | OwnWords::MailAttached => Away::No,
    }
}

/// Whether a mail without any mark of a program speaks of absence.
pub(super) fn speaks_of_absence(mail: &IncomingMessage) -> bool {
    let is_marked = mail
        .auto_reasons
        .iter()
        .any(|reason| MARKS.contains(&reason.as_str()));
    matches!(mail.kind, Kind::Human | Kind::AutoReply)
        && !is_marked
        && mail.oddities.iter().any(|odd| odd == ABSENCE_WORDS)
}

/// It waits for the agent's word. Not so where the author may not answer here, or is not sure to be who they say.
pub(super) fn hold(draft: &mut Draft<'_>, arrival: &Arrival, place: Option<&Seat>) -> bool {
    let Some((speaker, place)) = identity::recognise(arrival, place, draft).zip(place) else {
        return false;
    };
    let Some(mut ticket) = draft.ticket(place.ticket) else {
        return false;
    };
    let standing = identity::standing(&speaker, place.side, &ticket);
    if may(Act::Answer, standing).is_err() {
        return false;
    }
    ticket.voice.role = standing.role;
    let row = join(&mut ticket, arrival, &speaker, place);
    let incoming = Incoming {
        arrival,
        speaker,
        place: place.clone(),
        standing,
    };
    challenge::hold_absence(&mut ticket, &incoming, row);
    true
}
