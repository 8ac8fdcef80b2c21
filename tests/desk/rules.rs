//! Named rules: whose a new mail is, how urgent it is, who answers it, and what history tells of it.

use std::time::Duration;

use okno::{
    model::{
        classification::{Priority, RequestClass},
        ids::{AgentName, QueueName},
        ticket::Ticket,
    },
    store::Faults,
};

use super::{
    desk::{Desk, UNIVERSITY},
    letter::Letter,
};

const HOUR: Duration = Duration::from_secs(3600);

/// The university with these rules.
fn university(rules: &str) -> Desk {
    Desk::with(&format!("{UNIVERSITY}\n{rules}"))
}

fn newest(desk: &Desk) -> Ticket {
    let count = i64::try_from(desk.tickets()).unwrap();
    desk.ticket(1000 + count)
}

const CERTIFICATES: &str = r#"
[[rule]]
name = "Справки"
when = { mailbox = "it", words = ["справка", "2-НДФЛ"] }
queue = "buh"
class = "consultation"
priority = "high"
assignee = "vera"
tags = ["НДФЛ"]
"#;

#[test]
fn a_mail_to_the_wrong_department_is_the_right_ones_from_the_start() {
    let desk = university(CERTIFICATES);
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to(
        "it@uni.test",
        "Нужна справка",
        "Прошу 2-НДФЛ за 2025 год.",
    ));
    desk.step();
    let ticket = desk.ticket(1001);
    assert_eq!(ticket.queue, QueueName::from("buh"));
    assert_eq!(ticket.assignee, Some(AgentName::from("vera")));
    assert_eq!(ticket.classification.class, RequestClass::Consultation);
    assert_eq!(ticket.classification.priority, Priority::High);
    assert_eq!(ticket.classification.tags, ["НДФЛ"]);

    let told = olga.only_mail();
    assert!(
        told.text().contains("Отвечает: Бухгалтерия"),
        "{}",
        told.text()
    );
    assert!(
        told.header("From")
            .is_some_and(|from| from.contains("buh@uni.test"))
    );
    let card = desk.person("Вера", "vera@uni.test").only_mail();
    assert!(card.text().contains("НДФЛ"), "{}", card.text());
    desk.person("Анна", "anna@uni.test").got_nothing();

    let story = desk.stream("ticket", "1001").join("\n");
    for line in [
        "rule_applied (rule:Справки)",
        "classified (rule:Справки)",
        "assigned (rule:Справки)",
    ] {
        assert!(story.contains(line), "{story}");
    }
}

#[test]
fn other_mail_goes_the_way_it_went() {
    let desk = university(CERTIFICATES);
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает."));
    desk.step();
    olga.only_mail();
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
    assert_eq!(desk.ticket(1001).queue, QueueName::from("it"));
    assert!(!desk.stream("ticket", "1001").join("\n").contains("rule"));
}

/// A mail that names both departments lies in both mailboxes, and the rule sends one of its two tickets to the other.
#[test]
fn two_that_rules_send_to_one_queue_are_one_ticket() {
    let desk = university(CERTIFICATES);
    let olga = desk.person("Ольга", "olga@uni.test");
    let letter = Letter::to("it@uni.test, buh@uni.test", "Справка", "Нужна справка.");
    let bytes = olga.bytes(&letter);
    for mailbox in ["buh", "it"] {
        desk.arrives(mailbox, &bytes);
        desk.step();
    }
    olga.only_mail();
    desk.person("Вера", "vera@uni.test").only_mail();
    desk.person("Анна", "anna@uni.test").got_nothing();
    assert_eq!(desk.ticket(1001).queue, QueueName::from("buh"));
    assert_eq!(desk.tickets(), 1);
}

#[test]
fn what_an_agent_passes_on_is_not_routed_again() {
    let source = UNIVERSITY.replace(
        "agents = [\"vera\"]",
        "agents = [\"vera\"]\ncommands = [\"transfer\"]",
    );
    let desk = Desk::with(&format!("{source}\n{CERTIFICATES}"));
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Справка", "Какая-то справка."));
    desk.step();
    olga.only_mail();
    let vera = desk.person("Вера Орлова", "vera@uni.test");
    let card = vera.only_mail();
    assert_eq!(desk.ticket(1001).queue, QueueName::from("buh"));
    vera.writes(&Letter::reply_to(&card, "#передать it это к вам"));
    desk.step();
    assert_eq!(desk.ticket(1001).queue, QueueName::from("it"));
    let told = olga.only_mail();
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    anna.only_mail();
    desk.inbox("boris@uni.test");
    vera.inbox();
    // What is added stays where it is, whatever its words are.
    olga.writes(&Letter::reply_to(&told, "Справка 2-НДФЛ, пожалуйста."));
    desk.step();
    assert!(anna.only_mail().text().contains("Справка 2-НДФЛ"));
    desk.inbox("boris@uni.test");
    vera.got_nothing();
    olga.inbox();
    assert_eq!(desk.ticket(1001).queue, QueueName::from("it"));
    assert_eq!(desk.tickets(), 1);
    // The same words in a new mail are the accountants'.
    olga.writes(&Letter::to(
        "it@uni.test",
        "Ещё одна",
        "Справка 2-НДФЛ, пожалуйста.",
    ));
    desk.step();
    olga.only_mail();
    vera.only_mail();
    anna.got_nothing();
}

