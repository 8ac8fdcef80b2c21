//! On Monday before work begins a queue's team and its head read how the week went and what this one begins with.

use std::time::Duration;

use super::{
    desk::{ALL_PROVEN, Desk, UNIVERSITY},
    letter::{Letter, Received},
};

pub(super) const HOUR: Duration = Duration::from_secs(3600);

/// ИТ has weekly letters at half past eight, and Darya decides for it; Бухгалтерия has none.
pub(super) fn university() -> String {
    let weekly = "target = \"8 h\"\nhead = \"darya\"\nreview = { at = \"8:30\" }";
    let source = UNIVERSITY.replace("target = \"8 h\"", weekly);
    format!("{source}\n[agent.darya]\nname = \"Дарья Громова\"\naddress = \"darya@uni.test\"\n")
}

const EVERYBODY: [&str; 8] = [
    "anna@uni.test",
    "boris@uni.test",
    "darya@uni.test",
    "vera@uni.test",
    "olga@uni.test",
    "pavel@uni.test",
    "nina@uni.test",
    "root@uni.test",
];

pub(super) fn nobody_reads(desk: &Desk) {
    for address in EVERYBODY {
        desk.inbox(address);
    }
}

pub(super) fn asks(desk: &Desk, mailbox: &str, name: &str, subject: &str) {
    let letter = Letter::to(&format!("{mailbox}@uni.test"), subject, "Что делать?");
    let address = format!("{name}@uni.test");
    desk.person(name, &address).writes(&letter);
    desk.step();
}

/// What Olga asks Anna solves; Pavel gets no answer in time; Nina asks on Friday afternoon.
pub(super) fn a_week_of_work(desk: &Desk) {
    asks(desk, "it", "olga", "Принтер");
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    let card = anna.inbox().pop().unwrap();
    desk.advance(HOUR);
    anna.writes(&Letter::reply_to(&card, "Включите его.\nрешено"));
    desk.step();
    asks(desk, "it", "pavel", "Нет сети");
    desk.until("2026-11-20T13:00:00Z");
    asks(desk, "it", "nina", "Доступ к <b>отчётам</b>");
    nobody_reads(desk);
}

/// The letters about a week that somebody has.
pub(super) fn weeks(desk: &Desk, address: &str) -> Vec<Received> {
    let all = desk.inbox(address).into_iter();
    all.filter(|mail| mail.subject().starts_with("Итоги недели"))
        .collect()
}

#[test]
fn on_monday_before_work_the_team_and_its_head_read_how_the_week_went() {
    let desk = Desk::with(&university());
    a_week_of_work(&desk);
    desk.until("2026-11-23T05:29:00Z");
    desk.looks_around();
    for address in EVERYBODY {
        assert_eq!(weeks(&desk, address).len(), 0, "{address} at 8:29");
    }
    desk.until("2026-11-23T05:30:00Z");
    desk.looks_around();
    desk.looks_around();
    for address in ["vera@uni.test", "olga@uni.test", "root@uni.test"] {
        assert_eq!(weeks(&desk, address).len(), 0, "{address}");
    }
    let [annas, boriss, daryas] =
        ["anna@uni.test", "boris@uni.test", "darya@uni.test"].map(|one| weeks(&desk, one));
    assert_eq!((annas.len(), boriss.len(), daryas.len()), (1, 1, 1));
    assert_eq!(
        daryas[0].subject(),
        "Итоги недели 47 · ИТ-поддержка: 3 получено, 1 решено, 1 просрочено"
    );
    assert_eq!(annas[0].text(), daryas[0].text());
    insta::assert_snapshot!(daryas[0].text());
    // What requesters write is shown, and does nothing.
    let page = mail_parser::MessageParser::default();
    let page = page.parse(&daryas[0].bytes).unwrap();
    let page = page.body_html(0).unwrap();
    assert!(page.contains("Доступ к &lt;b&gt;отчётам"), "{page}");
    let house = desk.stream("house", "house").join("\n");
    assert_eq!(house.matches("reviewed (reviewed)").count(), 1, "{house}");
    nobody_reads(&desk);
}

#[test]
fn a_confidential_week_stays_with_its_own_people() {
    let apart = "agents = [\"vera\"]\nconfidential = true\nreview = { at = \"8:30\" }";
    let source = university().replace("agents = [\"vera\"]", apart);
    let desk = Desk::with(&source);
    asks(&desk, "buh", "olga", "Моя зарплата");
    nobody_reads(&desk);
    desk.until("2026-11-30T05:30:00Z");
    desk.looks_around();
    let veras = weeks(&desk, "vera@uni.test");
    assert!(
        veras.len() == 1 && veras[0].text().contains("Моя зарплата"),
        "{veras:?}"
    );
    for address in ["anna@uni.test", "darya@uni.test", "root@uni.test"] {
        for mail in weeks(&desk, address) {
            assert!(!mail.text().contains("зарплата"), "{address}");
            assert!(!mail.subject().contains("Бухгалтерия"), "{address}");
        }
    }
    nobody_reads(&desk);
}

