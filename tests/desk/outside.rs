//! Old habits: former addresses, answers written straight from the shared mailbox, or from an agent's own address with the queue in Cc.

use std::time::Duration;

use okno::model::{clock::Outcome, ticket::State};

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// The university, where the Sent folder of it@ is watched and our own mail server judges.
fn university() -> Desk {
    let source = UNIVERSITY
        .replace(
            "maildir = \"/nowhere/it\"",
            "maildir = \"/nowhere/it\"\nsent = \"Sent\"",
        )
        .replace(
            "address = \"anna@uni.test\"",
            "address = \"anna@uni.test\"\nsignature = \"Анна, ИТ\"",
        );
    Desk::with(&format!("{source}\n[trust]\nservers = [\"mx.uni.test\"]\n"))
}

/// Olga asks; what she and the agents got is looked at.
fn asked<'d>(desk: &'d Desk, olga: &Person<'d>) -> Received {
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает."));
    desk.step();
    drop_cards(desk);
    olga.only_mail()
}

fn drop_cards(desk: &Desk) {
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

/// A mail from the shared mailbox in answer to Olga's first one, as a mail program keeps it in Sent.
fn answer(text: &str) -> Letter {
    Letter::to("olga@uni.test", "Re: Принтер", text)
        .with("In-Reply-To", "<m1@uni.test>")
        .with("References", "<m1@uni.test>")
}

fn from_it(desk: &Desk, letter: &Letter) {
    let id = format!("w{}@webmail.uni.test", desk.clock.now().as_millisecond());
    desk.is_sent_from("it", &letter.bytes("ИТ <it@uni.test>", &id));
    desk.step();
}

fn proven(letter: Letter) -> Letter {
    let results = "mx.uni.test; dmarc=pass header.from=uni.test";
    letter.with("Authentication-Results", results)
}

#[test]
fn an_answer_from_the_shared_mailbox_is_the_answer_of_whom_it_names() {
    let desk = university();
    let olga = desk.person("Ольга", "olga@uni.test");
    asked(&desk, &olga);
    desk.advance(HOUR);
    let letter = answer("Замените картридж.").with("Sender", "anna@uni.test");
    from_it(&desk, &letter);
    // It has been delivered: nobody it went to is written to again.
    olga.got_nothing();
    desk.person("Анна", "anna@uni.test").got_nothing();
    let told = desk.person("Борис", "boris@uni.test").only_mail();
    let text = told.text();
    assert!(
        text.contains("уже ответили без okno, автор: Анна Петрова"),
        "{text}"
    );
    assert!(text.contains("Замените картридж."), "{text}");
    let ticket = desk.ticket(1001);
    assert_eq!(ticket.state, State::Open);
    assert_eq!(ticket.assignee, Some("anna".into()));
    let answer = ticket.outside.unwrap();
    assert_eq!(answer.at, desk.clock.now(), "as of the instant it was sent");
    // Her reply to that mail finds its ticket.
    let reply = Letter::to("it@uni.test", "Re: Принтер", "Какой именно?").with(
        "In-Reply-To",
        &format!("<w{}@webmail.uni.test>", desk.clock.now().as_millisecond()),
    );
    desk.advance(HOUR);
    olga.writes(&reply);
    desk.step();
    assert_eq!(desk.tickets(), 1);
    assert_eq!(
        desk.ticket(1001).outside,
        None,
        "she was not content with it"
    );
    assert_eq!(desk.inbox("anna@uni.test").len(), 1);
    drop_cards(&desk);
}

#[test]
fn a_signature_names_the_author_and_nothing_else_does() {
    for (text, assignee) in [
        ("Замените картридж.\n\n-- \nАнна, ИТ", Some("anna")),
        ("Замените картридж.\n\nАнна", None),
        (
            "Замените картридж. Спросите, если что: Анна, ИТ, комната 5",
            None,
        ),
    ] {
        let desk = university();
        let olga = desk.person("Ольга", "olga@uni.test");
        asked(&desk, &olga);
        from_it(&desk, &answer(text));
        let ticket = desk.ticket(1001);
        assert_eq!(ticket.assignee, assignee.map(Into::into), "{text}");
        let told = desk.person("Борис", "boris@uni.test").only_mail();
        let is_shared = told.text().contains("из общего ящика (it@uni.test)");
        assert_eq!(is_shared, assignee.is_none(), "{}", told.text());
        drop_cards(&desk);
        olga.got_nothing();
    }
}

#[test]
fn own_copies_and_mails_to_others_in_sent_are_no_answers() {
    let desk = university();
    let olga = desk.person("Ольга", "olga@uni.test");
    let acknowledged = asked(&desk, &olga);
    let before = desk.history(1001);
    // What okno sent, as a provider keeps it; the same under another id; a private mail; a forward to somebody else.
    desk.is_sent_from("it", &acknowledged.bytes);
    let text = String::from_utf8_lossy(&acknowledged.bytes).into_owned();
    let id = acknowledged.mail.message_id.clone().unwrap();
    desk.is_sent_from(
        "it",
        text.replace(id.as_str(), "x@provider.example").as_bytes(),
    );
    from_it(
        &desk,
        &Letter::to("shop@outside.example", "Заказ", "Пять картриджей."),
    );
    desk.advance(HOUR);
    from_it(
        &desk,
        &answer("Посмотрите, пожалуйста.").with("To", "master@outside.example"),
    );
    assert_eq!(desk.history(1001), before);
    assert_eq!(desk.tickets(), 1);
    assert_eq!(desk.unread(), Vec::<String>::new());
}

#[test]
fn a_ticket_answered_outside_and_quiet_is_resolved_as_of_that_answer() {
    let desk = university();
    let olga = desk.person("Ольга", "olga@uni.test");
    asked(&desk, &olga);
    desk.advance(HOUR);
    let answered_at = desk.clock.now();
    from_it(&desk, &answer("Замените картридж."));
    drop_cards(&desk);
    // Its clock would have rung the next day.
    desk.advance(DAY * 2);
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::Open);
    desk.advance(DAY * 6);
    desk.step();
    let ticket = desk.ticket(1001);
    assert_eq!(
        (ticket.state, ticket.resolved_at),
        (State::Closed, Some(answered_at))
    );
    assert_eq!(ticket.clocks[0].outcome, Some(Outcome::Met));
    assert!(
        desk.history(1001)
            .contains(&"resolved_outside (quiet)".to_owned())
    );
    assert_eq!(desk.unread(), Vec::<String>::new());
}

