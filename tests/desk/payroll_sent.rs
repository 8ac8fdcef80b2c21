//! What those who know it send by mail: figures from outside, employee numbers, questions with files.

use super::{
    adjusted::{is_approved, pays_twice_by, rows},
    desk::{ALL_PROVEN, Desk},
    letter::{Letter, Received},
    payroll::{
        OTHERS, a_draft_comes, a_file_is_sent, a_month_of_work, accountant, darya, house, is_sound,
        nobody_reads, says, university, university_with,
    },
};

/// Payments in time are known to the head alone.
pub(super) const SETTINGS: &str = "version = \"приказ 12\"\n[indicator.SLA_STD]\nplan = 95\nweight = 0.5\nsteps = [[100, 1]]\n\
    [fact.PAYMENTS]\nru = \"Платежи в срок\"\nen = \"Payments in time\"\nmeasure = \"percent\"\nplan = 95\nweight = 0.5\n\
    steps = [[100, 1], [90, 0.5]]\n";

const HEAD: &str = "табельный_номер;показатель;период;значение;числитель;знаменатель\r\n";

/// A mail with a file of figures.
fn with_facts(letter: Letter, rows: &str) -> Letter {
    letter.with_file("факты.csv", format!("{HEAD}{rows}").as_bytes())
}

/// Darya sends a file, and reads what became of it.
fn sends(desk: &Desk, letter: &Letter) -> Received {
    darya(desk).writes(letter);
    desk.step();
    desk.step();
    darya(desk).inbox().pop().unwrap()
}

#[test]
#[expect(clippy::too_many_lines, reason = "one story, told in one piece")]
fn a_head_brings_figures_from_outside_by_mail_and_takes_one_back() {
    let desk = university("facts.toml");
    a_month_of_work(&desk);
    let command = |words: &str| Letter::to("it@uni.test", "Платежи", words);
    let wrong = "УТ-00042;PAYMENTS;2026-11;95;18;20\r\nУТ-00099;PAYMENTS;2026-11;100;5;5\r\n";
    let told = sends(&desk, &with_facts(command("#факты 2026-11"), wrong));
    says(
        &told,
        &[
            "Из файла за ноябрь 2026 ничего не взято",
            "строка 2, столбец значение: числитель и знаменатель дают другое значение: 90",
            "строка 3, столбец табельный_номер: табельного номера «УТ-00099» нет",
        ],
    );
    assert!(!house(&desk).contains("facts_imported"));
    let right = "УТ-00042;PAYMENTS;2026-11;90;18;20\r\nУТ-00043;PAYMENTS;2026-11;100;5;5\r\n";
    let told = sends(&desk, &with_facts(command("#факты 2026-11"), right));
    says(
        &told,
        &[
            "взяты из файла, строк: 2",
            "Анна Петрова (it), PAYMENTS: 18/20",
            "Борис Ким (it), PAYMENTS: 5/5",
        ],
    );
    // Other values need a reason; an empty one takes back what was wrong.
    let back = "УТ-00043;PAYMENTS;2026-11;;;\r\n";
    let told = sends(&desk, &with_facts(command("#факты 2026-11"), back));
    says(
        &told,
        &["раньше были взяты другие значения: назовите причину"],
    );
    let told = sends(
        &desk,
        &with_facts(command("#факты 2026-11 это были не его платежи"), back),
    );
    says(
        &told,
        &[
            "Борис Ким (it), PAYMENTS: отозвано",
            "из них заменили прежние: 1",
        ],
    );
    let told = sends(&desk, &command("#факты 2026-11"));
    says(&told, &["к письму не приложен CSV"]);
    let told = sends(&desk, &with_facts(command("#факты октябрь"), right));
    says(&told, &["Такого периода нет"]);
    // Anna decides for nobody.
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    anna.writes(&with_facts(command("#факты 2026-11"), right));
    desk.step();
    says(
        &anna.only_mail(),
        &["показатели извне присылают те, кто решает за очередь"],
    );
    desk.until("2026-12-01T06:00:00Z");
    nobody_reads(&desk, &OTHERS);
    desk.looks_around();
    let draft = darya(&desk).only_mail();
    let figures = desk.with_house(async |house| {
        okno::store::history::outside(&house.db, "2026-11", i64::MAX)
            .await
            .unwrap()
    });
    assert_eq!(figures.len(), 1, "{figures:?}");
    // The file in answer to the draft is of its month, and the words are the reason.
    let answer = Letter::reply_to(&draft, "Ещё одна оплата пришла в срок");
    let told = sends(
        &desk,
        &with_facts(answer, "УТ-00042;PAYMENTS;2026-11;95;19;20\r\n"),
    );
    says(
        &told,
        &[
            "Анна Петрова (it), PAYMENTS: 19/20",
            "из них заменили прежние: 1",
        ],
    );
    assert!(
        house(&desk).contains("Ещё одна оплата пришла в срок"),
        "{}",
        house(&desk)
    );
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["darya@uni.test"]);
}

