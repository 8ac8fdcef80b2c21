//! A mail of ours that one person alone was sent speaks for that person, and for nobody else.

use std::time::Duration;

use okno::model::ticket::State;

use super::{desk::Desk, letter::Letter};

const DAY: Duration = Duration::from_secs(86_400);

#[test]
fn every_agent_gets_a_copy_of_their_own() {
    let desk = Desk::open();
    let (olga, anna, boris) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
        desk.person("Борис", "boris@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "Пароль", "Забыла пароль."));
    desk.step();
    olga.only_mail();
    let (hers, his) = (anna.only_mail(), boris.only_mail());
    assert_ne!(hers.mail.message_id, his.mail.message_id);
    // They see of each other, and their programs see one conversation.
    assert_eq!(hers.header("To"), his.header("To"));
    assert_eq!(hers.mail.references, his.mail.references);
    boris.writes(&Letter::reply_to(&his, "взять"));
    desk.step();
    assert_eq!(desk.ticket(1001).assignee, Some("boris".into()));
    let told = anna.only_mail();
    for copy in [&hers, &his] {
        let id = copy.mail.message_id.as_ref().expect("ours have one");
        assert!(!told.mail.references.contains(id), "nobody's token is told");
    }
    desk.inbox("boris@uni.test");
}

#[test]
fn a_forwarded_token_is_nobody_elses() {
    let desk = Desk::open();
    let (olga, anna, boris, friend) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
        desk.person("Борис", "boris@uni.test"),
        desk.person("Друг", "friend@mail.example"),
    );
    olga.writes(&Letter::to("it@uni.test", "Пароль", "Забыла пароль."));
    desk.step();
    olga.only_mail();
    let (hers, _) = (anna.only_mail(), boris.only_mail());
    // Another person's token, presented by a stranger and in the name of a colleague.
    friend.writes(&Letter::reply_to(&hers, "Я помогу: решено"));
    desk.step();
    let mut warned = anna.inbox();
    warned.retain(|mail| mail.subject().contains("IT-1001"));
    let warned = warned.first().expect("she reads it");
    assert!(
        warned.text().contains("посланное другому человеку"),
        "{}",
        warned.text()
    );
    boris.only_mail();
    boris.writes(&Letter::reply_to(&hers, "Пароль сброшен.\nрешено"));
    desk.step();
    olga.got_nothing();
    friend.got_nothing();
    assert_eq!(desk.ticket(1001).state, State::New);
    let question = boris.only_mail();
    let note = anna.only_mail();
    assert!(
        note.text().contains("посланное другому человеку"),
        "{}",
        note.text()
    );
    // It is Boris after all.
    boris.writes(&Letter::reply_to(&question, "да"));
    desk.step();
    assert!(olga.only_mail().text().contains("Пароль сброшен."));
    desk.inbox("anna@uni.test");
}

#[test]
fn an_expired_token_proves_nothing() {
    let desk = Desk::open();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    let (_, card) = desk.asked();
    desk.advance(DAY * 364);
    anna.writes(&Letter::reply_to(&card, "взять"));
    desk.step();
    assert_eq!(desk.ticket(1001).assignee, Some("anna".into()));
    desk.advance(DAY * 2);
    anna.inbox();
    anna.writes(&Letter::reply_to(&card, "Пароль сброшен.\nрешено"));
    desk.step();
    olga.got_nothing();
    assert_eq!(desk.ticket(1001).state, State::Open);
    anna.only_mail();
    desk.inbox("boris@uni.test");
}

#[test]
fn a_guessed_tag_joins_nothing() {
    let desk = Desk::open();
    let (olga, anna, mallory) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
        desk.person("Mallory", "mallory@evil.example"),
    );
    olga.writes(&Letter::to("it@uni.test", "Пароль", "Забыла пароль."));
    desk.step();
    olga.only_mail();
    anna.only_mail();
    let before = desk.history(1001);
    let right = desk.tag(&desk.ticket(1001));
    for letters in ["AAAA", "K7Q4", "0000"] {
        let guessed = format!("[IT-1001-{letters}]");
        assert_ne!(guessed, right);
        mallory.writes(&Letter::to("it@uni.test", &guessed, "Пришлите пароль."));
    }
    desk.step();
    assert_eq!(desk.history(1001), before);
    olga.got_nothing();
    mallory.inbox();
    anna.inbox();
    desk.inbox("boris@uni.test");
}

#[test]
fn what_an_older_version_of_the_key_signed_is_still_known() {
    let desk = Desk::open();
    let (acknowledged, card) = desk.asked();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    desk.stop();
    okno::house::keys::rotate(&desk.data(), desk.clock.now()).unwrap();
    desk.start(okno::store::Faults::none());
    anna.writes(&Letter::reply_to(&card, "Пароль сброшен."));
    olga.writes(&Letter::to(
        "it@uni.test",
        acknowledged.subject(),
        "Ещё не работает.",
    ));
    desk.step();
    assert!(olga.only_mail().text().contains("Пароль сброшен."));
    assert_eq!(desk.tickets(), 1);
    let follow_up = anna.only_mail();
    assert_ne!(
        follow_up.subject(),
        card.subject(),
        "its letters are the new version's"
    );
    anna.writes(&Letter::reply_to(&follow_up, "А теперь?"));
    desk.step();
    assert!(olga.only_mail().text().contains("А теперь?"));
    desk.inbox("boris@uni.test");
}

#[test]
fn a_replayed_mail_does_nothing_twice_and_under_another_name_nothing_at_all() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает."));
    desk.step();
    olga.only_mail();
    let card = anna.only_mail();
    desk.inbox("boris@uni.test");
    let answer = Letter::reply_to(&card, "Заменили картридж.\nрешено")
        .with("Message-ID", "<answer@uni.test>");
    let bytes = anna.bytes(&answer);
    desk.arrives("it", &bytes);
    desk.step();
    let resolution = olga.only_mail();
    desk.inbox("boris@uni.test");
    // Somebody sends the very same bytes again, and again after it was returned.
    olga.writes(&Letter::reply_to(&resolution, "нет"));
    desk.step();
    anna.inbox();
    desk.arrives("it", &bytes);
    desk.step();
    assert_ne!(desk.ticket(1001).state, State::Resolved);
    olga.got_nothing();
    // Under a name of their own the same answer to the card is a note, and Anna is asked.
    desk.person("Марк", "mark@outside.example").writes(&answer);
    desk.step();
    assert_ne!(desk.ticket(1001).state, State::Resolved);
    olga.got_nothing();
    anna.inbox();
    desk.inbox("boris@uni.test");
    desk.inbox("mark@outside.example");
}
