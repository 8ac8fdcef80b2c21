//! A ticket that is written in faster than people write.

use jiff::SignedDuration;

use crate::desk::{alarm, draft::Draft};
use crate::model::{alarm::STORM, outgoing::OutgoingMail, ticket::RELAYS_KEPT};

/// Twelve relays of one ticket within so long are no conversation.
const STORM_WINDOW: SignedDuration = SignedDuration::from_mins(5);

/// Whether a ticket relays faster than people write. Two machines that look like people would talk for ever: the agents
/// find the rest in their digest, which wakes no machine, and the administrator is told. The agents' own answers go out, and
/// other tickets go on as before.
pub(super) fn is_storm(draft: &mut Draft<'_>, mail: &OutgoingMail) -> bool {
    let now = draft.given.now;
    let Some(ticket) = mail.ticket.and_then(|number| draft.ticket(number)) else {
        return false;
    };
    let relayed = &ticket.snapshot().relayed;
    let first = relayed.first().filter(|_| relayed.len() >= RELAYS_KEPT);
    let is_storm = first.is_some_and(|first| now.duration_since(*first) < STORM_WINDOW);
    if is_storm {
        let (prefix, number) = (&ticket.snapshot().prefix, ticket.snapshot().number);
        let object = format!("{prefix}-{number}");
        alarm::tell_for_the_day(draft, STORM, (object, String::new()), Some(number));
    }
    is_storm
}