/// Boris leaves in November; what he has done is paid like what others have.
#[test]
fn whoever_has_left_is_brought_figures_for_their_last_month() {
    let desk = university("facts.toml");
    desk.brings_people(&[
        "email;name;employee number",
        "anna@uni.test;Петрова Анна Сергеевна;УТ-00042",
    ]);
    let root = desk.person("Администратор", "root@uni.test");
    root.writes(&Letter::to(
        "it@uni.test",
        "Номер",
        "#номер @boris УТ-00043",
    ));
    desk.step();
    // That the file of people has fewer of them is told first.
    let told = root.inbox();
    let [fewer, numbered] = told.as_slice() else {
        panic!("{told:?}");
    };
    says(fewer, &["people.csv"]);
    says(numbered, &["Табельные номера записаны"]);
    a_month_of_work(&desk);
    let boris = "[agent.boris]\nname = \"Борис Ким\"\naddress = \"boris@uni.test\"\n";
    let source = desk.source.replace("[\"anna\", \"boris\"]", "[\"anna\"]");
    let desk = super::orders::restarted(desk, &source.replace(boris, ""));
    let rows = "УТ-00042;PAYMENTS;2026-11;90;18;20\r\nУТ-00043;PAYMENTS;2026-11;100;5;5\r\n";
    let letter = Letter::to("it@uni.test", "Платежи", "#факты 2026-11");
    let told = sends(&desk, &with_facts(letter, rows));
    says(
        &told,
        &["взяты из файла, строк: 2", "boris (it), PAYMENTS: 5/5"],
    );
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["root@uni.test"]);
}

/// Anna is Anya in the configuration from now on, at the same address.
fn anna_is_renamed(desk: Desk) -> Desk {
    let source = desk
        .source
        .replace("[\"anna\", \"boris\"]", "[\"anya\", \"boris\"]")
        .replace("[agent.anna]", "[agent.anya]");
    super::orders::restarted(desk, &source)
}

/// Darya brings so many of twenty payments of Anna's in November, under whatever name.
fn brings_payments(desk: &Desk, reason: &str, (value, many): (&str, u32)) -> Received {
    let letter = Letter::to(
        "it@uni.test",
        "Платежи",
        &format!("#факты 2026-11 {reason}"),
    );
    let row = format!("УТ-00042;PAYMENTS;2026-11;{value};{many};20\r\n");
    sends(desk, &with_facts(letter, &row))
}

/// What another program makes of history, the settings and the staff alone.
fn is_paid_twice_the_same(desk: &Desk, month: &str, pay: &str) {
    let staff = serde_json::json!({
        "departments": {"it": "ИТ-поддержка"},
        "numbers": {"anna": "УТ-00042", "anya": "УТ-00042", "boris": "УТ-00043"},
        "serving": {"it": ["anna", "anya", "boris"]},
    });
    pays_twice_by(desk, (month, SETTINGS), pay, &staff);
}

/// The person is known by the address they have had all along, and nobody is paid by 37 of 40.
#[test]
fn of_an_agent_who_was_renamed_the_later_figure_takes_the_place_of_the_earlier() {
    let desk = university("facts.toml");
    a_month_of_work(&desk);
    brings_payments(&desk, "", ("90", 18));
    let desk = anna_is_renamed(desk);
    let told = brings_payments(&desk, "ещё одна была в срок", ("95", 19));
    says(
        &told,
        &[
            "anna (it), PAYMENTS: отозвано",
            "Анна Петрова (it), PAYMENTS: 19/20",
            "из них заменили прежние: 1",
        ],
    );
    desk.until("2026-12-01T06:00:00Z");
    nobody_reads(&desk, &OTHERS);
    desk.looks_around();
    desk.looks_around();
    nobody_reads(&desk, &["darya@uni.test"]);
    // What was counted under the first name has no number before the administrator says it.
    let root = desk.person("Администратор", "root@uni.test");
    let alarm = root.inbox().pop().unwrap();
    let line = "#номер @anna УТ-00042 тот же человек";
    root.writes(&Letter::reply_to(&alarm, line));
    desk.step();
    nobody_reads(&desk, &["root@uni.test"]);
    let (_, pay) = is_approved(&desk, "2026-12-03T06:00:00Z");
    let anna = rows(&pay, "УТ-00042");
    assert!(
        anna.contains(&"2026-M11 PAYMENTS 95,00".to_owned()),
        "{anna:?}"
    );
    is_paid_twice_the_same(&desk, "2026-11", &pay);
    is_sound(&desk, 1);
    nobody_reads(&desk, &["root@uni.test"]);
}

