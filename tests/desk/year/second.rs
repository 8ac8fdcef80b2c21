//! The second computation: what happened to people (answers, states, classes, departments) says when clocks begin, stand
//! still and end; minutes say by when they are due. What the events of clocks claim is only compared.

use std::{collections::BTreeMap, fmt::Write as _};

use jiff::{Timestamp, civil::Date};
use okno::{
    model::ticket::Ticket,
    store::history::{StoredDecision, StoredEvent},
};
use serde_json::Value;

use super::play::Story;
use crate::minutes::{Calendar, Ends, Hours, Limit, Promise, Reached, Way};

const MINUTE: i64 = 60;
const HOUR: i64 = 3_600;

struct Calendars {
    it: Calendar,
    buh: Calendar,
    lab: Calendar,
}

thread_local! {
    static CALENDARS: &'static Calendars = Box::leak(Box::new(calendars()));
}

fn calendars() -> Calendars {
    let day = |words: &str| words.parse::<Date>().unwrap();
    let office: Hours = vec![(540, 780), (840, 1080)];
    let mut days: BTreeMap<Date, Hours> = BTreeMap::new();
    for off in [
        "01-01", "01-02", "01-03", "01-04", "01-05", "01-06", "01-07", "01-08", "01-09", "02-23",
        "03-08", "03-09", "05-01", "05-09", "05-11", "06-12", "07-06", "11-04", "12-31",
    ] {
        let _new = days.insert(day(&format!("2026-{off}")), Vec::new());
    }
    for short in ["04-30", "05-08", "06-11", "11-03"] {
        let _new = days.insert(day(&format!("2026-{short}")), vec![(540, 780), (840, 1020)]);
    }
    let _new = days.insert(day("2026-07-04"), office.clone());
    let _new = days.insert(day("2026-12-30"), vec![(540, 840)]);
    for date in 1..=8 {
        let _new = days.insert(day(&format!("2027-01-{date:02}")), Vec::new());
    }
    let week = std::array::from_fn(|day| if day < 5 { office.clone() } else { Vec::new() });
    let it = Calendar::new("Europe/Moscow", week, days);
    let week = std::array::from_fn(|day| match day {
        0..=3 => vec![(510, 1035)],
        4 => vec![(510, 900)],
        5 => vec![(1320, 1800)],
        _ => Vec::new(),
    });
    let off = [
        "2026-10-03",
        "2026-12-24",
        "2026-12-25",
        "2026-12-26",
        "2026-12-27",
    ];
    let mut days: BTreeMap<Date, Hours> = off.map(|off| (day(off), Vec::new())).into();
    let _new = days.insert(day("2026-03-29"), vec![(60, 300)]);
    let buh = Calendar::new("Europe/Berlin", week, days);
    let week = std::array::from_fn(|_| vec![(0, 1440)]);
    let lab = Calendar::new("Europe/Moscow", week, BTreeMap::new());
    Calendars { it, buh, lab }
}

fn calendar(queue: &str) -> &'static Calendar {
    let all = CALENDARS.with(|all| *all);
    match queue {
        "it" => &all.it,
        "buh" => &all.buh,
        "lab" => &all.lab,
        other => panic!("no queue {other}"),
    }
}

