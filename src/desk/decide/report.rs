//! Somebody asks for figures by mail: `#отчёт sla 2026-10 очередь=it`. Heads, and whoever decides instead of one who is away, get
//! those of their queues; whoever approves a payroll list and accountants those of the list; the director and the administrator
//! all. They are sent to the address that we know, whoever wrote.

use super::{due::digest_mail, machine, worklist::sender};
use crate::desk::{
    arrival::Arrival,
    command::folded,
    decide::finish,
    decision::{Decision, Given},
    draft::{Draft, Voice},
    identity::Speaker,
    kpi::Period,
    order::Order,
    policy::QueuePolicy,
    reason::Reason,
    world::World,
};
use crate::model::{
    address::{Address, NamedAddress},
    event::Trust,
    ids::{AgentName, QueueName},
    outgoing::{AutoSubmitted, Body, OutgoingMail, ReportAsked, ReportCounted, ReportLetter},
};

/// The figures that may be asked for.
const WHATS: [&str; 4] = ["kpi", "sla", "csat", "forms"];

/// Whether a mail asks for figures, of somebody who may or whom we can tell why not.
pub(super) fn was_asked(draft: &mut Draft<'_>, arrival: &Arrival, speaker: &Speaker) -> bool {
    let policy = draft.given.policy;
    let Some(words) = arrival.lone_command(&["#отчёт", "#отчет", "#report"]) else {
        return false;
    };
    let author = arrival.author().map(|(address, _)| address);
    let Some((reader, queues)) = author.and_then(|author| rights(draft, &author)) else {
        return false;
    };
    let own = policy.mailboxes.get(&arrival.mailbox);
    let Some(from) = own.map(|own| own.queue.clone()) else {
        return false;
    };
    if speaker.trust == Trust::Suspicious {
        machine::put_aside(draft, arrival, Reason::NotTrusted);
        return true;
    }
    if was_too_many(draft, arrival, (&reader, &from)) {
        return true;
    }
    machine::put_aside(draft, arrival, Reason::ReportAsked);
    match read(&words, draft.given, &queues) {
        // The same once more, before it is counted: one answer says it.
        Ok((what, period, queues))
            if draft
                .world
                .reports_asked(&reader)
                .any(|one| (&one.what, &one.period, &one.queues) == (&what, &period, &queues)) => {}
        Ok((what, period, queues)) => {
            draft
                .decision
                .orders
                .push(Order::Report(Box::new(ReportAsked {
                    reader,
                    what,
                    period,
                    queues,
                    from,
                    raw: arrival.raw,
                })));
        }
        Err((why, period)) => {
            let title = |name: &QueueName| name.to_string();
            let letter = ReportLetter {
                why: why.to_owned(),
                period,
                queues: match why {
                    "not_begun" => Vec::new(),
                    _ => queues.iter().map(title).collect(),
                },
                ..ReportLetter::default()
            };
            let key = format!("report:{}", arrival.raw);
            send(draft, (&reader, &from), key, letter);
        }
    }
    true
}

/// So many answers an hour are enough for anybody who reads them: a From costs nothing, and each is counted from all of history.
const HOUR_MAX: u32 = 12;

/// Whether an address has had, or has asked for, so many answers within the hour; then they are told so, and nothing else
/// follows. The brake sees to it that this ends, too.
pub(super) fn was_too_many(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    (reader, from): (&Address, &QueueName),
) -> bool {
    let asked = draft.world.reports_asked(reader).count();
    let asked = u32::try_from(asked).unwrap_or(u32::MAX);
    if draft.world.sent(reader).reports.saturating_add(asked) < HOUR_MAX {
        return false;
    }
    machine::put_aside(draft, arrival, Reason::CapHour);
    let letter = ReportLetter {
        why: "too_many".to_owned(),
        ..ReportLetter::default()
    };
    let key = format!("report:{}", arrival.raw);
    send(draft, (reader, from), key, letter);
    true
}

/// Where somebody of the staff or an accountant is answered, and which queues' figures are theirs to see; `None`: it is nobody
/// of these.
fn rights(draft: &Draft<'_>, author: &Address) -> Option<(Address, Vec<QueueName>)> {
    let policy = draft.given.policy;
    if policy.administrator == *author {
        return Some((author.clone(), policy.queues.keys().cloned().collect()));
    }
    let agent = policy.agent_of(author);
    let lists = policy.payrolls.values();
    let lists: Vec<_> = lists.filter(|list| list.to.contains(author)).collect();
    if agent.is_none() && lists.is_empty() {
        return None;
    }
    let is_theirs = |(name, queue): &(&QueueName, &QueuePolicy)| {
        let decides = agent.is_some_and(|agent| {
            policy.decides_for(agent, queue)
                || draft.is_decider(agent, queue)
                || approves(draft, agent, name)
        });
        decides || lists.iter().any(|list| list.queues.contains(name))
    };
    let queues = policy.queues.iter().filter(is_theirs);
    let known = agent.and_then(|agent| policy.agents.get(agent));
    let reader = known.map_or_else(|| author.clone(), |agent| agent.address.clone());
    Some((reader, queues.map(|(name, _)| name.clone()).collect()))
}

