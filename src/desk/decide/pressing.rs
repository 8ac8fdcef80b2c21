//! What presses is told: that the time of a promise runs out, or that it has passed. Everything that is due at one instant is
//! decided on together: whoever would get a heap of letters gets one that lists them.

mod letter;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    due::{digest_mail, sender_of, told_without},
    notices::notify_all,
};
use crate::desk::{
    decide::finish,
    decision::{Decision, Given},
    draft::{Draft, TicketDraft, Voice},
    reason::Reason,
    sla::{self, ChainStep, Reminder},
    timer::TimerKind,
    world::{DIGEST_MAX, World},
};
use crate::model::{
    classification::RequestClass,
    clock::ClockKind,
    event::EventData,
    ids::{AgentName, PersonId, TicketNumber},
    outgoing::Body,
    person::Person,
    ticket::Ticket,
};

/// Whoever would get more letters than this at once gets one.
const SWARM: usize = 3;

/// One thing to be told.
struct Telling {
    ticket: TicketNumber,
    what: What,
    to: Vec<PersonId>,
    cc: Vec<PersonId>,
    /// It goes by itself, however many there are.
    is_emergency: bool,
}

enum What {
    Soon(Reminder),
    Late {
        step: ChainStep,
        heads: Vec<AgentName>,
        /// Instead of whom some of these are told.
        away: Vec<AgentName>,
        is_further: bool,
    },
}

/// Tells what is due of these tickets.
pub(super) fn tell(numbers: &[TicketNumber], world: &World, given: &Given<'_>) -> Decision {
    let voice = Voice::okno(given.now);
    let mut draft = Draft::new(given, world, voice, Reason::NothingToDo);
    let mut tellings = Vec::new();
    for number in numbers {
        if let Some(mut ticket) = draft.ticket(*number) {
            tellings.extend(late(&mut ticket));
            tellings.extend(soon(&mut ticket));
        }
    }
    if let Some(first) = tellings.first() {
        draft.decision.reason = match first.what {
            What::Soon(_) => Reason::ReminderDue,
            What::Late { .. } => Reason::ToldLate,
        };
    }
    let swarms = take_swarms(&mut tellings);
    for telling in tellings {
        if let Some(mut ticket) = draft.ticket(telling.ticket) {
            send(&mut ticket, telling);
        }
    }
    for ((person, why), tickets) in swarms {
        list(&mut draft, person, (why, &tickets));
    }
    finish(draft, None)
}

fn is_emergency(ticket: &Ticket) -> bool {
    ticket.classification.class == RequestClass::Emergency
}

/// Steps of the chain that are due, written down before anybody is told.
fn late(ticket: &mut TicketDraft<'_, '_>) -> Vec<Telling> {
    let policy = ticket.given.policy;
    let steps = sla::steps_at(ticket.snapshot(), policy, ticket.given.now);
    let appointment = (ticket.snapshot(), TimerKind::Escalation);
    let reason = told_without(appointment, ticket.world, ticket.given);
    let reason = reason.unwrap_or(Reason::ToldLate);
    let mut tellings = Vec::new();
    for step in steps {
        let known = ticket.snapshot();
        let clock = known.passed_clock(step.clock);
        let before = clock.and_then(|clock| clock.escalated).unwrap_or(0);
        let heads = sla::heads_of(known, policy, &step);
        let (heads, away) = now_deciding(ticket, heads);
        let event = EventData::Escalated {
            clock: step.clock,
            steps: step.level.saturating_add(1),
            heads: heads.clone(),
            instead_of: away.clone(),
        };
        ticket.happened(event, reason);
        let mut agents = ticket.agents_to_tell();
        // A head who is away reads along.
        for head in &away {
            agents.extend(ticket.agent_person(head));
        }
        let to: Vec<PersonId> = heads
            .iter()
            .filter_map(|head| ticket.agent_person(head))
            .collect();
        let (to, cc) = match to.is_empty() {
            true => (agents, Vec::new()),
            false => {
                let others = agents.into_iter().filter(|agent| !to.contains(agent));
                let others = others.collect();
                (to, others)
            }
        };
        tellings.push(Telling {
            ticket: ticket.snapshot().number,
            what: What::Late {
                step,
                heads,
                away,
                is_further: before > 0,
            },
            to,
            cc,
            is_emergency: is_emergency(ticket.snapshot()),
        });
    }
    tellings
}

