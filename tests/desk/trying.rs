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
