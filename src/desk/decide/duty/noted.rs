//! Absences that nobody announced: an automatic answer of an agent's reaches us, although cards ask for none.

use super::{NOTED, begin, end, queues_of};
use crate::desk::{
    arrival::Arrival,
    draft::{DecisionBuilder, Draft},
    duty::return_in,
    identity::Speaker,
    reason::Reason,
    threading::Seat,
};
use crate::model::{duty::Absence, event::Trust, message::Kind, ticket::Side};

/// An automatic answer to a card was filed: its author is away until the day that it says, or until they write again. Only
/// what answers a card that they alone were sent is theirs for sure.
pub(in super::super) fn note_absence(
    draft: &mut DecisionBuilder<'_>,
    arrival: &Arrival,
    (speaker, place): (&Speaker, &Seat),
) {
    let is_answer = arrival.reading.message.kind == Kind::AutoReply && place.side == Side::Agents;
    let agent = speaker.agent.clone().filter(|_| is_answer);
    let agent = agent.filter(|_| speaker.trust >= Trust::Token);
    let Some(agent) = agent.filter(|agent| draft.absence_of(agent).is_none()) else {
        return;
    };
    let Some(queue) = queues_of(draft, &agent).next() else {
        return;
    };
    let (zone, now) = (queue.calendar.zone(), draft.given.now);
    let text = arrival.reading.message.text.as_deref().unwrap_or_default();
    let stated = return_in(text, zone.to_datetime(now), zone);
    let absence = Absence {
        from: now,
        until: stated.unwrap_or_else(|| now.checked_add(NOTED).unwrap_or(now)),
        deputy: None,
        is_noted: true,
    };
    begin(draft, &agent, absence, Reason::AbsenceNoted);
}

/// An agent writes themselves: an absence that only their program told of is over.
pub(in super::super) fn note_return(draft: &mut Draft<'_>, arrival: &Arrival, speaker: &Speaker) {
    let is_sure = speaker.trust >= Trust::Token;
    let Some(agent) = speaker.agent.as_ref().filter(|_| is_sure) else {
        return;
    };
    let noted = draft.absence_of(agent).filter(|absence| absence.is_noted);
    // What was written before may come late.
    if noted.is_some_and(|absence| absence.from < arrival.at) {
        end(draft, agent, Reason::WroteAgain);
    }
}
