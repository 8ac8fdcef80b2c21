//! What requesters ask for by one word: status, history, cancel, urgent, language, help.

use std::time::Duration;

use okno::model::{language::Language, ticket::State};

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

const HOUR: Duration = Duration::from_secs(3600);

/// A desk whose IT queue has switched all of it on.
fn desk() -> Desk {
    Desk::with(&UNIVERSITY.replace(
        "target = \"8 h\"",
        "target = \"8 h\"\nrequester_commands = [\"all\"]",
    ))
}

fn people(desk: &Desk) -> (Person<'_>, Person<'_>) {
    (
        desk.person("Ольга Белова", "olga@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
    )
}

/// A ticket of hers: the acknowledgement and Anna's card.
fn opened(desk: &Desk, subject: &str) -> (Received, Received) {
    let (olga, anna) = people(desk);
    olga.writes(&Letter::to("it@uni.test", subject, "Не работает."));
    desk.step();
    desk.inbox("boris@uni.test");
    (olga.only_mail(), anna.only_mail())
}

#[test]
fn the_acknowledgement_offers_words_and_status_answers_at_once() {
    let desk = desk();
    let (olga, anna) = people(&desk);
    let (acknowledged, card) = opened(&desk, "Принтер");
    assert!(
        acknowledged.text().contains("статус — как идут дела"),
        "{}",
        acknowledged.text()
    );
    anna.writes(&Letter::reply_to(&card, "взять"));
    desk.step();
    desk.inbox("boris@uni.test");
    olga.writes(&Letter::reply_to(&acknowledged, "Статус?"));
    desk.step();
    let told = olga.only_mail();
    assert!(
        told.text().contains("в работе, исполнитель — Анна Петрова"),
        "{}",
        told.text()
    );
    assert_eq!(
        told.header("Auto-Submitted").as_deref(),
        Some("auto-replied")
    );
    anna.got_nothing();

    // And again, in answer to that answer; the ticket stays as it is.
    desk.advance(2 * HOUR);
    olga.writes(&Letter::reply_to(&told, "status"));
    desk.step();
    olga.only_mail();
    anna.got_nothing();
    assert_eq!(desk.ticket(1001).state, State::Open);
}

#[test]
fn history_lists_ones_own_tickets_and_nobody_elses() {
    let desk = desk();
    let (olga, _) = people(&desk);
    let ivan = desk.person("Иван", "ivan@uni.test");
    ivan.writes(&Letter::to("it@uni.test", "Тайна Ивана", "Не для всех."));
    desk.step();
    ivan.only_mail();
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
    opened(&desk, "Сеть");
    let (acknowledged, _) = opened(&desk, "Принтер");
    olga.writes(&Letter::reply_to(&acknowledged, "история"));
    desk.step();
    let told = olga.only_mail();
    let text = told.text();
    assert!(
        text.contains("IT-1003") && text.contains("IT-1002"),
        "{text}"
    );
    assert!(
        !text.contains("IT-1001") && !text.contains("Ивана"),
        "{text}"
    );
}

#[test]
fn cancel_ends_it_and_a_reply_takes_it_up_again() {
    let desk = desk();
    let (olga, anna) = people(&desk);
    let (acknowledged, _) = opened(&desk, "Принтер");
    olga.writes(&Letter::reply_to(&acknowledged, "отменить"));
    desk.step();
    let ticket = desk.ticket(1001);
    assert_eq!((ticket.state, ticket.clocks.len()), (State::Closed, 0));
    let told = olga.only_mail();
    assert!(
        told.text().contains("отменено по вашей просьбе"),
        "{}",
        told.text()
    );
    assert!(anna.only_mail().text().contains("Обращение отменено"));
    desk.inbox("boris@uni.test");

    // Too late to hurry, and nothing is judged when the promise would have been due.
    olga.writes(&Letter::reply_to(&told, "срочно"));
    desk.step();
    assert!(olga.only_mail().text().contains("уже нельзя"));
    desk.advance(72 * HOUR);
    desk.step();
    let history = desk.history(1001);
    assert!(
        !history
            .iter()
            .any(|event| event.starts_with("clock_judged"))
    );

    olga.writes(&Letter::reply_to(&told, "Всё-таки нужно."));
    desk.step();
    let ticket = desk.ticket(1001);
    assert_eq!((ticket.state, ticket.clocks.len()), (State::Open, 1));
    anna.only_mail();
    desk.inbox("boris@uni.test");
}

#[test]
fn urgent_is_told_to_the_agents_once() {
    let desk = desk();
    let (olga, anna) = people(&desk);
    let (acknowledged, _) = opened(&desk, "Принтер");
    olga.writes(&Letter::reply_to(&acknowledged, "Срочно!"));
    desk.step();
    assert!(desk.ticket(1001).is_urgent);
    let told = olga.only_mail();
    assert!(told.text().contains("знают"), "{}", told.text());
    assert!(anna.only_mail().text().contains("Обращение срочное"));
    desk.inbox("boris@uni.test");
    olga.writes(&Letter::reply_to(&acknowledged, "срочно"));
    desk.step();
    assert!(olga.only_mail().text().contains("уже отмечено"));
    anna.got_nothing();
}

#[test]
fn another_language_is_one_word() {
    let desk = desk();
    let (olga, _) = people(&desk);
    let (acknowledged, card) = opened(&desk, "Принтер");
    olga.writes(&Letter::reply_to(&acknowledged, "english"));
    desk.step();
    assert_eq!(desk.ticket(1001).language, Language::En);
    assert!(
        olga.only_mail()
            .text()
            .contains("From now on we write to you in English.")
    );
    let anna = people(&desk).1;
    anna.writes(&Letter::reply_to(&card, "The toner is new.\ndone"));
    desk.step();
    assert!(olga.only_mail().text().contains("is marked as solved"));
    desk.inbox("boris@uni.test");
}

#[test]
fn prose_an_agents_question_and_a_colleague_in_cc_are_words() {
    let desk = desk();
    let (olga, anna) = people(&desk);
    let (acknowledged, card) = opened(&desk, "Принтер");
    for prose in [
        "Какой статус у моей заявки?",
        "Отменить нельзя, жду вас завтра",
    ] {
        olga.writes(&Letter::reply_to(&acknowledged, prose));
        desk.step();
        assert!(anna.only_mail().text().contains(prose), "{prose}");
        olga.got_nothing();
        desk.inbox("boris@uni.test");
    }
    anna.writes(&Letter::reply_to(&card, "Перенести визит или отменить?"));
    desk.step();
    desk.inbox("boris@uni.test");
    olga.writes(&Letter::reply_to(&olga.only_mail(), "Отменить"));
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::Open, "an answer to Anna");
    assert!(anna.only_mail().text().contains("Отменить"));
    olga.got_nothing();
}

