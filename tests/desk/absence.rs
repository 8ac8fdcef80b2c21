//! Agents who are away: cards go to others, open tickets to the deputy or back to the queue, and nobody has to open
//! anything but their mail.

use std::time::Duration;

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

const DAY: Duration = Duration::from_secs(24 * 3600);

/// A queue of Anna, Boris and Galina's, where absences may be announced; our own mail server judges.
fn university() -> Desk {
    let source = UNIVERSITY
        .replace(
            "target = \"8 h\"",
            "target = \"8 h\"\ncommands = [\"absent\", \"back\", \"settings\", \"assign\"]",
        )
        .replace(
            "agents = [\"anna\", \"boris\"]",
            "agents = [\"anna\", \"boris\", \"galina\"]",
        );
    let galina = "[agent.galina]\nname = \"Галина Орлова\"\naddress = \"galina@uni.test\"\n";
    Desk::with(&format!(
        "{source}\n{galina}\n[trust]\nservers = [\"mx.uni.test\"]\n"
    ))
}

fn proven(letter: Letter) -> Letter {
    let results = "mx.uni.test; dmarc=pass header.from=uni.test";
    letter.with("Authentication-Results", results)
}

fn anna(desk: &Desk) -> Person<'_> {
    desk.person("Анна Петрова", "anna@uni.test")
}

/// What the three have got, in the order of their names.
fn staff(desk: &Desk) -> [Vec<Received>; 3] {
    ["anna@uni.test", "boris@uni.test", "galina@uni.test"].map(|who| desk.inbox(who))
}

/// Olga asks, and Anna takes it.
fn taken(desk: &Desk, subject: &str) -> Received {
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", subject, "Не работает."));
    desk.step();
    let acknowledged = olga.only_mail();
    let [mut cards, ..] = staff(desk);
    anna(desk).writes(&Letter::reply_to(&cards.remove(0), "взять"));
    desk.step();
    staff(desk);
    acknowledged
}

fn assignee(desk: &Desk, number: i64) -> Option<String> {
    desk.ticket(number).assignee.map(|agent| agent.to_string())
}

#[test]
fn whoever_is_away_gets_no_work_and_the_deputy_has_theirs() {
    let desk = university();
    let olga = desk.person("Ольга", "olga@uni.test");
    let acknowledged = taken(&desk, "Принтер");
    taken(&desk, "Почта");
    let word = "#отсутствую до 20.11 замещает Борис";
    anna(&desk).writes(&proven(Letter::to("it@uni.test", "Отпуск", word)));
    desk.step();
    let [told, listed, others] = staff(&desk);
    assert_eq!([told.len(), listed.len(), others.len()], [1, 1, 0]);
    insta::assert_snapshot!("announced", told[0].text());
    insta::assert_snapshot!("handed_over", listed[0].text());
    assert_eq!(desk.tickets(), 2, "the word itself is no request");
    for number in [1001, 1002] {
        assert_eq!(assignee(&desk, number).as_deref(), Some("boris"));
    }
    // What comes now comes to those who are here, and to the deputy what was hers.
    olga.writes(&Letter::reply_to(&acknowledged, "Всё ещё не печатает."));
    olga.writes(&Letter::to("it@uni.test", "Сканер", "Сломан."));
    desk.step();
    olga.only_mail();
    let [hers, his, third] = staff(&desk);
    assert_eq!([hers.len(), his.len(), third.len()], [0, 2, 1]);
    // On the day of return she is asked like everybody.
    desk.advance(4 * DAY);
    desk.step();
    staff(&desk);
    olga.writes(&Letter::to("it@uni.test", "Монитор", "Мигает."));
    desk.step();
    olga.only_mail();
    let cards = staff(&desk).map(|mails| mails.len());
    assert_eq!(cards, [1, 1, 1]);
}

