//! Mails in an agent's name that nothing proves: the agent is asked, and nothing half-done is left.

use std::time::Duration;

use okno::model::ticket::State;

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

const HOUR: Duration = Duration::from_secs(3_600);

/// A ticket of Olga's; everybody has read their mail. Its tag.
fn asked(desk: &Desk) -> String {
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Пароль", "Забыла пароль."));
    desk.step();
    olga.only_mail();
    for who in ["anna@uni.test", "boris@uni.test"] {
        desk.inbox(who);
    }
    desk.tag(&desk.ticket(1001))
}

fn people(desk: &Desk) -> (Person<'_>, Person<'_>, Person<'_>) {
    (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
        desk.person("Борис", "boris@uni.test"),
    )
}

/// The one-time code of a letter.
fn code(letter: &Received) -> String {
    let subject = letter.subject();
    let end = subject.find(']').expect("a code") + 1;
    subject.get(..end).expect("a code").to_owned()
}

#[test]
fn a_yes_has_the_mail_taken_again() {
    let desk = Desk::open();
    let tag = asked(&desk);
    let (olga, anna, boris) = people(&desk);
    anna.writes(&Letter::to("it@uni.test", &tag, "Пароль сброшен.\nрешено"));
    desk.step();
    // Nothing half-done: a note, of which the colleague reads.
    olga.got_nothing();
    assert_eq!(desk.ticket(1001).state, State::New);
    assert_eq!(desk.ticket(1001).assignee, None);
    let note = boris.only_mail();
    assert!(
        note.text().contains("ничто этого не доказывает"),
        "{}",
        note.text()
    );
    let letter = anna.only_mail();
    assert!(letter.text().contains("IT-1001"), "{}", letter.text());
    assert_eq!(letter.envelope_from.as_deref(), Some("it@uni.test"));

    desk.advance(HOUR);
    anna.writes(&Letter::reply_to(&letter, "да"));
    desk.step();
    let answer = olga.only_mail();
    assert!(answer.text().contains("Пароль сброшен."));
    assert!(!answer.text().contains(&code(&letter)));
    let ticket = desk.ticket(1001);
    assert_eq!(ticket.state, State::Resolved);
    assert_eq!(ticket.assignee, Some("anna".into()));
    // What was promised has happened now, not when the mail came.
    assert_eq!(ticket.resolved_at, Some(desk.clock.now()));
    boris.inbox();
    // The code was for once.
    anna.writes(&Letter::reply_to(&letter, "да"));
    desk.step();
    olga.got_nothing();
    anna.got_nothing();
}

/// Mails that were read twice have bytes and no place in a conversation, so mails and their bytes are not numbered alike.
#[test]
fn a_yes_counts_however_many_mails_came_twice_before() {
    let desk = Desk::open();
    let tag = asked(&desk);
    let (olga, anna, boris) = people(&desk);
    let twice = olga.bytes(&Letter::to("it@uni.test", &tag, "Уже срочно."));
    for _ in 0..4 {
        desk.arrives("it", &twice);
    }
    desk.step();
    for person in [&olga, &anna, &boris] {
        person.inbox();
    }
    anna.writes(&Letter::to("it@uni.test", &tag, "Пароль сброшен."));
    desk.step();
    boris.inbox();
    let letter = anna.only_mail();
    anna.writes(&Letter::reply_to(&letter, "да"));
    desk.step();
    assert!(olga.only_mail().text().contains("Пароль сброшен."));
    boris.inbox();
}

#[test]
fn a_tapped_button_without_references_counts() {
    let desk = Desk::open();
    let tag = asked(&desk);
    let (olga, anna, boris) = people(&desk);
    anna.writes(&Letter::to("it@uni.test", &tag, "Пароль сброшен."));
    desk.step();
    let letter = anna.only_mail();
    boris.only_mail();
    let subject = format!("Re: {}", code(&letter));
    anna.writes(&Letter::to("it@uni.test", &subject, "да"));
    desk.step();
    olga.only_mail();
    boris.inbox();
}

