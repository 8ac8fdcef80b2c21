//! What changes in a month that people were paid by: nobody is paid twice for one request, and every indicator that has become
//! another stands in the next month's files, once.

use std::{fs, time::Duration};

use serde_json::{Value, json};

use super::{
    desk::Desk,
    figures::exports,
    letter::{Letter, Received},
    orders::restarted,
    payroll::{OTHERS, accountant, darya, file, files, is_sound, nobody_reads, says, university},
    twin,
};

const HOUR: Duration = Duration::from_secs(3600);

/// People are paid by how much they have solved, and by how much of it in time.
pub(crate) const SETTINGS: &str = "version = \"приказ 14\"\n\
    [indicator.VOLUME]\nplan = 1\nweight = 0.5\nsteps = [[100, 1]]\n\
    [indicator.SLA_ALL]\nplan = 95\nweight = 0.5\nsteps = [[100, 1], [50, 0.5]]\n";

fn desk() -> Desk {
    university("volume.toml")
}

/// On 25 November Anna solves what Olga asks, and she is paid for it: Olga's letter, the head's draft, and the file.
pub(super) fn november_is_paid(desk: &Desk) -> (Received, Received, String) {
    desk.until("2026-11-25T07:00:00Z");
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Он не печатает."));
    desk.step();
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    let card = anna.inbox().pop().unwrap();
    desk.advance(HOUR);
    anna.writes(&Letter::reply_to(&card, "Заменили картридж.\nрешено"));
    desk.step();
    let resolution = olga.inbox().pop().unwrap();
    desk.until("2026-12-01T06:00:00Z");
    nobody_reads(desk, &OTHERS);
    let (draft, pay) = is_approved(desk, "2026-12-03T06:00:00Z");
    (resolution, draft, pay)
}

