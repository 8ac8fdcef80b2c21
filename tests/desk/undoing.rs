//! An agent takes back what their last mail did.

use std::time::Duration;

use okno::model::{
    ids::TicketNumber,
    ticket::{State, Thread, Ticket},
};

use super::{
    desk::{Desk, UNIVERSITY},
    letter::{Letter, Received},
};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

/// The university's desk, where the ИТ queue has switched everything on and promises a first answer, too.
fn university() -> Desk {
    let on = "target = \"8 h\"\ncommands = [\"all\"]\nrequester_commands = [\"all\"]\n\
              categories = [\"printers\"]\ncauses = [\"wear\"]";
    Desk::with(&UNIVERSITY.replace("target = \"8 h\"", on))
}

/// A ticket but for its history: how many events, which mails went among the agents.
fn but_history(ticket: Ticket) -> Ticket {
    Ticket {
        last_seq: 0,
        relayed: Vec::new(),
        agents_thread: Thread::default(),
        holders: Vec::new(),
        ..ticket
    }
}

/// Nothing of them differs.
fn same(one: &Ticket, other: &Ticket, does: &str) {
    let fields = |ticket: &Ticket| {
        let value = serde_json::to_value(ticket).unwrap();
        value.as_object().unwrap().clone()
    };
    let (one, other) = (fields(one), fields(other));
    for (name, value) in &one {
        assert_eq!(Some(value), other.get(name), "{does}: {name}");
    }
    assert_eq!(one, other, "{does}");
}

fn anna(desk: &Desk, card: &Received, words: &str) {
    desk.person("Анна Петрова", "anna@uni.test")
        .writes(&Letter::reply_to(card, words));
}

/// The letter that Anna got about what was taken back.
fn told(desk: &Desk) -> Received {
    let mut mails = desk.inbox("anna@uni.test");
    let last = mails.pop().expect("a letter");
    assert!(mails.is_empty(), "{}", mails[0].text());
    last
}

fn read_all(desk: &Desk) {
    for line in desk.unread() {
        let (address, _) = line.split_once(": ").unwrap();
        desk.inbox(address);
    }
}

/// Everything that can be taken back, one a ticket. IT-1001 is another ticket of the queue.
const DOES: [&str; 21] = [
    "взять",
    "#назначить boris",
    "Пароль сброшен.\nрешено",
    "решено",
    "Какой логин?\nжду",
    "#жду до пятницы поставщика",
    "закрыть",
    "спам",
    "#передать бухгалтерия",
    "#срок 15.12 18:00 ждём поставку",
    "#класс срочное",
    "#класс пожелание не горит",
    "#приоритет высокий",
    "#категория printers",
    "#причина wear",
    "#объединить IT-1001",
    "#связать IT-1001",
    "#убрать ivan@uni.test",
    "#повтор IT-1001",
    "Смотрю.",
    "взять\n#категория printers\n#класс срочное",
];

/// What went before: mails of Anna's, each answered by the desk.
const BEFORE: [&[&str]; 4] = [
    &[],
    &["взять"],
    &["взять", "#жду до пятницы поставщика"],
    &["Какая у вас модель?\nжду"],
];

/// What changes nothing after what went before: it is so already, or, of what was answered, refused.
const CHANGES_NOTHING: [&str; 3] = ["взять", "#жду до пятницы поставщика", "спам"];

/// Opens a ticket of Olga's with Ivan in Cc.
fn opened(desk: &Desk, round: usize) -> (i64, Received) {
    let letter = Letter::to(
        "it@uni.test",
        &format!("Вопрос {round}"),
        &format!("Устройство {round}."),
    );
    desk.person("Ольга", &format!("olga{round}@uni.test"))
        .writes(&letter.with("Cc", "ivan@uni.test"));
    desk.step();
    let number = 1000 + i64::try_from(desk.tickets()).unwrap();
    let mut cards = desk.inbox("anna@uni.test");
    cards.retain(|mail| mail.header("X-Okno-Event").as_deref() == Some("card"));
    let card = cards.remove(0);
    read_all(desk);
    (number, card)
}

#[test]
fn what_is_taken_back_before_mail_went_has_never_been() {
    let desk = university();
    opened(&desk, 0);
    let mut round = 1;
    let mut changed_nothing = Vec::new();
    for before in BEFORE {
        for does in DOES {
            let (number, card) = opened(&desk, round);
            round += 1;
            for words in before {
                anna(&desk, &card, words);
                desk.step();
                desk.advance(MINUTE);
            }
            read_all(&desk);
            let (known, other) = (
                but_history(desk.ticket(number)),
                but_history(desk.ticket(1001)),
            );
            anna(&desk, &card, does);
            desk.decide();
            let done = but_history(desk.ticket(number));
            if done == known {
                changed_nothing.push(does);
                desk.step();
                read_all(&desk);
                continue;
            }
            desk.advance(MINUTE);
            anna(&desk, &card, "отменить");
            desk.decide();
            same(&but_history(desk.ticket(number)), &known, does);
            same(&but_history(desk.ticket(1001)), &other, does);
            desk.deliver();
            desk.step();
            for address in [
                format!("olga{}@uni.test", round - 1),
                "ivan@uni.test".to_owned(),
            ] {
                assert!(
                    desk.inbox(&address).is_empty(),
                    "{before:?} {does}: {address}"
                );
            }
            let letters = desk.inbox("anna@uni.test");
            let events: Vec<_> = letters
                .iter()
                .filter_map(|one| one.header("X-Okno-Event"))
                .collect();
            assert_eq!(events, ["undone"], "{before:?} {does}");
            read_all(&desk);
        }
    }
    assert_eq!(changed_nothing, CHANGES_NOTHING);
}

