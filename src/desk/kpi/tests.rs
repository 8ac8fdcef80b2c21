//! Rules of attribution and edge cases (DOMAIN 3.1 to 3.4), one story each: Olga asks, Anna and Boris of IT answer, Vera of
//! the accountants too. October of 2026 in Moscow, unless a story says otherwise.

use jiff::{Timestamp, tz::TimeZone};

use super::{Counting, Figure, Period, Question, Sheet, Unit, Whose, figure, relative_change};
use crate::{
    desk::undo::Past,
    model::{
        classification::{Property, RequestClass},
        clock::{ClockKind, Outcome},
        escalation::EscalationEnd,
        event::{Actor, ClosedBy, Event, EventData, NewTicket, Role, Stream, Trust},
        ids::{AgentName, DecisionId, MessageId, MessageRow, PersonId, QueueName, TicketNumber},
        language::Language,
        outgoing::{Class, Offer},
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
        let started_at = self.history.first().expect("it began").event.at;
        let data = EventData::ClockJudged {
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
        };
        self.also(when, Role::House, data)
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
        };
        self.then(when, Role::Requester, data)
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

#[test]
fn a_promise_kept_is_whose_answer_it_was_and_a_broken_one_whose_it_was_then() {
    let first = ClockKind::FirstResponse;
    let kept = Tale::of(1, "it", "05 09:00")
        .answers("05 09:30", "anna")
        .judged(first, ("05 10:00", Some("05 09:30")), Some("anna"));
    let nobodys = Tale::of(2, "it", "05 09:00").judged(first, ("05 10:00", None), None);
    let boris = Tale::of(3, "it", "05 09:00")
        .assigned("05 09:10", "boris")
        .judged(first, ("05 10:00", None), Some("boris"))
        .answers("05 12:00", "anna")
        .kept_late(first, "05 10:00", "05 12:00");
    check(
        "2026-10",
        &[kept, nobodys, boris],
        &[
            "it/anna sla_first_response_pct 1/1",
            "it/boris sla_first_response_pct 0/1",
            "it/ sla_first_response_pct 0/1",
            "it/* sla_first_response_pct 1/3",
            // The time is whose answer it was, the lateness whose promise.
            "it/anna frt_mean 210/2",
            "it/anna frt_median 210/2",
            "it/anna frt_p90 180/1",
            "it/boris late_minutes_sum 120",
            "it/anna late_minutes_sum 0",
            "it/* unanswered_n 1",
        ],
    );
}

#[test]
fn a_promise_belongs_to_the_month_of_its_day_not_to_that_of_its_end() {
    let late = || {
        Tale::of(1, "it", "30 09:00")
            .assigned("30 09:00", "anna")
            .judged(ClockKind::Resolution, ("31 18:00", None), Some("anna"))
            .resolves("11-20 10:00", "anna")
            .kept_late(ClockKind::Resolution, "31 18:00", "11-20 10:00")
    };
    check(
        "2026-10",
        &[late()],
        &["it/anna sla_resolution_pct 0/1", "it/* overdue_at_end 1"],
    );
    check(
        "2026-11",
        &[late()],
        &[
            "it/anna sla_resolution_pct 0/0",
            "it/anna solved 1",
            "it/* overdue_at_end 0",
        ],
    );
    // Midnight of Moscow parts the months, and belongs to the later one.
    let edge = || Tale::of(2, "it", "11-01 00:00");
    check("2026-10", &[edge()], &["it/* received 0"]);
    check("2026-11", &[edge()], &["it/* received 1"]);
}

#[test]
fn of_one_clock_the_last_verdict_counts_that_nothing_has_taken_back() {
    let judged = Tale::of(1, "it", "05 09:00").judged(
        ClockKind::Resolution,
        ("06 18:00", None),
        Some("anna"),
    );
    let excused = EventData::VerdictCorrected {
        clock: ClockKind::Resolution,
        outcome: Some(Outcome::Met),
        due_at: at("07 18:00"),
        satisfied_at: Some(at("07 12:00")),
        started_at: at("05 09:00"),
        target_secs: None,
        queue: "it".into(),
        agent: Some("boris".into()),
        class: Some(RequestClass::Standard),
        limit: None,
        worked_secs: None,
    };
    let mut gone = excused.clone();
    if let EventData::VerdictCorrected { outcome, .. } = &mut gone {
        *outcome = None;
    }
    let corrected = judged.then("20 10:00", Role::Head, excused);
    check(
        "2026-10",
        std::slice::from_ref(&corrected),
        &[
            "it/anna sla_resolution_pct 0/0",
            "it/boris sla_resolution_pct 1/1",
        ],
    );
    let none = corrected.then("21 10:00", Role::Head, gone);
    check("2026-10", &[none], &["it/* sla_resolution_pct 0/0"]);
}

#[test]
fn what_comes_back_is_taken_off_its_solver_and_is_the_next_ones() {
    let tale = || {
        Tale::of(1, "it", "20 09:00")
            .resolves("28 10:00", "anna")
            .reopened("11-03 10:00")
            .resolves("11-04 10:00", "boris")
    };
    check(
        "2026-10",
        &[tale()],
        &[
            "it/anna solved 1",
            "it/anna reopen_pct 1/1",
            "it/anna solved_withdrawn 0",
        ],
    );
    check(
        "2026-11",
        &[tale()],
        &[
            "it/anna solved_withdrawn 1",
            "it/anna reopened 1",
            "it/boris solved 1",
            "it/boris reopened 0",
        ],
    );
    // Later than two weeks, it stays solved; twice in a month counts once.
    let later = Tale::of(2, "it", "01 09:00")
        .resolves("02 10:00", "anna")
        .reopened("20 10:00")
        .resolves("21 10:00", "anna");
    check(
        "2026-10",
        &[later],
        &[
            "it/anna solved 1",
            "it/anna solve_events 2",
            "it/anna reopen_pct 0/2",
        ],
    );
}

#[test]
fn a_question_to_another_department_is_whose_it_was_and_one_withdrawn_is_none() {
    let end = |end| EventData::EscalationEnded {
        queue: "dev".into(),
        ticket: Some(TicketNumber(900)),
        end,
    };
    let asked = Tale::of(1, "it", "05 09:00")
        .asks("05 10:00", "anna")
        .then("06 10:00", Role::Agent, end(EscalationEnd::Solved))
        .resolves("06 11:00", "boris");
    let mistaken = Tale::of(2, "it", "05 09:00")
        .asks("05 10:00", "anna")
        .then("05 10:05", Role::Agent, end(EscalationEnd::Withdrawn))
        .resolves("06 11:00", "anna");
    check(
        "2026-10",
        &[asked, mistaken],
        &[
            "it/boris solved 1",
            "it/anna no_escalation_pct 1/2",
            "it/boris no_escalation_pct 0/0",
            "it/* no_escalation_pct 1/2",
            "it/anna escalated_out 1",
        ],
    );
}

#[test]
fn who_had_it_before_any_answer_never_had_it() {
    let passed = Tale::of(1, "it", "05 09:00")
        .assigned("05 09:10", "boris")
        .assigned("05 09:20", "anna")
        .answers("05 10:00", "anna")
        .answers("05 12:00", "boris")
        .resolves("05 13:00", "boris");
    check(
        "2026-10",
        &[passed],
        &[
            "it/anna received 1",
            "it/boris received 0",
            "it/anna handled 1",
            "it/boris handled 1",
            "it/anna solved 0",
            "it/boris solved 1",
            "it/boris touches 3/1",
        ],
    );
}

#[test]
fn another_departments_is_passed_out_of_one_and_into_the_other() {
    let tale = Tale::of(1, "it", "05 09:00")
        .assigned("05 09:10", "anna")
        .transferred("05 10:00", "buh")
        .assigned("05 10:10", "vera")
        .resolves("06 10:00", "vera");
    let sheet = sheet("2026-10", &[tale]);
    let (it, buh) = (QueueName::from("it"), QueueName::from("buh"));
    let (it, buh) = (sheet.balance([&it]), sheet.balance([&buh]));
    assert_eq!((it.received, it.moved_out, it.end), (1, 1, 0));
    assert_eq!((buh.moved_in, buh.solved, buh.end), (1, 1, 0));
}

#[test]
fn what_is_no_request_is_counted_apart() {
    let spam = Tale::of(1, "it", "05 09:00").then(
        "05 10:00",
        Role::Agent,
        EventData::Excluded {
            why: Exclusion::Spam,
        },
    );
    let back = Tale::of(2, "it", "05 09:00")
        .then(
            "05 10:00",
            Role::Agent,
            EventData::Excluded {
                why: Exclusion::Spam,
            },
        )
        .then("08 10:00", Role::Agent, EventData::Included)
        .judged(ClockKind::Resolution, ("06 09:00", None), None);
    let into = TicketNumber(2);
    let merged =
        Tale::of(3, "it", "05 09:00").then("05 10:00", Role::Agent, EventData::Merged { into });
    let withdrawn =
        Tale::of(4, "it", "05 09:00").then("05 10:00", Role::Requester, EventData::Withdrawn);
    let worked_on = Tale::of(5, "it", "05 09:00")
        .answers("05 09:30", "anna")
        .then("05 10:00", Role::Requester, EventData::Withdrawn);
    let mut own = Tale::of(6, "it", "05 09:00").resolves("05 10:00", "anna");
    own.history[1].event.actor = Actor::Person(OLGA);
    let tales = [spam, back, merged, withdrawn, worked_on, own];
    check(
        "2026-10",
        &tales,
        &[
            "it/* received 6",
            "it/* in_scope 2",
            "it/* from_spam 1",
            "it/anna solved 0",
        ],
    );
    let excluded = sheet("2026-10", &tales)
        .together([&QueueName::from("it")])
        .excluded;
    let excluded: Vec<(&str, i64)> = excluded
        .iter()
        .map(|(why, many)| (why.code(), *many))
        .collect();
    assert_eq!(
        excluded,
        [
            ("spam", 1),
            ("merged", 1),
            ("self_made", 1),
            ("withdrawn", 1)
        ]
    );
}

#[test]
fn the_first_answer_solves_where_nothing_was_asked_back_and_it_lasts() {
    let first = Tale::of(1, "it", "05 09:00").resolves("05 10:00", "anna");
    let asked_back = Tale::of(2, "it", "05 09:00")
        .writes("05 09:30")
        .resolves("05 10:00", "anna");
    let came_back = Tale::of(3, "it", "05 09:00")
        .resolves("05 10:00", "anna")
        .reopened("11-01 10:00");
    let by_article = Tale::of(4, "it", "05 09:00").closed("05 09:30", ClosedBy::KbHit);
    check(
        "2026-10",
        &[first, asked_back, came_back, by_article],
        &[
            "it/anna fcr_pct 2/3",
            "it/anna solved 3",
            "it/ solved 1",
            "it/* solved 4",
        ],
    );
    let soon = Tale::of(5, "it", "05 09:00")
        .resolves("25 10:00", "anna")
        .reopened("11-01 10:00");
    check(
        "2026-10",
        &[soon],
        &["it/anna fcr_pct 0/1", "it/anna solved 1"],
    );
}

#[test]
fn a_rating_is_the_last_one_and_whose_solution_was_asked_about() {
    let tale = Tale::of(1, "it", "05 09:00")
        .resolves("05 10:00", "anna")
        .asked_for_rating("05 10:00")
        .rated("05 12:00", 2)
        .closed("05 12:00", ClosedBy::Requester)
        .rated("06 12:00", 5);
    let silent = Tale::of(2, "it", "05 09:00")
        .resolves("05 10:00", "anna")
        .asked_for_rating("05 10:00")
        .closed("09 10:00", ClosedBy::Silence);
    check(
        "2026-10",
        &[tale, silent],
        &[
            "it/anna csat_mean 5/1",
            "it/anna csat_top2_pct 1/1",
            "it/anna csat_response_pct 1/2",
            "it/anna confirmed_pct 1/2",
        ],
    );
}

#[test]
fn of_a_quarter_the_last_opinion_of_a_person_counts() {
    let says = |tale: Tale, when: &str, score: u8| {
        let person = OLGA;
        tale.then(
            when,
            Role::Requester,
            EventData::NpsAnswered { person, score },
        )
    };
    let first = || says(Tale::of(1, "it", "05 09:00"), "06 10:00", 3);
    let second = || says(Tale::of(2, "it", "11-05 09:00"), "11-06 10:00", 10);
    check("2026-10", &[first(), second()], &["it/* nps 0/0"]);
    check("2026-11", &[second(), first()], &["it/* nps 1/1"]);
    check("2026-q4", &[first(), second()], &["it/* nps 1/1"]);
}

#[test]
fn a_decision_taken_back_solved_nothing() {
    let restored = Restored {
        state: Some([State::Open]),
        resolved_at: Some([None]),
        last_answer: Some([None]),
        ..Restored::default()
    };
    let solved = Tale::of(1, "it", "05 09:00").resolves("05 10:00", "anna");
    let decision = solved.decision;
    let mut tale = solved.then(
        "05 10:05",
        Role::Agent,
        EventData::Undone(Box::new(restored)),
    );
    tale.history[2].event.undoes = Some(DecisionId(decision));
    check(
        "2026-10",
        std::slice::from_ref(&tale),
        &[
            "it/anna solved 0",
            "it/anna answers 0",
            "it/anna reopened 0",
            "it/* open_at_end 1",
        ],
    );
    let sheet = sheet("2026-10", &[tale]);
    let balance = sheet.balance([&QueueName::from("it")]);
    assert_eq!(
        (
            balance.received,
            balance.solved,
            balance.restored,
            balance.end
        ),
        (1, 1, 1, 1)
    );
}

#[test]
fn class_category_and_days_are_told_of_the_solved() {
    let class = Property::Class(RequestClass::Consultation);
    let category = |word: &str| EventData::Classified {
        property: Property::Category(word.to_owned()),
    };
    let tale = Tale::of(1, "it", "05 09:00")
        .assigned("05 09:00", "anna")
        .then(
            "05 09:10",
            Role::Agent,
            EventData::Classified { property: class },
        )
        .then("05 09:20", Role::Agent, category("сеть"))
        .then("05 09:30", Role::Agent, category("печать"))
        .then(
            "05 09:40",
            Role::Agent,
            EventData::DeadlineMoved {
                clock: ClockKind::Resolution,
                due_at: at("07 09:00"),
            },
        )
        .resolves("05 10:00", "anna");
    check(
        "2026-10",
        &[tale],
        &[
            "it/anna solved_consultation 1",
            "it/anna class_changed 1",
            "it/anna diagnosis_pct 0/1",
            "it/anna deadline_moves 1",
            "it/anna moved_pct 1/1",
            "it/anna documented_pct 1/1",
        ],
    );
}

fn figure_of(numerator: i64, denominator: i64, unit: Unit) -> Figure {
    Figure {
        code: "share",
        numerator,
        denominator: Some(denominator),
        unit,
    }
}

#[test]
fn a_figure_is_rounded_once_and_a_half_goes_away_from_zero() {
    for (above, below, unit, shown) in [
        (20, 21, Unit::Percent, Some("95.24")),
        (1, 8, Unit::Score, Some("0.13")),
        (-1, 8, Unit::Points, Some("-12.50")),
        (-1, 800, Unit::Points, Some("-0.13")),
        (2, 3, Unit::Percent, Some("66.67")),
        (0, 5, Unit::Percent, Some("0.00")),
        // None of none is neither 0 nor 100.
        (0, 0, Unit::Percent, None),
    ] {
        let figure = figure_of(above, below, unit);
        assert_eq!(figure.shown().as_deref(), shown, "{above}/{below}");
        assert_eq!(figure.is_empty(), shown.is_none());
    }
}

#[test]
fn a_change_is_relative_and_needs_enough_to_be_one() {
    let share = |above, below| figure_of(above, below, Unit::Percent);
    let change = relative_change(&share(10, 100), &share(9, 100), 30);
    assert_eq!(
        change.and_then(|change| change.shown()).as_deref(),
        Some("-10.00")
    );
    assert_eq!(relative_change(&share(0, 100), &share(9, 100), 30), None);
    assert_eq!(relative_change(&share(5, 29), &share(5, 100), 30), None);
}

#[test]
fn periods_are_written_as_people_write_them() {
    let zone = TimeZone::get("Europe/Moscow").expect("known");
    let bounds = |words: &str| {
        let period = Period::named(words, &zone)?;
        Some(format!("{} {}", period.from, period.to))
    };
    for (words, expected) in [
        ("2026-10", Some("2026-09-30T21:00:00Z 2026-10-31T21:00:00Z")),
        ("2026-Q4", Some("2026-09-30T21:00:00Z 2026-12-31T21:00:00Z")),
        ("2026", Some("2025-12-31T21:00:00Z 2026-12-31T21:00:00Z")),
        ("2026-13", None),
        ("2026-q5", None),
        ("2026-1", None),
        ("2026-+1", None),
        ("+026-10", None),
        ("2026-q+1", None),
        ("2026-q01", None),
        ("26-10", None),
        ("октябрь", None),
    ] {
        assert_eq!(bounds(words).as_deref(), expected, "{words}");
    }
}
