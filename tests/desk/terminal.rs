//! A month is closed at the terminal with its files: they are what they were, whatever comes later, what comes later is carried by
//! the next month, whichever way that is closed, and all of it is proved.

use std::collections::BTreeMap;

use data_encoding::BASE64;
use jiff::tz::TimeZone;
use okno::config;
use okno::desk::{cause::Operation, kpi::Period};
use okno::house::payroll::{Figures, Kept, Making, NotKept};
use okno::house::periods::{self, ClosedFigures, Proof, Wrong, WrongRow};
use okno::model::{language::Language, period::ClosedPeriod};
use okno::report::table::Format;
use okno::store::{history, work};

use super::{
    adjusted::{SETTINGS, comes_back, rows},
    desk::Desk,
    letter::{Letter, Received},
    orders::restarted,
    payroll::{OTHERS, nobody_reads, sum_of, university},
};

fn zone() -> TimeZone {
    TimeZone::get("Europe/Moscow").unwrap()
}

/// ИТ, whose list pays from that month on; the months before are closed at the terminal.
pub(super) fn listed_from(first: &str) -> Desk {
    let desk = university("volume.toml");
    let source = desk
        .source
        .replace("first = \"2026-11\"", &format!("first = \"{first}\""));
    let desk = restarted(desk, &source);
    desk.brings_people(&PEOPLE);
    desk
}

/// Vera, who serves another queue, has a number, too.
pub(super) const PEOPLE: [&str; 4] = [
    "email;name;employee number",
    "anna@uni.test;Петрова Анна Сергеевна;УТ-00042",
    "boris@uni.test;Ким Борис Олегович;УТ-00043",
    "vera@uni.test;Орлова Вера Павловна;УТ-00044",
];

/// What would be closed of a month now, by these settings of scores.
pub(super) fn prepared(
    desk: &Desk,
    name: &str,
    settings: Option<&str>,
) -> (ClosedPeriod, Result<Kept, NotKept>) {
    prepared_for(desk, name, (settings, false))
}

/// The same; whoever has no number does not matter, where that is said.
pub(super) fn prepared_for(
    desk: &Desk,
    name: &str,
    (settings, is_numberless): (Option<&str>, bool),
) -> (ClosedPeriod, Result<Kept, NotKept>) {
    let period = Period::named(name, &zone()).unwrap();
    let now = desk.clock.now();
    let scoring = settings.map(|settings| config::scoring(settings, "kpi.toml").unwrap());
    desk.with_house(async |house| {
        let prepared = periods::prepare(&house.db, &period, &zone(), now).await;
        let closed = prepared.unwrap().unwrap();
        let figures = ClosedFigures::at_terminal(&closed, now).unwrap();
        let figures = Figures::of(&house.db, &figures, &zone()).await.unwrap();
        let making = Making {
            db: &house.db,
            policy: &house.config.policy,
            zone: &zone(),
            language: Language::Ru,
            numbers: &BTreeMap::new(),
            scoring: scoring.as_ref(),
            has_details: true,
        };
        let kept = making
            .keep(&figures, (Format::CsvUtf8, is_numberless))
            .await;
        (closed, kept.unwrap())
    })
}

/// Anna closes a month with these files.
pub(super) fn closes_with(desk: &Desk, (mut closed, kept): (ClosedPeriod, Kept)) {
    closed.files = Some(Box::new(kept.files));
    let operation = Operation::ClosePeriod {
        closed: Box::new(closed),
        files: kept.bytes,
        reason: "закрыла Анна Петрова".to_owned(),
    };
    let now = desk.clock.now();
    desk.with_house(async |house| work::order(&house.db, operation, now).await.unwrap());
    desk.step();
}

/// Anna closes a month, and people are paid by it.
pub(super) fn closes(desk: &Desk, name: &str, settings: &str) {
    let (closed, kept) = prepared(desk, name, Some(settings));
    closes_with(desk, (closed, kept.unwrap()));
}