#[test]
fn what_went_is_named_and_stays() {
    let desk = university();
    let (_, card) = desk.asked();
    let before = desk.ticket(1001);
    desk.advance(HOUR);
    anna(&desk, &card, "Пароль сброшен.\nрешено");
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::Resolved);
    read_all(&desk);
    desk.advance(MINUTE);
    anna(&desk, &card, "отменить");
    desk.step();
    let after = desk.ticket(1001);
    // Olga has read an answer: it is not new any more. Time goes on as if it had never stopped.
    assert_eq!((after.state, after.resolved_at), (State::Open, None));
    assert_eq!((after.assignee, &after.clocks), (None, &before.clocks));
    let told = told(&desk);
    insta::assert_snapshot!(told.text().replace(&desk.tag(&before), "[tag]"));
    insta::assert_snapshot!(desk.history(1001).join("\n"));
    desk.inbox("boris@uni.test");
}

#[test]
fn what_came_since_stands_in_the_way_and_is_named() {
    let desk = university();
    for (round, (does, since, says)) in [
        ("Какой логин?\nжду", "olga", "написал заявитель"),
        ("Пароль сброшен.\nрешено", "olga", "обращение снова открыто"),
        ("взять", "boris", "сменился исполнитель"),
        (
            "#передать бухгалтерия",
            "vera",
            "только сотрудники очереди «Бухгалтерия»",
        ),
        ("#класс срочное", "time", "срок наступил"),
    ]
    .into_iter()
    .enumerate()
    {
        let (number, card) = opened(&desk, round);
        anna(&desk, &card, does);
        desk.step();
        desk.advance(MINUTE);
        let olga = format!("olga{round}@uni.test");
        match since {
            "olga" => {
                let asked = desk.inbox(&olga).pop().unwrap();
                desk.person("Ольга", &olga)
                    .writes(&Letter::reply_to(&asked, "Нет, не так."));
            }
            "boris" => {
                let news = desk.inbox("boris@uni.test").pop().unwrap();
                desk.person("Борис Ким", "boris@uni.test")
                    .writes(&Letter::reply_to(&news, "#назначить boris"));
            }
            "vera" => {
                let card = desk.inbox("vera@uni.test").pop().unwrap();
                desk.person("Вера Орлова", "vera@uni.test")
                    .writes(&Letter::reply_to(&card, "взять"));
            }
            _ => desk.advance(48 * HOUR),
        }
        desk.step();
        read_all(&desk);
        let known = but_history(desk.ticket(number));
        anna(&desk, &card, "отменить");
        desk.step();
        assert_eq!(but_history(desk.ticket(number)), known, "{does}");
        let told = desk.inbox("anna@uni.test").pop().unwrap();
        let words = told.text();
        // Of what is another department's by now Anna hears no more than whose it is.
        assert!(words.contains(says), "{does}: {words}");
        read_all(&desk);
    }
}

#[test]
fn an_answer_that_let_time_go_on_is_taken_back_and_time_stands_still_again() {
    let desk = university();
    let (number, card) = opened(&desk, 1);
    anna(&desk, &card, "#жду до пятницы поставщика");
    desk.step();
    desk.advance(HOUR);
    read_all(&desk);
    let waits = but_history(desk.ticket(number));
    let is_paused = |ticket: &Ticket| ticket.clocks.iter().any(|clock| clock.is_paused());
    anna(&desk, &card, "Поставщик ответил, продолжаем.");
    desk.decide();
    let went_on = desk.ticket(number);
    assert_ne!(but_history(went_on.clone()), waits);
    anna(&desk, &card, "отменить");
    desk.decide();
    same(&but_history(desk.ticket(number)), &waits, "resumed");
    // Once Olga has read it, it stays said; the waiting does not come back by itself.
    anna(&desk, &card, "Поставщик ответил, продолжаем.");
    desk.step();
    read_all(&desk);
    desk.advance(MINUTE);
    anna(&desk, &card, "отменить");
    desk.step();
    let known = desk.ticket(number);
    assert_eq!(known.answers.len(), 1);
    assert!(is_paused(&known) == is_paused(&waits), "{:?}", known.clocks);
    read_all(&desk);
}

