//! A mail to a dry-run address: an agent wants to know what would become of it. It is decided on as if it had come to the
//! mailbox itself, nothing of that happens, and the agent is told what would have, and why.

use super::{decide, machine};
use crate::desk::{
    arrival::Arrival, cause::Cause, decision::Decision, draft::Draft, identity::Speaker, loops,
    policy::Policy, reason::Reason,
};
use crate::model::{
    address::{Address, NamedAddress},
    classification::Property,
    clock::ClockKind,
    event::{EventData, Stream, Trust},
    inert::inert,
    language::Language,
    outgoing::{
        AutoSubmitted, Body, Class, OutgoingMail, Recipient, Sender, TriedLetter, TriedTicket, When,
    },
    ticket::Side,
};

/// A mail that belongs nowhere may be to try only; whether it was, and then it has been answered. Who is not surely an agent
/// gets no answer: what the rules are is nobody else's business.
pub(super) fn was_tried(draft: &mut Draft<'_>, arrival: &Arrival, speaker: &Speaker) -> bool {
    let policy = draft.given.policy;
    let Some(dry) = dry_address(arrival, policy) else {
        return false;
    };
    let is_agent = speaker.agent.is_some() && speaker.trust == Trust::Proven;
    if !is_agent || loops::answer_forbidden(arrival, draft.given).is_some() {
        machine::put_aside(draft, arrival, Reason::TriedByNobody);
        return true;
    }
    let tried = Cause::Mail(Box::new(as_if(arrival, dry, policy)));
    let decision = decide(&tried, draft.world, draft.given);
    machine::put_aside(draft, arrival, Reason::Tried);
    answer(draft, arrival, speaker, &decision);
    true
}

/// The dry-run address that the mail names.
fn dry_address<'p>(arrival: &Arrival, policy: &'p Policy) -> Option<&'p Address> {
    let went_to = arrival.went_to();
    let mut all = policy
        .mailboxes
        .values()
        .filter_map(|own| own.dry_run.as_ref());
    all.find(|dry| went_to.contains(dry))
}

/// The mail as if it had been sent to the mailbox itself.
fn as_if(arrival: &Arrival, dry: &Address, policy: &Policy) -> Arrival {
    let mut plain = arrival.clone();
    let own = policy.mailboxes.values();
    let own = own.filter(|own| own.dry_run.as_ref() == Some(dry));
    let Some(own) = own.map(|own| &own.address).next() else {
        return plain;
    };
    let mail = &mut plain.reading.message;
    for named in mail.to.iter_mut().chain(&mut mail.cc) {
        if named.parsed().as_ref() == Some(dry) {
            *named = NamedAddress::new(named.name.as_deref().unwrap_or_default(), own);
        }
    }
    for address in &mut mail.delivered_to {
        if Address::parse(address).ok().as_ref() == Some(dry) {
            own.as_str().clone_into(address);
        }
    }
    plain
}

fn answer(draft: &mut Draft<'_>, arrival: &Arrival, speaker: &Speaker, decision: &Decision) {
    let policy = draft.given.policy;
    let Some(mailbox) = policy.mailboxes.get(&arrival.mailbox) else {
        return;
    };
    let Some(queue) = policy.queues.get(&mailbox.queue) else {
        return;
    };
    let Some(own) = policy.mailboxes.get(&queue.mailbox) else {
        return;
    };
    let Some(person) = draft.person_by_id(speaker.person) else {
        return;
    };
    let address = draft.address_of(person).clone();
    let to = vec![NamedAddress::new(person.name.as_str(), &address)];
    let sender = Sender {
        mailbox: queue.mailbox.clone(),
        name: queue.title.clone(),
        address: own.address.clone(),
    };
    let key = format!("tried:{}", arrival.raw);
    let message_id = draft
        .given
        .key
        .plain_message_id(&key, sender.address.domain());
    let subject = arrival.reading.message.subject.as_deref();
    let body = Body::Tried(TriedLetter {
        about: inert(subject.unwrap_or_default()),
        outcome: outcome(decision).to_owned(),
        why: decision.reason.words(queue.language).to_owned(),
        tickets: tickets(decision, policy, queue.language),
        is_acknowledged: decision
            .mails
            .iter()
            .any(|queued| queued.mail.body.template() == "acknowledgement"),
    });
    let letter = OutgoingMail {
        side: Some(Side::Agents),
        queue: Some(mailbox.queue.clone()),
        to,
        recipients: vec![Recipient {
            address,
            person: speaker.person,
            reply_to: None,
        }],
        in_reply_to: arrival.own_id(),
        references: arrival.own_id().into_iter().collect(),
        auto_submitted: AutoSubmitted::Replied,
        hop: loops::hop(arrival).saturating_add(1),
        ..OutgoingMail::new(
            (key, message_id),
            Class::Automatic,
            sender,
            queue.language,
            body,
        )
    };
    draft.queue_mail(letter);
}

/// What would become of it, as a code.
fn outcome(decision: &Decision) -> &'static str {
    let has = |is: fn(&EventData) -> bool| decision.events.iter().any(|event| is(&event.data));
    if decision.quarantine.is_some() {
        "quarantined"
    } else if has(|data| matches!(data, EventData::TicketOpened(_))) {
        "opened"
    } else if has(|data| matches!(data, EventData::SetAside)) {
        "aside"
    } else {
        "nothing"
    }
}

/// The tickets that it would open, as far as an agent wants to know of each.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the rest is of no interest to whoever tries rules"
)]
fn tickets(decision: &Decision, policy: &Policy, language: Language) -> Vec<TriedTicket> {
    let mut tried: Vec<(Stream, TriedTicket)> = Vec::new();
    for event in &decision.events {
        if let EventData::TicketOpened(new) = &event.data {
            let queue = policy.queues.get(&new.queue);
            let ticket = TriedTicket {
                queue: queue.map_or_else(|| new.queue.to_string(), |queue| queue.title.clone()),
                ..TriedTicket::default()
            };
            tried.push((event.stream.clone(), ticket));
        }
        let known = tried.iter_mut().find(|(stream, _)| *stream == event.stream);
        let Some((_, ticket)) = known else {
            continue;
        };
        match &event.data {
            EventData::RuleApplied { rule } => ticket.rules.push(rule.clone()),
            EventData::Classified {
                property: Property::Class(class),
            } => {
                ticket.class = class.code().to_owned();
            }
            EventData::Assigned { agent } => {
                let known = policy.agents.get(agent);
                let name = known.map_or_else(|| agent.to_string(), |known| known.name.clone());
                ticket.agent = Some(name);
                ticket.agent_why = Reason::words_of(&event.reason, language).into_owned();
            }
            EventData::ClockStarted { clock, due_at, .. } => {
                let due = Some(When {
                    at: *due_at,
                    zone: policy.zone.clone(),
                });
                match clock {
                    ClockKind::FirstResponse => ticket.first_response = due,
                    ClockKind::Resolution => ticket.due = due,
                    ClockKind::NextResponse | ClockKind::Update => {}
                }
            }
            _ => {}
        }
    }
    tried.into_iter().map(|(_, ticket)| ticket).collect()
}
