//! One person, one row: queues of a department are paid together, whatever the employee was called, and a closed month stays in the
//! rows in which it was paid.

use std::time::Duration;

use data_encoding::BASE64;
use okno::house::{payroll, periods::WrongRow};
use okno::model::payroll::PayrollDraft;
use serde_json::{Value, json};

use super::{
    adjusted::{is_approved, pays_twice_the_same, rows},
    desk::Desk,
    letter::{Letter, Received},
    orders::restarted,
    payroll::{
        OTHERS, WITH_VERA, accountant, darya, elena, file, files, is_drafted_otherwise, is_sound,
        nobody_reads, nothing_is_read, proved, says, university,
    },
};

const HOUR: Duration = Duration::from_secs(3600);

/// Anna serves ИТ and the accounting window; both are of the digital department. Boris serves ИТ alone, Vera the window.
fn digital() -> Desk {
    let desk = university("volume.toml");
    let source = desk
        .source
        .replace(
            "queues = [\"it\"]\nto =",
            "approver = \"darya\"\nqueues = [\"it\", \"buh\"]\nto =",
        )
        .replace(
            "title = \"ИТ-поддержка\"",
            "title = \"ИТ-поддержка\"\ndepartment = \"digital\"",
        )
        .replace(
            "title = \"Бухгалтерия\"",
            "title = \"Бухгалтерия\"\ndepartment = \"digital\"\ntarget = \"8 h\"",
        )
        .replace("agents = [\"vera\"]", "agents = [\"vera\", \"anna\"]");
    let department = "[department.digital]\ntitle = \"Цифровое управление\"\n";
    let desk = restarted(desk, &format!("{source}\n{department}"));
    desk.brings_people(&WITH_VERA);
    desk
}

fn staff(serving: &Value) -> Value {
    json!({
        "departments": {"it": "Цифровое управление", "buh": "Цифровое управление"},
        "numbers": {"anna": "УТ-00042", "anya": "УТ-00042", "boris": "УТ-00043", "vera": "УТ-00044"},
        "serving": serving,
    })
}

/// Olga asks that mailbox, and Anna solves it an hour later; what Olga is told.
fn anna_solves(desk: &Desk, mailbox: &str, subject: &str) -> Received {
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to(
        &format!("{mailbox}@uni.test"),
        subject,
        "Он не работает.",
    ));
    desk.step();
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    let card = anna.inbox().pop().unwrap();
    desk.advance(HOUR);
    anna.writes(&Letter::reply_to(&card, "Починили.\nрешено"));
    desk.step();
    let told = olga.inbox().pop().unwrap();
    nobody_reads(desk, &OTHERS);
    nobody_reads(desk, &["vera@uni.test"]);
    told
}

/// In November Anna solves two requests of ИТ and one of the window; what Olga was told of the last of ИТ.
fn november(desk: &Desk) -> (Received, Received, String) {
    desk.until("2026-11-25T07:00:00Z");
    anna_solves(desk, "it", "Принтер");
    let told = anna_solves(desk, "it", "Сканер");
    anna_solves(desk, "buh", "Касса");
    desk.until("2026-12-01T06:00:00Z");
    nothing_is_read(desk);
    let (draft, pay) = is_approved(desk, "2026-12-03T06:00:00Z");
    (told, draft, pay)
}

/// The rows of a file of that sort, as `number, department, figures`.
fn of_sort<'f>(file: &'f str, sort: &str) -> Vec<Vec<&'f str>> {
    let rows = file.lines().map(|line| line.split(';').collect::<Vec<_>>());
    rows.filter(|cells| cells.get(5) == Some(&sort)).collect()
}