#[test]
fn what_is_brought_of_a_closed_month_after_a_renaming_is_an_adjustment_of_the_difference() {
    let desk = university("facts.toml");
    a_month_of_work(&desk);
    brings_payments(&desk, "", ("90", 18));
    desk.until("2026-12-01T06:00:00Z");
    nobody_reads(&desk, &OTHERS);
    let (_, november) = is_approved(&desk, "2026-12-03T06:00:00Z");
    let anna = rows(&november, "УТ-00042");
    assert!(
        anna.contains(&"2026-M11 PAYMENTS 90,00".to_owned()),
        "{anna:?}"
    );
    let desk = anna_is_renamed(desk);
    let told = brings_payments(&desk, "ещё одна была в срок", ("95", 19));
    says(&told, &["anna (it), PAYMENTS: отозвано", "PAYMENTS: 19/20"]);
    desk.until("2027-01-12T08:00:00Z");
    nobody_reads(&desk, &OTHERS);
    let (_, december) = is_approved(&desk, "2027-01-14T08:00:00Z");
    let mut anna = rows(&december, "УТ-00042");
    anna.retain(|row| row.contains("KORR"));
    assert_eq!(
        anna,
        ["2026-M11 KORR_PAYMENTS 5,00", "2026-M11 KORR_KOEFF 0,25"]
    );
    is_paid_twice_the_same(&desk, "2026-11", &november);
    is_paid_twice_the_same(&desk, "2026-12", &december);
    is_sound(&desk, 2);
    nobody_reads(&desk, &["root@uni.test"]);
}

#[test]
fn what_nothing_proves_brings_no_figures() {
    let desk = university_with("facts.toml", "\n[trust]\nservers = [\"mx.uni.test\"]\n");
    let letter = Letter::to("it@uni.test", "Платежи", "#факты 2026-11");
    let told = sends(
        &desk,
        &with_facts(letter, "УТ-00042;PAYMENTS;2026-11;90;18;20\r\n"),
    );
    says(&told, &["почтовый сервер не подтвердил, что письмо ваше"]);
    assert!(!house(&desk).contains("facts_imported"));
}

#[test]
fn the_administrator_says_employee_numbers_in_answer_to_the_alarm() {
    let desk = university("kpi.toml");
    let unnumbered = "boris@uni.test;Ким Борис Олегович;";
    let anna = "anna@uni.test;Петрова Анна Сергеевна;УТ-00042";
    desk.brings_people(&["email;name;employee number", anna, unnumbered]);
    a_month_of_work(&desk);
    desk.until("2026-12-01T06:00:00Z");
    desk.looks_around();
    says(
        &darya(&desk).only_mail(),
        &["Нет табельного номера: Борис Ким"],
    );
    let root = desk.person("Администратор", "root@uni.test");
    let alarm = root.inbox().pop().unwrap();
    says(&alarm, &["#номер @anna 000123"]);
    let lines = "#номер @boris УТ-00042\n#номер @ghost УТ-00050\n#номер @boris";
    root.writes(&Letter::reply_to(&alarm, lines));
    desk.step();
    says(
        &root.only_mail(),
        &[
            "«@boris УТ-00042»: этот номер уже есть: Петрова Анна Сергеевна",
            "«@ghost УТ-00050»: такого сотрудника нет",
            "«@boris»: строка пишется так",
        ],
    );
    // Nobody else says numbers.
    darya(&desk).writes(&Letter::to(
        "it@uni.test",
        "Номера",
        "#номер @boris УТ-00043",
    ));
    desk.step();
    desk.looks_around();
    nobody_reads(
        &desk,
        &[
            "darya@uni.test",
            "anna@uni.test",
            "boris@uni.test",
            "elena@uni.test",
        ],
    );
    assert!(!house(&desk).contains("employee_numbered"));
    root.writes(&Letter::reply_to(&alarm, "#номер @boris УТ-00043"));
    desk.step();
    says(
        &root.only_mail(),
        &["Табельные номера записаны", "@boris УТ-00043"],
    );
    desk.looks_around();
    let again = darya(&desk).only_mail();
    says(&again, &["Ким Борис Олегович: таб. № УТ-00043"]);
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["root@uni.test"]);
}

