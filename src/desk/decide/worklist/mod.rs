//! An agent's work list: what there is to do this morning. What its answers do, line by line:
//! [`answer`]. What the agent's own commands have done since the last one: [`done`].

mod answer;
mod done;
mod letter;
mod listed;

pub(super) use answer::was_answered;
pub(super) use done::{forget, keep};
pub(super) use letter::sender;

use letter::{Content, send};
use listed::listed_as;

use jiff::Timestamp;

use crate::desk::{
    appointment::agent_of,
    decide::finish,
    decision::{Decision, Given},
    draft::{Draft, Voice},
    policy::QueuePolicy,
    reason::Reason,
    worklist::{self, ItemKind, LINES_MAX, Section},
    world::World,
};
use crate::model::{
    clock::ClockKind,
    duty::ListTime,
    ids::{AgentName, PersonId, QueueName, RawId, TicketNumber},
    outgoing::{OfferedMail, Overruled, WorkLine},
    ticket::Ticket,
};

/// The list of the agent who has this appointment, if there is anything to do.
pub(super) fn make(appointment: i64, world: &World, given: &Given<'_>) -> Decision {
    let mut draft = Draft::new(given, world, Voice::okno(given.now), Reason::MorningDue);
    let policy = given.policy;
    let Some((name, _)) = agent_of(appointment, policy) else {
        return Decision::new(Reason::NothingToDo);
    };
    // Whoever was switched off gets no next one.
    let Some(next) = worklist::next_at(name, policy, given.now) else {
        return make_for_stand_in(draft, name);
    };
    // Who wants it at another time, or is away, or wants none.
    let wanted = draft.preferences_of(name).list;
    let (next, is_now) = worklist::as_wanted((name, policy), (next, wanted), given.now);
    draft.decision.mornings.push((appointment, next));
    // Whoever decides for a queue and wants no list still has to decide.
    let is_head = |queue: &QueuePolicy| queue.head.as_ref() == Some(name);
    let is_heads = policy.queues.values().any(is_head);
    // A deputy gets what is to be decided, and no other list by that.
    let has_list = |queue: &QueuePolicy| queue.agents.contains(name) && queue.digest.is_some();
    let is_deputy = !is_heads && !policy.queues.values().any(has_list);
    let decides_only = is_deputy || wanted == ListTime::Never && is_heads;
    if !(is_now || decides_only) || draft.absence_of(name).is_some() {
        draft.decision.reason = Reason::NothingToDo;
        return finish(draft, None);
    }
    // Where okno was away at the time it may be another day by now.
    let mut queues = worklist::queues_of(name, policy)
        .filter(|(_, queue)| queue.calendar.is_working_day(given.now));
    if let (Some((queue, of_queue)), Some(person)) = (queues.next(), draft.agent_person(name)) {
        let ends = worklist::end_of_day(of_queue, given.now);
        match decides_only {
            true => write_decisions(&mut draft, (name, person), queue),
            false => write(&mut draft, (name, person), (queue, ends)),
        }
    }
    finish(draft, None)
}

/// What is to be decided, for whoever stands in and has no list else; the next one while they do.
fn make_for_stand_in(mut draft: Draft<'_>, agent: &AgentName) -> Decision {
    let policy = draft.given.policy;
    let queue = draft.stands_in_at(agent).cloned();
    let own = queue.and_then(|name| Some((policy.queues.get(&name)?, name)));
    let Some((of_queue, queue)) = own else {
        return Decision::new(Reason::NothingToDo);
    };
    draft.appoint_list(agent, of_queue);
    let person = draft.agent_person(agent);
    let is_day = of_queue.calendar.is_working_day(draft.given.now);
    if let Some(person) = person.filter(|_| is_day) {
        write_decisions(&mut draft, (agent, person), &queue);
    }
    finish(draft, None)
}