#[test]
fn who_writes_again_after_an_outside_answer_waits_under_the_old_promise() {
    let desk = university();
    let olga = desk.person("Ольга", "olga@uni.test");
    let acknowledged = asked(&desk, &olga);
    // She wrote before the copy in Sent was seen.
    let answered = answer("Замените картридж.").bytes("ИТ <it@uni.test>", "w1@webmail.uni.test");
    desk.advance(HOUR);
    olga.writes(&Letter::reply_to(&acknowledged, "Уже заменила."));
    desk.step();
    drop_cards(&desk);
    from_it(&desk, &answer("Замените картридж."));
    assert!(desk.ticket(1001).outside.is_some());
    desk.is_sent_from("it", &answered);
    desk.advance(HOUR);
    olga.writes(&Letter::reply_to(&acknowledged, "Не помогло."));
    desk.step();
    drop_cards(&desk);
    assert_eq!(desk.ticket(1001).outside, None);
    desk.advance(DAY * 10);
    desk.step();
    let ticket = desk.ticket(1001);
    assert_eq!(ticket.state, State::Open);
    assert_eq!(ticket.clocks[0].outcome, Some(Outcome::Breached));
    drop_cards(&desk);
}

/// Olga answers a mail that she got and okno did not.
fn reply_to_unseen(id: &str, text: &str) -> Letter {
    Letter::to("it@uni.test", "Re: Принтер", text)
        .with("In-Reply-To", id)
        .with("References", &format!("<m1@uni.test> {id}"))
}