/// What each department promises, as SETTINGS say it.
fn promise(queue: &str, class: &str, clock: &str) -> Option<Promise> {
    let hours = |hours: i64| Promise {
        target: Some(hours * HOUR),
        ..Promise::default()
    };
    let minutes = |minutes: i64| Promise {
        target: Some(minutes * MINUTE),
        ..Promise::default()
    };
    let limit = |count, ends, rolls, extends| {
        Some(Limit {
            count,
            ends,
            rolls,
            extends,
        })
    };
    let promised = match (queue, class, clock) {
        ("it", "emergency", "first_response") => Promise {
            is_round_the_clock: true,
            ..minutes(15)
        },
        ("it", "emergency" | "urgent", "resolution") => hours(4),
        ("it", "urgent", "first_response") => hours(1),
        ("it", "standard", "first_response") => hours(4),
        ("it", "standard" | "consultation", "next_response") => hours(8),
        ("it", "standard", "resolution") => Promise {
            limit: limit(5, Ends::Wall, false, false),
            ..hours(24)
        },
        ("it", "consultation", "resolution") => Promise {
            limit: limit(5, Ends::GkRf, false, false),
            ..hours(48)
        },
        ("buh", "emergency", "first_response") => minutes(30),
        ("buh", "emergency", "resolution") => hours(3),
        ("buh", "urgent", "resolution") => Promise {
            limit: limit(1, Ends::Elapsed24h, false, false),
            ..hours(6)
        },
        ("buh", "standard", "first_response" | "next_response") => hours(5),
        ("buh", "standard", "resolution") => Promise {
            limit: limit(3, Ends::WorkingDays, false, true),
            is_latest: true,
            ..hours(16)
        },
        ("buh", "consultation", "resolution") => Promise {
            limit: limit(1, Ends::Months, true, false),
            ..Promise::default()
        },
        ("lab", "emergency", "first_response") => minutes(10),
        ("lab", "emergency", "resolution") => hours(2),
        ("lab", "standard", "first_response") => hours(2),
        ("lab", "standard", "next_response") => hours(3),
        ("lab", "standard", "resolution") => Promise {
            limit: limit(2, Ends::EndOfDay, false, true),
            ..hours(30)
        },
        _ => return None,
    };
    Some(promised)
}

/// A clock as this computation has it.
#[derive(Clone)]
struct Run {
    kind: &'static str,
    /// What was promised and still holds, and since when it counts: whatever is due first is due.
    promises: Vec<(i64, Promise)>,
    way: Way<'static>,
    outcome: Option<&'static str>,
}

impl Run {
    fn due(&self) -> Option<i64> {
        let due = |(from, promise): &(i64, Promise)| self.since(*from).due(promise);
        self.promises.iter().filter_map(due).min()
    }

    /// As if the clock had begun at an instant.
    fn since(&self, from: i64) -> Way<'static> {
        let before = self.way.calendars.iter().skip(1).rev();
        let first = before.clone().find(|(at, _)| *at <= from);
        let first = *first.unwrap_or(&self.way.calendars[0]);
        let later = self
            .way
            .calendars
            .iter()
            .skip(1)
            .filter(|(at, _)| *at > from);
        Way {
            start: from,
            calendars: std::iter::once(first).chain(later.copied()).collect(),
            ..self.way.clone()
        }
    }

    fn left(&self) -> Option<Reached> {
        let target = |(from, promise): &(i64, Promise)| self.since(*from).target(promise);
        self.promises
            .iter()
            .filter_map(target)
            .reduce(|one, other| match (one, other) {
                (Reached::Left(one), Reached::Left(other)) => Reached::Left(one.min(other)),
                (Reached::At(_), _) => one,
                (_, Reached::At(_)) => other,
            })
    }

    fn promise(&self) -> Promise {
        self.promises.last().unwrap().1
    }

    /// Another promise takes over at an instant: a kinder one as if it had always been made, a stricter one whole from then
    /// on; nobody loses by it what they had.
    fn is_promised(&mut self, wanted: Promise, at: i64) {
        let fresh = Way {
            pauses: Vec::new(),
            solved: Vec::new(),
            calendars: vec![*self.way.calendars.last().unwrap()],
            ..self.way.clone()
        };
        let never = i64::MAX;
        let leaves = |promise: &Promise| {
            let target = fresh.target(promise).map(|target| match target {
                Reached::At(at) => at,
                Reached::Left(_) => never,
            });
            let limit = promise.limit.and_then(|limit| fresh.limit(&limit));
            let due = fresh.due(promise);
            [due, target, limit].map(|at| at.unwrap_or(never))
        };
        if leaves(&wanted) <= leaves(&self.promise()) {
            return self.promises.push((at, wanted));
        }
        let (before, all) = (self.due(), self.promises.clone());
        self.promises = vec![(self.way.start, wanted)];
        if before
            .zip(self.due())
            .is_some_and(|(before, now)| now < before)
        {
            self.promises = all;
            self.promises.push((at, wanted));
        }
    }

    fn is_paused(&self) -> bool {
        self.way.pauses.last().is_some_and(|(_, to)| to.is_none())
    }

    fn is_late(&self, at: i64) -> bool {
        self.due().is_some_and(|due| due < at)
    }
}

