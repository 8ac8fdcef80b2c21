//! Queues: who answers, from which mailbox, under which prefix.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    allow, asking, calendars, chains,
    check::Feeds,
    departments, distribution,
    problems::{At, Notes, Spot},
    reminders, urgency, values,
    written::{File, Queue},
};
use crate::{
    desk::{
        command::Verb,
        policy::{Mode, QueuePolicy},
    },
    model::{
        address::Address,
        ids::{AgentName, MailboxName, QueueName},
    },
};

/// The queues, as far as they are sound.
pub(super) fn resolve(
    file: &File,
    feeds: &Feeds<'_>,
    notes: &mut Notes,
) -> BTreeMap<QueueName, QueuePolicy> {
    let prefixes = prefixes(file, notes);
    let calendars = calendars::resolve(file, notes);
    let mut resolved = BTreeMap::new();
    for (name, queue) in &file.queues {
        let fed = feeds.iter().filter(|(_, fed)| **fed == name);
        let fed_by: Vec<&str> = fed.map(|(mailbox, _)| *mailbox).collect();
        staff(file, queue, &fed_by, notes);
        urgency_can_be_lowered(queue, notes);
        let mailbox = answering_mailbox(file, queue, &fed_by, notes);
        let calendar = calendars::of_queue((file, queue), &calendars, notes);
        let (Some(title), Some(prefix), Some(mailbox), Some(calendar)) =
            (&queue.title, prefixes.get(name.as_str()), mailbox, calendar)
        else {
            continue;
        };
        resolved.insert(
            QueueName(name.clone()),
            QueuePolicy {
                title: title.value.clone(),
                prefix: prefix.clone(),
                mailbox: MailboxName(mailbox),
                agents: queue.agents.value.iter().cloned().map(AgentName).collect(),
                language: queue.language.unwrap_or(file.language),
                calendar,
                promises: urgency::promises(queue),
                reminders: queue.reminders.percents.clone(),
                reminder_heads: reminders::heads(file, queue, notes),
                reopened: queue.reopened,
                transferred: queue.transferred,
                class_change: queue.class_change,
                escalate_after: departments::delays(queue),
                chains: chains::resolve(file, queue, notes),
                department: departments::named(file, queue.department.as_ref(), notes),
                confirm_days: queue.confirm_days,
                quiet_days: queue.quiet_days,
                categories: queue.categories.clone(),
                causes: queue.causes.clone(),
                digest: queue.digest,
                pauses_on_hold: queue.pauses_on_hold,
                reopen_days: queue.reopen_days,
                crossing_minutes: queue.crossing_minutes,
                group: group(file, queue, notes),
                head: departments::agent(file, queue.head.as_ref(), notes),
                deputy: deputy(file, queue, notes),
                confidential: queue.confidential,
                kb_hits: queue.kb_hits,
                nps: queue.nps,
                handover: queue.handover,
                handover_days: queue.handover_days,
                commands: queue.commands.clone(),
                wishes: queue.wishes.clone(),
                urgency: queue.urgency.clone(),
                urgency_limit: queue.urgency_limit,
                allow: allow::resolve(file, queue, notes),
                repeat_days: queue.repeat_days,
                repeat_needs_cause: needs_cause(queue, notes),
                asking: asking::resolve(file, (name, queue), notes),
                alarms: queue.alarms,
                review: queue.review,
                distribution: distribution::resolve((file, queue), notes),
            },
        );
    }
    asking::no_circles(file, notes);
    resolved
}

/// Who decides while the head is away: somebody else, and only where there is a head.
fn deputy(file: &File, queue: &Queue, notes: &mut Notes) -> Option<AgentName> {
    let At { value, spot } = queue.deputy.as_ref()?;
    match &queue.head {
        None => notes.problem(
            spot,
            "the queue has no head to stand in for; write head = \"…\"",
        ),
        Some(head) if head.value == *value => notes.problem(
            spot,
            format!("\"{value}\" is the head already; a deputy is somebody else"),
        ),
        Some(_) => {}
    }
    departments::agent(file, queue.deputy.as_ref(), notes)
}

/// What words have made urgent somebody must be able to take back.
fn urgency_can_be_lowered(queue: &Queue, notes: &mut Notes) {
    if queue.urgency.is_some() && !queue.commands.contains(&Verb::Class) {
        notes.warning(
            &queue.spot.below("urgency"),
            "words make a request urgent, and no agent can take that back; add \"class\" to `commands`",
        );
    }
}

/// Whether a repeat needs a cause; there must be any to choose from, and a way to say it.
fn needs_cause(queue: &Queue, notes: &mut Notes) -> bool {
    let Some(At { value: true, spot }) = &queue.repeat_needs_cause else {
        return false;
    };
    if queue.causes.is_empty() {
        notes.problem(
            spot,
            "there are no causes to choose from; write causes = [\"...\"]",
        );
    } else if !queue.commands.contains(&Verb::Cause) {
        notes.problem(
            spot,
            "agents have no way to say the cause; write commands = [\"cause\"]",
        );
    }
    true
}

