//! A mailbox in Cc asks nobody: the agents are shown the mail once, and make a ticket of it with a word.

use okno::model::ids::TicketNumber;

use super::{
    desk::{Desk, UNIVERSITY},
    letter::Letter,
};

fn to_the_dean() -> Letter {
    Letter::to("dean@uni.test", "Ремонт", "В среду меняем розетки.").with("Cc", "it@uni.test")
}

#[test]
fn a_copy_is_shown_and_one_word_makes_a_ticket_of_it() {
    let desk = Desk::open();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    olga.writes(&to_the_dean());
    desk.step();
    olga.got_nothing();
    assert_eq!(desk.tickets(), 0);
    assert_eq!(desk.inbox("boris@uni.test").len(), 1);
    let shown = anna.only_mail();
    let code = shown.subject().rsplit(' ').next().unwrap();
    insta::assert_snapshot!(shown.text().replace(code, "[code]"));

    anna.writes(&Letter::reply_to(&shown, "Обращение"));
    desk.step();
    assert_eq!(desk.tickets(), 1);
    assert!(!desk.ticket(1001).clocks.is_empty());
    olga.got_nothing();
    let card = anna.only_mail();
    assert!(card.text().contains("В среду меняем розетки."));
    desk.inbox("boris@uni.test");
    anna.writes(&Letter::reply_to(&card, "Поможем."));
    desk.step();
    assert!(olga.only_mail().text().contains("Поможем."));
    assert_eq!(desk.inbox("dean@uni.test").len(), 1, "reads along");
    desk.inbox("boris@uni.test");
}

#[test]
fn a_department_in_cc_of_a_request_joins_it_by_a_button() {
    for order in [["it", "buh"], ["buh", "it"]] {
        let desk = Desk::open();
        let (olga, vera) = (
            desk.person("Ольга", "olga@uni.test"),
            desk.person("Вера", "vera@uni.test"),
        );
        let letter =
            Letter::to("it@uni.test", "Принтер", "Нужен новый.").with("Cc", "buh@uni.test");
        let bytes = olga.bytes(&letter);
        for mailbox in order {
            desk.arrives(mailbox, &bytes);
            desk.step();
        }
        assert!(olga.only_mail().text().contains("IT-1001"));
        assert_eq!(desk.tickets(), 1, "{order:?}");
        let shown = vera.only_mail();
        // The button opens a new mail with nothing but its subject.
        let code = shown.subject().rsplit(' ').next().unwrap();
        vera.writes(&Letter::to(
            "buh@uni.test",
            &format!("{code} обращение"),
            "",
        ));
        desk.step();
        assert_eq!(desk.ticket(1002).siblings, [TicketNumber(1001)]);
        assert!(vera.only_mail().subject().contains("[BUH-1002-"));
        olga.got_nothing();

        // Once is enough.
        vera.writes(&Letter::to(
            "buh@uni.test",
            &format!("{code} обращение"),
            "",
        ));
        desk.step();
        assert_eq!(desk.tickets(), 2);
        assert!(vera.only_mail().text().contains("уже есть: BUH-1002"));
        for agent in ["anna@uni.test", "boris@uni.test"] {
            assert_eq!(desk.inbox(agent).len(), 1, "{order:?}: the card alone");
        }
    }
}

#[test]
fn a_conversation_is_shown_once_and_other_words_are_explained() {
    let desk = Desk::open();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    olga.writes(&to_the_dean().with("Message-ID", "<first@uni.test>"));
    desk.step();
    let shown = anna.only_mail();
    for n in 0..3 {
        let more = to_the_dean().with("In-Reply-To", "<first@uni.test>");
        olga.writes(&more.with("Message-ID", &format!("<more{n}@uni.test>")));
    }
    desk.step();
    assert_eq!(desk.inbox("boris@uni.test").len(), 1);

    anna.writes(&Letter::reply_to(&shown, "Спасибо, знаем."));
    desk.step();
    assert!(anna.only_mail().text().contains("никому не отправлен"));
    olga.got_nothing();
    assert_eq!(desk.tickets(), 0);
}

#[test]
fn nobody_makes_a_ticket_with_anothers_code() {
    let desk = Desk::open();
    let (olga, anna, boris) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
        desk.person("Борис", "boris@uni.test"),
    );
    olga.writes(&to_the_dean());
    desk.step();
    let shown = anna.only_mail();
    let code = shown.subject().rsplit(' ').next().unwrap().to_owned();
    boris.inbox();
    let forwarded = Letter::to("it@uni.test", &format!("{code} обращение"), "");
    boris.writes(&forwarded);
    desk.step();
    assert_eq!(desk.tickets(), 0);
    assert!(
        boris
            .only_mail()
            .text()
            .contains("не видно, что это написали именно вы")
    );
    // To everybody else it is a subject like any other.
    olga.writes(&forwarded);
    desk.step();
    assert_eq!(desk.tickets(), 1);
    assert!(olga.only_mail().text().contains("IT-1001"));
    assert!(!anna.only_mail().text().contains("розетки"));
    boris.inbox();
}

#[test]
fn the_configuration_says_what_a_copy_is() {
    for (word, tickets, shown) in [("ticket", 1, 1), ("ignore", 0, 0)] {
        let with = format!("mode = \"full\"\ncc = \"{word}\"");
        let desk = Desk::with(&UNIVERSITY.replacen("mode = \"full\"", &with, 1));
        let olga = desk.person("Ольга", "olga@uni.test");
        olga.writes(&to_the_dean());
        desk.step();
        assert_eq!(desk.tickets(), tickets, "{word}");
        assert_eq!(olga.inbox().len(), tickets, "{word}");
        assert_eq!(desk.inbox("anna@uni.test").len(), shown, "{word}");
        desk.inbox("boris@uni.test");
    }
}

#[test]
fn mail_to_everybody_asks_nobody() {
    let desk = Desk::with(&format!("everybody = [\"all@uni.test\"]\n{UNIVERSITY}"));
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to(
        "all@uni.test",
        "Субботник",
        "В субботу в десять.",
    ));
    desk.step();
    assert_eq!(desk.tickets(), 0);
    olga.got_nothing();
    let aside = desk.stream("mailbox", "it");
    assert_eq!(aside, ["set_aside (to_everybody) "]);
    // Whoever names us, too, asks us.
    olga.writes(&Letter::to(
        "all@uni.test, it@uni.test",
        "Проектор",
        "Нужен в субботу.",
    ));
    desk.step();
    assert_eq!(desk.tickets(), 1);
    olga.only_mail();
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

#[test]
fn mail_to_everybody_whose_address_nobody_has_told_is_not_confirmed() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to(
        "all@uni.test",
        "Субботник",
        "В субботу в десять.",
    ));
    desk.step();
    assert_eq!(desk.tickets(), 1, "it may have us in Bcc");
    olga.got_nothing();
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}
