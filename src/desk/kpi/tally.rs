//! What is counted: sums that add up, over agents, queues and periods.

use std::collections::BTreeMap;

use crate::model::{classification::RequestClass, clock::ClockKind};

/// Writes the list of counts once, with their names.
macro_rules! counts {
    ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// Something that is counted.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Count { $($(#[$doc])* $name),+ }

        impl Count {
            /// Everything.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The name printed.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }
        }
    };
}

counts! {
    /// Tickets that came.
    Received = "received",
    /// Of these, those that count.
    InScope = "in_scope",
    /// Tickets that were solved, still are at the end of the period, and did not come back soon after it.
    Solved = "solved",
    /// Solutions, a ticket as often as it was solved.
    SolveEvents = "solve_events",
    /// Solved in an earlier period, and back in this one within the days a solution has to last, or taken back: the earlier
    /// one counts it no more.
    SolvedWithdrawn = "solved_withdrawn",
    /// Solved in an earlier period, and back in this one later than that: the earlier one keeps it.
    SolvedKept = "solved_kept",
    /// Solved that nobody else was asked for.
    Unescalated = "unescalated",
    /// Solved for which another department was asked, or that was passed on to one, by whoever did so first.
    Escalated = "escalated",
    /// Solved by one answer, nothing asked back, and not back since.
    FirstContact = "first_contact",
    /// Solutions of the period that did not last.
    CameBack = "came_back",
    /// Tickets that came back in the period.
    Reopened = "reopened",
    /// Tickets that repeat an earlier one, as an agent says: of whoever received them.
    Repeats = "repeats",
    /// Ratings.
    Rated = "rated",
    /// Their sum.
    RatingSum = "rating_sum",
    /// Those of 4 and 5.
    RatedWell = "rated_well",
    /// Solutions for which a rating was asked.
    Asked = "asked",
    /// Answers to the question whether they would recommend us.
    Opinions = "opinions",
    /// 9 and 10.
    Promoters = "promoters",
    /// 0 to 6.
    Detractors = "detractors",
    /// Solved by words of enough characters.
    Documented = "documented",
    /// Solved of which it is known.
    DocumentedKnown = "documented_known",
    /// Solved that are about what was said at first.
    Diagnosed = "diagnosed",
    /// Solved of which anybody has said what they are about.
    DiagnosedKnown = "diagnosed_known",
    /// Days that agents moved.
    DeadlineMoves = "deadline_moves",
    /// Solved whose day was moved.
    Moved = "moved",
    /// Solved of which an agent has changed the class.
    ClassChanged = "class_changed",
    /// Answers that the solved tickets took.
    Touches = "touches",
    /// Closed tickets of which the requester said so.
    Confirmed = "confirmed",
    /// Closed tickets.
    Closed = "closed",
    /// Business minutes that promises were late by.
    LateMinutes = "late_minutes",
    /// Tickets that an agent has answered in, once each.
    Handled = "handled",
    /// Answers to requesters.
    Answers = "answers",
    /// Questions to other departments, and what was answered and passed on to one.
    EscalatedOut = "escalated_out",
    /// Broken promises of tickets that were taken for spam meanwhile.
    FromSpam = "from_spam",
    /// Open at the end.
    OpenAtEnd = "open_at_end",
    /// Of these, those of which the promise of a solution that is in force had passed.
    OverdueAtEnd = "overdue_at_end",
    /// Of these, those nobody had answered.
    UnansweredAtEnd = "unanswered_at_end",
    /// Tickets in scope that another department asked for.
    AskedReceived = "asked_received",
    /// Of what another department asked for, promises of a solution that were judged.
    AskedJudged = "asked_judged",
    /// Of these, those that were kept.
    AskedMet = "asked_met",
}

/// Why a ticket does not count (DOMAIN 3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// Nobody asked anything.
    Spam,
    /// It goes on as another one.
    Merged,
    /// Whoever asked has answered.
    SelfMade,
    /// The requester took it back before anybody worked on it.
    Withdrawn,
    /// It was closed as what had gathered before okno did everything.
    LeftBehind,
    /// A head has said that it does not count.
    ByHead,
}