/// The director reads a page a month: ИТ is of a department, Бухгалтерия is one of its own.
pub(super) fn with_director() -> String {
    let source = university().replace(
        "head = \"darya\"",
        "head = \"darya\"\ndepartment = \"digital\"",
    );
    let source = source.replacen("time_zone = ", "director = \"elena\"\ntime_zone = ", 1);
    format!(
        "{source}\n[agent.elena]\nname = \"Елена Ветрова\"\naddress = \"elena@uni.test\"\n\
         [department.digital]\ntitle = \"Цифровой департамент\"\n\
         [director_review]\nat = \"9:00\"\ncharts = true\nqueue = \"it\"\nto = [\"elena@uni.test\", \"rector@uni.test\"]\n\
         [targets]\nin_time = 40\nrating = 4.25\n[department.digital.targets]\nin_time = 25\n"
    )
}

#[test]
fn on_the_first_working_day_the_director_reads_a_page_of_figures_without_names() {
    let desk = Desk::with(&with_director());
    a_week_of_work(&desk);
    asks(&desk, "buh", "olga", "Справка");
    let vera = desk.person("Вера Орлова", "vera@uni.test");
    let card = vera.inbox().pop().unwrap();
    vera.writes(&Letter::reply_to(&card, "Готова.\nрешено"));
    desk.step();
    let olga = desk.person("olga", "olga@uni.test");
    let solved = olga.inbox().pop().unwrap();
    olga.writes(&Letter::reply_to(&solved, "5"));
    desk.step();
    desk.until("2026-12-01T05:59:00Z");
    desk.looks_around();
    nobody_reads(&desk);
    let pages = |address: &str| {
        let all = desk.inbox(address).into_iter();
        let pages = all.filter(|mail| mail.subject().starts_with("Итоги за"));
        pages.collect::<Vec<_>>()
    };
    for address in ["elena@uni.test", "rector@uni.test"] {
        assert_eq!(pages(address).len(), 0, "{address} at 8:59");
    }
    desk.until("2026-12-01T06:00:00Z");
    desk.looks_around();
    desk.looks_around();
    let [elenas, rectors] = ["elena@uni.test", "rector@uni.test"].map(pages);
    assert_eq!((elenas.len(), rectors.len()), (1, 1));
    assert_eq!(elenas[0].text(), rectors[0].text());
    for name in ["Анна", "Борис", "Вера", "Дарья", "Петрова", "olga"] {
        assert!(!elenas[0].text().contains(name), "{name}");
    }
    let text = without_hash(elenas[0].text());
    insta::assert_snapshot!(format!("{}\n\n{text}", elenas[0].subject()));
    nobody_reads(&desk);
}

#[test]
fn the_head_reads_the_month_with_hints_and_charts_and_the_team_does_not() {
    let source = university().replace("at = \"8:30\"", "at = \"8:30\", charts = true");
    // The first fits; of the others the accountants' is none of Darya's.
    let rule = |name: &str, when: &str, then: &str| {
        format!("[[rule]]\nname = \"{name}\"\nwhen = {{ {when} }}\n{then}\n")
    };
    let rules = [
        rule("Принтеры", "subject = [\"принтер\"]", "tags = [\"печать\"]"),
        rule(
            "Проекторы",
            "subject = [\"проектор\"]",
            "priority = \"high\"",
        ),
        rule("Сканеры", "subject = [\"сканер\"]", "queue = \"it\""),
        rule(
            "Авансы",
            "mailbox = \"buh\", subject = [\"аванс\"]",
            "priority = \"low\"",
        ),
    ];
    let desk = Desk::with(&format!("{source}\n{}", rules.concat()));
    a_week_of_work(&desk);
    desk.until("2026-12-01T05:29:00Z");
    desk.looks_around();
    nobody_reads(&desk);
    desk.until("2026-12-01T05:30:00Z");
    desk.looks_around();
    desk.looks_around();
    for address in ["anna@uni.test", "boris@uni.test", "vera@uni.test"] {
        assert_eq!(desk.inbox(address).len(), 0, "{address}");
    }
    let darya = desk.person("Дарья Громова", "darya@uni.test");
    let month = darya.only_mail();
    let (subject, _) = month
        .subject()
        .split_once(" [kpi:queue:it/2026-11/1:")
        .unwrap();
    let text = without_hash(month.text());
    insta::assert_snapshot!(format!("{subject}\n\n{text}"));
    assert!(
        month
            .text()
            .contains("ни разу не сработали: «Проекторы», «Сканеры»."),
        "{}",
        month.text()
    );
    // Nobody decides for the accountants: of their rule that fits nothing the administrator hears, once, and of no other.
    let root = desk.person("", "root@uni.test");
    root.got_nothing();
    desk.until("2026-12-01T06:00:00Z");
    desk.looks_around();
    desk.looks_around();
    let rules = root.only_mail();
    insta::assert_snapshot!(
        "rules_of_nobody",
        format!("{}\n\n{}", rules.subject(), rules.text())
    );
    // Each picture is in the mail itself, under the name that the page has for it.
    let places = okno::mail::read::read(&month.bytes, &okno::mail::read::Limits::default()).places;
    let pictures = okno::mail::read::decode_all(&month.bytes, places.iter());
    let are_png = pictures
        .iter()
        .all(|picture| picture.starts_with(b"\x89PNG"));
    assert!(pictures.len() == 4 && are_png, "{}", pictures.len());
    let bytes = String::from_utf8_lossy(&month.bytes);
    assert_eq!(bytes.matches("Content-ID: <").count(), 4);
    nobody_reads(&desk);
}

