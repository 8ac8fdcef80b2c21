//! Anybody can write that a mail did not arrive. Only a report about a mail of ours, to where we sent it, that no person
//! has visibly written, acts; every other one is a note for the agents.

use okno::model::ticket::State;

use super::{
    desk::Desk,
    letter::{Letter, Received},
};

const OLGA: &str = "olga@customers.test";
const PETR: &str = "petr@customers.test";

/// A report as its writer would have it.
struct Report<'r> {
    path: &'r str,
    from: &'r str,
    about: String,
    envelope: Option<String>,
    address: &'r str,
}

impl<'r> Report<'r> {
    /// By a server, about that mail, to olga.
    fn about(mail: &Received) -> Self {
        Self {
            path: "",
            from: "MAILER-DAEMON@mx.customers.test",
            about: mail.mail.message_id.as_ref().unwrap().to_string(),
            envelope: None,
            address: OLGA,
        }
    }

    fn arrives(&self, desk: &Desk) {
        let Self {
            path,
            from,
            about,
            envelope,
            address,
        } = self;
        let n = desk.clock.now().as_millisecond();
        let envelope = envelope.as_ref().map_or(String::new(), |id| {
            format!("Original-Envelope-Id: {id}\r\n")
        });
        let copy = if about.is_empty() {
            String::new()
        } else {
            format!(
                "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{about}>\r\nSubject: x\r\n\r\n"
            )
        };
        let bytes = format!(
            "Return-Path: <{path}>\r\nFrom: {from}\r\nTo: it@uni.test\r\nSubject: Report\r\n\
             Message-ID: <{n}.{address}@mx.customers.test>\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nReport.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
             {envelope}Reporting-MTA: dns; mx.customers.test\r\n\r\n\
             Final-Recipient: rfc822; {address}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n{copy}--b--\r\n"
        );
        desk.arrives("it", bytes.as_bytes());
        desk.step();
    }
}

/// Olga has asked, petr reads along, and anna has solved it: the mail that went out.
fn solved(desk: &Desk) -> Received {
    let (olga, anna) = (
        desk.person("Ольга", OLGA),
        desk.person("Анна", "anna@uni.test"),
    );
    let petr = desk.person("Пётр", PETR);
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Стоит.").with("Cc", PETR));
    desk.step();
    olga.only_mail();
    petr.inbox();
    let card = anna.only_mail();
    anna.writes(&Letter::reply_to(&card, "Включила.\nрешено"));
    desk.step();
    for who in ["boris@uni.test", PETR] {
        desk.inbox(who);
    }
    let solved = olga.only_mail();
    assert_eq!(desk.ticket(1001).state, State::Resolved);
    solved
}

/// Nothing has changed; anna is shown the report.
fn is_a_note(desk: &Desk) {
    let ticket = desk.ticket(1001);
    assert_eq!((ticket.state, ticket.answers.len()), (State::Resolved, 1));
    let person = desk.stream("person", &ticket.requester.to_string());
    assert!(
        !person.iter().any(|what| what.contains("silenced")),
        "{person:?}"
    );
    let noted = "note_added (report_doubted)".to_owned();
    assert!(
        desk.history(1001).contains(&noted),
        "{:?}",
        desk.history(1001)
    );
    let told = desk.person("Анна", "anna@uni.test").only_mail();
    assert!(
        told.text()
            .contains("ничто не доказывает, что он настоящий"),
        "{}",
        told.text()
    );
    nobody_else(desk);
}

/// Anna's resolution counts no more.
fn is_undone(desk: &Desk) {
    let ticket = desk.ticket(1001);
    assert_eq!((ticket.state, ticket.answers.len()), (State::Open, 0));
    let told = desk.person("Анна", "anna@uni.test").only_mail();
    assert!(told.text().contains(OLGA), "{}", told.text());
    nobody_else(desk);
}

fn nobody_else(desk: &Desk) {
    for who in [OLGA, PETR, "boris@uni.test", "root@uni.test"] {
        assert_eq!(desk.inbox(who).len(), 0, "{who}");
    }
    desk.stop();
}

