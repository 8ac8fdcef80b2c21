//! What a participant says of a resolution: one word, a digit with a comment, thanks.

use jiff::SignedDuration;

use crate::desk::{
    arrival::Arrival,
    command::{OneWord, Verdict, is_thanks, read_verdict},
    draft::TicketDraft,
    lifecycle::{Happening, Transition, transition},
    permission::{Refusal, Standing, may},
    reason::Reason,
};
use crate::model::{
    event::{ClosedBy, EventData},
    ticket::{Side, State},
};

/// A rating so low that the agent should read it at once.
pub(super) const LOW_RATING: u8 = 2;

/// So long after it was closed a ticket may be rated, or rated anew: figures that people are paid by come to rest.
const RATING_OPEN: SignedDuration = SignedDuration::from_hours(14 * 24);

/// What a mail into a ticket says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// Something for the agents to read.
    Words,
    /// How it was solved.
    Verdict {
        /// The word or digit.
        word: OneWord,
        /// Something stands below a digit.
        has_comment: bool,
    },
    /// Nothing that changes anything, and why.
    Nothing(Reason),
}

/// Reads it. A word or digit counts only as the whole new text (below a digit a comment may stand), only of who asked,
/// and only in answer to the resolution; thanks never put a solved ticket back to work, whoever says them.
pub(super) fn read(
    ticket: &TicketDraft<'_, '_>,
    arrival: &Arrival,
    standing: Standing,
    state: State,
) -> Said {
    let Some(text) = arrival.whole_words().filter(|_| !state.is_live()) else {
        return Said::Words;
    };
    let verdict = read_verdict(&text).filter(|_| answers_resolution(ticket, arrival));
    let is_content = verdict.as_ref().is_some_and(says_at_most_that_all_is_well);
    let verdict = match verdict.map(|verdict| (verdict, may(verdict.word.act(), standing))) {
        // Anybody can write a number under anybody's name. It changes no figure; nor is it a reason to begin again.
        Some((_, Err(Refusal::TooLittleTrust { .. }))) if is_content => {
            return Said::Nothing(Reason::NotTrusted);
        }
        Some((verdict, Ok(()))) => Some(verdict),
        Some((_, Err(_))) | None => None,
    };
    let is_closed = state == State::Closed;
    match verdict {
        Some(verdict) => match verdict.word {
            OneWord::Confirmed if is_closed => Said::Nothing(Reason::Thanked),
            OneWord::Rated(_) if is_locked(ticket) => Said::Nothing(Reason::RatingLocked),
            word @ (OneWord::Confirmed | OneWord::Rated(_) | OneWord::Returned) => Said::Verdict {
                word,
                has_comment: !verdict.comment.is_empty(),
            },
        },
        None if is_thanks(&text) => Said::Nothing(Reason::Thanked),
        None => Said::Words,
    }
}

/// Nothing that somebody would have to read.
const fn says_at_most_that_all_is_well(verdict: &Verdict<'_>) -> bool {
    let is_well = match verdict.word {
        OneWord::Confirmed => true,
        OneWord::Rated(score) => score > LOW_RATING,
        OneWord::Returned => false,
    };
    is_well && verdict.comment.is_empty()
}

/// Whether a mail, whatever ticket it is in, says at most that all is well: it asks nobody for anything.
pub(super) fn is_content(arrival: &Arrival) -> bool {
    let Some(text) = arrival.whole_words() else {
        return false;
    };
    let word = read_verdict(&text).map(|verdict| verdict.word);
    matches!(word, Some(OneWord::Confirmed | OneWord::Rated(_))) || is_thanks(&text)
}

/// Whether the newest mail of ours that this answers is the resolution, or came after it: «2» in answer to an earlier
/// question is no rating. A mail that names none of ours is a button, or has lost its references on the way.
fn answers_resolution(ticket: &TicketDraft<'_, '_>, arrival: &Arrival) -> bool {
    let own = ticket.snapshot().thread(Side::Requester);
    let newest = arrival.newest_of_ours(ticket.given.key);
    let Some(resolution) = &ticket.snapshot().resolution else {
        return false;
    };
    newest.is_none_or(|id| id == resolution || Some(id) == own.last_sent.as_ref())
}

fn is_locked(ticket: &TicketDraft<'_, '_>) -> bool {
    let closed = ticket.snapshot().closed_at;
    closed.is_some_and(|closed| ticket.voice.at.duration_since(closed) > RATING_OPEN)
}

/// All is well, and perhaps how well: the last rating counts.
pub(super) fn close(ticket: &mut TicketDraft<'_, '_>, state: State, rating: Option<u8>) {
    if let Some(score) = rating {
        let reason = match ticket.snapshot().rating {
            Some(_) => Reason::RatedAnew,
            None => Reason::Confirmed,
        };
        ticket.happened(EventData::Rated { score }, reason);
    }
    if transition(state, Happening::RequesterConfirmed) == Transition::Close {
        ticket.happened(
            EventData::Closed {
                by: ClosedBy::Requester,
            },
            Reason::Confirmed,
        );
    }
}

/// What changes nothing is still said in history.
pub(super) fn note_nothing(ticket: &mut TicketDraft<'_, '_>, reason: Reason) {
    ticket.decision.reason = reason;
    if matches!(reason, Reason::RatingLocked | Reason::NotTrusted) {
        let command = "rate".to_owned();
        ticket.happened(EventData::CommandRefused { command }, reason);
    }
}
