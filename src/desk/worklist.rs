//! An agent's work list of the morning: when it comes, what stands in it and in which order, and how its lines are
//! answered.

mod lines;

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Time};

use super::{
    appointment,
    policy::{Policy, QueuePolicy},
};
use crate::model::{
    duty::ListTime,
    ids::{AgentName, QueueName, TicketNumber},
    ticket::{State, Ticket},
};

pub use lines::{LineAnswer, answers_in, as_command};

/// How many lines a list has; the rest is counted.
pub const LINES_MAX: usize = 40;

/// How many tickets of an agent, and of each of their queues, are looked at: the oldest.
pub const LOOKED_AT_MAX: i64 = 200;

/// The queues that send an agent work lists: those they serve and those they decide for.
pub fn queues_of<'p>(
    agent: &AgentName,
    policy: &'p Policy,
) -> impl Iterator<Item = (&'p QueueName, &'p QueuePolicy)> {
    let queues = policy.queues.iter();
    queues.filter(move |(_, queue)| list_time(queue, agent).is_some())
}

/// When a queue sends an agent its list. Who decides for it gets one in any case.
#[must_use]
pub fn list_time(queue: &QueuePolicy, agent: &AgentName) -> Option<Time> {
    let mut decide = queue.head.iter().chain(&queue.deputy);
    let is_head = decide.any(|one| one == agent);
    let is_sent = is_head || queue.agents.contains(agent);
    let usual = is_head.then_some(HEAD_LIST);
    queue.digest.or(usual).filter(|_| is_sent)
}

/// When the list of decisions comes where the queue names no time.
pub const HEAD_LIST: Time = Time::constant(9, 0, 0, 0);

/// Something that an agent has to hear of or to decide, besides their tickets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListItem {
    /// Which ticket's number, or which mail's: its kind says what it is about.
    pub number: i64,
    /// What.
    pub kind: ItemKind,
    /// What somebody said of it; empty where nothing was said.
    pub words: String,
}

/// What it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// An agent has promised another day: whether that day counts is to be decided.
    Moved,
    /// An agent wants to ask another department: whether they may is to be decided.
    Asks,
    /// Nobody has said yet who gets a ticket: that is to be decided.
    Owner,
    /// An agent proposes an article of the knowledge base: whether it becomes one is to be decided.
    Draft,
    /// A requester was not content.
    Rated,
    /// Tickets would be late by hours or promises that have changed: whether they are is to be decided. The words say how many.
    Recounted,
    /// A mail to everybody, which asked nobody of ours: the number is the mail's, and the words are its author's address
    /// and, behind a line end, its subject.
    Everybody,
    /// The file says something else now of what the agent had changed by mail, and counts: the words are the queue's title
    /// and, behind a line end, the order that is over. The number says nothing.
    FileCounts,
    /// What the agent's own commands have done with a ticket since the last list, in their words.
    Done,
}

impl ItemKind {
    /// The name stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Moved => "moved",
            Self::Asks => "asks",
            Self::Owner => "owner",
            Self::Draft => "draft",
            Self::Rated => "rated",
            Self::Recounted => "recounted",
            Self::Everybody => "everybody",
            Self::FileCounts => "file_counts",
            Self::Done => "done",
        }
    }

    /// Whether its number is a ticket's.
    #[must_use]
    pub const fn is_of_ticket(self) -> bool {
        !matches!(self, Self::Everybody | Self::FileCounts)
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let all = [
            Self::Moved,
            Self::Asks,
            Self::Owner,
            Self::Draft,
            Self::Rated,
            Self::Recounted,
            Self::Everybody,
            Self::FileCounts,
            Self::Done,
        ];
        all.into_iter().find(|kind| kind.code() == code)
    }
}

/// When an agent's next list comes: the earliest time of their queues.
#[must_use]
pub fn next_at(agent: &AgentName, policy: &Policy, now: Timestamp) -> Option<Timestamp> {
    queues_of(agent, policy)
        .filter_map(|(_, queue)| {
            let calendar = &queue.calendar;
            calendar.next_working_day_at(now, list_time(queue, agent)?)
        })
        .min()
}

/// When somebody who wants it so finds in a list what they have to decide; also who wants no work list is told that.
#[must_use]
pub fn next_decisions_at(
    (agent, policy): (&AgentName, &Policy),
    wanted: ListTime,
    now: Timestamp,
) -> Option<Timestamp> {
    match wanted {
        ListTime::Queue | ListTime::Never => next_at(agent, policy, now),
        ListTime::At(time) => {
            let (_, queue) = queues_of(agent, policy).next()?;
            queue.calendar.next_working_day_at(now, time)
        }
    }
}

/// An agent's next list as they want it, and whether the one at hand is to be written now. Whoever wants it later than the
/// queue says gets it later the same day.
#[must_use]
pub fn as_wanted(
    (agent, policy): (&AgentName, &Policy),
    (next, wanted): (Timestamp, ListTime),
    now: Timestamp,
) -> (Timestamp, bool) {
    let time = match wanted {
        ListTime::Queue => return (next, true),
        ListTime::Never => return (next, false),
        ListTime::At(time) => time,
    };
    let Some((_, queue)) = queues_of(agent, policy).next() else {
        return (next, false);
    };
    let calendar = &queue.calendar;
    let today = calendar.zone().to_datetime(now).date().to_datetime(time);
    let today = calendar.zone().to_ambiguous_timestamp(today).compatible();
    match today.ok().filter(|today| *today > now) {
        Some(later) => (later, false),
        None => (
            calendar.next_working_day_at(now, time).unwrap_or(next),
            true,
        ),
    }
}

