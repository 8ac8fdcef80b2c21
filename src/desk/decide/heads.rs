//! Whoever decides for a queue changes by mail how it works: in answer to a mail about one of its tickets, or by a mail of
//! its own to the queue's address. What the file says of the same key counts again once it says anything else.

use super::{
    duty::{self, Saying},
    machine,
};
use crate::desk::{
    arrival::Arrival,
    command::{Command, LIMIT_MAX, Verb, limit_in, method_choices, method_named, taken_back, when},
    decision::{Decision, Given},
    distribution::appointment,
    draft::{DecisionBuilder, Draft, Voice},
    heads::{file_says, stands_so},
    identity::Speaker,
    permission::{Act, Refusal, Standing, may},
    policy::QueuePolicy,
    reason::Reason,
    world::World,
};
use crate::model::{
    event::{EventData, Role},
    ids::{AgentName, QueueName},
    queue_change::QueueChange,
    ticket::Side,
};

/// Why something was not done, and a name that belongs to the reason.
type Refused = (Reason, String);

/// No day further ahead is declared closed: who would remember?
const DAYS_AHEAD_MAX: i32 = 400;

/// What is to become of how the queue works.
enum Wish {
    Change(QueueChange),
    TakeBack(QueueChange),
}

/// What a mail of its own, to the address of the queue that its author decides for, says of that queue. Whether it is one
/// of that sort.
pub(super) fn at_large(draft: &mut Draft<'_>, arrival: &Arrival, speaker: &Speaker) -> bool {
    let policy = draft.given.policy;
    let own = policy.mailboxes.get(&arrival.mailbox);
    let own = own.and_then(|own| policy.queues.get_key_value(&own.queue));
    let Some(((name, queue), agent)) = own.zip(speaker.agent.clone()) else {
        return false;
    };
    let is_of_queue = |command: &Command| command.verb.form().act == Act::ChangeQueue;
    let commands = duty::said_alone(arrival);
    let commands = commands.filter(|all| all.iter().all(is_of_queue));
    let Some(commands) = commands.filter(|_| policy.decides_for(&agent, queue)) else {
        return false;
    };
    machine::put_aside(draft, arrival, Reason::AboutTheQueue);
    draft.voice.role = Role::Head;
    let standing = Standing {
        role: Role::Head,
        trust: speaker.trust,
        side: Side::Requester,
        serves_queue: true,
        has_our_mail: false,
    };
    let allowed = may(Act::ChangeQueue, standing).map_err(Refusal::reason);
    for command in commands {
        let done = match allowed {
            Ok(()) => carry_out(draft, name, &command),
            Err(reason) => Err((reason, String::new())),
        };
        let written = command.written.clone();
        let saying = match done {
            Ok(()) => Saying::queue_changed(written),
            Err((reason, detail)) => Saying::not_done(reason, detail, written),
        };
        if let Err(reason) = allowed {
            draft.decision.reason = reason;
        }
        duty::tell(draft, &agent, arrival.raw, saying);
    }
    true
}

/// Does what an agent says of a queue who decides for it. An earlier command of the same mail may have passed the ticket on
/// to a queue that is not theirs.
pub(super) fn carry_out_by(
    draft: &mut DecisionBuilder<'_>,
    agent: &AgentName,
    name: &QueueName,
    command: &Command,
) -> Result<(), Refused> {
    let policy = draft.given.policy;
    let queue = policy.queues.get(name);
    if !queue.is_some_and(|queue| policy.decides_for(agent, queue)) {
        return Err((Reason::NotOfQueue, String::new()));
    }
    carry_out(draft, name, command)
}

/// Does what is said of a queue.
fn carry_out(
    draft: &mut DecisionBuilder<'_>,
    name: &QueueName,
    command: &Command,
) -> Result<(), Refused> {
    let policy = draft.given.policy;
    let queue = policy.queues.get(name);
    let queue = queue.ok_or_else(|| (Reason::NoQueue, String::new()))?;
    // The rules in force are those of before the batch; what it has changed stands in the queue's state alone.
    let file = draft.given.file.queues.get(name).unwrap_or(queue);
    let state = draft.queue_state(name);
    let data = match wish(draft, queue, command)? {
        Wish::Change(change) if stands_so(file, &state, &change) => return Err(as_it_is()),
        Wish::Change(change) => EventData::QueueChanged {
            file: file_says(file, &change),
            change,
        },
        Wish::TakeBack(change) => {
            let mut known = state.changed.iter();
            let known = known.find(|one| one.change.replaces(&change));
            let change = known.ok_or_else(as_it_is)?.change.clone();
            EventData::QueueChangeOver { change }
        }
    };
    draft.happened_to_queue(name, data, Reason::AgentCommand);
    look(draft, name);
    Ok(())
}

