//! A mail to the dry-run address: an agent is told what would have become of it, and nothing of that happens.

use super::{
    desk::{Desk, UNIVERSITY},
    letter::Letter,
};

/// ИТ may be tried out at an address of its own; what is about printers is Boris's.
fn university() -> Desk {
    let source = UNIVERSITY.replacen(
        "address = \"it@uni.test\"",
        "address = \"it@uni.test\"\ndry_run = \"it-test@uni.test\"",
        1,
    );
    Desk::with(&format!(
        "{source}\n[trust]\nservers = [\"mx.uni.test\"]\n[[rule]]\nname = \"Принтеры\"\n\
         when = {{ mailbox = \"it\", words = [\"принтер\"] }}\nclass = \"urgent\"\nassignee = \"boris\"\n"
    ))
}

fn printer() -> Letter {
    Letter::to("it-test@uni.test", "Не печатает", "Сломался принтер.")
}

fn proven(letter: Letter) -> Letter {
    let results = "mx.uni.test; dmarc=pass header.from=uni.test";
    letter.with("Authentication-Results", results)
}

#[test]
fn an_agent_is_told_what_would_have_become_of_it_and_no_ticket_is_open() {
    let desk = university();
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    anna.writes(&proven(printer()));
    desk.step();
    let told = anna.only_mail();
    insta::assert_snapshot!("told", told.text());
    assert!(told.subject().starts_with("Проба:"), "{}", told.subject());
    assert_eq!(desk.tickets(), 0);
    desk.person("Борис", "boris@uni.test").got_nothing();
    // The number that it would have had is the next one's.
    anna.writes(&Letter::to(
        "it@uni.test",
        "Принтер",
        "И правда не печатает.",
    ));
    desk.step();
    assert_eq!(desk.ticket(1001).classification.class.code(), "urgent");
    for address in ["anna@uni.test", "boris@uni.test"] {
        desk.inbox(address);
    }
}

#[test]
fn nobody_else_hears_what_the_rules_are() {
    let desk = university();
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    let olga = desk.person("Ольга", "olga@uni.test");
    anna.writes(&printer());
    olga.writes(&proven(Letter::to(
        "it-test@uni.test",
        "Вопрос",
        "Где сдать пропуск?",
    )));
    desk.step();
    anna.got_nothing();
    olga.got_nothing();
    assert_eq!(desk.tickets(), 0);
}

#[test]
fn a_request_that_names_the_trial_address_besides_is_a_request_as_ever() {
    let desk = university();
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    let olga = desk.person("Ольга", "olga@uni.test");
    let both = || {
        Letter::to("it@uni.test", "Не печатает", "Сломался принтер.").with("Cc", "it-test@uni.test")
    };
    olga.writes(&both());
    desk.step();
    assert_eq!(desk.tickets(), 1);
    let told = olga.only_mail();
    assert!(told.subject().contains("IT-1001"), "{}", told.subject());
    desk.inbox("boris@uni.test");
    anna.got_nothing();
    // An agent is told of the trial, too, and that it was none.
    anna.writes(&proven(both()));
    desk.step();
    assert_eq!(desk.tickets(), 2);
    let told = anna.inbox();
    let tried = told
        .iter()
        .find(|mail| mail.subject().starts_with("Проба:"));
    let tried = tried.expect("she is answered");
    assert!(
        tried.text().contains("и на рабочий адрес"),
        "{}",
        tried.text()
    );
    desk.inbox("boris@uni.test");
}

#[test]
fn an_answer_that_goes_to_the_trial_address_acts_on_nothing() {
    let desk = university();
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Вопрос", "Где пропуск?"));
    desk.step();
    olga.only_mail();
    let card = anna.only_mail();
    let events = desk.history(1001).len();
    anna.writes(&proven(Letter::to(
        "it-test@uni.test",
        card.subject(),
        "решено",
    )));
    desk.step();
    assert_eq!(desk.history(1001).len(), events);
    let told = anna.only_mail();
    assert!(
        told.text().contains("не открыло бы обращения"),
        "{}",
        told.text()
    );
    olga.got_nothing();
    desk.inbox("boris@uni.test");
}

#[test]
fn the_rules_of_a_confidential_queue_are_tried_by_its_own_agents_alone() {
    let source = UNIVERSITY
        .replacen(
            "address = \"buh@uni.test\"",
            "address = \"buh@uni.test\"\ndry_run = \"buh-test@uni.test\"",
            1,
        )
        .replacen(
            "address = \"it@uni.test\"",
            "address = \"it@uni.test\"\ndry_run = \"it-test@uni.test\"",
            1,
        )
        .replace("[queue.buh]\n", "[queue.buh]\nconfidential = true\n");
    let desk = Desk::with(&format!(
        "{source}\n[trust]\nservers = [\"mx.uni.test\"]\n[[rule]]\nname = \"Оклады\"\n\
         when = {{ words = [\"оклад\"] }}\nqueue = \"buh\"\nassignee = \"vera\"\n"
    ));
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    let vera = desk.person("Вера Орлова", "vera@uni.test");
    let asks = |address| proven(Letter::to(address, "Вопрос", "Какой у меня оклад?"));
    anna.writes(&asks("buh-test@uni.test"));
    desk.step();
    anna.got_nothing();
    vera.writes(&asks("buh-test@uni.test"));
    desk.step();
    let told = vera.only_mail();
    assert!(told.text().contains("«Оклады»"), "{}", told.text());
    // Where a rule of hers leads there she learns that it does, and no more.
    anna.writes(&asks("it-test@uni.test"));
    desk.step();
    let told = anna.only_mail();
    assert!(told.text().contains("Бухгалтерия"), "{}", told.text());
    assert!(!told.text().contains("Оклады"), "{}", told.text());
    assert!(!told.text().contains("Вера"), "{}", told.text());
}