/// The files of a closed month, as whoever asks for them gets them.
pub(super) fn files(desk: &Desk, name: &str) -> BTreeMap<String, String> {
    let kept = desk.with_house(async |house| history::period_files(&house.db, name).await);
    let text =
        |base64: String| String::from_utf8(BASE64.decode(base64.as_bytes()).unwrap()).unwrap();
    let kept = kept.unwrap().into_iter();
    kept.map(|(name, base64)| (name, text(base64))).collect()
}

pub(super) fn proof(desk: &Desk) -> Proof {
    desk.with_house(async |house| periods::prove(&house.db, &zone()).await.unwrap())
}

#[track_caller]
pub(super) fn is_proved(desk: &Desk, periods: usize) {
    let sound = Proof {
        periods,
        ..Proof::default()
    };
    assert_eq!(proof(desk), sound);
}

pub(super) fn nothing_is_read(desk: &Desk) {
    nobody_reads(desk, &OTHERS);
    nobody_reads(desk, &["vera@uni.test", "darya@uni.test", "root@uni.test"]);
}

/// On 25 November Anna solves what Olga asks: the letter that says so. On 1 December the month is over.
pub(super) fn november_is_over(desk: &Desk) -> Received {
    desk.until("2026-11-25T07:00:00Z");
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Он не печатает."));
    desk.step();
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    let card = anna.inbox().pop().unwrap();
    anna.writes(&Letter::reply_to(&card, "Заменили картридж.\nрешено"));
    desk.step();
    let resolution = olga.inbox().pop().unwrap();
    desk.until("2026-12-01T06:00:00Z");
    nothing_is_read(desk);
    resolution
}

pub(super) const OTHER_SETTINGS: &str =
    "version = \"приказ 15\"\n[indicator.VOLUME]\nplan = 1\nweight = 1\nsteps = [[100, 3]]\n";

/// What Anna is more by for November, by the settings that she was paid by.
pub(super) const TAKEN_OFF: [&str; 5] = [
    "2026-M11 KORR_SOLVED -1",
    "2026-M11 KORR_MET -1",
    "2026-M11 KORR_VOLUME -1",
    "2026-M11 KORR_SLA_ALL -100,00",
    "2026-M11 KORR_KOEFF -1,0",
];

#[test]
fn a_month_closed_at_the_terminal_stays_and_the_next_one_at_the_terminal_carries_what_has_changed()
{
    let desk = listed_from("2027-06");
    let resolution = november_is_over(&desk);
    closes(&desk, "2026-11", SETTINGS);
    let november = files(&desk, "2026-11");
    let names: Vec<&str> = november.keys().map(String::as_str).collect();
    assert!(
        [
            "pay_2026-11_v1.csv",
            "kpi_2026-11_v1.csv",
            "kpi_score_2026-11_it_v1.csv",
            "detail_2026-11_buh_v1.csv"
        ]
        .iter()
        .all(|name| names.contains(name)),
        "{names:?}"
    );
    assert_eq!(
        rows(&november["pay_2026-11_v1.csv"], "УТ-00042"),
        [
            "2026-M11 VOLUME 1",
            "2026-M11 SLA_ALL 100,00",
            "2026-M11 KOEFF 1,0"
        ]
    );
    assert!(november["kpi_score_2026-11_v1.csv"].contains("приказ 14"));
    is_proved(&desk, 1);
    comes_back(&desk, &resolution, "boris");
    desk.until("2027-01-12T08:00:00Z");
    nothing_is_read(&desk);
    // By other settings: November is scored again by those that it was paid by.
    closes(&desk, "2026-12", OTHER_SETTINGS);
    assert_eq!(files(&desk, "2026-11"), november);
    let december = files(&desk, "2026-12");
    let anna = rows(&december["pay_2026-12_v1.csv"], "УТ-00042");
    assert_eq!(anna[2..], TAKEN_OFF, "{anna:?}");
    let score = &december["kpi_score_2026-12_v1.csv"];
    assert!(
        score.contains("приказ 14") && score.contains("приказ 15"),
        "{score}"
    );
    is_proved(&desk, 2);
    desk.until("2027-02-12T08:00:00Z");
    nothing_is_read(&desk);
    closes(&desk, "2027-01", SETTINGS);
    let january = &files(&desk, "2027-01")["pay_2027-01_v1.csv"];
    assert!(!january.contains("KORR"), "{january}");
    assert_eq!(
        (files(&desk, "2026-11"), files(&desk, "2026-12")),
        (november, december)
    );
    is_proved(&desk, 3);
    desk.check_proof();
}

