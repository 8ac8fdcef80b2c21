//! A ticket's history read event by event.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{
    super::{
        fold::{apply, fold},
        undo::Past,
    },
    MISTAKE_MINUTES,
    corrected::Corrected,
    credited::{Asked, fact},
    heard,
    opinions::Opinion,
    outcomes::{self, Outcomes},
    standing::{self, Standing, Way},
    story::{Answer, Escalation, Fact, Late, Solve, Story},
    tally::{Count, Why},
};
use crate::model::{
    classification::Property,
    clock::ClockKind,
    escalation::EscalationEnd,
    event::{ClosedBy, EventData, Role},
    ids::{AgentName, DecisionId, PersonId, QueueName, TicketNumber},
    ticket::Ticket,
};

/// How far the history is read.
#[derive(Debug, Default)]
pub(super) struct Telling {
    pub(super) ticket: Option<Ticket>,
    pub(super) standings: Vec<Standing>,
    pub(super) answers: Vec<Answer>,
    pub(super) solves: Vec<Solve>,
    pub(super) escalations: Vec<Escalation>,
    outcomes: Outcomes,
    corrected: Corrected,
    pub(super) lates: Vec<Late>,
    pub(super) facts: Vec<Fact>,
    opinions: Vec<(PersonId, Opinion)>,
    included_at: Option<Timestamp>,
    pub(super) solver: Option<AgentName>,
    /// What was asked, by how many solutions there were then, and by which decision.
    pub(super) asked: Vec<(usize, Asked, DecisionId)>,
    promised: Vec<(Timestamp, Option<Timestamp>)>,
    /// The rating, and which solution it is of.
    pub(super) rated: Option<(Asked, u8, usize)>,
    pub(super) asked_back: i64,
    /// The decisions that have moved a day, and those by which an agent has changed the class.
    pub(super) moves: Vec<DecisionId>,
    pub(super) classes: Vec<DecisionId>,
    is_worked_on: bool,
    is_self_made: bool,
}

impl Telling {
    /// One more event.
    pub(super) fn goes_on(&mut self, number: TicketNumber, past: &Past) {
        self.outcomes.note(past);
        // In place: a ticket is large, and there are many events.
        let is_opening = self.ticket.is_none();
        match &mut self.ticket {
            Some(ticket) => apply(ticket, &past.event),
            None => self.ticket = fold(None, number, &past.event),
        }
        let Some(ticket) = &self.ticket else {
            return;
        };
        let here = (ticket.queue.clone(), ticket.assignee.clone());
        let opening = ticket.first_message;
        self.is_self_made |= heard::is_answered_by_asker(ticket, past);
        let is_work = !matches!(
            past.event.data,
            EventData::Withdrawn | EventData::FiguresCorrected { .. }
        );
        if !is_opening && is_work {
            self.is_worked_on |= matches!(past.event.role, Role::Agent | Role::Head);
        }
        self.answered(past, &here.0);
        self.promises(past);
        self.steps(number, past);
        self.mails(past, (opening, &here.0));
        self.happened(past, here);
    }

    /// Where it stands now.
    fn steps(&mut self, number: TicketNumber, past: &Past) {
        let Some(ticket) = &self.ticket else {
            return;
        };
        let Some(step) = standing::next(self.standings.last(), ticket, past) else {
            return;
        };
        let class = ticket.classification.class;
        self.passes_on(number, &step, past);
        if step.way == Way::Solved {
            self.solves.push(Solve {
                at: step.at,
                said_at: past.event.at,
                decision: past.decision,
                queue: step.queue.clone(),
                agent: self.solver.clone(),
                class,
                answers: self.answers.len(),
                asked_back: self.asked_back,
                escalations: self.escalations.len(),
                moves: many(&self.moves),
                classes: many(&self.classes),
                chars: chars(&past.event.data),
                ended: None,
                is_undone: false,
            });
        } else if step.is_open
            && let Some(solve) = self.solves.last_mut().filter(|one| one.ended.is_none())
        {
            solve.ended = Some((step.at, step.way));
            solve.is_undone = past.event.undoes == Some(solve.decision);
            self.solver = None;
            if step.way == Way::Reopened {
                let own = self.whose_solution(&step.queue);
                self.of_solver((step.at, past.decision), own, Count::Reopened);
            }
        }
        if step.way == Way::Included {
            self.included_at = Some(step.at);
        }
        self.standings.push(step);
    }

    /// Which promise of a solution is in force.
    fn promises(&mut self, past: &Past) {
        let clocks = self.ticket.iter().flat_map(|ticket| &ticket.clocks);
        let mut last = clocks.filter(|clock| clock.kind == ClockKind::Resolution);
        let last = last.next_back();
        let since = last.map(|clock| outcomes::to_millis(clock.started_at));
        let before = self.promised.last();
        if before.and_then(|(_, since)| *since) != since {
            let at = before.map_or(past.event.at, |(at, _)| past.event.at.max(*at));
            self.promised.push((at, since));
        }
    }

