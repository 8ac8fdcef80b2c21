//! Closed months scored again: what a month carries of them, in what people are paid by. As they were told last stands in their
//! figures and in what later months have carried of them, so that nothing of history is counted for it.

use std::{borrow::Cow, collections::BTreeMap};

use super::{
    super::{
        HouseError,
        periods::{Lines, Pair},
    },
    basis::settings_of,
    facts::facts_of,
    lines,
    rows::Source,
};
use crate::{
    desk::payroll::{Carries, Closing, Payrolls},
    model::{
        ids::{AgentName, QueueName},
        payroll::PayrollDraft,
        scoring::Scoring,
    },
    report::files::{Adjusted, Facts, Rescored, rescored},
    store::StoreError,
};

/// A closed month: its figures, with what it carried of others, and the settings by which people were paid.
#[derive(Debug)]
pub struct Closed<'s> {
    /// Which: `2026-10`.
    pub period: String,
    /// Whose people are paid by it.
    pub queues: Vec<QueueName>,
    /// What it says.
    pub lines: Lines,
    /// `None`: nobody knows them any more, and it cannot be scored again.
    pub scoring: Option<Cow<'s, Scoring>>,
}

/// Whose figures: period, queue, agent.
pub(super) type Whose = (String, String, String);

/// Figures by their codes.
type Figures = BTreeMap<String, Pair>;

/// The months of these queues that were approved by mail, whichever list it was, as far as a draft tells what has changed in
/// them; of what was closed at the terminal no settings are known. `configured`: those of today.
pub(super) fn closed_of<'s>(
    all: &Payrolls,
    (queues, carries): (&[QueueName], &Carries),
    configured: Option<&'s Scoring>,
) -> Result<Vec<Closed<'s>>, HouseError> {
    let mut found = Vec::new();
    for (closing, mut own) in all.earlier(queues, carries) {
        let Closing::ByMail { drafted, .. } = closing else {
            continue;
        };
        let lines = lines::closed_lines(&closing, &own)?;
        own.retain(|queue| closing.has(queue));
        found.push(Closed {
            period: closing.name().to_owned(),
            queues: own,
            lines,
            scoring: settings_by(&drafted.draft, configured)?,
        });
    }
    Ok(found)
}

impl Closed<'_> {
    /// Whether it is that month of that queue.
    pub(super) fn is_of(&self, period: &str, queue: &str) -> bool {
        self.period == period && self.queues.iter().any(|own| own.as_str() == queue)
    }
}

/// The settings by which people were paid, as they were kept; of a month that was closed before they were, those of today, only
/// if they are of the same paper.
fn settings_by<'s>(
    draft: &PayrollDraft,
    configured: Option<&'s Scoring>,
) -> Result<Option<Cow<'s, Scoring>>, HouseError> {
    if let Some(kept) = settings_of(draft)? {
        return Ok(Some(Cow::Owned(kept)));
    }
    let same = configured.filter(|scoring| scoring.version == draft.scores);
    Ok(same.map(Cow::Borrowed))
}

impl Source<'_> {
    /// What these queues carry of closed months: of each ticket, and what that makes of the scores.
    ///
    /// # Errors
    /// What the database says.
    pub async fn adjusted(
        &self,
        queues: &[QueueName],
        closed: &[Closed<'_>],
    ) -> Result<Adjusted, StoreError> {
        Ok(Adjusted {
            tickets: self.carried(queues).await?,
            scores: self.rescored(queues, closed).await?,
        })
    }

    async fn rescored(
        &self,
        queues: &[QueueName],
        closed: &[Closed<'_>],
    ) -> Result<Vec<Rescored>, StoreError> {
        let is_theirs = |queue: &str| queues.iter().any(|own| own.as_str() == queue);
        let mut found = Vec::new();
        for one in changed(self.lines, closed) {
            let (period, queue, agent) = &one.whose;
            if !is_theirs(queue) {
                continue;
            }
            let department = self.title(&QueueName::from(queue.as_str()));
            let agent = AgentName::from(agent.as_str());
            let employee = self.employee_in(&agent, &department, period).await?;
            let facts = (&one.before, &one.now);
            found.extend(rescored(period, employee, facts, one.scoring));
        }
        Ok(found)
    }
}

/// What an agent has of a closed month, as it was told last and as it is with what these figures carry.
pub(super) struct Changed<'c> {
    /// Period, queue, agent.
    pub(super) whose: Whose,
    pub(super) before: Facts,
    pub(super) now: Facts,
    /// The settings by which people were paid.
    pub(super) scoring: &'c Scoring,
}

/// Everybody's, of those months whose settings are known.
pub(super) fn changed<'c>(lines: &Lines, closed: &'c [Closed<'_>]) -> Vec<Changed<'c>> {
    let told = told(closed);
    let mut more = BTreeMap::new();
    carry(&mut more, lines);
    let of = more.into_iter().filter_map(|(whose, by)| {
        let (period, queue, agent) = &whose;
        let own = closed.iter().find(|one| one.is_of(period, queue));
        let scoring = own.and_then(|own| own.scoring.as_deref())?;
        let before = told.get(&whose).cloned().unwrap_or_default();
        let mut now = before.clone();
        add(&mut now, &by);
        (!agent.is_empty()).then(|| Changed {
            before: facts_of(Some(&before)),
            now: facts_of(Some(&now)),
            whose,
            scoring,
        })
    });
    of.collect()
}

/// Closed months as they were told last: their figures, with what each of them carried of the others.
fn told(closed: &[Closed<'_>]) -> BTreeMap<Whose, Figures> {
    let mut all = BTreeMap::new();
    for one in closed {
        let own = one.lines.figures.iter();
        for ((queue, agent), figures) in own.filter(|((_, agent), _)| agent != "*") {
            let whose = (one.period.clone(), queue.clone(), agent.clone());
            add(all.entry(whose).or_default(), figures);
        }
        carry(&mut all, &one.lines);
    }
    all
}

fn carry(all: &mut BTreeMap<Whose, Figures>, lines: &Lines) {
    for one in &lines.adjusted {
        let whose = (one.period.clone(), one.queue.clone(), one.agent.clone());
        let by = BTreeMap::from([(one.figure.clone(), one.by)]);
        add(all.entry(whose).or_default(), &by);
    }
}

fn add(figures: &mut Figures, more: &Figures) {
    for (code, by) in more {
        let own = figures.entry(code.clone());
        let own = own.or_insert_with(|| (0, by.1.map(|_| 0)));
        *own = lines::plus(*own, *by);
    }
}
