//! What a head approves is all that people are paid by: figures, settings of scores, rows. What of it is another comes as a new
//! draft, and what was frozen is proved row by row.

use data_encoding::BASE64;
use okno::{
    desk::cause::Operation,
    house::periods::{Proof, Wrong, WrongRow},
    model::{
        outside::{OutsideFact, OutsideFacts},
        payroll::PayrollDraft,
    },
    store::work,
};

use super::{
    desk::Desk,
    letter::{Letter, Received},
    orders::restarted,
    payroll::{
        OTHERS, WITH_VERA, a_draft_comes, a_month_of_work, accountant, darya, elena, file,
        is_sound, nobody_reads, proved_after, says, university,
    },
};

fn with_settings(desk: Desk, file: &str) -> Desk {
    let source = desk.source.replace("\"kpi.toml\"", &format!("\"{file}\""));
    restarted(desk, &source)
}

/// The coefficient of whoever has that number, as the accountants' file says it.
fn coefficient(file: &str, number: &str) -> String {
    let row = file
        .lines()
        .find(|line| line.starts_with(number) && line.contains(";KOEFF;"));
    let (_, value) = row.unwrap().rsplit_once(';').unwrap();
    value.to_owned()
}

/// The paper is another before the head has approved: what she has read is not what people would be paid by.
#[test]
fn other_weights_after_the_draft_come_as_a_new_draft_that_says_so() {
    let desk = university("kpi.toml");
    let first = a_draft_comes(&desk);
    says(
        &first,
        &["Настройки оценок: «Положение о премировании, приказ № 12 от 01.10.2026», SHA-256 "],
    );
    let desk = with_settings(desk, "kpi-13.toml");
    desk.looks_around();
    desk.looks_around();
    let again = darya(&desk).only_mail();
    says(
        &again,
        &[
            "Это черновик 2",
            "Показатели самого месяца в нём те же",
            "были «Положение о премировании, приказ № 12 от 01.10.2026» (SHA-256 ",
            "стали «Положение о премировании, приказ № 13 от 30.11.2026» (SHA-256 ",
            "Прежнее утверждение больше не действует",
        ],
    );
    darya(&desk).writes(&Letter::reply_to(&first, "утвердить"));
    desk.step();
    says(&darya(&desk).only_mail(), &["есть более новый черновик"]);
    darya(&desk).writes(&Letter::reply_to(&again, "утвердить"));
    desk.step();
    says(&darya(&desk).only_mail(), &["закрыты: версия 1"]);
    // Later settings are for later months.
    let source = desk.source.replace("kpi-13.toml", "kpi.toml");
    let desk = restarted(desk, &source);
    desk.until("2026-12-03T06:00:00Z");
    nobody_reads(&desk, &OTHERS);
    desk.looks_around();
    says(
        &accountant(&desk).only_mail(),
        &[
            "по документу «Положение о премировании, приказ № 13 от 30.11.2026»",
            "Коэффициенты (KOEFF)",
        ],
    );
    is_sound(&desk, 1);
    nobody_reads(&desk, &["darya@uni.test"]);
    nobody_reads(&desk, &OTHERS);
}

/// Elena has approved accounting's part, Darya not yet hers.
#[test]
fn an_approval_does_not_outlive_the_settings_it_was_given_for() {
    let mut desk = university("kpi.toml");
    let source = desk
        .source
        .replace(
            "queues = [\"it\"]\nto =",
            "queues = [\"it\", \"buh\"]\nto =",
        )
        .replace("prefix = \"BUH\"", "prefix = \"BUH\"\nhead = \"elena\"")
        .replace("deputy = \"elena\"\n", "");
    desk = restarted(desk, &source);
    desk.brings_people(&WITH_VERA);
    a_month_of_work(&desk);
    desk.until("2026-12-01T06:00:00Z");
    nobody_reads(&desk, &OTHERS);
    desk.looks_around();
    let of_darya = darya(&desk).only_mail();
    let of_elena = elena(&desk).only_mail();
    says(&of_elena, &["Орлова Вера Павловна"]);
    elena(&desk).writes(&Letter::reply_to(&of_elena, "утвердить"));
    desk.step();
    says(
        &elena(&desk).only_mail(),
        &["Ваша часть показателей за ноябрь 2026 утверждена"],
    );
    let desk = with_settings(desk, "kpi-13.toml");
    desk.looks_around();
    nobody_reads(&desk, &["elena@uni.test"]);
    let again = darya(&desk).only_mail();
    darya(&desk).writes(&Letter::reply_to(&of_darya, "утвердить"));
    darya(&desk).writes(&Letter::reply_to(&again, "утвердить"));
    desk.step();
    let answers = darya(&desk).inbox();
    says(&answers[0], &["есть более новый черновик"]);
    says(
        &answers[1],
        &["Ваша часть", "Ещё не утвердили: Елена Ветрова"],
    );
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["vera@uni.test"]);
}

