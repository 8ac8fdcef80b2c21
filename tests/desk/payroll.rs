//! A month that people are paid by: drafted for the head, corrected and approved by mail, sent to the accountants on the
//! promised day.

use std::{collections::BTreeMap, time::Duration};

use data_encoding::HEXLOWER;
use jiff::tz::TimeZone;
use okno::desk::{
    cause::Operation,
    kpi::{Detail, Period},
    payroll::PayrollStep,
};
use okno::house::periods::{self, NotClosed, Proof, Wrong};
use okno::mail::read::{Limits, decode_all, read};
use okno::model::{
    address::Address, ids::PayrollName, payroll::PayrollDraft, period::ClosedPeriod,
};
use okno::store::{history, payrolls, work};
use sha2::{Digest as _, Sha256};

use super::{
    desk::{ALL_PROVEN, Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
    orders::restarted,
};

const HOUR: Duration = Duration::from_secs(3600);

/// Who is paid, by their numbers.
pub(crate) const PEOPLE: [&str; 3] = [
    "email;name;employee number",
    "anna@uni.test;Петрова Анна Сергеевна;УТ-00042",
    "boris@uni.test;Ким Борис Олегович;УТ-00043",
];

/// The same with Vera, who serves the accounting department.
pub(crate) const WITH_VERA: [&str; 4] = [
    PEOPLE[0],
    PEOPLE[1],
    PEOPLE[2],
    "vera@uni.test;Орлова Вера Павловна;УТ-00044",
];

/// Darya decides for ИТ, Elena may in her place; November is the first month that is paid by okno, and the file is promised
/// for the third working day.
pub(crate) fn university(scores: &str) -> Desk {
    university_with(scores, ALL_PROVEN)
}

/// The same, with these settings besides.
pub(crate) fn university_with(scores: &str, more: &str) -> Desk {
    let head = "target = \"8 h\"\ncommands = [\"all\"]\nhead = \"darya\"";
    let source = UNIVERSITY.replace("target = \"8 h\"", head);
    let desk = Desk::with(&format!(
        "{source}\n[agent.darya]\nname = \"Дарья Громова\"\naddress = \"darya@uni.test\"\n\
         [agent.elena]\nname = \"Елена Ветрова\"\naddress = \"elena@uni.test\"\n\
         [directory]\nfile = \"DATA/people.csv\"\n\
         [payroll.it]\ntitle = \"ИТ\"\nqueues = [\"it\"]\nto = [\"payroll@uni.test\"]\nscores = \"{scores}\"\n\
         first = \"2026-11\"\nworking_day = 3\ndeputy = \"elena\"\nformat = \"csv-utf8\"\n{more}"
    ));
    desk.brings_people(&PEOPLE);
    desk
}

pub(crate) fn nobody_reads(desk: &Desk, addresses: &[&str]) {
    for address in addresses {
        desk.inbox(address);
    }
}

pub(crate) const OTHERS: [&str; 5] = [
    "anna@uni.test",
    "boris@uni.test",
    "olga@uni.test",
    "pavel@uni.test",
    "elena@uni.test",
];

/// In November Anna solves what Olga asks, and Boris what Pavel asks.
pub(crate) fn a_month_of_work(desk: &Desk) {
    for (name, agent) in [("olga", "anna"), ("pavel", "boris")] {
        let address = format!("{name}@uni.test");
        let letter = Letter::to("it@uni.test", &format!("Вопрос {name}"), "Как это сделать?");
        desk.person(name, &address).writes(&letter);
        desk.step();
        let agent = desk.person(agent, &format!("{agent}@uni.test"));
        let card = agent.inbox().pop().unwrap();
        desk.advance(HOUR);
        agent.writes(&Letter::reply_to(&card, "Нажмите на синюю кнопку.\nрешено"));
        desk.step();
    }
    nobody_reads(desk, &OTHERS);
}

/// It is the first of December, nine in the morning: the head has the draft.
pub(crate) fn a_draft_comes(desk: &Desk) -> Received {
    a_month_of_work(desk);
    desk.until("2026-11-30T15:00:00Z");
    nobody_reads(desk, &OTHERS);
    desk.looks_around();
    darya(desk).got_nothing();
    desk.until("2026-12-01T06:00:00Z");
    nobody_reads(desk, &OTHERS);
    desk.looks_around();
    assert_eq!(
        elena(desk).inbox().len(),
        1,
        "the deputy has one of her own"
    );
    darya(desk).only_mail()
}

/// Vera decides for the accounting department, and one list pays both. `more`: what else its table says.
pub(crate) fn with_head_vera(desk: Desk, more: &str) -> Desk {
    let source = desk
        .source
        .replace(
            "[queue.buh]\n",
            &format!("[queue.buh]\nhead = \"vera\"\n{more}"),
        )
        .replace("queues = [\"it\"]", "queues = [\"it\", \"buh\"]");
    let desk = restarted(desk, &source);
    desk.brings_people(&WITH_VERA);
    desk
}

pub(crate) fn darya(desk: &Desk) -> Person<'_> {
    desk.person("Дарья Громова", "darya@uni.test")
}

