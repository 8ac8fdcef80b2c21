//! Figures of a period: what the events and verdicts of its tickets come to (DOMAIN 3). Nothing is judged here: verdicts
//! are read as they are written, and what counts is counted. Whole numbers and exact fractions; nothing is rounded.
//!
//! One ticket after the other is told as a `story`, whose facts are put into every period asked for (`counting`): into the
//! one of their own instant, which is why months make the year. A story is all that is kept of a ticket, and that only
//! while it is counted. What is known is what is in the histories: with those up to a certain event, a closed month stays
//! what it was, whatever happens later.

mod balance;
mod beside;
mod corrected;
mod counting;
mod credited;
mod detail;
mod explained;
mod figure;
mod forms;
mod heard;
mod hints;
mod joins;
mod lines;
mod middle;
mod opinions;
mod outcomes;
mod period;
mod preliminary;
mod promises;
mod standing;
mod story;
mod table;
mod tally;
mod telling;
mod term;
mod unread;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, tz::TimeZone};

use self::opinions::Opinions;
use super::undo::Past;
use crate::model::ids::{AgentName, PersonId, QueueName, TicketNumber};

pub use balance::Balance;
pub use beside::{Beside, REPEATS_ENOUGH, capacity_use, received_qoq, relative_change, repeat_qoq};
pub use detail::{Detail, Held, Promised, details};
pub use explained::{Corrected, CorrectedBy, Counted, Part, Withdrawn};
pub use figure::{Figure, Unit};
pub use forms::FormCount;
pub use hints::{Hints, LateBy, hint};
pub use joins::{Joins, additive, joins, of_all_alone};
pub use lines::{Of, whole};
pub use middle::SIXTIETHS;
pub use period::Period;
pub use preliminary::is_of_solutions;
pub use story::{counts_in, open_before};
pub use table::{figure, figures, unit_of};
pub use tally::{Count, Judged, Spread, Tally, Times, Why};
pub use unread::is_unread;

/// The version of the definitions by which everything here is counted (docs/events.md tells what each has changed). What was
/// closed by another one cannot be counted again.
pub const DEFINITIONS: u32 = 5;

/// A solved ticket that comes back within so many days was not solved.
pub const REOPEN_DAYS: i64 = 14;

/// A resolution of so many characters is documented.
pub const DOCUMENTED_CHARS: u32 = 20;

/// A question to another department that is withdrawn within so many minutes by the clock was a mistake, and is none.
pub const MISTAKE_MINUTES: i64 = 30;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Question {
    /// The zone of the payroll.
    pub zone: TimeZone,
    /// The periods. They may overlap.
    pub periods: Vec<Period>,
    /// How many days a solution has to last.
    pub reopen_days: i64,
    /// How many characters make a resolution documented.
    pub documented_chars: u32,
}

impl Question {
    /// About these periods, by the rules that are usual.
    #[must_use]
    pub const fn about(periods: Vec<Period>, zone: TimeZone) -> Self {
        Self {
            zone,
            periods,
            reopen_days: REOPEN_DAYS,
            documented_chars: DOCUMENTED_CHARS,
        }
    }
}

impl Question {
    /// The part of its quarter that lies before the first period: what was said in it decides which answers of people count.
    /// `None`: there is none, the quarter begins with the period.
    #[must_use]
    pub fn quarter_before(&self) -> Option<(Timestamp, Timestamp)> {
        let first = self.periods.iter().map(|period| period.from).min()?;
        let begins = period::quarter_begins(first, &self.zone)?;
        (begins < first).then_some((begins, first))
    }
}

/// Whose figures: an agent's in a queue, or what is nobody's of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Whose {
    /// The queue.
    pub queue: QueueName,
    /// The agent; `None`: the queue's own.
    pub agent: Option<AgentName>,
}

/// One period counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Which.
    pub period: Period,
    /// What was counted, by whose it is.
    pub tallies: BTreeMap<Whose, Tally>,
    /// What came and went, by queue.
    pub balances: BTreeMap<QueueName, Balance>,
    /// Tickets of which a promise fell due in it or before, and is not judged yet, by the queue that they were in then: its
    /// figures are not final with one of them.
    pub unsettled: BTreeMap<QueueName, BTreeSet<TicketNumber>>,
    /// Queues whose open tickets are not those that something else says: the table of tickets, or the closed period before.
    pub torn: BTreeSet<QueueName>,
}

