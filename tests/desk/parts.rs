//! What a part that was split off has of the whole: as much as was there then and may be read where it goes, and no
//! mail that its requester must not be sent.

use std::time::Duration;

use super::{
    desk::{Desk, UNIVERSITY},
    letter::{Letter, Received},
    splitting::{people, read_all},
};

const MINUTE: Duration = Duration::from_secs(60);

fn source() -> String {
    UNIVERSITY.replace("target = \"8 h\"", "target = \"8 h\"\ncommands = [\"all\"]")
}

/// The newest card that Anna has got.
fn card(desk: &Desk) -> Received {
    let [_, anna, ..] = people(desk);
    anna.inbox().pop().expect("a card")
}

/// Olga asks for two things; Anna splits off the one, Olga goes on about the other, and the part goes to accounting: what
/// Vera reads there.
fn passed_on(desk: &Desk) -> String {
    let [olga, anna, _, vera] = people(desk);
    let words = "Забыла пароль. И ещё: в 214 кончился картридж.";
    olga.writes(&Letter::to("it@uni.test", "Пароль и картридж", words));
    desk.step();
    let acknowledged = olga.only_mail();
    anna.writes(&Letter::reply_to(&card(desk), "#разделить купить картридж"));
    desk.step();
    let part = card(desk);
    read_all(desk);
    desk.advance(MINUTE);
    let later = "Пароль был qwerty, смените его.";
    olga.writes(&Letter::reply_to(&acknowledged, later));
    desk.step();
    read_all(desk);
    desk.advance(MINUTE);
    anna.writes(&Letter::reply_to(&part, "#передать бухгалтерия"));
    desk.step();
    let got = vera.only_mail();
    read_all(desk);
    assert_eq!(desk.ticket(1002).queue.as_str(), "buh");
    got.text().to_owned()
}

#[test]
fn another_department_reads_what_was_asked_before_the_split_and_nothing_later() {
    let got = passed_on(&Desk::with(&source()));
    assert!(got.contains("в 214 кончился картридж"), "{got}");
    assert!(!got.contains("qwerty"), "{got}");
}

#[test]
fn of_a_confidential_whole_another_department_reads_the_agents_words_alone() {
    let confidential = "target = \"8 h\"\nconfidential = true";
    let source = source().replace("target = \"8 h\"", confidential);
    let got = passed_on(&Desk::with(&source));
    assert!(got.contains("купить картридж"), "{got}");
    assert!(!got.contains("Забыла пароль"), "{got}");
    assert!(!got.contains("qwerty"), "{got}");
}

#[test]
fn whom_no_machine_may_answer_is_not_told_of_a_part_either() {
    let from = "maildir = \"/nowhere/it\"";
    let named = format!("{from}\nlist_mail = \"ticket\"\nautomatic.\"monitor@uni.test\" = {{}}");
    let desk = Desk::with(&source().replace(from, &named));
    let machine = Letter::to("it@uni.test", "PROBLEM", "Диск и память.")
        .with("Auto-Submitted", "auto-generated");
    let listed = Letter::to("users@lists.example", "Antenna", "Which one?")
        .with("List-Id", "Users <users.lists.example>")
        .with("Precedence", "list");
    let copied = Letter::to("all@uni.test", "Ремонт", "Где краска?");
    for (who, letter) in [
        ("monitor@uni.test", machine),
        ("ivan@mail.example", listed),
        ("gleb@uni.test", copied),
    ] {
        let author = desk.person("Автор", who);
        let before = i64::try_from(desk.tickets()).unwrap();
        desk.arrives("it", &author.bytes(&letter));
        desk.step();
        author.got_nothing();
        let mut whole = card(&desk);
        read_all(&desk);
        // A part of a part is no other.
        for part in 1..=2 {
            people(&desk)[1].writes(&Letter::reply_to(&whole, "#разделить второе"));
            desk.step();
            author.got_nothing();
            let number = 1001 + before + part;
            let history = desk.history(number);
            let withheld = "mail_withheld (automatic_answer_unwanted)".to_owned();
            assert!(history.contains(&withheld), "{who}: {history:?}");
            whole = card(&desk);
            read_all(&desk);
        }
    }
}