pub(crate) fn elena(desk: &Desk) -> Person<'_> {
    desk.person("Елена Ветрова", "elena@uni.test")
}

pub(crate) fn accountant(desk: &Desk) -> Person<'_> {
    desk.person("Бухгалтерия", "payroll@uni.test")
}

pub(crate) fn vera(desk: &Desk) -> Person<'_> {
    desk.person("Вера Орлова", "vera@uni.test")
}

pub(crate) fn root(desk: &Desk) -> Person<'_> {
    desk.person("Администратор", "root@uni.test")
}

/// Whatever lies in anybody's mailbox but the accountants' is no part of the story.
pub(crate) fn nothing_is_read(desk: &Desk) {
    nobody_reads(desk, &OTHERS);
    nobody_reads(desk, &["vera@uni.test", "darya@uni.test", "root@uni.test"]);
}

/// Somebody answers a letter, and is told what has come of it.
pub(crate) fn answers(desk: &Desk, who: Person<'_>, letter: &Received, words: &str) -> Received {
    who.writes(&Letter::reply_to(letter, words));
    desk.step();
    who.only_mail()
}

/// What history says of the house.
pub(crate) fn house(desk: &Desk) -> String {
    desk.stream("house", "house").join("\n")
}

#[track_caller]
pub(crate) fn says(mail: &Received, words: &[&str]) {
    for words in words {
        let text = mail.text();
        assert!(
            text.contains(words),
            "no «{words}» in\n{}\n{text}",
            mail.subject()
        );
    }
}

/// The files of a mail, in their order.
pub(super) fn files(mail: &Received) -> Vec<String> {
    let reading = read(&mail.bytes, &Limits::default());
    let all = decode_all(&mail.bytes, reading.places.iter()).into_iter();
    // What the columns mean stands beside every accountants' file.
    let all = all
        .zip(&mail.mail.attachments)
        .filter(|(_, file)| file.name.as_deref() != Some("описание_колонок.txt"));
    all.map(|(bytes, _)| String::from_utf8(bytes).unwrap())
        .collect()
}

/// The one file of a mail, and its sum.
pub(crate) fn file(mail: &Received) -> (String, String) {
    let mut all = files(mail);
    assert_eq!(all.len(), 1, "{}", mail.subject());
    let file = all.remove(0);
    let sum = sum_of(&file);
    (file, sum)
}

/// Every approved month proves: its file, its place in history, its figures.
#[track_caller]
pub(crate) fn is_sound(desk: &Desk, periods: usize) {
    let zone = TimeZone::get("Europe/Moscow").unwrap();
    let proved = desk.with_house(async |house| okno::house::payroll::prove(&house.db, &zone).await);
    let sound = Proof {
        periods,
        ..Proof::default()
    };
    assert_eq!(proved.unwrap(), sound);
}