#[test]
fn whoever_serves_two_queues_of_a_department_has_one_row_and_one_coefficient() {
    let desk = digital();
    let (_, draft, pay) = november(&desk);
    let whole = pay.lines().filter(|line| line.contains(";KOEFF;"));
    assert_eq!(whole.count(), 3, "{pay}");
    assert!(
        pay.contains("УТ-00042;Петрова Анна Сергеевна;Цифровое управление;2026-M11;VOLUME;3\r\n"),
        "{pay}"
    );
    assert_eq!(
        rows(&pay, "УТ-00042"),
        [
            "2026-M11 VOLUME 3",
            "2026-M11 SLA_ALL 100,00",
            "2026-M11 KOEFF 1,0"
        ]
    );
    // The head reads one line of her, and the sums of the department close.
    says(
        &draft,
        &["Петрова Анна Сергеевна: таб. № УТ-00042; решено 3; в срок 3 из 3"],
    );
    let kpi = files(&draft).remove(0);
    let employees = of_sort(&kpi, "сотрудник");
    assert_eq!(employees.len(), 3, "{kpi}");
    let departments = of_sort(&kpi, "отдел");
    let [department] = &departments[..] else {
        panic!("{kpi}");
    };
    assert_eq!(
        (department[8], department[11], department[12]),
        ("Цифровое управление", "3", "3")
    );
    let [check] = &of_sort(&kpi, "контроль")[..] else {
        panic!("{kpi}");
    };
    let left = check[11..].iter().filter(|cell| !["", "0"].contains(cell));
    assert_eq!(left.count(), 0, "{check:?}");
    // Boris and Vera were there, and nothing was measured of them.
    assert_eq!(
        rows(&pay, "УТ-00043"),
        ["2026-M11 VOLUME 0", "2026-M11 SLA_ALL ", "2026-M11 KOEFF "]
    );
    says(
        &draft,
        &["Ким Борис Олегович: не оценивается: в этом месяце ничего не измерено, коэффициента нет"],
    );
    let serving = json!({"it": ["anna", "boris"], "buh": ["vera", "anna"]});
    pays_twice_the_same(&desk, "2026-11", &pay, &staff(&serving));
    is_sound(&desk, 1);
}

/// Of all four requests two stand in the middle, one of each queue: 20 and 90 minutes make 55. The queues alone have 50 and 110.
#[test]
fn what_is_in_the_middle_of_two_queues_is_counted_of_both() {
    let desk = digital();
    desk.until("2026-11-25T07:00:00Z");
    let olga = desk.person("Ольга", "olga@uni.test");
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    for (mailbox, minutes) in [("it", 10), ("buh", 20), ("it", 90), ("buh", 200)] {
        let subject = format!("Вопрос {minutes}");
        olga.writes(&Letter::to(
            &format!("{mailbox}@uni.test"),
            &subject,
            "Он не работает.",
        ));
        desk.step();
        let card = anna.inbox().pop().unwrap();
        desk.advance(Duration::from_secs(60 * minutes));
        anna.writes(&Letter::reply_to(&card, "Починили.\nрешено"));
        desk.step();
        nothing_is_read(&desk);
    }
    desk.until("2026-12-01T06:00:00Z");
    nothing_is_read(&desk);
    let (draft, _) = is_approved(&desk, "2026-12-03T06:00:00Z");
    let median = |kpi: &str| -> (String, Vec<String>) {
        let head: Vec<&str> = kpi.lines().next().unwrap().split(';').collect();
        let place = head
            .iter()
            .position(|name| *name == "решение_медиана_мин")
            .unwrap();
        let anna = of_sort(kpi, "сотрудник");
        let anna = anna
            .into_iter()
            .find(|cells| cells[6] == "УТ-00042")
            .unwrap();
        let departments = of_sort(kpi, "отдел").into_iter();
        (
            anna[place].to_owned(),
            departments.map(|cells| cells[place].to_owned()).collect(),
        )
    };
    let expected = ("55".to_owned(), vec!["55".to_owned()]);
    assert_eq!(median(&files(&draft)[0]), expected);
}

/// A request comes back on 4 December.
fn comes_back(desk: &Desk, told: &Received) {
    desk.until("2026-12-04T08:00:00Z");
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::reply_to(told, "Опять не работает."));
    desk.step();
    nothing_is_read(desk);
}

#[test]
fn a_closed_month_is_scored_again_once_for_a_person() {
    let desk = digital();
    let (told, ..) = november(&desk);
    comes_back(&desk, &told);
    desk.until("2027-01-12T08:00:00Z");
    nothing_is_read(&desk);
    let (_, december) = is_approved(&desk, "2027-01-14T08:00:00Z");
    let mut anna = rows(&december, "УТ-00042");
    anna.retain(|row| row.contains("KORR"));
    // Three of three in time, then two of two: one row, and no share of its own for either queue.
    assert_eq!(
        anna,
        [
            "2026-M11 KORR_SOLVED -1",
            "2026-M11 KORR_MET -1",
            "2026-M11 KORR_VOLUME -1"
        ],
        "{december}"
    );
    let serving = json!({"it": ["anna", "boris"], "buh": ["vera", "anna"]});
    pays_twice_the_same(&desk, "2026-12", &december, &staff(&serving));
    is_sound(&desk, 2);
}

