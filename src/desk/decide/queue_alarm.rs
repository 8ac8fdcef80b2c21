//! An alarm of a queue: raised once and over once. Whoever decides for the queue is told what is to be decided; of how much it
//! can take, the director too.

use super::due::digest_mail;
use crate::desk::{
    decide::finish,
    decision::{Decision, Given},
    draft::{Draft, Voice},
    policy::QueuePolicy,
    queue_alarm::{COUNTED_MAX, may_be_told, queue_of},
    reason::Reason,
    world::World,
};
use crate::model::{
    alarm::{CAPACITY, Condition, Figures, OVERLOAD},
    event::{EventData, Stream},
    ids::{AgentName, PersonId, QueueName},
    outgoing::{Body, CauseShown, PassportLetter, QueueLetter, Sender, TicketFacts},
};

/// Decides on it.
pub(super) fn decide_queue_alarm(
    condition: &Condition,
    world: &World,
    given: &Given<'_>,
) -> Decision {
    let state = world.alarm(&condition.alarm, &condition.object);
    let is_raised = state.is_some_and(|state| state.raised_at.is_some());
    // A look sees again what waits to be decided.
    if is_raised != condition.is_over {
        return Decision::new(Reason::NothingToDo);
    }
    let told_at = state.and_then(|state| state.told_at);
    // Raised now it would stand untold for good: a look sees it again, and raises it where it still is so by then.
    if !condition.is_over && !may_be_told(told_at, given.now) {
        return Decision::new(Reason::NothingToDo);
    }
    let (alarm, object) = (condition.alarm.clone(), condition.object.clone());
    let (data, reason) = match condition.is_over {
        true => (
            EventData::AlarmOver { alarm, object },
            Reason::ConditionOver,
        ),
        false => (
            EventData::AlarmRaised {
                alarm,
                object,
                is_told: true,
            },
            Reason::ConditionSeen,
        ),
    };
    let mut draft = Draft::new(given, world, Voice::okno(given.now), reason);
    draft.happened_elsewhere(Stream::House, data, reason, Some(condition.detail.clone()));
    if let Some(figures) = &condition.figures {
        let name = queue_of(&condition.object);
        if let Some(queue) = given.policy.queues.get(&name) {
            tell(&mut draft, condition, (&name, queue), figures);
        }
    }
    finish(draft, None)
}

/// Whoever decides for the queue is told; of what it can take a month the director too, who pays for more hands.
fn tell(
    draft: &mut Draft<'_>,
    condition: &Condition,
    (name, queue): (&QueueName, &QueuePolicy),
    figures: &Figures,
) {
    let policy = draft.given.policy;
    let director = policy
        .director
        .as_ref()
        .filter(|_| condition.alarm == CAPACITY);
    // The head who is away reads it, too.
    let stand_in = draft.stand_in(queue);
    let instead_of = stand_in.as_ref().and(queue.head.as_ref());
    let instead_of = instead_of.map_or_else(String::new, |head| draft.agent_name(head));
    let decides = stand_in.as_ref().map(|one| draft.agent_name(one));
    let mut readers: Vec<&AgentName> = stand_in.iter().chain(&queue.head).collect();
    readers.extend(director.filter(|director| !readers.contains(director)));
    let Some(sender) = sender_of(draft, queue) else {
        return;
    };
    for reader in readers {
        let Some(person) = draft.agent_person(reader) else {
            continue;
        };
        let tickets = listed(draft, figures, person);
        let listed = u64::try_from(tickets.len()).unwrap_or(u64::MAX);
        let causes = figures.causes.iter().map(|(why, count)| CauseShown {
            why: why.clone(),
            count: *count,
        });
        let body = Body::Queue(QueueLetter {
            alarm: condition.alarm.clone(),
            queue: queue.title.clone(),
            count: figures.count,
            more_than: match condition.alarm == OVERLOAD && figures.count > COUNTED_MAX {
                true => COUNTED_MAX,
                false => 0,
            },
            limit: figures.limit,
            of: figures.of,
            decides: decides.clone().unwrap_or_default(),
            instead_of: instead_of.clone(),
            before: figures.before.clone(),
            causes: causes.collect(),
            // Only an overload lists what it is about.
            more: match tickets.is_empty() {
                true => 0,
                false => figures.count.saturating_sub(listed),
            },
            tickets,
        });
        let at = draft.given.now.as_millisecond();
        let key = format!(
            "queue:{}:{}:{person}:{at}",
            condition.alarm, condition.object
        );
        let from = (name.clone(), queue.language, sender.clone());
        if let Some(mail) = digest_mail(draft, (person, key), from, body) {
            draft.queue_mail(mail);
        }
    }
}

/// The tickets it is about, as far as they are still there.
fn listed(draft: &mut Draft<'_>, figures: &Figures, reader: PersonId) -> Vec<TicketFacts> {
    let mut tickets = Vec::new();
    for number in &figures.tickets {
        if let Some(mut ticket) = draft.ticket(*number) {
            tickets.extend(ticket.facts_for(&[reader]));
        }
    }
    tickets
}

/// Letters about a queue come from its own mailbox.
fn sender_of(draft: &Draft<'_>, queue: &QueuePolicy) -> Option<Sender> {
    let mailbox = draft.given.policy.mailboxes.get(&queue.mailbox)?;
    Some(Sender {
        mailbox: queue.mailbox.clone(),
        name: queue.title.clone(),
        address: mailbox.address.clone(),
    })
}

/// Whoever decides for a queue is sent what it does, as the administrator wants.
pub(super) fn send_passport(draft: &mut Draft<'_>, name: &QueueName, lines: &[String]) {
    let policy = draft.given.policy;
    let Some(queue) = policy.queues.get(name) else {
        return;
    };
    let head = queue
        .head
        .as_ref()
        .and_then(|head| draft.agent_person(head));
    let (Some(person), Some(sender)) = (head, sender_of(draft, queue)) else {
        return;
    };
    draft.decision.reason = Reason::PassportOrdered;
    let body = Body::Passport(PassportLetter {
        queue: queue.title.clone(),
        lines: lines.to_vec(),
    });
    let key = format!(
        "passport:{name}:{person}:{}",
        draft.given.now.as_millisecond()
    );
    let from = (name.clone(), policy.language, sender);
    if let Some(mail) = digest_mail(draft, (person, key), from, body) {
        draft.queue_mail(mail);
    }
}