#[test]
fn a_no_and_silence_leave_a_note() {
    let desk = Desk::open();
    let tag = asked(&desk);
    let (olga, anna, boris) = people(&desk);
    anna.writes(&Letter::to("it@uni.test", &tag, "Ваш пароль: 12345"));
    desk.step();
    boris.only_mail();
    let letter = anna.only_mail();
    anna.writes(&Letter::reply_to(&letter, "Нет."));
    desk.step();
    olga.got_nothing();
    anna.got_nothing();
    // Somebody uses her name: the administrator hears of it.
    let told = desk.person("root", "root@uni.test").only_mail();
    assert!(
        told.subject().contains("anna@uni.test"),
        "{}",
        told.subject()
    );
    assert!(told.text().contains("IT-1001, mail:2"), "{}", told.text());
    // A day later the next one, and this time she says nothing for too long.
    desk.advance(HOUR * 25);
    desk.step();
    anna.inbox();
    boris.inbox();
    anna.writes(&Letter::to("it@uni.test", &tag, "Пароль сброшен."));
    desk.step();
    boris.inbox();
    let letter = anna.only_mail();
    desk.advance(HOUR * 73);
    desk.step();
    anna.writes(&Letter::reply_to(&letter, "да"));
    desk.step();
    let late = anna.only_mail();
    assert!(late.text().contains("слишком поздно"), "{}", late.text());
    olga.got_nothing();
    assert_eq!(desk.ticket(1001).state, State::New);
    boris.inbox();
}

#[test]
fn other_words_are_asked_about_once_more_and_go_nowhere() {
    let desk = Desk::open();
    let tag = asked(&desk);
    let (olga, anna, boris) = people(&desk);
    anna.writes(&Letter::to("it@uni.test", &tag, "Пароль сброшен."));
    desk.step();
    boris.only_mail();
    let letter = anna.only_mail();
    anna.writes(&Letter::reply_to(&letter, "Спасибо, посмотрю вечером"));
    desk.step();
    olga.got_nothing();
    let again = anna.only_mail();
    assert!(again.text().contains("не понят"), "{}", again.text());
    assert_eq!(code(&again), code(&letter));
    anna.writes(&Letter::reply_to(&again, "Да, это я!"));
    desk.step();
    assert!(olga.only_mail().text().contains("Пароль сброшен."));
    boris.inbox();
}

#[test]
fn one_letter_a_day_lists_what_came_meanwhile() {
    let desk = Desk::open();
    let tag = asked(&desk);
    let (olga, anna, boris) = people(&desk);
    anna.writes(&Letter::to("it@uni.test", &tag, "Первое."));
    desk.step();
    let first = anna.only_mail();
    // Somebody else writes in her name, a thousand times if they like.
    for n in 0..40 {
        desk.advance(Duration::from_secs(60));
        anna.writes(&Letter::to("it@uni.test", &tag, &format!("Чужое {n}")));
        desk.step();
    }
    anna.got_nothing();
    boris.inbox();
    // Her yes is for what the letter named.
    anna.writes(&Letter::reply_to(&first, "да"));
    desk.step();
    assert!(olga.only_mail().text().contains("Первое."));
    boris.inbox();
    desk.advance(HOUR * 24);
    desk.step();
    let second = anna.only_mail();
    assert_ne!(code(&first), code(&second));
    assert_eq!(second.text().matches("IT-1001").count(), 20, "bounded");
    anna.writes(&Letter::reply_to(&second, "нет"));
    desk.step();
    olga.got_nothing();
    desk.person("root", "root@uni.test").only_mail();
    anna.inbox();
    boris.inbox();
}

#[test]
fn a_guessed_or_forwarded_code_confirms_nothing() {
    let desk = Desk::open();
    let tag = asked(&desk);
    let (olga, anna, boris) = people(&desk);
    anna.writes(&Letter::to("it@uni.test", &tag, "Ваш пароль: 12345"));
    desk.step();
    let letter = anna.only_mail();
    boris.only_mail();
    // Whoever is not Anna, and whoever has not read the letter.
    boris.writes(&Letter::reply_to(&letter, "да"));
    let mallory = desk.person("Mallory", "mallory@evil.example");
    mallory.writes(&Letter::reply_to(&letter, "да"));
    anna.writes(&Letter::to("it@uni.test", "Re: [AAAA-BBBB]", "да"));
    desk.step();
    for who in [&olga, &mallory] {
        who.got_nothing();
    }
    assert_eq!(desk.ticket(1001).state, State::New);
    // The guessed one was a mail like any other.
    anna.inbox();
    boris.inbox();
    // And a machine's answer is no word of hers.
    let absent = Letter::reply_to(&letter, "да").with("Auto-Submitted", "auto-replied");
    anna.writes(&absent);
    desk.step();
    olga.got_nothing();
}