#[test]
#[expect(clippy::too_many_lines, reason = "one story, told in one piece")]
fn a_month_is_drafted_corrected_approved_and_sent() {
    let desk = university("kpi.toml");
    let draft = a_draft_comes(&desk);
    assert!(
        draft
            .subject()
            .starts_with("Утвердите показатели за ноябрь 2026 · ИТ, черновик 1 [kpi:it/2026-11/1:")
    );
    says(
        &draft,
        &[
            "Петрова Анна Сергеевна: таб. № УТ-00042; решено 1; в срок 1 из 1",
            "Ким Борис Олегович: таб. № УТ-00043; решено 1; в срок 1 из 1",
            "Файл обещан бухгалтерии: в четверг, 3 декабря 2026, 9:00",
            "kpi_2026-11_it_v0.csv, kpi_score_2026-11_it_v0.csv, detail_2026-11_it_v0.csv",
            "На что обратить внимание:",
            "Кто сколько решил: Анна Петрова 1 (50",
        ],
    );
    // What Pavel asked was a drill. The other line names no request that there is.
    let corrections = "исключить 1002 учебная тревога\nпростить 9999 не было света";
    darya(&desk).writes(&Letter::reply_to(&draft, corrections));
    desk.step();
    let answer = darya(&desk).only_mail();
    says(
        &answer,
        &[
            "Исправления приняты",
            "исключить 1002 учебная тревога",
            "«простить 9999 не было света»: такого обращения нет",
        ],
    );
    let history = desk.history(1002).join("\n");
    assert!(
        history.contains("figures_corrected (payroll_corrected)"),
        "{history}"
    );
    // The draft that they have read is not what it was.
    darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    says(&darya(&desk).only_mail(), &["есть более новый черновик"]);
    desk.looks_around();
    let again = darya(&desk).only_mail();
    nobody_reads(&desk, &OTHERS);
    says(
        &again,
        &[
            "Это черновик 2, он заменяет прежний",
            "Борис Ким, решено: было 1, стало 0",
            "Ким Борис Олегович: таб. № УТ-00043; решено 0; в срок 0 из 0",
        ],
    );
    darya(&desk).writes(&Letter::reply_to(&again, "Утвердить"));
    desk.step();
    says(
        &darya(&desk).only_mail(),
        &["утверждены всеми и закрыты: версия 1"],
    );
    desk.looks_around();
    accountant(&desk).got_nothing();
    // On the promised day, and not again.
    desk.until("2026-12-03T06:00:00Z");
    nobody_reads(&desk, &OTHERS);
    desk.looks_around();
    desk.looks_around();
    let sent = accountant(&desk).only_mail();
    let (pay, sum) = file(&sent);
    // The head has her part of what was approved, with every judged promise; the accountants have their file alone.
    let own = darya(&desk).only_mail();
    says(
        &own,
        &[
            "файл pay_2026-11_it_v1.csv (версия 1) отправлен в бухгалтерию",
            "kpi_2026-11_it_v1.csv, kpi_score_2026-11_it_v1.csv, detail_2026-11_it_v1.csv",
            &format!("SHA-256 файла бухгалтерии: {sum}"),
        ],
    );
    let detail = files(&own).remove(2);
    assert!(
        detail.contains(";З-1001;standard;resolution;")
            && !detail.contains(";З-1002;standard;")
            && detail.contains(";исправление;;;ИТ-поддержка;;;;;")
            && detail.contains(";Дарья Громова;учебная тревога;"),
        "{detail}"
    );
    says(
        &sent,
        &[
            "файл pay_2026-11_it_v1.csv, версия 1",
            "таб. № УТ-00042, Петрова Анна Сергеевна: ",
            "таб. № УТ-00043, Ким Борис Олегович: ",
            "Утвердили: Дарья Громова",
            "Строк в файле: 10",
            &format!("SHA-256 файла: {sum}"),
        ],
    );
    assert!(
        pay.contains("УТ-00042;Петрова Анна Сергеевна;ИТ-поддержка;2026-M11;SLA_STD;100,00\r\n"),
        "{pay}"
    );
    accountant(&desk).writes(&Letter::reply_to(&sent, "Получено, спасибо"));
    accountant(&desk).writes(&Letter::reply_to(&sent, "Получено"));
    desk.step();
    let house = desk.stream("house", "house").join("\n");
    assert!(house.contains("payroll (payroll_received)"), "{house}");
    is_sound(&desk, 1);
    nobody_reads(&desk, &["payroll@uni.test"]);
    nobody_reads(&desk, &OTHERS);
}

#[test]
fn on_the_promised_day_accountants_hear_whose_approval_is_missing_and_get_the_file_once_it_is_there()
 {
    let desk = university("kpi.toml");
    let draft = a_draft_comes(&desk);
    desk.until("2026-12-03T06:00:00Z");
    desk.looks_around();
    let missing = accountant(&desk).only_mail();
    says(
        &missing,
        &[
            "Файла за ноябрь 2026, обещанного на сегодня, ещё нет: показатели не утверждены (ждём утверждения: Дарья Громова)",
        ],
    );
    assert!(missing.mail.attachments.is_empty());
    desk.until("2026-12-04T07:00:00Z");
    desk.looks_around();
    desk.looks_around();
    let reminder = darya(&desk).only_mail();
    says(&reminder, &["ещё не утверждены. Утвердите черновик 1"]);
    accountant(&desk).got_nothing();
    // Elena, who may, presses the button of her own letter; Darya's is no use to her.
    let code = draft.subject().split_once("[kpi:").unwrap().1;
    let stolen = format!("[kpi:{code} утвердить");
    desk.person("Елена Ветрова", "elena@uni.test")
        .writes(&Letter::to("it@uni.test", &stolen, ""));
    desk.step();
    says(
        &darya(&desk).only_mail(),
        &["ответил кто-то с адреса elena@uni.test"],
    );
    let own = elena(&desk)
        .inbox()
        .into_iter()
        .find(|mail| mail.subject().starts_with("Ждём"));
    let own = own.unwrap();
    let (_, code) = own.subject().split_once("[kpi:").unwrap();
    let pressed = format!("[kpi:{code} утвердить");
    elena(&desk).writes(&Letter::to("it@uni.test", &pressed, ""));
    desk.step();
    says(&elena(&desk).only_mail(), &["утверждены всеми и закрыты"]);
    desk.looks_around();
    says(
        &accountant(&desk).only_mail(),
        &["версия 1", "Утвердили: Елена Ветрова"],
    );
    says(&darya(&desk).only_mail(), &["отправлен в бухгалтерию"]);
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["root@uni.test"]);
}