#[test]
fn a_payroll_list_that_begins_later_does_not_keep_earlier_months_from_the_head() {
    let list =
        "[payroll.it]\nqueues = [\"it\"]\nto = [\"payroll@uni.test\"]\nscores = \"kpi.toml\"\n";
    let months_read = |first: &str| {
        let desk = Desk::with(&format!("{}\n{list}first = \"{first}\"\n", university()));
        a_week_of_work(&desk);
        desk.until("2026-12-01T05:30:00Z");
        desk.looks_around();
        desk.looks_around();
        let darya = desk.inbox("darya@uni.test").into_iter();
        let months = darya.filter(|mail| mail.subject().contains("[kpi:queue:it/2026-11/"));
        let many = months.count();
        nobody_reads(&desk);
        many
    };
    assert_eq!(months_read("2026-12"), 1, "November has no draft");
    assert_eq!(
        months_read("2026-11"),
        0,
        "its draft says the same and more"
    );
}

/// A letter's words; the hash of history is another one every time.
pub(super) fn without_hash(text: &str) -> String {
    let hash = regex::Regex::new("[0-9a-f]{64}").unwrap();
    assert_eq!(hash.find_iter(text).count(), 1, "{text}");
    hash.replace_all(text, "HASH").into_owned()
}

#[test]
fn a_month_that_is_closed_before_its_letter_says_since_when() {
    let desk = Desk::with(&university());
    a_week_of_work(&desk);
    desk.until("2026-12-01T05:00:00Z");
    desk.reads_everything();
    super::lists_moved::is_closed_at_the_terminal(&desk, "2026-11");
    desk.advance(HOUR / 2);
    nobody_reads(&desk);
    desk.looks_around();
    let month = desk.person("Дарья Громова", "darya@uni.test").only_mail();
    let text = without_hash(month.text());
    let stands = "Месяц закрыт: версия 1, вторник, 1 декабря 2026, 8:00 (МСК). Эти числа больше не изменятся.";
    assert!(text.contains(stands), "{text}");
    assert!(!text.contains("предварительные"), "{text}");
    nobody_reads(&desk);
}

/// What stands behind these words in the figures that somebody has asked for.
fn said<'t>(figures: &'t str, words: &str) -> &'t str {
    let mut lines = figures.lines();
    let found = lines.find_map(|line| {
        let (own, value) = line.split_once(": ")?;
        (own.trim_end_matches(" (предварит.)") == words).then_some(value)
    });
    found.unwrap_or_else(|| panic!("no «{words}» in\n{figures}"))
}

/// The good ones and all of them, of a share: `33,33 % (1/3)`.
fn pair(share: &str) -> (i64, i64) {
    let (_, pair) = share.split_once('(').unwrap();
    let (good, all) = pair.trim_end_matches(')').split_once('/').unwrap();
    (good.parse().unwrap(), all.parse().unwrap())
}

/// Somebody asks the accountants what is for ИТ, and Pavel is not content with what comes late.
fn pavel_is_not_content(desk: &Desk) {
    asks(desk, "it", "pavel", "Проектор");
    let boris = desk.person("Борис Ким", "boris@uni.test");
    let card = boris.inbox().pop().unwrap();
    boris.writes(&Letter::reply_to(&card, "Включите его.\nрешено"));
    desk.step();
    let pavel = desk.person("pavel", "pavel@uni.test");
    let solved = pavel.inbox().pop().unwrap();
    pavel.writes(&Letter::reply_to(&solved, "2"));
    desk.step();
}