#[test]
fn twice_is_no_way_forward_and_nothing_is_nothing() {
    let desk = university();
    let (_, card) = desk.asked();
    let says = |words: &str, part: &str| {
        anna(&desk, &card, words);
        desk.step();
        desk.advance(MINUTE);
        let mails = desk.inbox("anna@uni.test");
        let told: Vec<&str> = mails.iter().map(Received::text).collect();
        assert!(
            told.iter().any(|text| text.contains(part)),
            "{words}: {told:?}"
        );
    };
    says("отменить", "отменять нечего");
    says("взять\nотменить", "противоречит");
    says("#категория printers\nотменить", "противоречит");
    anna(&desk, &card, "взять");
    desk.step();
    read_all(&desk);
    says("отменить", "Отменено");
    assert_eq!(desk.ticket(1001).assignee, None);
    says("отменить", "уже отменено");
    // What is done anew can be taken back anew.
    anna(&desk, &card, "взять");
    desk.step();
    read_all(&desk);
    says("undo", "Отменено");
    assert_eq!(desk.ticket(1001).assignee, None);
    read_all(&desk);
}

#[test]
fn an_answer_that_has_gone_is_not_to_be_had_back() {
    let desk = university();
    let (_, card) = desk.asked();
    anna(&desk, &card, "взять");
    desk.step();
    desk.advance(MINUTE);
    anna(&desk, &card, "Перезагрузите.");
    desk.step();
    read_all(&desk);
    anna(&desk, &card, "отменить\nЭто было не вам.");
    desk.step();
    let told = told(&desk);
    assert!(told.text().contains("ответ уже ушёл"), "{}", told.text());
    assert!(told.text().contains("olga@uni.test"));
    // Words that belong to it stay inside.
    assert!(desk.inbox("olga@uni.test").is_empty());
    read_all(&desk);
}

#[test]
fn words_beside_it_go_to_the_requester() {
    let desk = university();
    let (_, card) = desk.asked();
    anna(&desk, &card, "Пароль сброшен.\nрешено");
    desk.step();
    read_all(&desk);
    anna(
        &desk,
        &card,
        "отменить\nОшиблись обращением, ваш вопрос в работе.",
    );
    desk.step();
    let olga = desk.inbox("olga@uni.test");
    assert!(olga[0].text().contains("Ошиблись обращением"));
    assert_eq!(desk.ticket(1001).state, State::Open);
    read_all(&desk);
}

#[test]
fn a_transfer_is_called_back_and_the_other_department_hears() {
    let desk = university();
    let (number, card) = opened(&desk, 1);
    assert_eq!(number, 1001);
    anna(&desk, &card, "взять");
    desk.step();
    let boris = desk.inbox("boris@uni.test").pop().unwrap();
    anna(&desk, &card, "#передать бухгалтерия это про справку");
    desk.step();
    let vera = desk.person("Вера Орлова", "vera@uni.test");
    vera.only_mail();
    read_all(&desk);
    assert_eq!(desk.ticket(1001).queue.as_str(), "buh");
    anna(&desk, &card, "отменить");
    desk.step();
    let back = desk.ticket(1001);
    assert_eq!((back.queue.as_str(), back.mailbox.as_str()), ("it", "it"));
    let called_back = vera.only_mail();
    assert!(called_back.text().contains("Передача отменена"));
    assert!(told(&desk).text().contains("Очередь: ИТ-поддержка"));
    // Who has not passed it on may not.
    anna(&desk, &card, "#передать бухгалтерия");
    desk.step();
    read_all(&desk);
    desk.person("Борис Ким", "boris@uni.test")
        .writes(&Letter::reply_to(&boris, "отменить"));
    desk.step();
    assert_eq!(desk.ticket(1001).queue.as_str(), "buh");
    read_all(&desk);
}

#[test]
fn of_a_list_only_the_line_is_taken_back() {
    let desk = university();
    let (first, card) = opened(&desk, 1);
    let (second, other) = opened(&desk, 2);
    anna(&desk, &card, "взять");
    anna(&desk, &other, "взять");
    desk.step();
    read_all(&desk);
    anna(&desk, &card, "отменить");
    desk.step();
    assert_eq!(desk.ticket(first).assignee, None);
    assert_eq!(desk.ticket(second).assignee, Some("anna".into()));
    read_all(&desk);
}

#[test]
fn merged_tickets_are_two_again() {
    let desk = university();
    let (first, _) = opened(&desk, 1);
    let (second, card) = opened(&desk, 2);
    anna(&desk, &card, &format!("#объединить IT-{first}"));
    desk.step();
    read_all(&desk);
    let merged = desk.ticket(second);
    assert_eq!(merged.merged_into, Some(TicketNumber(first)));
    // The answer to the old card goes on in the ticket that goes on.
    anna(&desk, &card, "отменить");
    desk.step();
    let told = told(&desk);
    let apart = desk.ticket(second);
    assert_eq!((apart.merged_into, apart.state), (None, State::New));
    assert!(told.text().contains("Отменено"));
    read_all(&desk);
}
