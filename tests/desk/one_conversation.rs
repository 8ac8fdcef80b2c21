//! A whole case is one conversation for each of its two sides, by everything that mail programs go by; and rules and folders
//! find in the headers what the README promises.

use std::collections::BTreeSet;

use super::{
    desk::{Desk, UNIVERSITY},
    letter::{Letter, Received},
};

/// What a program that goes by subjects takes a conversation by: the subject without its `Re:`.
fn topic(mail: &Received) -> &str {
    mail.subject().trim_start_matches("Re: ")
}

/// All of these are one conversation, and each but the first names a mail that its reader has had.
#[track_caller]
fn is_one(mails: &[&Received], own: &[&str]) -> BTreeSet<String> {
    let ids = |mail: &Received| -> Vec<String> {
        let named = mail.mail.references.iter().chain(&mail.mail.in_reply_to);
        named.map(|id| id.as_str().to_owned()).collect()
    };
    let mut had: BTreeSet<String> = own.iter().map(|id| (*id).to_owned()).collect();
    let roots: BTreeSet<String> = mails.iter().map(|mail| ids(mail)[0].clone()).collect();
    assert_eq!(roots.len(), 1, "one root: {roots:?}");
    let mut indexes = BTreeSet::new();
    for (place, mail) in mails.iter().enumerate() {
        assert_eq!(topic(mail), topic(mails[0]));
        let is_known = ids(mail).iter().any(|id| had.contains(id));
        assert!(
            is_known || (place == 0 && own.is_empty()),
            "{place}: {:?}",
            ids(mail)
        );
        let theirs = mail.mail.thread_index.as_deref().expect("an index");
        let theirs = data_encoding::BASE64
            .decode(theirs.as_bytes())
            .expect("base64");
        // 22 octets of the conversation, five of each mail but the first (MS-OXOMSG, 2.2.1.3).
        let is_first = place == 0 && own.is_empty();
        assert_eq!(theirs.len(), if is_first { 22 } else { 27 });
        indexes.insert(theirs[..22].to_vec());
        let raw = mail.header("Thread-Topic").expect("a topic");
        let named = Letter::to("it@uni.test", &raw, "").bytes("a@uni.test", "x@uni.test");
        let named = Received::new(String::new(), None, named);
        assert_eq!(named.subject(), topic(mail), "{raw}");
        had.insert(
            mail.mail
                .message_id
                .clone()
                .expect("an id")
                .as_str()
                .to_owned(),
        );
        had.extend(ids(mail));
    }
    assert_eq!(indexes.len(), 1, "one conversation in Outlook");
    had
}

#[test]
fn a_whole_case_is_one_conversation_a_side() {
    let desk = Desk::with(&UNIVERSITY.replace(
        "target = \"8 h\"",
        "target = \"8 h\"\ncommands = [\"wait\"]",
    ));
    let olga = desk.person("Ольга", "olga@uni.test");
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    let first = Letter::to("it@uni.test", "Пароль", "Забыла пароль.");
    olga.writes(&first.with("Message-ID", "<first@uni.test>"));
    desk.step();
    let (ack, card) = (olga.only_mail(), anna.only_mail());
    anna.writes(&Letter::reply_to(&card, "Какой у вас логин?\nжду"));
    desk.step();
    let question = olga.only_mail();
    olga.writes(&Letter::reply_to(&question, "olga"));
    desk.step();
    let follow_up = anna.only_mail();
    anna.writes(&Letter::reply_to(&follow_up, "Пароль сброшен.\nрешено"));
    desk.step();
    let resolution = olga.only_mail();
    olga.writes(&Letter::reply_to(&resolution, "нет"));
    desk.step();
    let returned = anna.only_mail();

    let olgas = is_one(&[&ack, &question, &resolution], &["first@uni.test"]);
    let annas = is_one(&[&card, &follow_up, &returned], &[]);
    let ours = |ids: &BTreeSet<String>| -> BTreeSet<String> {
        ids.iter()
            .filter(|id| id.starts_with("okno."))
            .cloned()
            .collect()
    };
    assert!(
        ours(&olgas).is_disjoint(&ours(&annas)),
        "the sides never mix"
    );
    assert_ne!(
        ack.mail.thread_index, card.mail.thread_index,
        "not in Outlook either"
    );
    desk.inbox("boris@uni.test");

    let readme = include_str!("../../README.md");
    for mail in [&ack, &card, &question, &follow_up, &resolution, &returned] {
        assert_eq!(mail.header("X-Okno-Ticket").as_deref(), Some("IT-1001"));
        assert_eq!(mail.header("X-Okno-Queue").as_deref(), Some("it"));
        let event = mail.header("X-Okno-Event").expect("an event");
        assert!(
            readme.contains(&format!("`{event}`")),
            "README names {event}"
        );
        let raw = String::from_utf8_lossy(&mail.bytes).into_owned();
        let head = raw.split("\r\n\r\n").next().expect("a header");
        let own = head.lines().filter_map(|line| line.split_once(':'));
        for (name, _) in own.filter(|(name, _)| name.starts_with("X-Okno-")) {
            assert!(readme.contains(&format!("`{name}`")), "README names {name}");
        }
    }
}
