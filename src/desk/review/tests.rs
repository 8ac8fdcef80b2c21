use super::*;
use crate::{
    desk::{
        calendar::{Opening, OtherDays},
        policy::{PayDay, PayrollPolicy},
    },
    model::language::Language,
};

/// Open from nine to six, Monday to Friday, in Moscow.
fn office() -> Calendar {
    let day = vec![Opening::new(9 * 60, 18 * 60).unwrap()];
    let week = std::array::from_fn(|index| if index < 5 { day.clone() } else { Vec::new() });
    let zone = TimeZone::get("Europe/Moscow").unwrap();
    Calendar::new(
        ("Europe/Moscow".to_owned(), zone),
        week,
        &OtherDays::default(),
    )
    .unwrap()
}

#[track_caller]
fn check(now: &str, last: Option<&str>, is_wanted: bool) {
    let calendar = office();
    let now = now.parse().unwrap();
    let at = jiff::civil::time(8, 30, 0, 0);
    let week = week_over(calendar.zone(), now).unwrap();
    let due = is_due((at, &calendar), (&week, last), now);
    assert_eq!(due, is_wanted, "{now} {} after {last:?}", week.name);
}

#[test]
fn a_week_is_told_on_monday_morning_and_once() {
    // 16 November 2026 is a Monday.
    check("2026-11-16T05:29:00Z", Some("2026-w45"), false);
    check("2026-11-16T05:30:00Z", Some("2026-w45"), true);
    check("2026-11-16T05:30:00Z", None, true);
    check("2026-11-16T05:31:00Z", Some("2026-w46"), false);
}

#[test]
fn a_missed_monday_is_caught_up_in_working_time_by_whoever_had_such_letters() {
    check("2026-11-17T23:00:00Z", Some("2026-w45"), false);
    check("2026-11-18T08:00:00Z", Some("2026-w45"), true);
    check("2026-11-18T08:00:00Z", None, false);
}

#[test]
fn a_closed_monday_moves_the_letter_to_tuesday() {
    let monday = jiff::civil::date(2026, 11, 16);
    let calendar = office().closed_on(monday);
    let at = jiff::civil::time(8, 30, 0, 0);
    let due = |now: &str| {
        let now = now.parse().unwrap();
        let week = week_over(calendar.zone(), now).unwrap();
        is_due((at, &calendar), (&week, Some("2026-w45")), now)
    };
    assert!(!due("2026-11-16T12:00:00Z"));
    assert!(due("2026-11-17T05:30:00Z"));
}

#[test]
fn weeks_are_named_as_calendars_name_them() {
    let zone = TimeZone::UTC;
    let week = |now: &str| week_over(&zone, now.parse().unwrap()).unwrap();
    // The first days of 2027 belong to the last week of 2026.
    assert_eq!(week("2027-01-04T00:00:00Z").name, "2026-w53");
    assert_eq!(week("2027-01-03T23:59:59Z").name, "2026-w52");
    let week = week("2026-11-18T00:00:00Z");
    assert_eq!(
        (week.name.as_str(), week_number(&week.name)),
        ("2026-w46", 46)
    );
    let weeks = weeks_up_to(&week, &zone, 2);
    let names: Vec<&str> = weeks.iter().map(|week| week.name.as_str()).collect();
    assert_eq!(names, ["2026-w45", "2026-w46"]);
    assert_eq!(week.from.to_string(), "2026-11-09T00:00:00Z");
}

/// A figure against what is aimed at, in hundredths, and the month before.
#[track_caller]
fn reached(
    (now, before): ((i64, i64), Option<(i64, i64)>),
    (factor, target, aim): (i64, i64, Aim),
    expected: (Option<bool>, Option<i8>),
) {
    let figure = Reached {
        now,
        before,
        factor,
        ..Reached::percent("any", target, aim)
    };
    let found = (figure.is_reached(), figure.trend());
    assert_eq!(found, expected, "{now:?} after {before:?}, {target}");
}

