//! A year of a town, counted twice: by okno, and from its export by a program of its own in Python ([`kpi.py`], the standard
//! library alone, written from the definitions). Nothing may differ in the last digit. And what must hold of any figures.
//!
//! The events are drawn by a die and folded as they stand (`town`): the decider is slower than a year is long. What it
//! decides is counted twice in `tests/desk/year.rs`. 1,500 tickets are drawn always; `make oracle` draws 18,000.
//!
//! [`kpi.py`]: https://docs.python.org/3/
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::wildcard_enum_match_arm,
    clippy::print_stderr,
    reason = "a test may stop at once and say why"
)]

#[path = "oracle/lines.rs"]
mod lines;
#[path = "oracle/stored.rs"]
mod stored;
#[path = "oracle/sums.rs"]
mod sums;
#[path = "oracle/town.rs"]
mod town;
#[path = "support/twin.rs"]
mod twin;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::{BufWriter, Write as _},
};

use jiff::tz::TimeZone;
use okno::{
    desk::{
        kpi::{
            Count, Counting, Detail, Period, Question, Sheet, Tally, Whose, additive, details,
            hint, is_unread,
        },
        payroll::{Owner, Part, grouped, whose},
        policy::Unit,
        undo::Past,
    },
    house::{
        payroll::facts_of_all,
        periods::{file_of, read},
    },
    model::{
        classification::Property,
        clock::{ClockKind, Outcome},
        event::{EventData, Role},
        ids::{DepartmentName, QueueName, TicketNumber},
    },
};
use serde_json::json;

const USUAL: i64 = 1_500;
const WHOLE: i64 = 18_000;
const ZONE: &str = "Europe/Moscow";

fn zone() -> TimeZone {
    TimeZone::get(ZONE).unwrap()
}

fn question(names: &[&str]) -> Question {
    let periods = names
        .iter()
        .map(|name| Period::named(name, &zone()).unwrap());
    Question::about(periods.collect(), zone())
}

/// The months, the quarters and the year.
fn whole_year() -> Question {
    let months: Vec<String> = (1..=12).map(|month| format!("2026-{month:02}")).collect();
    let mut names: Vec<&str> = months.iter().map(String::as_str).collect();
    names.extend(["2026-q1", "2026-q2", "2026-q3", "2026-q4", "2026"]);
    question(&names)
}

fn sheets(question: &Question, histories: &[(TicketNumber, Vec<Past>)]) -> Vec<Sheet> {
    let mut counting = Counting::of(question);
    for (number, history) in histories {
        counting.add(*number, history);
    }
    counting.done()
}

