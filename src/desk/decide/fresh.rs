//! Whether a mail is fresh human mail: what it causes is no storm of machines, and no fuse counts it.

use crate::desk::{arrival::Arrival, draft::Draft, loops};

/// Whether it is: nothing speaks against an answer, and its sender's caps leave room.
pub(super) fn is_fresh(draft: &Draft<'_>, arrival: &Arrival) -> bool {
    loops::answer_forbidden(arrival, draft.given).is_none() && is_under_caps(draft, arrival)
}

/// Whether the sender of a fresh mail has room left under the caps: whoever has not is no reason to answer more.
fn is_under_caps(draft: &Draft<'_>, arrival: &Arrival) -> bool {
    let from = arrival.from();
    let Some(from) = from.and_then(|from| from.parsed()) else {
        return false;
    };
    // What is sent goes to the person, whichever address this mail comes from.
    let person = draft.world.person(&from);
    let address = person.map_or(&from, |person| draft.address_of(person));
    let (hour, day) = draft.given.policy.caps_of(address);
    let sent = draft.world.sent(address);
    sent.hour < hour && sent.day < day
}