impl Sheet {
    /// Nothing is counted yet.
    const fn of(period: Period) -> Self {
        Self {
            period,
            tallies: BTreeMap::new(),
            balances: BTreeMap::new(),
            unsettled: BTreeMap::new(),
            torn: BTreeSet::new(),
        }
    }

    /// Everything of these queues together: what an agent did in several is in one sum.
    #[must_use]
    pub fn together<'q>(&self, queues: impl IntoIterator<Item = &'q QueueName>) -> Tally {
        let mut all = Tally::default();
        for queue in queues {
            let own = self
                .tallies
                .iter()
                .filter(|(whose, _)| whose.queue == *queue);
            own.for_each(|(_, tally)| all.add(tally));
        }
        all
    }

    /// What came and went in these queues together. What was passed on among them came and went.
    #[must_use]
    pub fn balance<'q>(&self, queues: impl IntoIterator<Item = &'q QueueName>) -> Balance {
        let mut all = Balance::default();
        let own = queues.into_iter();
        own.filter_map(|queue| self.balances.get(queue))
            .for_each(|balance| all.add(balance));
        all
    }

    /// The queues with anything to say.
    pub fn queues(&self) -> impl Iterator<Item = &QueueName> {
        self.balances.keys()
    }

    /// The agents of a queue with anything to say.
    pub fn agents_of(&self, queue: &QueueName) -> impl Iterator<Item = (&AgentName, &Tally)> {
        let own = self
            .tallies
            .iter()
            .filter(move |(whose, _)| whose.queue == *queue);
        own.filter_map(|(whose, tally)| Some((whose.agent.as_ref()?, tally)))
    }

    /// The queues whose sums do not close: a report with one of them is wrong and must not be sent.
    #[must_use]
    pub fn unbalanced(&self) -> Vec<&QueueName> {
        let is_wrong = |queue: &&QueueName| {
            let (tally, balance) = (self.together([*queue]), self.balance([*queue]));
            let excluded: i64 = tally.excluded.values().sum();
            let scope = tally.count(Count::InScope).saturating_add(excluded);
            let received = tally.count(Count::Received);
            balance.left_over() != 0 || received != scope || received != balance.received
        };
        let wrong: BTreeSet<&QueueName> =
            self.queues().filter(is_wrong).chain(&self.torn).collect();
        wrong.into_iter().collect()
    }
}

/// Figures in the making: tickets are added one by one, in any order.
#[derive(Debug)]
pub struct Counting<'q> {
    question: &'q Question,
    sheets: Vec<Sheet>,
    open: BTreeMap<QueueName, i64>,
    opinions: Opinions,
}

impl<'q> Counting<'q> {
    /// Nothing is counted yet.
    #[must_use]
    pub fn of(question: &'q Question) -> Self {
        let periods = question.periods.iter().cloned();
        Self {
            question,
            sheets: periods.map(Sheet::of).collect(),
            open: BTreeMap::new(),
            opinions: Opinions::default(),
        }
    }

    /// One more ticket with its whole history so far.
    pub fn add(&mut self, number: TicketNumber, history: &[Past]) {
        let Some(story) = story::tell(number, history) else {
            return;
        };
        for sheet in &mut self.sheets {
            counting::count(&story, self.question, sheet);
        }
        if let Some(queue) = story.open_in() {
            let open = self.open.entry(queue.clone()).or_default();
            *open = open.saturating_add(1);
        }
        self.opinions
            .note(number, story.opinions, &self.question.zone);
    }

    /// Somebody had answered the question whether they would recommend us at that instant, in whichever ticket: of a quarter
    /// their first answer counts, so that those before the first period have to be known ([`Question::quarter_before`]).
    pub fn said_before(&mut self, person: PersonId, at: Timestamp) {
        self.opinions.note_before(person, at, &self.question.zone);
    }

    /// How many tickets of each queue are open at the end of all that was told: as the table of tickets has to have it.
    #[must_use]
    pub const fn open(&self) -> &BTreeMap<QueueName, i64> {
        &self.open
    }

    /// The sheets, in the order in which they were asked for.
    #[must_use]
    pub fn done(mut self) -> Vec<Sheet> {
        self.opinions.count(&mut self.sheets);
        self.sheets
    }
}
