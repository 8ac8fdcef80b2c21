//! Figures of what was really decided: counted from the store, counted a second time from its export, and those of a draft,
//! which stay what they were.

use std::{fs::File, io::Write as _, path::Path, time::Duration};

use jiff::tz::TimeZone;
use okno::{
    desk::kpi::{Count, Period, Question, Sheet, Tally, figure},
    store::history::{self, Export, Stretch},
};

use super::{
    desk::{Desk, Person},
    letter::Letter,
    twin,
};

const ZONE: &str = "Europe/Moscow";
const HOUR: Duration = Duration::from_secs(3600);

fn question(names: &[&str]) -> Question {
    let zone = TimeZone::get(ZONE).unwrap();
    let periods = names.iter().map(|name| Period::named(name, &zone).unwrap());
    Question::about(periods.collect(), zone)
}

fn figures(desk: &Desk, question: &Question, upto: Option<i64>) -> (Vec<Sheet>, i64) {
    desk.with_house(async |house| history::figures(&house.db, question, upto).await.unwrap())
}

/// Writes the export of all that has happened.
pub(crate) fn exports(desk: &Desk, path: &Path) {
    let mut out = File::create(path).unwrap();
    desk.with_house(async |house| {
        let mut export = Export::begin(&house.db, Stretch::default(), None)
            .await
            .unwrap();
        loop {
            let events = export.next().await.unwrap();
            if events.is_empty() {
                return;
            }
            for event in events {
                let line = serde_json::to_string(&event).unwrap();
                writeln!(out, "{line}").unwrap();
            }
        }
    });
}

/// Counts these periods twice, and nothing differs.
pub(crate) fn are_counted_twice(desk: &Desk, names: &[&str]) -> Vec<Sheet> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("events.jsonl");
    exports(desk, &path);
    let (sheets, _) = figures(desk, &question(names), None);
    for sheet in &sheets {
        assert!(sheet.unbalanced().is_empty(), "{}", sheet.period.name);
    }
    let told = (sheets.as_slice(), &twin::Capacities::new());
    if let Some(again) = twin::counted_again(&path, ZONE, told) {
        twin::are_the_same(&twin::counted(told), &again);
    }
    sheets
}

fn people(desk: &Desk) -> [Person<'_>; 3] {
    [
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
        desk.person("Борис Ким", "boris@uni.test"),
    ]
}

pub(crate) fn whole(sheets: &[Sheet]) -> Tally {
    sheets[0].together(sheets[0].queues())
}

#[test]
fn a_draft_stays_what_it_was_whatever_comes_later() {
    let desk = Desk::open();
    let [olga, anna, boris] = people(&desk);
    let (_, card) = desk.asked();
    desk.advance(HOUR);
    anna.writes(&Letter::reply_to(&card, "Новый пароль в конверте.\nрешено"));
    desk.step();
    let resolution = olga.only_mail();
    olga.writes(&Letter::reply_to(&resolution, "5"));
    desk.step();
    let november = question(&["2026-11"]);
    let (draft, cut) = figures(&desk, &november, None);
    let tally = whole(&draft);
    assert_eq!(tally.count(Count::Solved), 1);
    assert_eq!(tally.count(Count::RatingSum), 5);
    let documented = figure(&tally, "documented_pct").unwrap();
    assert_eq!((documented.numerator, documented.denominator), (1, Some(1)));
    // She thinks better of it, and it comes back within the month.
    desk.advance(HOUR);
    olga.writes(&Letter::reply_to(&resolution, "2"));
    desk.step();
    olga.writes(&Letter::reply_to(
        &resolution,
        "Опять не подходит, помогите.",
    ));
    desk.step();
    let (now, later) = figures(&desk, &november, None);
    assert!(later > cut);
    let tally = whole(&now);
    assert_eq!(tally.count(Count::Solved), 0);
    assert_eq!(tally.count(Count::RatingSum), 2);
    assert_eq!(figures(&desk, &november, Some(cut)), (draft, cut));
    are_counted_twice(&desk, &["2026-11", "2026"]);
    for person in [olga, anna, boris] {
        person.inbox();
    }
}

#[test]
fn thanks_are_no_question_and_what_comes_with_them_is() {
    for (words, at_once) in [("Большое спасибо!", 1), ("Спасибо! А когда?", 0)]
    {
        let desk = Desk::open();
        let [olga, anna, boris] = people(&desk);
        let (acknowledged, card) = desk.asked();
        olga.writes(&Letter::reply_to(&acknowledged, words));
        desk.step();
        desk.advance(HOUR);
        anna.writes(&Letter::reply_to(&card, "Новый пароль в конверте.\nрешено"));
        desk.step();
        // Thanks afterwards take nothing back.
        let resolution = olga.only_mail();
        olga.writes(&Letter::reply_to(&resolution, "Спасибо!"));
        desk.step();
        let sheets = are_counted_twice(&desk, &["2026-11"]);
        let own = figure(&whole(&sheets), "fcr_pct").unwrap();
        assert_eq!(
            (own.numerator, own.denominator),
            (at_once, Some(1)),
            "{words}"
        );
        for person in [olga, anna, boris] {
            person.inbox();
        }
    }
}

#[test]
fn what_is_late_says_by_how_much_business_time() {
    let desk = Desk::open();
    let [olga, anna, boris] = people(&desk);
    let (_, card) = desk.asked();
    // Due on Wednesday at 11:00; solved on Thursday at noon: seven hours of Wednesday and three of Thursday later.
    desk.advance(HOUR * 24);
    desk.step();
    desk.advance(HOUR * 24);
    anna.writes(&Letter::reply_to(&card, "Готово.\nрешено"));
    desk.step();
    let said = desk.history(1001);
    let late = said.iter().filter(|event| event.starts_with("kept_late"));
    assert_eq!(late.collect::<Vec<_>>(), ["kept_late (satisfied_late)"]);
    let sheets = are_counted_twice(&desk, &["2026-11"]);
    let tally = whole(&sheets);
    assert_eq!(tally.count(Count::LateMinutes), 10 * 60);
    let took = figure(&tally, "ttr_mean").unwrap();
    assert_eq!((took.numerator, took.denominator), (18 * 3600, Some(60)));
    for person in [olga, anna, boris] {
        person.inbox();
    }
}