#[test]
fn without_the_switch_nothing_is_offered_and_words_are_words() {
    let desk = Desk::open();
    let (olga, anna) = people(&desk);
    let (acknowledged, _) = opened(&desk, "Принтер");
    assert!(!acknowledged.text().contains("статус"));
    olga.writes(&Letter::reply_to(&acknowledged, "отменить"));
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::New);
    assert!(anna.only_mail().text().contains("отменить"));
    desk.inbox("boris@uni.test");
    olga.got_nothing();
}

#[test]
fn whoever_only_writes_from_her_address_cancels_nothing() {
    let desk = desk();
    let (olga, anna) = people(&desk);
    let (acknowledged, _) = opened(&desk, "Принтер");
    let subject = format!(
        "{} отменить",
        acknowledged.subject().replace(" Принтер", "")
    );
    olga.writes(&Letter::to("it@uni.test", &subject, ""));
    desk.step();
    assert_eq!(
        desk.ticket(1001).state,
        State::New,
        "nothing proves that she wrote it"
    );
    anna.only_mail();
    desk.inbox("boris@uni.test");
    olga.got_nothing();
}

#[test]
fn a_tapped_button_cancels_where_the_servers_prove_who_tapped_it() {
    let source = UNIVERSITY.replace(
        "target = \"8 h\"",
        "target = \"8 h\"\nrequester_commands = [\"cancel\"]",
    );
    let desk = Desk::with(&format!("{source}\n[trust]\nservers = [\"mx.uni.test\"]\n"));
    let (olga, anna) = people(&desk);
    let (acknowledged, _) = opened(&desk, "Принтер");
    let subject = format!(
        "{} отменить",
        acknowledged.subject().replace(" Принтер", "")
    );
    let passed = "mx.uni.test; dmarc=pass header.from=uni.test";
    olga.writes(&Letter::to("it@uni.test", &subject, "").with("Authentication-Results", passed));
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::Closed);
    assert!(
        olga.only_mail()
            .text()
            .contains("отменено по вашей просьбе")
    );
    anna.only_mail();
    desk.inbox("boris@uni.test");
}

#[test]
fn a_new_mail_asks_how_the_last_request_stands_where_its_author_is_proven() {
    let source = UNIVERSITY.replace(
        "target = \"8 h\"",
        "target = \"8 h\"\nrequester_commands = [\"status\", \"history\"]",
    );
    let desk = Desk::with(&format!("{source}\n[trust]\nservers = [\"mx.uni.test\"]\n"));
    let (olga, anna) = people(&desk);
    opened(&desk, "Сеть");
    opened(&desk, "Принтер");
    let passed = "mx.uni.test; dmarc=pass header.from=uni.test";
    for (subject, text, first) in [
        (
            "Вопрос",
            "статус",
            "как идут дела с вашим обращением IT-1002",
        ),
        ("история", "", "Вот ваши обращения"),
    ] {
        let letter = Letter::to("it@uni.test", subject, text);
        olga.writes(&letter.with("Authentication-Results", passed));
        desk.step();
        let told = olga.only_mail();
        let words = told.text().replace("\r\n", " ").replace('\n', " ");
        assert!(words.contains(first), "{words}");
        assert_eq!(words.contains("IT-1001"), subject == "история", "{words}");
        anna.got_nothing();
    }
    assert_eq!(desk.tickets(), 2);

    desk.advance(2 * HOUR);
    // Whoever only writes from her address is read by people; so is whoever has not asked anything yet.
    olga.writes(&Letter::to("it@uni.test", "Вопрос", "статус"));
    desk.step();
    let ivan = desk.person("Иван", "ivan@uni.test");
    ivan.writes(
        &Letter::to("it@uni.test", "Вопрос", "статус").with("Authentication-Results", passed),
    );
    desk.step();
    assert_eq!(desk.tickets(), 4);
    assert!(!olga.only_mail().text().contains("IT-1001"));
    ivan.only_mail();
    anna.inbox();
    desk.inbox("boris@uni.test");
}