/// The head approves the draft that has come, and on that day the accountants have the file.
pub(super) fn is_approved(desk: &Desk, day: &str) -> (Received, String) {
    desk.looks_around();
    let draft = darya(desk).inbox().pop().unwrap();
    darya(desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    desk.until(day);
    desk.looks_around();
    nobody_reads(desk, &OTHERS);
    nobody_reads(desk, &["darya@uni.test"]);
    (draft, file(&accountant(desk).only_mail()).0)
}

/// It comes back on 4 December, and whoever has it solves it.
pub(super) fn comes_back(desk: &Desk, resolution: &Received, solver: &str) {
    desk.until("2026-12-04T08:00:00Z");
    desk.person("Ольга", "olga@uni.test")
        .writes(&Letter::reply_to(resolution, "Опять не печатает."));
    desk.step();
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    let mut card = anna.inbox().pop().unwrap();
    let solver = desk.person(solver, &format!("{solver}@uni.test"));
    if solver.address != anna.address {
        anna.writes(&Letter::reply_to(&card, "#назначить boris"));
        desk.step();
        card = solver.inbox().pop().unwrap();
    }
    desk.advance(HOUR);
    solver.writes(&Letter::reply_to(
        &card,
        "Поставили другой принтер.\nрешено",
    ));
    desk.step();
    nobody_reads(desk, &OTHERS);
}

/// The rows of somebody, without the words that are the same in all of them.
pub(super) fn rows(pay: &str, number: &str) -> Vec<String> {
    let own = pay.lines().filter(|line| line.starts_with(number));
    own.map(|line| {
        let parts: Vec<&str> = line.split(';').collect();
        parts[3..].join(" ")
    })
    .collect()
}

/// Anna and Boris, who serve ИТ.
fn is_paid_twice_the_same(desk: &Desk, month: &str, pay: &str) {
    let staff = json!({
        "departments": {"it": "ИТ-поддержка"},
        "numbers": {"anna": "УТ-00042", "boris": "УТ-00043"},
        "serving": {"it": ["anna", "boris"]},
    });
    pays_twice_the_same(desk, month, pay, &staff);
}

/// The accountants' file of a month, computed a second time by a program of another language (tests/oracle/pay.py) from the export,
/// the settings and the staff alone: every row is the same.
#[track_caller]
pub(super) fn pays_twice_the_same(desk: &Desk, month: &str, pay: &str, staff: &Value) {
    pays_twice_by(desk, (month, SETTINGS), pay, staff);
}

/// The same by other settings.
#[track_caller]
pub(super) fn pays_twice_by(
    desk: &Desk,
    (month, settings): (&str, &str),
    pay: &str,
    staff: &Value,
) {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    exports(desk, &path("events.jsonl"));
    fs::write(path("kpi.toml"), settings).unwrap();
    fs::write(path("staff.json"), staff.to_string()).unwrap();
    let named = |name: &str| path(name).display().to_string();
    let words = [
        named("events.jsonl"),
        "Europe/Moscow".to_owned(),
        "it".to_owned(),
        month.to_owned(),
        named("kpi.toml"),
        named("staff.json"),
    ];
    let Some(again) = twin::python("pay.py", &words) else {
        return;
    };
    let mut again: Vec<String> = again.lines().map(str::to_owned).collect();
    let row = |line: &str| {
        let [number, _, department, period, indicator, value] =
            line.split(';').collect::<Vec<_>>()[..]
        else {
            panic!("{line}");
        };
        let value = value.replace(',', ".");
        let value = match value.contains('.') {
            true => value.trim_end_matches('0').trim_end_matches('.'),
            false => &value,
        };
        let period = period.replace("-M", "-");
        format!("{number};{department};{period};{indicator};{value}")
    };
    let mut paid: Vec<String> = pay.lines().skip(1).map(row).collect();
    // A row that stands there twice is paid twice.
    again.sort();
    paid.sort();
    assert_eq!(paid, again);
}

#[test]
fn what_comes_back_is_taken_off_whoever_was_paid_for_it_and_is_the_next_solvers() {
    let desk = desk();
    let (resolution, _, november) = november_is_paid(&desk);
    let paid = [
        "2026-M11 VOLUME 1",
        "2026-M11 SLA_ALL 100,00",
        "2026-M11 KOEFF 1,0",
    ];
    assert_eq!(rows(&november, "УТ-00042"), paid);
    comes_back(&desk, &resolution, "boris");
    desk.until("2027-01-12T08:00:00Z");
    nobody_reads(&desk, &OTHERS);
    let (draft, december) = is_approved(&desk, "2027-01-14T08:00:00Z");
    assert_eq!(
        rows(&december, "УТ-00042"),
        [
            "2026-M12 VOLUME 0",
            "2026-M12 SLA_ALL ",
            "2026-M12 KOEFF ",
            "2026-M11 KORR_SOLVED -1",
            "2026-M11 KORR_MET -1",
            "2026-M11 KORR_VOLUME -1",
            "2026-M11 KORR_SLA_ALL -100,00",
            "2026-M11 KORR_KOEFF -1,0",
        ]
    );
    let boris = rows(&december, "УТ-00043");
    assert_eq!(
        boris,
        [
            "2026-M12 VOLUME 1",
            "2026-M12 SLA_ALL 100,00",
            "2026-M12 KOEFF 1,0"
        ]
    );
    // The head reads which request it was, and what it has made of the scores.
    says(&draft, &["2026-11, Анна Петрова, решено: было 1, стало 0"]);
    let [kpi, score, detail] = &files(&draft)[..] else {
        panic!("{}", draft.text());
    };
    assert!(
        kpi.contains(";2026-M11;") && kpi.contains(";З-1001"),
        "{kpi}"
    );
    let row = ";2026-M11;УТ-00042;Петрова Анна Сергеевна;ИТ-поддержка;KORR_VOLUME;";
    assert!(score.contains(row), "{score}");
    assert!(detail.contains("solved -1"), "{detail}");
    is_sound(&desk, 2);
    is_paid_twice_the_same(&desk, "2026-11", &november);
    is_paid_twice_the_same(&desk, "2026-12", &december);
    // It is carried once.
    desk.until("2027-02-02T08:00:00Z");
    nobody_reads(&desk, &OTHERS);
    let (_, january) = is_approved(&desk, "2027-02-05T08:00:00Z");
    assert!(!january.contains("KORR"), "{january}");
    is_paid_twice_the_same(&desk, "2027-01", &january);
    is_sound(&desk, 3);
}

#[test]
fn whoever_solves_it_again_has_lost_it_once_and_has_it_once() {
    let desk = desk();
    let (resolution, _, _) = november_is_paid(&desk);
    comes_back(&desk, &resolution, "anna");
    desk.until("2027-01-12T08:00:00Z");
    nobody_reads(&desk, &OTHERS);
    let (_, december) = is_approved(&desk, "2027-01-14T08:00:00Z");
    let anna = rows(&december, "УТ-00042");
    for row in [
        "2026-M12 VOLUME 1",
        "2026-M11 KORR_SOLVED -1",
        "2026-M11 KORR_VOLUME -1",
    ] {
        assert!(anna.contains(&row.to_owned()), "{anna:?}");
    }
}

/// Olga is not content before anybody was paid for it: nothing was, and nothing is taken off.
#[test]
fn what_comes_back_before_its_month_is_closed_was_never_paid() {
    let desk = desk();
    desk.until("2026-11-25T07:00:00Z");
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Он не печатает."));
    desk.step();
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    let card = anna.inbox().pop().unwrap();
    anna.writes(&Letter::reply_to(&card, "Заменили картридж.\nрешено"));
    desk.step();
    let resolution = olga.inbox().pop().unwrap();
    nobody_reads(&desk, &OTHERS);
    comes_back(&desk, &resolution, "boris");
    let (_, november) = is_approved(&desk, "2026-12-07T08:00:00Z");
    assert_eq!(rows(&november, "УТ-00042")[0], "2026-M11 VOLUME 0");
    desk.until("2027-01-12T08:00:00Z");
    nobody_reads(&desk, &OTHERS);
    let (_, december) = is_approved(&desk, "2027-01-14T08:00:00Z");
    assert!(!december.contains("KORR"), "{december}");
    assert_eq!(rows(&december, "УТ-00043")[0], "2026-M12 VOLUME 1");
}

#[test]
fn a_broken_promise_that_is_excused_later_changes_what_was_paid_by() {
    let desk = desk();
    desk.until("2026-11-25T07:00:00Z");
    let olga = desk.person("Ольга", "olga@uni.test");
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    for (subject, late) in [("Принтер", false), ("Сканер", true)] {
        olga.writes(&Letter::to("it@uni.test", subject, "Он не работает."));
        desk.step();
        let card = anna.inbox().pop().unwrap();
        desk.advance(HOUR);
        if late {
            // She has it, and her time passes.
            anna.writes(&Letter::reply_to(&card, "взять"));
            desk.step();
            desk.until("2026-11-27T12:00:00Z");
        }
        anna.writes(&Letter::reply_to(&card, "Починили.\nрешено"));
        desk.step();
        nobody_reads(&desk, &OTHERS);
        nobody_reads(&desk, &["darya@uni.test"]);
    }
    desk.until("2026-12-01T06:00:00Z");
    nobody_reads(&desk, &OTHERS);
    let (draft, november) = is_approved(&desk, "2026-12-03T06:00:00Z");
    assert_eq!(
        rows(&november, "УТ-00042"),
        [
            "2026-M11 VOLUME 2",
            "2026-M11 SLA_ALL 50,00",
            "2026-M11 KOEFF 0,75"
        ]
    );
    darya(&desk).writes(&Letter::reply_to(&draft, "простить 1002 не было света"));
    desk.step();
    nobody_reads(&desk, &["darya@uni.test"]);
    desk.until("2027-01-12T08:00:00Z");
    nobody_reads(&desk, &OTHERS);
    let (_, december) = is_approved(&desk, "2027-01-14T08:00:00Z");
    let anna = rows(&december, "УТ-00042");
    assert_eq!(
        anna[3..],
        ["2026-M11 KORR_SLA_ALL 50,00", "2026-M11 KORR_KOEFF 0,25"]
    );
    is_paid_twice_the_same(&desk, "2026-12", &december);
    is_sound(&desk, 2);
}

/// Anna serves no queue, is no agent any more, and the people directory does not know her.
pub(super) fn anna_has_left(desk: Desk) -> Desk {
    let source = desk
        .source
        .replace("[\"anna\", \"boris\"]", "[\"boris\"]")
        .replace(
            "[agent.anna]\nname = \"Анна Петрова\"\naddress = \"anna@uni.test\"\n",
            "",
        );
    assert!(!source.contains("anna"), "{source}");
    // Of five people one may go; more are taken for half a file.
    let others = [
        "email;name;employee number",
        "boris@uni.test;Ким Борис Олегович;УТ-00043",
        "vera@uni.test;Орлова Вера Павловна;УТ-00044",
        "gleb@uni.test;Лосев Глеб Ильич;УТ-00045",
        "nina@uni.test;Зимина Нина Юрьевна;УТ-00046",
    ];
    let anna = "anna@uni.test;Петрова Анна Сергеевна;УТ-00042";
    desk.brings_people(&[&others[..], &[anna]].concat());
    let desk = restarted(desk, &source);
    desk.brings_people(&others);
    desk
}

#[test]
fn what_is_taken_off_somebody_who_has_left_stands_under_the_number_they_were_paid_by() {
    let desk = desk();
    let (resolution, _, _) = november_is_paid(&desk);
    comes_back(&desk, &resolution, "boris");
    let desk = anna_has_left(desk);
    desk.until("2027-01-12T08:00:00Z");
    nobody_reads(&desk, &OTHERS);
    let (_, december) = is_approved(&desk, "2027-01-14T08:00:00Z");
    let mut anna = rows(&december, "УТ-00042;Петрова Анна Сергеевна;");
    anna.retain(|row| row.contains("KORR"));
    assert_eq!(
        anna,
        [
            "2026-M11 KORR_SOLVED -1",
            "2026-M11 KORR_MET -1",
            "2026-M11 KORR_VOLUME -1",
            "2026-M11 KORR_SLA_ALL -100,00",
            "2026-M11 KORR_KOEFF -1,0",
        ],
        "{december}"
    );
    is_sound(&desk, 2);
}