/// The staff office corrects a name: it stands in the file, so the head sees it before.
#[test]
fn another_name_of_an_employee_comes_as_a_new_draft() {
    let desk = university("kpi.toml");
    let first = a_draft_comes(&desk);
    desk.brings_people(&[
        "email;name;employee number",
        "anna@uni.test;Белова Анна Сергеевна;УТ-00042",
        "boris@uni.test;Ким Борис Олегович;УТ-00043",
    ]);
    desk.looks_around();
    desk.looks_around();
    let again = darya(&desk).only_mail();
    says(
        &again,
        &[
            "Это черновик 2",
            "изменились сведения о сотрудниках",
            "Белова Анна",
        ],
    );
    darya(&desk).writes(&Letter::reply_to(&first, "утвердить"));
    desk.step();
    says(&darya(&desk).only_mail(), &["есть более новый черновик"]);
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["root@uni.test"]);
}

fn packed(words: &str) -> String {
    BASE64.encode(&zstd::encode_all(words.as_bytes(), 0).unwrap())
}

fn unpacked(words: &str) -> String {
    okno::house::payroll::unpack(words).unwrap()
}

#[test]
fn a_row_that_does_not_follow_from_what_was_closed_is_named() {
    assert_eq!(
        proved_after(|_| ()),
        Proof {
            periods: 1,
            ..Proof::default()
        }
    );
    let rows = proved_after(|draft| {
        let rows = unpacked(&draft.rows);
        assert!(rows.contains("it/boris;2026-M11;KOEFF;1.0"), "{rows}");
        draft.rows =
            packed(&rows.replace("it/boris;2026-M11;KOEFF;1.0", "it/boris;2026-M11;KOEFF;1.2"));
    });
    assert_eq!(rows.faults, []);
    let [wrong] = &rows.rows[..] else {
        panic!("{:?}", rows.rows);
    };
    assert_eq!(
        (
            wrong.month.as_str(),
            wrong.whose.as_str(),
            wrong.indicator.as_str()
        ),
        ("it 2026-11", "it/boris", "KOEFF")
    );
    // A paper that nobody has signed comes to other coefficients than the file says.
    let other = proved_after(|draft| {
        let settings = draft.settings.as_mut().unwrap();
        let text = unpacked(&settings.text).replace(
            "[{\"from\":\"100\",\"points\":\"1\"}",
            "[{\"from\":\"100\",\"points\":\"0.5\"}",
        );
        settings.sha256 = super::payroll::sum_of(&text);
        settings.text = packed(&text);
    });
    let named = |one: &WrongRow| one.indicator == "KOEFF" && one.told != one.derived;
    assert!(
        !other.rows.is_empty() && other.rows.iter().all(named),
        "{:?}",
        other.rows
    );
    let damaged = proved_after(|draft| {
        draft.settings.as_mut().unwrap().text = packed("{}");
    });
    assert_eq!(damaged.faults, [("it 2026-11".to_owned(), Wrong::Settings)]);
    // What cannot be read is named as that, and nobody's settings.
    for damage in [
        |draft: &mut PayrollDraft| draft.rows = packed("whose;period;indicator;value\nit/boris\n"),
        |draft: &mut PayrollDraft| draft.figures = "not packed".to_owned(),
    ] {
        let damaged = proved_after(damage);
        assert_eq!(damaged.faults, [("it 2026-11".to_owned(), Wrong::Rows)]);
        assert_eq!(damaged.rows, []);
    }
    // Before settings were kept nothing could be derived; that is said, and is no fault.
    let earlier = proved_after(|draft| {
        draft.settings = None;
        draft.rows = String::new();
    });
    assert_eq!((earlier.faults.len(), earlier.rows.len()), (0, 0));
    assert_eq!(earlier.not_scored, ["it 2026-11"]);
}

/// A head has brought payments in time from another system.
fn payments(desk: &Desk, boris: (i64, i64)) {
    payments_of(desk, "boris", boris);
}

fn payments_of(desk: &Desk, agent: &str, (in_time, all): (i64, i64)) {
    let now = desk.clock.now();
    let fact = OutsideFact {
        queue: "it".into(),
        agent: agent.into(),
        figure: "x:PAYMENTS".to_owned(),
        numerator: in_time,
        denominator: Some(all),
        is_withdrawn: false,
        person: None,
    };
    let operation = Operation::ImportFacts {
        words: "root: ведомость".to_owned(),
        facts: Box::new(OutsideFacts {
            period: "2026-11".to_owned(),
            sha256: String::new(),
            facts: vec![fact],
        }),
    };
    desk.with_house(async |house| work::order(&house.db, operation, now).await.unwrap());
    desk.step();
}

