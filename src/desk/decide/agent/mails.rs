//! What goes out of an agent's mail: the answer, the resolution, and to the agent alone what was refused.

use super::{
    super::{become_responsible, correcting::found_later},
    NotDone, Said, canned, escalate,
    rating::asks_rating,
};
use crate::desk::{
    arrival::Arrival,
    decision::Survey,
    draft::{ANSWERS, TicketDraft},
    lifecycle::Happening,
    loops,
    notify::{Sending, names_of},
    reason::Reason,
    showing::Showing,
};
use crate::model::{
    event::EventData,
    ids::{AgentName, PersonId},
    language::Language,
    outgoing::{AutoSubmitted, Body, Class, Offer},
    ticket::{Side, State},
};

/// The agent's words go to the requester; `waits`: the agent waits for the answer, or for somebody else.
pub(super) fn answer(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    said: &Said<'_>,
    waits: bool,
) {
    ticket.decision.reason = Reason::AgentReply;
    become_responsible(ticket, &said.agent);
    ticket.happened(
        EventData::Answered {
            message: said.row,
            agent: said.agent.clone(),
        },
        Reason::AgentReply,
    );
    let by = Some(&said.agent);
    found_later(ticket, (&ANSWERS, by));
    ticket.is_answered(by);
    ticket.goes_to_work(Happening::AgentAnswered, Reason::AgentReply);
    let is_asked = waits && ticket.snapshot().state == State::Pending;
    let what = if is_asked { "asked_back" } else { "answered" };
    if escalate::goes_back(ticket, (arrival, said), what) {
        return;
    }
    let Some(facts) = ticket.facts(requester_language(ticket)) else {
        return;
    };
    let (enclosures, files_left_out) = arrival.enclosures(ticket.given.policy.relay_bytes_max);
    let agent = ticket.agent_name(&said.agent);
    let (to, cc) = conversation(ticket, arrival);
    let canned = canned::of(ticket, said);
    let enclosures = canned::formatted(arrival, enclosures, &canned);
    let body = Body::Reply {
        ticket: facts,
        agent,
        text: with_signature(arrival, said),
        canned,
        is_asked,
        is_shared: !cc.is_empty(),
        files_left_out,
    };
    ticket.send(Sending {
        key: format!("reply:{}", arrival.raw),
        class: Class::Human,
        auto_submitted: AutoSubmitted::No,
        side: Side::Requester,
        to,
        cc,
        from_agent: Some(said.agent.clone()),
        body,
        offers: None,
        enclosures,
        hop: loops::hop(arrival),
    });
}

/// The resolution: the agent's words and the question whether all is well, in one mail.
pub(super) fn tell_resolution(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    said: &Said<'_>,
) {
    if escalate::goes_back(ticket, (arrival, said), "solved") {
        return;
    }
    let Some(closes) = ticket.closes() else {
        return;
    };
    let Some(facts) = ticket.facts(requester_language(ticket)) else {
        return;
    };
    // What the requester wrote themselves is not sent back to them.
    let (enclosures, files_left_out) = match ticket.brought {
        Some(_) => (None, Vec::new()),
        None => arrival.enclosures(ticket.given.policy.relay_bytes_max),
    };
    let has_words = !said.mail.answer.trim().is_empty();
    let text = if has_words {
        with_signature(arrival, said)
    } else {
        String::new()
    };
    let agent = ticket.agent_name(&said.agent);
    let canned = canned::of(ticket, said);
    let enclosures = canned::formatted(arrival, enclosures, &canned);
    let asks_rating = asks_rating(ticket);
    if asks_rating {
        let (requester, at) = (
            ticket.world.who(ticket.snapshot().requester),
            ticket.given.now,
        );
        let survey = Survey {
            ticket: ticket.snapshot().number,
            at,
            nps_at: None,
            wants_nps: None,
        };
        ticket.decision.surveyed.push((requester, survey));
    }
    // The question goes to the requester in any case.
    let (to, (_, cc)) = (
        vec![ticket.snapshot().requester],
        conversation(ticket, arrival),
    );
    ticket.send(Sending {
        key: format!("resolution:{}", arrival.raw),
        // An agent has just said so: no cap may swallow it.
        class: Class::Human,
        auto_submitted: if has_words {
            AutoSubmitted::No
        } else {
            AutoSubmitted::Generated
        },
        side: Side::Requester,
        to,
        cc,
        from_agent: Some(said.agent.clone()),
        body: Body::Resolution {
            ticket: facts,
            agent,
            text,
            canned,
            closes,
            asks_rating,
            files_left_out,
        },
        offers: Some(Offer::Confirmation),
        enclosures,
        hop: loops::hop(arrival),
    });
}