#[test]
fn a_reply_to_a_mail_of_ours_that_was_never_seen_shows_that_there_was_an_answer() {
    let desk = university();
    let olga = desk.person("Ольга", "olga@uni.test");
    asked(&desk, &olga);
    desk.advance(HOUR);
    olga.writes(&reply_to_unseen("<w1@webmail.uni.test>", "Уже заменила."));
    desk.step();
    let ticket = desk.ticket(1001);
    assert_eq!(ticket.state, State::Open);
    let is_answered = |event: &String| event == "answered_unseen (answered_unseen)";
    assert_eq!(
        desk.history(1001).into_iter().filter(is_answered).count(),
        1
    );
    let told = desk.person("Борис", "boris@uni.test").only_mail();
    let warning = "ответ на письмо из общего ящика, которого okno не видел";
    assert!(told.text().contains(warning), "{}", told.text());
    drop_cards(&desk);
    // The same answer is not counted again, whatever else is said about it.
    olga.writes(&reply_to_unseen("<w1@webmail.uni.test>", "И ещё."));
    desk.step();
    assert_eq!(
        desk.history(1001).into_iter().filter(is_answered).count(),
        1
    );
    let told = desk.person("Борис", "boris@uni.test").only_mail();
    assert!(!told.text().contains(warning), "{}", told.text());
    drop_cards(&desk);
}

#[test]
fn a_reply_to_somebody_elses_mail_shows_nothing() {
    let unseen = "<w1@webmail.uni.test>";
    for letter in [
        // What others sent; what she answers to others; what another okno sent.
        reply_to_unseen("<a1@mail.example>", "Да."),
        reply_to_unseen(unseen, "Да.").with("To", "rita@uni.test, it@uni.test"),
        reply_to_unseen("<okno.r9.aaaa.bbbb@uni.test>", "Да."),
        reply_to_unseen(unseen, "Да.").with("Authentication-Results", "mx.uni.test; dmarc=fail"),
    ] {
        let desk = university();
        let olga = desk.person("Ольга", "olga@uni.test");
        asked(&desk, &olga);
        olga.writes(&letter);
        desk.step();
        let history = desk.history(1001);
        let unseen = history.iter().filter(|event| event.starts_with("answered"));
        assert_eq!(unseen.count(), 0, "{history:?}");
        assert_eq!(desk.tickets(), 1);
        drop_cards(&desk);
    }
}

/// The copy in the inbox of an answer that was written there with the mailbox itself in Bcc, and the one in Sent.
fn with_bcc(desk: &Desk, letter: &Letter, (inbox, sent): (bool, bool)) {
    let bytes = letter.bytes("ИТ <it@uni.test>", "w7@webmail.uni.test");
    if inbox {
        desk.arrives("it", &bytes);
        desk.step();
    }
    if sent {
        desk.is_sent_from("it", &bytes);
        desk.step();
    }
}

#[test]
fn a_copy_by_bcc_of_an_answer_from_the_mailbox_is_no_strangers_note() {
    let letter = answer("Замените картридж.").with("Sender", "anna@uni.test");
    for (letter, answered_by) in [
        (letter.clone(), (true, true)),
        (proven(letter), (true, false)),
    ] {
        let desk = university();
        let olga = desk.person("Ольга", "olga@uni.test");
        asked(&desk, &olga);
        // What nobody proves waits for the copy in Sent; what our servers prove is the answer.
        with_bcc(&desk, &letter, (true, false));
        let is_known = desk.ticket(1001).outside.is_some();
        assert_eq!(is_known, !answered_by.1);
        assert_eq!(desk.inbox("boris@uni.test").len(), usize::from(is_known));
        with_bcc(&desk, &letter, (false, true));
        assert_eq!(desk.inbox("boris@uni.test").len(), usize::from(!is_known));
        let outside = desk.ticket(1001).outside.unwrap();
        assert_eq!(outside.agent, Some("anna".into()));
        let history = desk.history(1001);
        let of = |word: &str| {
            history
                .iter()
                .filter(|event| event.starts_with(word))
                .count()
        };
        assert_eq!(
            (of("answered_outside"), of("note_added")),
            (1, 0),
            "{history:?}"
        );
        olga.got_nothing();
        desk.person("Анна", "anna@uni.test").got_nothing();
    }
}

