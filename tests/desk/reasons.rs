//! Why figures are what they are: heads say it in answer to the letter about the month or to a draft, and it stands beside the
//! figure wherever that is read.

use super::{
    bounces::report,
    desk::{ALL_PROVEN, Desk},
    letter::{Letter, Received},
    orders::restarted,
    payroll::{a_draft_comes, darya, says, university_with},
    reviews::{a_week_of_work, asks, nobody_reads, with_director, without_hash},
};

/// Half past eight on the first of December: Darya has the month of ИТ, and the director's page goes at nine.
fn november(source: &str) -> (Desk, Received) {
    let desk = Desk::with(source);
    a_week_of_work(&desk);
    desk.until("2026-12-01T05:30:00Z");
    nobody_reads(&desk);
    desk.looks_around();
    let month = the_month(&desk);
    nobody_reads(&desk);
    (desk, month)
}

fn the_month(desk: &Desk) -> Received {
    let all = darya(desk).inbox().into_iter();
    let mut months = all.filter(|mail| mail.subject().starts_with("Итоги за"));
    months.next().unwrap()
}

/// The page of whoever reads the house's month.
fn page(desk: &Desk, at: &str) -> Received {
    desk.until(at);
    nobody_reads(desk);
    desk.looks_around();
    desk.inbox("rector@uni.test");
    desk.inbox("elena@uni.test").pop().unwrap()
}

#[test]
fn a_reason_in_answer_to_the_letter_about_the_month_stands_beside_the_figure() {
    let (desk, month) = november(&format!("{}{ALL_PROVEN}", with_director()));
    insta::assert_snapshot!("the_month_asks_for_reasons", without_hash(month.text()));
    darya(&desk).writes(&Letter::reply_to(
        &month,
        "причина SLA_STD два дня стоял сервер\nпричина SLA_FOO непонятно\nутвердить",
    ));
    desk.step();
    let answer = darya(&desk).only_mail();
    let (subject, _) = answer.subject().split_once(" [kpi:").unwrap();
    insta::assert_snapshot!(
        "reasons_are_answered",
        format!("{subject}\n\n{}", answer.text())
    );
    // The page of the same morning has it beside the figure.
    let of_november = page(&desk, "2026-12-01T06:00:00Z");
    says(
        &of_november,
        &["стандартные в срок: 33,3 % (1 из 3), цель 95 %. Причина: два дня стоял сервер"],
    );
    assert!(
        !of_november.text().contains("SLA_STD"),
        "{}",
        of_november.text()
    );
    assert!(
        !of_november.text().contains("не указана"),
        "{}",
        of_november.text()
    );
    // December was no better: both read what was said of November beside its figure.
    asks(&desk, "it", "nina", "Сканер");
    desk.until("2027-01-01T05:30:00Z");
    nobody_reads(&desk);
    desk.looks_around();
    let december = the_month(&desk);
    says(
        &december,
        &["месяцем раньше 33,3 % (причина: два дня стоял сервер), стало хуже. Причина не указана"],
    );
    let page = page(&desk, "2027-01-01T06:00:00Z");
    says(
        &page,
        &["месяцем раньше 33,3 % (причина: два дня стоял сервер), стало хуже"],
    );
    nobody_reads(&desk);
}

#[test]
fn whoever_is_not_proven_is_asked_and_nobody_else_is_heard() {
    let (desk, month) = november(&with_director());
    let words = "причина sla_std два дня стоял сервер";
    // A colleague has the letter from her, and its code with it.
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    anna.writes(&Letter::reply_to(&month, words));
    desk.step();
    // It is no request, and says nothing in her name: she hears of it.
    says(
        &darya(&desk).only_mail(),
        &["ответил кто-то с адреса anna@uni.test", words],
    );
    for address in ["anna@uni.test", "boris@uni.test", "root@uni.test"] {
        desk.person("", address).got_nothing();
    }
    darya(&desk).writes(&Letter::reply_to(&month, words));
    desk.step();
    let asked = darya(&desk).only_mail();
    says(&asked, &["ответьте на это письмо одним словом «да»", words]);
    let of_house = |desk: &Desk| desk.stream("house", "house").join("\n");
    assert!(
        !of_house(&desk).contains("payroll_explained"),
        "{}",
        of_house(&desk)
    );
    darya(&desk).writes(&Letter::reply_to(&asked, "да"));
    desk.step();
    says(
        &darya(&desk).only_mail(),
        &["Записано: 1 причина к итогам за ноябрь 2026."],
    );
    assert_eq!(of_house(&desk).matches("payroll_explained").count(), 1);
    nobody_reads(&desk);
    desk.inbox("elena@uni.test");
}