#[test]
#[expect(clippy::too_many_lines, reason = "one story, told in one piece")]
fn what_has_changed_in_a_closed_month_stands_in_the_next_ones_files_once() {
    let desk = university("kpi.toml");
    let draft = a_draft_comes(&desk);
    darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    desk.until("2026-12-03T06:00:00Z");
    desk.looks_around();
    let november = file(&accountant(&desk).only_mail());
    // Too late for the file.
    darya(&desk).writes(&Letter::reply_to(&draft, "исключить 1002 учебная тревога"));
    desk.step();
    let told = darya(&desk).inbox().pop().unwrap();
    says(
        &told,
        &["разница войдёт в следующий месяц отдельной строкой"],
    );
    // Okno was away over the next two promised days: each month comes once, the older one first.
    desk.until("2027-02-08T08:00:00Z");
    nobody_reads(&desk, &OTHERS);
    desk.looks_around();
    let drafts = darya(&desk).inbox();
    let subjects: Vec<&str> = drafts.iter().map(Received::subject).collect();
    assert!(
        subjects[0].contains("декабрь 2026") && subjects[1].contains("январь 2027"),
        "{subjects:?}"
    );
    // Which ticket, of which month, whose: she can explain it.
    says(
        &drafts[0],
        &[
            "Корректировки закрытых месяцев",
            "2026-11, Борис Ким, решено: было 1, стало 0",
        ],
    );
    let [kpi, _, detail] = &files(&drafts[0])[..] else {
        panic!("{}", drafts[0].text());
    };
    let row =
        "4;2026-M11;01.11.2026;30.11.2026;Europe/Moscow;корректировка;УТ-00043;Ким Борис Олегович;";
    assert!(
        kpi.contains(row) && kpi.contains(";З-1002;15.12.2026;"),
        "{kpi}"
    );
    let row = detail
        .lines()
        .find(|line| line.contains(";2026-M11;"))
        .unwrap();
    assert!(
        row.contains(";З-1002;")
            && row.contains(";Ким Борис Олегович;")
            && row.contains("sla_resolution_pct -1/-1; ")
            && row.contains("; solved -1"),
        "{detail}"
    );
    // December takes it along. January's draft did too; it comes anew without it.
    darya(&desk).writes(&Letter::reply_to(&drafts[0], "утвердить"));
    darya(&desk).writes(&Letter::reply_to(&drafts[1], "утвердить"));
    desk.step();
    let answers = darya(&desk).inbox();
    says(&answers[0], &["закрыты: версия 1"]);
    says(&answers[1], &["есть более новый черновик"]);
    desk.looks_around();
    let mails = darya(&desk).inbox();
    let anew = mails
        .iter()
        .find(|mail| mail.subject().contains("январь 2027"));
    let anew = anew.unwrap();
    says(
        anew,
        &["Это черновик 2", "Показатели самого месяца в нём те же"],
    );
    assert!(!anew.text().contains("Корректировки"), "{}", anew.text());
    darya(&desk).writes(&Letter::reply_to(anew, "утвердить"));
    desk.step();
    desk.looks_around();
    let sent = accountant(&desk).inbox();
    let subjects: Vec<&str> = sent.iter().map(Received::subject).collect();
    assert_eq!(sent.len(), 2, "{subjects:?}");
    says(
        &sent[0],
        &[
            "Корректировки закрытых месяцев",
            "2026-11, Борис Ким, решено: было 1, стало 0",
            "KORR_MET -1",
        ],
    );
    let (december, january) = (file(&sent[0]).0, file(&sent[1]).0);
    let rows = "УТ-00043;Ким Борис Олегович;ИТ-поддержка;2026-M11;KORR_SOLVED;-1\r\n\
                УТ-00043;Ким Борис Олегович;ИТ-поддержка;2026-M11;KORR_MET;-1\r\n\
                УТ-00043;Ким Борис Олегович;ИТ-поддержка;2026-M11;KORR_SLA_STD;-100,00\r\n\
                УТ-00043;Ким Борис Олегович;ИТ-поддержка;2026-M11;KORR_KOEFF;-1,0000\r\n";
    assert!(december.ends_with(rows), "{december}");
    assert!(!january.contains("KORR"), "{january}");
    // What was approved stays as it was: nobody is sent November again, and all of it proves.
    assert!(
        subjects.iter().all(|subject| !subject.contains("ноябрь")),
        "{subjects:?}"
    );
    let row = "УТ-00043;Ким Борис Олегович;ИТ-поддержка;2026-M11;SLA_STD;100,00\r\n";
    assert!(november.0.contains(row), "{}", november.0);
    is_sound(&desk, 3);
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["darya@uni.test"]);
    nobody_reads(&desk, &["root@uni.test"]);
}

#[test]
fn without_employee_numbers_nothing_is_approved_and_the_administrator_knows_it_before() {
    let desk = university("kpi.toml");
    let unnumbered = "boris@uni.test;Ким Борис Олегович;";
    desk.brings_people(&[PEOPLE[0], PEOPLE[1], unnumbered]);
    a_month_of_work(&desk);
    desk.looks_around();
    let root = desk.person("Администратор", "root@uni.test");
    let told = root.inbox().pop().unwrap();
    says(&told, &["по списку it, нет табельного номера", "boris"]);
    desk.until("2026-12-01T06:00:00Z");
    desk.looks_around();
    let draft = darya(&desk).only_mail();
    says(
        &draft,
        &[
            "Ким Борис Олегович: без табельного номера",
            "Нет табельного номера: Борис Ким",
        ],
    );
    darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    says(
        &darya(&desk).only_mail(),
        &["не у всех сотрудников есть табельный номер"],
    );
    desk.brings_people(&PEOPLE);
    desk.looks_around();
    let again = darya(&desk).inbox();
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["root@uni.test"]);
    assert_eq!(again.len(), 1, "a new draft comes by itself");
    darya(&desk).writes(&Letter::reply_to(&again[0], "утвердить"));
    desk.step();
    says(&darya(&desk).only_mail(), &["утверждены всеми"]);
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["root@uni.test"]);
}

