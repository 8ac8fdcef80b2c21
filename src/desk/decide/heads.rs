//! Whoever decides for a queue changes by mail how it works: in answer to a mail about one of its tickets, or by a mail of
//! its own to the queue's address. What the file says of the same key counts again once it says anything else.

mod wish;

use wish::{Wish, wish};

use super::{
    duty::{self, Saying},
    machine,
};
use crate::desk::{
    appointment::{number_of, of_queue},
    arrival::Arrival,
    command::{Command, as_ordered, as_taken_back},
    decision::{Decision, Given},
    draft::{DecisionBuilder, Draft, Voice},
    heads::{file_says, stands_so},
    identity::Speaker,
    loops,
    permission::{Act, Refusal, Standing, may},
    reason::Reason,
    worklist::{ItemKind, ListItem},
    world::World,
};
use crate::model::{
    event::{EventData, Role, Trust},
    ids::{AgentName, QueueName},
    queue_change::QueueChange,
    ticket::Side,
};

/// Why something was not done, and a name that belongs to the reason.
type Refused = (Reason, String);

/// What was done, for the letter that says so.
enum Done {
    /// It stands from now on; the words take it back.
    Changed { back: String },
    /// It stands no more.
    TakenBack {
        /// It was a closed day that has passed, by which due times have been counted.
        is_past_day: bool,
    },
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
    let decides = policy.decides_for(&agent, queue) || draft.is_decider(&agent, queue);
    let Some(commands) = commands.filter(|_| decides) else {
        return false;
    };
    machine::put_aside(draft, arrival, Reason::AboutTheQueue);
    draft.voice.role = Role::Head;
    // What they order counts, although their program wants no answer.
    let may_answer = loops::answer_forbidden(arrival, draft.given).is_none();
    let mail = may_answer.then_some(arrival.raw);
    let mail = mail.filter(|_| speaker.trust >= Trust::Claimed);
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
            Ok(Done::Changed { back }) => Saying::queue_changed(written, back),
            Ok(Done::TakenBack { is_past_day }) => Saying::queue_change_over(written, is_past_day),
            Err((reason, detail)) => Saying::not_done(reason, detail, written),
        };
        let saying = saying.of_queue(name);
        if let Err(reason) = allowed {
            draft.decision.reason = reason;
        }
        duty::tell(draft, (&agent, speaker.trust), mail, saying);
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
    if !queue
        .is_some_and(|queue| policy.decides_for(agent, queue) || draft.is_decider(agent, queue))
    {
        return Err((Reason::NotOfQueue, String::new()));
    }
    carry_out(draft, name, command).map(drop)
}

/// Does what is said of a queue.
fn carry_out(
    draft: &mut DecisionBuilder<'_>,
    name: &QueueName,
    command: &Command,
) -> Result<Done, Refused> {
    let policy = draft.given.policy;
    let queue = policy.queues.get(name);
    let queue = queue.ok_or_else(|| (Reason::NoQueue, String::new()))?;
    // The rules in force are those of before the batch; what it has changed stands in the queue's state alone.
    let file = draft.given.file.queues.get(name).unwrap_or(queue);
    let state = draft.queue_state(name);
    let today = queue.calendar.zone().to_datetime(draft.given.now).date();
    let (data, done) = match wish(draft, (queue, file), (command, &state))? {
        Wish::Change(change) if stands_so(file, &state, &change) => return Err(as_it_is()),
        Wish::Change(change) => {
            let back = as_taken_back(&change, queue.language);
            let file = file_says(file, &change);
            (
                EventData::QueueChanged { file, change },
                Done::Changed { back },
            )
        }
        Wish::TakeBack(change) => {
            let mut known = state.changed.iter();
            let known = known.find(|one| one.change.replaces(&change));
            let change = known.ok_or_else(as_it_is)?.change.clone();
            let is_past_day = matches!(change, QueueChange::Closed { on } if on < today);
            (
                EventData::QueueChangeOver { change },
                Done::TakenBack { is_past_day },
            )
        }
    };
    draft.happened_to_queue(name, data, Reason::AgentCommand);
    look(draft, name);
    Ok(done)
}

/// What waits may be given to somebody now.
fn look(draft: &mut DecisionBuilder<'_>, name: &QueueName) {
    let at = (of_queue(name), draft.given.now);
    draft.decision.give_outs.push(at);
}

fn as_it_is() -> Refused {
    (Reason::AsItIs, String::new())
}

/// The file says something else of what was changed: it counts, and whoever decides for the queue finds so in their list.
pub(super) fn file_changed(
    changes: &[(QueueName, QueueChange)],
    world: &World,
    given: &Given<'_>,
) -> Decision {
    let voice = Voice::okno(given.now);
    let mut draft = Draft::new(given, world, voice, Reason::FileChanged);
    for (name, change) in changes {
        tell_in_list(&mut draft, name, change);
        let change = change.clone();
        let over = EventData::QueueChangeOver { change };
        draft.happened_to_queue(name, over, Reason::FileChanged);
        look(&mut draft, name);
    }
    draft.done()
}

fn tell_in_list(draft: &mut Draft<'_>, name: &QueueName, change: &QueueChange) {
    let queue = draft.given.policy.queues.get(name);
    let Some((queue, head)) = queue.and_then(|queue| Some((queue, queue.head.clone()?))) else {
        return;
    };
    let order = as_ordered(change, queue.language);
    let item = ListItem {
        number: number_of(&format!("{name}: {order}")),
        kind: ItemKind::FileCounts,
        words: format!("{}\n{order}", queue.title),
    };
    draft.decision.list_items.push((head, item));
}