#[test]
fn a_copy_by_bcc_of_a_mail_to_others_opens_nothing() {
    let desk = university();
    let order = Letter::to("shop@outside.example", "Заказ", "Пять картриджей.");
    with_bcc(&desk, &order, (true, true));
    with_bcc(&desk, &proven(order), (true, true));
    assert_eq!(desk.tickets(), 0);
    assert_eq!(desk.unread(), Vec::<String>::new());
    // Where nobody looks into Sent, it stays what it was: somebody who says to be us.
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    asked(&desk, &olga);
    with_bcc(&desk, &answer("Замените картридж."), (true, false));
    assert!(
        desk.history(1001)
            .contains(&"note_added (stranger)".to_owned())
    );
    drop_cards(&desk);
}

#[test]
fn an_agents_own_mail_with_the_queue_in_cc_is_the_answer() {
    let desk = university();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    asked(&desk, &olga);
    let letter = answer("Зайду в 15:00.").with("Cc", "it@uni.test");
    anna.writes(&proven(letter.clone()));
    desk.step();
    olga.got_nothing();
    anna.got_nothing();
    let told = desk.person("Борис", "boris@uni.test").only_mail();
    assert!(
        told.text().contains("автор: Анна Петрова"),
        "{}",
        told.text()
    );
    assert_eq!(desk.ticket(1001).assignee, Some("anna".into()));
    assert!(
        desk.history(1001)
            .contains(&"answered_outside (answered_outside)".to_owned())
    );
    // Without a ticket it opens one for the person it went to, and acknowledges nothing.
    let fresh =
        Letter::to("rita@uni.test", "Пропуск", "Ваш пропуск готов.").with("Cc", "it@uni.test");
    anna.writes(&proven(fresh));
    desk.step();
    assert_eq!(desk.tickets(), 2);
    desk.person("Рита", "rita@uni.test").got_nothing();
    anna.got_nothing();
    assert_eq!(desk.inbox("boris@uni.test").len(), 1);
    let ticket = desk.ticket(1002);
    assert_eq!(
        (ticket.state, ticket.assignee),
        (State::Open, Some("anna".into()))
    );
    assert_ne!(ticket.requester, desk.ticket(1001).requester);
    // Whoever only says to be her has answered nobody.
    anna.writes(&letter.with("Message-ID", "<forged@outside.example>"));
    desk.step();
    let answers = desk.history(1001);
    let answers = answers
        .iter()
        .filter(|event| event.starts_with("answered_outside"));
    assert_eq!(answers.count(), 1);
    olga.got_nothing();
    drop_cards(&desk);
}