fn town(seed: u64, many: i64) -> Vec<(TicketNumber, Vec<Past>)> {
    let mut all = Vec::new();
    town::histories(seed, many, |number, history| all.push((number, history)));
    all
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the whole year is asked for by the environment, and a part of it is said aloud"
)]
fn a_year_counted_twice_comes_to_the_same_figures() {
    let is_whole = std::env::var_os("OKNO_WHOLE_YEAR").is_some();
    let many = if is_whole { WHOLE } else { USUAL };
    if !is_whole {
        eprintln!("{USUAL} TICKETS ARE COUNTED TWICE; OKNO_WHOLE_YEAR=1 counts {WHOLE}");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("events.jsonl");
    let mut out = BufWriter::new(File::create(&path).unwrap());
    let question = whole_year();
    let mut counting = Counting::of(&question);
    let mut seq = 0;
    let mut happened = BTreeMap::new();
    town::histories(2026, many, |number, history| {
        lines::export(number, &history, &mut seq, &mut out);
        counting.add(number, &history);
        happens(&history, &mut happened);
    });
    let nothing: Vec<&str> = HAPPENS
        .into_iter()
        .filter(|what| !happened.contains_key(what))
        .collect();
    assert!(nothing.is_empty(), "of these nothing happened: {nothing:?}");
    out.flush().unwrap();
    drop(out);
    let sheets = counting.done();
    eprintln!("{many} tickets, {seq} events");
    let limits = [
        ("it", 40),
        ("buh", 25),
        ("kadry", 400),
        ("aho", 30),
        ("priem", 25),
    ];
    let capacities: twin::Capacities = limits
        .into_iter()
        .map(|(queue, limit)| (QueueName::from(queue), limit))
        .collect();
    let told = (sheets.as_slice(), &capacities);
    let counted = twin::counted(told);
    for code in ["repeat_qoq", "received_qoq", "capacity_use", "nps"] {
        let mut known = counted.iter();
        let is_told = known.any(|line| line.contains(&format!(";*;{code};")));
        assert!(is_told, "nothing was {code}");
    }
    // A year in which nothing of this happened would prove nothing.
    let mut all = Tally::default();
    for sheet in &sheets {
        all.add(&sheet.together(sheet.queues()));
    }
    for count in Count::ALL {
        let is_none = all.count(*count) == 0;
        assert!(!is_none, "nothing was {}", count.code());
    }
    for (clock, judged) in ClockKind::ALL.map(|clock| (clock, all.judged(clock, None))) {
        let is_judged = judged.met > 0 && judged.breached > 0;
        assert!(is_judged || clock == ClockKind::Update, "{clock:?}");
    }
    assert_eq!(all.excluded.len(), 6, "{:?}", all.excluded);
    if let Some(again) = twin::counted_again(&path, ZONE, told) {
        twin::are_the_same(&counted, &again);
    }
}

/// What a year has to have (the list of the specification).
const HAPPENS: [&str; 16] = [
    "went away",
    "their deputy broke a promise",
    "rated late",
    "corrected by a head",
    "verdict corrected",
    "another class",
    "merged",
    "another department",
    "escalated",
    "reopened",
    "spam",
    "no spam after all",
    "taken back",
    "words erased",
    "answered twice to NPS",
    "thanked",
];

/// Which of these a ticket has seen.
fn happens(history: &[Past], found: &mut BTreeMap<&'static str, u64>) {
    let mut sees = |what| *found.entry(what).or_default() += 1;
    let (mut is_closed, mut deputy, mut answered) = (false, None, Vec::new());
    for past in history {
        let event = &past.event;
        let is_away = event.reason == town::WENT_AWAY;
        match &event.data {
            EventData::TicketOpened(_) if event.private.is_none() => sees("words erased"),
            EventData::Unassigned { .. } if is_away => sees("went away"),
            EventData::Assigned { agent } => deputy = is_away.then_some(agent),
            EventData::Unassigned { .. } => deputy = None,
            EventData::ClockJudged(verdict)
                if verdict.outcome == Outcome::Breached
                    && deputy.is_some()
                    && verdict.agent.as_ref() == deputy =>
            {
                sees("their deputy broke a promise");
            }
            EventData::Closed { .. } => is_closed = true,
            EventData::Rated { .. } if is_closed => sees("rated late"),
            EventData::FiguresCorrected { .. } => sees("corrected by a head"),
            EventData::VerdictCorrected(_) => sees("verdict corrected"),
            EventData::Classified {
                property: Property::Class(_),
            } if event.role == Role::Agent => sees("another class"),
            EventData::Merged { .. } => sees("merged"),
            EventData::Transferred { .. } => sees("another department"),
            EventData::EscalatedTo { .. } => sees("escalated"),
            EventData::Reopened => sees("reopened"),
            EventData::Excluded { .. } => sees("spam"),
            EventData::Included => sees("no spam after all"),
            EventData::Undone(_) => sees("taken back"),
            EventData::MessageJoined {
                is_thanks: true, ..
            } => sees("thanked"),
            EventData::NpsAnswered { .. } => answered.push(event.at),
            _ => {}
        }
    }
    if answered.len() > 1 {
        sees("answered twice to NPS");
    }
}

/// A figure that is wrong by one is found, and named: neither the comparison nor the sums only ever agree.
#[test]
fn one_figure_that_is_wrong_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("events.jsonl");
    let mut out = BufWriter::new(File::create(&path).unwrap());
    let histories = town(2027, 300);
    let mut seq = 0;
    for (number, history) in &histories {
        lines::export(*number, history, &mut seq, &mut out);
    }
    out.flush().unwrap();
    drop(out);
    let october = question(&["2026-10"]);
    let mut sheets = sheets(&october, &histories);
    let capacities = twin::Capacities::new();
    let told = (sheets.as_slice(), &capacities);
    let Some(again) = twin::counted_again(&path, ZONE, told) else {
        return;
    };
    assert_eq!(twin::differing(&twin::counted(told), &again), [""; 0]);
    // One solution of somebody is counted twice.
    let (whose, tally) = sheets[0]
        .tallies
        .iter_mut()
        .find(|(whose, tally)| whose.agent.is_some() && tally.count(Count::Solved) > 0)
        .unwrap();
    *tally.counts.get_mut(&Count::Solved).unwrap() += 1;
    let agent = whose.agent.clone().unwrap();
    let named = format!("2026-10;{};{agent};solved;", whose.queue);
    let differing = twin::differing(&twin::counted((&sheets, &capacities)), &again);
    for by in ["okno   ", "oracle "] {
        let named = format!("{by}{named}");
        let is_named = differing.iter().any(|line| line.starts_with(&named));
        assert!(is_named, "{named} is not among {differing:#?}");
    }
    // One request came to a queue out of nowhere: its sums do not close, those of the others do.
    assert_eq!(sheets[0].unbalanced(), Vec::<&QueueName>::new());
    let it = QueueName::from("it");
    sheets[0].balances.get_mut(&it).unwrap().received += 1;
    assert_eq!(sheets[0].unbalanced(), [&it]);
    sheets[0].balances.get_mut(&it).unwrap().end += 1;
    assert_eq!(sheets[0].unbalanced(), [&it], "more came than was received");
}

