//! Mailing lists that open tickets: everybody on them takes part, nobody is answered by machine, and what turns out to be
//! one conversation becomes one ticket.

use okno::model::ticket::State;

use super::{
    desk::{Desk, UNIVERSITY},
    letter::Letter,
};

fn subscribed() -> Desk {
    let from = "maildir = \"/nowhere/it\"";
    Desk::with(&UNIVERSITY.replace(from, &format!("{from}\nlist_mail = \"ticket\"")))
}

/// A mail to the list, as it comes to those who are on it.
fn listed(subject: &str, text: &str, id: &str) -> Letter {
    Letter::to("users@lists.example", subject, text)
        .with("List-Id", "Users <users.lists.example>")
        .with("Precedence", "list")
        .with("Message-ID", &format!("<{id}@lists.example>"))
}

#[test]
fn a_mail_of_a_list_opens_a_ticket_where_it_may() {
    let plain = Desk::open();
    let olga = plain.person("Ольга", "olga@mail.example");
    olga.writes(&listed("Antenna", "Which one?", "1"));
    plain.step();
    assert_eq!(plain.tickets(), 0, "nobody said that lists open tickets");

    let desk = subscribed();
    let (olga, ivan, anna) = (
        desk.person("Ольга", "olga@mail.example"),
        desk.person("Иван", "ivan@mail.example"),
        desk.person("Анна", "anna@uni.test"),
    );
    olga.writes(&listed("Antenna", "Which one?", "1"));
    desk.step();
    olga.got_nothing();
    let card = anna.only_mail();
    // Ivan was never named to us, but he is on the list.
    ivan.writes(
        &listed("Re: Antenna", "The short one.", "2").with("In-Reply-To", "<1@lists.example>"),
    );
    desk.step();
    assert_eq!(desk.tickets(), 1);
    assert!(
        desk.history(1001)
            .contains(&"message_joined (by_known_message)".to_owned())
    );
    assert!(anna.only_mail().text().contains("The short one."));
    anna.writes(&Letter::reply_to(&card, "The long one, in fact."));
    desk.step();
    assert!(olga.only_mail().text().contains("The long one"));
    assert_eq!(
        desk.inbox("users@lists.example").len(),
        1,
        "and the list reads it"
    );
    ivan.got_nothing();
    desk.inbox("boris@uni.test");
}

#[test]
fn a_list_that_writes_under_its_own_address_is_no_flood() {
    let desk = subscribed();
    let list = desk.person("Users", "users@lists.example");
    for number in 1..=12 {
        let (subject, text) = (
            format!("Question {number}"),
            format!("How is {number} done?"),
        );
        list.writes(&listed(&subject, &text, &number.to_string()));
    }
    desk.step();
    assert_eq!(desk.tickets(), 12);
    list.got_nothing();
    assert_eq!(desk.inbox("anna@uni.test").len(), 12);
    desk.inbox("boris@uni.test");
    desk.person("root", "root@uni.test").got_nothing();
}

#[test]
fn what_turns_out_to_be_one_conversation_becomes_one_ticket() {
    let desk = subscribed();
    let (olga, ivan, anna) = (
        desk.person("Ольга", "olga@mail.example"),
        desk.person("Иван", "ivan@mail.example"),
        desk.person("Анна", "anna@uni.test"),
    );
    olga.writes(&listed("Antenna", "Which one?", "1"));
    // Ivan's program loses References.
    ivan.writes(&listed("Re: Antenna", "The short one.", "2"));
    desk.step();
    assert_eq!(desk.tickets(), 2);
    let cards = anna.inbox();
    desk.inbox("boris@uni.test");
    // Olga's does not.
    let both = "<1@lists.example> <2@lists.example>";
    olga.writes(&listed("Re: Antenna", "Thank you.", "3").with("References", both));
    desk.step();
    assert_eq!(desk.ticket(1002).merged_into.map(|into| into.0), Some(1001));
    assert_eq!(desk.ticket(1002).state, State::Closed);
    assert!(
        desk.history(1001)
            .contains(&"took_in (one_conversation)".to_owned())
    );
    assert_eq!(anna.only_mail().text().matches("Thank you.").count(), 1);
    desk.inbox("boris@uni.test");

    // What comes for the one that ended goes where both go on: a card of it, its tag.
    let of_merged = cards
        .iter()
        .find(|card| card.text().contains("The short one."));
    anna.writes(&Letter::reply_to(of_merged.unwrap(), "Both will do."));
    desk.step();
    assert!(olga.only_mail().text().contains("Both will do."));
    assert!(
        ivan.only_mail().text().contains("Both will do."),
        "he takes part in both"
    );
    assert_eq!(desk.ticket(1002).assignee, None);
    let tag = desk.tag(&desk.ticket(1002));
    ivan.writes(&Letter::to(
        "it@uni.test",
        &format!("Re: {tag} Antenna"),
        "Fine.",
    ));
    desk.step();
    assert_eq!(desk.tickets(), 2);
    assert!(anna.only_mail().text().contains("Fine."));
    desk.inbox("boris@uni.test");
    desk.inbox("users@lists.example");
}

#[test]
fn elsewhere_a_mail_may_answer_two_matters() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    let own = |n: i32| format!("<{n}@uni.test>");
    olga.writes(&Letter::to("it@uni.test", "Сеть", "Нет сети.").with("Message-ID", &own(1)));
    olga.writes(&Letter::to("it@uni.test", "Свет", "Нет света.").with("Message-ID", &own(2)));
    desk.step();
    olga.inbox();
    let both = format!("{} {}", own(1), own(2));
    olga.writes(
        &Letter::to("it@uni.test", "Re: Свет", "Есть и то и то.").with("References", &both),
    );
    desk.step();
    assert_eq!(desk.ticket(1001).merged_into, None);
    assert!(
        desk.history(1002)
            .contains(&"message_joined (by_known_message)".to_owned())
    );
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}