/// Boris leaves in the middle of the month, and nobody has said his number: the draft waits for it, once, and the administrator
/// knows whose it is.
#[test]
fn a_month_of_somebody_who_has_left_waits_for_their_number_and_is_not_drafted_again_and_again() {
    let desk = university("kpi.toml");
    desk.brings_people(&[PEOPLE[0], PEOPLE[1], "boris@uni.test;Ким Борис Олегович;"]);
    a_month_of_work(&desk);
    desk.looks_around();
    nobody_reads(&desk, &["root@uni.test"]);
    let without = desk
        .source
        .replace("agents = [\"anna\", \"boris\"]", "agents = [\"anna\"]");
    let desk = restarted(desk, &without);
    desk.until("2026-12-01T06:00:00Z");
    for _ in 0..3 {
        desk.looks_around();
    }
    let draft = darya(&desk).only_mail();
    says(&draft, &["Нет табельного номера: Борис Ким"]);
    desk.inbox("root@uni.test");

    // The promised day: the accountants hear whose word is missing.
    desk.until("2026-12-03T06:00:00Z");
    desk.looks_around();
    accountant(&desk).only_mail();
    nobody_reads(
        &desk,
        &["darya@uni.test", "elena@uni.test", "root@uni.test"],
    );
    desk.brings_people(&PEOPLE);
    desk.looks_around();
    let again = darya(&desk).only_mail();
    darya(&desk).writes(&Letter::reply_to(&again, "утвердить"));
    desk.step();
    desk.looks_around();
    says(&darya(&desk).inbox()[0], &["утверждены всеми"]);
    let sent = accountant(&desk).inbox();
    assert!(
        sent.iter().any(|mail| file(mail).0.contains("УТ-00043")),
        "{}",
        sent.len()
    );
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["root@uni.test", "darya@uni.test"]);
}

#[test]
fn figures_are_sent_to_whoever_asks_and_may() {
    let desk = university("kpi.toml");
    a_month_of_work(&desk);
    let asks = |person: &Person<'_>, words: &str| {
        person.writes(&Letter::to("it@uni.test", "Показатели", words));
        desk.step();
        desk.step();
        person.only_mail()
    };
    let (darya, accountant) = (darya(&desk), accountant(&desk));
    let told = asks(&darya, "#отчёт sla 2026-11 очередь=it");
    says(
        &told,
        &[
            "Показатели за ноябрь 2026, как вы просили",
            "Анна Петрова, решено в срок: 100,00 % (1/1)",
            "Период ещё не закончен",
        ],
    );
    says(
        &asks(&darya, "#отчёт sla 2026-13"),
        &["Такого периода нет", "2026-q4"],
    );
    says(
        &asks(&darya, "#report sla 2026-11 queue=ti"),
        &["Такой очереди нет", "it"],
    );
    says(
        &asks(&darya, "#отчёт sla 2026-11 очередь=buh"),
        &["вам не положены"],
    );
    says(
        &asks(&accountant, "#отчёт kpi 2026-11"),
        &["ИТ-поддержка, получено: 2"],
    );
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    says(&asks(&anna, "#отчёт sla 2026-11"), &["вам не положены"]);
    // To anybody else it is a question like any other.
    let olga = desk.person("Ольга", "olga@uni.test");
    let asked = asks(&olga, "#отчёт sla 2026-11");
    assert!(
        asked.text().contains("Обращение зарегистрировано"),
        "{}",
        asked.text()
    );
    nobody_reads(&desk, &OTHERS);
}

#[test]
fn whoever_approves_may_ask_and_their_deputy_while_they_are_away() {
    let desk = university("kpi.toml");
    let source = desk.source.replace(
        "administrator = \"root@uni.test\"",
        "administrator = \"root@uni.test\"\ndirector = \"vera\"",
    );
    let galina = "[agent.galina]\nname = \"Галина Орлова\"\naddress = \"galina@uni.test\"\n\
         [payroll.buh]\ntitle = \"Учёт\"\nqueues = [\"buh\"]\nto = [\"payroll@uni.test\"]\nscores = \"kpi.toml\"\n\
         first = \"2026-11\"\napprover = \"galina\"\n[payroll.it]";
    let source = source.replace("[payroll.it]", galina);
    let desk = restarted(desk, &source);
    a_month_of_work(&desk);
    let asks = |person: &Person<'_>, words: &str| {
        person.writes(&Letter::to("it@uni.test", "Показатели", words));
        desk.step();
        desk.step();
        person.only_mail()
    };
    let galina = desk.person("Галина Орлова", "galina@uni.test");
    let told = asks(&galina, "#отчёт kpi 2026-11 очередь=buh");
    says(&told, &["За ноябрь 2026 ничего такого не было"]);
    let told = asks(&galina, "#отчёт kpi 2026-11 очередь=it");
    says(&told, &["вам не положены"]);
    let vera = desk.person("Вера Орлова", "vera@uni.test");
    let told = asks(&vera, "#отчёт sla 2026-11 очередь=it");
    says(
        &told,
        &[
            "ИТ-поддержка, решено в срок: 100,00 % (1/1)",
            "ИТ-поддержка, следующие ответы в срок: не оценено ни одного",
            "ИТ-поддержка, известия о ходе работы в срок: не оценено ни одного",
        ],
    );
    says(
        &asks(&vera, "#отчёт kpi 2027-03"),
        &["Период март 2027 ещё не начался, и показателей за него нет"],
    );
    let asked = "#отчёт sla 2026-11 очередь=it";
    says(&asks(&elena(&desk), asked), &["вам не положены"]);
    let away = Letter::to("it@uni.test", "Отпуск", "#отсутствую до 20.12");
    darya(&desk).writes(&away);
    desk.step();
    nobody_reads(&desk, &["darya@uni.test", "elena@uni.test"]);
    says(
        &asks(&elena(&desk), asked),
        &["Показатели за ноябрь 2026, как вы просили"],
    );
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["root@uni.test", "vera@uni.test"]);
}