/// The oracle's own sums can fail: one that counts a step too many says which queue does not balance.
#[test]
fn the_oracle_says_which_queue_does_not_balance() {
    let breaks = "import sys; sys.path.insert(0, 'tests/oracle'); import kpi; own = kpi.Sums(); own.n['backlog_start'] = 2; \
        own.n['backlog_solved'] = 1; own.n['backlog_end'] = 1 + int(sys.argv[1]); kpi.report('2026-10', {('it', '*'): own}, None, {})";
    for (more, expected) in [("0", None), ("1", Some("2026-10 it does not balance: -1"))] {
        let Some(said) = twin::python_words(&["-c", breaks, more]) else {
            return;
        };
        assert_eq!(said.err().as_deref(), expected);
    }
}

/// Who stands in which row: the queue and the agent, the number, the department.
fn owners(sheets: &[Sheet]) -> BTreeMap<Part, Owner> {
    let whose = sheets.iter().flat_map(|sheet| sheet.tallies.keys());
    let parts = whose.filter_map(|whose| Some((whose.queue.clone(), whose.agent.clone()?)));
    let owned = parts.map(|part| {
        let unit = match town::DEPARTMENT.contains(&part.0.as_str()) {
            true => Unit::Department(DepartmentName("digital".to_owned())),
            false => Unit::Queue(part.0.clone()),
        };
        let owner = Owner::new(unit, &town::number_of(part.1.as_str()), &part.1);
        (part, owner)
    });
    owned.collect()
}

fn department(queue: &QueueName) -> String {
    match town::DEPARTMENT.contains(&queue.as_str()) {
        true => "digital".to_owned(),
        false => queue.to_string(),
    }
}

/// Every figure of each row, as okno makes it of the lines of a file.
fn rows_of(sheets: &[Sheet], groups: &[Vec<Part>]) -> BTreeSet<String> {
    let mut counted = BTreeSet::new();
    for sheet in sheets {
        let lines = read(&file_of(sheet, &[], &[]));
        for group in groups {
            let parts = group.iter();
            let parts: Vec<_> = parts
                .map(|(queue, agent)| (queue.as_str(), agent.as_str()))
                .collect();
            let (queue, agent) = &group[0];
            let row = (town::number_of(agent.as_str()), department(queue));
            for (code, fact) in facts_of_all(&lines, Some(sheet), &parts) {
                let below = fact.denominator.map(|below| below.to_string());
                counted.insert(format!(
                    "{};{};{};{code};{};{}",
                    sheet.period.name,
                    row.0,
                    row.1,
                    fact.numerator,
                    below.unwrap_or_default()
                ));
            }
        }
    }
    counted
}

