//! What the tickets would be that a mail which is only tried would open.

use super::may_see;
use crate::desk::{decision::Decision, policy::Policy, reason::Reason};
use crate::model::{
    classification::{Priority, Property},
    clock::ClockKind,
    event::{Event, EventData, Stream},
    ids::AgentName,
    language::Language,
    outgoing::{TriedTicket, When},
};

/// The tickets that it would open, as far as an agent wants to know of each.
pub(super) fn tickets(
    (decision, agent): (&Decision, &AgentName),
    policy: &Policy,
    language: Language,
) -> Vec<TriedTicket> {
    let mut tried: Vec<Tried> = Vec::new();
    for event in &decision.events {
        if let EventData::TicketOpened(new) = &event.data {
            let queue = policy.queues.get(&new.queue);
            let zone = queue.map_or(&policy.zone, |queue| &queue.calendar.zone_name);
            tried.push(Tried {
                stream: event.stream.clone(),
                zone: zone.clone(),
                // Where a confidential queue is not theirs they learn that it would be, and no more.
                is_seen: queue.is_some_and(|queue| may_see(agent, queue, policy)),
                ticket: TriedTicket {
                    queue: queue.map_or_else(|| new.queue.to_string(), |queue| queue.title.clone()),
                    ..TriedTicket::default()
                },
            });
        }
        let mut known = tried.iter_mut();
        let known = known.find(|one| one.stream == event.stream && one.is_seen);
        if let Some(known) = known {
            known.takes_in(event, (policy, language));
        }
    }
    tried.into_iter().map(|one| one.ticket).collect()
}

struct Tried {
    stream: Stream,
    zone: String,
    is_seen: bool,
    ticket: TriedTicket,
}

impl Tried {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the rest is of no interest to whoever tries rules"
    )]
    fn takes_in(&mut self, event: &Event, (policy, language): (&Policy, Language)) {
        let ticket = &mut self.ticket;
        let why = || Reason::words_of(&event.reason, language);
        let said = |what: [&str; 2], value: &str| {
            let [ru, en] = what;
            let what = match language {
                Language::Ru => ru,
                Language::En => en,
            };
            format!("{what}: {value}. {}", why())
        };
        match &event.data {
            EventData::RuleApplied { rule } => ticket.rules.push(rule.clone()),
            EventData::Classified { property } => match property {
                Property::Class(class) => class.code().clone_into(&mut ticket.class),
                Property::Priority(priority) => {
                    let value = priority_in_words(*priority, language);
                    ticket.more.push(said(["Приоритет", "Priority"], value));
                }
                Property::Category(value) => {
                    ticket.more.push(said(["Категория", "Category"], value));
                }
                Property::Cause(value) => ticket.more.push(said(["Причина", "Cause"], value)),
                Property::Tag(value) => ticket.more.push(said(["Метка", "Tag"], value)),
            },
            EventData::FieldsFilled { form, .. } => {
                ticket.more.push(said(["Форма", "Form"], form.as_str()));
            }
            EventData::UrgencyDenied { .. } => {
                let no = match language {
                    Language::Ru => "нет",
                    Language::En => "no",
                };
                ticket.more.push(said(["Срочное", "Urgent"], no));
            }
            EventData::Assigned { agent } => {
                let known = policy.agents.get(agent);
                let name = known.map_or_else(|| agent.to_string(), |known| known.name.clone());
                ticket.agent = Some(name);
                ticket.agent_why = why().into_owned();
            }
            EventData::ClockStarted { clock, due_at, .. } => {
                let due = Some(When {
                    at: *due_at,
                    zone: self.zone.clone(),
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
}

const fn priority_in_words(priority: Priority, language: Language) -> &'static str {
    match (priority, language) {
        (Priority::High, Language::Ru) => "высокий",
        (Priority::Normal, Language::Ru) => "обычный",
        (Priority::Low, Language::Ru) => "низкий",
        (Priority::High, Language::En) => "high",
        (Priority::Normal, Language::En) => "normal",
        (Priority::Low, Language::En) => "low",
    }
}
