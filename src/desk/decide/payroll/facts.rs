//! Figures from outside by mail: `#факты 2026-10 причина` with a CSV file to a queue's address, or that file in answer to the
//! draft. Heads bring those of their queues, the administrator all. The shell reads the file; what is wrong in it is told line
//! by line, and then nothing of it is taken.

use super::{
    super::{machine, report},
    proof::{By, orders_none},
};
use crate::desk::{
    arrival::Arrival,
    decide::finish,
    decision::{Decision, Given},
    draft::{Draft, Voice},
    identity::Speaker,
    kpi::Period,
    order::Order,
    payroll::is_figures,
    policy::Policy,
    reason::Reason,
    world::World,
};
use crate::model::{
    address::Address,
    event::{Actor, EventData, Role, Stream, Trust},
    ids::QueueName,
    outgoing::{FactsAsked, FactsRead, ReportLetter},
};

/// Whether a mail brings such a file, of somebody who may or whom we can tell why not.
pub(in crate::desk::decide) fn were_brought(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    speaker: &Speaker,
) -> bool {
    let policy = draft.given.policy;
    let Some(words) = arrival.lone_command(&["#факты", "#facts"]) else {
        return false;
    };
    let author = arrival.author().map(|(address, _)| address);
    let rights = author.as_ref().and_then(|author| rights(policy, author));
    let own = policy.mailboxes.get(&arrival.mailbox);
    let (Some((reader, queues)), Some(own)) = (rights, own) else {
        return false;
    };
    let from = own.queue.clone();
    machine::put_aside(draft, arrival, Reason::FactsBrought);
    let (period, reason) = words
        .trim()
        .split_once(char::is_whitespace)
        .unwrap_or_else(|| (words.trim(), ""));
    let why = match (speaker.trust, tables(arrival).len()) {
        (Trust::Suspicious, _) => {
            draft.decision.reason = Reason::NotTrusted;
            return true;
        }
        (Trust::Claimed | Trust::Token, _) => Some("not_proven"),
        (Trust::Proven, _) if queues.is_empty() => Some("no_right"),
        (Trust::Proven, _) if named(policy, period).is_none() => Some("no_period"),
        (Trust::Proven, 0) => Some("no_table"),
        (Trust::Proven, 1) => None,
        (Trust::Proven, _) => Some("two_tables"),
    };
    if let Some(why) = why {
        let letter = ReportLetter {
            what: "facts".to_owned(),
            why: why.to_owned(),
            ..ReportLetter::default()
        };
        let key = format!("facts:{}", arrival.raw);
        report::send(draft, (&reader, &from), key, letter);
        return true;
    }
    let asked = FactsAsked {
        reader,
        period: period.to_owned(),
        queues,
        from,
        raw: arrival.raw,
        by: speaker.person,
        reason: reason.trim().to_owned(),
    };
    draft
        .decision
        .orders
        .push(Order::ReadFacts(Box::new(asked)));
    true
}

/// The longest reason that is kept.
const REASON_MAX: usize = 500;

/// A head answers the draft with the file of that month. What the answer says besides is the reason.
pub(super) fn in_answer(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    by: By<'_>,
    (queues, words): (Vec<QueueName>, &str),
) {
    let policy = draft.given.policy;
    let known = policy.agents.get(by.agent);
    let from = by.month.list.queues.first();
    let (Some(agent), Some(from), Some(person)) = (known, from, draft.agent_person(by.agent))
    else {
        return;
    };
    // Orders are no reason.
    let lines = words.lines();
    let said = lines.filter(|line| orders_none(draft, line));
    let reason: Vec<&str> = said.flat_map(str::split_whitespace).collect();
    let asked = FactsAsked {
        reader: agent.address.clone(),
        period: by.month.period.to_owned(),
        queues,
        from: from.clone(),
        raw: arrival.raw,
        by: person,
        reason: reason.join(" ").chars().take(REASON_MAX).collect(),
    };
    let order = Order::ReadFacts(Box::new(asked));
    draft.decision.orders.push(order);
}

/// A month, a quarter or a year.
fn named(policy: &Policy, period: &str) -> Option<Period> {
    let first = policy.queues.values().next()?;
    Period::named(period, first.calendar.zone())
}

/// Where somebody who decides is answered, and whose figures they may bring.
fn rights(policy: &Policy, author: &Address) -> Option<(Address, Vec<QueueName>)> {
    if policy.administrator == *author {
        return Some((author.clone(), policy.queues.keys().cloned().collect()));
    }
    let agent = policy.agent_of(author)?;
    let queues = policy.queues.iter();
    let own = queues.filter(|(_, queue)| policy.decides_for(agent, queue));
    let known = policy.agents.get(agent)?;
    let own = own.map(|(name, _)| name.clone()).collect();
    Some((known.address.clone(), own))
}

/// Whether a mail comes with a CSV file.
pub(super) fn has_table(arrival: &Arrival) -> bool {
    !tables(arrival).is_empty()
}

/// The names of the CSV files that figures are taken from.
pub(super) fn tables(arrival: &Arrival) -> Vec<String> {
    let files = arrival.reading.message.attachments.iter();
    let named = files.zip(arrival.file_names());
    let tables = named.filter(|(file, _)| is_figures(file));
    tables.map(|(_, name)| name).collect()
}

/// Tells what was read. What is right becomes an event, all of it.
pub(in crate::desk::decide) fn tell(
    read: &FactsRead,
    world: &World,
    given: &Given<'_>,
) -> Decision {
    let asked = &read.asked;
    let voice = Voice {
        actor: Actor::Person(asked.by),
        role: Role::Head,
        trust: Trust::Proven,
        ..Voice::okno(given.now)
    };
    let mut draft = Draft::new(given, world, voice, Reason::FactsBrought);
    if let Some(facts) = &read.facts {
        draft.decision.reason = Reason::FactsImported;
        let words = Some(format!("{}: {}", asked.reader, asked.reason));
        let data = EventData::FactsImported(Box::new(facts.clone()));
        draft.happened_elsewhere(Stream::House, data, Reason::FactsImported, words);
    }
    let letter = ReportLetter {
        what: "facts".to_owned(),
        period: asked.period.clone(),
        why: match &read.facts {
            Some(_) => String::new(),
            None => "wrong".to_owned(),
        },
        done: read.told.clone(),
        faults: read.faults.clone(),
        replaced: read.replaced,
        is_over: read.is_closed,
        ..ReportLetter::default()
    };
    let key = format!("facts:{}", asked.raw);
    report::send(&mut draft, (&asked.reader, &asked.from), key, letter);
    finish(draft, None)
}