#[test]
fn without_a_deputy_the_tickets_are_the_teams_and_one_word_brings_her_back() {
    let desk = university();
    taken(&desk, "Принтер");
    let olga = desk.person("Ольга", "olga@uni.test");
    // Also in answer to a card, where nothing else proves who writes.
    olga.writes(&Letter::to("it@uni.test", "Сканер", "Сломан."));
    desk.step();
    olga.only_mail();
    let [mut cards, ..] = staff(&desk);
    let card = cards.remove(0);
    anna(&desk).writes(&Letter::reply_to(&card, "#отсутствую до пятницы"));
    desk.step();
    let [told, his, hers] = staff(&desk);
    assert_eq!([told.len(), his.len(), hers.len()], [1, 1, 1]);
    assert_eq!(his[0].text(), hers[0].text());
    assert!(his[0].text().contains("Принтер"), "{}", his[0].text());
    assert_eq!(assignee(&desk, 1001), None);
    let history = desk.history(1001);
    assert!(
        history.contains(&"unassigned (agent_away)".to_owned()),
        "{history:?}"
    );
    olga.got_nothing();

    anna(&desk).writes(&Letter::reply_to(&card, "#вернулась"));
    desk.step();
    assert!(anna(&desk).only_mail().subject().contains("снова на месте"));
    olga.writes(&Letter::to("it@uni.test", "Монитор", "Мигает."));
    desk.step();
    olga.only_mail();
    assert_eq!(staff(&desk).map(|mails| mails.len()), [1, 1, 1]);
}

#[test]
fn an_absence_to_come_begins_when_it_says() {
    let desk = university();
    taken(&desk, "Принтер");
    let word = "#отсутствую с 19 по 20 ноября замещает galina";
    anna(&desk).writes(&proven(Letter::to("it@uni.test", "", word)));
    desk.step();
    anna(&desk).only_mail();
    assert_eq!(assignee(&desk, 1001).as_deref(), Some("anna"));
    desk.advance(DAY);
    desk.step();
    assert_eq!(assignee(&desk, 1001).as_deref(), Some("anna"));
    staff(&desk);
    desk.advance(DAY);
    desk.step();
    assert_eq!(assignee(&desk, 1001).as_deref(), Some("galina"));
    staff(&desk);
    desk.inbox("olga@uni.test");
}

#[test]
fn an_automatic_answer_to_a_card_is_an_absence_until_its_author_writes_again() {
    let desk = university();
    let olga = desk.person("Ольга", "olga@uni.test");
    taken(&desk, "Принтер");
    olga.writes(&Letter::to("it@uni.test", "Сканер", "Сломан."));
    desk.step();
    olga.only_mail();
    let [mut cards, ..] = staff(&desk);
    let card = cards.remove(0);
    let away = Letter::reply_to(&card, "Я в отпуске до 27 ноября.");
    anna(&desk).writes(&away.with("Auto-Submitted", "auto-replied"));
    desk.step();
    assert_eq!(assignee(&desk, 1001), None);
    let [none, his, hers] = staff(&desk);
    assert_eq!(
        [none.len(), his.len(), hers.len()],
        [0, 1, 1],
        "a machine is not answered"
    );
    olga.writes(&Letter::to("it@uni.test", "Монитор", "Мигает."));
    desk.step();
    olga.only_mail();
    assert_eq!(staff(&desk).map(|mails| mails.len()), [0, 1, 1]);
    // She writes herself: she is back.
    desk.advance(DAY);
    anna(&desk).writes(&Letter::reply_to(&card, "взять"));
    desk.step();
    staff(&desk);
    assert_eq!(assignee(&desk, 1002).as_deref(), Some("anna"));
    olga.writes(&Letter::to("it@uni.test", "Мышь", "Пропала."));
    desk.step();
    olga.only_mail();
    assert_eq!(staff(&desk).map(|mails| mails.len()), [1, 1, 1]);
}

#[test]
fn whoever_only_bears_her_name_sends_nobody_on_leave() {
    let desk = university();
    taken(&desk, "Принтер");
    let word = Letter::to("it@uni.test", "", "#отсутствую до 20.12");
    anna(&desk).writes(&word);
    desk.step();
    assert!(anna(&desk).only_mail().subject().contains("это вы писали"));
    assert_eq!(assignee(&desk, 1001).as_deref(), Some("anna"));
    let stranger = desk.person("Марк", "mark@outside.example");
    stranger.writes(&word);
    desk.step();
    assert_eq!(
        desk.tickets(),
        2,
        "of anybody else it is a request like others"
    );
    staff(&desk);
    stranger.inbox();
}