/// Whether an agent approves what people of a queue are paid by: as the one whom its list names, or as the list's deputy while
/// that one is away.
fn approves(draft: &Draft<'_>, agent: &AgentName, name: &QueueName) -> bool {
    let policy = draft.given.policy;
    let mut lists = policy.payrolls.values();
    lists.any(|list| {
        let parts = list.parts(policy);
        let mut own = parts.iter().filter(|(_, queues)| queues.contains(name));
        let is_deputy = list.deputy.as_ref() == Some(agent);
        own.any(|(approver, _)| {
            approver == agent || is_deputy && draft.absence_of(approver).is_some()
        })
    })
}

/// Which figures, of when, of which queues; or why there are none, as a code, and the period as far as it is known.
fn read(
    words: &str,
    given: &Given<'_>,
    allowed: &[QueueName],
) -> Result<(String, String, Vec<QueueName>), (&'static str, String)> {
    let policy = given.policy;
    let plain = |why| (why, String::new());
    if allowed.is_empty() {
        return Err(plain("no_right"));
    }
    let (mut what, mut period, mut queues) = (None, None, allowed.to_vec());
    for word in words.split_whitespace().map(folded) {
        if let Some((key, value)) = word.split_once('=') {
            let queue = QueueName::from(value);
            if !matches!(key, "очередь" | "queue") || !policy.queues.contains_key(&queue) {
                return Err(plain("no_queue"));
            }
            if !allowed.contains(&queue) {
                return Err(plain("no_right"));
            }
            queues = vec![queue];
        } else if matches!(word.as_str(), "формы" | "форма") {
            what = Some("forms".to_owned());
        } else if WHATS.contains(&word.as_str()) {
            what = Some(word);
        } else if word.starts_with(|c: char| c.is_ascii_digit()) {
            period = Some(word);
        } else {
            return Err(plain("no_what"));
        }
    }
    let first = policy.queues.values().next();
    let zone = first.map(|queue| queue.calendar.zone());
    let zone = zone.ok_or_else(|| plain("no_queue"))?;
    let period = period.and_then(|period| Period::named(&period, zone));
    let period = period.ok_or_else(|| plain("no_period"))?;
    if period.from > given.now {
        return Err(("not_begun", period.name));
    }
    Ok((
        what.unwrap_or_else(|| "kpi".to_owned()),
        period.name,
        queues,
    ))
}

/// Tells what was counted. What does not close is told to nobody as a figure.
pub(super) fn tell(counted: &ReportCounted, world: &World, given: &Given<'_>) -> Decision {
    let voice = Voice::okno(given.now);
    let mut draft = Draft::new(given, world, voice, Reason::ReportTold);
    let asked = &counted.asked;
    let is_right = counted.unbalanced.is_empty();
    let letter = ReportLetter {
        what: asked.what.clone(),
        period: asked.period.clone(),
        why: match is_right {
            true => String::new(),
            false => "unbalanced".to_owned(),
        },
        queues: Vec::new(),
        lines: match is_right {
            true => counted.lines.clone(),
            false => Vec::new(),
        },
        more: counted.more,
        is_over: counted.is_over,
        upto: counted.upto.unwrap_or(0),
        closed: counted.closed.clone(),
        within: counted.within.clone(),
        ..ReportLetter::default()
    };
    let key = format!("report:{}", asked.raw);
    send(&mut draft, (&asked.reader, &asked.from), key, letter);
    finish(draft, None)
}

pub(super) fn send(
    draft: &mut Draft<'_>,
    (reader, from): (&Address, &QueueName),
    key: String,
    letter: ReportLetter,
) {
    let person = draft.person(reader, None, None);
    let Some(from) = sender(draft, from) else {
        return;
    };
    let key = format!("{key}:{reader}");
    if let Some(mut mail) = digest_mail(draft, (person, key), from, Body::Report(letter)) {
        // To the address that we know, whatever other one of theirs the directory has.
        for one in &mut mail.recipients {
            one.address.clone_from(reader);
        }
        for one in &mut mail.to {
            *one = NamedAddress::new(one.name.as_deref().unwrap_or_default(), reader);
        }
        draft.queue_mail(OutgoingMail {
            auto_submitted: AutoSubmitted::Replied,
            ..mail
        });
    }
}