#[test]
fn a_former_address_goes_on_working_and_is_counted() {
    let source = UNIVERSITY.replacen(
        "address = \"it@uni.test\"",
        "address = \"it@uni.test\"\naliases = [\"support@uni.test\"]\nformer = [\"helpdesk@old.test\"]",
        1,
    );
    let desk = Desk::with(&source);
    let olga = desk.person("Ольга", "olga@uni.test");
    for (n, to) in ["helpdesk@old.test", "it@uni.test", "support@uni.test"]
        .iter()
        .enumerate()
    {
        let text = format!("Вопрос {n}.");
        olga.writes(&Letter::to(to, &text, &text).with("Delivered-To", "it@uni.test"));
        desk.step();
        // A mail to an address of ours is addressed to us: it is acknowledged, from the address that answers today.
        let acknowledged = olga.only_mail();
        let from = acknowledged.mail.from.as_ref().unwrap();
        assert_eq!(from.address.as_str(), "it@uni.test", "{to}");
    }
    // Forwarded from there, under an address of nobody's here.
    olga.writes(
        &Letter::to("all@uni.test", "Ещё", "Ещё вопрос.")
            .with("X-Original-To", "helpdesk@old.test"),
    );
    desk.step();
    olga.got_nothing();
    let came_by = |number: i64| {
        let history = desk.history(number);
        history.contains(&"came_by (other_address)".to_owned())
    };
    assert_eq!(
        [1001, 1002, 1003, 1004].map(came_by),
        [true, false, true, true]
    );
    let (all, used) = desk.with_house(async |house| {
        okno::store::lookup::addresses_used(&house.db, jiff::Timestamp::UNIX_EPOCH)
            .await
            .unwrap()
    });
    assert_eq!(all, 4);
    let counts: Vec<i64> = used.iter().map(|(_, count)| *count).collect();
    assert_eq!(
        (counts.len(), counts.iter().sum::<i64>()),
        (2, 3),
        "{used:?}"
    );
    drop_cards(&desk);
}

#[test]
fn a_card_answered_to_the_requester_herself_is_the_answer_of_its_ticket() {
    let desk = university();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает."));
    desk.step();
    olga.only_mail();
    desk.inbox("boris@uni.test");
    let reply = Letter::reply_to(&anna.only_mail(), "Зайду в 15:00.")
        .with("To", "olga@uni.test")
        .with("Cc", "it@uni.test");
    anna.writes(&reply);
    desk.step();
    assert_eq!(desk.tickets(), 1);
    olga.got_nothing();
    assert_eq!(desk.ticket(1001).assignee, Some("anna".into()));
    let answered = "answered_outside (answered_outside)".to_owned();
    assert!(desk.history(1001).contains(&answered));
    drop_cards(&desk);
}

#[test]
fn what_only_those_see_who_read_along_or_everybody_answers_nobody() {
    let desk = university();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    let asks = Letter::to("it@uni.test", "Принтер", "Не печатает.").with("Cc", "boss@uni.test");
    olga.writes(&asks);
    desk.step();
    drop_cards(&desk);
    olga.only_mail();
    desk.inbox("boss@uni.test");
    let to_boss = answer("Согласуете покупку?")
        .with("To", "boss@uni.test")
        .with("Cc", "it@uni.test");
    anna.writes(&proven(to_boss));
    desk.step();
    assert!(desk.ticket(1001).outside.is_none());
    olga.got_nothing();
    drop_cards(&desk);
    // Ivan reads along when one colleague writes to another.
    let aside = Letter::to("boris@uni.test", "Субботник", "Выходим в девять?")
        .with("Cc", "it@uni.test, ivan@uni.test");
    anna.writes(&proven(aside));
    desk.step();
    assert_eq!(desk.tickets(), 1);
    desk.inbox("boss@uni.test");
    drop_cards(&desk);
}

#[test]
fn a_mail_that_asks_another_department_is_a_request_whichever_copy_comes_first() {
    for order in [["it", "buh"], ["buh", "it"]] {
        let desk = university();
        let anna = desk.person("Анна", "anna@uni.test");
        let letter = Letter::to(
            "buh@uni.test, rita@uni.test",
            "Пропуск",
            "Оформите, пожалуйста.",
        )
        .with("Cc", "it@uni.test");
        let bytes = anna.bytes(&proven(letter));
        for mailbox in order {
            desk.arrives(mailbox, &bytes);
            desk.step();
        }
        assert_eq!(desk.tickets(), 1, "{order:?}");
        let ticket = desk.ticket(1001);
        assert_eq!((ticket.queue, ticket.state), ("buh".into(), State::New));
        assert!(anna.only_mail().subject().contains("[BUH-1001-"));
        assert_eq!(desk.inbox("vera@uni.test").len(), 1);
        desk.person("Рита", "rita@uni.test").got_nothing();
        desk.inbox("boris@uni.test");
    }
}

