//! What a sceptic proved against the first version of the house, told as stories: each of these once went wrong.

use std::time::Duration;

use okno::{
    desk::cause::Operation,
    model::ticket::State,
    smtp::{DeliveryStatus, RelayFault},
    store::Faults,
};

use super::{
    desk::{Desk, UNIVERSITY},
    letter::{Letter, Received},
};

const HOUR: Duration = Duration::from_secs(3600);

/// Everybody reads their mail. How many there were.
fn all(desk: &Desk) -> usize {
    let everybody = ["anna", "boris", "vera", "olga", "root"];
    everybody
        .iter()
        .map(|name| desk.inbox(&format!("{name}@uni.test")).len())
        .sum()
}

#[test]
fn two_forged_mails_make_no_agent() {
    let desk = Desk::open();
    let (olga, _anna) = (
        desk.person("O", "olga@uni.test"),
        desk.person("A", "anna@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "Пароль", "Забыла пароль."));
    desk.step();
    let ack = olga.only_mail();
    all(&desk);
    // attacker knows only the tag in the subject
    let one =
        Letter::to("it@uni.test", ack.subject(), "hello").bytes("A <anna@uni.test>", "x1@evil");
    desk.arrives("it", &one);
    desk.step();
    let two = Letter::to("it@uni.test", "x", "Перейдите по ссылке http://evil")
        .with("In-Reply-To", "<x1@evil>")
        .bytes("A <anna@uni.test>", "x2@evil");
    desk.arrives("it", &two);
    desk.step();
    let got = olga.inbox();
    all(&desk);
    assert!(got.is_empty(), "forged agent answer reached the requester");
}

#[test]
fn an_empty_reply_relays_no_card() {
    let desk = Desk::open();
    let (olga, anna, boris) = (
        desk.person("O", "olga@uni.test"),
        desk.person("A", "anna@uni.test"),
        desk.person("B", "boris@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "Пароль", "Забыла пароль."));
    desk.step();
    let card = anna.only_mail();
    all(&desk);
    anna.writes(&Letter::reply_to(
        &card,
        "заметка: эта Ольга вечно скандалит",
    ));
    desk.step();
    let note = boris.only_mail();
    all(&desk);
    boris.writes(&Letter::reply_to(&note, "").with_file("a.pdf", b"x"));
    desk.step();
    let got = olga.inbox();
    all(&desk);
    assert!(
        !got.iter().any(|m| m.text().contains("скандалит")),
        "note leaked"
    );
}

#[test]
fn a_reply_below_the_card_relays_no_card() {
    let desk = Desk::open();
    let (olga, anna, boris) = (
        desk.person("O", "olga@uni.test"),
        desk.person("A", "anna@uni.test"),
        desk.person("B", "boris@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "Пароль", "Забыла пароль."));
    desk.step();
    let card = anna.only_mail();
    all(&desk);
    anna.writes(&Letter::reply_to(
        &card,
        "заметка: эта Ольга вечно скандалит",
    ));
    desk.step();
    let note = boris.only_mail();
    all(&desk);
    let quote: String = note.text().lines().map(|l| format!("> {l}\n")).collect();
    let id = note.mail.message_id.clone().unwrap();
    boris.writes(
        &Letter::to(
            "it@uni.test",
            &format!("Re: {}", note.subject()),
            &format!("17.11.2026 12:00, ИТ-поддержка пишет:\n{quote}\nПароль сброшен, Ольга.\n"),
        )
        .with("In-Reply-To", &format!("<{id}>")),
    );
    desk.step();
    let got = olga.inbox();
    all(&desk);
    assert!(
        !got.iter().any(|m| m.text().contains("скандалит")),
        "note leaked"
    );
}

#[test]
fn answers_within_the_card_are_asked_for_once_more() {
    let desk = Desk::open();
    let (olga, anna) = (
        desk.person("O", "olga@uni.test"),
        desk.person("A", "anna@uni.test"),
    );
    olga.writes(&Letter::to(
        "it@uni.test",
        "Пароль",
        "Какой адрес?\nКакой порт?",
    ));
    desk.step();
    let card = anna.only_mail();
    all(&desk);
    let mut quote = String::new();
    for l in card.text().lines() {
        quote.push_str(&format!("> {l}\n"));
        if l.contains("Какой адрес") {
            quote.push_str("АДРЕСОТВЕТ\n");
        }
        if l.contains("Какой порт") {
            quote.push_str("ПОРТОТВЕТ\n");
        }
    }
    let id = card.mail.message_id.clone().unwrap();
    anna.writes(
        &Letter::to(
            "it@uni.test",
            &format!("Re: {}", card.subject()),
            &format!("Ответы ниже.\n\n17.11.2026 12:00, ИТ-поддержка пишет:\n{quote}"),
        )
        .with("In-Reply-To", &format!("<{id}>")),
    );
    desk.step();
    olga.got_nothing();
    let asked = anna.inbox();
    assert!(
        asked
            .iter()
            .any(|mail| mail.text().contains("внутри цитаты")),
        "what cannot be told from the card is neither sent nor lost: its author is asked"
    );
    all(&desk);
}

fn dsn(id: &str, mid: &str, rcpts: &[&str]) -> Vec<u8> {
    let mut r = String::new();
    for x in rcpts {
        r.push_str(&format!("Final-Recipient: rfc822; {x}\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 unknown user\r\n\r\n"));
    }
    format!("Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.uni.test\r\nTo: it@uni.test\r\nSubject: Undelivered Mail Returned to Sender\r\n\
         Message-ID: <{mid}>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.uni.test\r\n\r\n{r}\
         --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{id}>\r\nSubject: x\r\n\r\n--b--\r\n").into_bytes()
}

#[test]
fn a_second_bounce_is_taken_like_the_first() {
    let desk = Desk::open();
    let (olga, _anna) = (
        desk.person("O", "olga@uni.test"),
        desk.person("A", "anna@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "В", "Т."));
    desk.step();
    let ack = olga.only_mail();
    all(&desk);
    let id = ack.mail.message_id.clone().unwrap().to_string();
    desk.arrives("it", &dsn(&id, "b1@mx", &["olga@uni.test"]));
    desk.arrives("it", &dsn(&id, "b2@mx", &["olga@uni.test"]));
    desk.step();
    all(&desk);
    let n = desk.quarantine().len();
    desk.stop();
    assert_eq!(n, 0);
}

#[test]
fn a_bounce_with_many_names_is_one_letter() {
    let desk = Desk::open();
    let (olga, anna) = (
        desk.person("O", "olga@uni.test"),
        desk.person("A", "anna@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "В", "Т."));
    desk.step();
    let card = anna.only_mail();
    all(&desk);
    let id = card.mail.message_id.clone().unwrap().to_string();
    let many: Vec<String> = (0..500).map(|n| format!("u{n}@uni.test")).collect();
    let mut many: Vec<&str> = many.iter().map(String::as_str).collect();
    many.insert(0, "anna@uni.test");
    desk.arrives("it", &dsn(&id, "b1@mx", &many));
    desk.step();
    let n = desk.inbox("root@uni.test").len();
    all(&desk);
    assert_eq!(
        n, 1,
        "one letter says it, however many names the report holds"
    );
}

#[test]
fn an_answer_to_an_older_question_rates_nothing() {
    let desk = Desk::open();
    let (olga, anna) = (
        desk.person("O", "olga@uni.test"),
        desk.person("A", "anna@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает"));
    desk.step();
    let card = anna.only_mail();
    all(&desk);
    anna.writes(&Letter::reply_to(&card, "Сколько лотков у принтера?"));
    desk.step();
    let question = olga.only_mail();
    all(&desk);
    anna.writes(&Letter::reply_to(&card, "Кажется, починили.\nрешено"));
    desk.step();
    all(&desk);
    olga.writes(&Letter::reply_to(&question, "2"));
    desk.step();
    let t = desk.ticket(1001);
    all(&desk);
    assert_ne!(t.state, State::Closed);
}

#[test]
fn a_forged_requester_adds_nobody() {
    let desk = Desk::open();
    let (olga, anna) = (
        desk.person("O", "olga@uni.test"),
        desk.person("A", "anna@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "Пароль", "Забыла пароль"));
    desk.step();
    let ack = olga.only_mail();
    let card = anna.only_mail();
    all(&desk);
    let forged = Letter::to("it@uni.test", ack.subject(), "ещё вопрос")
        .with("Cc", "evil@evil.example")
        .bytes("O <olga@uni.test>", "f1@evil");
    desk.arrives("it", &forged);
    desk.step();
    all(&desk);
    anna.writes(&Letter::reply_to(&card, "Новый пароль: qwerty"));
    desk.step();
    let n = desk.inbox("evil@evil.example").len();
    all(&desk);
    assert_eq!(n, 0, "a stranger reads along");
}

#[test]
fn a_digest_forgets_nobody() {
    let desk = Desk::with(&format!(
        "{UNIVERSITY}\n[caps]\nstaff_hour = 3\nfuse = 100000\n"
    ));
    for n in 0..70 {
        let person = desk.person("С", &format!("s{n}@uni.test"));
        person.writes(&Letter::to("it@uni.test", &format!("Вопрос {n}"), "Т."));
    }
    desk.step();
    for n in 0..70 {
        desk.inbox(&format!("s{n}@uni.test"));
    }
    let mut named = String::new();
    for m in desk.inbox("anna@uni.test") {
        named.push_str(m.subject());
    }
    desk.inbox("boris@uni.test");
    for _ in 0..30 {
        desk.advance(HOUR);
        desk.step();
        for m in desk.inbox("anna@uni.test") {
            named.push_str(m.text());
            named.push_str(m.subject());
        }
        desk.inbox("boris@uni.test");
    }
    let missing: Vec<i64> = (1001..1071)
        .filter(|n| !named.contains(&format!("IT-{n}")))
        .collect();
    all(&desk);
    assert!(missing.is_empty(), "never named to anna: {missing:?}");
}

#[test]
fn a_second_quarantine_within_the_hour_is_told_after_it() {
    let desk = Desk::open();
    let bad = |uid| {
        desk.with_house(async |h| {
            use okno::store::journal::*;
            let lease = h
                .lease(&okno::house::lease::of_mailbox("it"))
                .await
                .unwrap()
                .unwrap();
            let now = h.clock.now();
            save(
                &h.db,
                Haul {
                    mailbox: "it".into(),
                    folder: "INBOX".into(),
                    lease,
                    mails: vec![Fetched {
                        source_key: format!("1/{uid}"),
                        uid_validity: 1,
                        uid,
                        arrived_at: now,
                        size: 1,
                        is_cut: true,
                        bytes: vec![],
                        problem: Some("x"),
                    }],
                    cursor: Cursor {
                        uid_validity: 1,
                        last_uid: uid,
                        since: jiff::Timestamp::UNIX_EPOCH,
                        last_at: now,
                    },
                    server_action: None,
                    now,
                    skips_known_sums: false,
                },
            )
            .await
            .unwrap();
        })
    };
    let mut seen = okno::house::watch::Standing::default();
    bad(900);
    desk.with_house(async |h| h.watch(&mut seen).await.unwrap());
    desk.step();
    desk.inbox("root@uni.test");
    let id =
        desk.with_house(async |h| okno::store::work::quarantined(&h.db, 10).await.unwrap()[0].id);
    desk.with_house(async |h| {
        let discard = Operation::DiscardWork { work: id };
        okno::store::work::order(&h.db, discard, h.clock.now())
            .await
            .unwrap()
    });
    desk.decide();
    desk.advance(Duration::from_secs(60));
    desk.with_house(async |h| h.watch(&mut seen).await.unwrap());
    desk.step();
    desk.inbox("root@uni.test");
    desk.advance(Duration::from_secs(60));
    bad(901);
    let mut later = 0;
    for _ in 0..100 {
        desk.with_house(async |h| h.watch(&mut seen).await.unwrap());
        desk.step();
        desk.advance(HOUR);
        later += desk.inbox("root@uni.test").len();
    }
    desk.stop();
    assert!(later > 0, "four days of quarantine, nobody told");
}

#[test]
fn a_released_fuse_holds() {
    let desk = Desk::with(&format!("{UNIVERSITY}\n[caps]\nfuse = 3\n"));
    let storm = |from: i32, to: i32| {
        for n in from..to {
            let person = desk.person("Н", &format!("p{n}@uni.test"));
            person.writes(&Letter::to("all@uni.test", &format!("О {n}"), "Т."));
        }
    };
    storm(0, 6);
    desk.step();
    all(&desk);
    desk.with_house(async |h| {
        okno::store::work::order(&h.db, Operation::ReleaseFuse, h.clock.now())
            .await
            .unwrap()
    });
    desk.step();
    all(&desk);
    desk.advance(Duration::from_secs(120));
    storm(6, 7);
    desk.step();
    let got = desk.inbox("anna@uni.test").len();
    let alarm = desk.inbox("root@uni.test").len();
    all(&desk);
    desk.stop();
    assert_eq!(
        (got, alarm),
        (1, 0),
        "one mail after the release: held, and a second alarm"
    );
}

#[test]
fn no_cap_swallows_a_resolution() {
    let desk = Desk::open();
    let (olga, anna) = (
        desk.person("O", "olga@uni.test"),
        desk.person("A", "anna@uni.test"),
    );
    for n in 0..4 {
        olga.writes(&Letter::to("it@uni.test", &format!("В {n}"), "Т."));
    }
    desk.step();
    let cards = anna.inbox();
    all(&desk);
    anna.writes(&Letter::reply_to(&cards[0], "решено"));
    desk.step();
    let (told, agent) = (olga.inbox().len(), anna.inbox().len());
    all(&desk);
    assert!(
        told > 0 || agent > 0,
        "resolved; neither requester nor agent was told that nobody was told"
    );
}

#[test]
fn two_machines_that_look_like_people_are_stopped() {
    let desk = Desk::open();
    let (olga, anna) = (
        desk.person("O", "olga@uni.test"),
        desk.person("A", "anna@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "В", "Т."));
    desk.step();
    let card = anna.only_mail();
    olga.inbox();
    all(&desk);
    let mut total = 0;
    anna.writes(&Letter::reply_to(&card, "Я в отпуске до декабря."));
    for _ in 0..60 {
        desk.decide();
        desk.deliver();
        let a = anna.inbox();
        let o = olga.inbox();
        total += a.len() + o.len();
        for m in a {
            anna.writes(&Letter::reply_to(&m, "Я в отпуске до декабря."));
        }
        for m in o {
            olga.writes(&Letter::reply_to(&m, "Я в отпуске тоже."));
        }
        desk.inbox("boris@uni.test");
    }
    desk.step();
    all(&desk);
    desk.stop();
    assert!(total < 50, "{total} mails in no time");
}

#[test]
fn a_mail_in_doubt_is_repeated_once() {
    let desk = Desk::open();
    let olga = desk.person("O", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "В", "Т."));
    desk.decide();
    for _ in 0..4 {
        desk.post.answer_next(DeliveryStatus::Unknown {
            words: "lost".into(),
        });
        desk.step();
        desk.advance(Duration::from_secs(400));
        desk.post.set_down(Some(RelayFault::NoLogin));
        desk.deliver();
        desk.post.set_down(None);
        desk.advance(Duration::from_secs(3600));
    }
    desk.step();
    let copies = olga.inbox().len();
    all(&desk);
    desk.stop();
    assert!(copies <= 2, "{copies} copies");
}

#[test]
fn who_has_left_is_not_waited_for() {
    let mut desk = Desk::open();
    desk.person("O", "olga@uni.test")
        .writes(&Letter::to("it@uni.test", "Принтер", "Не печатает"));
    desk.step();
    let card = desk.inbox("anna@uni.test").remove(0);
    let ack = desk.inbox("olga@uni.test").remove(0);
    all(&desk);
    desk.person("A", "anna@uni.test")
        .writes(&Letter::reply_to(&card, "взять"));
    desk.step();
    all(&desk);
    desk.stop();
    desk.source = UNIVERSITY
        .replace("agents = [\"anna\", \"boris\"]", "agents = [\"boris\"]")
        .replace(
            "[agent.anna]\nname = \"Анна Петрова\"\naddress = \"anna@uni.test\"\n",
            "",
        );
    desk.start(Faults::none());
    desk.person("O", "olga@uni.test")
        .writes(&Letter::reply_to(&ack, "Всё ещё не печатает!"));
    desk.step();
    let n = all(&desk);
    assert!(n > 0, "the requester's mail was shown to nobody");
}

#[test]
fn a_renamed_queue_goes_on() {
    let mut desk = Desk::open();
    desk.person("O", "olga@uni.test")
        .writes(&Letter::to("it@uni.test", "Принтер", "Не печатает"));
    desk.step();
    let ack = desk.inbox("olga@uni.test").remove(0);
    all(&desk);
    desk.stop();
    desk.source = UNIVERSITY
        .replace("[queue.it]", "[queue.support]")
        .replace("[mailbox.it]", "[mailbox.it]\nqueue = \"support\"");
    desk.start(Faults::none());
    desk.person("O", "olga@uni.test")
        .writes(&Letter::reply_to(&ack, "Всё ещё не печатает!"));
    desk.step();
    let n = all(&desk);
    assert!(n > 0, "the requester's mail was shown to nobody");
}

#[test]
fn mail_of_a_removed_mailbox_is_kept() {
    let mut desk = Desk::open();
    desk.arrives(
        "buh",
        &Letter::to("buh@uni.test", "Справка", "Нужна").bytes("O <olga@uni.test>", "w1@uni.test"),
    );
    desk.stop();
    let without = |source: String, table: &str| {
        let head = source.split(table).next().unwrap_or("").to_owned();
        let tail = source.split(table).nth(1).unwrap_or("");
        let rest = tail
            .split_once("\n[")
            .map_or(String::new(), |(_, rest)| format!("[{rest}"));
        format!("{head}{rest}")
    };
    let cut = without(UNIVERSITY.to_owned(), "[mailbox.buh]");
    let cut = without(cut, "[queue.buh]");
    desk.source = without(cut, "[agent.vera]");
    desk.start(Faults::none());
    desk.step();
    let n = all(&desk);
    let (t, q) = (desk.tickets(), desk.quarantine().len());
    let waits = desk.with_house(async |h| okno::store::work::count(&h.db).await.unwrap());
    desk.stop();
    assert!(
        n + t + q > 0 || waits > 0,
        "neither ticket nor quarantine nor waiting: gone"
    );
}

#[test]
fn a_late_answer_of_an_agent_opens_nothing() {
    let desk = Desk::open();
    desk.person("O", "olga@uni.test")
        .writes(&Letter::to("it@uni.test", "Принтер", "Не печатает"));
    desk.step();
    let card = desk.inbox("anna@uni.test").remove(0);
    all(&desk);
    desk.person("A", "anna@uni.test")
        .writes(&Letter::reply_to(&card, "решено"));
    desk.step();
    all(&desk);
    for _ in 0..60 {
        desk.advance(24 * HOUR);
        desk.step();
        all(&desk);
    }
    desk.person("A", "anna@uni.test").writes(&Letter::reply_to(
        &card,
        "заметка: этот клиент опять писал мне",
    ));
    desk.step();
    desk.inbox("anna@uni.test");
    all(&desk);
    assert_eq!(
        desk.tickets(),
        1,
        "the agent's note became a request of the agent's"
    );
}

fn ndr(original: &Received, n: usize) -> Vec<u8> {
    let id = original.mail.message_id.clone().unwrap();
    format!("Return-Path: <>\r\nFrom: postmaster@uni.test\r\nTo: it@uni.test\r\nSubject: Undeliverable: {}\r\nMessage-ID: <ndr{n}@exchange>\r\nIn-Reply-To: <{id}>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; anna@uni.test\r\nAction: failed\r\nStatus: 5.2.2\r\nDiagnostic-Code: smtp; 552 mailbox full\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{id}>\r\nSubject: x\r\n\r\n--b--\r\n", original.header("Subject").unwrap_or_default()).into_bytes()
}

#[test]
fn bounces_of_notices_end() {
    let desk = Desk::with(
        &UNIVERSITY
            .replace(
                "administrator = \"root@uni.test\"",
                "administrator = \"anna@uni.test\"",
            )
            .replace("\"anna\", \"boris\"", "\"anna\""),
    );
    desk.person("O", "olga@uni.test")
        .writes(&Letter::to("it@uni.test", "Принтер", "Не печатает"));
    let mut total = 0;
    for _ in 0..4 {
        for _ in 0..200 {
            desk.decide();
            desk.deliver();
            let got = desk.inbox("anna@uni.test");
            if got.is_empty() {
                break;
            }
            for m in got {
                total += 1;
                desk.arrives("it", &ndr(&m, total));
            }
        }
        desk.advance(HOUR);
    }
    desk.inbox("olga@uni.test");
    all(&desk);
    desk.stop();
    assert!(total < 10, "{total} mails because of one ticket");
}

#[test]
fn a_card_attached_to_the_answer_goes_to_nobody() {
    let desk = Desk::open();
    let (olga, anna) = (
        desk.person("O", "olga@uni.test"),
        desk.person("A", "anna@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "Пароль", "Забыла пароль."));
    desk.step();
    let card = anna.only_mail();
    all(&desk);
    // Some programs attach the mail that is answered.
    let id = card.mail.message_id.clone().unwrap();
    let attached = String::from_utf8_lossy(&card.bytes).into_owned();
    let mail = format!(
        "From: A <anna@uni.test>\r\nTo: it@uni.test\r\nSubject: Re: x\r\nMessage-ID: <att@uni.test>\r\n\
         In-Reply-To: <{id}>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=bb\r\n\r\n\
         --bb\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSee attached.\r\n\
         --bb\r\nContent-Type: message/rfc822\r\n\r\n{attached}\r\n--bb--\r\n"
    );
    desk.arrives("it", mail.as_bytes());
    desk.step();
    olga.got_nothing();
    assert!(anna.only_mail().text().contains("приложено целое письмо"));
    all(&desk);
}

#[test]
fn an_answer_in_a_renamed_queue_arrives() {
    let mut desk = Desk::open();
    desk.person("O", "olga@uni.test").writes(&Letter::to(
        "it@uni.test",
        "Пароль",
        "Забыла пароль.",
    ));
    desk.step();
    let card = desk.inbox("anna@uni.test").remove(0);
    all(&desk);
    desk.stop();
    desk.source = UNIVERSITY.replace("[queue.it]", "[queue.support]").replace(
        "maildir = \"/nowhere/it\"",
        "maildir = \"/nowhere/it\"\nqueue = \"support\"",
    );
    desk.start(Faults::none());
    desk.person("A", "anna@uni.test")
        .writes(&Letter::reply_to(&card, "Сброшен.\nрешено"));
    desk.step();
    let solved = desk.person("O", "olga@uni.test").only_mail();
    assert!(solved.text().contains("Сброшен."));
    all(&desk);
}
