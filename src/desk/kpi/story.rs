//! What of a ticket's history is counted.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{
    super::undo::Past,
    opinions::Opinion,
    outcomes::Verdict,
    standing::{Standing, Way},
    tally::{Count, Why},
    telling::Telling,
};
use crate::model::{
    classification::RequestClass,
    clock::ClockKind,
    ids::{AgentName, DecisionId, MessageRow, PersonId, QueueName, TicketNumber},
};

/// Something that counts at its own instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact {
    pub(super) at: Timestamp,
    pub(super) queue: QueueName,
    pub(super) agent: Option<AgentName>,
    pub(super) count: Count,
    pub(super) many: i64,
    /// By which decision: what is taken back does not count.
    pub(super) decision: DecisionId,
    /// Which solution it is about, from 0: it counts for whoever solved.
    pub(super) solution: Option<usize>,
}

/// A public answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) at: Timestamp,
    pub(super) decision: DecisionId,
    pub(super) message: MessageRow,
    pub(super) queue: QueueName,
    pub(super) agent: Option<AgentName>,
}

/// A solution, with what had happened until then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Solve {
    pub(super) at: Timestamp,
    /// The instant of the event, which a step may not be dated by.
    pub(super) said_at: Timestamp,
    pub(super) decision: DecisionId,
    pub(super) queue: QueueName,
    pub(super) agent: Option<AgentName>,
    pub(super) class: RequestClass,
    pub(super) answers: usize,
    pub(super) asked_back: i64,
    pub(super) escalations: usize,
    pub(super) moves: i64,
    pub(super) classes: i64,
    pub(super) chars: Option<u32>,
    /// Since when it was open again, and how that came about.
    pub(super) ended: Option<(Timestamp, Way)>,
    /// The decision was taken back: it never was one.
    pub(super) is_undone: bool,
}

/// A question to another department; or a ticket that was answered, and passed on to one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Escalation {
    pub(super) at: Timestamp,
    /// Which decision asked, or passed it on.
    pub(super) decision: DecisionId,
    /// The question's own ticket; of what was passed on the ticket itself.
    pub(super) ticket: TicketNumber,
    pub(super) is_passed_on: bool,
    pub(super) queue: QueueName,
    pub(super) agent: AgentName,
    pub(super) is_withdrawn: bool,
}

/// A promise that was kept too late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Late {
    pub(super) at: Timestamp,
    pub(super) decision: DecisionId,
    pub(super) clock: ClockKind,
    pub(super) started_at: Timestamp,
    pub(super) worked_secs: i64,
    pub(super) late_secs: i64,
}

/// A ticket as it is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Story {
    pub(super) number: TicketNumber,
    pub(super) opened_at: Timestamp,
    /// The queue that it came to.
    pub(super) born: QueueName,
    /// Why it does not count.
    pub(super) out: Option<Why>,
    /// The queues in which alone it does not count, as whoever decides for them says.
    pub(super) out_of: BTreeSet<QueueName>,
    /// It was taken for spam until then.
    pub(super) included_at: Option<Timestamp>,
    /// When the first of its promises that are not judged is due.
    pub(super) due_at: Option<Timestamp>,
    /// From when on the time of the promise of a solution counted that was in force from an instant on, if there was one.
    pub(super) promised: Vec<(Timestamp, Option<Timestamp>)>,
    /// It repeats an earlier one, as an agent or a head says.
    pub(super) is_repeat: bool,
    /// Agents of another department ask, for the sake of a ticket of theirs.
    pub(super) is_asked: bool,
    pub(super) standings: Vec<Standing>,
    pub(super) answers: Vec<Answer>,
    pub(super) solves: Vec<Solve>,
    pub(super) escalations: Vec<Escalation>,
    pub(super) verdicts: Vec<Verdict>,
    /// Business seconds of solutions in time, by their instants, whatever became of them.
    pub(super) worked: Vec<(Timestamp, i64)>,
    pub(super) lates: Vec<Late>,
    pub(super) facts: Vec<Fact>,
    /// What it is about was right from the beginning; `None`: nobody has said what it is about.
    pub(super) is_diagnosed: Option<bool>,
    pub(super) opinions: Vec<(PersonId, Opinion)>,
}

/// The queues in which a ticket counts: those that it came to, was solved in, or was judged in.
#[must_use]
pub fn counts_in(number: TicketNumber, history: &[Past]) -> BTreeSet<QueueName> {
    let Some(story) = tell(number, history) else {
        return BTreeSet::new();
    };
    let solves = story.solves.iter().map(|solve| &solve.queue);
    let verdicts = story.verdicts.iter().map(|verdict| &verdict.queue);
    let all = solves.chain(verdicts).chain([&story.born]);
    all.cloned().collect()
}

/// The queue that owed work on a ticket just before an instant; `None`: none did.
#[must_use]
pub fn open_before(number: TicketNumber, history: &[Past], at: Timestamp) -> Option<QueueName> {
    let story = tell(number, history)?;
    let open = story.before(at).filter(|one| one.is_open);
    open.map(|one| one.queue.clone())
}

/// Tells it; `None`: the history does not begin with its beginning.
pub(super) fn tell(number: TicketNumber, history: &[Past]) -> Option<Story> {
    let mut telling = Telling::default();
    for past in history {
        telling.goes_on(number, past);
    }
    telling.done()
}

impl Story {
    /// The first answer that anybody gave.
    pub(super) fn first_answer(&self) -> Option<&Answer> {
        self.answers.iter().min_by_key(|answer| answer.at)
    }

    /// The answer of an instant.
    pub(super) fn answer_at(&self, at: Timestamp) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.at == at)
    }

    /// Who had it when it was first answered, or has it while nobody has: whoever had it before that, as if never. What
    /// was passed on to another queue unread nobody of the first has received.
    pub(super) fn received_by(&self) -> Option<&AgentName> {
        let first = self.first_answer();
        let is_known = |one: &&Standing| match first {
            // Of the very instant only what is not passed on with the answer.
            Some(answer) if one.at == answer.at => one.queue == answer.queue,
            Some(answer) => one.at < answer.at,
            None => true,
        };
        let last = self.standings.iter().rev().find(is_known)?;
        last.agent.as_ref().filter(|_| last.queue == self.born)
    }

    /// The promise of a solution that was in force just before an instant: from when on its time counted.
    pub(super) fn promised_before(&self, at: Timestamp) -> Option<Timestamp> {
        let own = self.promised.iter();
        own.take_while(|(from, _)| *from < at).last()?.1
    }

    /// The queue that owes work on it at the end.
    pub(super) fn open_in(&self) -> Option<&QueueName> {
        let last = self.standings.last().filter(|one| one.is_open);
        last.map(|one| &one.queue)
    }

    /// How it stood just before an instant.
    pub(super) fn before(&self, at: Timestamp) -> Option<&Standing> {
        let own = self.standings.iter();
        own.take_while(|one| one.at < at).last()
    }

    /// Who asked another department first, before a solution.
    pub(super) fn escalated_by(&self, solve: &Solve) -> Option<&Escalation> {
        let mut before = self.escalations.iter().take(solve.escalations);
        before.find(|one| !one.is_withdrawn)
    }

    /// Whether a solution came back within so many days.
    pub(super) fn came_back(solve: &Solve, days: i64) -> bool {
        let secs = days.saturating_mul(24 * 60 * 60);
        solve.ended.is_some_and(|(at, way)| {
            way == Way::Reopened && at.duration_since(solve.at).as_secs() <= secs
        })
    }
}
