//! The attacks that other service desks fell to, on real servers: nothing is executed, no stranger reads a ticket, and
//! nobody is stormed with mail. `tests/desk` tells each of them in detail.

use std::fmt::Write as _;

use okno::{
    model::{
        ids::TicketNumber,
        ticket::{State, Ticket},
    },
    store::history,
};

use crate::{
    ground::{DESK, header, proved, with_db},
    mailway::{MailWay, mail},
};

const OLGA: &str = "olga@uni.test";
const ANNA: &str = "anna@uni.test";
const MALLORY: &str = "mallory@evil.example";
const SECRET: &str = "комната 217, сейф у окна";

/// A desk that Olga has asked something; nobody else may ever read her words.
fn asked(name: &str) -> Option<MailWay> {
    let way = MailWay::open(name)?;
    way.sends(
        OLGA,
        &[DESK],
        &mail(OLGA, "o1@uni.test", "Ключ", "", SECRET),
    );
    way.settle();
    assert_eq!(way.inbox(OLGA).len(), 1);
    Some(way)
}

fn ticket(way: &MailWay) -> Ticket {
    let number = TicketNumber(1001);
    with_db(&way.config, async |db| history::ticket(db, number).await)
        .unwrap()
        .unwrap()
}

fn answering(id: &str) -> String {
    format!("In-Reply-To: {id}\nReferences: {id}\n")
}

fn is_untouched(way: &MailWay) {
    assert_eq!(ticket(way).state, State::New);
    assert_eq!(
        way.inbox(OLGA).len(),
        1,
        "Olga got something: {}",
        way.words_to(OLGA)
    );
    assert!(!way.words_to(MALLORY).contains(SECRET));
}

#[test]
fn an_agent_whom_the_mail_server_vouches_for_is_served() {
    let Some(way) = asked("attack-none") else {
        return;
    };
    let card = way.newest_id(ANNA);
    let words = "Сейф открыт.\n\nрешено";
    way.sends(
        ANNA,
        &[DESK],
        &mail(ANNA, "a1@uni.test", "Re: Ключ", &answering(&card), words),
    );
    way.settle();
    assert_eq!(ticket(&way).state, State::Resolved);
    assert!(way.words_to(OLGA).contains("Сейф открыт."));
    proved(&way.config, 1);
}

#[test]
fn forged_agents_and_forged_verdicts_execute_nothing() {
    let Some(way) = asked("attack-forged") else {
        return;
    };
    let tag = header(&way.inbox(OLGA)[0], "Subject");
    let vouched = "Authentication-Results: mx.uni.test; dmarc=pass header.from=uni.test\n";
    let words = "Перейдите на www.evil.example\n\nрешено";
    for (at, more) in ["", vouched].into_iter().enumerate() {
        let id = format!("forged{at}@evil.example");
        way.sends(MALLORY, &[DESK], &mail(ANNA, &id, &tag, more, words));
    }
    // From Anna, and from somebody else as well (RFC 5322, 3.6.2 lets a mail have several authors).
    let two = format!("{ANNA}, {MALLORY}");
    way.sends(
        MALLORY,
        &[DESK],
        &mail(&two, "two@evil.example", &tag, "", words),
    );
    let named = format!("\"{ANNA}\" <{MALLORY}>");
    way.sends(
        MALLORY,
        &[DESK],
        &mail(&named, "named@evil.example", &tag, "", words),
    );
    way.settle();
    is_untouched(&way);
}

#[test]
fn a_forwarded_card_lets_nobody_in() {
    let Some(way) = asked("attack-forwarded") else {
        return;
    };
    // Anna has sent the card on to Mallory, who answers it: under her own name, and under Anna's.
    let card = answering(&way.newest_id(ANNA));
    for (from, id) in [(MALLORY, "f1@evil.example"), (ANNA, "f2@evil.example")] {
        let words = "Спасибо, дайте код от сейфа.\n\nрешено";
        way.sends(MALLORY, &[DESK], &mail(from, id, "Re: Ключ", &card, words));
    }
    way.settle();
    is_untouched(&way);
}

#[test]
fn guessed_and_stolen_tags_join_nothing_and_tell_nothing() {
    let Some(way) = asked("attack-tags") else {
        return;
    };
    let stolen = header(&way.inbox(OLGA)[0], "Subject");
    way.sends(
        MALLORY,
        &[DESK],
        &mail(MALLORY, "t0@evil.example", &stolen, "", "Что там?"),
    );
    for at in 0..12 {
        let guess = format!("[IT-1001-AAA{}] Ключ", char::from(b'A' + at));
        let id = format!("t{at}@guess.example");
        way.sends(
            MALLORY,
            &[DESK],
            &mail(MALLORY, &id, &guess, "", "Что там?"),
        );
    }
    way.settle();
    is_untouched(&way);
    assert!(
        way.inbox(MALLORY).len() <= 4,
        "{}",
        way.inbox(MALLORY).len()
    );
}