/// The next draft is one that a program of another time has made.
pub(crate) fn is_drafted_otherwise(desk: &Desk, change: impl Fn(&mut PayrollDraft)) {
    let now = desk.clock.now();
    desk.with_house(async |house| {
        let all = payrolls::states(&house.db).await.unwrap();
        let (list, period) = (PayrollName::from("it"), "2026-11".to_owned());
        let state = &all.months[&(list.clone(), period.clone())];
        let drafted = state.drafted.clone().unwrap();
        let mut draft = PayrollDraft {
            number: drafted.draft.number + 1,
            ..drafted.draft
        };
        change(&mut draft);
        let step = PayrollStep::Draft {
            list,
            period,
            draft: Box::new(draft),
            file: drafted.file,
            letters: BTreeMap::new(),
        };
        let step = serde_json::to_string(&step).unwrap();
        work::add(&house.db, "payroll", &step, now).await.unwrap();
    });
    desk.step();
}

/// What a proof says of November, once somebody has changed its draft and the head has approved it.
pub(crate) fn proved_after(change: impl Fn(&mut PayrollDraft)) -> Proof {
    let desk = university("kpi.toml");
    let draft = a_draft_comes(&desk);
    is_drafted_otherwise(&desk, change);
    darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    says(&darya(&desk).only_mail(), &["закрыты: версия 1"]);
    nobody_reads(&desk, &OTHERS);
    proved(&desk)
}

/// What a proof of all approved months says.
pub(crate) fn proved(desk: &Desk) -> Proof {
    let zone = TimeZone::get("Europe/Moscow").unwrap();
    let proved = desk.with_house(async |house| okno::house::payroll::prove(&house.db, &zone).await);
    proved.unwrap()
}

#[test]
fn what_was_counted_by_other_definitions_is_no_fault_and_what_is_wrong_is_named() {
    // Another program has counted otherwise, and says so.
    let earlier = proved_after(|draft| {
        draft.definitions = 1;
        draft.sha256 = sum_of("");
        draft.figures = String::new();
    });
    assert_eq!(earlier.not_counted, ["it 2026-11"]);
    assert_eq!(earlier.faults, []);
    // The same without saying so.
    let wrong = proved_after(|draft| {
        draft.sha256 = sum_of("");
        draft.figures = String::new();
    });
    assert_eq!(wrong.not_counted, [""; 0]);
    assert_eq!(wrong.faults, [("it 2026-11".to_owned(), Wrong::Figures)]);
    let damaged = proved_after(|draft| {
        let pay = draft.pay.as_mut().unwrap();
        pay.sha256 = sum_of("another file");
        draft.head_hash = sum_of("another history");
    });
    let of = |what| ("it 2026-11".to_owned(), what);
    assert_eq!(damaged.faults, [of(Wrong::File), of(Wrong::Head)]);
}

pub(crate) fn sum_of(words: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(words.as_bytes()))
}

/// November is closed, and the accountants have their file: the letters of the head's draft and of theirs.
pub(super) fn a_file_is_sent(desk: &Desk) -> (Received, Received) {
    let draft = a_draft_comes(desk);
    darya(desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    desk.until("2026-12-03T06:00:00Z");
    desk.looks_around();
    nobody_reads(desk, &OTHERS);
    nobody_reads(desk, &["darya@uni.test"]);
    (draft, accountant(desk).only_mail())
}

#[test]
fn a_list_with_a_russian_name_has_files_that_every_program_and_person_can_read() {
    let desk = university("kpi.toml");
    let source = desk
        .source
        .replace("[payroll.it]", "[payroll.\"ИТ-отдел\"]");
    let desk = restarted(desk, &source);
    let draft = a_draft_comes(&desk);
    let called = "kpi_2026-11_ИТ-отдел_v0.csv";
    says(&draft, &[called]);
    darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    desk.until("2026-12-03T06:00:00Z");
    desk.looks_around();
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["darya@uni.test"]);
    let sent = accountant(&desk).only_mail();
    says(&sent, &["файл pay_2026-11_ИТ-отдел_v1.csv, версия 1"]);
    let names = sent
        .mail
        .attachments
        .iter()
        .map(|file| file.name.as_deref());
    assert!(
        names
            .clone()
            .any(|name| name == Some("pay_2026-11_ИТ-отдел_v1.csv"))
    );
    let raw = String::from_utf8_lossy(&sent.bytes);
    assert!(
        raw.contains("filename=\"pay_2026-11_it-otdel-"),
        "for old programs"
    );
    is_sound(&desk, 1);
}

