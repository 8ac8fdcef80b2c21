//! Whether a resolution asks how well it was done.

use crate::desk::{
    decision::{SURVEY_EVERY, Survey},
    draft::TicketDraft,
};

/// Nobody is asked about every little thing: one mail to several queues is asked about once, and a person once a week,
/// unless it is about the same ticket, which was not solved after all. A word of theirs counts all the same.
pub(super) fn asks_rating(ticket: &TicketDraft<'_, '_>) -> bool {
    let own = ticket.snapshot();
    let mut siblings = own
        .siblings
        .iter()
        .filter_map(|number| ticket.world.ticket(*number));
    let was_asked = |survey: Survey| {
        let since = ticket.given.now.duration_since(survey.at);
        let is_of_this = survey.ticket == own.number && survey.nps_at != Some(survey.at);
        !is_of_this && since < SURVEY_EVERY
    };
    !ticket.world.surveyed(own.requester).is_some_and(was_asked)
        && !siblings.any(|sibling| sibling.resolution.is_some() || sibling.rating.is_some())
}
