//! A part of a request becomes a ticket of its own: of the same requester, in the queue it was in, with its own number,
//! owner and clocks, which begin when the agent said so. Each names the other; the requester is told, and nobody who only
//! reads along.

use super::{cards::deal_cards, opening, ruled};
use crate::desk::{
    arrival::Arrival,
    draft::{Draft, Split},
    identity::Speaker,
    origin::{Brought, Way},
    reason::Reason,
    routing::Addressee,
    trust::Ground,
};
use crate::model::{
    event::EventData,
    ids::{PersonId, TicketNumber},
};

/// Opens what the mail at hand has split off.
pub(super) fn open_all(draft: &mut Draft<'_>, arrival: &Arrival) {
    for split in std::mem::take(&mut draft.splits) {
        let (reason, brought) = (draft.decision.reason, draft.brought.take());
        draft.decision.reason = Reason::SplitOff;
        open(draft, arrival, split);
        draft.decision.reason = reason;
        draft.brought = brought;
    }
}

fn open(draft: &mut Draft<'_>, arrival: &Arrival, split: Split) -> Option<()> {
    let parent = split.parent;
    let whole = draft.ticket(parent)?;
    let (requester, is_quiet) = (whole.snapshot().requester, whole.snapshot().is_quiet);
    let asker = asker(draft, requester)?;
    let policy = draft.given.policy;
    let (queue, own) = policy.queues.get_key_value(&split.queue)?;
    let (mailbox, _) = policy.mailboxes.get_key_value(&own.mailbox)?;
    let to = Addressee {
        mailbox,
        queue,
        is_hidden: false,
    };
    draft.brought = Some(Brought {
        way: Way::Split,
        agent: split.agent,
        by: split.by,
        note: String::new(),
        text: split.words.clone(),
        subject: Some(split.words),
        of: Some(parent),
    });
    let to = ruled::keep(draft, (arrival, &asker), to);
    let opened = opening::open_all(draft, arrival, &asker, &[to], &[]);
    for one in &opened {
        tie(draft, parent, one.number);
        // Whoever wanted no automatic mail of the whole wants none of its part.
        if let Some(mut part) = draft.ticket(one.number).filter(|_| is_quiet) {
            part.happened(EventData::AutomaticMailStopped, Reason::SplitOff);
        }
    }
    opening::acknowledge(draft, arrival, &asker, &opened);
    deal_cards(draft, arrival, &asker, &opened);
    Some(())
}

/// Each knows the other, and the new one what it was part of.
fn tie(draft: &mut Draft<'_>, parent: TicketNumber, child: TicketNumber) {
    if let Some(mut ticket) = draft.ticket(child) {
        ticket.happened(EventData::SplitFrom { ticket: parent }, Reason::SplitOff);
        ticket.happened(EventData::LinkedTo { ticket: parent }, Reason::SplitOff);
    }
    if let Some(mut ticket) = draft.ticket(parent) {
        ticket.happened(EventData::LinkedTo { ticket: child }, Reason::SplitOff);
    }
}

/// The requester, as far as the agent is believed who says so.
fn asker(draft: &Draft<'_>, requester: PersonId) -> Option<Speaker> {
    let person = draft.world.who(requester);
    let address = draft.person_by_id(person)?.address.clone();
    Some(Speaker {
        person,
        address,
        agent: None,
        trust: draft.voice.trust,
        ground: Ground::NotJudged,
        route: None,
        has_anothers_token: false,
    })
}
