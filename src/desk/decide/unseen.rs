//! An answer without okno that never came to us, known by what is answered to it: the requester answers a mail of our
//! own house that nobody has shown us, and writes to our mailbox alone, as one does who presses Reply on a mail from it.

use crate::desk::{
    arrival::Arrival,
    draft::TicketDraft,
    lifecycle::Happening,
    permission::{Act, Standing, may},
    policy::Policy,
    reason::Reason,
};
use crate::model::{
    address::NamedAddress,
    event::EventData,
    ids::{MessageId, MessageRow, TicketNumber},
};

/// What our own programs' ids begin with: those of another okno of the house are no person's answers.
const OWN_IDS: &str = "okno.";

/// The unseen mail from our mailbox that this mail answers. One that an earlier mail of the ticket names has been
/// counted then; and whoever only says to be the requester shows nothing.
pub(super) fn answer_before<'m>(
    ticket: &TicketDraft<'_, '_>,
    arrival: &'m Arrival,
    standing: Standing,
) -> Option<&'m MessageId> {
    let policy = ticket.given.policy;
    let (id, number) = (arrival.parents().next()?, ticket.snapshot().number);
    may(Act::ShowAnswer, standing).ok()?;
    let in_ticket = |at: TicketNumber| {
        let end = ticket.world.going_on(at);
        end.is_some_and(|end| end.number == number)
    };
    let mut kin = ticket.world.kin(id).iter();
    let is_new = ticket.world.known(id).is_empty() && !kin.any(|kin| in_ticket(kin.ticket));
    (is_new && is_of_our_house(id, policy) && goes_to_us_alone(arrival, policy)).then_some(id)
}

/// The ticket had this answer by now, whenever it was sent: `message` is the mail that shows it.
pub(super) fn note_answer(
    ticket: &mut TicketDraft<'_, '_>,
    message: MessageRow,
    answer: MessageId,
) {
    let data = EventData::AnsweredUnseen { message, answer };
    ticket.happened(data, Reason::AnsweredUnseen);
    ticket.goes_to_work(Happening::AgentAnswered, Reason::AnsweredUnseen);
}

/// Whether a Message-ID was made in a domain of the site or below it, by none of our own.
fn is_of_our_house(id: &MessageId, policy: &Policy) -> bool {
    let Some((local, domain)) = id.as_str().rsplit_once('@') else {
        return false;
    };
    !local.starts_with(OWN_IDS) && policy.trust.is_own(domain)
}

/// Whether To names mailboxes of ours and nobody else.
fn goes_to_us_alone(arrival: &Arrival, policy: &Policy) -> bool {
    let to = &arrival.reading.message.to;
    let is_ours = |named: &NamedAddress| {
        let address = named.parsed();
        address.is_some_and(|address| policy.mailbox_of(&address).is_some())
    };
    !to.is_empty() && to.iter().all(is_ours)
}