/// The same bytes once more, and the letter says so.
#[track_caller]
fn is_the_same(mail: &Received, first: &Received) {
    assert_eq!(file(mail), file(first));
    assert!(
        mail.subject()
            .contains("версия 1 (утверждено), тот же файл ещё раз")
    );
    says(
        mail,
        &[
            "Это тот же файл ещё раз",
            "ничего не заменяет",
            &format!("SHA-256 файла: {}", file(first).1),
        ],
    );
}

#[test]
fn a_closed_file_is_sent_once_more_as_it_is() {
    let desk = university("kpi.toml");
    let (draft, first) = a_file_is_sent(&desk);
    // Whoever pays by it asks for it, by an answer or with a new mail; others who pay are not written to.
    accountant(&desk).writes(&Letter::reply_to(&first, "#прислать"));
    desk.step();
    is_the_same(&accountant(&desk).only_mail(), &first);
    accountant(&desk).writes(&Letter::to("it@uni.test", "Файл", "#прислать 2026-11"));
    desk.step();
    is_the_same(&accountant(&desk).only_mail(), &first);
    accountant(&desk).writes(&Letter::to("it@uni.test", "Файл", "#прислать 2026-12 ИТ"));
    desk.step();
    says(
        &accountant(&desk).only_mail(),
        &[
            "Файла, который вам можно прислать ещё раз, нет",
            "#прислать 2026-10",
        ],
    );
    // A head has it sent to them, and gets none.
    darya(&desk).writes(&Letter::reply_to(&draft, "прислать"));
    desk.step();
    let answer = darya(&desk).only_mail();
    says(
        &answer,
        &["Бухгалтерии ещё раз отправлен тот же файл за ноябрь 2026"],
    );
    assert!(answer.mail.attachments.is_empty());
    is_the_same(&accountant(&desk).only_mail(), &first);
    // To anybody else the word is no order.
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Файл", "#прислать 2026-11"));
    desk.step();
    accountant(&desk).got_nothing();
    let house = desk.stream("house", "house").join("\n");
    assert_eq!(
        house.matches("payroll (payroll_resent)").count(),
        3,
        "{house}"
    );
    nobody_reads(&desk, &OTHERS);
}

#[test]
fn what_was_never_sent_is_not_sent_once_more() {
    let desk = university("kpi.toml");
    let draft = a_draft_comes(&desk);
    for words in ["утвердить", "прислать"] {
        darya(&desk).writes(&Letter::reply_to(&draft, words));
        desk.step();
    }
    let answers = darya(&desk).inbox();
    says(&answers[1], &["файл бухгалтерии ещё не отправлялся"]);
    accountant(&desk).got_nothing();
    nobody_reads(&desk, &OTHERS);
}

#[test]
fn a_file_that_did_not_arrive_is_told_to_the_administrator_who_sends_it_once_more() {
    let desk = university("kpi.toml");
    let (_, first) = a_file_is_sent(&desk);
    super::bounces::report(&desk, &first, ("payroll@uni.test", "failed", "5.2.2"));
    let root = desk.person("Администратор", "root@uni.test");
    says(
        &root.only_mail(),
        &[
            "Письмо для payroll@uni.test не доставлено",
            "okno period resend it 2026-11 --to payroll@uni.test",
        ],
    );
    let now = desk.clock.now();
    let operation = Operation::ResendFile {
        list: PayrollName::from("it"),
        period: "2026-11".to_owned(),
        to: Some(Address::parse("payroll@uni.test").unwrap()),
    };
    desk.with_house(async |house| work::order(&house.db, operation, now).await.unwrap());
    desk.step();
    is_the_same(&accountant(&desk).only_mail(), &first);
    nobody_reads(&desk, &OTHERS);
}