/// One of ИТ serves the economy's queue of the same department, and one of the accountants has another name since July: each has one
/// row, and medians and all are what another program counts of it.
#[test]
fn rows_of_people_and_departments_counted_twice_come_to_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("events.jsonl");
    let mut out = BufWriter::new(File::create(&path).unwrap());
    let question = question(&["2026-06", "2026-07", "2026-q3", "2026"]);
    let mut counting = Counting::of(&question);
    let mut seq = 0;
    town::histories(77, 1_500, |number, history| {
        lines::export(number, &history, &mut seq, &mut out);
        counting.add(number, &history);
    });
    out.flush().unwrap();
    let sheets = counting.done();
    let owners = owners(&sheets);
    let groups = grouped(owners.clone());
    let joined = groups.iter().filter(|group| group.len() > 1);
    let joined: Vec<String> = joined.map(|group| whose(group)).collect();
    assert_eq!(joined, ["aho/it-0+it/it-0", "buh/buh-1+buh/buh-1-married"]);
    let mut counted = rows_of(&sheets, &groups);
    let mut serving: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (queue, agent) in owners.keys() {
        serving
            .entry(queue.to_string())
            .or_default()
            .push(agent.to_string());
    }
    let agents = owners.keys().map(|(_, agent)| agent.as_str());
    let staff = json!({
        "departments": town::DEPARTMENT.map(|queue| (queue, "digital")).into_iter().collect::<BTreeMap<_, _>>(),
        "numbers": agents.map(|agent| (agent, town::number_of(agent))).collect::<BTreeMap<_, _>>(),
        "serving": serving,
    });
    let people = folder.path().join("staff.json");
    std::fs::write(&people, staff.to_string()).unwrap();
    let mut words = vec![
        path.display().to_string(),
        ZONE.to_owned(),
        people.display().to_string(),
    ];
    words.extend(sheets.iter().map(|sheet| sheet.period.name.clone()));
    let Some(again) = twin::python("rows.py", &words) else {
        return;
    };
    let says_anything = |line: &&str| !line.ends_with(";0;") && !line.ends_with(";0;0");
    let again: BTreeSet<String> = again
        .lines()
        .filter(says_anything)
        .map(str::to_owned)
        .collect();
    counted.retain(|line| says_anything(&line.as_str()));
    twin::are_the_same(&counted, &again);
}

#[test]
fn sums_close_in_every_month_and_queue() {
    for seed in 0..8 {
        for sheet in sheets(&whole_year(), &town(seed, 150)) {
            assert_eq!(
                sheet.unbalanced(),
                Vec::<&QueueName>::new(),
                "{}",
                sheet.period.name
            );
        }
    }
}

#[test]
fn to_erase_everybodys_words_changes_no_figure() {
    let histories = town(21, 200);
    let before = sheets(&whole_year(), &histories);
    let mut erased = histories;
    for past in erased.iter_mut().flat_map(|(_, history)| history) {
        past.event.private = None;
    }
    assert_eq!(sheets(&whole_year(), &erased), before);
}

/// What need not be read may be left out, of figures, details and hints.
#[test]
fn to_leave_out_what_nobody_looks_at_changes_nothing() {
    let histories = town(31, 400);
    let is_read = |past: &&Past| {
        let (kind, _) = past.event.data.kind();
        let data = serde_json::to_string(&past.event.data).unwrap();
        !is_unread(kind, past.event.role, &data)
    };
    let shorter: Vec<(TicketNumber, Vec<Past>)> = histories
        .iter()
        .map(|(number, history)| (*number, history.iter().filter(is_read).cloned().collect()))
        .collect();
    let events = |all: &[(TicketNumber, Vec<Past>)]| -> usize {
        all.iter().map(|(_, history)| history.len()).sum()
    };
    assert!(events(&shorter) + 3 * 400 <= events(&histories));
    assert_eq!(
        sheets(&whole_year(), &shorter),
        sheets(&whole_year(), &histories)
    );
    let year = &question(&["2026"]).periods[0];
    let (mut hints, mut expected) = (BTreeMap::new(), BTreeMap::new());
    for ((number, short), (_, whole)) in shorter.iter().zip(&histories) {
        assert_eq!(details(*number, short, year), details(*number, whole, year));
        hint((*number, short), year, &mut hints);
        hint((*number, whole), year, &mut expected);
    }
    assert_eq!(hints, expected);
}