struct Second<'s> {
    stream: String,
    queue: String,
    /// In which queue it was from when on.
    queues: Vec<(i64, String)>,
    class: String,
    state: String,
    has_answered: bool,
    resolved_at: Option<i64>,
    runs: Vec<Run>,
    /// Another department's promises take over once its calendar has.
    moved_at: Option<i64>,
    /// A requester has written in this decision.
    asks: bool,
    /// What clocks must do before the decision ends.
    expected: Vec<(&'static str, &'static str)>,
    wrong: Vec<String>,
    counts: &'s mut BTreeMap<String, u64>,
}

/// How a ticket differs from what it should be, and its story; `None`: it does not.
pub(super) fn differs(
    story: &Story,
    now: Timestamp,
    counts: &mut BTreeMap<String, u64>,
) -> Option<(String, String)> {
    let mut second = Second {
        stream: format!("ticket/{}", story.ticket.number),
        queue: story.ticket.queue.to_string(),
        queues: Vec::new(),
        class: "standard".to_owned(),
        state: "new".to_owned(),
        has_answered: false,
        resolved_at: None,
        moved_at: None,
        asks: false,
        runs: Vec::new(),
        expected: Vec::new(),
        wrong: Vec::new(),
        counts,
    };
    for decision in &story.decisions {
        second.decided(decision);
    }
    second.ends(&story.ticket, now.as_second());
    if second.wrong.is_empty() {
        return None;
    }
    let wrong = format!(
        "ticket {}:\n  {}",
        story.ticket.number,
        second.wrong.join("\n  ")
    );
    let mut told = String::new();
    for decision in &story.decisions {
        writeln!(
            told,
            "  decision {} at {} ({}):",
            decision.id, decision.now, decision.reason
        )
        .unwrap();
        for event in &decision.events {
            writeln!(
                told,
                "    {} {} by {}: {}",
                event.at, event.reason, event.role, event.data
            )
            .unwrap();
        }
    }
    Some((wrong, told))
}

fn known(kind: &str) -> Option<&'static str> {
    ["first_response", "next_response", "resolution"]
        .into_iter()
        .find(|known| *known == kind)
}

fn instant(value: &Value) -> Option<i64> {
    let at: Timestamp = value.as_str()?.parse().unwrap();
    assert_eq!(
        at.subsec_nanosecond(),
        0,
        "the year is played in whole seconds"
    );
    Some(at.as_second())
}

