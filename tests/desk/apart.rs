//! Mail that nobody wants is kept apart: its sender is told nothing, and the administrator says by Reply what becomes of it.

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

fn guarded() -> Desk {
    let rules = "[quarantine]\n\
                 spam = [{ header = \"X-Spam-Flag\", value = \"YES\" }, { header = \"X-SCL\", at_least = 5 }]\n\
                 refuse_files = [\"exe\"]\n\n[smtp]";
    Desk::with(&UNIVERSITY.replacen("[smtp]", rules, 1))
}

fn spam(subject: &str) -> Letter {
    Letter::to(
        "it@uni.test",
        subject,
        "Перейдите на https://prizes.example/win",
    )
    .with("X-Spam-Flag", "YES")
}

/// Three unwanted mails have come; the letter that lists them.
fn listed(desk: &Desk) -> Received {
    let mallory = desk.person("Mallory", "mallory@prizes.example");
    mallory.writes(&spam("Вы выиграли"));
    mallory.writes(&Letter::to("it@uni.test", "Скидки", "Дёшево.").with("X-SCL", "7"));
    mallory
        .writes(&Letter::to("it@uni.test", "Счёт", "Откройте.").with_file("счёт.pdf.EXE", b"MZ"));
    desk.step();
    desk.looks_around();
    mallory.got_nothing();
    assert_eq!(desk.tickets(), 0);
    assert_eq!(desk.quarantine().len(), 3);
    desk.person("root", "root@uni.test").only_mail()
}

/// Nothing but the rest of the quarantine is left.
fn throws_the_rest_away(desk: &Desk, root: &Person<'_>, list: &Received) {
    root.writes(&Letter::reply_to(list, "выбросить все"));
    desk.step();
    assert_eq!(desk.quarantine(), [""; 0]);
    root.inbox();
    desk.looks_around();
    root.inbox();
}

#[test]
fn unwanted_mail_is_listed_and_the_reply_says_what_becomes_of_it() {
    let desk = guarded();
    let root = desk.person("root", "root@uni.test");
    let list = listed(&desk);
    let code = list.subject().rsplit(' ').next().unwrap();
    insta::assert_snapshot!(list.text().replace(code, "[code]"));
    assert!(!list.text().contains("https://"));

    root.writes(&Letter::reply_to(&list, "выпустить 1\nвыбросить 2, 77"));
    desk.step();
    let done = root.only_mail();
    assert!(
        done.text().contains("Выпущены в работу: 1."),
        "{}",
        done.text()
    );
    assert!(done.text().contains("Выброшены: 2."), "{}", done.text());
    assert!(done.text().contains("нет: 77"), "{}", done.text());
    // What was released is a mail like any other, and no rule puts it back.
    assert_eq!(desk.tickets(), 1);
    assert_eq!(
        desk.inbox("mallory@prizes.example").len(),
        1,
        "a number at last"
    );
    assert_eq!(desk.inbox("anna@uni.test").len(), 1);
    desk.inbox("boris@uni.test");
    let events = desk.stream("mailbox", "it").join("\n");
    assert!(
        events.contains("mail_quarantined (spam) x-spam-flag: YES"),
        "{events}"
    );
    assert!(
        events.contains("mail_quarantined (file_refused) счёт.pdf.EXE"),
        "{events}"
    );
    assert!(events.contains("work_released (released)"), "{events}");
    throws_the_rest_away(&desk, &root, &list);
}

#[test]
fn nobody_else_lets_anything_out() {
    let desk = guarded();
    let root = desk.person("root", "root@uni.test");
    let list = listed(&desk);
    let answer = Letter::reply_to(&list, "выпустить 1");
    // The letter was forwarded to mallory, who answers it under a name of her own.
    let mallory = desk.person("Mallory", "mallory@prizes.example");
    mallory.writes(&answer);
    desk.step();
    assert_eq!(desk.quarantine().len(), 3);
    // And somebody who has never seen it writes under the administrator's.
    let guessed = Letter::to(
        "it@uni.test",
        "[quarantine:29843100:aaaaaaaaaa] выпустить 1",
        "",
    );
    root.writes(&guessed);
    desk.step();
    assert_eq!(desk.quarantine().len(), 3);
    for address in [
        "mallory@prizes.example",
        "anna@uni.test",
        "boris@uni.test",
        "vera@uni.test",
        "root@uni.test",
    ] {
        desk.inbox(address);
    }
    // The real one has a button.
    let code = list.subject().rsplit(' ').next().unwrap();
    root.writes(&Letter::to(
        "it@uni.test",
        &format!("{code} выбросить 3"),
        "",
    ));
    desk.step();
    assert!(root.only_mail().text().contains("Выброшены: 3."));
    throws_the_rest_away(&desk, &root, &list);
}

