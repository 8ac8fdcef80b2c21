//! One mail to several departments: each answers its own part under its own number, and nobody is written to twice.

use okno::model::{ids::TicketNumber, ticket::State};

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

const BOTH: &str = "it@uni.test, buh@uni.test";

/// A mail of olga's that reached these mailboxes, a copy each, in this order.
fn writes(desk: &Desk, olga: &Person<'_>, letter: &Letter, copies: &[&str]) {
    let bytes = olga.bytes(letter);
    for mailbox in copies {
        desk.arrives(mailbox, &bytes);
        desk.step();
    }
}

/// What everybody who answers has got, in the order of their names.
fn staff(desk: &Desk) -> [Vec<Received>; 3] {
    ["anna@uni.test", "boris@uni.test", "vera@uni.test"].map(|who| desk.inbox(who))
}

#[test]
fn one_mail_to_two_departments_opens_linked_tickets_and_is_acknowledged_once() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    let letter = Letter::to(BOTH, "Новый сотрудник", "Нужны пропуск и компьютер.");
    writes(&desk, &olga, &letter, &["it", "buh"]);

    // The letters of the tag depend on the key of the house.
    let tag = desk.tag(&desk.ticket(1001));
    insta::assert_snapshot!(olga.only_mail().text().replace(&tag, "[IT-1001-....]"));
    let [anna, boris, vera] = staff(&desk);
    assert_eq!([anna.len(), boris.len(), vera.len()], [1, 1, 1]);
    assert!(anna[0].subject().contains("[IT-1001-"));
    assert!(vera[0].subject().contains("[BUH-1002-"));
    assert!(vera[0].text().contains("ИТ-поддержка, IT-1001"));
    assert_eq!(desk.tickets(), 2);
    assert_eq!(desk.ticket(1001).siblings, [TicketNumber(1002)]);
    assert_eq!(desk.ticket(1002).siblings, [TicketNumber(1001)]);
    // Each has the clock of its own queue, and only one of them promises anything.
    let clocks = [1001, 1002].map(|number| desk.ticket(number).clocks.len());
    assert_eq!(clocks, [1, 0]);
    let copy = "duplicate_seen (same_mail)".to_owned();
    assert!(desk.history(1002).contains(&copy), "the copy in its box");
    assert!(!desk.history(1001).contains(&copy));
}

#[test]
fn what_is_added_reaches_everybody_and_what_is_answered_stays_with_its_ticket() {
    let desk = Desk::open();
    let (olga, vera) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Вера", "vera@uni.test"),
    );
    let letter = Letter::to(BOTH, "Новый сотрудник", "Нужны пропуск и компьютер.");
    writes(&desk, &olga, &letter, &["it", "buh"]);
    let acknowledged = olga.only_mail();
    let [_, _, cards] = staff(&desk);

    olga.writes(&Letter::reply_to(&acknowledged, "Он выходит в среду."));
    desk.step();
    for theirs in staff(&desk) {
        assert_eq!(theirs.len(), 1);
        assert!(theirs[0].text().contains("Он выходит в среду."));
    }

    // Vera answers hers; nobody else's ticket changes for it.
    vera.writes(&Letter::reply_to(&cards[0], "Пропуск готов.\nрешено"));
    desk.step();
    let resolved = olga.only_mail();
    assert!(resolved.text().contains("оценка: от 5"));
    assert_eq!(desk.ticket(1001).state, State::New);
    assert_eq!(desk.ticket(1002).state, State::Resolved);

    // Her word about it is for Vera alone.
    let confirmed = Letter::reply_to(&resolved, "4");
    desk.arrives("buh", &olga.bytes(&confirmed));
    desk.step();
    assert_eq!(desk.ticket(1002).state, State::Closed);
    assert_eq!(staff(&desk).map(|got| got.len()), [0, 0, 0]);
}

#[test]
fn the_second_department_does_not_ask_for_a_rating_again() {
    let desk = Desk::open();
    let (olga, anna, vera) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
        desk.person("Вера", "vera@uni.test"),
    );
    let letter = Letter::to(BOTH, "Новый сотрудник", "Нужны пропуск и компьютер.");
    writes(&desk, &olga, &letter, &["buh", "it"]);
    olga.only_mail();
    let (card_it, card_buh) = (anna.only_mail(), vera.only_mail());
    anna.writes(&Letter::reply_to(&card_it, "Компьютер стоит.\nрешено"));
    desk.step();
    assert!(olga.only_mail().text().contains("оценка: от 5"));
    vera.writes(&Letter::reply_to(&card_buh, "Пропуск готов.\nрешено"));
    desk.step();
    let second = olga.only_mail();
    assert!(second.text().contains("да — вопрос решён"));
    assert!(!second.text().contains("оценка"), "{}", second.text());
    // A mark counts all the same.
    desk.arrives("buh", &olga.bytes(&Letter::reply_to(&second, "5")));
    desk.step();
    assert_eq!(desk.ticket(1002).rating, Some(5));
    staff(&desk);
}