/// What a closed month was, and what each ticket has changed of it since, is what it comes to now: of figures that add up.
/// The month itself is counted from what was known when it was closed, whatever comes later.
#[test]
fn a_closed_month_and_its_adjustments_make_what_it_comes_to_now() {
    let march = question(&["2026-03"]);
    for seed in 50..54 {
        let histories = town(seed, 1_500);
        let closed_at = march.periods[0].to;
        let known = |history: &[Past]| -> Vec<Past> {
            let until = history.iter().take_while(|past| past.event.at < closed_at);
            until.cloned().collect()
        };
        let then: Vec<_> = histories
            .iter()
            .map(|(number, history)| (*number, known(history)))
            .collect();
        let (was, is) = (sheets(&march, &then), sheets(&march, &histories));
        assert_ne!(was, is, "nothing came later");
        let mut changed: BTreeMap<(Whose, &str), (i64, i64)> = BTreeMap::new();
        for ((number, before), (_, now)) in then.iter().zip(&histories) {
            let alone = |history: &[Past]| sheets(&march, &[(*number, history.to_vec())]);
            let (before, now) = (alone(before), alone(now));
            difference(&before[0], &now[0], &mut changed);
        }
        let mut whole = BTreeMap::new();
        difference(&was[0], &is[0], &mut whole);
        changed.retain(|_, by| *by != (0, 0));
        whole.retain(|_, by| *by != (0, 0));
        assert!(!whole.is_empty(), "nothing of it adds up");
        assert_eq!(changed, whole);
    }
}

/// By how much each figure that adds up is more, of everybody.
fn difference(was: &Sheet, is: &Sheet, by: &mut BTreeMap<(Whose, &str), (i64, i64)>) {
    let whose: BTreeSet<&Whose> = was.tallies.keys().chain(is.tallies.keys()).collect();
    for whose in whose {
        let of = |sheet: &Sheet| additive(&sheet.tallies.get(whose).cloned().unwrap_or_default());
        // Of one person the last word counts, whichever ticket it is in.
        let own = of(was).into_iter().zip(of(is));
        for (was, is) in own.filter(|(was, _)| was.code != "nps") {
            let sum = by.entry((whose.clone(), is.code)).or_default();
            sum.0 += is.numerator - was.numerator;
            sum.1 += is.denominator.unwrap_or(0) - was.denominator.unwrap_or(0);
        }
    }
}

/// Whoever adds up the details of everybody's tickets has the figures.
#[test]
fn details_make_the_figures_of_everybody() {
    let march = question(&["2026-03"]);
    let period = &march.periods[0];
    for seed in 60..63 {
        let histories = town(seed, 1_500);
        let mut sums: BTreeMap<(Whose, &str), (i64, i64)> = BTreeMap::new();
        let mut withdrawn = 0;
        for (number, history) in &histories {
            for one in details(*number, history, period) {
                match one {
                    Detail::Counted(one) => {
                        for part in one.parts {
                            let own = sums.entry((one.whose.clone(), part.figure)).or_default();
                            own.0 += part.above;
                            own.1 += part.below.unwrap_or(0);
                        }
                    }
                    Detail::Withdrawn(_) => withdrawn += 1,
                    Detail::Promise(_) | Detail::Corrected(_) => {}
                }
            }
        }
        assert!(withdrawn > 0, "nothing came back");
        let counted = sheets(&march, &histories);
        let mut figures = BTreeMap::new();
        let nothing = Sheet {
            tallies: BTreeMap::new(),
            ..counted[0].clone()
        };
        difference(&nothing, &counted[0], &mut figures);
        figures.retain(|_, by| *by != (0, 0));
        sums.retain(|_, by| *by != (0, 0));
        assert_eq!(sums, figures);
    }
}

#[test]
fn tickets_may_come_in_any_order() {
    let mut histories = town(41, 200);
    let before = sheets(&whole_year(), &histories);
    histories.reverse();
    assert_eq!(sheets(&whole_year(), &histories), before);
    let is_judged = |past: &Past| matches!(&past.event.data, EventData::ClockJudged(verdict) if verdict.outcome == Outcome::Breached);
    let broken = histories.iter().flat_map(|(_, history)| history);
    assert!(broken.filter(|past| is_judged(past)).count() > 20);
}