#[test]
fn whoever_has_left_is_called_as_the_terminal_has_paid_them() {
    let desk = listed_from("2027-06");
    let resolution = november_is_over(&desk);
    closes(&desk, "2026-11", SETTINGS);
    comes_back(&desk, &resolution, "boris");
    let desk = super::adjusted::anna_has_left(desk);
    desk.until("2027-01-12T08:00:00Z");
    nothing_is_read(&desk);
    closes(&desk, "2026-12", SETTINGS);
    let december = &files(&desk, "2026-12")["pay_2026-12_v1.csv"];
    let mut anna = rows(december, "УТ-00042;Петрова Анна Сергеевна;");
    anna.retain(|row| row.contains("KORR"));
    assert_eq!(anna, TAKEN_OFF, "{december}");
    is_proved(&desk, 2);
}

/// What a proof says of November, closed with files that somebody has changed.
fn proved_after(change: impl Fn(&mut Kept)) -> Proof {
    let desk = listed_from("2027-06");
    november_is_over(&desk);
    let (closed, kept) = prepared(&desk, "2026-11", Some(SETTINGS));
    let mut kept = kept.unwrap();
    change(&mut kept);
    closes_with(&desk, (closed, kept));
    proof(&desk)
}

/// A file of other words in the place of one.
pub(super) fn spoils(kept: &mut Kept, name: &str, (from, to): (&str, &str)) -> String {
    let bytes = kept.bytes.get_mut(name).unwrap();
    let text = String::from_utf8(BASE64.decode(bytes.as_bytes()).unwrap()).unwrap();
    assert!(text.contains(from), "{text}");
    let text = text.replace(from, to);
    *bytes = BASE64.encode(text.as_bytes());
    sum_of(&text)
}

#[test]
fn a_byte_or_a_row_that_is_another_is_named() {
    let spoilt = proved_after(|kept| {
        spoils(kept, "detail_2026-11_v1.csv", ("1001", "1002"));
        kept.bytes.remove("kpi_2026-11_it_v1.csv");
    });
    let file = |name: &str| (format!("2026-11 {name}"), Wrong::File);
    assert_eq!(
        spoilt.faults,
        [file("detail_2026-11_v1.csv"), file("kpi_2026-11_it_v1.csv")]
    );
    assert_eq!(spoilt.rows, []);
    // Whoever has changed a row, and its sum as well.
    let forged = proved_after(|kept| {
        let sum = spoils(
            kept,
            "pay_2026-11_v1.csv",
            ("SLA_ALL;100,00", "SLA_ALL;90,00"),
        );
        kept.files.pay.as_mut().unwrap().sha256 = sum;
    });
    let row = WrongRow {
        month: "2026-11".to_owned(),
        whose: "it/anna".to_owned(),
        period: "2026-M11".to_owned(),
        indicator: "SLA_ALL".to_owned(),
        told: "90.00".to_owned(),
        derived: "100.00".to_owned(),
    };
    assert_eq!((forged.faults, forged.rows), (Vec::new(), vec![row]));
    let unread = proved_after(|kept| {
        kept.files.settings.as_mut().unwrap().sha256 = sum_of("another");
    });
    assert_eq!(unread.faults, [("2026-11".to_owned(), Wrong::Settings)]);
}