fn write(
    draft: &mut Draft<'_>,
    (agent, person): (&AgentName, PersonId),
    (queue, ends): (&QueueName, Timestamp),
) {
    let world = draft.world;
    // From whom nobody has heard yet nothing was withheld.
    let known = draft.given.policy.agents.get(agent);
    let known = known.and_then(|agent| world.person(&agent.address));
    let withheld = known.map_or_else(Vec::new, |known| world.withheld(known.id).to_vec());
    let numbers = world.morning(agent).iter().chain(&withheld);
    let mut done = done::since_last_list(draft, agent);
    let tickets = numbers.filter_map(|number| world.ticket(*number));
    // What is another department's by now is none of theirs, whatever they have done with it; nor is it work for whoever
    // only decides for a queue.
    let works_on = |ticket: &Ticket| {
        let queue = draft.given.policy.queue_of(ticket);
        let is_own = ticket.assignee.as_ref() == Some(agent);
        is_own || queue.is_some_and(|queue| queue.agents.contains(agent))
    };
    let is_theirs = |ticket: &&Ticket| !done.contains_key(&ticket.number) || works_on(ticket);
    let tickets: Vec<&Ticket> = tickets.filter(is_theirs).collect();
    let (mut lines, items) = decisions(draft, agent);
    // Whom to give it to stands above.
    let is_apart = |ticket: &Ticket| ticket.owner_asked.is_some() && items.contains(&ticket.number);
    let tickets = tickets.into_iter().filter(|ticket| !is_apart(ticket));
    let list = worklist::sorted(tickets, (agent, &withheld), ends);
    let room = LINES_MAX.saturating_sub(lines.len());
    let (shown, rest) = list.split_at(list.len().min(room));
    for (section, ticket) in shown {
        lines.extend(line(draft, &lines, (*section, ticket.number)));
    }
    let mails = mails_to_everybody(draft, (agent, person));
    let overruled = overruled(draft, agent);
    // What was done is no reason for a letter.
    if lines.is_empty() && mails.is_empty() && overruled.is_empty() {
        return;
    }
    done::is_told(draft, agent);
    // What is listed here needs no digest of its own.
    if !withheld.is_empty() {
        draft.decision.digest_done.push(person);
        let left = rest.iter().map(|(_, ticket)| ticket.number);
        let left: Vec<_> = left.filter(|number| withheld.contains(number)).collect();
        let later = (!left.is_empty()).then_some((person, left));
        draft.decision.digest.extend(later);
    }
    let listed = items
        .into_iter()
        .chain(shown.iter().map(|(_, ticket)| ticket.number));
    let mut numbers: Vec<TicketNumber> = listed.collect();
    for (line, number) in lines.iter_mut().zip(&numbers) {
        line.done = done.remove(number).unwrap_or_default();
    }
    numbers.extend(done::tell(draft, agent, (&mut lines, done)));
    let content = Content {
        lines,
        numbers,
        mails,
        overruled,
        more: u64::try_from(rest.len()).unwrap_or(u64::MAX),
    };
    send(draft, (agent, person), queue, content);
}

/// What somebody who wants no list has to decide or to hear of as a head; nothing else of it.
fn write_decisions(
    draft: &mut Draft<'_>,
    (agent, person): (&AgentName, PersonId),
    queue: &QueueName,
) {
    let (lines, numbers) = decisions(draft, agent);
    let content = Content {
        lines,
        numbers,
        mails: Vec::new(),
        overruled: overruled(draft, agent),
        more: 0,
    };
    if !content.lines.is_empty() || !content.overruled.is_empty() {
        send(draft, (agent, person), queue, content);
    }
}

/// Mails to everybody since the last list: each may be made a ticket of, by a code that is the agent's alone.
fn mails_to_everybody(
    draft: &mut Draft<'_>,
    (agent, person): (&AgentName, PersonId),
) -> Vec<OfferedMail> {
    let items = draft.world.list_items(agent).to_vec();
    let mut mails = Vec::new();
    for item in items
        .into_iter()
        .filter(|item| item.kind == ItemKind::Everybody)
    {
        let done = (agent.clone(), item.number, item.kind);
        draft.decision.list_items_done.push(done);
        let (author, about) = item.words.split_once('\n').unwrap_or((&item.words, ""));
        mails.push(OfferedMail {
            about: about.to_owned(),
            author: author.to_owned(),
            code: draft.given.key.offer(RawId(item.number), person),
        });
    }
    mails
}