#[test]
fn what_only_bears_an_agents_name_is_shown_like_any_other_copy() {
    let desk = university();
    let anna = desk.person("Анна", "anna@uni.test");
    let letter = Letter::to("rita@uni.test", "Пропуск", "Ваш пропуск готов.");
    anna.writes(&letter.with("Cc", "it@uni.test"));
    desk.step();
    assert_eq!(desk.tickets(), 0);
    desk.person("Рита", "rita@uni.test").got_nothing();
    for agent in ["anna@uni.test", "boris@uni.test"] {
        let shown = desk.inbox(agent);
        assert_eq!(shown.len(), 1, "{agent}");
        assert!(shown[0].text().contains("Ваш пропуск готов."), "{agent}");
    }
}

#[test]
fn an_address_that_an_agent_said_is_theirs_answers_directly_too() {
    let desk = university();
    let (olga, anna, home) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
        desk.person("Анна Петрова", "petrova@home.example"),
    );
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает."));
    desk.step();
    olga.only_mail();
    desk.inbox("boris@uni.test");
    home.writes(&Letter::reply_to(&anna.only_mail(), "взять"));
    desk.step();
    let mut asked = anna.inbox();
    asked.retain(|mail| mail.subject().contains("другой адрес"));
    anna.writes(&Letter::reply_to(&asked[0], "да"));
    desk.step();
    drop_cards(&desk);
    let results = "mx.uni.test; dmarc=pass header.from=home.example";
    let letter = answer("Зайду в 15:00.").with("Cc", "it@uni.test");
    home.writes(&letter.with("Authentication-Results", results));
    desk.step();
    let answered = "answered_outside (answered_outside)".to_owned();
    assert!(desk.history(1001).contains(&answered));
    assert_eq!(desk.tickets(), 1);
    olga.got_nothing();
    home.got_nothing();
    drop_cards(&desk);
}

/// Olga asks it@ with Anna in Cc, whose mailbox program answers Olga herself.
fn asked_with_anna_in_cc(desk: &Desk, olga: &Person<'_>) {
    let letter = Letter::to("it@uni.test", "Принтер", "Не печатает.");
    olga.writes(&letter.with("Cc", "anna@uni.test"));
    desk.step();
    drop_cards(desk);
    olga.only_mail();
}

#[test]
fn an_answer_to_all_with_the_queue_in_to_is_the_answer_too() {
    let desk = university();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    asked_with_anna_in_cc(&desk, &olga);
    let letter = Letter::to(
        "olga@uni.test, it@uni.test",
        "Re: Принтер",
        "Зайду в 15:00.",
    )
    .with("In-Reply-To", "<m1@uni.test>");
    anna.writes(&proven(letter));
    desk.step();
    let answered = "answered_outside (answered_outside)".to_owned();
    assert!(desk.history(1001).contains(&answered));
    olga.got_nothing();
    anna.got_nothing();
    drop_cards(&desk);
}

#[test]
fn an_unproven_answer_of_an_agents_counts_once_they_have_said_it_is_theirs() {
    let desk = university();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    asked_with_anna_in_cc(&desk, &olga);
    anna.writes(&answer("Зайду в 15:00.").with("Cc", "it@uni.test"));
    desk.step();
    let answered = "answered_outside (answered_outside)".to_owned();
    assert!(!desk.history(1001).contains(&answered));
    let mut asked = anna.inbox();
    asked.retain(|mail| mail.header("X-Okno-Event").as_deref() == Some("challenge"));
    anna.writes(&Letter::reply_to(&asked[0], "да"));
    desk.step();
    assert!(desk.history(1001).contains(&answered));
    assert_eq!(desk.ticket(1001).assignee, Some("anna".into()));
    olga.got_nothing();
    anna.got_nothing();
    drop_cards(&desk);
}
