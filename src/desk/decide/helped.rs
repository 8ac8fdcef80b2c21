//! An acknowledgement has shown articles of the knowledge base, and one of them was the answer: the requester says so, and
//! the ticket is closed. Nobody has worked on it, and nobody is judged by it.

use super::{
    Incoming, join,
    requester::{What, tell_agents},
};
use crate::desk::{
    arrival::Arrival,
    command::is_helped,
    draft::{Draft, TicketDraft},
    kb::shown,
    lifecycle::{Happening, Transition, transition},
    permission::{Act, may},
    reason::Reason,
    sla,
    threading::Seat,
};
use crate::model::{
    clock::ClockKind,
    event::{ClosedBy, EventData, Role},
    outgoing::ShownArticle,
    ticket::Side,
};

/// How much of each article is shown, in letters.
const LETTERS_MAX: usize = 2500;

/// The articles that surely answer what has just opened this ticket, where its queue shows them.
pub(super) fn articles(ticket: &mut TicketDraft<'_, '_>, arrival: &Arrival) -> Vec<ShownArticle> {
    let shows = ticket.queue().is_some_and(|queue| queue.kb_hits);
    if !shows || ticket.brought.is_some() {
        return Vec::new();
    }
    let known = ticket.snapshot();
    let said = [known.subject.as_str(), arrival.new_text()];
    let hits = ticket
        .given
        .kb
        .hits(said, &known.queue, ticket.given.policy);
    if !hits.is_empty() {
        let files = hits.iter().map(|text| text.file.clone()).collect();
        ticket.happened(EventData::ArticlesShown { files }, Reason::KbShown);
    }
    hits.into_iter()
        .map(|text| shown(text, LETTERS_MAX))
        .collect()
}

/// Whether a mail says that they have helped: as a whole answer to that acknowledgement or by its button, of whoever has
/// asked, and before anybody has answered.
pub(super) fn is_said(ticket: &TicketDraft<'_, '_>, incoming: &Incoming<'_>) -> bool {
    let (arrival, known) = (incoming.arrival, ticket.snapshot());
    let is_answer = || {
        let newest = arrival.newest_of_ours(ticket.given.key);
        let is_shown = newest.is_some() && newest == known.articles_in.as_ref();
        is_shown || arrival.pressed_word(ticket.given).is_some()
    };
    let is_unanswered = known.last_answer.is_none() && known.outside.is_none();
    incoming.standing.role == Role::Requester
        && arrival.whole_words().is_some_and(|words| is_helped(&words))
        && is_answer()
        && is_unanswered
        && transition(known.state, Happening::ArticleHelped) == Transition::Close
        && may(Act::Confirm, incoming.standing).is_ok()
}

/// It is closed; the agents hear of it.
pub(super) fn close(draft: &mut Draft<'_>, incoming: &Incoming<'_>) {
    let Incoming {
        arrival,
        speaker,
        place,
        ..
    } = incoming;
    let Some(mut ticket) = draft.ticket(place.ticket) else {
        return;
    };
    ticket.decision.reason = Reason::KbHit;
    let seat = Seat {
        side: Side::Requester,
        ..place.clone()
    };
    join(&mut ticket, arrival, speaker, &seat);
    // No person has answered: of an answer nothing is to be judged.
    for clock in [
        ClockKind::FirstResponse,
        ClockKind::NextResponse,
        ClockKind::Update,
    ] {
        if ticket.snapshot().clock(clock).is_some() {
            ticket.happened(EventData::ClockDropped { clock }, Reason::KbHit);
        }
    }
    let (policy, at) = (ticket.given.policy, ticket.voice.at);
    let judgements = sla::judge_resolved(ticket.snapshot(), policy, None, at);
    for (judgement, reason) in judgements {
        ticket.happened(judgement, reason);
    }
    let by = ClosedBy::KbHit;
    ticket.happened(EventData::Closed { by }, Reason::KbHit);
    tell_agents(&mut ticket, arrival, speaker, (What::Helped, None));
}
