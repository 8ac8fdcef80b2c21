//! Agents look for other tickets: by words, in whatever form, and what else the requester has asked. They find what is in
//! their own queues, nobody else is told, and it is written down that they looked.

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

const BOTH: &str = "commands = [\"find\", \"history\"]";

/// A desk where both queues let their agents look, and Anna serves both.
fn university() -> String {
    UNIVERSITY
        .replace("target = \"8 h\"", &format!("target = \"8 h\"\n{BOTH}"))
        .replace(
            "agents = [\"vera\"]",
            &format!("agents = [\"vera\", \"anna\"]\n{BOTH}"),
        )
}

/// Somebody asks a queue; the card of whoever is named here.
fn asks(desk: &Desk, who: &Person<'_>, (to, reader): (&str, &str), about: [&str; 2]) -> Received {
    who.writes(&Letter::to(to, about[0], about[1]));
    desk.step();
    who.inbox();
    let card = desk.inbox(reader).pop().expect("a card");
    for other in ["anna@uni.test", "boris@uni.test", "vera@uni.test"] {
        desk.inbox(other);
    }
    card
}

/// What an agent is answered to a command.
fn told(desk: &Desk, agent: &Person<'_>, card: &Received, command: &str) -> String {
    agent.writes(&Letter::reply_to(card, command));
    desk.step();
    agent.only_mail().text().to_owned()
}

#[test]
fn tickets_are_found_by_words_in_any_form_in_both_languages() {
    let desk = Desk::with(&university());
    let olga = desk.person("Ольга Белова", "olga@uni.test");
    let boris = desk.person("Борис Ким", "boris@uni.test");
    let it = ("it@uni.test", "boris@uni.test");
    let about = ["Принтер", "Застряла бумага в аудитории 214."];
    let printer = asks(&desk, &olga, it, about);
    asks(
        &desk,
        &olga,
        it,
        ["Network", "Connections to printers are lost."],
    );
    let card = asks(&desk, &olga, it, ["Почта", "Не приходят письма."]);

    let text = told(&desk, &boris, &card, "#найти бумагу принтеров");
    assert!(
        text.contains("IT-1001 Принтер") && text.contains("Ольга Белова"),
        "{text}"
    );
    assert!(
        !text.contains("IT-1002") && !text.contains("IT-1003 Почта"),
        "{text}"
    );
    let text = told(&desk, &boris, &card, "#find printer connected");
    assert!(text.contains("IT-1002 Network"), "{text}");
    let text = told(&desk, &boris, &card, "#искать 214");
    assert!(text.contains("IT-1001"), "{text}");
    // What was looked for is nobody's words: the ticket it was asked in is not found by them.
    let text = told(&desk, &boris, &printer, "#найти приходит connected 214");
    assert!(text.contains("ничего не найдено"), "{text}");

    // An agent's answer and note are found, too.
    boris.writes(&Letter::reply_to(
        &card,
        "Сертификат просрочен.\nзаметка: виноват релей",
    ));
    desk.step();
    olga.only_mail();
    for other in ["anna@uni.test", "boris@uni.test"] {
        desk.inbox(other);
    }
    let text = told(&desk, &boris, &printer, "#найти просроченные сертификаты");
    assert!(text.contains("IT-1003 Почта"), "{text}");
    let text = told(&desk, &boris, &printer, "#найти релеи");
    assert!(text.contains("IT-1003 Почта"), "{text}");
    let text = told(&desk, &boris, &printer, "#найти это и то");
    assert!(text.contains("искать нечего"), "{text}");
    desk.person("Анна", "anna@uni.test").got_nothing();
    olga.got_nothing();
    let looked = desk.stream("ticket", "1003");
    let looked: Vec<&String> = looked
        .iter()
        .filter(|one| one.starts_with("searched"))
        .collect();
    assert_eq!(
        looked,
        [
            "searched (agent_command) бумагу принтеров",
            "searched (agent_command) printer connected",
            "searched (agent_command) 214"
        ]
    );
}