impl Why {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Spam,
        Self::Merged,
        Self::SelfMade,
        Self::Withdrawn,
        Self::LeftBehind,
        Self::ByHead,
    ];

    /// The name printed.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Spam => "spam",
            Self::Merged => "merged",
            Self::SelfMade => "self_made",
            Self::Withdrawn => "withdrawn",
            Self::LeftBehind => "left_behind",
            Self::ByHead => "by_head",
        }
    }
}

/// Times of which more than the sum is asked. In whole seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spread {
    /// Until the first answer, business time.
    FirstResponse,
    /// The same by the calendar.
    FirstResponseCalendar,
    /// Until the last solution, business time without pauses.
    Resolution,
    /// From creation to the last solution by the calendar.
    ResolutionCalendar,
}

/// Promises judged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Judged {
    /// Kept.
    pub met: i64,
    /// Broken.
    pub breached: i64,
}

impl Judged {
    /// All of them.
    #[must_use]
    pub const fn all(self) -> i64 {
        self.met.saturating_add(self.breached)
    }
}

/// Times, as how often each number of seconds came.
pub type Times = BTreeMap<i64, i64>;

/// The sums of one agent or queue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// What was counted.
    pub counts: BTreeMap<Count, i64>,
    /// Solved by class.
    pub solved: BTreeMap<RequestClass, i64>,
    /// What does not count, by reason.
    pub excluded: BTreeMap<Why, i64>,
    /// Promises by clock and class; the class is not known of the oldest.
    pub clocks: BTreeMap<(ClockKind, Option<RequestClass>), Judged>,
    /// Times by class: minutes of different calendars are never put together without a word.
    pub times: BTreeMap<(Spread, Option<RequestClass>), Times>,
    /// The age of the oldest open ticket at the end, in seconds.
    pub oldest_open_secs: Option<i64>,
    /// The age of the oldest that nobody had answered.
    pub oldest_unanswered_secs: Option<i64>,
}

impl Tally {
    /// So many of it.
    #[must_use]
    pub fn count(&self, count: Count) -> i64 {
        self.counts.get(&count).copied().unwrap_or(0)
    }

    /// So many more of it.
    pub(super) fn more(&mut self, count: Count, many: i64) {
        add(&mut self.counts, count, many);
    }

    /// The promises of a clock: of one class, or of all.
    #[must_use]
    pub fn judged(&self, clock: ClockKind, class: Option<RequestClass>) -> Judged {
        let own = self.clocks.iter();
        let own = own.filter(|((kind, of), _)| *kind == clock && (class.is_none() || *of == class));
        own.fold(Judged::default(), |all, (_, one)| Judged {
            met: all.met.saturating_add(one.met),
            breached: all.breached.saturating_add(one.breached),
        })
    }

    /// The times of a sort, of all classes.
    #[must_use]
    pub fn spread(&self, spread: Spread) -> Times {
        let mut all = Times::new();
        let own = self.times.iter().filter(|((of, _), _)| *of == spread);
        for (secs, many) in own.flat_map(|(_, times)| times) {
            add(&mut all, *secs, *many);
        }
        all
    }

    /// With another one's.
    pub fn add(&mut self, other: &Self) {
        for (count, many) in &other.counts {
            add(&mut self.counts, *count, *many);
        }
        for (class, many) in &other.solved {
            add(&mut self.solved, *class, *many);
        }
        for (why, many) in &other.excluded {
            add(&mut self.excluded, *why, *many);
        }
        for (clock, judged) in &other.clocks {
            let own = self.clocks.entry(*clock).or_default();
            own.met = own.met.saturating_add(judged.met);
            own.breached = own.breached.saturating_add(judged.breached);
        }
        for (spread, times) in &other.times {
            let own = self.times.entry(*spread).or_default();
            times.iter().for_each(|(secs, many)| add(own, *secs, *many));
        }
        self.oldest_open_secs = self.oldest_open_secs.max(other.oldest_open_secs);
        self.oldest_unanswered_secs = self
            .oldest_unanswered_secs
            .max(other.oldest_unanswered_secs);
    }
}

pub(super) fn add<K: Ord>(all: &mut BTreeMap<K, i64>, key: K, many: i64) {
    let own = all.entry(key).or_default();
    *own = own.saturating_add(many);
}
