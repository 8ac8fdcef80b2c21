//! Reports that a mail did not arrive. Anybody can write one, so a report acts only where it speaks of a mail that we
//! sent, to the very address that we sent it to, and no person has visibly written it. Every other one about a ticket is a
//! note for its agents.

use std::collections::BTreeSet;

use super::{notices, undelivered};
use crate::desk::{
    arrival::Arrival,
    cause::Failure,
    draft::{DecisionBuilder, Draft, TicketDraft},
    identity,
    reason::Reason,
    threading::{self, Seat},
    token::Envelope,
    world::Posted,
};
use crate::model::{
    address::{Address, NamedAddress},
    event::{Actor, EventData, Role},
    ids::{PayrollName, PersonId},
    message::{BouncedRecipient, Kind},
    ticket::Side,
};

/// A report about a mail of ours: filed with its ticket, and where it is final and believed, somebody is told. It is found
/// by its envelope id and by ids alone: a tag in its subject says nothing about which mail it reports.
pub(super) fn bounced(draft: &mut Draft<'_>, arrival: &Arrival) {
    let envelope = envelope(draft, arrival);
    let posted = posted(draft, arrival, envelope);
    let place = posted.first().and_then(|posted| seat(draft, posted));
    let place = place.or_else(|| {
        let mut ids = arrival.reported();
        ids.find_map(|id| threading::seat_of(id, draft.world, draft.given))
    });
    let found = place.and_then(|place| Some((draft.ticket(place.ticket)?, place)));
    let Some((mut ticket, place)) = found else {
        if envelope != Envelope::Forged && arrival.reading.message.kind == Kind::Bounce {
            let failed = failed(arrival, &posted, envelope);
            if failed.is_empty() {
                of_reader(draft, arrival);
            }
            of_no_ticket(draft, arrival, failed);
        }
        return super::machine::put_aside(draft, arrival, Reason::BounceUnmatched);
    };
    ticket.voice.role = Role::Machine;
    let Some(speaker) = identity::recognise(arrival, Some(&place), &mut ticket) else {
        return;
    };
    ticket.voice.actor = Actor::Okno;
    let mail = &arrival.reading.message;
    // Given up is given up, although another try may succeed later: the mail did not get there.
    let is_final = mail.kind == Kind::Bounce && mail.bounce.is_some();
    let is_believed =
        envelope != Envelope::Forged && !is_a_persons(&ticket, arrival, speaker.person);
    let failed = if is_final && is_believed {
        failed(arrival, &posted, envelope)
    } else {
        Vec::new()
    };
    let reason = match (is_final, failed.is_empty()) {
        (false, _) => Reason::Delayed,
        (true, true) => Reason::ReportDoubted,
        (true, false) => Reason::Bounced,
    };
    ticket.decision.reason = reason;
    let row = super::join(&mut ticket, arrival, &speaker, &place);
    if failed.is_empty() {
        ticket.happened(EventData::NoteAdded { message: row }, reason);
        if is_final && place.side == Side::Requester {
            notices::notify_agents(&mut ticket, format!("report:{}", arrival.raw), "report");
        }
        return;
    }
    for (count, (posted, one)) in failed.into_iter().enumerate() {
        let failure = Failure {
            cause: format!("raw:{}", arrival.raw),
            ticket: Some(place.ticket),
            side: Some(place.side),
            message: posted.message,
            recipient: posted.recipient.clone(),
            status: one.status.clone(),
            diagnostic: one.diagnostic.clone().unwrap_or_default(),
            // One letter says that a card did not arrive, however many it names.
            payroll: None,
            is_about_failure: place.side == Side::Agents && count > 0,
        };
        undelivered::tell(&mut ticket, &failure, Reason::Bounced);
    }
}

/// A mail that is about no ticket did not arrive.
fn of_no_ticket(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    failed: Vec<(&Posted, BouncedRecipient)>,
) {
    for (posted, one) in failed {
        let failure = Failure {
            cause: format!("raw:{}", arrival.raw),
            ticket: None,
            side: None,
            message: posted.message,
            recipient: posted.recipient.clone(),
            status: one.status,
            diagnostic: one.diagnostic.unwrap_or_default(),
            payroll: payroll_of(draft, arrival, &posted.recipient),
            is_about_failure: false,
        };
        undelivered::letter_came_back(draft, &failure);
    }
}

/// A letter about a payroll month is known by its own id, which is bound to its reader: many servers report nothing else.
fn of_reader(draft: &mut Draft<'_>, arrival: &Arrival) {
    let key = draft.given.key;
    let lists = draft.given.policy.payrolls.values();
    let heads = draft.given.policy.agents.values();
    let heads = heads.map(|agent| &agent.address);
    let readers: BTreeSet<&Address> = lists.flat_map(|list| &list.to).chain(heads).collect();
    let is_to = |reader: &Address| {
        arrival
            .reported()
            .any(|id| key.payroll_of(id, reader).is_some())
    };
    let bounce = arrival.reading.message.bounce.as_ref();
    let named = bounce.map_or(&[][..], |bounce| &bounce.recipients);
    for reader in readers.into_iter().filter(|reader| is_to(reader)) {
        let mut about = named
            .iter()
            .filter(|one| one.action.as_deref() != Some("delayed"));
        let Some(one) = about.find(|one| is_about(one, reader)) else {
            continue;
        };
        let failure = Failure {
            cause: format!("raw:{}", arrival.raw),
            ticket: None,
            side: None,
            message: None,
            recipient: reader.clone(),
            status: one.status.clone(),
            diagnostic: one.diagnostic.clone().unwrap_or_default(),
            payroll: payroll_of(draft, arrival, reader),
            is_about_failure: false,
        };
        undelivered::letter_came_back(draft, &failure);
    }
}