const WAY: &str = "mx.uni.test; spf=pass smtp.mailfrom=anna@home.example";
const OTHER: &str = "mx.uni.test; spf=pass smtp.mailfrom=mallory@evil.example";

#[test]
fn a_way_that_our_server_sees_holds_for_a_month() {
    let desk = Desk::with(&format!(
        "{UNIVERSITY}\n[trust]\nservers = [\"mx.uni.test\"]\ndomains = [\"it.uni.test\"]\n"
    ));
    let tag = asked(&desk);
    let (olga, anna, boris) = people(&desk);
    let by = |way: &str, words: &str| {
        Letter::to("it@uni.test", &tag, words).with("Authentication-Results", way)
    };
    anna.writes(&by(WAY, "Пароль сброшен."));
    desk.step();
    let letter = anna.only_mail();
    desk.advance(HOUR);
    anna.writes(&by(WAY, "Проверьте."));
    anna.writes(&by(OTHER, "Ваш пароль: 12345"));
    desk.step();
    anna.writes(&Letter::reply_to(&letter, "да").with("Authentication-Results", WAY));
    desk.step();
    let told = olga.inbox();
    assert_eq!(told.len(), 2, "and what came by the same way meanwhile");
    // From now on nobody asks, and another's way is another's.
    desk.advance(HOUR * 24 * 28);
    desk.step();
    anna.inbox();
    anna.writes(&by(WAY, "Всё в порядке?"));
    desk.step();
    assert!(olga.only_mail().text().contains("Всё в порядке?"));
    anna.got_nothing();
    anna.writes(&by(OTHER, "Ваш пароль: 54321"));
    desk.step();
    olga.got_nothing();
    anna.inbox();
    desk.advance(HOUR * 24 * 3);
    desk.step();
    anna.inbox();
    anna.writes(&by(WAY, "Ещё раз."));
    desk.step();
    olga.got_nothing();
    desk.advance(HOUR * 24);
    desk.step();
    anna.inbox();
    boris.inbox();
}

#[test]
fn where_no_server_sees_the_way_a_yes_is_for_the_mails_alone() {
    let desk = Desk::open();
    let tag = asked(&desk);
    let (olga, anna, boris) = people(&desk);
    let letter = Letter::to("it@uni.test", &tag, "Пароль сброшен.");
    let letter = letter.with("Return-Path", "<anna@uni.test>");
    anna.writes(&letter);
    desk.step();
    let question = anna.only_mail();
    anna.writes(&Letter::reply_to(&question, "да"));
    desk.step();
    olga.only_mail();
    // Anybody can write From and Return-Path.
    anna.writes(&letter);
    desk.step();
    olga.got_nothing();
    boris.inbox();
    desk.advance(HOUR * 24);
    desk.step();
    anna.only_mail();
    boris.inbox();
}

#[test]
fn a_yes_brings_no_word_among_colleagues_to_the_requester() {
    let desk = Desk::open();
    let (olga, anna, boris) = people(&desk);
    let asks = Letter::to("it@uni.test", "Пароль", "Забыла пароль.").with("Cc", "anna@uni.test");
    olga.writes(&asks);
    desk.step();
    olga.only_mail();
    anna.inbox();
    boris.inbox();
    // She answers Olga's own mail, to the department alone.
    let aside = Letter::to(
        "it@uni.test",
        "Re: Пароль",
        "Борис, займись, она вечно ноет.",
    )
    .with("In-Reply-To", "<m1@uni.test>");
    anna.writes(&aside);
    desk.step();
    olga.got_nothing();
    let letter = anna.only_mail();
    anna.writes(&Letter::reply_to(&letter, "да"));
    desk.step();
    olga.got_nothing();
    assert_eq!(desk.ticket(1001).state, State::New);
    let told = anna.only_mail();
    assert!(
        told.text().contains("никому не отправлен"),
        "{}",
        told.text()
    );
    boris.inbox();
}
