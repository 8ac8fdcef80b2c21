//! What a requester asks for by one word: how it stands, what else there is, to take it back, to hurry, another language.
//! Whoever asks is answered at once; the agents hear only of what concerns them.

use super::{
    Incoming,
    agent::why,
    form_list, join,
    own_tickets::{own_ticket, own_tickets},
    requester::{What, tell_agents},
    urgency,
};
use crate::desk::{
    arrival::Arrival,
    command::{Asked, Wish, read_wish},
    draft::{Draft, TicketDraft},
    identity::Speaker,
    lifecycle::{Happening, Transition, transition},
    loops,
    notify::Sending,
    permission::{Standing, may},
    policy::QueuePolicy,
    reason::Reason,
    threading::Seat,
};
use crate::model::{
    event::{EventData, Role},
    ids::PersonId,
    language::Language,
    outgoing::{AutoSubmitted, Body, Class, Offer, OwnTicket},
    ticket::{Side, State},
};

/// What a mail asks for, where it counts: the whole new text, of somebody who may, in a queue that has switched it on, in
/// answer to a mail of ours that offered it. A mail that names none of ours is a button, or has lost its references.
pub(super) fn read(ticket: &TicketDraft<'_, '_>, incoming: &Incoming<'_>) -> Option<Asked> {
    let arrival = incoming.arrival;
    let asked = read_wish(&arrival.whole_words()?)?;
    let is_on = ticket.queue()?.wishes.contains(&asked.wish) && there_are(asked.wish, ticket);
    let may_ask = may(asked.wish.act(), incoming.standing).is_ok();
    let may_answer = loops::answer_forbidden(arrival, ticket.given).is_none();
    let is_offered = || {
        let newest = arrival.newest_of_ours(ticket.given.key);
        newest.is_none_or(|id| ticket.snapshot().offered.contains(id))
    };
    (is_on && may_ask && may_answer && is_offered()).then_some(asked)
}

/// What a mail that belongs nowhere asks for, where its author is proven and has asked here before: how the last of it
/// stands, or what there is. It joins that ticket.
pub(super) fn at_large<'m>(
    draft: &mut Draft<'_>,
    arrival: &'m Arrival,
    speaker: &Speaker,
) -> Option<(Incoming<'m>, Asked)> {
    let asked = arrival.wish_at_large()?;
    let standing = Standing {
        role: Role::Requester,
        trust: speaker.trust,
        side: Side::Requester,
        serves_queue: false,
        has_our_mail: false,
    };
    let may_answer = loops::answer_forbidden(arrival, draft.given).is_none();
    if !may_answer || may(asked.wish.act(), standing).is_err() {
        return None;
    }
    let (address, _) = arrival.author()?;
    let here = &draft.given.policy.mailboxes.get(&arrival.mailbox)?.queue;
    let is_on = |queue: &QueuePolicy| queue.wishes.contains(&asked.wish);
    draft
        .given
        .policy
        .queues
        .get(here)
        .filter(|queue| is_on(queue))?;
    let mut own = draft.world.own_tickets(&address).iter();
    let newest = own.find_map(|number| {
        let ticket = draft.world.ticket(*number)?;
        let is_here = ticket.queue == *here && ticket.merged_into.is_none();
        (is_here && draft.world.is_requester(speaker.person, ticket)).then_some(*number)
    })?;
    draft.voice.role = Role::Requester;
    let incoming = Incoming {
        arrival,
        speaker: speaker.clone(),
        place: Seat {
            ticket: newest,
            side: Side::Requester,
            how: Reason::Asked,
            is_signed: false,
        },
        standing,
    };
    Some((incoming, asked))
}

/// Whether there is what is asked for: forms, where any are configured.
fn there_are(wish: Wish, ticket: &TicketDraft<'_, '_>) -> bool {
    wish != Wish::Forms || !ticket.given.policy.forms.is_empty()
}

/// Does it, and answers.
pub(super) fn grant(draft: &mut Draft<'_>, incoming: &Incoming<'_>, asked: Asked) {
    let Incoming {
        arrival,
        speaker,
        place,
        ..
    } = incoming;
    let (others, is_more) = match asked.wish {
        Wish::History => own_tickets(draft, arrival, (speaker.person, place.ticket)),
        Wish::Status
        | Wish::Cancel
        | Wish::Urgent
        | Wish::Language
        | Wish::Why
        | Wish::Forms
        | Wish::Help => (Vec::new(), false),
    };
    let Some(mut ticket) = draft.ticket(place.ticket) else {
        return;
    };
    ticket.decision.reason = Reason::Asked;
    let seat = Seat {
        side: Side::Requester,
        ..place.clone()
    };
    join(&mut ticket, arrival, speaker, &seat);
    let what = match asked.wish {
        Wish::Forms => return form_list::send(&mut ticket, arrival, speaker),
        Wish::Why => {
            why::tell(&mut ticket, arrival, speaker.person, Side::Requester);
            return;
        }
        Wish::Status | Wish::History | Wish::Help => asked.wish.code(),
        Wish::Cancel => withdraw(&mut ticket, incoming),
        Wish::Urgent => hurry(&mut ticket, incoming),
        Wish::Language => speak(&mut ticket, incoming, asked.language),
    };
    answer(
        &mut ticket,
        arrival,
        speaker.person,
        (what, others, is_more),
    );
}

