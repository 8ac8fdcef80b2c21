//! Every command in both languages, from everybody, believed more and less: one table of what each does. A new command
//! stands in it by itself; whoever changes what somebody may do sees it here.

use std::time::Duration;

use okno::{
    desk::command::{Verb, Wish},
    model::language::Language,
};

use super::{
    desk::{Desk, UNIVERSITY},
    letter::{Letter, Received},
};

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// From whom, and how.
const SENDERS: [&str; 9] = [
    "agent, in answer to their card",
    "agent, proven, in answer to their card",
    "agent, by the tag alone",
    "agent whom their own server disowns",
    "agent of another queue, proven, with that card",
    "stranger with that card",
    "requester, in answer to the acknowledgement",
    "requester, by the tag alone",
    "reader in Cc, in answer to an answer",
];

fn university() -> Desk {
    let on = "target = \"8 h\"\ncommands = [\"all\"]\nrequester_commands = [\"all\"]\n\
              categories = [\"printers\"]\ncauses = [\"wear\"]";
    let source = UNIVERSITY.replace("target = \"8 h\"", on);
    Desk::with(&format!("{source}\n[trust]\nservers = [\"mx.uni.test\"]\n"))
}

/// A fresh ticket: the card of Anna, the acknowledgement, and what the reader in Cc was sent.
struct Case {
    number: i64,
    requester: String,
    card: Received,
    acknowledgement: Received,
    copy: Received,
}

fn opened(desk: &Desk, round: i64) -> Case {
    let requester = format!("olga{round}@uni.test");
    let reader = format!("ivan{round}@uni.test");
    let letter = Letter::to(
        "it@uni.test",
        &format!("Вопрос {round}"),
        &format!("Не работает устройство {round}."),
    );
    desk.person("Ольга", &requester)
        .writes(&letter.with("Cc", &reader));
    desk.step();
    let number = 1000 + i64::try_from(desk.tickets()).unwrap();
    let acknowledgement = desk.inbox(&requester).remove(0);
    let mut cards = desk.inbox("anna@uni.test");
    cards.retain(|mail| mail.header("X-Okno-Event").as_deref() == Some("card"));
    let card = cards.remove(0);
    desk.person("Борис", "boris@uni.test")
        .writes(&Letter::reply_to(
            &desk.inbox("boris@uni.test").remove(0),
            "Смотрю.",
        ));
    desk.step();
    let copy = desk.inbox(&reader).remove(0);
    desk.inbox(&requester);
    desk.inbox("anna@uni.test");
    // What somebody says now cannot cross that answer.
    desk.advance(11 * MINUTE);
    Case {
        number,
        requester,
        card,
        acknowledgement,
        copy,
    }
}

/// What our own mail server says of it.
fn proof(letter: Letter, result: &str) -> Letter {
    let results = format!("mx.uni.test; dmarc={result} header.from=uni.test");
    letter.with("Authentication-Results", &results)
}

fn says(desk: &Desk, case: &Case, sender: usize, word: &str) {
    let card = || Letter::reply_to(&case.card, word);
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    let olga = desk.person("Ольга", &case.requester);
    match sender {
        0 => anna.writes(&card()),
        1 => anna.writes(&proof(card(), "pass")),
        2 => anna.writes(&Letter::answer_without_ids(&case.card, word)),
        3 => anna.writes(&proof(card(), "fail")),
        4 => desk
            .person("Вера Орлова", "vera@uni.test")
            .writes(&proof(card(), "pass")),
        5 => desk
            .person("Марк", &format!("mark{}@outside.example", case.number))
            .writes(&card()),
        6 => olga.writes(&Letter::reply_to(&case.acknowledgement, word)),
        7 => olga.writes(&Letter::answer_without_ids(&case.acknowledgement, word)),
        _ => desk
            .person("Иван", &case.copy.recipient.clone())
            .writes(&Letter::reply_to(&case.copy, word)),
    }
}

