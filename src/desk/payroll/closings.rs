//! Which months of a queue are closed, by whichever list or at the terminal, and up to which event what has changed in them was
//! told. A list's name says nothing about it: queues move between lists. Who pays the other months: `holders`.

use std::collections::{BTreeMap, BTreeSet};

use super::{Carries, Closing, Payrolls, Period};
use crate::model::{
    ids::{EventSeq, PayrollName, QueueName},
    payroll::PayrollDraft,
};

/// Which queues' adjustments are collected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// Of these queues.
    Only(BTreeSet<QueueName>),
    /// Of every other queue than these.
    AllBut(BTreeSet<QueueName>),
}

impl Whose {
    /// Whether a queue's are.
    #[must_use]
    pub fn has(&self, queue: &QueueName) -> bool {
        match self {
            Self::Only(own) => own.contains(queue),
            Self::AllBut(others) => !others.contains(queue),
        }
    }
}

/// Closed periods in which some queues' changes after an event are still to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The event.
    pub after: EventSeq,
    /// The periods.
    pub periods: Vec<Period>,
    /// The queues.
    pub whose: Whose,
}

impl Payrolls {
    /// Every closed period of the same sort as that one: months, quarters or years.
    pub fn closings<'p>(&'p self, like: &str) -> impl Iterator<Item = Closing<'p>> {
        let (shape, is_month) = (shape(like), is_month(like));
        let by_mail = self.months.iter().filter(move |_| is_month);
        let by_mail = by_mail.filter_map(|((list, period), state)| {
            let drafted = state.frozen.and(state.drafted.as_ref())?;
            Some(Closing::ByMail {
                list,
                period,
                drafted,
            })
        });
        let at_terminal = self.at_terminal.iter().map(|(closed, _)| closed);
        let alike = at_terminal.filter(move |closed| self::shape(&closed.period) == shape);
        by_mail.chain(alike.map(|closed| {
            Closing::AtTerminal {
                paid: self
                    .paid_at_terminal
                    .get(&closed.period)
                    .filter(|drafted| drafted.draft.pay.is_some()),
                closed,
            }
        }))
    }

    /// Every closed period of another sort that shares days with that one: the months of a quarter, the quarter of a month.
    pub fn closings_across<'p>(&'p self, period: &'p Period) -> impl Iterator<Item = Closing<'p>> {
        let others = SORTS
            .iter()
            .filter(|sort| shape(sort) != shape(&period.name));
        let all = others.flat_map(|sort| self.closings(sort));
        all.filter(|one| {
            let other = one.period();
            other.from < period.to && period.from < other.to
        })
    }

    /// Whether people are paid for days of a period by a closed one of another sort: by the quarter of a month.
    #[must_use]
    pub fn is_paid_across(&self, period: &Period) -> bool {
        self.closings_across(period).any(|one| one.paid().is_some())
    }

    pub(super) fn months_closed(&self) -> impl Iterator<Item = Closing<'_>> {
        self.closings(A_MONTH)
    }

    /// The closed months whose name is such.
    pub fn months_like(
        &self,
        is_meant: impl Fn(&str) -> bool,
    ) -> impl Iterator<Item = Closing<'_>> {
        self.months_closed().filter(move |one| is_meant(one.name()))
    }

    /// By whom a queue's month is closed.
    #[must_use]
    pub fn closed_by(&self, queue: &QueueName, period: &str) -> Option<Closing<'_>> {
        let mut all = self.months_closed();
        all.find(|one| one.name() == period && one.has(queue))
    }

    /// Up to which event changes in closed months of a queue were told; `but`: this month of this list is left out.
    #[must_use]
    pub fn told_upto(&self, queue: &QueueName, but: (&PayrollName, &str)) -> Option<EventSeq> {
        let others = self
            .months_closed()
            .filter(|one| (one.list(), one.name()) != (Some(but.0), but.1));
        let told = others.filter(|one| one.tells(queue));
        told.map(|one| one.upto()).max()
    }

    /// What a month of a list carries of these queues. `beside`: queues of other lists whose people stood in one row with theirs
    /// in a closed month; what those lists have told counts there, too.
    #[must_use]
    pub fn carries(
        &self,
        month: (&PayrollName, &str),
        (queues, beside): (&[QueueName], &BTreeSet<QueueName>),
    ) -> Carries {
        let told = queues.iter().chain(beside).map(|queue| {
            let upto = self.told_upto(queue, month);
            (queue.clone(), upto)
        });
        let mut since_of: BTreeMap<QueueName, Option<EventSeq>> = told.collect();
        let since = since_of.values().copied().max().flatten();
        since_of.retain(|queue, upto| *upto != since || beside.contains(queue));
        Carries {
            since,
            since_of,
            gone: Vec::new(),
        }
    }

    /// Whether another month of a draft's queues was closed meanwhile, with what the draft carries; or this one, by another list.
    #[must_use]
    pub fn is_overtaken(&self, month: (&PayrollName, &str), draft: &PayrollDraft) -> bool {
        let carries = Carries::of(draft);
        let queues = draft.parts.iter().flat_map(|part| &part.queues);
        let mut queues = queues.chain(carries.known());
        queues.any(|queue| self.told_upto(queue, month) != carries.since(queue))
    }

    /// The closed months that a draft tells changes of, each with the queues that it tells of.
    #[must_use]
    pub fn earlier(
        &self,
        queues: &[QueueName],
        carries: &Carries,
    ) -> Vec<(Closing<'_>, Vec<QueueName>)> {
        let of = |one: Closing<'_>| {
            let is_told =
                |queue: &&QueueName| one.tells(queue) && Some(one.upto()) <= carries.since(queue);
            queues.iter().filter(is_told).cloned().collect::<Vec<_>>()
        };
        let all = self.months_closed().map(|one| (one, of(one)));
        all.filter(|(_, own)| !own.is_empty()).collect()
    }

    /// What these queues' draft has to look for in closed months; nobody is owed what changes in a month that nobody was paid by.
    #[must_use]
    pub fn stretches(&self, queues: &[QueueName], carries: &Carries) -> Vec<Stretch> {
        let mut found = Vec::new();
        for queue in queues {
            let Some(after) = carries.since(queue) else {
                continue;
            };
            let own = self.months_closed();
            let own = own.filter(|one| one.has(queue) && !one.is_unpaid());
            let own = own.filter(|one| one.upto() <= after);
            add(&mut found, (after, own), queue);
        }
        found
    }

    /// What a period that is closed at the terminal has to look for in those closed before it, which know of no later event
    /// than that one.
    #[must_use]
    pub fn stretches_at_terminal(&self, name: &str, before: EventSeq) -> Vec<Stretch> {
        let earlier = || {
            let all = self.closings(name);
            all.filter(move |one| one.upto() < before && one.name() != name)
        };
        let named: BTreeSet<QueueName> = earlier().flat_map(|one| queues_of(&one)).collect();
        let mut found = Vec::new();
        for queue in &named {
            let told = earlier().filter(|one| one.tells(queue));
            if let Some(after) = told.map(|one| one.upto()).max() {
                let own = earlier().filter(|one| one.has(queue));
                add(&mut found, (after, own), queue);
            }
        }
        let of_all: Vec<Closing<'_>> = earlier().filter(|one| one.list().is_none()).collect();
        if let Some(after) = of_all.iter().map(Closing::upto).max() {
            found.push(Stretch {
                after,
                periods: of_all.iter().map(Closing::period).collect(),
                whose: Whose::AllBut(named),
            });
        }
        found
    }
}