/// Anna has married and is another agent since December: one employee all the same.
fn renamed(desk: Desk) -> Desk {
    let source = desk
        .source
        .replace("[\"anna\", \"boris\"]", "[\"anya\", \"boris\"]")
        .replace("[\"vera\", \"anna\"]", "[\"vera\", \"anya\"]")
        .replace(
            "[agent.anna]\nname = \"Анна Петрова\"",
            "[agent.anya]\nname = \"Анна Белова\"",
        );
    assert!(!source.contains("\"anna\""), "{source}");
    restarted(desk, &source)
}

#[test]
fn whoever_is_renamed_has_one_row_of_both_names() {
    let desk = digital();
    let (told, ..) = november(&desk);
    desk.until("2026-12-04T08:00:00Z");
    anna_solves(&desk, "it", "Проектор");
    let desk = renamed(desk);
    anna_solves(&desk, "buh", "Отчёт");
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::reply_to(&told, "Опять не работает."));
    desk.step();
    desk.until("2027-01-12T08:00:00Z");
    nothing_is_read(&desk);
    let (draft, december) = is_approved(&desk, "2027-01-14T08:00:00Z");
    assert_eq!(
        rows(&december, "УТ-00042")[..1],
        ["2026-M12 VOLUME 2"],
        "{december}"
    );
    let lines = december
        .lines()
        .filter(|line| line.starts_with("УТ-00042") && line.contains(";KOEFF;"));
    assert_eq!(lines.count(), 1, "{december}");
    assert!(
        december.contains(
            "УТ-00042;Петрова Анна Сергеевна;Цифровое управление;2026-M11;KORR_VOLUME;-1\r\n"
        ),
        "{december}"
    );
    says(
        &draft,
        &["Петрова Анна Сергеевна: таб. № УТ-00042; решено 2"],
    );
    let serving = json!({"it": ["anna", "anya", "boris"], "buh": ["vera", "anna", "anya"]});
    pays_twice_the_same(&desk, "2026-12", &december, &staff(&serving));
    is_sound(&desk, 2);
}

/// November was paid queue by queue; the department is made in December.
#[test]
fn a_month_that_was_paid_queue_by_queue_is_adjusted_so() {
    let desk = digital();
    let source = desk.source.replace("department = \"digital\"\n", "");
    let before = desk.source.clone();
    let desk = restarted(desk, &source);
    let (told, _, pay) = november(&desk);
    assert_eq!(
        rows(&pay, "УТ-00042"),
        [
            "2026-M11 VOLUME 2",
            "2026-M11 SLA_ALL 100,00",
            "2026-M11 KOEFF 1,0",
            "2026-M11 VOLUME 1",
            "2026-M11 SLA_ALL 100,00",
            "2026-M11 KOEFF 1,0",
        ]
    );
    let desk = restarted(desk, &before);
    comes_back(&desk, &told);
    desk.until("2027-01-12T08:00:00Z");
    nothing_is_read(&desk);
    let (_, december) = is_approved(&desk, "2027-01-14T08:00:00Z");
    let mut anna = rows(&december, "УТ-00042");
    anna.retain(|row| row.contains("KORR_VOLUME") || row.contains("KOEFF"));
    assert_eq!(
        anna,
        ["2026-M12 KOEFF 0,0", "2026-M11 KORR_VOLUME -1"],
        "{december}"
    );
    is_sound(&desk, 2);
}