/// These heads as they decide now: whoever is away has somebody else hear instead, and stands apart.
fn now_deciding(
    ticket: &TicketDraft<'_, '_>,
    heads: Vec<AgentName>,
) -> (Vec<AgentName>, Vec<AgentName>) {
    let Some(queue) = ticket.queue() else {
        return (heads, Vec::new());
    };
    let (mut now, mut away) = (Vec::new(), Vec::new());
    for head in heads {
        let stand_in = ticket.instead_of(&head, queue);
        away.extend(stand_in.is_some().then(|| head.clone()));
        let one = stand_in.unwrap_or(head);
        if !now.contains(&one) {
            now.push(one);
        }
    }
    (now, away)
}

/// Reminders that are due, written down likewise. Of what is late already another letter tells.
fn soon(ticket: &mut TicketDraft<'_, '_>) -> Vec<Telling> {
    let (policy, now) = (ticket.given.policy, ticket.given.now);
    let known = ticket.snapshot();
    let due = sla::reminder_at(known, policy, now);
    let is_open = |one: &Reminder| {
        let clock = known.clock(one.clock);
        clock.is_some_and(|clock| clock.due_at >= now)
    };
    let due: Vec<Reminder> = due.filter(is_open).collect();
    let reason = told_without((known, TimerKind::Reminder), ticket.world, ticket.given);
    let reason = reason.unwrap_or(Reason::ReminderDue);
    let mut tellings = Vec::new();
    for reminder in due {
        let Reminder { clock, percent, .. } = reminder;
        let (heads, away) = now_deciding(ticket, heads_to_hear(ticket, &reminder));
        let reminded = EventData::Reminded {
            clock,
            percent,
            heads: heads.clone(),
        };
        ticket.happened(reminded, reason);
        let to = ticket.agents_to_tell();
        let heads = heads.into_iter().chain(away);
        let heads = heads.filter_map(|head| ticket.agent_person(&head));
        let cc = heads.filter(|head| !to.contains(head)).collect();
        tellings.push(Telling {
            ticket: ticket.snapshot().number,
            what: What::Soon(reminder),
            to,
            cc,
            is_emergency: is_emergency(ticket.snapshot()),
        });
    }
    tellings
}

/// The heads whom this reminder is for, and those of earlier ones that were never sent, as after an outage.
fn heads_to_hear(ticket: &TicketDraft<'_, '_>, reminder: &Reminder) -> Vec<AgentName> {
    let (policy, known) = (ticket.given.policy, ticket.snapshot());
    let Some(queue) = policy.queue_of(known) else {
        return Vec::new();
    };
    let clock = known.clock(reminder.clock);
    let sent = clock.and_then(|clock| clock.reminded).unwrap_or(0);
    let passed = queue.reminders.iter();
    let passed =
        passed.filter(|percent| (sent.saturating_add(1)..=reminder.percent).contains(percent));
    let heads: BTreeSet<&AgentName> = passed
        .flat_map(|percent| policy.reminded_heads(queue, *percent))
        .collect();
    heads.into_iter().cloned().collect()
}

