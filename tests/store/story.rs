//! Decisions made by hand, as the decider would make them, and the batch they are applied in.

use std::{collections::BTreeMap, time::Duration};

use jiff::{SignedDuration, Timestamp};
use okno::{
    desk::{
        decision::{Decision, MessageRecord, Queued},
        reason::Reason,
        timer::TimerKind,
        world::{Numbers, World},
    },
    model::{
        address::Address,
        clock::{ClockKind, Outcome},
        event::{Actor, Event, EventData, NewTicket, Private, Role, Stream, Trust, Verdict},
        ids::{AgentName, MessageId, MessageRow, PersonId, PolicyId, TicketNumber},
        language::Language,
        outgoing::{Body, Class, OutgoingMail, Recipient, Sender, When},
        person::Person,
        terms::Terms,
        text::Text,
        ticket::{Side, State, Ticket},
    },
    store::{
        StoreError,
        apply::{self, Batch, Decided, Standing},
        instance,
        leases::{self, Lease},
    },
};

use crate::Base;

/// When the story begins: 2026-03-02, a Monday, 09:00 UTC.
pub(crate) fn start() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

/// So much later than [`start`].
pub(crate) fn after(minutes: i64) -> Timestamp {
    start() + SignedDuration::from_mins(minutes)
}

pub(crate) fn address(local: &str) -> Address {
    Address::parse(&format!("{local}@customers.test")).unwrap()
}

/// A mail of this class to these people.
pub(crate) fn mail(key: &str, class: Class, to: &[&str]) -> OutgoingMail {
    let sender = Sender {
        mailbox: "it".into(),
        name: "IT".to_owned(),
        address: address("desk"),
    };
    let body = Body::Alarm {
        alarm: "outbox".to_owned(),
        object: "it".to_owned(),
        detail: String::new(),
        since: When {
            at: start(),
            zone: "UTC".to_owned(),
        },
        over: false,
    };
    let id = (key.to_owned(), MessageId(format!("{key}@desk.test")));
    OutgoingMail {
        recipients: to
            .iter()
            .map(|local| Recipient {
                address: address(local),
                person: PersonId(1),
                reply_to: Some(address("it+1001-x")),
            })
            .collect(),
        ..OutgoingMail::new(id, class, sender, Language::Ru, body)
    }
}

pub(crate) fn ready(mail: OutgoingMail) -> Queued {
    Queued {
        mail,
        is_held: false,
    }
}

pub(crate) fn event(stream: Stream, data: EventData, at: Timestamp) -> Event {
    Event {
        stream,
        data,
        at,
        actor: Actor::Okno,
        role: Role::House,
        trust: Trust::Proven,
        message_id: None,
        reason: Reason::Notice.code().to_owned(),
        private: None,
        undoes: None,
    }
}

/// A decision with the bytes of its mails made up.
pub(crate) fn decided(cause_id: &str, decision: Decision) -> Decided {
    Decided {
        work: None,
        cause_kind: "mail",
        cause_id: cause_id.to_owned(),
        bytes: decision
            .mails
            .iter()
            .map(|queued| format!("bytes of {}", queued.mail.dedupe_key).into_bytes())
            .collect(),
        decision,
    }
}

/// One decider's work on one house, step by step.
pub(crate) struct Story {
    pub(crate) lease: Lease,
    pub(crate) policy: PolicyId,
    pub(crate) world: World,
}

impl Story {
    pub(crate) async fn begin(base: &Base) -> Self {
        let held = leases::take_lease(&base.db, "decider", "run", Duration::from_secs(600)).await;
        Self {
            lease: held.unwrap().unwrap(),
            policy: instance::policy(&base.db, "{}", start()).await.unwrap(),
            world: World::default(),
        }
    }

    /// The batch of these decisions: tickets folded, appointments as they stand.
    pub(crate) fn batch(&mut self, now: Timestamp, decided: Vec<Decided>) -> Batch {
        let mut tickets: BTreeMap<TicketNumber, Ticket> = BTreeMap::new();
        for one in &decided {
            self.world.absorb(&one.decision);
            for number in one.decision.tickets() {
                tickets.insert(number, self.world.ticket(number).unwrap().clone());
            }
        }
        for (number, ticket) in &mut tickets {
            *ticket = self.world.ticket(*number).unwrap().clone();
        }
        Batch {
            lease: self.lease.clone(),
            policy: self.policy,
            now,
            decided,
            tickets: tickets
                .into_values()
                .map(|ticket| {
                    let timers = timers_of(&ticket);
                    Standing {
                        ticket,
                        timers,
                        risk_at: None,
                        late_at: None,
                    }
                })
                .collect(),
            timers_done: Vec::new(),
            readings: Vec::new(),
            seed: [7; 32],
        }
    }

    pub(crate) async fn apply(
        &mut self,
        base: &Base,
        now: Timestamp,
        decided: Vec<Decided>,
    ) -> Result<(), StoreError> {
        let batch = self.batch(now, decided);
        apply::apply(&base.db, batch).await
    }

