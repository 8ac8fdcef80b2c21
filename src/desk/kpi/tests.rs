//! Rules of attribution and edge cases (DOMAIN 3.1 to 3.4), one story each: Olga asks, Anna and Boris of IT answer, Vera of
//! the accountants too. October of 2026 in Moscow, unless a story says otherwise.

mod corrected;
mod documented;
mod hinting;
mod holding;
mod promises;
mod receiving;
mod saying;
mod showing;
mod solutions;
mod term;

use jiff::{Timestamp, tz::TimeZone};

use super::{
    Count, Counting, Detail, Figure, Period, Promised, Question, Sheet, Tally, Unit, Whose,
    details, figure, received_qoq, relative_change, repeat_qoq,
};
use crate::{
    desk::undo::Past,
    model::{
        classification::{Property, RequestClass},
        clock::{ClockKind, Outcome},
        escalation::EscalationEnd,
        event::{Actor, ClosedBy, Event, EventData, NewTicket, Role, Stream, Trust, Verdict},
        ids::{AgentName, DecisionId, MessageId, MessageRow, PersonId, QueueName, TicketNumber},
        language::Language,
        outgoing::{Class, Offer},
        terms::Terms,
        ticket::{Exclusion, Side, State},
        undone::Restored,
    },
};

const OLGA: PersonId = PersonId(1);
const ANNA: PersonId = PersonId(2);

/// `05 09:00` of October, or `11-05 09:00`; by the clock of Moscow.
fn at(words: &str) -> Timestamp {
    let words = match words.len() {
        8 => format!("10-{words}"),
        _ => words.to_owned(),
    };
    let (day, time) = words.split_once(' ').expect("a day and a time");
    format!("2026-{day}T{time}:00+03:00")
        .parse()
        .expect("an instant")
}

struct Tale {
    number: i64,
    history: Vec<Past>,
    decision: i64,
    row: i64,
}

impl Tale {
    /// Olga writes to a queue.
    fn of(number: i64, queue: &str, when: &str) -> Self {
        let mut tale = Self {
            number,
            history: Vec::new(),
            decision: number.saturating_mul(100),
            row: number.saturating_mul(100),
        };
        let message = tale.row();
        let new = NewTicket {
            queue: queue.into(),
            mailbox: queue.into(),
            prefix: "IT".to_owned(),
            requester: OLGA,
            collaborators: Vec::new(),
            language: Language::Ru,
            message,
        };
        tale.then(when, Role::Requester, EventData::TicketOpened(new))
    }

    fn row(&mut self) -> MessageRow {
        self.row = self.row.saturating_add(1);
        MessageRow(self.row)
    }

    /// Something else is decided.
    fn then(mut self, when: &str, role: Role, data: EventData) -> Self {
        self.decision = self.decision.saturating_add(1);
        self.also(when, role, data)
    }

    /// The same decision says this, too.
    fn also(mut self, when: &str, role: Role, data: EventData) -> Self {
        let actor = match role {
            Role::Agent | Role::Head => Actor::Person(ANNA),
            Role::Requester | Role::Collaborator => Actor::Person(OLGA),
            Role::Stranger | Role::Machine | Role::House => Actor::Okno,
        };
        self.history.push(Past {
            decision: DecisionId(self.decision),
            event: Event {
                stream: Stream::Ticket(TicketNumber(self.number)),
                data,
                at: at(when),
                actor,
                role,
                trust: Trust::Proven,
                message_id: None,
                reason: "told".to_owned(),
                private: None,
                undoes: None,
            },
        });
        self
    }

    fn assigned(self, when: &str, agent: &str) -> Self {
        let agent = agent.into();
        self.then(when, Role::House, EventData::Assigned { agent })
    }

    fn answers(mut self, when: &str, agent: &str) -> Self {
        let (message, agent) = (self.row(), agent.into());
        self.then(when, Role::Agent, EventData::Answered { message, agent })
    }

    fn resolves(mut self, when: &str, agent: &str) -> Self {
        let (message, agent) = (self.row(), agent.into());
        let chars = Some(40);
        let data = EventData::Resolved {
            message,
            agent,
            chars,
        };
        self.then(when, Role::Agent, data)
    }

    /// The promise of an answer or a solution, judged.
    fn judged(
        self,
        clock: ClockKind,
        (due, done): (&str, Option<&str>),
        agent: Option<&str>,
    ) -> Self {
        let outcome = match done.is_some_and(|done| at(done) <= at(due)) {
            true => Outcome::Met,
            false => Outcome::Breached,
        };
        let when = done.unwrap_or(due);
        let this = self.promised(clock, due);
        let started_at = this.history.first().expect("it began").event.at;
        let data = EventData::ClockJudged(Box::new(Verdict {
            clock,
            outcome,
            due_at: at(due),
            satisfied_at: done.map(at),
            started_at,
            target_secs: Some(3600),
            queue: "it".into(),
            agent: agent.map(AgentName::from),
            class: Some(RequestClass::Standard),
            limit: None,
            worked_secs: Some(at(when).duration_since(started_at).as_secs()),
        }));
        this.also(when, Role::House, data)
    }

