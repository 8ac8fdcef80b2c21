//! Who is owed what by a month that is closed at the terminal: nobody loses a difference because a colleague has no number,
//! nobody is owed what changes in a month that nobody was paid by, and nobody is paid by two files for the same days.

use std::collections::BTreeMap;

use data_encoding::BASE64;
use okno::desk::cause::Operation;
use okno::house::payroll::NotKept;
use okno::house::periods::WrongRow;
use okno::store::work;

use super::{
    adjusted::{SETTINGS, comes_back, rows},
    desk::Desk,
    orders::restarted,
    terminal::{
        PEOPLE, TAKEN_OFF, closes, closes_with, files, is_proved, listed_from, nothing_is_read,
        november_is_over, prepared, prepared_for, proof, spoils,
    },
};

/// In January December is to be closed, and a request of November has come back meanwhile.
fn december_is_over(desk: &Desk, resolution: &super::letter::Received) {
    comes_back(desk, resolution, "boris");
    desk.until("2027-01-12T08:00:00Z");
    nothing_is_read(desk);
}

#[test]
fn a_newcomer_without_a_number_takes_from_nobody_what_an_earlier_month_owes_them() {
    let desk = listed_from("2027-06");
    let resolution = november_is_over(&desk);
    closes(&desk, "2026-11", SETTINGS);
    december_is_over(&desk, &resolution);
    // Vera is new, and nobody has given her a number yet.
    let vera = "vera@uni.test;Орлова Вера Павловна;";
    desk.brings_people(&[PEOPLE[0], PEOPLE[1], PEOPLE[2], vera]);
    let (_, refused) = prepared(&desk, "2026-12", Some(SETTINGS));
    assert!(matches!(refused, Err(NotKept::Nameless(_))), "{refused:?}");
    let (_, refused) = prepared_for(&desk, "2026-12", (Some(SETTINGS), true));
    let Err(NotKept::OwedNameless(periods, agents)) = refused else {
        panic!("Anna is owed a change of November: {refused:?}");
    };
    assert!(periods.iter().eq(["2026-11"]), "{periods:?}");
    assert!(agents.into_keys().eq(["vera".into()]));
    desk.brings_people(&PEOPLE);
    closes(&desk, "2026-12", SETTINGS);
    let december = &files(&desk, "2026-12")["pay_2026-12_v1.csv"];
    assert_eq!(rows(december, "УТ-00042")[3..], TAKEN_OFF, "{december}");
    is_proved(&desk, 2);
}

/// Closes November so, lets it change, and closes December with scores: nobody is owed a difference.
fn nobody_is_owed(settings: Option<&str>, people: &[&str]) {
    let desk = listed_from("2027-06");
    desk.brings_people(people);
    let resolution = november_is_over(&desk);
    let (closed, kept) = prepared_for(&desk, "2026-11", (settings, true));
    closes_with(&desk, (closed, kept.unwrap()));
    assert!(!files(&desk, "2026-11").contains_key("pay_2026-11_v1.csv"));
    desk.brings_people(&PEOPLE);
    december_is_over(&desk, &resolution);
    let (_, kept) = prepared(&desk, "2026-12", Some(SETTINGS));
    assert!(kept.unwrap().unpaid.iter().eq(["2026-11"]));
    closes(&desk, "2026-12", SETTINGS);
    let december = files(&desk, "2026-12");
    for name in ["pay_2026-12_v1.csv", "kpi_score_2026-12_v1.csv"] {
        let told = &december[name];
        assert!(
            !told.contains("KORR") && !told.contains("2026-M11"),
            "{told}"
        );
    }
    // It is a change of the figures all the same.
    let figures = &december["kpi_2026-12_v1.csv"];
    assert!(figures.contains("2026-M11"), "{figures}");
    is_proved(&desk, 2);
    desk.check_proof();
}

#[test]
fn a_month_closed_without_numbers_is_owed_to_nobody() {
    let anna = "anna@uni.test;Петрова Анна Сергеевна;";
    nobody_is_owed(Some(SETTINGS), &[PEOPLE[0], anna, PEOPLE[2], PEOPLE[3]]);
}

#[test]
fn a_month_closed_without_scores_is_owed_to_nobody() {
    nobody_is_owed(None, &PEOPLE);
}

/// Somebody closes November as it was done before files were kept.
fn closes_without_files(desk: &Desk) {
    let (closed, _) = prepared(desk, "2026-11", None);
    let operation = Operation::ClosePeriod {
        closed: Box::new(closed),
        files: BTreeMap::new(),
        reason: "закрыла Анна Петрова".to_owned(),
    };
    let now = desk.clock.now();
    desk.with_house(async |house| work::order(&house.db, operation, now).await.unwrap());
    desk.step();
}