/// The agent's own orders that the file has overruled since the last list.
fn overruled(draft: &mut Draft<'_>, agent: &AgentName) -> Vec<Overruled> {
    let items = draft.world.list_items(agent).to_vec();
    let items = items.into_iter();
    let items = items.filter(|item| item.kind == ItemKind::FileCounts);
    let mut overruled = Vec::new();
    for item in items {
        let done = (agent.clone(), item.number, item.kind);
        draft.decision.list_items_done.push(done);
        if let Some((queue, order)) = item.words.split_once('\n') {
            overruled.push(Overruled {
                queue: queue.to_owned(),
                order: order.to_owned(),
            });
        }
    }
    overruled
}

/// What the agent has to decide or to hear of, first of all, and the tickets of these lines.
fn decisions(draft: &mut Draft<'_>, agent: &AgentName) -> (Vec<WorkLine>, Vec<TicketNumber>) {
    let mut lines: Vec<WorkLine> = Vec::new();
    let mut numbers = Vec::new();
    let mut items = draft.world.list_items(agent).to_vec();
    items.sort_by_key(|item| item.kind);
    for item in items {
        if lines.len() >= LINES_MAX {
            break;
        }
        if !item.kind.is_of_ticket() || item.kind == ItemKind::Done {
            continue;
        }
        let number = TicketNumber(item.number);
        let Some((section, moved_from)) = listed_as(draft, agent, &item) else {
            // It is over, or was decided or promised anew, or is somebody else's to decide by now.
            let done = (agent.clone(), item.number, item.kind);
            draft.decision.list_items_done.push(done);
            continue;
        };
        let Some(plain) = line(draft, &lines, (section, number)) else {
            continue;
        };
        let known = draft.world.ticket(number);
        let rating = known
            .and_then(|ticket| ticket.rating)
            .filter(|_| section == Section::Rated);
        let moved_from = moved_from.and_then(|at| Some(draft.ticket(number)?.when(at)));
        lines.push(WorkLine {
            moved_from: moved_from.or_else(|| plain.moved_from.clone()),
            rating,
            words: item.words,
            ..plain
        });
        numbers.push(number);
        // What only has to be heard of is heard once, and of other rules one is asked once.
        if matches!(section, Section::Rated | Section::Recounted) {
            let done = (agent.clone(), item.number, item.kind);
            draft.decision.list_items_done.push(done);
        }
    }
    (lines, numbers)
}

pub(super) fn line(
    draft: &mut Draft<'_>,
    before: &[WorkLine],
    (section, number): (Section, TicketNumber),
) -> Option<WorkLine> {
    let now = draft.given.now;
    let ticket = draft.ticket(number)?;
    let known = ticket.snapshot();
    let is_late = known
        .next_clock()
        .is_some_and(|clock| clock.promised_at() < now);
    // What an agent has promised since is not what counts until somebody approves it: both are told.
    let moved = known.clock(ClockKind::Resolution);
    let moved = moved.filter(|clock| clock.moved_to.is_some());
    let moved_from = moved.map(|clock| ticket.when(clock.due_at));
    let until = known.waits_until.map(|until| ticket.when(until));
    Some(WorkLine {
        number: u64::try_from(before.len()).ok()?.saturating_add(1),
        section: section.code().to_owned(),
        opens_section: before
            .last()
            .is_none_or(|last| last.section != section.code()),
        ticket: ticket.facts(ticket.staff_language())?,
        is_free: known.assignee.is_none(),
        is_late,
        until,
        moved_from,
        rating: None,
        words: String::new(),
        done: String::new(),
        buttons: Vec::new(),
    })
}