/// What waits may be given to somebody now.
fn look(draft: &mut DecisionBuilder<'_>, name: &QueueName) {
    let at = (appointment(name), draft.given.now);
    draft.decision.give_outs.push(at);
}

fn as_it_is() -> Refused {
    (Reason::AsItIs, String::new())
}

fn wish(
    draft: &DecisionBuilder<'_>,
    queue: &QueuePolicy,
    command: &Command,
) -> Result<Wish, Refused> {
    let words = command.argument.as_str();
    if command.verb == Verb::Exclude {
        let agent = agent_in(draft, queue, words)?;
        return Ok(Wish::Change(QueueChange::Out { agent }));
    }
    if command.verb == Verb::Include {
        let agent = agent_in(draft, queue, words)?;
        return Ok(Wish::TakeBack(QueueChange::Out { agent }));
    }
    let (words, is_taken_back) = taken_back(words);
    let change = if command.verb == Verb::Distribution {
        method(queue, words, is_taken_back)?
    } else if command.verb == Verb::Limit {
        limit(draft, queue, (words, is_taken_back))?
    } else {
        closed(draft, queue, words)?
    };
    Ok(match is_taken_back {
        true => Wish::TakeBack(change),
        false => Wish::Change(change),
    })
}

fn method(queue: &QueuePolicy, words: &str, is_taken_back: bool) -> Result<QueueChange, Refused> {
    let method = match is_taken_back {
        true => Some(queue.distribution.method),
        false => method_named(words),
    };
    let method = method.ok_or_else(|| (Reason::NoSuchChoice, method_choices()))?;
    Ok(QueueChange::Method { method })
}

fn limit(
    draft: &DecisionBuilder<'_>,
    queue: &QueuePolicy,
    (words, is_taken_back): (&str, bool),
) -> Result<QueueChange, Refused> {
    let (whose, max_active) = match is_taken_back {
        true => (words, 0),
        false => {
            limit_in(words).ok_or_else(|| (Reason::NoSuchChoice, format!("1 … {LIMIT_MAX}")))?
        }
    };
    let agent = match whose {
        "" => None,
        whose => Some(agent_in(draft, queue, whose)?),
    };
    Ok(QueueChange::Limit { agent, max_active })
}

/// A day to come, or today.
fn closed(
    draft: &DecisionBuilder<'_>,
    queue: &QueuePolicy,
    words: &str,
) -> Result<QueueChange, Refused> {
    let now = queue.calendar.zone().to_datetime(draft.given.now);
    let refused = || (Reason::NoDay, String::new());
    let (day, rest) = when::read(words, now).ok_or_else(refused)?;
    let ahead = now.date().until(day.date).map(|span| span.get_days());
    let is_near = ahead.is_ok_and(|days| (0..=DAYS_AHEAD_MAX).contains(&days));
    let is_all = day.time.is_none() && rest.trim().is_empty();
    match is_near && is_all {
        true => Ok(QueueChange::Closed { on: day.date }),
        false => Err(refused()),
    }
}

/// Who of the queue is meant by `@anna`.
fn agent_in(
    draft: &DecisionBuilder<'_>,
    queue: &QueuePolicy,
    words: &str,
) -> Result<AgentName, Refused> {
    let named = words.trim().trim_start_matches('@');
    super::agent::colleague(draft, &queue.agents, named)
}

/// The file says something else of what was changed: it counts.
pub(super) fn file_changed(
    changes: &[(QueueName, QueueChange)],
    world: &World,
    given: &Given<'_>,
) -> Decision {
    let voice = Voice::okno(given.now);
    let mut draft = Draft::new(given, world, voice, Reason::FileChanged);
    for (name, change) in changes {
        let change = change.clone();
        let over = EventData::QueueChangeOver { change };
        draft.happened_to_queue(name, over, Reason::FileChanged);
        look(&mut draft, name);
    }
    draft.done()
}