#[test]
fn a_reply_is_understood_though_its_subject_was_cut() {
    let desk = guarded();
    let root = desk.person("root", "root@uni.test");
    let list = listed(&desk);
    assert!(list.text().contains("«выпустить 1 2»"), "{}", list.text());
    root.writes(&Letter::reply_to(&list, "выбросить 3").with("Subject", "Re: Карантин"));
    desk.step();
    assert!(root.only_mail().text().contains("Выброшены: 3."));
    // The same from somebody to whom it was forwarded is a mail like any other.
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::reply_to(&list, "выбросить все").with("Subject", "Re: Карантин"));
    desk.step();
    assert_eq!(desk.quarantine().len(), 2);
    olga.inbox();
    desk.inbox("vera@uni.test");
    throws_the_rest_away(&desk, &root, &list);
}

/// A zip archive of one empty file, encrypted or not.
fn zip(name: &str, is_locked: bool) -> Vec<u8> {
    let length = u16::try_from(name.len()).unwrap().to_le_bytes();
    let flags = [u8::from(is_locked), 8];
    let file = [
        b"PK\x03\x04\x14\0".as_slice(),
        &flags,
        &[0; 18],
        &length,
        &[0; 2],
        name.as_bytes(),
    ]
    .concat();
    let entry = [
        b"PK\x01\x02\x14\0\x14\0".as_slice(),
        &flags,
        &[0; 18],
        &length,
        &[0; 16],
        name.as_bytes(),
    ]
    .concat();
    let sizes = [entry.len(), file.len()]
        .map(|n| u32::try_from(n).unwrap().to_le_bytes())
        .concat();
    let end = [
        b"PK\x05\x06\0\0\0\0\x01\0\x01\0".as_slice(),
        &sizes,
        &[0; 2],
    ]
    .concat();
    [file, entry, end].concat()
}

#[test]
fn a_refused_file_is_found_in_an_archive_and_a_locked_archive_is_told_of() {
    let desk = guarded();
    let (olga, root) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("root", "root@uni.test"),
    );
    let with = |name: &str, bytes: &[u8]| {
        Letter::to("it@uni.test", "Файлы", "Смотрите.").with_file(name, bytes)
    };
    olga.writes(&with("архив.zip", &zip("папка/счёт.pdf.exe", false)));
    olga.writes(&with("setup.exe.gz", b"packed"));
    olga.writes(&with("счёт.pdf.scr", b"MZ"));
    olga.writes(&with("фото.zip", &zip("фото.jpg", true)));
    desk.step();
    assert_eq!(
        desk.quarantine(),
        [
            "file_refused: архив.zip: счёт.pdf.exe",
            "file_refused: setup.exe.gz",
            "file_refused: счёт.pdf.scr",
        ]
    );
    olga.only_mail();
    let card = desk.person("Анна", "anna@uni.test").only_mail();
    assert!(card.text().contains("архив под паролем"), "{}", card.text());
    desk.inbox("boris@uni.test");
    desk.looks_around();
    let list = root.only_mail();
    throws_the_rest_away(&desk, &root, &list);
}

#[test]
fn words_that_are_no_order_do_nothing_and_say_so() {
    let desk = guarded();
    let root = desk.person("root", "root@uni.test");
    let list = listed(&desk);
    root.writes(&Letter::reply_to(&list, "Кто это вообще присылает?"));
    desk.step();
    assert!(root.only_mail().text().contains("в ответе нет указаний"));
    assert_eq!(desk.quarantine().len(), 3);
    throws_the_rest_away(&desk, &root, &list);
}

#[test]
fn a_follow_up_that_is_no_spam_goes_its_way() {
    let desk = guarded();
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Вопрос", "Текст.").with("X-Spam-Flag", "NO"));
    olga.writes(&Letter::to("it@uni.test", "Ещё", "Файл.").with_file("exe.txt", b"MZ"));
    desk.step();
    assert_eq!(olga.inbox().len(), 2);
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}
