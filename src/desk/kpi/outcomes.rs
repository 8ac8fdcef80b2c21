//! The verdicts of a ticket that count: of one clock the last one that no decision taken back had judged.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::super::undo::Past;
use crate::model::{
    classification::RequestClass,
    clock::{ClockKind, Outcome},
    event::EventData,
    ids::{AgentName, DecisionId, QueueName},
    ticket::Ticket,
    undone::Restored,
};

/// A verdict that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) clock: ClockKind,
    pub(super) outcome: Outcome,
    pub(super) started_at: Timestamp,
    pub(super) due_at: Timestamp,
    pub(super) satisfied_at: Option<Timestamp>,
    pub(super) queue: QueueName,
    pub(super) agent: Option<AgentName>,
    pub(super) class: Option<RequestClass>,
    pub(super) worked_secs: Option<i64>,
}

impl Verdict {
    /// When it was known: what was promised had happened, or its time had passed.
    pub(super) fn known_at(&self) -> Timestamp {
        self.satisfied_at
            .map_or(self.due_at, |at| at.min(self.due_at))
    }
}

/// Something that has been said of a clock.
#[derive(Debug)]
struct Said {
    by: DecisionId,
    /// `None`: it is taken back.
    verdict: Option<Verdict>,
    /// The decision that said so was taken back.
    is_undone: bool,
}

/// Verdicts as they come.
#[derive(Debug, Default)]
pub(super) struct Outcomes {
    /// Of each clock, in order.
    clocks: BTreeMap<(ClockKind, Timestamp), Vec<Said>>,
}

impl Outcomes {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the rest judges nothing")]
    pub(super) fn note(&mut self, past: &Past) {
        match &past.event.data {
            EventData::ClockJudged(_) | EventData::VerdictCorrected(_) => {
                if let Some((key, verdict)) = read(&past.event.data) {
                    let said = self.clocks.entry(key).or_default();
                    said.push(Said {
                        by: past.decision,
                        verdict,
                        is_undone: false,
                    });
                }
            }
            EventData::Undone(restored) => {
                if let Some(decision) = past.event.undoes {
                    self.take_back(restored, decision);
                }
            }
            _ => {}
        }
    }

    /// Drops verdicts of a decision that is taken back, unless the clock that stands again has the same outcome. If a decision is
    /// taken back several times, the last time counts.
    fn take_back(&mut self, restored: &Restored, decision: DecisionId) {
        let Some([clocks]) = &restored.clocks else {
            return;
        };
        for ((kind, started_at), said) in &mut self.clocks {
            let mut again = clocks.iter().rev();
            let again = again
                .find(|clock| clock.kind == *kind && to_millis(clock.started_at) == *started_at);
            for one in said.iter_mut().filter(|one| one.by == decision) {
                let outcome = one.verdict.as_ref().map(|verdict| verdict.outcome);
                one.is_undone = again.is_none_or(|clock| clock.outcome != outcome);
            }
        }
    }

    /// How much business time solutions took that were in time or judged with them, by their instants. One that came back
    /// took what it took, though its promise is judged anew.
    pub(super) fn worked(&self) -> Vec<(Timestamp, i64)> {
        let solutions = self.clocks.iter();
        let solutions = solutions.filter(|((clock, _), _)| *clock == ClockKind::Resolution);
        let said = solutions.flat_map(|(_, said)| said.iter().filter(|one| !one.is_undone));
        said.filter_map(|one| {
            let verdict = one.verdict.as_ref()?;
            Some((verdict.satisfied_at?, verdict.worked_secs?))
        })
        .collect()
    }

    /// The queues of all that was judged.
    pub(super) fn queues(&self) -> impl Iterator<Item = &QueueName> {
        let said = self.clocks.values().flatten();
        said.filter_map(|one| one.verdict.as_ref().map(|verdict| &verdict.queue))
    }

    /// Those that count.
    pub(super) fn done(self) -> Vec<Verdict> {
        let last = |said: Vec<Said>| {
            let mut said = said.into_iter().rev();
            said.find(|one| !one.is_undone)?.verdict
        };
        self.clocks.into_values().filter_map(last).collect()
    }
}

fn read(data: &EventData) -> Option<((ClockKind, Timestamp), Option<Verdict>)> {
    let said = data.verdict()?;
    let started_at = to_millis(said.started_at);
    let verdict = said.outcome.map(|outcome| Verdict {
        clock: said.clock,
        outcome,
        started_at,
        due_at: to_millis(said.due_at),
        satisfied_at: said.satisfied_at.map(to_millis),
        queue: said.queue,
        agent: said.agent,
        class: said.class,
        worked_secs: said.worked_secs,
    });
    Some(((said.clock, started_at), verdict))
}

/// When the first promise is due that nothing has judged. What was answered without okno in time is judged only once that
/// turns out to be the last word.
pub(super) fn due_at(ticket: &Ticket) -> Option<Timestamp> {
    let outside = ticket.outside.as_ref();
    let clock = ticket.next_clock()?;
    let is_kept = outside.is_some_and(|answer| answer.at <= clock.due_at);
    Some(clock.due_at).filter(|_| ticket.state.is_live() && !is_kept)
}

/// An instant as history keeps those of events: in whole milliseconds.
pub(super) fn to_millis(at: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at)
}