#[test]
fn what_cannot_be_is_told_kindly_and_changes_nothing() {
    let desk = university();
    taken(&desk, "Принтер");
    for (word, told) in [
        ("#отсутствую до 10.11", "уже прошла"),
        ("#отсутствую долго", "дата не понята"),
        ("#отсутствую до 20.11 замещает Вера", "Борис Ким (boris)"),
        ("#отсутствую до 20.11 замещает anna", "Заместить вас могут"),
        ("#вернулась", "не было записано"),
        ("#настройки громкость 11", "такой настройки нет"),
    ] {
        anna(&desk).writes(&proven(Letter::to("it@uni.test", "", word)));
        desk.step();
        let got = anna(&desk).only_mail();
        assert!(got.text().contains(told), "{word}: {}", got.text());
        assert_eq!(assignee(&desk, 1001).as_deref(), Some("anna"), "{word}");
    }
    desk.inbox("boris@uni.test");
}

#[test]
fn nothing_is_given_to_whoever_is_away() {
    let desk = university();
    let olga = desk.person("Ольга", "olga@uni.test");
    let boris = desk.person("Борис", "boris@uni.test");
    boris.writes(&proven(Letter::to(
        "it@uni.test",
        "",
        "#отсутствую до 20.11",
    )));
    olga.writes(&Letter::to("it@uni.test", "Сканер", "Сломан."));
    desk.step();
    olga.only_mail();
    let [mut cards, ..] = staff(&desk);
    anna(&desk).writes(&Letter::reply_to(&cards.remove(0), "#назначить boris"));
    desk.step();
    assert_eq!(assignee(&desk, 1001), None);
    let told = anna(&desk).only_mail();
    assert!(told.text().contains("21.11.2026"), "{}", told.text());
    desk.inbox("galina@uni.test");
}

#[test]
fn where_all_are_away_all_are_told() {
    let desk = university();
    let olga = desk.person("Ольга", "olga@uni.test");
    for (name, address) in [
        ("Анна", "anna@uni.test"),
        ("Борис", "boris@uni.test"),
        ("Галина", "galina@uni.test"),
    ] {
        let word = Letter::to("it@uni.test", "", "#absent until 20.11");
        desk.person(name, address).writes(&proven(word));
    }
    desk.step();
    staff(&desk);
    olga.writes(&Letter::to("it@uni.test", "Сканер", "Сломан."));
    desk.step();
    olga.only_mail();
    assert_eq!(staff(&desk).map(|mails| mails.len()), [1, 1, 1]);
}

#[test]
fn an_agent_says_how_they_want_to_be_written_to() {
    let desk = university();
    let olga = desk.person("Ольга", "olga@uni.test");
    anna(&desk).writes(&proven(Letter::to("it@uni.test", "", "#настройки")));
    desk.step();
    insta::assert_snapshot!("settings", anna(&desk).only_mail().text());
    anna(&desk).writes(&proven(Letter::to(
        "it@uni.test",
        "",
        "#настройки отчёты всегда",
    )));
    olga.writes(&Letter::to("it@uni.test", "Сканер", "Сломан."));
    desk.step();
    olga.only_mail();
    let [mut hers, ..] = staff(&desk);
    hers.retain(|mail| mail.subject().contains("Сканер"));
    anna(&desk).writes(&Letter::reply_to(&hers[0], "взять"));
    desk.step();
    let told = anna(&desk).only_mail();
    assert!(
        told.text().contains("«взять»: выполнено."),
        "{}",
        told.text()
    );
    desk.inbox("boris@uni.test");
    desk.inbox("galina@uni.test");
}

#[test]
fn what_is_said_of_oneself_counts_although_no_answer_is_wanted() {
    let desk = university();
    let away = Letter::to("it@uni.test", "", "#отсутствую до 20.11");
    anna(&desk).writes(&proven(away.with("X-Auto-Response-Suppress", "All")));
    desk.step();
    anna(&desk).got_nothing();
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Сканер", "Сломан."));
    desk.step();
    olga.only_mail();
    let [hers, ..] = staff(&desk);
    assert_eq!(hers.len(), 0, "she is away");
    // What could not be done is not told either.
    let never = Letter::to("it@uni.test", "", "#отсутствую долго");
    anna(&desk).writes(&proven(never.with("X-Auto-Response-Suppress", "All")));
    desk.step();
    anna(&desk).got_nothing();
}