#[test]
fn the_letter_about_the_month_says_what_the_figures_of_the_same_month_say() {
    let desk = Desk::with(&format!("{}{ALL_PROVEN}", university()));
    a_week_of_work(&desk);
    pavel_is_not_content(&desk);
    nobody_reads(&desk);
    desk.until("2026-12-01T05:30:00Z");
    nobody_reads(&desk);
    desk.looks_around();
    let darya = desk.person("Дарья Громова", "darya@uni.test");
    let month = darya.only_mail();
    nobody_reads(&desk);
    darya.writes(&Letter::to(
        "it@uni.test",
        "Показатели",
        "#отчёт kpi 2026-11 очередь=it",
    ));
    desk.step();
    desk.step();
    let figures = darya.only_mail();
    let of_queue = |name: &str| said(figures.text(), &format!("ИТ-поддержка, {name}"));
    // Of what did not happen there is no line.
    assert!(!figures.text().contains("ИТ-поддержка, возвращено в работу"));
    let ((met, judged), (repeats, _)) = (
        pair(of_queue("решено в срок")),
        pair(of_queue("повторные обращения")),
    );
    let (documented, of) = pair(of_queue("решение описано"));
    let expected = [
        format!(
            "Получено {} обращения, решено {};",
            of_queue("получено"),
            of_queue("решено")
        ),
        format!("В срок решено {met} из {judged} ("),
        format!("Ответов заявителям {}", of_queue("ответов")),
        format!(
            "средняя {};",
            of_queue("средняя оценка").split(' ').next().unwrap()
        ),
        "возвращено в работу 0.".to_owned(),
        format!("Не в срок {} решения.", judged - met),
        format!(
            "Подтверждённых повторов {repeats} из {};",
            of_queue("учитывается")
        ),
        format!(
            "Анна Петрова {} (50\u{a0}%)",
            said(figures.text(), "Анна Петрова, решено")
        ),
        format!(
            "Борис Ким {} (50\u{a0}%)",
            said(figures.text(), "Борис Ким, решено")
        ),
        format!("решение описано (DOC): 0,0\u{a0}% ({documented} из {of})"),
        "оценок 1 и 2: 0 → 0 → 1".to_owned(),
        "решений не в срок, %: нет данных → нет данных → 50,0".to_owned(),
        format!("Загрузка: {} из 400", of_queue("получено")),
    ];
    for words in expected {
        assert!(
            month.text().contains(&words),
            "no «{words}» in\n{}",
            month.text()
        );
    }
    nobody_reads(&desk);
}

/// Several people write of the same in November, to both queues; the accountants' is confidential.
#[test]
fn the_head_reads_what_was_asked_again_and_again_and_never_who_or_what_is_confidential() {
    let apart =
        "agents = [\"vera\"]\nconfidential = true\nhead = \"vera\"\nreview = { at = \"8:30\" }";
    let source = university().replace("agents = [\"vera\"]", apart);
    let desk = Desk::with(&source);
    for (name, subject) in [
        ("olga", "Не печатает принтер 305"),
        ("pavel", "Не печатает принтер"),
        ("nina", "Re: не печатает принтер"),
        // Of one person, of too few, and of somebody.
        ("olga", "Сломан сканер"),
        ("olga", "Сломан сканер 2"),
        ("olga", "Сломан сканер 3"),
        ("olga", "Нет сети"),
        ("pavel", "Нет сети"),
        ("olga", "Пропуск для Иванова"),
        ("pavel", "Пропуск для Иванова"),
        ("nina", "Пропуск для Иванова"),
    ] {
        asks(&desk, "it", name, subject);
    }
    for name in ["olga", "pavel", "nina"] {
        asks(&desk, "buh", name, "Удержание из зарплаты");
    }
    desk.until("2026-12-01T05:30:00Z");
    nobody_reads(&desk);
    desk.looks_around();
    desk.looks_around();
    let month = |address: &str| {
        let all = desk.inbox(address).into_iter();
        let mut all = all.filter(|mail| mail.subject().starts_with("Итоги за ноябрь"));
        all.next().unwrap().text().to_owned()
    };
    let daryas = month("darya@uni.test");
    let again = daryas
        .lines()
        .find(|line| line.starts_with("Об этом писали снова и снова"));
    assert_eq!(
        again,
        Some(
            "Об этом писали снова и снова: «Не печатает принтер» — 3 обращения. Может помочь статья в базе знаний, форма или правило."
        ),
        "{daryas}"
    );
    let veras = month("vera@uni.test");
    assert!(!veras.contains("снова и снова"), "{veras}");
    nobody_reads(&desk);
}