/// What is not needed any more ends at once; nobody is judged by it.
fn withdraw(ticket: &mut TicketDraft<'_, '_>, incoming: &Incoming<'_>) -> &'static str {
    let state = ticket.snapshot().state;
    if transition(state, Happening::RequesterWithdrew) != Transition::Close {
        return "too_late";
    }
    ticket.happened(EventData::Withdrawn, Reason::Withdrawn);
    tell_agents(
        ticket,
        incoming.arrival,
        &incoming.speaker,
        (What::Withdrawn, None),
    );
    "withdrawn"
}

/// The agents are told at once, and once.
fn hurry(ticket: &mut TicketDraft<'_, '_>, incoming: &Incoming<'_>) -> &'static str {
    if !ticket.snapshot().state.is_live() {
        return "too_late";
    }
    if ticket.snapshot().is_urgent {
        return "urgent_already";
    }
    // What an agent has said once is not taken back by one word.
    if ticket.snapshot().urgent_at.is_some() {
        return "urgent_lowered";
    }
    if !urgency::ask(ticket, &incoming.speaker, Reason::UrgencyAsked) {
        return "urgent_limit";
    }
    urgency::hurry_clocks(ticket);
    tell_agents(
        ticket,
        incoming.arrival,
        &incoming.speaker,
        (What::Urgent, None),
    );
    "urgent"
}

fn speak(
    ticket: &mut TicketDraft<'_, '_>,
    incoming: &Incoming<'_>,
    language: Option<Language>,
) -> &'static str {
    if let Some(language) = language {
        let address = &incoming.speaker.address;
        ticket.person(address, None, Some(language));
        if language != ticket.snapshot().language {
            let chosen = EventData::LanguageChosen { language };
            ticket.happened(chosen, Reason::LanguageChosen);
        }
    }
    "language"
}

pub(super) fn answer(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    person: PersonId,
    (what, others, is_more): (&str, Vec<OwnTicket>, bool),
) {
    let Some(own) = own_ticket(ticket, ticket.snapshot().language) else {
        return;
    };
    let body = Body::Told {
        what: what.to_owned(),
        own,
        others,
        is_more,
        wishes: offered(ticket),
        why: String::new(),
        limit: ticket.queue().map_or(0, |queue| queue.urgency_limit),
    };
    send(ticket, arrival, person, (AutoSubmitted::Replied, body));
}

/// The requester is told that an agent has said that their request can wait, and why.
pub(super) fn tell_lowered(ticket: &mut TicketDraft<'_, '_>, arrival: &Arrival, why: &str) {
    let Some(own) = own_ticket(ticket, ticket.snapshot().language) else {
        return;
    };
    let person = ticket.snapshot().requester;
    let body = Body::Told {
        what: "lowered".to_owned(),
        own,
        others: Vec::new(),
        is_more: false,
        wishes: offered(ticket),
        why: why.to_owned(),
        limit: 0,
    };
    send(ticket, arrival, person, (AutoSubmitted::Generated, body));
}

fn send(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    person: PersonId,
    (auto_submitted, body): (AutoSubmitted, Body),
) {
    ticket.send(Sending {
        key: format!("told:{}", arrival.raw),
        class: Class::Automatic,
        auto_submitted,
        side: Side::Requester,
        to: vec![person],
        cc: Vec::new(),
        from_agent: None,
        body,
        offers: Some(Offer::Wishes),
        enclosures: None,
        hop: loops::hop(arrival),
    });
}

/// What the requester may ask for in this ticket, as codes: nothing that makes no sense any more.
pub(super) fn offered(ticket: &TicketDraft<'_, '_>) -> Vec<String> {
    let Some(queue) = ticket.queue() else {
        return Vec::new();
    };
    let known = ticket.snapshot();
    let makes_sense = |wish: &Wish| match wish {
        Wish::Cancel => !matches!(known.state, State::Resolved | State::Closed),
        Wish::Urgent => known.state.is_live() && known.urgent_at.is_none(),
        Wish::Forms => there_are(*wish, ticket),
        Wish::Status | Wish::History | Wish::Language | Wish::Why | Wish::Help => true,
    };
    let wishes = Wish::ALL.into_iter();
    wishes
        .filter(|wish| queue.wishes.contains(wish))
        .filter(makes_sense)
        .map(|wish| wish.code().to_owned())
        .collect()
}
