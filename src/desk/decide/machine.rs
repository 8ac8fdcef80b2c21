//! Mails that nobody asked for: machines' answers, mass mail, and people who know a ticket but take no part in it. Kept
//! and explained; nothing of them leaves the house.

use super::{Incoming, challenge, duty};
use crate::desk::{
    arrival::Arrival,
    decision::MessageRecord,
    draft::{Draft, TicketDraft},
    identity::{self, Speaker},
    loops,
    notify::{self, Sending},
    reason::Reason,
    showing::Showing,
    threading::Seat,
};
use crate::model::{
    event::{EventData, Role, Stream, Trust},
    message::Kind,
    outgoing::{AutoSubmitted, Body, Class},
    ticket::Side,
};

/// A mail that is part of no conversation. The administrator can read it and, by its Message-ID, find out why.
pub(super) fn put_aside(draft: &mut Draft<'_>, arrival: &Arrival, reason: Reason) {
    draft.decision.reason = reason;
    record_aside(draft, arrival);
    draft.happened_elsewhere(
        Stream::Mailbox(arrival.mailbox.clone()),
        EventData::SetAside,
        reason,
        None,
    );
}

/// The mail is known from now on, and is part of no conversation.
pub(super) fn record_aside(draft: &mut Draft<'_>, arrival: &Arrival) {
    if let Some((address, _)) = arrival.author() {
        // What such a mail calls its author and which language it speaks is nothing to remember.
        let person = draft.person(&address, None, None);
        let message_id = super::id_of(draft, arrival, None);
        let row = draft.next_message();
        draft.record(MessageRecord {
            row,
            ticket: None,
            side: Side::Requester,
            raw: Some(arrival.raw),
            person,
            message_id,
            content: arrival.content(),
            lineage: Vec::new(),
        });
    }
}

/// A mail that the site does not want: nobody is told but the administrator, who decides what becomes of it.
pub(super) fn keep_apart(draft: &mut Draft<'_>, arrival: &Arrival, reason: Reason, by: String) {
    draft.decision.reason = reason;
    draft.decision.quarantine = Some(format!("{}: {by}", reason.code()));
    draft.happened_elsewhere(
        Stream::Mailbox(arrival.mailbox.clone()),
        EventData::MailQuarantined { raw: arrival.raw },
        reason,
        Some(by),
    );
}

/// A machine's mail joins the conversation it answers and changes nothing there.
pub(super) fn file(draft: &mut Draft<'_>, arrival: &Arrival, place: Option<Seat>) {
    let found = place.and_then(|place| Some((draft.ticket(place.ticket)?, place)));
    let Some((mut ticket, place)) = found else {
        let is_mass = matches!(arrival.reading.message.kind, Kind::Bulk | Kind::List);
        return put_aside(
            draft,
            arrival,
            if is_mass {
                Reason::MassMail
            } else {
                Reason::MachineUnmatched
            },
        );
    };
    let Some(speaker) = identity::recognise(arrival, Some(&place), &mut ticket) else {
        return;
    };
    ticket.voice.role = Role::Machine;
    ticket.decision.reason = Reason::MachineNote;
    super::join(&mut ticket, arrival, &speaker, &place);
    duty::note_absence(&mut ticket, arrival, (&speaker, &place));
}

/// Whether an agent may let the writer read along: not somebody who may be another, nor a mailbox of ours, nor nobody.
fn propose(ticket: &mut TicketDraft<'_, '_>, speaker: &Speaker) -> bool {
    let address = &speaker.address;
    let is_ours = ticket.given.policy.mailbox_of(address).is_some();
    let is_nobody = address.domain().ends_with(".invalid");
    if speaker.trust == Trust::Suspicious || is_ours || is_nobody {
        return false;
    }
    let known = ticket.snapshot().candidates.clone();
    if !ticket.world.is_among(speaker.person, &known) {
        let person = speaker.person;
        ticket.happened(EventData::ObserverProposed { person }, Reason::Stranger);
    }
    true
}

/// Somebody who knows a tag or an id but takes no part: the agents read it, the writer is sent nothing.
pub(super) fn stranger_wrote(ticket: &mut TicketDraft<'_, '_>, incoming: &Incoming<'_>) {
    let Incoming {
        arrival,
        speaker,
        place,
        ..
    } = incoming;
    ticket.decision.reason = Reason::Stranger;
    ticket.decision.is_fresh_human = false;
    let row = super::join(ticket, arrival, speaker, place);
    ticket.happened(EventData::NoteAdded { message: row }, Reason::Stranger);
    let may_be_added = propose(ticket, speaker);
    challenge::ask_whose(ticket, incoming, row);
    let to = ticket.agents_to_tell();
    let Some(facts) = ticket.facts(ticket.staff_language()) else {
        return;
    };
    let showing = Showing::of(speaker, ticket);
    let address = Some(showing.words(speaker.address.as_str()));
    let (enclosures, files_left_out) =
        arrival.enclosures_for_agents(ticket.given.policy.relay_bytes_max);
    let files = notify::names_of(enclosures.as_ref());
    ticket.send(Sending {
        key: format!("follow_up:{}", arrival.raw),
        class: Class::Automatic,
        auto_submitted: AutoSubmitted::Generated,
        side: Side::Agents,
        to,
        cc: Vec::new(),
        from_agent: None,
        body: Body::FollowUp {
            ticket: facts,
            what: if may_be_added {
                "candidate"
            } else {
                "stranger"
            }
            .to_owned(),
            author: address.clone().unwrap_or_default(),
            author_address: address,
            marks: showing.marks(),
            text: showing.words(arrival.new_text()),
            rating: None,
            warnings: showing.warnings(arrival, &files),
            files: showing.names(files),
            files_left_out: showing.names(files_left_out),
            assignee: None,
            copied: Vec::new(),
        },
        offers: None,
        enclosures: showing.formatted(arrival, enclosures),
        hop: loops::hop(arrival),
    });
}