/// What came of it, as a letter; see [`KEY`].
fn outcome(events: &[String], mails: &[Received]) -> char {
    let begins = |starts: &[&str]| {
        let mut events = events.iter();
        events.any(|event| starts.iter().any(|start| event.starts_with(start)))
    };
    let is_told = |kinds: &[&str]| {
        let mut kinds_sent = mails.iter().filter_map(|mail| mail.header("X-Okno-Event"));
        kinds_sent.any(|kind| kinds.contains(&kind.as_str()))
    };
    let quiet = [
        "message_joined",
        "message_sent",
        "note_added",
        "command_refused",
        "mail_held",
        "mail_withheld",
        "observer_proposed",
        "answered",
        "assigned (first_answer",
    ];
    let has_acted = events
        .iter()
        .any(|event| !quiet.iter().any(|quiet| event.starts_with(quiet)));
    if begins(&["mail_held", "note_added (not_trusted"]) {
        'h'
    } else if begins(&["command_refused"]) {
        'r'
    } else if has_acted {
        '+'
    } else if is_told(&[
        "told",
        "help",
        "found",
        "original",
        "duty",
        "why",
        "transcript",
    ]) {
        'a'
    } else if begins(&["note_added"]) {
        'n'
    } else if begins(&["observer_proposed"]) {
        's'
    } else if is_told(&["reply", "follow_up"]) {
        'w'
    } else {
        '.'
    }
}

const KEY: &str = "+ it is done, a it is answered, r it is refused, h it waits for the agent's word that it was they, \
                   s shown as a stranger's, n kept inside, w words, relayed, . filed";

fn row(word: &str) -> String {
    let desk = &university();
    (0..SENDERS.len())
        .zip(1..)
        .map(|(sender, round)| {
            // A day each: what somebody was asked yesterday changes nothing today.
            desk.advance(DAY);
            desk.step();
            read_all(desk);
            let case = opened(desk, round);
            let before = desk.history(case.number).len();
            read_all(desk);
            says(desk, &case, sender, word);
            desk.step();
            let events = desk.history(case.number).split_off(before);
            let outcome = outcome(&events, &read_all(desk));
            if word.starts_with("#absent") || word.starts_with("#отсутствую") {
                come_back(desk);
            }
            outcome
        })
        .collect()
}

/// Whoever has said that they are away is back.
fn come_back(desk: &Desk) {
    desk.person("Анна Петрова", "anna@uni.test")
        .writes(&proof(Letter::to("it@uni.test", "", "#back"), "pass"));
    desk.step();
    read_all(desk);
}

/// All mail is looked at.
fn read_all(desk: &Desk) -> Vec<Received> {
    let mut read = Vec::new();
    for line in desk.unread() {
        let (address, _) = line.split_once(": ").unwrap();
        read.extend(desk.inbox(address));
    }
    read
}

fn table(words: &[(String, String)]) -> String {
    let mut table = format!("{KEY}\n");
    for (index, sender) in SENDERS.iter().enumerate() {
        table.push_str(&format!("{}: {sender}\n", index + 1));
    }
    for (name, word) in words {
        let letters = row(word);
        table.push_str(&format!("{name:<12}{letters}  {word}\n"));
    }
    table
}

fn commands(language: Language) -> Vec<(String, String)> {
    let words = Verb::all().map(|verb| (verb.code().to_owned(), verb.shown(language)));
    words.collect()
}

#[test]
fn every_command_in_russian() {
    insta::assert_snapshot!(table(&commands(Language::Ru)));
}

#[test]
fn every_command_in_english() {
    insta::assert_snapshot!(table(&commands(Language::En)));
}

#[test]
fn every_word_of_requesters() {
    let mut words: Vec<(String, String)> = Wish::ALL
        .into_iter()
        .flat_map(|wish| {
            [Language::Ru, Language::En]
                .map(|language| (wish.code().to_owned(), wish.word(language).to_owned()))
        })
        .collect();
    let others = [
        "да",
        "yes",
        "нет",
        "no",
        "5",
        "1",
        "спасибо",
        "thanks",
        "стоп",
        "stop",
    ];
    words.extend(others.map(|word| (String::new(), word.to_owned())));
    insta::assert_snapshot!(table(&words));
}

#[test]
fn ordinary_words_are_no_commands() {
    let words = [
        "Жду вас завтра с паспортом",
        "Решено перенести",
        "Взять можно у секретаря",
        "2",
        "Спам приходит и мне",
        "Вам нужно закрыть окно",
        "Please wait until Friday",
        "Done is better than perfect",
    ];
    let words = words.map(|word| (String::new(), word.to_owned()));
    insta::assert_snapshot!(table(&words));
}
