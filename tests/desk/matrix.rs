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
const SENDERS: [&str; 11] = [
    "agent, in answer to their card",
    "agent, proven, in answer to their card",
    "agent, by the tag alone",
    "agent whom their own server disowns",
    "agent of another queue, proven, with that card",
    "stranger with that card",
    "requester, in answer to the acknowledgement",
    "requester, by the tag alone",
    "reader in Cc, in answer to an answer",
    "requester, proven, in answer to the acknowledgement",
    "head who does not serve the queue, proven, with that card",
];

/// The one who is sent a copy of an answer.
const READER: usize = 8;

fn university() -> Desk {
    let on = "target = \"8 h\"\ncommands = [\"all\"]\nrequester_commands = [\"all\"]\n\
              categories = [\"printers\"]\ncauses = [\"wear\"]\nhead = \"darya\"";
    let source = UNIVERSITY.replace("target = \"8 h\"", on);
    let desk = Desk::closed(&format!(
        "knowledge = \"DATA/kb\"\n{source}\n[trust]\nservers = [\"mx.uni.test\"]\n\
         [agent.darya]\nname = \"Дарья Громова\"\naddress = \"darya@uni.test\"\n\
         [form.trouble]\ntitle = \"Поломка\"\nqueue = \"it\"\n\
         field.kind = {{ title = \"Тип проблемы\", required = true }}\n\
         field.place = {{ title = \"Местоположение\", required = true }}\n"
    ));
    let text = "---\ntitle: Пароль\nwords: пароль, password\n---\nНажмите «Забыли пароль».\n";
    for name in ["пароль", "password"] {
        desk.saves_text_unseen(&format!("kb/{name}.md"), text);
    }
    desk.start(okno::store::Faults::none());
    desk
}

/// A fresh ticket: the card of Anna, the acknowledgement, and what the reader in Cc was sent where there is an answer.
struct Case {
    number: i64,
    requester: String,
    reader: String,
    card: Received,
    acknowledgement: Received,
    copy: Option<Received>,
}

fn opened(desk: &Desk, round: i64, is_answered: bool) -> Case {
    let words = format!("Тип проблемы: устройство {round}\nМестоположение: {round}");
    opened_with(desk, (round, &words), is_answered)
}

/// The same, opened by these words.
fn opened_with(desk: &Desk, (round, words): (i64, &str), is_answered: bool) -> Case {
    let requester = format!("olga{round}@uni.test");
    let reader = format!("ivan{round}@uni.test");
    let letter = Letter::to("it@uni.test", &format!("Вопрос {round}"), words);
    desk.person("Ольга", &requester)
        .writes(&letter.with("Cc", &reader));
    desk.step();
    let number = 1000 + i64::try_from(desk.tickets()).unwrap();
    let acknowledgement = desk.inbox(&requester).remove(0);
    let mut cards = desk.inbox("anna@uni.test");
    cards.retain(|mail| mail.header("X-Okno-Event").as_deref() == Some("card"));
    let card = cards.remove(0);
    if is_answered {
        by_boris(desk, &card, "Смотрю.");
    }
    let copy = desk.inbox(&reader).pop();
    read_all(desk);
    Case {
        number,
        requester,
        reader,
        card,
        acknowledgement,
        copy,
    }
}

/// What somebody asks twice: the second is proposed as a repeat.
const TWICE: &str = "Тип проблемы: принтер\nМестоположение: 214\n\nС утра печатает пустые листы, картридж меняли в пятницу.";

/// An answer of Anna's that waits for her word.
const HELD: &str = "Перезагрузите, пожалуйста.";

/// Whether it was sent to the requester.
fn has_gone(mails: &[Received]) -> bool {
    let is_answer = |mail: &Received| mail.header("X-Okno-Event").as_deref() == Some("reply");
    let mut answers = mails.iter().filter(|mail| is_answer(mail));
    answers.any(|mail| mail.text().contains(HELD))
}

/// A ticket in which this command can come to something.
fn opened_for(desk: &Desk, verb: &str, (round, is_answered): (i64, bool)) -> Case {
    if verb != "repeat" {
        return opened(desk, round, is_answered);
    }
    opened_with(desk, (round, TWICE), is_answered);
    opened_with(desk, (round, TWICE), is_answered)
}

/// Boris says something in the ticket, as proven.
fn by_boris(desk: &Desk, card: &Received, words: &str) {
    let boris = desk.person("Борис", "boris@uni.test");
    boris.writes(&proof(Letter::reply_to(card, words), "pass"));
    desk.step();
}

/// Darya, who decides for the queue, says something in the ticket, as proven.
fn by_darya(desk: &Desk, card: &Received, words: &str) {
    let darya = desk.person("Дарья Громова", "darya@uni.test");
    darya.writes(&proof(Letter::reply_to(card, words), "pass"));
    desk.step();
}

