//! A mail that did not arrive acts: its author is told what to do, it does not count, and nobody writes to a dead address
//! by machine.

use std::time::Duration;

use okno::model::ticket::State;

use super::{
    desk::{Desk, UNIVERSITY},
    letter::{Letter, Received},
};

const DAY: Duration = Duration::from_secs(24 * 3600);

/// A report about a mail of ours: what became of it at that address.
pub(super) fn report(desk: &Desk, about: &Received, (address, action, status): (&str, &str, &str)) {
    let id = about.mail.message_id.as_ref().unwrap();
    let n = desk.clock.now().as_millisecond();
    let bytes = format!(
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.uni.test\r\nTo: it@uni.test\r\nSubject: Report\r\n\
         Message-ID: <{n}.{status}.{id}>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nReport.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mx.uni.test\r\n\r\n\
         Final-Recipient: rfc822; {address}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n\
         --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{id}>\r\nSubject: x\r\n\r\n--b--\r\n"
    );
    desk.arrives("it", bytes.as_bytes());
    desk.step();
}

const GONE: (&str, &str, &str) = ("olga@customers.test", "failed", "5.1.1");

/// Olga has asked and anna answers so: the mail that goes out.
fn answered(desk: &Desk, words: &str) -> Received {
    let (olga, anna) = (
        desk.person("Ольга", "olga@customers.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "Вопрос", "Текст."));
    desk.step();
    olga.only_mail();
    let card = anna.only_mail();
    anna.writes(&Letter::reply_to(&card, words));
    desk.step();
    desk.inbox("boris@uni.test");
    olga.only_mail()
}

#[test]
fn an_answer_that_bounced_is_told_to_its_author_and_does_not_count() {
    let desk = Desk::open();
    let answer = answered(&desk, "Перезагрузите.");
    assert_eq!(desk.ticket(1001).answers.len(), 1);
    report(&desk, &answer, GONE);
    insta::assert_snapshot!(desk.person("Анна", "anna@uni.test").only_mail().text());
    assert_eq!(desk.inbox("boris@uni.test").len(), 0, "the author alone");
    assert!(desk.ticket(1001).answers.is_empty());
    let undone = "answer_undone (answer_lost)".to_owned();
    assert!(desk.history(1001).contains(&undone));
    // Every server on the way may report: once is enough.
    report(&desk, &answer, GONE);
    let undone = desk
        .history(1001)
        .into_iter()
        .filter(|what| *what == undone);
    assert_eq!(undone.count(), 1);
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

#[test]
fn nobody_confirms_by_silence_what_never_arrived() {
    let desk = Desk::open();
    let resolution = answered(&desk, "Компьютер стоит.\nрешено");
    assert_eq!(desk.ticket(1001).state, State::Resolved);
    report(&desk, &resolution, GONE);
    let anna = desk.person("Анна", "anna@uni.test");
    let told = anna.only_mail();
    assert!(told.text().contains("снова в работе"), "{}", told.text());
    let ticket = desk.ticket(1001);
    assert_eq!((ticket.state, ticket.resolved_at), (State::Open, None));
    assert_eq!(ticket.reopened, 0, "nobody sent it back");
    let running = ticket.clocks.iter().filter(|clock| clock.outcome.is_none());
    assert_eq!(running.count(), 1, "time counts again");
    desk.advance(DAY);

    // Anna knows now that mail does not get there. What she ends then has ended.
    anna.writes(&Letter::reply_to(&told, "Передано по телефону.\nрешено"));
    desk.step();
    let again = desk.person("Ольга", "olga@customers.test").only_mail();
    report(&desk, &again, GONE);
    let ticket = desk.ticket(1001);
    assert_eq!(ticket.state, State::Resolved);
    assert!(ticket.answers.is_empty(), "she was not answered by mail");
    assert_eq!(anna.inbox().len(), 1, "she is told of her own words again");
    desk.inbox("boris@uni.test");
    desk.advance(10 * DAY);
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::Closed);
}

#[test]
fn a_dead_address_gets_nothing_automatic_until_it_writes_or_time_passes() {
    let source = UNIVERSITY.replacen(
        "[smtp]",
        "[directory]\nfile = \"DATA/people.csv\"\n\n[smtp]",
        1,
    );
    let desk = Desk::with(&source);
    // One person, two addresses: the first is where she is written to.
    desk.brings_people(&["name;addresses", "Ольга;olga@customers.test olga@home.test"]);
    let answer = answered(&desk, "Перезагрузите.");
    report(&desk, &answer, GONE);
    desk.inbox("anna@uni.test");
    let person = desk.ticket(1001).requester;
    let silenced = desk.stream("person", &person.to_string());
    assert!(
        silenced.contains(&"address_silenced (silenced) ".to_owned()),
        "{silenced:?}"
    );

    let home = desk.person("Ольга", "olga@home.test");
    let dead = desk.person("Ольга", "olga@customers.test");
    let ask = |from: &super::desk::Person<'_>| {
        from.writes(&Letter::to(
            "it@uni.test",
            "Ещё",
            &format!("Вопрос {}.", desk.clock.now()),
        ));
        desk.step();
        for agent in ["anna@uni.test", "boris@uni.test"] {
            desk.inbox(agent);
        }
        dead.inbox().len() + home.inbox().len()
    };
    assert_eq!(ask(&home), 0);
    assert!(
        desk.history(1002)
            .contains(&"mail_withheld (silenced)".to_owned())
    );
    desk.advance(61 * DAY);
    assert_eq!(ask(&home), 1, "it may be alive again");

    report(&desk, &answer, GONE);
    desk.inbox("anna@uni.test");
    assert_eq!(ask(&home), 0);
    desk.advance(DAY);
    assert_eq!(ask(&dead), 1, "it is alive: it writes");
    desk.advance(DAY);
    assert_eq!(ask(&home), 1);
}

#[test]
fn a_report_silences_nobody_it_has_nothing_to_do_with() {
    let desk = Desk::open();
    let answer = answered(&desk, "Перезагрузите.");
    let boris = desk.person("Борис", "boris@customers.test");
    for failed in [
        ("boris@customers.test", "failed", "5.1.1"),
        ("anna@uni.test", "failed", "5.1.1"),
    ] {
        report(&desk, &answer, failed);
    }
    desk.inbox("anna@uni.test");
    assert_eq!(desk.ticket(1001).answers.len(), 1, "olga has it");
    boris.writes(&Letter::to("it@uni.test", "Вопрос", "Текст."));
    desk.step();
    boris.only_mail();
    assert_eq!(desk.inbox("anna@uni.test").len(), 1);
    desk.inbox("boris@uni.test");
}

#[test]
fn a_full_mailbox_is_no_dead_address_and_a_delay_is_a_note() {
    let desk = Desk::open();
    let answer = answered(&desk, "Перезагрузите.");
    report(&desk, &answer, ("olga@customers.test", "delayed", "4.4.1"));
    let history = desk.history(1001);
    assert!(
        history.contains(&"note_added (delayed)".to_owned()),
        "{history:?}"
    );
    desk.person("Анна", "anna@uni.test").got_nothing();
    report(&desk, &answer, ("olga@customers.test", "failed", "5.2.2"));
    let told = desk.person("Анна", "anna@uni.test").only_mail();
    assert!(
        !told.text().contains("Автоматические письма"),
        "{}",
        told.text()
    );
    let olga = desk.person("Ольга", "olga@customers.test");
    olga.writes(&Letter::to("it@uni.test", "Другое", "Текст."));
    desk.step();
    olga.only_mail();
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}
