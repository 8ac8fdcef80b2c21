//! Floods: much from one sender is gathered in one ticket, what storms in a ticket goes into digests, guessed tags lead
//! nowhere, and the administrator hears of each once.

use std::time::Duration;

use okno::store::history;

use super::{
    desk::{Desk, UNIVERSITY},
    letter::Letter,
};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

fn drop_cards(desk: &Desk) {
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

/// The subjects of the administrator's mails.
fn told(desk: &Desk) -> Vec<String> {
    let mails = desk.inbox("root@uni.test");
    mails.iter().map(|mail| mail.subject().to_owned()).collect()
}

/// What history says of alarms.
fn raised(desk: &Desk) -> Vec<String> {
    let events = desk.with_house(async |house| {
        let events = history::events_of(&house.db, "house", "house");
        events.await.unwrap()
    });
    let alarms = events.iter().filter(|event| event.kind == "alarm_raised");
    alarms.map(|event| event.data.clone()).collect()
}

#[test]
fn a_thousand_mails_of_one_sender_become_eleven_tickets() {
    let desk = Desk::open();
    let ivan = desk.person("Иван", "ivan@outside.example");
    let (mut acknowledged, mut cards) = (0, 0);
    let mut letters = Vec::new();
    for n in 0..1000 {
        let text = format!("Сообщение {n} о том, что всё плохо.");
        ivan.writes(&Letter::to("it@uni.test", &format!("Событие {n}"), &text));
        if n % 50 == 49 {
            desk.step();
            acknowledged += ivan.inbox().len();
            cards += desk.inbox("anna@uni.test").len();
            letters.extend(told(&desk));
            desk.advance(MINUTE * 3);
        }
    }
    assert_eq!(desk.tickets(), 11);
    println!(
        "1,000 mails: {acknowledged} confirmations, {cards} cards and digests an agent, {letters:?}"
    );
    // The last ticket holds the rest.
    let last = desk.history(1011);
    let gathered = last
        .iter()
        .filter(|event| *event == "message_joined (flood)");
    assert_eq!(gathered.count(), 989);
    assert_eq!(acknowledged, 4);
    assert_eq!(
        letters,
        [
            "okno: предел автоматических писем: ivan@outside.example",
            "okno: слишком много писем от ivan@outside.example",
        ]
    );
    // History, which cannot forget, names him by number.
    let alarms = raised(&desk);
    assert_eq!(alarms.len(), 2);
    let is_number = |data: &String| data.contains("person:") && !data.contains('@');
    assert!(alarms.iter().all(is_number), "{alarms:?}");
    assert!(cards <= 12, "{cards}");
    desk.advance(HOUR);
    desk.step();
    let digest = desk.inbox("anna@uni.test");
    assert!(digest[0].text().contains("IT-1011"), "{}", digest[0].text());
    desk.inbox("boris@uni.test");
    // Others are served as ever.
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Вопрос", "Текст."));
    desk.step();
    olga.only_mail();
    drop_cards(&desk);
}

#[test]
fn the_card_of_a_flood_says_what_comes() {
    let desk = Desk::with(&format!("{UNIVERSITY}\n[caps]\nnew_tickets_hour = 1\n"));
    let ivan = desk.person("Иван", "ivan@outside.example");
    for n in 0..3 {
        ivan.writes(&Letter::to(
            "it@uni.test",
            "Событие",
            &format!("Сообщение {n}."),
        ));
    }
    desk.step();
    ivan.only_mail();
    let cards = desk.inbox("anna@uni.test");
    assert_eq!(cards.len(), 2);
    assert!(
        cards[1].text().contains("без отдельных писем"),
        "{}",
        cards[1].text()
    );
    assert!(
        desk.history(1002)
            .contains(&"mail_withheld (flood)".to_owned())
    );
    assert_eq!(
        told(&desk),
        ["okno: слишком много писем от ivan@outside.example"]
    );
    desk.advance(HOUR);
    desk.step();
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

#[test]
fn the_third_mail_of_the_same_words_within_an_hour_joins_the_first() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    for n in 0..3 {
        olga.writes(&Letter::to(
            "it@uni.test",
            &format!("Принтер {n}"),
            "Не печатает!",
        ));
        desk.step();
        desk.advance(MINUTE);
    }
    assert_eq!(desk.tickets(), 2);
    assert_eq!(olga.inbox().len(), 2);
    assert!(
        desk.history(1001)
            .contains(&"message_joined (same_words)".to_owned())
    );
    // Scans without words differ by their files.
    let scanner = desk.person("Сканер", "scanner@uni.test");
    for n in 0..3 {
        let file = vec![b'x'; 10 + n];
        scanner.writes(&Letter::to("it@uni.test", "Скан", "").with_file("scan.pdf", &file));
        desk.step();
    }
    assert_eq!(desk.tickets(), 5);
    scanner.inbox();
    desk.advance(HOUR);
    desk.step();
    drop_cards(&desk);
}

#[test]
fn fifty_people_who_answer_all_are_a_few_mails_and_a_digest() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    let people: Vec<String> = (0..50).map(|n| format!("p{n}@uni.test")).collect();
    let letter = Letter::to("it@uni.test", "Собрание", "Когда собрание?");
    olga.writes(&letter.with("Cc", &people.join(",\r\n ")));
    desk.step();
    let acknowledged = olga.only_mail();
    let card = desk.inbox("anna@uni.test").remove(0);
    drop_cards(&desk);
    for (n, address) in people.iter().enumerate() {
        let person = desk.person("Некто", address);
        person.writes(&Letter::reply_to(&acknowledged, &format!("Я за, {n}.")));
    }
    desk.step();
    assert_eq!(desk.tickets(), 1);
    for address in &people {
        assert_eq!(desk.inbox(address).len(), 0, "{address}");
    }
    olga.got_nothing();
    let relayed = desk.inbox("anna@uni.test").len();
    println!("50 people answer all: {relayed} mails an agent");
    assert_eq!(relayed, 12);
    assert_eq!(
        told(&desk),
        ["okno: слишком много писем по обращению IT-1001"]
    );
    desk.inbox("boris@uni.test");
    // Anna's answer is a person's: it leaves in the midst of it, and counts.
    let anna = desk.person("Анна", "anna@uni.test");
    anna.writes(&Letter::reply_to(&card, "Собрание в четверг."));
    desk.step();
    assert!(olga.only_mail().text().contains("в четверг"));
    for address in &people {
        assert_eq!(desk.inbox(address).len(), 1, "{address}");
    }
    assert_eq!(desk.ticket(1001).answers.len(), 1);
    drop_cards(&desk);
    // Nothing is held: the fuse is for the whole house, and this is one ticket.
    let petr = desk.person("Пётр", "petr@uni.test");
    petr.writes(&Letter::to("it@uni.test", "Вопрос", "Текст."));
    desk.advance(HOUR);
    desk.step();
    petr.only_mail();
    let mails = desk.inbox("anna@uni.test");
    let digest = mails.iter().find(|mail| mail.text().contains("IT-1001"));
    assert!(digest.is_some(), "the digest names the ticket");
    desk.inbox("boris@uni.test");
}

