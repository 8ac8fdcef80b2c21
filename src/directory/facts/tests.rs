use super::*;
use crate::model::scoring::Better;

fn indicator(code: &str, measure: Measure) -> Indicator {
    Indicator {
        code: code.to_owned(),
        figure: format!("x:{code}"),
        names: None,
        measure,
        better: Better::More,
        plan: Decimal::whole(95),
        weight: Decimal::whole(1),
        enough: 1,
        steps: Vec::new(),
    }
}

fn read(file: &str) -> Result<Vec<OutsideFact>, Vec<FactFault>> {
    let staff = BTreeMap::from([
        (
            "000123".to_owned(),
            vec![("anna".into(), vec!["it".into()])],
        ),
        (
            "7".to_owned(),
            vec![("boris".into(), vec!["it".into(), "hr".into()])],
        ),
        // One person with two positions, and two who are one by mistake.
        (
            "8".to_owned(),
            vec![
                ("vera".into(), vec!["it".into()]),
                ("vera-hr".into(), vec!["hr".into()]),
            ],
        ),
        (
            "9".to_owned(),
            vec![
                ("kim".into(), vec!["it".into()]),
                ("lev".into(), vec!["it".into()]),
            ],
        ),
    ]);
    let indicators = [
        indicator("PAYMENTS", Measure::Percent),
        indicator("UPSELLS", Measure::Count),
    ];
    let ground = Ground {
        period: "2026-10",
        indicators: &indicators,
        staff: &staff,
    };
    read_facts(file.as_bytes(), &ground)
}

const HEAD: &str = "табельный_номер;показатель;период;значение;числитель;знаменатель;очередь\r\n";

#[test]
fn shares_and_counts_are_read_exactly() {
    let file = format!(
        "{HEAD}000123;PAYMENTS;2026-10;95,2;20;21;\r\n000123;UPSELLS;2026-M10;1 005;;;\r\n7;PAYMENTS;2026-10;100;3;3;hr\r\n"
    );
    let told: Vec<String> = read(&file)
        .unwrap()
        .into_iter()
        .map(|one| {
            format!(
                "{} {} {} {} {:?}",
                one.queue, one.agent, one.figure, one.numerator, one.denominator
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "it anna x:PAYMENTS 20 Some(21)",
            "it anna x:UPSELLS 1005 None",
            "hr boris x:PAYMENTS 3 Some(3)",
        ]
    );
    let english = "employee_number,indicator,period,value\n000123,UPSELLS,2026-10,5\n";
    assert_eq!(read(english).unwrap().len(), 1);
}

/// One row is wrong: line, column and what.
#[track_caller]
fn check(row: &str, column: &str, what: Wrong) {
    let file = format!("{HEAD}000123;UPSELLS;2026-10;5;;;\r\n{row}\r\n");
    let faults = read(&file).unwrap_err();
    let expected = FactFault {
        line: 3,
        column: column.to_owned(),
        what,
    };
    assert_eq!(faults, [expected]);
}

#[test]
fn what_is_wrong_is_told_with_line_and_column() {
    let text = str::to_owned;
    check(
        "5;UPSELLS;2026-10;5;;;",
        "табельный_номер",
        Wrong::UnknownNumber(text("5")),
    );
    check(
        "7;UPSELLS;2026-10;5;;;",
        "очередь",
        Wrong::WhichQueue(vec!["hr".into(), "it".into()]),
    );
    check(
        "000123;PAYMENTS;2026-10;50;1;2;hr",
        "очередь",
        Wrong::NotOfQueue(text("hr")),
    );
    let known = vec![text("PAYMENTS"), text("UPSELLS")];
    check(
        "000123;SLA_STD;2026-10;5;;;",
        "показатель",
        Wrong::UnknownIndicator(text("SLA_STD"), known),
    );
    check(
        "000123;PAYMENTS;2026-09;50;1;2;",
        "период",
        Wrong::OtherPeriod(text("2026-09")),
    );
    check(
        "7;UPSELLS;2026-10;пять;;;it",
        "значение",
        Wrong::NotANumber(text("пять")),
    );
    check(
        "7;UPSELLS;2026-10;-5;;;it",
        "значение",
        Wrong::NotANumber(text("-5")),
    );
    check(
        "000123;PAYMENTS;2026-10;95;;;",
        "значение",
        Wrong::NeedsParts,
    );
    check(
        "000123;PAYMENTS;2026-10;95;18;20;",
        "значение",
        Wrong::OtherValue(text("90")),
    );
    check("7;UPSELLS;2026-10;5;1;2;it", "числитель", Wrong::IsCount);
    check("000123;UPSELLS;2026-10;6;;;", "", Wrong::Twice(2));
    check("000123;UPSELLS;2026-10;6", "", Wrong::Ragged);
}

#[test]
fn a_file_without_rows_or_columns_is_refused_whole() {
    let wrong = |file: &str| -> Vec<Wrong> {
        let faults = read(file).unwrap_err().into_iter();
        faults.map(|fault| fault.what).collect()
    };
    assert_eq!(wrong(""), [Wrong::Nothing]);
    assert_eq!(wrong(HEAD), [Wrong::Nothing]);
    assert_eq!(
        wrong("табельный_номер;показатель;период\n1;A;2026-10\n"),
        [Wrong::NoColumn("значение", "value")]
    );
}

#[test]
fn one_person_with_two_positions_has_figures_in_both() {
    let file = format!("{HEAD}8;UPSELLS;2026-10;3;;;it\r\n8;UPSELLS;2026-10;4;;;hr\r\n");
    let told = read(&file).unwrap().into_iter();
    let told: Vec<String> = told
        .map(|one| format!("{} {} {}", one.queue, one.agent, one.numerator))
        .collect();
    assert_eq!(told, ["it vera 3", "hr vera-hr 4"]);
    let faults = |rows: &str| {
        let faults = read(&format!("{HEAD}{rows}")).unwrap_err();
        faults
            .into_iter()
            .map(|fault| fault.what)
            .collect::<Vec<_>>()
    };
    let both = vec!["hr".into(), "it".into()];
    assert_eq!(
        faults("8;UPSELLS;2026-10;3;;;\r\n"),
        [Wrong::WhichQueue(both)]
    );
    let agents = vec!["kim".into(), "lev".into()];
    assert_eq!(
        faults("9;UPSELLS;2026-10;3;;;it\r\n"),
        [Wrong::WhichAgent(agents)]
    );
}

#[test]
fn a_file_of_nothing_but_mistakes_is_told_in_part() {
    let rows = "x\r\n".repeat(5000);
    let faults = read(&format!("{HEAD}{rows}")).unwrap_err();
    assert_eq!(faults.len(), TOLD_MAX + 1);
    assert_eq!(
        faults.last().map(|fault| &fault.what),
        Some(&Wrong::More(4900))
    );
    let large = "x".repeat(BYTES_MAX + 1);
    let faults = read(&large).unwrap_err();
    assert_eq!(faults[0].what, Wrong::TooLarge(BYTES_MAX));
}

#[test]
fn a_column_that_stands_there_twice_is_asked_about() {
    let head = "табельный_номер;показатель;период;значение;числитель;знаменатель;Value\r\n";
    let faults = read(&format!("{head}000123;PAYMENTS;2026-10;50;1;2;100\r\n")).unwrap_err();
    assert_eq!(faults[0].what, Wrong::ColumnTwice("значение", "value"));
}