#[test]
fn a_message_id_used_before_its_owner_swallows_no_mail() {
    let Some(way) = asked("attack-used") else {
        return;
    };
    // Mallory knows what Message-ID Olga's next mail will have, and uses it first.
    way.sends(
        MALLORY,
        &[DESK],
        &mail(MALLORY, "o2@uni.test", "Спам", "", "Спам"),
    );
    way.settle();
    let acknowledged = answering(&way.newest_id(OLGA));
    let words = "Нашла, спасибо, но дверь не открывается.";
    way.sends(
        OLGA,
        &[DESK],
        &mail(OLGA, "o2@uni.test", "Re: Ключ", &acknowledged, words),
    );
    way.settle();
    assert!(way.words_to(ANNA).contains(words));
    assert!(!way.words_to(MALLORY).contains(words));
    assert!(!way.words_to(MALLORY).contains(SECRET));
}

#[test]
fn fifty_people_in_copy_who_all_answer_all_are_not_mailed_by_us() {
    let Some(way) = MailWay::open("attack-copy") else {
        return;
    };
    let people: Vec<_> = (0..50).map(|at| format!("person{at}@uni.test")).collect();
    let cc = format!("Cc: {}\n", people.join(", "));
    way.sends(
        OLGA,
        &[DESK],
        &mail(OLGA, "c0@uni.test", "Отпуск", &cc, "Кто когда?"),
    );
    way.settle();
    for (at, person) in people.iter().enumerate() {
        let mut more = answering("<c0@uni.test>");
        let _written = writeln!(more, "Cc: {OLGA}, {}", people.join(", "));
        let id = format!("c{}@uni.test", at + 1);
        way.sends(
            person,
            &[DESK],
            &mail(person, &id, "Re: Отпуск", &more, "В июле."),
        );
    }
    way.settle();
    let mailed: usize = people.iter().map(|person| way.inbox(person).len()).sum();
    assert_eq!(mailed, 0, "people in copy have the mails already");
    assert_eq!(way.inbox(OLGA).len(), 1, "her acknowledgement");
    proved(&way.config, 1);
}

#[test]
fn a_thousand_mails_of_one_sender_are_not_a_thousand_letters() {
    let Some(way) = MailWay::open("attack-flood") else {
        return;
    };
    for at in 0..1_000 {
        let id = format!("flood{at}@evil.example");
        let subject = format!("Срочно {at}");
        let words = format!("Помогите, пожалуйста, {at} раз");
        way.ground
            .receives(mail(MALLORY, &id, &subject, "", &words).as_bytes());
    }
    way.settle();
    let (to_mallory, to_anna) = (way.inbox(MALLORY).len(), way.inbox(ANNA).len());
    eprintln!("a flood of 1,000: {to_mallory} letters to its sender, {to_anna} to an agent");
    assert!(to_mallory <= 4, "{to_mallory}");
    assert!(to_anna <= 60, "{to_anna}");
}

#[test]
fn a_machine_that_answers_everything_and_says_nowhere_that_it_is_one() {
    let Some(way) = MailWay::open("attack-robot") else {
        return;
    };
    let robot = "info@elsewhere.example";
    let mut answered = 0;
    way.sends(
        robot,
        &[DESK],
        &mail(robot, "r0@evil.example", "Hello", "", "Hello"),
    );
    // Until it has nothing to answer any more.
    loop {
        way.settle();
        let mails = way.inbox(robot);
        let Some(fresh) = mails.get(answered) else {
            break;
        };
        assert!(answered < 10, "it goes on and on: {answered} letters");
        answered += 1;
        let subject = format!("Re: {}", header(fresh, "Subject"));
        let more = answering(&header(fresh, "Message-ID"));
        let words = "Thank you for your message. We will answer soon.";
        way.sends(
            robot,
            &[DESK],
            &mail(
                robot,
                &format!("r{answered}@evil.example"),
                &subject,
                &more,
                words,
            ),
        );
    }
    assert!((1..=4).contains(&answered), "{answered}");
}

#[test]
fn a_refusal_of_a_refusal_is_answered_by_nobody() {
    let Some(way) = asked("attack-bounce") else {
        return;
    };
    let before = (way.inbox(OLGA).len(), way.inbox(ANNA).len());
    let bounce = |id: &str, of: &str| {
        format!(
            "From: MAILER-DAEMON@mx.evil.example\nTo: {DESK}\nSubject: Undelivered Mail\nMessage-ID: <{id}>\n\
             MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n\n\
             --b\n\nIt could not be delivered.\n\n--b\nContent-Type: message/delivery-status\n\n\
             Reporting-MTA: dns; mx.evil.example\n\nFinal-Recipient: rfc822; nobody@evil.example\n\
             Action: failed\nStatus: 5.1.1\n\n--b\nContent-Type: message/rfc822\n\n{of}\n--b--\n"
        )
    };
    let inner = bounce(
        "b1@evil.example",
        "From: it@uni.test\nTo: nobody@evil.example\nSubject: x\n\nx\n",
    );
    way.sends("", &[DESK], &inner);
    way.sends("", &[DESK], &bounce("b2@evil.example", &inner));
    way.settle();
    assert_eq!(way.inbox("MAILER-DAEMON@mx.evil.example").len(), 0);
    assert_eq!(way.inbox("nobody@evil.example").len(), 0);
    assert_eq!((way.inbox(OLGA).len(), way.inbox(ANNA).len()), before);
    proved(&way.config, 1);
}
