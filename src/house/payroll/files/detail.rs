//! What the figures are made of, as the file of details shows it.

use std::collections::BTreeMap;

use jiff::{Timestamp, tz::TimeZone};

use super::{
    super::rows::{Member, ticket_name},
    reasons::Reasons,
};
use crate::{
    desk::{
        calendar::Calendar,
        kpi::{Counted, Detail, Promised, Whose, Withdrawn},
        payroll::Part,
        policy::Policy,
    },
    model::{
        classification::RequestClass,
        figures,
        ids::{AgentName, QueueName},
        language::Language,
    },
    report::files::{CorrectionRow, CountedRow, DetailRow, Judged, Person, is_explained},
};

/// What rows of details are made with.
#[derive(Debug, Clone, Copy)]
pub(in crate::house::payroll) struct Place<'p> {
    /// Who is called how, and which queue works when.
    pub policy: &'p Policy,
    /// The zone of the payroll.
    pub zone: &'p TimeZone,
    /// The language of the columns.
    pub language: Language,
    /// Who has which employee number.
    pub members: &'p [Member],
    /// Who has corrected what, and why.
    pub reasons: &'p Reasons,
}

/// The rows, of these queues alone.
#[must_use]
pub(in crate::house::payroll) fn detail_rows(
    place: Place<'_>,
    details: &[Detail],
    is_asked: impl Fn(&QueueName) -> bool,
) -> Vec<DetailRow> {
    let mut rows = Vec::new();
    for one in details {
        match one {
            Detail::Promise(one) if is_asked(&one.queue) => {
                rows.push(DetailRow::Judged(place.judged(one)));
            }
            Detail::Counted(one) if is_asked(&one.whose.queue) => rows.extend(place.counted(one)),
            Detail::Withdrawn(one) if is_asked(&one.whose.queue) => {
                rows.push(place.withdrawn(one));
            }
            Detail::Corrected(one) => {
                let own = one.queues.iter().find(|queue| is_asked(queue));
                rows.extend(own.map(|queue| {
                    DetailRow::Correction(CorrectionRow {
                        ticket: ticket_name(one.ticket.0, place.language),
                        department: place.title(queue),
                        what: place.reasons.what(&one.what, place.policy, place.language),
                        at: place.zone.to_datetime(one.at),
                        by: place.reasons.by(one, place.language),
                        reason: place.reasons.why(one),
                    })
                }));
            }
            Detail::Promise(_) | Detail::Counted(_) | Detail::Withdrawn(_) => {}
        }
    }
    rows
}