#[test]
fn a_month_that_does_not_get_to_its_head_is_told_in_words_about_the_queue() {
    let (desk, month) = november(&with_director());
    let told = |about: &Received| {
        report(&desk, about, ("darya@uni.test", "failed", "5.1.1"));
        desk.inbox("root@uni.test")
    };
    let first = told(&month);
    says(
        &first[0],
        &[
            "Письмо для darya@uni.test не доставлено",
            "письмо об итогах очереди «ИТ-поддержка» за ноябрь 2026. По нему не платят",
        ],
    );
    for word in ["queue:it", "payroll", "заместитель", "бухгалтерии"] {
        assert!(!first[0].text().contains(word), "{}", first[0].text());
    }
    assert_eq!(first.len(), 1);
    // Nobody waits to be paid by it: once a day an address is enough.
    assert!(told(&month).is_empty());
    nobody_reads(&desk);
    desk.inbox("elena@uni.test");
}

#[test]
fn a_draft_has_the_same_figures_with_reasons_beside_them() {
    let desk = university_with("kpi.toml", ALL_PROVEN);
    let draft = a_draft_comes(&desk);
    says(
        &draft,
        &[
            "Не достигнуто — категория верна сразу (DIAG): 0,0 % (0 из 2), цель 100 %. Причина не указана",
        ],
    );
    let words = "причина SLA_FOO так вышло";
    darya(&desk).writes(&Letter::reply_to(&draft, words));
    desk.step();
    says(
        &darya(&desk).only_mail(),
        &["такого показателя нет. Коды показателей: SLA_EXTR, SLA_STD"],
    );
    darya(&desk).writes(&Letter::reply_to(&draft, "причина DIAG темы ещё не заданы"));
    desk.step();
    let written = darya(&desk).only_mail();
    says(&written, &["Причины записаны"]);
    // Nobody has a page of this house.
    for mail in [&draft, &written] {
        assert!(!mail.text().contains("иректор"), "{}", mail.text());
    }
    darya(&desk).writes(&Letter::reply_to(&draft, "исключить 1001 учения"));
    desk.step();
    desk.looks_around();
    let again = darya(&desk).inbox().pop().unwrap();
    says(&again, &["цель 100 %. Причина: темы ещё не заданы"]);
    super::payroll::nobody_reads(&desk, &super::payroll::OTHERS);
    desk.inbox("elena@uni.test");
}

#[test]
fn a_month_is_held_against_what_was_aimed_at_in_it_and_the_one_before_against_its_own() {
    let source = with_director();
    let desk = Desk::with(&source);
    a_week_of_work(&desk);
    desk.until("2026-11-30T21:30:00Z");
    nobody_reads(&desk);
    // December has begun: more is wanted, and sooner.
    let stricter = source
        .replace("in_time = 25", "in_time = 90")
        .replace("target = \"8 h\"", "target = \"2 h\"");
    let desk = restarted(desk, &stricter);
    let of_november = page(&desk, "2026-12-01T06:00:00Z");
    says(
        &of_november,
        &[
            "Достигнуто — решено в срок: 33,3 % (1 из 3), цель 25 %",
            "среднее время до решения (доля обещанного): 12,5 %, цель 100 %",
        ],
    );
    // In December it takes an hour again, of two that were promised.
    desk.until("2026-12-02T07:00:00Z");
    asks(&desk, "it", "olga", "Сканер");
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    let card = anna.inbox().pop().unwrap();
    desk.advance(super::reviews::HOUR);
    anna.writes(&Letter::reply_to(&card, "Включите его.\nрешено"));
    desk.step();
    nobody_reads(&desk);
    let of_december = page(&desk, "2027-01-01T06:00:00Z");
    says(
        &of_december,
        &[
            "цель 90 %; месяцем раньше 33,3 % (цель тогда 25 %)",
            "среднее время до решения (доля обещанного): 50,0 %, цель 100 %; месяцем раньше 12,5 %, стало хуже",
        ],
    );
    nobody_reads(&desk);
    desk.inbox("elena@uni.test");
}