/// A person, and what the letter to them lists: `late` or `due_soon`.
type Swarms = BTreeMap<(PersonId, &'static str), Vec<TicketNumber>>;

/// Takes out whom one letter tells of several.
fn take_swarms(tellings: &mut Vec<Telling>) -> Swarms {
    let mut counts: BTreeMap<PersonId, usize> = BTreeMap::new();
    let calm = tellings.iter().filter(|one| !one.is_emergency);
    for person in calm.flat_map(|one| one.to.iter().chain(&one.cc)) {
        let count = counts.entry(*person).or_default();
        *count = count.saturating_add(1);
    }
    counts.retain(|_, count| *count > SWARM);
    let mut swarms = Swarms::new();
    for one in tellings.iter_mut().filter(|one| !one.is_emergency) {
        let why = match one.what {
            What::Soon(_) => "due_soon",
            What::Late { .. } => "late",
        };
        let ticket = one.ticket;
        let mut is_apart = |person: &PersonId| {
            let is_swarmed = counts.contains_key(person);
            if is_swarmed {
                swarms.entry((*person, why)).or_default().push(ticket);
            }
            !is_swarmed
        };
        one.to.retain(&mut is_apart);
        one.cc.retain(&mut is_apart);
    }
    tellings.retain(|one| !one.to.is_empty() || !one.cc.is_empty());
    swarms
}

/// One letter that lists what is late, or will be soon.
fn list(draft: &mut Draft<'_>, person: PersonId, (why, numbers): (&'static str, &[TicketNumber])) {
    let (mut tickets, mut sender) = (Vec::new(), None);
    for number in numbers.iter().take(DIGEST_MAX) {
        if let Some(mut ticket) = draft.ticket(*number) {
            tickets.extend(ticket.facts_for(&[person]));
            sender = sender_of(&ticket);
        }
    }
    let more = numbers.len().saturating_sub(tickets.len());
    let body = Body::Digest {
        why: why.to_owned(),
        tickets,
        more: u64::try_from(more).unwrap_or(u64::MAX),
    };
    let now = draft.given.now.as_millisecond();
    let first = numbers.first().map_or(0, |number| number.0);
    let key = format!("pressing:{why}:{person}:{first}:{now}");
    let mail = sender.and_then(|sender| digest_mail(draft, (person, key), sender, body));
    if let Some(mail) = mail {
        draft.queue_mail(mail);
    }
}

fn send(ticket: &mut TicketDraft<'_, '_>, telling: Telling) {
    let number = telling.ticket;
    match telling.what {
        What::Soon(Reminder { clock, percent, .. }) => {
            let what = match clock {
                ClockKind::FirstResponse | ClockKind::NextResponse | ClockKind::Update => {
                    "answer_due"
                }
                ClockKind::Resolution => "due_soon",
            };
            let due = ticket.snapshot().clock(clock).map(|clock| clock.due_at);
            let due = due.unwrap_or(ticket.given.now).as_millisecond();
            // The same percentage of the same due time may come again, by another class and back: of another promise.
            let seq = ticket.snapshot().last_seq;
            let key = format!("remind:{number}:{}:{percent}:{due}:{seq}", clock.code());
            let copied = names(ticket, &telling.cc);
            let readers = addressed(telling.to, telling.cc);
            notify_all(ticket, readers, (key, what), copied);
        }
        What::Late {
            step,
            heads,
            away,
            is_further,
        } => {
            let readers = addressed(telling.to, telling.cc);
            letter::send_late(ticket, (step, is_further), (&heads, &away), readers);
        }
    }
}

/// What these people are called.
fn names(ticket: &TicketDraft<'_, '_>, people: &[PersonId]) -> Vec<String> {
    let known = people.iter().filter_map(|one| ticket.person_by_id(*one));
    let name = |person: &Person| match person.name.as_str() {
        "" => person.address.to_string(),
        name => name.to_owned(),
    };
    known.map(name).collect()
}

/// To whom a letter goes, and whose is a copy: where nobody else is left those who would have had one.
fn addressed(to: Vec<PersonId>, cc: Vec<PersonId>) -> (Vec<PersonId>, Vec<PersonId>) {
    match to.is_empty() {
        true => (cc, Vec::new()),
        false => (to, cc),
    }
}