impl Second<'_> {
    fn differ(&mut self, at: i64, words: &str) {
        self.wrong.push(format!("{}: {words}", shown(Some(at))));
    }

    fn same<T: PartialEq + std::fmt::Debug>(&mut self, at: i64, what: &str, told: T, own: T) {
        if told != own {
            self.differ(
                at,
                &format!("{what}: okno says {told:?}, minutes say {own:?}"),
            );
        }
    }

    fn same_at(&mut self, at: i64, what: &str, told: Option<i64>, own: Option<i64>) {
        if told != own {
            let words = format!(
                "{what}: okno says {}, minutes say {}",
                shown(told),
                shown(own)
            );
            self.differ(at, &words);
        }
    }

    fn counted(&mut self, what: &str) {
        *self.counts.entry(what.to_owned()).or_insert(0) += 1;
    }

    fn open(&mut self, kind: &str) -> Option<usize> {
        let is_open = |run: &Run| run.kind == kind && run.outcome.is_none();
        self.runs.iter().position(is_open)
    }

    fn is_live(&self) -> bool {
        !matches!(self.state.as_str(), "resolved" | "closed")
    }

    fn decided(&mut self, decision: &StoredDecision) {
        let own = self.stream.clone();
        for event in decision.events.iter().filter(|event| event.stream == own) {
            let data: Value = serde_json::from_str(&event.data).unwrap();
            let at = event.at.as_second();
            self.happened((event, &data), at);
            // Who is told of a clock, and what else they promise, moves nothing.
            let counts = event.kind.starts_with("clock_");
            if let Some(clock) = data["clock"].as_str().and_then(known).filter(|_| counts) {
                self.clock((event, &data), (clock, at), decision);
            }
        }
        let mut events = decision.events.iter().filter(|event| event.stream == own);
        let at = events.next_back().map_or(0, |event| event.at.as_second());
        self.holds(at);
    }

    /// What happened to people.
    fn happened(&mut self, (event, data): (&StoredEvent, &Value), at: i64) {
        match event.kind.as_str() {
            "ticket_opened" => {
                self.queue = data["queue"].as_str().unwrap().to_owned();
                self.queues.push((at, self.queue.clone()));
                for kind in ["first_response", "resolution"] {
                    self.expect_start(kind);
                }
            }
            "message_joined" if matches!(event.role.as_str(), "requester" | "collaborator") => {
                self.asks = true
            }
            "answered" | "resolved" => {
                for kind in ["first_response", "next_response"] {
                    if self.open(kind).is_some() {
                        self.expected.push(("clock_judged", kind));
                    }
                }
                self.has_answered = true;
                if event.kind == "resolved" {
                    if self.open("resolution").is_some() {
                        self.expected.push(("clock_judged", "resolution"));
                    }
                    self.state = "resolved".to_owned();
                    self.resolved_at = Some(at);
                }
            }
            "closed" => self.state = "closed".to_owned(),
            "state_changed" => self.state = data["state"].as_str().unwrap().to_owned(),
            "reopened" => {
                self.state = "open".to_owned();
                let last = self.runs.iter().rev().find(|run| run.kind == "resolution");
                if last.is_some_and(|run| run.outcome == Some("met")) {
                    self.expected.push(("clock_reopened", "resolution"));
                }
            }
            "classified" if data["property"] == "class" => {
                self.class = data["value"].as_str().unwrap().to_owned();
                self.promises_change(at);
            }
            "transferred" => {
                self.queue = data["queue"].as_str().unwrap().to_owned();
                self.queues.push((at, self.queue.clone()));
                self.counted("transferred");
                let calendar = calendar(&self.queue);
                for run in self.runs.iter_mut().filter(|run| run.outcome.is_none()) {
                    run.way.calendars.push((at, calendar));
                }
                // A department that promises nothing for such requests keeps what was promised.
                if promise(&self.queue, &self.class, "resolution").is_some() {
                    self.moved_at = Some(at);
                }
            }
            _ => {}
        }
    }

    fn expect_start(&mut self, kind: &'static str) {
        if promise(&self.queue, &self.class, kind).is_some() {
            self.expected.push(("clock_started", kind));
        }
    }

    /// Whoever was answered has written again, and nothing promises them an answer yet.
    fn awaits_answer(&self) -> bool {
        let is_open = |run: &Run| run.kind != "resolution" && run.outcome.is_none();
        let is_promised = promise(&self.queue, &self.class, "next_response").is_some();
        let runs = self.runs.iter().any(is_open);
        self.asks && self.has_answered && self.is_live() && is_promised && !runs
    }

    /// What the other department promises takes over.
    fn settle(&mut self) {
        if let Some(at) = self.moved_at.take() {
            self.promises_change(at);
        }
    }

    /// Another class, or another department: the promises of what runs, of what did not, and of what does no longer.
    fn promises_change(&mut self, at: i64) {
        for kind in ["first_response", "next_response", "resolution"] {
            let wanted = promise(&self.queue, &self.class, kind);
            match (self.open(kind), wanted) {
                (Some(place), Some(wanted)) => {
                    let run = &mut self.runs[place];
                    if run.promise() == wanted || run.is_late(at) {
                        continue;
                    }
                    run.is_promised(wanted, at);
                    self.expected.push(("clock_changed", kind));
                }
                (Some(place), None) if self.runs[place].is_late(at) => {}
                (Some(_), None) => self.expected.push(("clock_dropped", kind)),
                (None, Some(_)) => {
                    let was = self.runs.iter().any(|run| run.kind == kind);
                    let is_due = match kind {
                        "first_response" => !self.has_answered,
                        kind => kind == "resolution",
                    };
                    if is_due && !was {
                        self.expected.push(("clock_started", kind));
                    }
                }
                (None, None) => {}
            }
        }
    }

    /// What the events of clocks claim.
    fn clock(
        &mut self,
        (event, data): (&StoredEvent, &Value),
        (kind, at): (&'static str, i64),
        decision: &StoredDecision,
    ) {
        if !matches!(event.kind.as_str(), "clock_paused" | "clock_resumed") {
            self.settle();
        }
        if kind == "next_response" && event.kind == "clock_started" && self.awaits_answer() {
            self.expected.push(("clock_started", kind));
        }
        let done = |(what, which): &(&str, &str)| *what == event.kind && *which == kind;
        let place = self.expected.iter().position(done);
        let is_expected = place.map(|place| self.expected.remove(place)).is_some();
        let due = instant(&data["due_at"]);
        if event.kind == "clock_started" {
            return self.started(due, (kind, at), is_expected);
        }
        if event.kind == "clock_reopened" {
            return self.reopened(data, (kind, at), is_expected);
        }
        let Some(place) = self.open(kind) else {
            return self.differ(at, &format!("{}, but no {kind} runs", event.kind));
        };
        match event.kind.as_str() {
            "clock_paused" => {
                self.paused(place, (due, data["left_secs"].as_i64()), at);
            }
            "clock_resumed" => {
                self.counted("resumed");
                match self.runs[place].way.pauses.last_mut() {
                    Some((_, to @ None)) => *to = Some(at),
                    _ => return self.differ(at, "resumed, and was not paused"),
                }
                let own = self.runs[place].due();
                self.same_at(at, "resumed, due", due, own);
            }
            // Other hours, the same promise.
            "clock_recounted" => {
                self.counted("recounted");
                let own = self.runs[place].due();
                self.same_at(at, &format!("{kind} recounted, due"), due, own);
            }
            "clock_changed" => {
                self.counted("changed");
                self.same(
                    at,
                    &format!("{kind} changed, and should have"),
                    true,
                    is_expected,
                );
                let own = self.runs[place].due();
                self.same_at(at, &format!("{kind} changed, due"), due, own);
            }
            "clock_dropped" => {
                self.counted("dropped");
                self.same(
                    at,
                    &format!("{kind} dropped, and should have been"),
                    true,
                    is_expected,
                );
                let _run = self.runs.remove(place);
            }
            "clock_judged" => self.judged(place, data, (at, decision.now.as_second()), is_expected),
            _ => {}
        }
    }

    fn started(&mut self, due: Option<i64>, (kind, at): (&'static str, i64), is_expected: bool) {
        let promise = promise(&self.queue, &self.class, kind).filter(|_| is_expected);
        let Some(promise) = promise else {
            return self.differ(at, &format!("{kind} began, and nothing has begun"));
        };
        let way = Way {
            start: at,
            calendars: vec![(at, calendar(&self.queue))],
            pauses: Vec::new(),
            solved: Vec::new(),
            changes: Vec::new(),
        };
        let run = Run {
            kind,
            promises: vec![(at, promise)],
            way,
            outcome: None,
        };
        self.same_at(at, &format!("{kind} began, due"), due, run.due());
        self.runs.push(run);
    }

    fn paused(&mut self, place: usize, (due, left): (Option<i64>, Option<i64>), at: i64) {
        self.counted("paused");
        self.runs[place].way.pauses.push((at, None));
        let run = self.runs[place].clone();
        self.same_at(at, "paused, due", due, run.due());
        if let Some(Reached::Left(own)) = run.left() {
            self.same(at, "left", left, Some(own));
        }
    }

    fn judged(&mut self, place: usize, data: &Value, (at, now): (i64, i64), is_expected: bool) {
        let run = self.runs[place].clone();
        let due = run.due();
        let satisfied = instant(&data["satisfied_at"]);
        let outcome = match satisfied {
            Some(satisfied) if due.is_none_or(|due| satisfied <= due) => "met",
            Some(_) | None => "breached",
        };
        self.same_at(
            at,
            &format!("{} judged, due", run.kind),
            instant(&data["due_at"]),
            due,
        );
        self.same(
            at,
            &format!("{} judged", run.kind),
            data["outcome"].as_str(),
            Some(outcome),
        );
        self.same_at(
            at,
            "judged, began",
            instant(&data["started_at"]),
            Some(run.way.start),
        );
        self.same(
            at,
            "judged, target",
            data["target_secs"].as_i64(),
            run.promise().target,
        );
        self.same(
            at,
            "judged, class",
            data["class"].as_str(),
            Some(self.class.clone().as_str()),
        );
        let until = satisfied.or(due);
        let known = satisfied.into_iter().chain(due).min();
        let mut queues = self.queues.iter().rev();
        let queue = queues.find(|(from, _)| known.is_none_or(|known| *from <= known));
        let queue = queue.map(|(_, queue)| queue.clone());
        self.same(
            at,
            "judged, queue",
            data["queue"].as_str(),
            queue.as_deref(),
        );
        let worked = until.map(|until| run.way.elapsed(until, run.promise().is_round_the_clock));
        self.same(at, "judged, worked", data["worked_secs"].as_i64(), worked);
        match satisfied {
            Some(satisfied) => {
                self.same(
                    at,
                    "satisfied by what has just happened",
                    (satisfied, is_expected),
                    (at, true),
                );
            }
            None => self.same(
                at,
                "passed before it was judged",
                true,
                due.is_some_and(|due| due < now),
            ),
        }
        self.runs[place].outcome = Some(outcome);
        self.counted(&format!("{} {outcome}", run.kind));
    }

    fn reopened(&mut self, data: &Value, (kind, at): (&'static str, i64), is_expected: bool) {
        self.counted("reopened");
        self.same(at, "goes on, and should", true, is_expected);
        let since = instant(&data["since"]);
        self.same_at(at, "stood still since", since, self.resolved_at);
        let last = self.runs.iter().rev().find(|run| run.kind == kind).cloned();
        let (Some(mut run), Some(since)) = (last, self.resolved_at) else {
            return self.differ(at, "nothing was solved");
        };
        run.way.pauses.push((since, Some(at)));
        run.way.solved.push((since, Some(at)));
        run.outcome = None;
        self.same_at(at, "reopened, due", instant(&data["due_at"]), run.due());
        self.runs.push(run);
    }

    /// What must hold between decisions.
    fn holds(&mut self, at: i64) {
        self.settle();
        if self.awaits_answer() {
            self.expected.push(("clock_started", "next_response"));
        }
        self.asks = false;
        for (what, kind) in std::mem::take(&mut self.expected) {
            self.differ(at, &format!("{what} of {kind} is missing"));
        }
        let stands = match self.state.as_str() {
            "pending" => true,
            "on_hold" => self.queue == "lab",
            _ => false,
        };
        if let Some(place) = self.open("resolution") {
            let run = self.runs[place].clone();
            // What was late before it stood still is not helped any more.
            if !run.is_late(at) || !stands {
                self.same(
                    at,
                    &format!("{}: stands still", self.state.clone()),
                    run.is_paused(),
                    stands,
                );
            }
        }
        if !self.is_live() && self.runs.iter().any(|run| run.outcome.is_none()) {
            self.differ(at, "it is over, and a clock runs");
        }
    }

    /// How it stands at the end of the year.
    fn ends(&mut self, ticket: &Ticket, now: i64) {
        self.same(
            now,
            "state",
            ticket.state.code(),
            self.state.clone().as_str(),
        );
        let open: Vec<Run> = self
            .runs
            .iter()
            .filter(|run| run.outcome.is_none())
            .cloned()
            .collect();
        let told = ticket
            .clocks
            .iter()
            .filter(|clock| known(clock.kind.code()).is_some());
        let told: Vec<_> = told.filter(|clock| clock.outcome.is_none()).collect();
        self.same(now, "clocks that run", told.len(), open.len());
        for run in open {
            let clock = told.iter().find(|clock| clock.kind.code() == run.kind);
            let due = clock
                .filter(|clock| clock.left_secs.is_none())
                .map(|clock| clock.due_at.as_second());
            self.same_at(
                now,
                &format!("{} at the end, due", run.kind),
                due,
                run.due(),
            );
            self.counted("still running");
            if run.is_late(now - 1) {
                self.differ(
                    now,
                    &format!("{} has passed, and nobody has judged it", run.kind),
                );
            }
        }
    }
}

fn shown(at: Option<i64>) -> String {
    at.map_or_else(
        || "none".to_owned(),
        |at| Timestamp::from_second(at).unwrap().to_string(),
    )
}
