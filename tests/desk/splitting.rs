//! One mail asks for two things: an agent makes a ticket of its own of one of them.

use std::time::Duration;

use okno::model::{clock::ClockKind, ids::TicketNumber, ticket::State};

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

/// Olga asks at noon; ИТ promises eight hours.
fn university() -> Desk {
    let on = "target = \"8 h\"\ncommands = [\"all\"]\nrequester_commands = [\"all\"]";
    Desk::with(&UNIVERSITY.replace("target = \"8 h\"", on))
}

pub(crate) fn people(desk: &Desk) -> [Person<'_>; 4] {
    [
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
        desk.person("Борис Ким", "boris@uni.test"),
        desk.person("Вера Орлова", "vera@uni.test"),
    ]
}

pub(crate) fn read_all(desk: &Desk) {
    for line in desk.unread() {
        let (address, _) = line.split_once(": ").unwrap();
        desk.inbox(address);
    }
}

fn untagged(desk: &Desk, text: &str) -> String {
    let tickets = (1..=desk.tickets()).map(|one| desk.ticket(1000 + i64::try_from(one).unwrap()));
    tickets.fold(text.to_owned(), |text, ticket| {
        text.replace(&desk.tag(&ticket), &format!("[tag {}]", ticket.number))
    })
}

/// Olga's request and Anna's card.
fn asked(desk: &Desk) -> Received {
    let [olga, anna, boris, _] = people(desk);
    let words = "Забыла пароль. И ещё: в 214 кончился картридж.";
    olga.writes(&Letter::to("it@uni.test", "Пароль и картридж", words));
    desk.step();
    olga.only_mail();
    boris.only_mail();
    anna.only_mail()
}

/// Anna answers the one and splits off the other; what Olga and Anna are sent about the new ticket.
fn split(desk: &Desk) -> (Received, Received) {
    let card = asked(desk);
    let [olga, anna, ..] = people(desk);
    desk.advance(HOUR);
    let words = "Пароль сбросила.\n#разделить заменить картридж в 214";
    anna.writes(&Letter::reply_to(&card, words));
    desk.step();
    let (mut olgas, mut annas) = (olga.inbox(), anna.inbox());
    assert_eq!(olgas.len(), 2);
    read_all(desk);
    (olgas.remove(1), annas.remove(0))
}

#[test]
fn a_part_of_a_request_is_a_ticket_of_its_own() {
    let desk = university();
    let [olga, anna, boris, _] = people(&desk);
    let (acknowledgement, card) = split(&desk);
    let (whole, part) = (desk.ticket(1001), desk.ticket(1002));
    assert_eq!(part.parent, Some(whole.number));
    assert_eq!(
        (part.requester, &part.queue),
        (whole.requester, &whole.queue)
    );
    assert_eq!(part.subject.as_str(), "заменить картридж в 214");
    assert_eq!(
        (&part.links[..], &whole.links[..]),
        (&[whole.number][..], &[part.number][..])
    );
    // Its time begins now, an hour after the whole's, and nobody has answered yet.
    let starts = [&whole, &part].map(|one| one.clock(ClockKind::Resolution).unwrap().started_at);
    assert_eq!(starts[1].duration_since(starts[0]).as_hours(), 1);
    assert_eq!((part.state, &part.assignee), (State::New, &None));
    assert_eq!(whole.assignee, Some("anna".into()));
    insta::assert_snapshot!("acknowledgement", untagged(&desk, acknowledgement.text()));
    insta::assert_snapshot!("card", untagged(&desk, card.text()));
    insta::assert_snapshot!("history", desk.history(1002).join("\n"));
    // Each goes its own way.
    olga.writes(&Letter::reply_to(&acknowledgement, "HP 26X."));
    desk.step();
    let heard = boris.only_mail();
    assert!(
        heard.subject().contains(&desk.tag(&part)),
        "{}",
        heard.subject()
    );
    anna.inbox();
    boris.writes(&Letter::reply_to(&heard, "Заменил.\nрешено"));
    desk.step();
    assert!(olga.only_mail().text().contains("Заменил."));
    assert_eq!(desk.ticket(1002).state, State::Resolved);
    assert_eq!(desk.ticket(1001).state, State::Open);
    read_all(&desk);
}

#[test]
fn another_department_reads_what_the_requester_wrote_and_not_the_agents_mail() {
    let desk = university();
    let [olga, anna, _, vera] = people(&desk);
    let (_, card) = split(&desk);
    anna.writes(&Letter::reply_to(
        &card,
        "#передать бухгалтерия это расходники",
    ));
    desk.step();
    let got = vera.only_mail();
    assert!(
        got.text().contains("в 214 кончился картридж"),
        "{}",
        got.text()
    );
    assert!(!got.text().contains("Пароль сбросила"), "{}", got.text());
    olga.inbox();
    read_all(&desk);
}