#[test]
fn a_target_is_reached_exactly_and_not_by_rounding() {
    let percent = (100, 9500, Aim::AtLeast);
    reached(((95, 100), None), percent, (Some(true), None));
    reached(((9499, 10_000), None), percent, (Some(false), None));
    reached(((0, 0), Some((1, 1))), percent, (None, None));
    // A mean of 4.5, which was 4.4.
    let rating = (1, 450, Aim::AtLeast);
    reached(((9, 2), Some((22, 5))), rating, (Some(true), Some(1)));
    reached(((22, 5), Some((44, 10))), rating, (Some(false), Some(0)));
    // A tenth less is wanted: less is better.
    let repeats = (100, -1000, Aim::AtMost);
    reached(((-1, 8), None), repeats, (Some(true), None));
    reached(((-1, 11), Some((-1, 8))), repeats, (Some(false), Some(-1)));
}

#[test]
fn a_head_whose_queue_is_paid_by_okno_reads_the_month_in_the_draft() {
    let mut policy = crate::desk::fixture::policy();
    let name = QueueName::from("it");
    let headless = policy.queues[&name].clone();
    assert!(
        !has_month((&name, &headless), &policy, "2026-10"),
        "nobody decides"
    );
    let queue = QueuePolicy {
        head: Some("anna".into()),
        ..headless
    };
    assert!(has_month((&name, &queue), &policy, "2026-10"));
    let list = PayrollPolicy {
        title: "IT".to_owned(),
        queues: vec![name.clone()],
        to: Vec::new(),
        first: "2026-10".to_owned(),
        day: PayDay::Working(5),
        format: "xlsx".to_owned(),
        columns: Language::Ru,
        language: Language::Ru,
        approver: None,
        deputy: None,
        charts: false,
        outside: Vec::new(),
    };
    policy.payrolls.insert("staff".into(), list);
    assert!(!has_month((&name, &queue), &policy, "2026-10"));
    // What is before its first month has no draft.
    assert!(has_month((&name, &queue), &policy, "2026-09"));
    let month = |name: &str| Period::named(name, &TimeZone::UTC).unwrap();
    let told = |name: &str| {
        let month = (month(name), &TimeZone::UTC);
        month_told((&"it".into(), &queue), &policy, month).map(|month| month.name)
    };
    assert_eq!(told("2026-08").as_deref(), Some("2026-08"));
    assert_eq!(told("2026-11").as_deref(), Some("2026-09"));
    assert_eq!(told("2028-01"), None);
}

#[test]
fn the_next_letter_is_the_owed_one_or_the_one_about_the_week_that_runs() {
    let calendar = office();
    let next = |now: &str, last: Option<&str>| {
        let now = now.parse().unwrap();
        let zone = calendar.zone();
        let weeks = (
            week_over(zone, now).unwrap(),
            week_running(zone, now).unwrap(),
        );
        let at = jiff::civil::time(8, 30, 0, 0);
        let known = (
            last,
            (WEEKS_OWED_MAX, |week: &Period| week_earlier(week, zone)),
        );
        let next = next_letter((at, &calendar), (&weeks.0, &weeks.1), known, now).unwrap();
        (next.period, next.at.to_string(), next.is_late)
    };
    let told = |period: &str, at: &str, is_late| (period.to_owned(), at.to_owned(), is_late);
    let monday = told("2026-w46", "2026-11-16T05:30:00Z", false);
    for last in [None, Some("2026-w45")] {
        assert_eq!(next("2026-11-15T22:00:00Z", last), monday);
        assert_eq!(next("2026-11-16T05:30:00Z", last), monday);
    }
    let after = told("2026-w47", "2026-11-23T05:30:00Z", false);
    assert_eq!(next("2026-11-16T05:31:00Z", Some("2026-w46")), after);
    // Whoever has only now switched it on is owed nothing.
    assert_eq!(next("2026-11-18T08:00:00Z", None), after);
    let late = told("2026-w46", "2026-11-16T05:30:00Z", true);
    assert_eq!(next("2026-11-18T08:00:00Z", Some("2026-w45")), late);
    // The oldest of several.
    let older = told("2026-w45", "2026-11-09T05:30:00Z", true);
    assert_eq!(next("2026-11-18T08:00:00Z", Some("2026-w44")), older);
}