#[test]
fn a_month_is_closed_by_mail_or_at_the_terminal_and_not_by_both() {
    let november = |desk: &Desk| {
        let zone = TimeZone::get("Europe/Moscow").unwrap();
        let period = Period::named("2026-11", &zone).unwrap();
        let now = desk.clock.now();
        desk.with_house(async |house| {
            let prepared = periods::prepare(&house.db, &period, &zone, now).await;
            prepared.unwrap()
        })
    };
    let close = |desk: &Desk, closed: &ClosedPeriod| {
        let now = desk.clock.now();
        let operation = Operation::ClosePeriod {
            closed: Box::new(closed.clone()),
            files: BTreeMap::new(),
            reason: "утвердила Дарья Громова".to_owned(),
        };
        desk.with_house(async |house| work::order(&house.db, operation, now).await.unwrap());
        desk.step();
    };
    let at_terminal = |desk: &Desk| {
        desk.with_house(async |house| history::closed_periods(&house.db).await.unwrap().len())
    };
    // By mail first: also where both were at it at once.
    let desk = university("kpi.toml");
    let draft = a_draft_comes(&desk);
    let prepared = november(&desk).unwrap();
    darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    assert_eq!(
        november(&desk),
        Err(NotClosed::ByMail(vec![PayrollName::from("it")]))
    );
    close(&desk, &prepared);
    assert_eq!(at_terminal(&desk), 0);
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["darya@uni.test"]);
    // At the terminal first: the head is told, nobody is asked, reminded or sent anything any more.
    let desk = university("kpi.toml");
    let draft = a_draft_comes(&desk);
    close(&desk, &november(&desk).unwrap());
    assert_eq!(at_terminal(&desk), 1);
    darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    says(&darya(&desk).only_mail(), &["месяц уже закрыт"]);
    desk.until("2026-12-04T07:00:00Z");
    desk.looks_around();
    accountant(&desk).got_nothing();
    darya(&desk).got_nothing();
    nobody_reads(&desk, &OTHERS);
}

#[test]
fn what_accountants_ask_goes_to_the_head_who_knows_and_her_answer_to_them() {
    let desk = university("kpi.toml");
    let (_, first) = a_file_is_sent(&desk);
    let words = "Получено. Почему у Кима только одно обращение?";
    accountant(&desk).writes(&Letter::reply_to(&first, words));
    desk.step();
    let asked = darya(&desk).only_mail();
    assert!(
        asked
            .subject()
            .starts_with("Вопрос бухгалтерии о показателях за ноябрь 2026 · ИТ")
    );
    says(
        &asked,
        &[
            "Бухгалтерия (payroll@uni.test) спрашивает",
            "> Получено. Почему у Кима",
        ],
    );
    assert_eq!(
        asked.header("Reply-To").as_deref(),
        Some("<payroll@uni.test>")
    );
    // No request of it, and no agent reads it.
    assert_eq!(desk.tickets(), 2);
    nobody_reads(&desk, &OTHERS[4..]);
    accountant(&desk).got_nothing();
}

#[test]
fn what_waited_for_the_requester_stands_in_the_details() {
    let desk = university("kpi.toml");
    let olga = desk.person("Ольга", "olga@uni.test");
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Он не печатает."));
    desk.step();
    let card = anna.only_mail();
    desk.advance(HOUR);
    anna.writes(&Letter::reply_to(&card, "Какой у вас кабинет?\nжду"));
    desk.step();
    let question = olga.inbox().pop().unwrap();
    desk.advance(2 * HOUR);
    olga.writes(&Letter::reply_to(&question, "Кабинет 312."));
    desk.step();
    desk.advance(HOUR);
    anna.writes(&Letter::reply_to(&card, "Заменили картридж.\nрешено"));
    desk.step();
    let zone = TimeZone::get("Europe/Moscow").unwrap();
    let november = Period::named("2026-11", &zone).unwrap();
    let judged =
        desk.with_house(async |house| history::judged(&house.db, &november, None).await.unwrap());
    let told: Vec<(&str, i64, i64)> = judged
        .iter()
        .filter_map(|one| {
            let Detail::Promise(one) = one else {
                return None;
            };
            let (calendar, paused) = (one.calendar_secs / 3600, one.paused_secs / 3600);
            Some((one.clock.code(), calendar, paused))
        })
        .collect();
    // The first answer was given before anybody was waited for.
    assert!(told.contains(&("resolution", 4, 2)), "{told:?}");
    nobody_reads(&desk, &OTHERS);
}

#[test]
fn a_draft_brings_charts_where_the_list_asks_for_them() {
    for (charts, many) in [("", 0), ("charts = true\n", 3)] {
        let desk = university_with("kpi.toml", &format!("{charts}{ALL_PROVEN}"));
        let draft = a_draft_comes(&desk);
        let reading = read(&draft.bytes, &Limits::default());
        let all = decode_all(&draft.bytes, reading.places.iter());
        let pictures = all.iter().filter(|bytes| bytes.starts_with(b"\x89PNG"));
        assert_eq!(pictures.count(), many, "{charts}");
        // Whoever sees no picture reads the same figures, and each is named by the mail it is in.
        let has_figures = draft.text().contains("Получено и решено:");
        assert_eq!(has_figures, many > 0, "{}", draft.text());
        let id = draft.mail.message_id.as_ref().unwrap();
        let bytes = String::from_utf8_lossy(&draft.bytes);
        assert!(bytes.matches(&format!("{id}>")).count() > many);
        assert_eq!(bytes.matches("Content-ID: <").count(), many);
        nobody_reads(&desk, &OTHERS);
        nobody_reads(
            &desk,
            &["root@uni.test", "darya@uni.test", "payroll@uni.test"],
        );
    }
}