    /// A new ticket of a person, with a clock, an acknowledgement and a card.
    pub(crate) fn opens(&self, cause: &str, local: &str, at: Timestamp) -> Decided {
        let next = self.world.next;
        let (number, person) = (next.ticket, next.person);
        let (came, answer) = (next.message, next.message.next());
        let (their_id, our_id) = (
            MessageId(format!("{cause}@customers.test")),
            MessageId(format!("ack-{cause}@desk.test")),
        );
        let mut decision = Decision::new(Reason::NewTicket);
        decision.facts = serde_json::json!({"from": person.0});
        decision.people.push(Person::met(
            person,
            address(local),
            Text::line(local),
            Language::Ru,
        ));
        decision.addresses.push((address(local), Some(person)));
        decision
            .messages
            .push(record(came, number, person, &their_id));
        decision
            .messages
            .push(record(answer, number, person, &our_id));
        decision.events = opening(next, &their_id, &our_id, at);
        decision.events[0].private = Some(Private {
            person: Some(person),
            text: format!("Принтер ({cause})"),
        });
        decision.mails.push(ready(OutgoingMail {
            ticket: Some(number),
            side: Some(Side::Requester),
            message: Some(answer),
            message_id: our_id,
            ..mail(&format!("ack {cause}"), Class::Automatic, &[local])
        }));
        decided(cause, decision)
    }

    /// An agent resolves a ticket, in time or late.
    pub(crate) fn resolves(&self, cause: &str, number: TicketNumber, at: Timestamp) -> Decided {
        let stream = Stream::Ticket(number);
        let message = self.world.next.message;
        let due_at = self.world.ticket(number).unwrap().clocks[0].due_at;
        let agent = AgentName::from("olga");
        let mut decision = Decision::new(Reason::AgentReply);
        let outcome = if at <= due_at {
            Outcome::Met
        } else {
            Outcome::Breached
        };
        decision.events = vec![
            event(
                stream.clone(),
                EventData::Assigned {
                    agent: agent.clone(),
                },
                at,
            ),
            event(
                stream.clone(),
                EventData::Resolved {
                    message,
                    agent,
                    chars: None,
                },
                at,
            ),
            event(
                stream,
                EventData::ClockJudged(Box::new(Verdict {
                    clock: ClockKind::Resolution,
                    outcome,
                    due_at,
                    satisfied_at: Some(at),
                    started_at: at,
                    target_secs: Some(0),
                    class: None,
                    limit: None,
                    worked_secs: None,
                    queue: "it".into(),
                    agent: Some("olga".into()),
                })),
                at,
            ),
        ];
        decided(cause, decision)
    }
}

/// What happens when a ticket opens.
fn opening(next: Numbers, their_id: &MessageId, our_id: &MessageId, at: Timestamp) -> Vec<Event> {
    let stream = Stream::Ticket(next.ticket);
    vec![
        Event {
            actor: Actor::Person(next.person),
            role: Role::Requester,
            trust: Trust::Claimed,
            message_id: Some(their_id.clone()),
            reason: Reason::NewTicket.code().to_owned(),
            ..event(
                stream.clone(),
                EventData::TicketOpened(NewTicket {
                    queue: "it".into(),
                    mailbox: "it".into(),
                    prefix: "IT".to_owned(),
                    requester: next.person,
                    collaborators: Vec::new(),
                    language: Language::Ru,
                    message: next.message,
                }),
                at,
            )
        },
        event(
            stream.clone(),
            EventData::MessageJoined {
                message: next.message,
                side: Side::Requester,
                message_id: their_id.clone(),
                is_thanks: false,
            },
            at,
        ),
        event(
            stream.clone(),
            EventData::ClockStarted {
                clock: ClockKind::Resolution,
                terms: Terms::target(3600),
                due_at: at + SignedDuration::from_hours(1),
            },
            at,
        ),
        event(
            stream,
            EventData::MessageSent {
                message: next.message.next(),
                side: Side::Requester,
                message_id: our_id.clone(),
                template: "acknowledgement".to_owned(),
                class: Class::Automatic,
                offers: None,
                is_copy: false,
            },
            at,
        ),
    ]
}

/// A decision that only sends mails.
pub(crate) fn sends(cause: &str, mails: Vec<Queued>) -> Decided {
    let mut decision = Decision::new(Reason::Notice);
    decision.mails = mails;
    decided(cause, decision)
}

fn record(
    row: MessageRow,
    ticket: TicketNumber,
    person: PersonId,
    id: &MessageId,
) -> MessageRecord {
    MessageRecord {
        row,
        ticket: Some(ticket),
        side: Side::Requester,
        raw: None,
        person,
        message_id: id.clone(),
        content: 42,
        lineage: Vec::new(),
    }
}

/// As `desk::timer` derives them, without calendars.
fn timers_of(ticket: &Ticket) -> Vec<(TimerKind, Timestamp)> {
    let clock = ticket
        .next_clock()
        .map(|clock| (TimerKind::ClockDue, clock.due_at));
    let close = (ticket.state == State::Resolved).then(|| {
        (
            TimerKind::Close,
            ticket.resolved_at.unwrap() + SignedDuration::from_hours(72),
        )
    });
    clock.into_iter().chain(close).collect()
}