/// The others of the queue hear what one of them noted, or that somebody handles the ticket now: without it two would
/// answer the same question.
pub(super) fn tell_colleagues(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    said: &Said<'_>,
    (what, text): (&str, &str),
) {
    let mut to = ticket.colleagues_of(&said.agent);
    if !text.is_empty() {
        to.retain(|person| !has_it(ticket, arrival, *person));
    }
    send_notice(ticket, (arrival, said), to, (what, text));
}

/// Tells agents what this one has done or noted.
fn send_notice(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, said): (&Arrival, &Said<'_>),
    to: Vec<PersonId>,
    (what, text): (&str, &str),
) {
    let Some(facts) = ticket.facts(ticket.staff_language()) else {
        return;
    };
    let author = ticket.agent_name(&said.agent);
    let assignee = ticket.snapshot().assignee.as_ref();
    let assignee = assignee.map(|agent| ticket.agent_name(agent));
    let author_address = Some(said.speaker.address.to_string());
    ticket.send(Sending {
        key: format!("{what}:{}", arrival.raw),
        class: if text.is_empty() {
            Class::Automatic
        } else {
            Class::Human
        },
        auto_submitted: AutoSubmitted::Generated,
        side: Side::Agents,
        to,
        cc: Vec::new(),
        from_agent: None,
        body: Body::FollowUp {
            ticket: facts,
            what: what.to_owned(),
            author,
            author_address,
            marks: Vec::new(),
            text: text.to_owned(),
            rating: None,
            files: Vec::new(),
            files_left_out: Vec::new(),
            warnings: Vec::new(),
            assignee,
            copied: Vec::new(),
        },
        offers: None,
        enclosures: None,
        hop: loops::hop(arrival),
    });
}

/// The last mail of a participant, whole, to the agent who asked for it and to nobody else.
pub(super) fn show_original(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    said: &Said<'_>,
) -> Result<(), NotDone> {
    let nothing = || NotDone::from(Reason::NothingToShow);
    let original = ticket.original().ok_or_else(nothing)?;
    let facts = ticket.facts(ticket.staff_language()).ok_or_else(nothing)?;
    let showing = Showing::again(original, ticket);
    let (enclosures, files_left_out) = original.original(ticket.given.policy.relay_bytes_max);
    let warnings = showing.warnings(original, &names_of(enclosures.as_ref()));
    let mail = &original.reading.message;
    let (address, name) = original.author().ok_or_else(nothing)?;
    let body = Body::Original {
        ticket: facts,
        author: showing.words(&name.unwrap_or_else(|| address.to_string())),
        author_address: address.to_string(),
        marks: showing.marks(),
        text: showing.words(mail.text.as_deref().unwrap_or("")),
        files_left_out,
        warnings,
    };
    let key = format!("original:{}", arrival.raw);
    // An agent has just asked for it: no cap may swallow it.
    let class = Class::Human;
    let author = (arrival, said.speaker.person);
    ticket.send(Sending {
        enclosures,
        ..Sending::to_author(author, key, class, body)
    });
    Ok(())
}

/// Who is responsible now hears of it, and who was it before; not whoever said so.
pub(super) fn tell_owners(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    said: &Said<'_>,
    owners: [Option<AgentName>; 2],
) {
    // A request that is being brought is told by its card.
    let is_brought = ticket.brought.is_some();
    let owners = owners.into_iter().flatten();
    let others = owners.filter(|_| !is_brought);
    let others = others.filter(|agent| *agent != said.agent);
    let to: Vec<PersonId> = others
        .filter_map(|agent| ticket.agent_person(&agent))
        .collect();
    send_notice(ticket, (arrival, said), to, ("assigned", ""));
}

fn requester_language(ticket: &TicketDraft<'_, '_>) -> Language {
    ticket.snapshot().language
}

/// The requester, and in Cc those who read along; nobody to whom the agent's own mail went.
fn conversation(ticket: &TicketDraft<'_, '_>, arrival: &Arrival) -> (Vec<PersonId>, Vec<PersonId>) {
    let known = ticket.snapshot();
    let lacks_it = |person: &PersonId| !has_it(ticket, arrival, *person);
    let to = Some(known.requester).into_iter().filter(lacks_it).collect();
    (to, known.readers().filter(lacks_it).collect())
}

/// Whether To or Cc of this mail has brought it to somebody already.
fn has_it(ticket: &TicketDraft<'_, '_>, arrival: &Arrival, person: PersonId) -> bool {
    let person = ticket.person_by_id(person);
    person.is_some_and(|person| person.addresses().any(|own| arrival.names(own)))
}

/// The agent's words as they wrote them, with their own signature below.
fn with_signature(arrival: &Arrival, said: &Said<'_>) -> String {
    let words = said.mail.answer.trim_end();
    match arrival.reading.message.signature.as_deref().map(str::trim) {
        Some(signature) if !signature.is_empty() => format!("{words}\n\n{signature}"),
        Some(_) | None => words.to_owned(),
    }
}