#[test]
fn a_reader_cannot_undo_an_answer_by_a_report_of_his_own() {
    let desk = Desk::open();
    let mail = solved(&desk);
    Report {
        from: PETR,
        ..Report::about(&mail)
    }
    .arrives(&desk);
    is_a_note(&desk);
}

#[test]
fn a_report_from_somebodys_address_is_no_servers() {
    let desk = Desk::open();
    let mail = solved(&desk);
    Report {
        path: "mallory@evil.example",
        ..Report::about(&mail)
    }
    .arrives(&desk);
    is_a_note(&desk);
}

#[test]
fn nobody_is_silenced_for_a_mail_of_their_own() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", OLGA);
    olga.writes(
        &Letter::to("it@uni.test", "Пароль", "Забыла.").with("Message-ID", "<hers@customers.test>"),
    );
    desk.step();
    olga.only_mail();
    for agent in ["anna@uni.test", "boris@uni.test"] {
        desk.inbox(agent);
    }
    let hers = Report {
        path: "",
        from: "MAILER-DAEMON@mx.customers.test",
        about: "hers@customers.test".to_owned(),
        envelope: None,
        address: OLGA,
    };
    hers.arrives(&desk);
    let requester = desk.ticket(1001).requester;
    let person = desk.stream("person", &requester.to_string());
    assert!(
        !person.iter().any(|what| what.contains("silenced")),
        "{person:?}"
    );
    let noted = "note_added (report_doubted)".to_owned();
    assert!(desk.history(1001).contains(&noted));
    for agent in ["anna@uni.test", "boris@uni.test"] {
        assert_eq!(desk.inbox(agent).len(), 1, "{agent}");
    }
    nobody_else(&desk);
}

#[test]
fn a_report_must_name_where_the_mail_was_sent() {
    let desk = Desk::open();
    let mail = solved(&desk);
    Report {
        address: "somebody@customers.test",
        ..Report::about(&mail)
    }
    .arrives(&desk);
    is_a_note(&desk);
}

#[test]
fn a_report_that_brings_nothing_of_the_mail_is_known_by_its_envelope_id() {
    let desk = Desk::open();
    let mail = solved(&desk);
    assert!(!mail.envelope_id.is_empty());
    assert!(
        !String::from_utf8_lossy(&mail.bytes).contains(&mail.envelope_id),
        "who reads the mail does not see it"
    );
    // Her address leads to another one, which is gone.
    Report {
        about: String::new(),
        envelope: Some(mail.envelope_id.clone()),
        address: "olga@old.test",
        ..Report::about(&mail)
    }
    .arrives(&desk);
    is_undone(&desk);
}

#[test]
fn a_forged_envelope_id_makes_a_report_a_note() {
    let desk = Desk::open();
    let mail = solved(&desk);
    let forged = mail
        .envelope_id
        .replace("okno-envelope-", "okno-envelope-1");
    Report {
        envelope: Some(forged),
        ..Report::about(&mail)
    }
    .arrives(&desk);
    is_a_note(&desk);
}

#[test]
fn a_reader_whose_server_knows_one_envelope_id_speaks_for_himself_alone() {
    let desk = Desk::open();
    desk.keeps_everything();
    let mail = solved(&desk);
    let id = mail.mail.message_id.clone();
    let all = desk.everything();
    let his = all
        .iter()
        .find(|one| one.recipient == PETR && one.mail.message_id == id);
    Report {
        envelope: Some(his.unwrap().envelope_id.clone()),
        ..Report::about(&mail)
    }
    .arrives(&desk);
    let ticket = desk.ticket(1001);
    assert_eq!((ticket.state, ticket.answers.len()), (State::Resolved, 1));
    let told = desk.person("Анна", "anna@uni.test").only_mail();
    assert!(told.text().contains(PETR), "{}", told.text());
    nobody_else(&desk);
}

#[test]
fn an_envelope_id_of_a_relay_on_the_way_says_nothing() {
    let desk = Desk::open();
    let mail = solved(&desk);
    Report {
        envelope: Some("QQ-17@mx.customers.test".to_owned()),
        ..Report::about(&mail)
    }
    .arrives(&desk);
    is_undone(&desk);
}