#[test]
fn whoever_is_away_is_given_nothing_by_a_rule() {
    let source = UNIVERSITY.replace(
        "agents = [\"vera\"]",
        "agents = [\"vera\", \"anna\"]\ncommands = [\"absent\"]",
    );
    let desk = Desk::with(&format!(
        "{source}\n[trust]\nservers = [\"mx.uni.test\"]\n{CERTIFICATES}"
    ));
    let vera = desk.person("Вера Орлова", "vera@uni.test");
    let away = Letter::to("buh@uni.test", "Отпуск", "#отсутствую до 30.11");
    let proven = "mx.uni.test; dmarc=pass header.from=uni.test";
    vera.writes(&away.with("Authentication-Results", proven));
    desk.step();
    desk.inbox("vera@uni.test");
    desk.inbox("anna@uni.test");
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Справка", "Нужна справка."));
    desk.step();
    olga.only_mail();
    let last = newest(&desk);
    assert_eq!(last.queue, QueueName::from("buh"));
    assert_eq!(last.assignee, None);
    desk.person("Анна", "anna@uni.test").only_mail();
    vera.got_nothing();
}

#[test]
fn the_curator_of_the_people_directory_answers() {
    let rule = r#"
[[rule]]
name = "Закреплённые"
when = { listed = true }
assignee = "curator"
"#;
    let source = format!("directory = {{ file = \"DATA/people.csv\" }}\n{UNIVERSITY}\n{rule}");
    let desk = Desk::with(&source);
    desk.brings_people(&[
        "Фамилия Имя,Почта,Куратор",
        "Ольга Седова,olga@uni.test,Борис Ким",
        "Пётр Ли,petr@uni.test,",
    ]);
    for (address, owner) in [
        ("olga@uni.test", Some(AgentName::from("boris"))),
        ("petr@uni.test", None),
        ("guest@mail.example", None),
    ] {
        let person = desk.person("Кто-то", address);
        person.writes(&Letter::to("it@uni.test", "Вопрос", "Как войти в сеть?"));
        desk.step();
        person.only_mail();
        desk.inbox("anna@uni.test");
        desk.inbox("boris@uni.test");
        assert_eq!(newest(&desk).assignee, owner, "{address}");
        desk.advance(HOUR);
    }
}

#[test]
fn a_rule_chooses_the_words_of_the_acknowledgement() {
    let rule = r#"
[[rule]]
name = "Пропуска"
when = { subject = "пропуск" }
acknowledgement = "пропуск"
"#;
    let desk = Desk::closed(&format!("answers = \"DATA/answers\"\n{UNIVERSITY}\n{rule}"));
    desk.saves_text_unseen(
        "answers/pass.md",
        "---\nname: пропуск\n---\nЗа пропуском приходите в 101, {{ name }}.\n",
    );
    desk.start(Faults::none());
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to(
        "it@uni.test",
        "Пропуск в корпус",
        "Нужен новый.",
    ));
    desk.step();
    let told = olga.only_mail();
    assert!(
        told.text().contains("За пропуском приходите в 101, Ольга."),
        "{}",
        told.text()
    );
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

/// An emergency is made by a rule that somebody has written, and by nobody who pretends to be a colleague.
#[test]
fn an_emergency_by_rule_and_not_by_a_forged_sender() {
    let rule = r#"
[[rule]]
name = "Авария"
when = { words = ["сервер не отвечает"] }
class = "emergency"
"#;
    let source = UNIVERSITY.replace("target = \"8 h\"", "classes = \"default\"");
    let desk = Desk::with(&format!(
        "{source}\n[trust]\nservers = [\"mx.uni.test\"]\n{rule}"
    ));
    let olga = desk.person("Ольга", "olga@uni.test");
    let cry = || Letter::to("it@uni.test", "Беда", "Сервер не отвечает!");
    let proven = "mx.uni.test; dmarc=pass header.from=uni.test";
    let failed = "mx.uni.test; dmarc=fail (p=reject) header.from=uni.test";
    for (results, class) in [
        (proven, RequestClass::Emergency),
        (failed, RequestClass::Standard),
    ] {
        olga.writes(&cry().with("Authentication-Results", results));
        desk.step();
        for address in ["olga@uni.test", "anna@uni.test", "boris@uni.test"] {
            desk.inbox(address);
        }
        assert_eq!(newest(&desk).classification.class, class, "{results}");
        desk.advance(HOUR);
    }
}