/// Adds what is to be looked for in one queue's months to the stretch that is the same, else as one of its own.
fn add<'p>(
    found: &mut Vec<Stretch>,
    (after, closed): (EventSeq, impl Iterator<Item = Closing<'p>>),
    queue: &QueueName,
) {
    let periods: Vec<Period> = closed.map(|one| one.period()).collect();
    if periods.is_empty() {
        return;
    }
    let mut same = found.iter_mut();
    let same = same.find(|one| one.after == after && one.periods == periods);
    match same.map(|one| &mut one.whose) {
        Some(Whose::Only(own)) => {
            own.insert(queue.clone());
        }
        Some(Whose::AllBut(_)) | None => found.push(Stretch {
            after,
            periods,
            whose: Whose::Only(BTreeSet::from([queue.clone()])),
        }),
    }
}

/// The queues by name whose people are paid by what was closed by mail.
pub(super) fn queues_of(closing: &Closing<'_>) -> Vec<QueueName> {
    match closing {
        Closing::ByMail { drafted, .. } => {
            let parts = drafted.draft.parts.iter().flat_map(|part| &part.queues);
            parts.filter(|queue| closing.has(queue)).cloned().collect()
        }
        Closing::AtTerminal { .. } => Vec::new(),
    }
}

const A_MONTH: &str = "2026-10";

/// A period of each sort.
const SORTS: [&str; 3] = [A_MONTH, "2026-q4", "2026"];

fn is_month(name: &str) -> bool {
    shape(name) == shape(A_MONTH)
}

/// What tells months, quarters and years from each other.
fn shape(name: &str) -> (usize, bool) {
    (name.len(), name.contains('q'))
}
