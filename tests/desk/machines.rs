//! Machines that may ask: a web form asks for whoever filled it in, monitoring for itself, everybody else's machine for
//! nobody.

use super::{
    desk::{Desk, UNIVERSITY},
    letter::Letter,
};

/// The university, whose IT department takes orders from machines.
fn with_machines() -> Desk {
    let named = "mode = \"full\"\n\
                 automatic.\"form@uni.test\" = { requester = \"reply-to\" }\n\
                 automatic.\"site@uni.test\" = { requester = \"body:Почта\" }\n\
                 automatic.\"monitor@uni.test\" = {}";
    Desk::with(&UNIVERSITY.replacen("mode = \"full\"", named, 1))
}

fn by_machine(subject: &str, text: &str) -> Letter {
    Letter::to("it@uni.test", subject, text).with("Auto-Submitted", "auto-generated")
}

#[test]
fn a_web_form_asks_for_whoever_filled_it_in() {
    let desk = with_machines();
    let (olga, anna) = (
        desk.person("Ольга", "olga@mail.example"),
        desk.person("Анна", "anna@uni.test"),
    );
    let (form, site) = (
        desk.person("Форма", "form@uni.test"),
        desk.person("Сайт", "site@uni.test"),
    );
    form.writes(&by_machine("Заявка", "Нет сети.").with("Reply-To", "Ольга <olga@mail.example>"));
    desk.step();
    let acknowledged = olga.only_mail();
    assert!(acknowledged.text().contains("IT-1001"));
    form.got_nothing();
    let card = anna.only_mail();
    assert!(card.text().contains("olga@mail.example"));
    desk.inbox("boris@uni.test");
    anna.writes(&Letter::reply_to(&card, "Включите кабель."));
    desk.step();
    let answer = olga.only_mail();
    desk.inbox("boris@uni.test");
    olga.writes(&Letter::reply_to(&answer, "Спасибо, работает."));
    desk.step();
    assert_eq!(anna.inbox().len(), 1, "it is her ticket");

    site.writes(&by_machine(
        "Заявка",
        "Имя: Ольга\nПочта: olga@mail.example\nВопрос: пароль",
    ));
    desk.step();
    assert!(olga.only_mail().text().contains("IT-1002"));
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

#[test]
fn monitoring_asks_for_itself_and_is_never_answered_by_machine() {
    let desk = with_machines();
    let monitor = desk.person("Мониторинг", "monitor@uni.test");
    monitor.writes(&by_machine("PROBLEM: disk", "Диск полон."));
    desk.step();
    monitor.got_nothing();
    assert_eq!(desk.tickets(), 1);
    let history = desk.history(1001);
    let withheld = "mail_withheld (automatic_answer_unwanted)".to_owned();
    assert!(history.contains(&withheld), "{history:?}");
    assert_eq!(desk.inbox("anna@uni.test").len(), 1);
    desk.inbox("boris@uni.test");
}

#[test]
fn other_machines_open_nothing_and_no_machine_asks_where_it_is_not_named() {
    let desk = with_machines();
    let (scanner, monitor) = (
        desk.person("Сканер", "scanner@uni.test"),
        desk.person("Мониторинг", "monitor@uni.test"),
    );
    scanner.writes(&by_machine("Scan", "Скан."));
    let both = by_machine("PROBLEM", "Диск.").with("To", "buh@uni.test, it@uni.test");
    let bytes = monitor.bytes(&both);
    desk.arrives("buh", &bytes);
    desk.step();
    assert_eq!(desk.tickets(), 0);
    desk.arrives("it", &bytes);
    desk.step();
    assert_eq!(desk.tickets(), 1);
    assert_eq!(desk.ticket(1001).queue.as_str(), "it");
    assert_eq!(desk.inbox("vera@uni.test").len(), 0);
    scanner.got_nothing();
    monitor.got_nothing();
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}