impl Place<'_> {
    fn title(&self, queue: &QueueName) -> String {
        self.policy.queue_title(queue)
    }

    fn hours(&self, queue: &QueueName) -> Option<&Calendar> {
        self.policy.queues.get(queue).map(|queue| &queue.calendar)
    }

    fn called(&self, agent: Option<&AgentName>) -> String {
        let known = agent.and_then(|agent| self.policy.agents.get(agent));
        let name = known.map(|known| known.name.clone());
        name.or_else(|| agent.map(ToString::to_string))
            .unwrap_or_default()
    }

    fn person(&self, whose: &Whose) -> Person {
        let is_theirs =
            |(queue, agent): &Part| Some(agent) == whose.agent.as_ref() && *queue == whose.queue;
        let mut own = self.members.iter();
        let own = own.find(|one| one.parts.iter().any(is_theirs));
        own.map_or_else(
            || Person {
                number: String::new(),
                name: self.called(whose.agent.as_ref()),
                department: self.title(&whose.queue),
            },
            |own| Person {
                number: own.employee.number.clone(),
                name: own.employee.name.clone(),
                department: own.employee.department.clone(),
            },
        )
    }

    fn judged(&self, one: &Promised) -> Judged {
        let moment = |at: Timestamp| self.zone.to_datetime(at);
        let whose = Whose {
            queue: one.queue.clone(),
            agent: one.agent.clone(),
        };
        Judged {
            ticket: ticket_name(one.ticket.0, self.language),
            class: one.class.map_or("", RequestClass::code).to_owned(),
            clock: one.clock.code().to_owned(),
            created: moment(one.opened_at),
            due_original: moment(one.due_original),
            due_final: moment(one.due_at),
            satisfied: one.satisfied_at.map(moment),
            is_met: one.is_met,
            working_minutes: one.worked_secs.map(minutes),
            calendar_minutes: Some(minutes(one.calendar_secs)),
            paused_minutes: Some(minutes(one.paused_secs)),
            holder: self.called(one.agent.as_ref()),
            solver: self.called(one.solver.as_ref()),
            is_escalated: one.is_escalated,
            reopened: one.reopened,
            rating: one.rating,
            adjustment: if one.is_corrected {
                "corrected".to_owned()
            } else {
                String::new()
            },
            person: self.person(&whose),
            held: self.held(one),
            passed_on_late: self.passed_on_late(one),
        }
    }

    /// Who held it for how many minutes, by the clock of the promise: the hours of the queue it was in, or day and night: `Анна
    /// Петрова 120; ИТ 15`. What was nobody's is
    /// the queue's.
    fn held(&self, one: &Promised) -> String {
        let mut order: Vec<String> = Vec::new();
        let mut sums: BTreeMap<String, i64> = BTreeMap::new();
        for stretch in &one.held {
            let name = match &stretch.agent {
                Some(agent) => self.called(Some(agent)),
                None => self.title(&stretch.queue),
            };
            let hours = self.hours(&stretch.queue);
            let secs = one.secs_between(hours, (stretch.from, stretch.to));
            if !sums.contains_key(&name) {
                order.push(name.clone());
            }
            let sum = sums.entry(name).or_default();
            *sum = sum.saturating_add(secs);
        }
        let told = order.iter().filter_map(|name| {
            let minutes = minutes(*sums.get(name)?);
            Some(format!("{name} {minutes}"))
        });
        told.collect::<Vec<_>>().join("; ")
    }

    /// `12.10.2026 15:40, из ИТ`, of each time that it was passed on with most of its time over.
    fn passed_on_late(&self, one: &Promised) -> String {
        let told = one.passed_on.iter().filter_map(|(at, from)| {
            let is_late = one.is_late_at(*at, |queue| self.hours(queue));
            let when = self.zone.to_datetime(*at).strftime("%d.%m.%Y %H:%M");
            let word = match self.language {
                Language::Ru => "из",
                Language::En => "from",
            };
            is_late.then(|| format!("{when}, {word} {}", self.title(from)))
        });
        told.collect::<Vec<_>>().join("; ")
    }

    fn counted(&self, one: &Counted) -> Vec<DetailRow> {
        let person = self.person(&one.whose);
        let parts = one.parts.iter().filter(|part| is_explained(part.figure));
        let rows = parts.map(|part| {
            DetailRow::Counted(CountedRow {
                ticket: ticket_name(one.ticket.0, self.language),
                person: person.clone(),
                figure: part.figure.to_owned(),
                name: figures::of(part.figure, self.language).to_owned(),
                above: part.above,
                below: part.below,
                at: part.at.map(|at| self.zone.to_datetime(at)),
                why: String::new(),
            })
        });
        rows.collect()
    }

    fn withdrawn(&self, one: &Withdrawn) -> DetailRow {
        let ended = self.zone.to_datetime(one.ended_at);
        let ended = ended.strftime("%d.%m.%Y %H:%M");
        let words = match (one.came_back, self.language) {
            (true, Language::Ru) => format!("вернулось {ended}"),
            (true, Language::En) => format!("came back {ended}"),
            (false, Language::Ru) => format!("отменено {ended}"),
            (false, Language::En) => format!("taken back {ended}"),
        };
        DetailRow::Counted(CountedRow {
            ticket: ticket_name(one.ticket.0, self.language),
            person: self.person(&one.whose),
            figure: "solved".to_owned(),
            name: figures::of("solved", self.language).to_owned(),
            above: 0,
            below: None,
            at: Some(self.zone.to_datetime(one.at)),
            why: words,
        })
    }
}

/// Whole minutes, rounded down.
fn minutes(secs: i64) -> i64 {
    secs.max(0).checked_div(60).unwrap_or(0)
}