    /// It was promised from the beginning, unless it was already.
    fn promised(mut self, clock: ClockKind, due: &str) -> Self {
        let is_known = |past: &Past| matches!(&past.event.data, EventData::ClockStarted { clock: of, .. } if *of == clock);
        if !self.history.iter().any(is_known) {
            let mut started = self.history.first().expect("it began").clone();
            started.event.data = EventData::ClockStarted {
                clock,
                terms: Terms::target(3600),
                due_at: at(due),
            };
            self.history.insert(1, started);
        }
        self
    }

    fn kept_late(self, clock: ClockKind, due: &str, when: &str) -> Self {
        let started_at = self.history.first().expect("it began").event.at;
        let data = EventData::KeptLate {
            clock,
            started_at,
            due_at: at(due),
            worked_secs: at(when).duration_since(started_at).as_secs(),
            late_secs: at(when).duration_since(at(due)).as_secs(),
        };
        self.also(when, Role::House, data)
    }

    fn asked_for_rating(mut self, when: &str) -> Self {
        let message = self.row();
        let sent = EventData::MessageSent {
            message,
            side: Side::Requester,
            message_id: MessageId("<resolution@uni.test>".to_owned()),
            template: "resolution".to_owned(),
            class: Class::Human,
            offers: Some(Offer::Confirmation),
            is_copy: false,
        };
        self.also(when, Role::House, sent)
    }

    fn rated(self, when: &str, score: u8) -> Self {
        self.then(when, Role::Requester, EventData::Rated { score })
    }

    fn reopened(self, when: &str) -> Self {
        self.then(when, Role::Requester, EventData::Reopened)
    }

    fn closed(self, when: &str, by: ClosedBy) -> Self {
        self.then(when, Role::Requester, EventData::Closed { by })
    }

    fn writes(mut self, when: &str) -> Self {
        let message = self.row();
        let message_id = MessageId("<again@uni.test>".to_owned());
        let side = Side::Requester;
        let data = EventData::MessageJoined {
            message,
            side,
            message_id,
            is_thanks: false,
        };
        self.then(when, Role::Requester, data)
    }

    /// Olga says thanks and nothing else.
    fn thanks(self, when: &str) -> Self {
        let mut tale = self.writes(when);
        let last = tale.history.last_mut().map(|past| &mut past.event.data);
        if let Some(EventData::MessageJoined { is_thanks, .. }) = last {
            *is_thanks = true;
        }
        tale
    }

    fn transferred(self, when: &str, queue: &str) -> Self {
        let data = EventData::Transferred {
            queue: queue.into(),
            mailbox: queue.into(),
        };
        self.then(when, Role::Agent, data)
    }

    fn asks(self, when: &str, agent: &str) -> Self {
        let data = EventData::EscalatedTo {
            queue: "dev".into(),
            ticket: TicketNumber(900),
            agent: agent.into(),
        };
        self.then(when, Role::Agent, data)
    }
}

fn sheet(period: &str, tales: &[Tale]) -> Sheet {
    let zone = TimeZone::get("Europe/Moscow").expect("known");
    let period = Period::named(period, &zone).expect("a period");
    let question = Question::about(vec![period], zone);
    let mut counting = Counting::of(&question);
    for tale in tales {
        counting.add(TicketNumber(tale.number), &tale.history);
    }
    let sheet = counting.done().remove(0);
    assert_eq!(sheet.unbalanced(), Vec::<&QueueName>::new());
    sheet
}

/// `it/anna solved 1`, `it/anna fcr_pct 1/2`, `it/ received 3` (nobody's), `it/* ...` (the queue's).
#[track_caller]
fn check(period: &str, tales: &[Tale], expected: &[&str]) {
    let sheet = sheet(period, tales);
    for line in expected {
        let mut words = line.split(' ');
        let [whose, code, value] = [(); 3].map(|()| words.next().expect("three words"));
        let (queue, agent) = whose.split_once('/').expect("queue/agent");
        let tally = match agent {
            "*" => sheet.together([&QueueName::from(queue)]),
            agent => {
                let whose = Whose {
                    queue: queue.into(),
                    agent: Some(agent)
                        .filter(|name| !name.is_empty())
                        .map(AgentName::from),
                };
                sheet.tallies.get(&whose).cloned().unwrap_or_default()
            }
        };
        let figure = figure(&tally, code).expect("a known figure");
        let found = match figure.denominator {
            Some(below) => format!("{}/{below}", figure.numerator),
            None => figure.numerator.to_string(),
        };
        assert_eq!(found, value, "{line}");
    }
}