/// The payroll list and the month that the lost letter was about, as its own id says.
fn payroll_of(
    draft: &Draft<'_>,
    arrival: &Arrival,
    reader: &Address,
) -> Option<(PayrollName, String)> {
    let key = draft.given.key;
    let mut ids = arrival.reported();
    let mark = ids.find_map(|id| key.payroll_of(id, reader))?;
    Some((mark.list, mark.period))
}

/// What the report's envelope id says. One that we gave to a delivery that is not known any more says nothing.
fn envelope(draft: &DecisionBuilder<'_>, arrival: &Arrival) -> Envelope {
    match arrival.envelope(draft.given.key) {
        Envelope::Ours(delivery) if draft.world.posted_by(delivery).is_none() => Envelope::Foreign,
        envelope @ (Envelope::Ours(_) | Envelope::Forged | Envelope::Foreign) => envelope,
    }
}

/// The mail of ours that the report speaks of, to each of its recipients: to the one of its envelope id, else by the
/// Message-IDs that it names.
fn posted(draft: &DecisionBuilder<'_>, arrival: &Arrival, envelope: Envelope) -> Vec<Posted> {
    match envelope {
        Envelope::Ours(delivery) => draft
            .world
            .posted_by(delivery)
            .cloned()
            .into_iter()
            .collect(),
        Envelope::Forged | Envelope::Foreign => {
            let mails = arrival.reported().map(|id| draft.world.posted(id));
            let mut mails = mails.map(|mail| mail.cloned().collect::<Vec<_>>());
            mails.find(|mail| !mail.is_empty()).unwrap_or_default()
        }
    }
}

fn seat(draft: &DecisionBuilder<'_>, posted: &Posted) -> Option<Seat> {
    let ticket = draft.world.going_on(posted.ticket?)?;
    Some(Seat {
        ticket: ticket.number,
        side: posted.side?,
        how: Reason::ByReport,
        is_signed: false,
    })
}

/// Whether somebody has visibly written this report by hand: servers send theirs from the null path (RFC 3464, 2; RFC 5321,
/// 4.5.5), and none in the name of somebody who takes part.
fn is_a_persons(ticket: &TicketDraft<'_, '_>, arrival: &Arrival, author: PersonId) -> bool {
    let path = arrival.reading.message.return_path.as_deref();
    let has_sender = path.is_some_and(|path| !is_null(path));
    let from = arrival.from().and_then(NamedAddress::parsed);
    let is_agent = from.is_some_and(|from| {
        ticket
            .world
            .agent_at(&from, Some(author), ticket.given.policy)
            .is_some()
    });
    has_sender || is_agent || ticket.world.takes_part(author, ticket.snapshot())
}

/// Some servers write the null path as the name of who uses it.
fn is_null(path: &str) -> bool {
    let local = path.split('@').next().unwrap_or_default();
    local.is_empty() || local.eq_ignore_ascii_case("mailer-daemon")
}

/// Where the mail did not get, as far as we sent it there. A report with an envelope id is about one delivery, whatever
/// address it led to; any other one must name where we wrote to.
fn failed<'r>(
    arrival: &'r Arrival,
    posted: &'r [Posted],
    envelope: Envelope,
) -> Vec<(&'r Posted, BouncedRecipient)> {
    let bounce = arrival.reading.message.bounce.as_ref();
    let named = bounce.map_or(&[][..], |bounce| &bounce.recipients);
    let given_up = |one: &&BouncedRecipient| one.action.as_deref() != Some("delayed");
    let of = |posted: &Posted| {
        let mut given_up = named.iter().filter(given_up);
        given_up.find(|one| is_about(one, &posted.recipient))
    };
    let said = |posted: &'r Posted| match envelope {
        Envelope::Ours(_) if named.is_empty() => Some((posted, BouncedRecipient::default())),
        Envelope::Ours(_) => {
            let one = of(posted).or_else(|| named.iter().find(given_up));
            one.map(|one| (posted, one.clone()))
        }
        Envelope::Forged | Envelope::Foreign => of(posted).map(|one| (posted, one.clone())),
    };
    posted.iter().filter_map(said).collect()
}

/// Whether a report's entry is about the address that we wrote to, by itself or by where it leads.
fn is_about(one: &BouncedRecipient, recipient: &Address) -> bool {
    let mut named = one.original.iter().chain([&one.address]);
    named.any(|named| Address::parse(named).as_ref() == Ok(recipient))
}