/// When the lists of all agents come next, by the numbers of their appointments.
#[must_use]
pub fn mornings(policy: &Policy, now: Timestamp) -> BTreeMap<i64, Timestamp> {
    let next = |agent| Some((appointment::of_agent(agent), next_at(agent, policy, now)?));
    policy.agents.keys().filter_map(next).collect()
}

/// Under which heading a ticket stands, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// An agent has promised another day, and somebody is to say whether it counts.
    Moved,
    /// An agent wants to ask another department, and somebody is to say whether they may.
    Asks,
    /// Nobody has said yet who gets it, and somebody is to.
    Owner,
    /// An agent proposes an article, and somebody is to say whether it becomes one.
    Draft,
    /// A requester was not content.
    Rated,
    /// It would be late by hours or promises that have changed, and others with it.
    Recounted,
    /// Its date is today, or has passed.
    Due,
    /// Nobody is responsible.
    Free,
    /// The agent is, and nothing is waited for.
    Own,
    /// The agent is, and waits.
    Waiting,
    /// A cap withheld mails about it.
    Withheld,
    /// The agent's own commands have done something with it since the last list.
    Done,
}

impl Section {
    /// The name in mails.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Moved => "moved",
            Self::Asks => "asks",
            Self::Owner => "owner",
            Self::Draft => "draft",
            Self::Rated => "rated",
            Self::Recounted => "recounted",
            Self::Due => "due",
            Self::Free => "free",
            Self::Own => "own",
            Self::Waiting => "waiting",
            Self::Withheld => "withheld",
            Self::Done => "done",
        }
    }
}

/// How many tickets a list tells of whose commands were carried out.
pub const DONE_MAX: usize = 15;

/// The list: live tickets that are the agent's or nobody's, and those mails of which were `withheld`, each once under the
/// first heading that fits. `ends` is the end of the day.
#[must_use]
pub fn sorted<'t>(
    tickets: impl Iterator<Item = &'t Ticket>,
    (agent, withheld): (&AgentName, &[TicketNumber]),
    ends: Timestamp,
) -> Vec<(Section, &'t Ticket)> {
    let mut list: Vec<(Section, &Ticket)> = tickets
        .filter_map(|ticket| {
            let is_withheld = withheld.contains(&ticket.number);
            let own = section(ticket, agent, ends);
            let section = own.or_else(|| is_withheld.then_some(Section::Withheld))?;
            Some((section, ticket))
        })
        .collect();
    list.sort_by_key(|(section, ticket)| {
        let due = ticket.next_clock().map(|clock| clock.due_at);
        (*section, due.is_none(), due, ticket.number)
    });
    list.dedup_by_key(|(_, ticket)| ticket.number);
    list
}

fn section(ticket: &Ticket, agent: &AgentName, ends: Timestamp) -> Option<Section> {
    let is_own = match &ticket.assignee {
        Some(assignee) if assignee == agent => true,
        Some(_) => return None,
        None => false,
    };
    let mut snoozed = ticket.snoozed.iter();
    if snoozed.any(|one| one.agent == *agent && one.until > ends) {
        return None;
    }
    let clock = ticket.next_clock();
    // Whose an unsure request is only whoever brought it can say: nobody else is told of it.
    if !ticket.state.is_live() || ticket.origin.is_some() {
        None
    } else if clock.is_some_and(|clock| clock.due_at <= ends) {
        Some(Section::Due)
    } else if !is_own {
        Some(Section::Free)
    } else if matches!(ticket.state, State::Pending | State::OnHold) {
        Some(Section::Waiting)
    } else {
        Some(Section::Own)
    }
}

/// The end of the day of `at` where the queue works.
#[must_use]
pub fn end_of_day(queue: &QueuePolicy, at: Timestamp) -> Timestamp {
    let zone = queue.calendar.zone();
    let tomorrow = zone.to_datetime(at).date().tomorrow();
    let midnight = tomorrow.map(|date| date.to_datetime(Time::midnight()));
    let instant = midnight.and_then(|midnight| zone.to_ambiguous_timestamp(midnight).compatible());
    instant.unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_begin_with_numbers_answer() {
        let read = |line: &str| {
            answers_in(line)
                .pop()
                .map(|answer| (answer.numbers, answer.words))
        };
        for (line, numbers, words) in [
            ("3 решено", vec![3], "решено"),
            ("3. Решено: заменили", vec![3], "Решено: заменили"),
            ("2) взять", vec![2], "взять"),
            ("5, 7 взять", vec![5, 7], "взять"),
            (
                "5 - #передать бухгалтерия",
                vec![5],
                "#передать бухгалтерия",
            ),
            ("4", vec![4], ""),
        ] {
            assert_eq!(read(line), Some((numbers, words.to_owned())), "{line}");
        }
        for line in [
            "Спасибо!",
            "3D-принтер решено",
            "2026 год",
            "",
            "№ 3 решено",
            "взять 3",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