/// The month is closed as a program of another time has drafted it, and the accountants have its file.
fn november_of_another_program(desk: &Desk, change: impl Fn(&mut PayrollDraft)) -> Received {
    desk.until("2026-11-25T07:00:00Z");
    let told = anna_solves(desk, "it", "Принтер");
    desk.until("2026-12-01T06:00:00Z");
    nothing_is_read(desk);
    desk.looks_around();
    let draft = darya(desk).inbox().pop().unwrap();
    is_drafted_otherwise(desk, change);
    darya(desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    says(&darya(desk).only_mail(), &["закрыты: версия 1"]);
    desk.until("2026-12-03T06:00:00Z");
    desk.looks_around();
    nobody_reads(desk, &["payroll@uni.test", "elena@uni.test"]);
    nothing_is_read(desk);
    told
}

/// What the head and the accountants are told of December.
fn december(desk: &Desk) -> (Received, Received, String) {
    desk.until("2027-01-12T08:00:00Z");
    nothing_is_read(desk);
    desk.looks_around();
    let draft = darya(desk).inbox().pop().unwrap();
    darya(desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    desk.until("2027-01-14T08:00:00Z");
    desk.looks_around();
    nothing_is_read(desk);
    let sent = accountant(desk).only_mail();
    let pay = file(&sent).0;
    (draft, sent, pay)
}

#[test]
fn a_month_that_was_counted_by_earlier_definitions_is_not_scored_again_and_letters_say_so() {
    let desk = university("volume.toml");
    let told = november_of_another_program(&desk, |draft| draft.definitions = 2);
    comes_back(&desk, &told);
    let (draft, sent, pay) = december(&desk);
    let words = [
        "Месяц ноябрь 2026 закрыт по прежним правилам счёта, и с нынешними числами его сравнивать нельзя",
        "надо ли что-то доплатить или удержать за тот месяц, решают вручную",
        "2026-11, Анна Петрова, решено: было 1, стало 0",
    ];
    says(&draft, &words);
    says(&sent, &words);
    assert!(
        !draft.text().contains("каким был коэффициент того месяца"),
        "{}",
        draft.text()
    );
    let mut anna = rows(&pay, "УТ-00042");
    anna.retain(|row| row.contains("KORR"));
    assert_eq!(
        anna,
        ["2026-M11 KORR_SOLVED -1", "2026-M11 KORR_MET -1"],
        "{pay}"
    );
    let proof = proved(&desk);
    assert_eq!((proof.faults.len(), proof.rows.len()), (0, 0), "{proof:?}");
    assert_eq!(proof.not_counted, ["it 2026-11"]);
}

#[test]
fn an_adjustment_stands_under_todays_number_and_letters_name_the_one_before() {
    let desk = university("volume.toml");
    // Of five people one may be another; more are taken for half a file.
    let staff = |anna: &str| {
        let anna = format!("anna@uni.test;Петрова Анна Сергеевна;{anna}");
        desk.brings_people(&[
            "email;name;employee number",
            "boris@uni.test;Ким Борис Олегович;УТ-00043",
            "vera@uni.test;Орлова Вера Павловна;УТ-00044",
            "gleb@uni.test;Лосев Глеб Ильич;УТ-00045",
            "nina@uni.test;Зимина Нина Юрьевна;УТ-00046",
            &anna,
        ]);
    };
    staff("УТ-00042");
    let told = november_of_another_program(&desk, |_| ());
    staff("УТ-00456");
    comes_back(&desk, &told);
    let (draft, sent, pay) = december(&desk);
    let words = "Петрова Анна Сергеевна: за ноябрь 2026 платили по табельному номеру УТ-00042, теперь номер УТ-00456; \
                 корректировки того месяца стоят под номером УТ-00456";
    says(&draft, &[words]);
    says(&sent, &[words]);
    assert_eq!(rows(&pay, "УТ-00042"), [""; 0]);
    assert!(
        rows(&pay, "УТ-00456").contains(&"2026-M11 KORR_KOEFF -1,0".to_owned()),
        "{pay}"
    );
    is_sound(&desk, 2);
}

fn packed(words: &str) -> String {
    BASE64.encode(&zstd::encode_all(words.as_bytes(), 0).unwrap())
}

/// By the first rules Boris, who was on leave, had a coefficient of nought; what was closed so is proved so.
#[test]
fn a_month_whose_rows_follow_the_first_rules_is_proved_by_them() {
    let by_rules = |rules: u32, coefficient: &str| {
        let desk = university("volume.toml");
        november_of_another_program(&desk, |draft| {
            draft.rules = rules;
            // As if there had been no file.
            draft.pay = None;
            let text = payroll::unpack(&draft.rows).unwrap();
            let none = "it/boris;2026-M11;KOEFF;";
            assert!(
                text.contains(&format!("{none}\r\n")) || text.contains(&format!("{none}\n")),
                "{text}"
            );
            let text = text.replace(none, &format!("{none}{coefficient}"));
            draft.rows = packed(&text);
        });
        proved(&desk).rows
    };
    assert_eq!(by_rules(1, "0.0000"), []);
    assert_eq!(by_rules(2, ""), []);
    let wrong = by_rules(2, "0.0000");
    let [row] = &wrong[..] else {
        panic!("{wrong:?}");
    };
    assert_eq!(
        (row.whose.as_str(), row.told.as_str(), row.derived.as_str()),
        ("it/boris", "0.0000", "")
    );
    assert_eq!(by_rules(1, "").len(), 1);
}

/// Somebody stands in two rows, as nobody who counts right would write them.
#[test]
fn whoever_stands_in_two_rows_is_found() {
    let desk = university("volume.toml");
    november_of_another_program(&desk, |draft| {
        draft.pay = None;
        let text = payroll::unpack(&draft.rows).unwrap();
        draft.rows = packed(&text.replace("it/boris;", "it/anna+it/boris;"));
    });
    let proof = proved(&desk);
    let told = |one: &WrongRow| (one.whose.clone(), one.indicator.clone(), one.told.clone());
    let all: Vec<_> = proof.rows.iter().map(told).collect();
    let twice = (
        "it/anna+it/boris".to_owned(),
        String::new(),
        "it/anna".to_owned(),
    );
    assert!(all.contains(&twice), "{all:?}");
}

/// ИТ and the window were one row in November; in December the window goes to another list. One request of each comes back.
#[test]
fn what_was_paid_in_one_row_is_adjusted_once_although_its_queues_are_of_two_lists() {
    let desk = digital();
    desk.until("2026-11-25T07:00:00Z");
    let printer = anna_solves(&desk, "it", "Принтер");
    let till = anna_solves(&desk, "buh", "Касса");
    desk.until("2026-12-01T06:00:00Z");
    nothing_is_read(&desk);
    is_approved(&desk, "2026-12-03T06:00:00Z");
    let source = desk.source.replace("[\"it\", \"buh\"]", "[\"it\"]");
    let source = source.replacen(
        "title = \"Бухгалтерия\"\ndepartment = \"digital\"",
        "title = \"Бухгалтерия\"",
        1,
    );
    let list = "[payroll.others]\ntitle = \"Касса\"\nqueues = [\"buh\"]\nto = [\"payroll@uni.test\"]\nscores = \"volume.toml\"\n\
                first = \"2026-12\"\nworking_day = 3\napprover = \"darya\"\nformat = \"csv-utf8\"\n";
    let desk = restarted(desk, &format!("{source}\n{list}"));
    comes_back(&desk, &printer);
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::reply_to(&till, "Опять не работает."));
    desk.step();
    desk.until("2027-01-12T08:00:00Z");
    nothing_is_read(&desk);
    // What one list has closed makes the other's draft another one.
    for _ in 0..3 {
        desk.looks_around();
        for draft in darya(&desk).inbox() {
            if draft.subject().starts_with("Утвердите") {
                darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
                desk.step();
            }
        }
        nothing_is_read(&desk);
    }
    desk.until("2027-01-14T08:00:00Z");
    desk.looks_around();
    nothing_is_read(&desk);
    let sent = accountant(&desk).inbox();
    let mut all: Vec<String> = sent
        .iter()
        .flat_map(|mail| rows(&file(mail).0, "УТ-00042"))
        .collect();
    all.retain(|row| row.contains("KORR_KOEFF") || row.contains("KORR_VOLUME"));
    all.sort();
    assert_eq!(
        all,
        [
            "2026-M11 KORR_KOEFF -1,0",
            "2026-M11 KORR_VOLUME -1",
            "2026-M11 KORR_VOLUME -1"
        ]
    );
    is_sound(&desk, 3);
}

/// The rows of closed months in a head's or accountants' file: number, department, and what stands there.
fn adjusted_in(file: &str, cells: [usize; 3]) -> Vec<String> {
    let rows = file.lines().map(|line| line.split(';').collect::<Vec<_>>());
    let closed = rows.filter(|row| row.contains(&"2026-M11"));
    let told = closed.map(|row| cells.map(|cell| row[cell]).join(" "));
    told.collect()
}

/// The department is parted after December is approved, and before its file goes.
#[test]
fn files_of_what_was_approved_stand_in_the_departments_of_then() {
    let desk = digital();
    let (_, draft, _) = november(&desk);
    // Vera helps out in ИТ since December, and one of Anna's requests of November was hers.
    let source = desk.source.replace(
        "agents = [\"anna\", \"boris\"]",
        "agents = [\"anna\", \"boris\", \"vera\"]",
    );
    let desk = restarted(desk, &source);
    darya(&desk).writes(&Letter::reply_to(&draft, "за 1002 vera она и решила"));
    desk.step();
    desk.until("2027-01-12T08:00:00Z");
    nothing_is_read(&desk);
    desk.looks_around();
    let december = darya(&desk).inbox().pop().unwrap();
    darya(&desk).writes(&Letter::reply_to(&december, "утвердить"));
    desk.step();
    nothing_is_read(&desk);
    let source = desk
        .source
        .replace("department = \"digital\"\n", "")
        .replace(
            "[department.digital]\ntitle = \"Цифровое управление\"\n",
            "",
        );
    assert!(!source.contains("digital"), "{source}");
    let desk = restarted(desk, &source);
    desk.until("2027-01-14T08:00:00Z");
    desk.looks_around();
    let (pay, _) = file(&accountant(&desk).only_mail());
    let vera: Vec<String> = adjusted_in(&pay, [0, 2, 4]);
    let vera: Vec<&String> = vera
        .iter()
        .filter(|row| row.starts_with("УТ-00044"))
        .collect();
    assert_eq!(
        vera,
        [
            "УТ-00044 Цифровое управление KORR_SOLVED",
            "УТ-00044 Цифровое управление KORR_MET",
            "УТ-00044 Цифровое управление KORR_VOLUME",
            "УТ-00044 Цифровое управление KORR_SLA_ALL",
            "УТ-00044 Цифровое управление KORR_KOEFF"
        ]
    );
    // What the head keeps is what was approved: the same rows of the same department.
    let sent = darya(&desk).only_mail();
    let (approved, kept) = (files(&december), files(&sent));
    assert_eq!(approved.len(), kept.len());
    for (approved, kept) in approved.iter().zip(&kept) {
        assert_eq!(approved, kept);
    }
    assert!(
        kept.iter()
            .all(|file| !file.contains("ИТ-поддержка;2026-M11"))
    );
    is_sound(&desk, 2);
    nothing_is_read(&desk);
}

/// Darya decides for ИТ, Elena for the window; Anna serves both and is paid by one row, which both of them approve.
fn digital_of_two_heads() -> Desk {
    let desk = digital();
    let source = desk
        .source
        .replace("approver = \"darya\"\n", "")
        .replace("deputy = \"elena\"\n", "")
        .replace("prefix = \"BUH\"", "prefix = \"BUH\"\nhead = \"elena\"");
    restarted(desk, &source)
}

#[test]
fn another_heads_correction_of_a_row_that_both_approve_is_told_as_that() {
    let desk = digital_of_two_heads();
    desk.until("2026-11-25T07:00:00Z");
    anna_solves(&desk, "it", "Принтер");
    anna_solves(&desk, "buh", "Касса");
    desk.until("2026-12-01T06:00:00Z");
    nothing_is_read(&desk);
    desk.looks_around();
    let of_darya = darya(&desk).only_mail();
    let of_elena = elena(&desk).only_mail();
    darya(&desk).writes(&Letter::reply_to(&of_darya, "утвердить"));
    desk.step();
    says(
        &darya(&desk).only_mail(),
        &["Ваша часть показателей за ноябрь 2026 утверждена"],
    );
    elena(&desk).writes(&Letter::reply_to(
        &of_elena,
        "исключить 1002 учебная тревога",
    ));
    desk.step();
    nobody_reads(&desk, &["elena@uni.test"]);
    desk.looks_around();
    let again = darya(&desk).only_mail();
    says(
        &again,
        &[
            "Это черновик 2",
            "В очередях другого руководителя исправлены или дополнены показатели сотрудника, который работает и у вас",
            "Петрова Анна Сергеевна, решено (VOLUME): было 2, стало 1",
            "Прежнее утверждение больше не действует",
        ],
    );
    assert!(
        !again.text().contains("сведения о сотрудниках"),
        "{}",
        again.text()
    );
    // Her own letter says what she has done herself.
    let own = elena(&desk).only_mail();
    assert!(
        !own.text().contains("другого руководителя"),
        "{}",
        own.text()
    );
    for (head, draft) in [(darya(&desk), &again), (elena(&desk), &own)] {
        head.writes(&Letter::reply_to(draft, "утвердить"));
        desk.step();
    }
    desk.until("2026-12-03T06:00:00Z");
    nothing_is_read(&desk);
    nobody_reads(&desk, &["elena@uni.test"]);
    desk.looks_around();
    let sent = file(&accountant(&desk).only_mail()).0;
    assert_eq!(rows(&sent, "УТ-00042")[0], "2026-M11 VOLUME 1");
    is_sound(&desk, 1);
    nothing_is_read(&desk);
}