#[test]
fn nobody_finds_what_is_in_queues_of_others() {
    let desk = Desk::with(&university());
    let olga = desk.person("Ольга Белова", "olga@uni.test");
    let (boris, anna) = (
        desk.person("Борис Ким", "boris@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
    );
    asks(
        &desk,
        &olga,
        ("buh@uni.test", "anna@uni.test"),
        ["Зарплата", "Премия не пришла."],
    );
    let about = ["Принтер", "Не печатает."];
    let for_boris = asks(&desk, &olga, ("it@uni.test", "boris@uni.test"), about);
    let for_anna = asks(&desk, &olga, ("it@uni.test", "anna@uni.test"), about);

    let text = told(&desk, &boris, &for_boris, "#найти премию");
    assert!(text.contains("ничего не найдено"), "{text}");
    let text = told(&desk, &boris, &for_boris, "история");
    assert!(
        text.contains("IT-1003") && !text.contains("BUH-1001"),
        "{text}"
    );
    let text = told(&desk, &anna, &for_anna, "#найти премию");
    assert!(text.contains("BUH-1001 Зарплата"), "{text}");
    let text = told(&desk, &anna, &for_anna, "history");
    assert!(
        text.contains("IT-1002") && text.contains("BUH-1001"),
        "{text}"
    );
    assert!(text.contains("Заявитель: Ольга Белова\n"), "{text}");
    let history = desk.history(1003);
    let shown = "history_shown (agent_command)".to_owned();
    assert!(history.contains(&shown), "{history:?}");

    // Whoever only uses an agent's name is told nothing.
    let mallory = desk.person("Борис Ким", "boris@uni.test");
    mallory.writes(&Letter::to(
        "it@uni.test",
        for_boris.subject(),
        "#найти принтер",
    ));
    desk.step();
    let asked = boris.only_mail();
    assert!(!asked.text().contains("Найдено"), "{}", asked.text());
    desk.inbox("anna@uni.test");
}

#[test]
fn tickets_of_before_are_found_once_a_queue_switches_it_on() {
    let mut desk = Desk::open();
    let olga = desk.person("Ольга Белова", "olga@uni.test");
    let it = ("it@uni.test", "boris@uni.test");
    asks(&desk, &olga, it, ["Принтер", "Застряла бумага."]);
    let card = asks(&desk, &olga, it, ["Почта", "Не приходит."]);
    let boris = desk.person("Борис Ким", "boris@uni.test");
    let text = told(&desk, &boris, &card, "#найти бумагу");
    assert!(text.contains("эта команда не включена"), "{text}");
    desk.stop();
    desk.source = university();
    desk.start(okno::store::Faults::none());
    let boris = desk.person("Борис Ким", "boris@uni.test");
    let text = told(&desk, &boris, &card, "#найти бумагу");
    assert!(text.contains("IT-1001 Принтер"), "{text}");
}

#[test]
fn several_people_write_from_a_shared_address_so_it_has_no_history() {
    let desk = Desk::with(&format!(
        "{}\n[directory]\nfile = \"DATA/people.csv\"\n",
        university()
    ));
    desk.brings_people(&["name;email;kind", "Деканат;dean@uni.test;shared mailbox"]);
    let dean = desk.person("Деканат", "dean@uni.test");
    let it = ("it@uni.test", "boris@uni.test");
    asks(&desk, &dean, it, ["Принтер", "Застряла бумага."]);
    let card = asks(&desk, &dean, it, ["Почта", "Не приходит."]);
    let boris = desk.person("Борис Ким", "boris@uni.test");
    let text = told(&desk, &boris, &card, "история");
    assert!(text.contains("пишут разные люди"), "{text}");
}

#[test]
fn what_is_in_a_confidential_queue_stays_there() {
    let source = university().replace(
        "title = \"Бухгалтерия\"",
        "title = \"Бухгалтерия\"\nconfidential = true",
    );
    let desk = Desk::with(&source);
    let olga = desk.person("Ольга Белова", "olga@uni.test");
    let (anna, vera) = (
        desk.person("Анна Петрова", "anna@uni.test"),
        desk.person("Вера Орлова", "vera@uni.test"),
    );
    // One mail for both departments: neither card names the other ticket, and what she adds to one stays there.
    let letter = Letter::to(
        "it@uni.test, buh@uni.test",
        "Увольнение",
        "Прошу закрыть учётную запись и рассчитать меня.",
    );
    let bytes = olga.bytes(&letter);
    desk.arrives("it", &bytes);
    desk.arrives("buh", &bytes);
    desk.step();
    let cards = anna.inbox();
    assert_eq!(cards.len(), 2);
    for card in &cards {
        assert!(!card.text().contains("тем же письмом"), "{}", card.text());
    }
    let secret = vera.only_mail();
    olga.inbox();
    desk.inbox("boris@uni.test");
    assert!(secret.subject().contains("BUH-"), "{}", secret.subject());
    vera.writes(&Letter::reply_to(&secret, "Почему уходите?"));
    desk.step();
    let asked = olga.only_mail();
    anna.inbox();
    olga.writes(&Letter::reply_to(&asked, "Это только между нами."));
    desk.step();
    vera.only_mail();
    anna.inbox();
    desk.person("Борис", "boris@uni.test").got_nothing();

    // Who serves both may look, but not tie them together.
    let it = cards
        .iter()
        .find(|card| card.subject().contains("[IT-"))
        .expect("a card");
    let number = cards
        .iter()
        .find(|card| card.subject().contains("[BUH-"))
        .and_then(|card| card.subject().split(['[', ']']).nth(1).map(str::to_owned))
        .expect("a tag");
    let text = told(&desk, &anna, it, "#найти уволиться");
    assert!(text.contains("BUH-") || text.contains("ничего"), "{text}");
    anna.writes(&Letter::reply_to(it, &format!("#повтор {number}")));
    desk.step();
    let refused = anna.only_mail();
    let text = refused.text();
    assert!(text.contains("конфиденциальная"), "{text}");
}