#[test]
fn what_is_split_off_by_mistake_is_part_of_the_whole_again() {
    for has_gone in [false, true] {
        let desk = university();
        let [olga, anna, ..] = people(&desk);
        let card = asked(&desk);
        anna.writes(&Letter::reply_to(
            &card,
            "#split a new cartridge for room 214",
        ));
        desk.decide();
        if has_gone {
            desk.step();
        }
        let acknowledgement = olga.inbox().pop();
        read_all(&desk);
        desk.advance(MINUTE);
        anna.writes(&Letter::reply_to(&card, "отменить"));
        desk.step();
        let part = desk.ticket(1002);
        assert_eq!(
            (part.state, part.merged_into),
            (State::Closed, Some(TicketNumber(1001)))
        );
        assert_eq!((part.links.len(), part.clocks.len()), (0, 0));
        assert!(desk.ticket(1001).links.is_empty());
        let told = anna.only_mail();
        insta::assert_snapshot!(format!("undone-{has_gone}"), untagged(&desk, told.text()));
        assert!(olga.inbox().is_empty());
        if let Some(acknowledgement) = acknowledgement {
            // The number she was told leads to the whole.
            olga.writes(&Letter::reply_to(&acknowledgement, "Спасибо, жду."));
            desk.step();
            let heard = anna.only_mail();
            let whole = desk.tag(&desk.ticket(1001));
            assert!(heard.subject().contains(&whole), "{}", heard.subject());
        }
        desk.advance(48 * HOUR);
        desk.step();
        assert_eq!(desk.ticket(1002).clocks.len(), 0);
        read_all(&desk);
    }
}

#[test]
fn it_is_taken_back_from_the_new_ticket_too() {
    let desk = university();
    let [_, anna, ..] = people(&desk);
    let (_, card) = split(&desk);
    anna.writes(&Letter::reply_to(&card, "отменить"));
    desk.step();
    assert!(anna.only_mail().text().contains("Отменено"));
    assert_eq!(desk.ticket(1002).merged_into, Some(TicketNumber(1001)));
    read_all(&desk);
}

#[test]
fn what_somebody_works_on_stays_a_ticket_of_its_own() {
    let desk = university();
    let [_, anna, boris, _] = people(&desk);
    let card = asked(&desk);
    anna.writes(&Letter::reply_to(&card, "#разделить картридж в 214"));
    desk.step();
    boris.writes(&Letter::reply_to(&boris.only_mail(), "взять"));
    desk.step();
    assert_eq!(desk.ticket(1002).assignee, Some("boris".into()));
    read_all(&desk);
    anna.writes(&Letter::reply_to(&card, "отменить"));
    desk.step();
    let told = anna.inbox().pop().unwrap();
    assert!(
        told.text().contains("сменился исполнитель"),
        "{}",
        told.text()
    );
    assert_eq!(desk.ticket(1001).links.len(), 1);
    let part = desk.ticket(1002);
    assert_eq!(
        (part.assignee, part.merged_into),
        (Some("boris".into()), None)
    );
    read_all(&desk);
}

#[test]
fn one_mail_splits_off_three_and_what_is_no_ticket_any_more_nothing() {
    let desk = university();
    let [olga, anna, ..] = people(&desk);
    let card = asked(&desk);
    let words = "#разделить первое\n#разделить второе\n#разделить третье\n#разделить четвёртое";
    anna.writes(&Letter::reply_to(&card, words));
    desk.step();
    assert_eq!(desk.tickets(), 4);
    assert_eq!(olga.inbox().len(), 3);
    let told = anna.inbox();
    let told = told
        .iter()
        .find(|mail| mail.text().contains("не больше трёх"));
    assert!(told.is_some());
    read_all(&desk);
    // All of them are one decision.
    anna.writes(&Letter::reply_to(&card, "отменить"));
    desk.step();
    assert!((1002..=1004).all(|one| desk.ticket(one).merged_into.is_some()));
    assert!(desk.ticket(1001).links.is_empty());
    read_all(&desk);
    // A word alone is a word, and what is spam has no parts.
    for (words, says) in [
        ("#разделить", "не сказано, что выделить"),
        ("спам", "nothing: it is done"),
        ("#выделить ещё что-то", "уже решено или закрыто"),
    ] {
        anna.writes(&Letter::reply_to(&card, words));
        desk.step();
        let told = anna.inbox().pop();
        let told = told.as_ref().map(|mail| mail.text());
        let told = told.unwrap_or("nothing: it is done");
        assert!(told.contains(says), "{words}: {told}");
        read_all(&desk);
    }
    assert!(desk.ticket(1001).excluded.is_some());
    assert_eq!(desk.tickets(), 4);
}

#[test]
fn where_it_is_not_switched_on_nothing_is_split() {
    let desk = Desk::open();
    let [_, anna, ..] = people(&desk);
    let card = asked(&desk);
    anna.writes(&Letter::reply_to(&card, "#разделить картридж"));
    desk.step();
    assert!(anna.only_mail().text().contains("не включена"));
    assert_eq!(desk.tickets(), 1);
}
