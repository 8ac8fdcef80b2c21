mod closed;
mod moved;

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::*;
use crate::{
    desk::{
        calendar::{Opening, OtherDays},
        policy::PayDay,
    },
    model::{
        ids::{EventSeq, PayrollName},
        payroll::PayrollDraft,
    },
};

fn zone() -> TimeZone {
    TimeZone::get("Europe/Moscow").unwrap()
}

fn at(words: &str) -> Timestamp {
    words.parse().unwrap()
}

fn list() -> PayrollPolicy {
    PayrollPolicy {
        title: "ИТ".to_owned(),
        queues: Vec::new(),
        to: Vec::new(),
        first: "2026-10".to_owned(),
        day: PayDay::Working(3),
        format: "xlsx".to_owned(),
        columns: crate::model::language::Language::Ru,
        language: crate::model::language::Language::Ru,
        approver: None,
        deputy: None,
        charts: false,
        outside: Vec::new(),
    }
}

/// Weekdays from nine to six, in Moscow.
fn calendar() -> Calendar {
    let day = vec![Opening::new(9 * 60, 18 * 60).unwrap()];
    let week = std::array::from_fn(|day_of| if day_of < 5 { day.clone() } else { Vec::new() });
    let zone = ("Europe/Moscow".to_owned(), zone());
    Calendar::new(zone, week, &OtherDays::default()).unwrap()
}

fn october() -> Period {
    Period::named("2026-10", &zone()).unwrap()
}

#[track_caller]
fn check(day: PayDay, expected: &str) {
    assert_eq!(promised(day, &calendar(), &october()), Some(at(expected)));
}

#[test]
fn the_file_is_promised_for_the_beginning_of_a_working_day() {
    // The first of November 2026 is a Sunday.
    check(PayDay::Working(1), "2026-11-02T06:00:00Z");
    check(PayDay::Working(5), "2026-11-06T06:00:00Z");
    check(PayDay::Working(6), "2026-11-09T06:00:00Z");
    check(PayDay::Date(5), "2026-11-05T06:00:00Z");
    check(PayDay::Date(7), "2026-11-09T06:00:00Z");
    check(PayDay::Date(31), "2026-11-30T06:00:00Z");
}

/// A month of Moscow's is over an hour before Kaliningrad's own.
#[test]
fn a_day_of_the_month_is_of_the_month_after_whatever_the_zone_of_the_calendar() {
    let day = vec![Opening::new(0, 24 * 60).unwrap()];
    let always = std::array::from_fn(|_| day.clone());
    let name = "Europe/Kaliningrad".to_owned();
    let zone = TimeZone::get(&name).unwrap();
    let calendar = Calendar::new((name, zone), always, &OtherDays::default()).unwrap();
    let promised = |day| promised(day, &calendar, &october()).unwrap().to_string();
    assert_eq!(promised(PayDay::Date(10)), "2026-11-09T22:00:00Z");
    assert_eq!(promised(PayDay::Working(1)), "2026-10-31T22:00:00Z");
}

#[test]
fn the_eve_of_a_day_is_the_working_day_before_it() {
    let before = |promised: &str| eve(&calendar(), at(promised)).map(|at| at.to_string());
    let is = |day: &str| Some(format!("2026-11-{day}T06:00:00Z"));
    assert_eq!(before("2026-11-04T06:00:00Z"), is("03"));
    // Over a weekend; and what is promised on the first working day waits for nothing.
    assert_eq!(before("2026-11-09T06:00:00Z"), is("06"));
    assert_eq!(
        before("2026-11-02T06:00:00Z"),
        Some("2026-10-30T06:00:00Z".to_owned())
    );
}

#[test]
fn months_begin_with_the_first_one_named() {
    let names = |now| {
        let months = months_over(&list().first, &zone(), at(now));
        months.into_iter().map(|one| one.name).collect::<Vec<_>>()
    };
    assert_eq!(names("2026-10-31T20:59:59Z"), [""; 0]);
    assert_eq!(names("2026-10-31T21:00:00Z"), ["2026-10"]);
    assert_eq!(
        names("2027-01-05T00:00:00Z"),
        ["2026-10", "2026-11", "2026-12"]
    );
}