    /// Everything else that is counted.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the rest is not counted")]
    fn happened(&mut self, past: &Past, here: (QueueName, Option<AgentName>)) {
        let at = past.event.at;
        match &past.event.data {
            EventData::Rated { score } => {
                let ((queue, agent), solution) = match self.asked.last() {
                    Some((solves, (_, queue, agent), _)) => {
                        ((queue.clone(), agent.clone()), solves.saturating_sub(1))
                    }
                    None => self.whose_solution(&here.0),
                };
                self.rated = Some(((at, queue, agent), *score, solution));
            }
            EventData::Closed { by } => self.closed(*by, (at, past.decision), &here.0),
            EventData::DeadlineMoved { .. } => {
                self.moves.push(past.decision);
                let fact = fact((at, past.decision), here, (Count::DeadlineMoves, 1));
                self.facts.push(fact);
            }
            EventData::Classified {
                property: Property::Class(_),
            } if matches!(past.event.role, Role::Agent | Role::Head) => {
                self.classes.push(past.decision);
            }
            EventData::EscalatedTo { ticket, agent, .. } => self.escalations.push(Escalation {
                at,
                decision: past.decision,
                ticket: *ticket,
                is_passed_on: false,
                queue: here.0,
                agent: agent.clone(),
                is_withdrawn: false,
            }),
            EventData::EscalationEnded {
                ticket: Some(ticket),
                end,
                ..
            } => self.asked_of((*ticket, at), *end == EscalationEnd::Withdrawn),
            EventData::EscalationResumed { ticket } => self.asked_of((*ticket, at), false),
            EventData::NpsAnswered { person, score } => {
                let queue = here.0;
                let score = *score;
                self.opinions.push((*person, Opinion { at, score, queue }));
            }
            EventData::FiguresCorrected { how, queues, .. } => {
                let when = (at, self.solves.len());
                self.corrected.note(how, queues, when);
            }
            EventData::Undone(restored) => self.undone(restored, past),
            EventData::KeptLate {
                clock,
                started_at,
                worked_secs,
                late_secs,
                ..
            } => self.lates.push(Late {
                at,
                decision: past.decision,
                clock: *clock,
                started_at: outcomes::to_millis(*started_at),
                worked_secs: *worked_secs,
                late_secs: *late_secs,
            }),
            _ => {}
        }
    }

    /// How a question to another department ended. Only what is withdrawn at once was a mistake.
    pub(super) fn asked_of(&mut self, (ticket, at): (TicketNumber, Timestamp), is_withdrawn: bool) {
        let own = self.escalations.iter_mut();
        own.filter(|one| one.ticket == ticket && !one.is_passed_on)
            .for_each(|one| one.is_withdrawn = is_withdrawn && is_mistake(one.at, at));
    }

    /// The whole story.
    pub(super) fn done(mut self) -> Option<Story> {
        let places: BTreeSet<QueueName> = self.places();
        let out_of = self.corrected.out_of(&places);
        let is_out = !places.is_empty() && out_of == places;
        let out = self.out(is_out);
        let ticket = self.ticket.take()?;
        let due_at = outcomes::due_at(&ticket);
        let born = self.standings.first()?.queue.clone();
        let is_repeat = ticket.repeats.is_some_and(|repeat| repeat.is_confirmed);
        self.heard();
        let kind = ticket.classification;
        let is_diagnosed = kind
            .category_initial
            .map(|first| Some(first) == kind.category);
        let mut story = Story {
            number: ticket.number,
            opened_at: ticket.opened_at,
            born,
            out,
            out_of,
            included_at: self.included_at,
            due_at,
            promised: self.promised,
            is_repeat,
            is_asked: ticket.asked_for.is_some(),
            standings: self.standings,
            answers: self.answers,
            solves: self.solves,
            escalations: self.escalations,
            worked: self.outcomes.worked(),
            verdicts: self.outcomes.done(),
            lates: self.lates,
            facts: self.facts,
            is_diagnosed,
            opinions: self.opinions,
        };
        self.corrected.apply(&mut story);
        Some(story)
    }

    /// The queues in which anything of it counts.
    fn places(&self) -> BTreeSet<QueueName> {
        let steps = self.standings.iter().map(|step| &step.queue);
        let judged = self.outcomes.queues();
        steps.chain(judged).cloned().collect()
    }

    /// Why it does not count. `by_head`: in no queue, as heads say.
    fn out(&self, by_head: bool) -> Option<Why> {
        let ticket = self.ticket.as_ref()?;
        let last = self.standings.last().filter(|last| !last.is_open);
        let ended = last.and_then(|_| {
            self.standings
                .iter()
                .rev()
                .find(|one| one.way != Way::Passed)
        });
        match ended.map(|one| one.way) {
            _ if by_head => Some(Why::ByHead),
            _ if ticket.excluded.is_some() => Some(Why::Spam),
            _ if ticket.merged_into.is_some() => Some(Why::Merged),
            _ if self.is_self_made => Some(Why::SelfMade),
            Some(Way::Withdrawn) if !self.is_worked_on => Some(Why::Withdrawn),
            Some(Way::LeftBehind) => Some(Why::LeftBehind),
            Some(_) | None => None,
        }
    }
}

/// Whether what was done at the first instant and taken back at the second was a mistake.
pub(super) fn is_mistake(done: Timestamp, back: Timestamp) -> bool {
    back.duration_since(done).as_secs() <= MISTAKE_MINUTES.saturating_mul(60)
}

/// Of how many characters the words of a solution are, where that is known. An article is written.
#[expect(clippy::wildcard_enum_match_arm, reason = "the rest has no words")]
const fn chars(data: &EventData) -> Option<u32> {
    match data {
        EventData::Resolved { chars, .. } => *chars,
        EventData::Closed {
            by: ClosedBy::KbHit,
        } => Some(u32::MAX),
        _ => None,
    }
}

fn many(all: &[DecisionId]) -> i64 {
    i64::try_from(all.len()).unwrap_or(i64::MAX)
}
