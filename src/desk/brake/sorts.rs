//! Mails that the brake treats in ways of their own.

use crate::desk::draft::Draft;
use crate::model::{
    classification::RequestClass,
    outgoing::{Body, Class, OutgoingMail},
    ticket::Side,
};

/// Whether agents have to hear of it whatever they were sent before (DOMAIN, decision 4): a promise has passed, or it is about
/// an emergency. Only the fuse holds it.
pub(super) fn is_pressing(draft: &mut Draft<'_>, mail: &OutgoingMail) -> bool {
    let ticket = mail.ticket.and_then(|number| draft.ticket(number));
    let class = ticket.map(|ticket| ticket.snapshot().classification.class);
    let is_emergency = class == Some(RequestClass::Emergency);
    mail.side == Some(Side::Agents) && (is_emergency || matches!(mail.body, Body::Late(_)))
}

/// Whether this passes on to the agents what somebody has said. What an agent says to the requester is none, nor is what
/// an agent has just asked for.
pub(super) const fn is_relay(mail: &OutgoingMail) -> bool {
    matches!(
        (mail.class, mail.side, &mail.body),
        (Class::Human, Some(Side::Agents), Body::FollowUp { .. })
    )
}