#[test]
fn facts_from_outside_that_come_late_come_as_a_new_draft_and_later_still_as_an_adjustment() {
    let desk = with_settings(university("kpi.toml"), "kpi-payments.toml");
    let first: Received = a_draft_comes(&desk);
    // Nobody has brought it: that is said to whoever approves, while there is time.
    says(
        &first,
        &[
            "Нет данных о «Платежи в срок» за ноябрь 2026: вес 20 % распределён между остальными",
            "Эти данные приносит файл: передайте его администратору до утверждения",
        ],
    );
    payments(&desk, (19, 20));
    desk.looks_around();
    desk.looks_around();
    let again = darya(&desk).only_mail();
    says(
        &again,
        &[
            "Это черновик 2, он заменяет прежний",
            "Борис Ким",
            "было нет данных, стало 19/20",
        ],
    );
    darya(&desk).writes(&Letter::reply_to(&first, "утвердить"));
    darya(&desk).writes(&Letter::reply_to(&again, "утвердить"));
    desk.step();
    let answers = darya(&desk).inbox();
    says(&answers[0], &["есть более новый черновик"]);
    says(&answers[1], &["закрыты: версия 1"]);
    desk.until("2026-12-03T06:00:00Z");
    nobody_reads(&desk, &OTHERS);
    desk.looks_around();
    let letter = accountant(&desk).only_mail();
    says(
        &letter,
        &[
            "Данных нет ни у кого: SLA_EXTR, ",
            "Вес показателя без данных распределён между остальными; руководители, утверждая, это видели",
        ],
    );
    let sent = file(&letter).0;
    assert!(sent.contains("2026-M11;PAYMENTS;95,00\r\n"), "{sent}");
    assert_eq!(coefficient(&sent, "УТ-00043"), "1,0000");
    // Too late: November stays, December says the difference.
    payments(&desk, (10, 20));
    desk.looks_around();
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["darya@uni.test"]);
    desk.until("2027-01-11T08:00:00Z");
    nobody_reads(&desk, &OTHERS);
    desk.looks_around();
    let december = darya(&desk).inbox();
    let december = december
        .iter()
        .find(|mail| mail.subject().contains("декабрь 2026"));
    says(
        december.unwrap(),
        &[
            "Корректировки закрытых месяцев",
            "2026-11, Борис Ким",
            "было 19/20, стало 10/20",
        ],
    );
    is_sound(&desk, 1);
    nobody_reads(&desk, &OTHERS);
}

/// Kim has solved nothing.
fn with_kim() -> Desk {
    let desk = with_settings(university("kpi.toml"), "kpi-payments.toml");
    let source = desk
        .source
        .replace("[\"anna\", \"boris\"]", "[\"anna\", \"boris\", \"kim\"]");
    let kim = "[agent.kim]\nname = \"Ким Ли\"\naddress = \"kim@uni.test\"\n";
    let desk = restarted(desk, &format!("{source}\n{kim}"));
    desk.brings_people(&[
        "email;name;employee number",
        "anna@uni.test;Петрова Анна Сергеевна;УТ-00042",
        "boris@uni.test;Ким Борис Олегович;УТ-00043",
        "kim@uni.test;Ли Ким Сергеевич;УТ-00099",
    ]);
    desk
}

/// Nobody has brought Kim's payments either: nothing is measured. Twenty were late, says a file then.
#[test]
fn what_nobody_had_brought_is_told_where_it_comes_to_nought() {
    let desk = with_kim();
    a_draft_comes(&desk);
    payments_of(&desk, "kim", (0, 20));
    desk.looks_around();
    desk.looks_around();
    let again = darya(&desk).only_mail();
    says(
        &again,
        &[
            "Ким Ли, PAYMENTS: было нет данных, стало 0/20",
            "Коэффициенты (KOEFF) стали другими:",
            "Ли Ким Сергеевич: было нет данных, стало 0",
        ],
    );
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["kim@uni.test"]);
}

/// The same once November is closed: the difference from nothing is nought, and no row of the file tells it.
#[test]
fn what_nobody_had_brought_of_a_closed_month_is_told_with_the_next() {
    let desk = with_kim();
    let first = a_draft_comes(&desk);
    darya(&desk).writes(&Letter::reply_to(&first, "утвердить"));
    desk.step();
    desk.until("2026-12-03T06:00:00Z");
    nobody_reads(&desk, &["darya@uni.test"]);
    desk.looks_around();
    assert_eq!(
        coefficient(&file(&accountant(&desk).only_mail()).0, "УТ-00099"),
        ""
    );
    payments_of(&desk, "kim", (0, 20));
    desk.until("2027-01-11T08:00:00Z");
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["darya@uni.test", "root@uni.test", "kim@uni.test"]);
    desk.looks_around();
    let december = darya(&desk).only_mail();
    let changed = [
        "2026-11, Ким Ли, PAYMENTS: было нет данных, стало 0/20",
        "2026-11, Ли Ким Сергеевич, KOEFF: было нет данных, стало 0",
    ];
    says(&december, &changed);
    darya(&desk).writes(&Letter::reply_to(&december, "утвердить"));
    desk.step();
    desk.until("2027-01-13T08:00:00Z");
    nobody_reads(&desk, &["darya@uni.test"]);
    desk.looks_around();
    let letter = accountant(&desk).only_mail();
    says(&letter, &changed);
    let sent = file(&letter).0;
    assert!(!sent.contains("KORR_KOEFF"), "{sent}");
    is_sound(&desk, 2);
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["kim@uni.test", "darya@uni.test"]);
}
