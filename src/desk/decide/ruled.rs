//! What rules do to a new ticket. History tells of each under its name.

use serde_json::json;

use super::distribute::hindrance;
use crate::desk::{
    arrival::Arrival,
    draft::{Draft, TicketDraft},
    identity::Speaker,
    routing::{self, Addressee, Routed},
    rules::Assignee,
    ruling::{By, Considered, Verdict},
};
use crate::model::{
    classification::Property, event::EventData, ids::AgentName, kb::KbKind, outgoing::Canned,
    person::Person,
};

/// Asks the rules about a mail, for each queue that it is for.
pub(super) fn route<'a>(
    draft: &Draft<'a>,
    (arrival, speaker): (&Arrival, &Speaker),
    asked: Vec<Addressee<'a>>,
) -> Vec<Routed<'a>> {
    let mail = || Considered::at_hand(arrival, speaker, draft);
    routing::routed(asked, mail, draft.given.policy)
}

/// The same, where somebody has said whose it is: the queue stays.
pub(super) fn keep<'a>(
    draft: &Draft<'a>,
    (arrival, speaker): (&Arrival, &Speaker),
    to: Addressee<'a>,
) -> Routed<'a> {
    let mail = Considered::at_hand(arrival, speaker, draft);
    routing::kept(to, &mail, draft.given.policy)
}

/// What the rules have said of a ticket that has just been opened; before its clocks, since they go by its class.
pub(super) fn apply(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, speaker): (&Arrival, &Speaker),
    verdict: &Verdict<'_>,
) {
    for rule in &verdict.held {
        let rule = (*rule).to_owned();
        let data = EventData::RuleApplied { rule: rule.clone() };
        ticket.happened_by_rule(data, &rule);
    }
    let class = verdict.class.map(|by| (by.rule, Property::Class(by.value)));
    let priority = verdict
        .priority
        .map(|by| (by.rule, Property::Priority(by.value)));
    let tags = verdict.tags.iter();
    let tags = tags.map(|by| (by.rule, Property::Tag(by.value.to_owned())));
    for (rule, property) in class.into_iter().chain(priority).chain(tags) {
        if !ticket.snapshot().classification.has(&property) {
            ticket.happened_by_rule(EventData::Classified { property }, rule);
        }
    }
    if let Some(by) = verdict.assignee {
        assign(ticket, (arrival, speaker), by);
    }
}

/// Whoever a rule names answers, where they may be given it; else it is shared out as all others are.
fn assign(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, speaker): (&Arrival, &Speaker),
    by: By<'_, &Assignee>,
) {
    let agent = named(ticket, (arrival, speaker), by.value);
    let why = match &agent {
        None => Some("nobody"),
        Some(agent) => hindrance(ticket, agent),
    };
    match (agent, why) {
        (Some(agent), None) => ticket.happened_by_rule(EventData::Assigned { agent }, by.rule),
        (agent, why) => ticket.note_fact("not_assigned", json!({ "agent": agent, "why": why })),
    }
}

fn named(
    ticket: &TicketDraft<'_, '_>,
    (arrival, speaker): (&Arrival, &Speaker),
    assignee: &Assignee,
) -> Option<AgentName> {
    let policy = ticket.given.policy;
    match assignee {
        Assignee::Agent(agent) => Some(agent.clone()),
        Assignee::Field(title) => {
            let mail = Considered::at_hand(arrival, speaker, ticket);
            let mut values = mail.field(title);
            values.find_map(|value| policy.agent_named(value)).cloned()
        }
        Assignee::Curator => {
            let person = ticket.person_by_id(speaker.person);
            let listing = person.and_then(Person::listed)?;
            policy.agent_named(listing.curator.as_str()).cloned()
        }
    }
}

/// The text of ours that a rule wants in an acknowledgement, where there is one of that name for the ticket's queue.
pub(super) fn words(ticket: &TicketDraft<'_, '_>, name: &str) -> Option<Canned> {
    let known = ticket.snapshot();
    let text = ticket.given.kb.by_name(name, &known.queue, known.language);
    let text = text.ok()?;
    let requester = ticket.person_by_id(known.requester);
    let requester = requester.map_or("", |person| person.name.as_str());
    Some(Canned {
        written: format!("#{name}"),
        template: text.text.clone(),
        has_variables: text.kind == KbKind::Answer,
        requester: requester.to_owned(),
    })
}