#[test]
fn the_month_that_runs_follows_the_one_that_is_over() {
    let zone = TimeZone::get("Europe/Moscow").unwrap();
    let names = |now: &str| {
        let now = now.parse().unwrap();
        [month_over(&zone, now), month_running(&zone, now)].map(|month| month.unwrap().name)
    };
    assert_eq!(names("2026-12-31T20:59:59Z"), ["2026-11", "2026-12"]);
    assert_eq!(names("2026-12-31T21:00:00Z"), ["2026-12", "2027-01"]);
}

/// What okno cannot count is held against the plans of the settings of scores: of the department's queues alone, and as sums.
#[test]
fn figures_from_outside_are_held_against_their_plans() {
    use crate::model::{
        outside::OutsideFact,
        scoring::{Better, Indicator, Measure, SCORE_RULES, Scoring},
    };
    let indicator = |code: &str, measure: Measure, plan: i64| Indicator {
        code: code.to_owned(),
        figure: format!("x:{code}"),
        names: Some([format!("ru {code}"), format!("en {code}")]),
        measure,
        better: Better::More,
        plan: crate::model::decimal::Decimal::whole(plan),
        weight: crate::model::decimal::Decimal::whole(1),
        enough: 1,
        steps: Vec::new(),
    };
    let scoring = Scoring {
        version: "1".to_owned(),
        rules: SCORE_RULES,
        indicators: vec![
            indicator("PAID", Measure::Percent, 95),
            indicator("UPSELLS", Measure::Count, 6),
        ],
    };
    let fact = |queue: &str, agent: &str, code: &str, numerator: i64, denominator: Option<i64>| {
        OutsideFact {
            queue: queue.into(),
            agent: agent.into(),
            figure: format!("x:{code}"),
            numerator,
            denominator,
            is_withdrawn: false,
            person: None,
        }
    };
    let now = [
        fact("it", "anna", "PAID", 95, Some(100)),
        fact("it", "boris", "PAID", 94, Some(100)),
        fact("buh", "vera", "PAID", 0, Some(100)),
        fact("it", "anna", "UPSELLS", 5, None),
        fact("net", "anna", "UPSELLS", 3, None),
        fact("it", "boris", "UPSELLS", 4, None),
    ];
    let before = [fact("it", "anna", "UPSELLS", 5, None)];
    let (it, buh) = (["it".into(), "net".into()], ["buh".into()]);
    let outside = FromOutside {
        now: &now,
        before: &before,
        plans: &[(&it, &scoring)],
    };
    let told = |queues: &[QueueName]| {
        let found = outside::reached(queues, &outside).into_iter();
        let line = |one: Reached| (one.figure.clone(), one.now, one.is_reached(), one.trend());
        found.map(line).collect::<Vec<_>>()
    };
    assert_eq!(
        told(&it),
        [
            ("x:PAID".to_owned(), (189, 200), Some(false), None),
            // Twelve of two people are six each, one of whom sold in two queues, as planned, and one more than the month before.
            ("x:UPSELLS".to_owned(), (12, 2), Some(true), Some(1)),
        ]
    );
    // No list plans anything for the accountants.
    assert_eq!(told(&buh), []);
}

#[test]
fn a_letter_in_quarantine_is_not_made_again_and_holds_back_no_later_one() {
    let step = |period: &str| ReviewStep::Director {
        period: period.to_owned(),
        upto: EventSeq(7),
        head_hash: String::new(),
        departments: Vec::new(),
        is_aim_unknown: false,
        late: Late::default(),
        charts: Vec::new(),
    };
    let mut written = Written::default();
    written.is_kept(&step("2026-10"));
    assert_eq!(written.last(ReviewKind::Director, None), Some("2026-10"));
    let it = QueueName::from("it");
    assert_eq!(written.last(ReviewKind::Weekly, Some(&it)), None);
    // An earlier one brings nothing back.
    written.is_kept(&step("2026-09"));
    assert_eq!(written.last(ReviewKind::Director, None), Some("2026-10"));
}