/// A list that is written to begin in October; the first request has come on 17 November.
#[test]
fn what_was_before_anything_came_is_no_month_of_a_list() {
    let name = PayrollName::from("it");
    let list = PayrollPolicy {
        queues: vec!["it".into()],
        ..list()
    };
    let lists = BTreeMap::from([(name.clone(), list.clone())]);
    let now = at("2027-01-01T00:00:00Z");
    let found = |all: &Payrolls| {
        let months = months_of(all, (&lists, &name), &zone(), now).into_iter();
        let names: Vec<String> = months.map(|(month, _)| month.name).collect();
        let later = begins_later(all, (&name, &list), &zone(), now);
        (names.join(" "), later.unwrap_or_default())
    };
    let is = |months: &str, later: &str| (months.to_owned(), later.to_owned());
    let mut all = Payrolls::default();
    assert_eq!(found(&all), is("", ""));
    all.begun = Some(at("2026-11-17T09:00:00Z"));
    assert_eq!(found(&all), is("2026-11 2026-12", "2026-11"));
    // A file has brought what people did before.
    all.brought.insert("2026-10".to_owned());
    assert_eq!(found(&all), is("2026-10 2026-11 2026-12", ""));
    let before = begins_later(&all, (&name, &list), &zone(), at("2026-11-20T00:00:00Z"));
    assert_eq!(before, None);
}

#[track_caller]
fn is_due(state: &MonthState, now: &str, expected: Option<Due>) {
    let (list, calendar) = (list(), calendar());
    let found = due(
        (&list, &calendar),
        (&october(), state),
        Seen::default(),
        at(now),
    );
    assert_eq!(found, expected, "{now}");
}

/// A draft of October of which nothing is known.
fn draft() -> PayrollDraft {
    PayrollDraft {
        number: 1,
        from: october().from,
        to: october().to,
        upto: EventSeq(7),
        head_hash: String::new(),
        sha256: String::new(),
        figures: String::new(),
        restated: String::new(),
        definitions: 2,
        zone: None,
        since: None,
        since_of: BTreeMap::new(),
        gone: Vec::new(),
        scores: String::new(),
        settings: None,
        rows: String::new(),
        rules: 1,
        unsettled: Vec::new(),
        nameless: Vec::new(),
        pay: None,
        parts: Vec::new(),
    }
}

#[test]
fn each_step_comes_in_its_time_and_once() {
    let mut state = MonthState::default();
    is_due(&state, "2026-11-02T05:59:00Z", None);
    is_due(&state, "2026-11-02T06:00:00Z", Some(Due::Draft));
    state.drafted = Some(Drafted {
        draft: draft(),
        file: String::new(),
        at: at("2026-11-02T06:00:00Z"),
    });
    is_due(&state, "2026-11-03T06:00:00Z", None);
    state.is_corrected = true;
    is_due(&state, "2026-11-03T06:00:00Z", Some(Due::Draft));
    state.is_corrected = false;
    // Something was written down in October after it: the clock was ahead. Nobody hears of such a draft any more.
    let early = Seen {
        is_early: true,
        ..Seen::default()
    };
    let month = (&october(), &state);
    let found = due(
        (&list(), &calendar()),
        month,
        early,
        at("2026-11-04T06:00:00Z"),
    );
    assert_eq!(found, Some(Due::Draft));
    is_due(&state, "2026-11-04T06:00:00Z", Some(Due::Await));
    state.told.insert(Told::Missing);
    is_due(&state, "2026-11-05T06:00:00Z", Some(Due::Remind));
    state.told.insert(Told::Reminder);
    is_due(&state, "2026-11-09T06:00:00Z", None);
    state.frozen = Some((1, at("2026-11-09T06:00:00Z")));
    is_due(&state, "2026-11-09T06:00:00Z", Some(Due::Send));
    state.told.insert(Told::File);
    is_due(&state, "2026-12-09T06:00:00Z", None);
}

#[test]
fn the_next_file_is_told_with_its_draft_until_that_has_come() {
    let next = |now| {
        let planned = planned((&list(), &calendar()), &zone(), at(now)).unwrap();
        let draft = planned.draft_at.map(|at| at.to_string());
        (planned.period, draft, planned.file_at.to_string())
    };
    let told = |month: &str, draft: Option<&str>, file: &str| {
        (month.to_owned(), draft.map(str::to_owned), file.to_owned())
    };
    // Before the first month is over, between its draft and its file, and at the very instant of the file.
    let october = ("2026-11-02T06:00:00Z", "2026-11-04T06:00:00Z");
    assert_eq!(
        next("2026-08-01T00:00:00Z"),
        told("2026-10", Some(october.0), october.1)
    );
    assert_eq!(
        next("2026-11-02T06:00:00Z"),
        told("2026-10", None, october.1)
    );
    assert_eq!(
        next(october.1),
        told(
            "2026-11",
            Some("2026-12-01T06:00:00Z"),
            "2026-12-03T06:00:00Z"
        )
    );
}