#[test]
fn a_month_closed_before_files_were_kept_is_carried_and_a_forged_row_of_it_is_named() {
    let desk = listed_from("2027-06");
    let resolution = november_is_over(&desk);
    closes_without_files(&desk);
    december_is_over(&desk, &resolution);
    let (closed, kept) = prepared(&desk, "2026-12", Some(SETTINGS));
    let mut kept = kept.unwrap();
    assert!(kept.unpaid.is_empty());
    // Whoever has changed the row, the sum of the file, and what is kept of the row.
    let forged = ("KORR_KOEFF;-1,0", "KORR_KOEFF;-0,5");
    let sum = spoils(&mut kept, "pay_2026-12_v1.csv", forged);
    kept.files.pay.as_mut().unwrap().sha256 = sum;
    let packed = BASE64.decode(kept.files.rows.as_bytes()).unwrap();
    let text = String::from_utf8(zstd::decode_all(&packed[..]).unwrap()).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for line in &mut lines {
        if line.contains("KORR_KOEFF") {
            *line = line.replace("-1.0", "-0.5");
        }
    }
    let changed = lines.join("\n") + "\n";
    assert_ne!(changed, text);
    kept.files.rows = BASE64.encode(&zstd::encode_all(changed.as_bytes(), 0).unwrap());
    closes_with(&desk, (closed, kept));
    let row = WrongRow {
        month: "2026-12".to_owned(),
        whose: "it/anna".to_owned(),
        period: "2026-M11".to_owned(),
        indicator: "KORR_KOEFF".to_owned(),
        told: "-0.5".to_owned(),
        derived: "-1.0".to_owned(),
    };
    let proof = proof(&desk);
    assert_eq!((proof.faults, proof.rows), (Vec::new(), vec![row]));
}

/// By what people are paid for days of the quarter, if it is refused for that.
fn refused(desk: &Desk, settings: Option<&str>) -> Vec<String> {
    match prepared(desk, "2026-q4", settings).1 {
        Err(NotKept::PaidOtherwise(others)) => Vec::from_iter(others),
        Ok(_) => Vec::new(),
        Err(other) => panic!("{other:?}"),
    }
}

/// November and the quarter are over, and nothing of them is closed; the list begins with a later month.
fn the_quarter_is_over() -> Desk {
    let desk = listed_from("2027-06");
    november_is_over(&desk);
    desk.until("2027-01-12T08:00:00Z");
    nothing_is_read(&desk);
    desk
}

#[test]
fn of_a_month_and_its_quarter_that_were_prepared_at_once_one_is_closed() {
    let desk = the_quarter_is_over();
    let november = prepared(&desk, "2026-11", Some(SETTINGS));
    let quarter = prepared(&desk, "2026-q4", Some(SETTINGS));
    for (closed, kept) in [november, quarter] {
        closes_with(&desk, (closed, kept.unwrap()));
    }
    is_proved(&desk, 1);
    assert_eq!(refused(&desk, Some(SETTINGS)), ["2026-11"]);
}

#[test]
fn a_list_drafts_no_month_of_a_quarter_that_people_were_paid_by() {
    let desk = the_quarter_is_over();
    closes(&desk, "2026-q4", SETTINGS);
    let source = desk.source.replace("2027-06", "2026-12");
    let desk = restarted(desk, &source);
    desk.looks_around();
    desk.person("Дарья Громова", "darya@uni.test").got_nothing();
    is_proved(&desk, 1);
}

#[test]
fn the_same_days_are_paid_by_one_file() {
    let desk = listed_from("2027-06");
    november_is_over(&desk);
    let (closed, kept) = prepared(&desk, "2026-11", None);
    closes_with(&desk, (closed, kept.unwrap()));
    desk.until("2027-01-12T08:00:00Z");
    nothing_is_read(&desk);
    // Nobody was paid by November: the quarter may do so, and then December may not.
    assert_eq!(refused(&desk, Some(SETTINGS)), [""; 0]);
    closes(&desk, "2026-q4", SETTINGS);
    let (_, december) = prepared(&desk, "2026-12", Some(SETTINGS));
    assert!(
        matches!(&december, Err(NotKept::PaidOtherwise(others)) if others.iter().eq(["2026-q4"])),
        "{december:?}"
    );
    is_proved(&desk, 2);
    // People are paid by November, and by the list for December: the quarter is closed without a file for accountants.
    let desk = listed_from("2026-12");
    november_is_over(&desk);
    closes(&desk, "2026-11", SETTINGS);
    desk.until("2027-01-12T08:00:00Z");
    nothing_is_read(&desk);
    assert_eq!(refused(&desk, Some(SETTINGS)), ["2026-11", "it"]);
    assert_eq!(refused(&desk, None), [""; 0]);
}