#[test]
fn what_accountants_ask_with_a_file_goes_to_the_head_with_the_file() {
    let desk = university_with("kpi.toml", ALL_PROVEN);
    let (_, first) = a_file_is_sent(&desk);
    let letter = Letter::reply_to(&first, "Почему здесь ноль?").with_file("сверка.csv", b"1;2");
    accountant(&desk).writes(&letter);
    desk.step();
    let asked = darya(&desk).only_mail();
    says(&asked, &["> Почему здесь ноль?", "сверка.csv"]);
    assert_eq!(asked.mail.attachments.len(), 1);
    assert_eq!(desk.tickets(), 2, "it is no request");
    // Once more, the letter tells each employee's coefficient as the first one did.
    accountant(&desk).writes(&Letter::reply_to(&first, "прислать"));
    desk.step();
    let again = accountant(&desk).only_mail();
    let coefficients = |mail: &Received| -> Vec<String> {
        let lines = mail.text().lines().map(str::to_owned);
        lines.filter(|line| line.starts_with("таб. № ")).collect()
    };
    assert_eq!(coefficients(&again), coefficients(&first));
    assert_eq!(coefficients(&again).len(), 2);
    nobody_reads(&desk, &OTHERS);
}

#[test]
fn letters_that_windows_1251_lacks_are_told_by_file_and_line() {
    let desk = university_with("kpi.toml", ALL_PROVEN);
    let source = desk.source.replace("csv-utf8", "csv-1251");
    let desk = super::orders::restarted(desk, &source);
    desk.brings_people(&[
        "email;name;employee number",
        "anna@uni.test;Нұрғали Қанат;УТ-00042",
        "boris@uni.test;Ким Борис Олегович;УТ-00043",
    ]);
    let draft = a_draft_comes(&desk);
    says(
        &draft,
        &[
            "В файле kpi_2026-11_it_v0.csv заменено знаков, которых нет в windows-1251: 3.",
            "ұ → у (1, впервые в строке 2)",
        ],
    );
    darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    desk.until("2026-12-03T06:00:00Z");
    desk.looks_around();
    says(
        &accountant(&desk).only_mail(),
        &["В файле pay_2026-11_it_v1.csv заменено знаков"],
    );
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["darya@uni.test"]);
}

#[test]
fn why_an_indicator_is_what_it_is_stands_in_the_heads_letters_and_on_the_directors_page() {
    let desk = university_with(
        "kpi.toml",
        &format!(
            "[director_review]\nat = \"9:00\"\nqueue = \"it\"\nto = [\"rector@uni.test\"]\n{ALL_PROVEN}"
        ),
    );
    let draft = a_draft_comes(&desk);
    let rector = desk.person("Ректор", "rector@uni.test");
    rector.inbox();
    let words = "причина SLA_STD два дня стоял почтовый сервер\nутвердить";
    darya(&desk).writes(&Letter::reply_to(&draft, words));
    desk.step();
    says(
        &darya(&desk).only_mail(),
        &[
            "причина SLA_STD два дня стоял почтовый сервер",
            "утверждены всеми и закрыты",
        ],
    );
    desk.until("2026-12-03T06:00:00Z");
    desk.looks_around();
    says(
        &darya(&desk).inbox().pop().unwrap(),
        &[
            "Причины, как вы их назвали:",
            "SLA_STD: два дня стоял почтовый сервер",
        ],
    );
    let sent = accountant(&desk).only_mail();
    says(&sent, &["описание_колонок.txt во вложении"]);
    assert_eq!(sent.mail.attachments.len(), 2);
    // The page of November had gone by then: December's says it.
    desk.until("2027-01-11T06:00:00Z");
    desk.looks_around();
    desk.looks_around();
    let page = rector.inbox().pop().unwrap();
    says(
        &page,
        &["ИТ, ноябрь 2026, SLA_STD: два дня стоял почтовый сервер"],
    );
    nobody_reads(&desk, &OTHERS);
    nobody_reads(
        &desk,
        &["darya@uni.test", "root@uni.test", "payroll@uni.test"],
    );
}