#[test]
fn a_cc_bomb_reaches_nobody() {
    let desk = Desk::open();
    let mallory = desk.person("Мэллори", "mallory@outside.example");
    let victims: Vec<String> = (0..2_000)
        .map(|n| format!("v{n}@victims.example"))
        .collect();
    for n in 0..5 {
        let letter = Letter::to(
            "it@uni.test",
            &format!("Смотрите {n}"),
            &format!("Ссылка {n}."),
        );
        mallory.writes(&letter.with("Cc", &victims.join(",\r\n ")));
    }
    desk.step();
    for address in &victims {
        assert_eq!(desk.inbox(address).len(), 0, "{address}");
    }
    assert!(mallory.inbox().len() <= 4);
    drop_cards(&desk);
    desk.inbox("root@uni.test");
}

#[test]
fn who_guesses_tags_gets_plain_new_tickets() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Оклад", "Это личное."));
    desk.step();
    olga.only_mail();
    let tag = desk.tag(&desk.ticket(1001));
    let mallory = desk.person("Мэллори", "mallory@outside.example");
    for guess in ["AAAA", "BBBB", "CCCC", "DDDD", "EEEE"] {
        let subject = format!("Re: [IT-1001-{guess}] Оклад");
        mallory.writes(&Letter::to(
            "it@uni.test",
            &subject,
            &format!("Ну? {guess}"),
        ));
        desk.step();
    }
    assert_eq!(
        told(&desk),
        [
            "okno: предел автоматических писем: mallory@outside.example",
            "okno: подбирают номера обращений: mallory@outside.example",
        ]
    );
    // The right one comes too late, even under the name of who takes part.
    let right = Letter::to("it@uni.test", &format!("Re: {tag} Оклад"), "Попал.");
    mallory.writes(&right);
    desk.step();
    assert_eq!(desk.tickets(), 7);
    assert_eq!(desk.ticket(1007).requester, desk.ticket(1006).requester);
    assert_eq!(told(&desk), [""; 0]);
    mallory.inbox();
    drop_cards(&desk);
    // After an hour a tag counts again: then it shows a note to the agents, and nothing to the stranger.
    desk.advance(HOUR * 2);
    mallory.writes(&right);
    desk.step();
    assert_eq!(desk.tickets(), 7);
    mallory.got_nothing();
    olga.got_nothing();
    drop_cards(&desk);
}

#[test]
fn an_agent_who_asks_another_department_thrice_is_answered_thrice() {
    let desk = Desk::open();
    let (boris, vera) = (
        desk.person("Борис Ким", "boris@uni.test"),
        desk.person("Вера", "vera@uni.test"),
    );
    for day in 1..=3 {
        let subject = format!("Пропуск {day}");
        boris.writes(&Letter::to(
            "buh@uni.test",
            &subject,
            "Прошу выдать пропуск.",
        ));
        desk.step();
        let card = vera.only_mail();
        assert!(card.subject().contains(&subject), "{}", card.subject());
        vera.writes(&Letter::reply_to(&card, "Выдан.\nрешено"));
        desk.step();
        boris.inbox();
        desk.advance(24 * HOUR);
    }
    assert_eq!(desk.tickets(), 3);
}