/// The ticket that others are merged with, linked with, and repeats of.
const OTHER: &str = "IT-1001";

/// What must be so for a command to come to something.
fn prepare(desk: &Desk, case: &Case, verb: &str) {
    let anna = |words: &str| {
        let letter = Letter::reply_to(&case.card, words);
        desk.person("Анна Петрова", "anna@uni.test")
            .writes(&proof(letter, "pass"));
        desk.step();
    };
    let boris = |words: &str| by_boris(desk, &case.card, words);
    match verb {
        "not_spam" => boris("спам"),
        "not_repeat" => boris(&format!("#повтор {OTHER}")),
        "knowledge" => boris("Заменили барабан.\nрешено"),
        "publish" | "discard" => boris("Заменили барабан.\nрешено\nкб"),
        "approve" | "reject" => boris("#срок 15.12.2026 18:00 ждём поставку"),
        "back" => anna("#отсутствую до 15.12.2026"),
        "unsubscribe" => anna("подписаться"),
        "undo" => anna("#приоритет высокий"),
        "wait" => anna("Какая у вас модель?"),
        "include" => by_darya(desk, &case.card, "#исключить @anna"),
        "send" => {
            // He answers after the card was written, and she has not seen it.
            desk.advance(MINUTE);
            boris("Смотрю.");
            anna(HELD);
        }
        "add" => {
            let words = "И у меня.";
            let letter = Letter::answer_without_ids(&case.acknowledgement, words);
            let guest = format!("guest{}@outside.example", case.number);
            desk.person("Глеб", &guest).writes(&letter);
            desk.step();
        }
        _ => {}
    }
    // What somebody says now crosses nothing.
    desk.advance(11 * MINUTE);
    read_all(desk);
}

/// The word as it fits this desk and this ticket.
fn fitting(verb: &str, word: &str, case: &Case) -> String {
    let (name, _) = word.split_once(' ').unwrap_or((word, ""));
    match verb {
        "category" => format!("{name} printers"),
        "cause" => format!("{name} wear"),
        "field" => format!("{name} Местоположение: 214"),
        _ => word
            .replace("IT-1042", OTHER)
            .replace("ivan@uni.example", &case.reader),
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
        READER => {
            let copy = case.copy.as_ref().expect("an answer");
            desk.person("Иван", &case.reader)
                .writes(&Letter::reply_to(copy, word));
        }
        9 => olga.writes(&proof(
            Letter::reply_to(&case.acknowledgement, word),
            "pass",
        )),
        _ => desk
            .person("Дарья Громова", "darya@uni.test")
            .writes(&proof(card(), "pass")),
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

fn row((verb, word): (&str, &str), is_answered: bool) -> String {
    let desk = &university();
    opened(desk, 0, true);
    (0..SENDERS.len())
        .zip(1..)
        .map(|(sender, round)| {
            // A day each: what somebody was asked yesterday changes nothing today.
            desk.advance(DAY);
            desk.step();
            read_all(desk);
            let case = opened_for(desk, verb, (round, is_answered || sender == READER));
            prepare(desk, &case, verb);
            let happened = || {
                let mut events = desk.history(case.number);
                events.extend(desk.stream("queue", "it"));
                events
            };
            let before = happened();
            says(desk, &case, sender, &fitting(verb, word, &case));
            desk.step();
            let mut events = happened();
            for event in &before {
                let known = events.iter().position(|one| one == event);
                events.remove(known.expect("history stays"));
            }
            let mails = read_all(desk);
            let outcome = match has_gone(&mails) && verb == "send" {
                true => '+',
                false => outcome(&events, &mails),
            };
            if ["absent", "back"].contains(&verb) {
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

/// `is_answered`: somebody has answered before, so that what is said now changes nothing by itself.
fn table(words: &[(String, String)], is_answered: bool) -> String {
    let mut table = format!("{KEY}\n");
    for (index, sender) in SENDERS.iter().enumerate() {
        table.push_str(&format!("{}: {sender}\n", index + 1));
    }
    for (name, word) in words {
        let letters = row((name.as_str(), word.as_str()), is_answered);
        table.push_str(&format!("{name:<13}{letters}  {word}\n"));
    }
    table
}

fn commands(language: Language) -> Vec<(String, String)> {
    let words = Verb::all().map(|verb| (verb.code().to_owned(), verb.shown(language)));
    words.collect()
}

#[test]
fn every_command_in_russian() {
    insta::assert_snapshot!(table(&commands(Language::Ru), false));
}

#[test]
fn every_command_in_english() {
    insta::assert_snapshot!(table(&commands(Language::En), false));
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
    insta::assert_snapshot!(table(&words, false));
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
    insta::assert_snapshot!(table(&words, true));
}