#[test]
fn a_department_in_bcc_gets_a_ticket_of_its_own_and_nobody_learns_of_it() {
    for order in [["it", "buh"], ["buh", "it"]] {
        let desk = Desk::open();
        let (olga, vera) = (
            desk.person("Ольга", "olga@uni.test"),
            desk.person("Вера", "vera@uni.test"),
        );
        let letter =
            Letter::to("it@uni.test", "Списание", "Принтер списать.").with("Cc", "dean@uni.test");
        writes(&desk, &olga, &letter, &order);
        let acknowledged = olga.only_mail();
        assert!(acknowledged.text().contains("IT-100"));
        assert!(!acknowledged.text().contains("BUH"), "{order:?}");
        let [anna, _, cards] = staff(&desk);
        assert_eq!((anna.len(), cards.len()), (1, 1), "{order:?}");
        assert!(!anna[0].text().contains("BUH"), "{order:?}");
        assert_eq!(desk.tickets(), 2);

        // Whoever reads along with the IT department is not shown that accounting knows.
        vera.writes(&Letter::reply_to(&cards[0], "Спишем в пятницу."));
        desk.step();
        assert_eq!(olga.inbox().len(), 1);
        assert_eq!(desk.inbox("dean@uni.test").len(), 0);
        staff(&desk);
    }
}

#[test]
fn a_department_named_later_is_asked_from_then_on() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Списать принтер."));
    desk.step();
    let acknowledged = olga.only_mail();
    staff(&desk);
    let more = Letter::reply_to(&acknowledged, "Бухгалтерия, спишите его.").with("To", BOTH);
    writes(&desk, &olga, &more, &["it", "buh"]);
    assert!(olga.only_mail().text().contains("BUH-1002"));
    assert_eq!(staff(&desk).map(|got| got.len()), [1, 1, 1]);
    assert_eq!(desk.ticket(1002).siblings, [TicketNumber(1001)]);
}

#[test]
fn a_department_that_only_observes_says_nothing_and_silences_nobody() {
    let observed = UNIVERSITY.replacen("mode = \"full\"", "mode = \"observe\"", 1);
    for order in [["it", "buh"], ["buh", "it"]] {
        let desk = Desk::with(&observed);
        let olga = desk.person("Ольга", "olga@uni.test");
        let letter = Letter::to(BOTH, "Новый сотрудник", "Нужен пропуск.");
        writes(&desk, &olga, &letter, &order);
        let acknowledged = olga.only_mail();
        assert!(acknowledged.text().contains("BUH-1002"));
        assert!(!acknowledged.text().contains("IT-1001"));
        assert_eq!(staff(&desk).map(|got| got.len()), [0, 0, 1], "{order:?}");
        assert_eq!(desk.tickets(), 2);
    }
}

#[test]
fn what_is_said_to_a_confidential_queue_stays_there_and_opens_nothing_twice() {
    let source = UNIVERSITY.replace(
        "title = \"Бухгалтерия\"",
        "title = \"Бухгалтерия\"\nconfidential = true",
    );
    let desk = Desk::with(&source);
    let olga = desk.person("Ольга", "olga@uni.test");
    let letter = Letter::to(BOTH, "Новый сотрудник", "Нужны пропуск и компьютер.");
    writes(&desk, &olga, &letter, &["it", "buh"]);
    let acknowledged = olga.only_mail();
    let [_, _, mut vera] = staff(&desk);
    // To both, as a reply to all is: no third ticket, and both hear it.
    let more = Letter::to(BOTH, "Re: Новый сотрудник", "И телефон.").with(
        "In-Reply-To",
        acknowledged.header("Message-ID").expect("an id").trim(),
    );
    writes(&desk, &olga, &more, &["it", "buh"]);
    assert_eq!(desk.tickets(), 2);
    assert_eq!(staff(&desk).map(|mails| mails.len()), [1, 1, 1]);
    olga.got_nothing();
    // To the confidential queue alone: nobody else hears it.
    let card = vera.remove(0);
    desk.person("Вера Орлова", "vera@uni.test")
        .writes(&Letter::reply_to(&card, "Какая у вас ставка?"));
    desk.step();
    let question = olga.only_mail();
    olga.writes(&Letter::reply_to(&question, "Полставки."));
    desk.step();
    assert_eq!(staff(&desk).map(|mails| mails.len()), [0, 0, 1]);
}