/// The address that all agents of a queue read. Mail to a mailbox of ours would come back as a request.
fn group(file: &File, queue: &Queue, notes: &mut Notes) -> Option<Address> {
    let At { value, spot } = queue.group.as_ref()?;
    let is = |other: &At<Address>| other.value == *value;
    let of_mailbox = file.mailboxes.iter().find(|(_, mailbox)| {
        let named = mailbox.address.iter().chain(&mailbox.aliases);
        named.chain(&mailbox.former).any(is)
    });
    let of_agent = file.agents.iter().find(|(_, agent)| {
        let named = agent.address.iter().chain(&agent.aliases);
        named.into_iter().any(is)
    });
    if let Some((name, _)) = of_mailbox {
        notes.problem(
            spot,
            format!("this is an address of mailbox \"{name}\": what is sent there would come back as a request; write the address of a group or list that the agents read"),
        );
    } else if let Some((name, _)) = of_agent {
        notes.problem(
            spot,
            format!("this is an address of agent \"{name}\"; write the address of a group or list that all agents of the queue read"),
        );
    }
    Some(value.clone())
}

/// The mailbox a queue answers from: the one written, else the only one that feeds it.
fn answering_mailbox(
    file: &File,
    queue: &Queue,
    fed_by: &[&str],
    notes: &mut Notes,
) -> Option<String> {
    if let Some(At { value, spot }) = &queue.mailbox {
        if !file.mailboxes.contains_key(value) {
            notes.unknown(
                spot,
                "mailbox",
                value,
                file.mailboxes.keys().map(String::as_str),
            );
            return None;
        }
        if fed_by.is_empty() {
            notes.warning(
                &queue.spot,
                "no mailbox brings mail to this queue, so it gets no tickets",
            );
        }
        modes_agree(file, value, spot, fed_by, notes);
        return Some(value.clone());
    }
    match fed_by {
        [only] => Some((*only).to_owned()),
        [] => {
            if !file.mailboxes.is_empty() {
                notes.problem(
                    &queue.spot,
                    "no mailbox brings mail to this queue; write queue = \"…\" with its name in a mailbox",
                );
            }
            None
        }
        [first, ..] => {
            notes.problem(
                &queue.spot.below("mailbox"),
                format!(
                    "several mailboxes feed this queue ({}); write which one answers, as in mailbox = \"{first}\"",
                    fed_by.join(", ")
                ),
            );
            None
        }
    }
}

/// A queue must not send more from a mailbox than that mailbox's mode allows.
fn modes_agree(file: &File, answering: &str, spot: &Spot, fed_by: &[&str], notes: &mut Notes) {
    let mode_of = |name: &str| Some(file.mailboxes.get(name)?.mode.as_ref()?.value);
    let Some(allowed) = mode_of(answering) else {
        return;
    };
    for name in fed_by {
        if let Some(wanted) = mode_of(name).filter(|wanted| *wanted > allowed) {
            notes.problem(
                spot,
                format!(
                    "mailbox \"{name}\" is in mode \"{}\", but its mail would be answered from \"{answering}\", which is \
                     in mode \"{}\" only; give them one mode, or answer from \"{name}\"",
                    wanted.code(),
                    allowed.code()
                ),
            );
        }
    }
}

fn staff(file: &File, queue: &Queue, fed_by: &[&str], notes: &mut Notes) {
    let agents = &queue.agents;
    let mut seen = BTreeSet::new();
    for name in &agents.value {
        if !file.agents.contains_key(name) {
            notes.unknown(
                &agents.spot,
                "agent",
                name,
                file.agents.keys().map(String::as_str),
            );
        }
        if !seen.insert(name) {
            notes.problem(&agents.spot, format!("\"{name}\" stands here twice"));
        }
    }
    let is_served = fed_by
        .iter()
        .filter_map(|name| file.mailboxes.get(*name)?.mode.as_ref())
        .any(|mode| mode.value == Mode::Full);
    if is_served && agents.value.is_empty() {
        notes.problem(
            &agents.spot,
            "nobody would get the mail of this queue, whose mailbox is in mode \"full\"; write agents = [\"…\"]",
        );
    }
}

/// The prefix of each queue's tags, no two the same.
fn prefixes<'f>(file: &'f File, notes: &mut Notes) -> BTreeMap<&'f str, String> {
    let mut prefixes: BTreeMap<&str, String> = BTreeMap::new();
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    let by_line = {
        let mut queues: Vec<_> = file.queues.iter().collect();
        queues.sort_by_key(|(_, queue)| queue.spot.line);
        queues
    };
    for (name, queue) in by_line {
        let spot = queue
            .prefix
            .as_ref()
            .map_or_else(|| queue.spot.below("prefix"), |at| at.spot.clone());
        let written = queue.prefix.as_ref().map(|at| at.value.clone());
        let Some(prefix) = written.or_else(|| values::prefix_of(name)) else {
            notes.problem(
                &spot,
                "the queue's name has no Latin letter to make a prefix of; write prefix = \"IT\"",
            );
            continue;
        };
        if let Some(other) = taken.insert(prefix.clone(), name) {
            notes.problem(
                &spot,
                format!("queue \"{other}\" has the prefix \"{prefix}\" already; write another one"),
            );
        }
        prefixes.insert(name, prefix);
    }
    prefixes
}
