//! One department asks another for a requester's sake: a ticket there with its own clock, and the answer comes back to
//! those who asked.

use std::time::Duration;

use okno::{
    desk::kpi::figure,
    model::{
        clock::{ClockKind, Outcome},
        ids::{QueueName, TicketNumber},
        ticket::State,
    },
};

use super::{
    desk::{Desk, NOON, Person, UNIVERSITY},
    figures::are_counted_twice,
    letter::{Letter, Received},
};

const HOUR: Duration = Duration::from_secs(3600);

/// Anna and Boris serve ИТ, Vera is Разработка, Darya decides for ИТ. It is Tuesday noon.
fn university(it: &str, dev: &str) -> Desk {
    let source = UNIVERSITY
        .replace("\"Бухгалтерия\"", &format!("\"Разработка\"\n{dev}"))
        .replace("\"BUH\"", "\"DEV\"")
        .replace(
            "target = \"8 h\"",
            &format!("target = \"8 h\"\ncommands = [\"all\"]\nhead = \"darya\"\n{it}"),
        );
    let darya = "[agent.darya]\nname = \"Дарья Громова\"\naddress = \"darya@uni.test\"\n";
    Desk::with(&format!(
        "{source}\n{darya}\n[trust]\nservers = [\"mx.uni.test\"]\n"
    ))
}

fn proven(letter: Letter) -> Letter {
    let results = "mx.uni.test; dmarc=pass header.from=uni.test";
    letter.with("Authentication-Results", results)
}

fn people(desk: &Desk) -> [Person<'_>; 4] {
    [
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
        desk.person("Вера Орлова", "vera@uni.test"),
        desk.person("Дарья Громова", "darya@uni.test"),
    ]
}

const ASKS: &str = "#эскалация разработка: импорт падает с ошибкой 12";

/// Olga asks; Anna has the card.
fn asked(desk: &Desk) -> Received {
    let [olga, anna, ..] = people(desk);
    olga.writes(&Letter::to(
        "it@uni.test",
        "Импорт",
        "Импорт ведомостей не работает.",
    ));
    desk.step();
    olga.only_mail();
    desk.inbox("boris@uni.test");
    anna.only_mail()
}

/// Anna asks Разработка: her card, the letter that tells her so, and Vera's card.
fn escalated(desk: &Desk) -> [Received; 3] {
    let [_, anna, vera, _] = people(desk);
    let card = asked(desk);
    anna.writes(&Letter::reply_to(&card, ASKS));
    desk.step();
    desk.inbox("boris@uni.test");
    [card, anna.only_mail(), vera.only_mail()]
}

fn has(desk: &Desk, number: i64, event: &str) -> bool {
    let history = desk.history(number);
    history.iter().any(|one| one.starts_with(event))
}

#[test]
fn the_answer_comes_back_and_one_word_sends_it_on() {
    let desk = university(
        "",
        "target = \"40 h\"\nola = \"48 h\"\ncommands = [\"all\"]",
    );
    let [olga, anna, vera, _] = people(&desk);
    let [card, told, theirs] = escalated(&desk);
    insta::assert_snapshot!("the_agent_is_told", told.text());
    insta::assert_snapshot!("their_card", theirs.text());
    olga.got_nothing();
    let child = desk.ticket(1002);
    assert_eq!(child.asked_for, Some(TicketNumber(1001)));
    let clock = child.clock(ClockKind::Resolution).unwrap();
    assert_eq!(
        clock.target_secs(),
        Some(48 * 3600),
        "what was agreed counts"
    );
    let parent = desk.ticket(1001);
    assert!(parent.is_escalated());
    assert!(!parent.clocks[0].is_paused(), "by default time runs on");

    vera.writes(&Letter::reply_to(
        &theirs,
        "Ошибка 12: в файле пустая строка.",
    ));
    desk.step();
    olga.got_nothing();
    let answer = anna.only_mail();
    let tag = desk.tag(&desk.ticket(1002));
    let text = answer.text().replace(&tag, "[DEV-1002-....]");
    insta::assert_snapshot!("the_answer", text);
    anna.writes(&Letter::reply_to(&answer, "отправить"));
    desk.step();
    let sent = olga.only_mail();
    assert!(
        sent.text().contains("в файле пустая строка"),
        "{}",
        sent.text()
    );
    assert!(!sent.text().contains("Вера"), "{}", sent.text());
    let from = sent.mail.from.clone().unwrap();
    assert_eq!(from.address, "it@uni.test");
    assert_eq!(from.name.as_deref(), Some("Анна Петрова, ИТ-поддержка"));
    assert!(has(&desk, 1001, "answer_passed_on"));
    desk.inbox("boris@uni.test");

    vera.writes(&Letter::reply_to(&theirs, "#решено исправили в версии 2.3"));
    desk.step();
    olga.got_nothing();
    let solved = anna.only_mail();
    assert!(
        solved.text().contains("решил ваш вопрос"),
        "{}",
        solved.text()
    );
    assert!(solved.text().contains("исправили в версии 2.3"));
    let child = desk.ticket(1002);
    assert_eq!(child.state, State::Resolved);
    assert_eq!(child.clocks[0].outcome, Some(Outcome::Met));
    assert!(!desk.ticket(1001).is_escalated());
    anna.writes(&Letter::reply_to(&card, "решено"));
    desk.step();
    olga.only_mail();
    vera.got_nothing();
}

/// 100 % of inter-department requests in time is what a head is measured by.
#[test]
fn what_a_department_is_asked_is_told_apart_from_what_clients_ask() {
    let desk = university(
        "",
        "target = \"40 h\"\nola = \"48 h\"\ncommands = [\"all\"]",
    );
    let [olga, anna, vera, _] = people(&desk);
    let [_, _, theirs] = escalated(&desk);
    vera.writes(&Letter::reply_to(&theirs, "#решено исправили в версии 2.3"));
    desk.step();
    let sheets = are_counted_twice(&desk, &["2026-11"]);
    let told = |queue: &str, code: &str| {
        let tally = sheets[0].together([&QueueName::from(queue)]);
        let own = figure(&tally, code).unwrap();
        (own.numerator, own.denominator)
    };
    assert_eq!(told("buh", "asked_in_time_pct"), (1, Some(1)));
    assert_eq!(told("buh", "asked_received"), (1, None));
    assert_eq!(told("it", "asked_in_time_pct"), (0, Some(0)));
    assert_eq!(told("it", "asked_received"), (0, None));
    for person in [olga, anna, vera] {
        person.inbox();
    }
    desk.inbox("boris@uni.test");
}

#[test]
fn a_button_sends_the_answer_on_and_the_department_is_written_to_by_its_number() {
    let desk = university("", "commands = [\"all\"]");
    let [olga, anna, vera, _] = people(&desk);
    let [_, told, theirs] = escalated(&desk);
    // More for the department, in answer to the letter that named its number.
    anna.writes(&Letter::reply_to(&told, "Файл весит 3 МБ."));
    desk.step();
    assert!(vera.only_mail().text().contains("3 МБ"));
    olga.got_nothing();
    vera.writes(&Letter::reply_to(&theirs, "Пришлите файл.\nжду"));
    desk.step();
    let asks = anna.only_mail();
    assert!(asks.text().contains("нужны сведения"), "{}", asks.text());
    assert_eq!(desk.ticket(1002).state, State::Pending);
    let tag = desk.tag(&desk.ticket(1002));
    assert!(asks.text().contains(&tag), "{}", asks.text());
    anna.writes(&Letter::to(
        "buh@uni.test",
        &format!("Re: {tag} Импорт"),
        "Вот он.",
    ));
    desk.step();
    assert!(vera.only_mail().text().contains("Вот он."));
    assert_eq!(desk.ticket(1002).state, State::Open);
    vera.writes(&Letter::reply_to(&theirs, "Починили."));
    desk.step();
    let answer = anna.only_mail();
    let html = String::from_utf8_lossy(&answer.bytes).into_owned();
    assert!(
        html.contains("do:1001") || html.contains("do%3A1001"),
        "a button"
    );
    anna.writes(&Letter::reply_to(
        &answer,
        "Ольга, всё починили, проверьте.",
    ));
    desk.step();
    let sent = olga.only_mail();
    assert!(
        sent.text().starts_with("Ольга, всё починили"),
        "{}",
        sent.text()
    );
    desk.inbox("boris@uni.test");
}

#[test]
fn the_head_agrees_first_where_the_department_wants_that() {
    let desk = university("", "escalation_through = \"head\"");
    let [olga, anna, vera, darya] = people(&desk);
    let card = asked(&desk);
    anna.writes(&Letter::reply_to(&card, ASKS));
    desk.step();
    desk.inbox("boris@uni.test");
    vera.got_nothing();
    anna.got_nothing();
    let question = darya.only_mail();
    insta::assert_snapshot!("the_head_is_asked", question.text());
    assert_eq!(desk.tickets(), 1);
    // Not by anybody who only claims to be Darya.
    darya.writes(&Letter::reply_to(&question, "да"));
    desk.step();
    assert!(darya.only_mail().text().contains("не подтвердил"));
    assert_eq!(desk.tickets(), 1);
    darya.writes(&proven(Letter::reply_to(&question, "да")));
    desk.step();
    assert!(
        vera.only_mail()
            .text()
            .contains("импорт падает с ошибкой 12")
    );
    assert!(anna.only_mail().text().contains("DEV-1002"));
    darya.got_nothing();
    olga.got_nothing();
    assert!(has(&desk, 1001, "escalation_decided (agent_command)"));
    assert!(has(&desk, 1001, "escalated_to (escalated_to)"));
    // She is not asked in her list, too.
    desk.advance(22 * HOUR);
    desk.step();
    darya.got_nothing();
}

#[test]
fn the_head_may_say_no_and_why() {
    let desk = university("", "escalation_through = \"head\"");
    let [olga, anna, vera, darya] = people(&desk);
    let card = asked(&desk);
    anna.writes(&Letter::reply_to(&card, ASKS));
    desk.step();
    desk.inbox("boris@uni.test");
    let question = darya.only_mail();
    // It stands in her list until she has answered.
    desk.advance(22 * HOUR);
    desk.step();
    let list = darya.only_mail();
    assert!(
        list.text().contains("спросить другой отдел"),
        "{}",
        list.text()
    );
    darya.writes(&proven(Letter::reply_to(
        &question,
        "нет\nСначала посмотрите журнал.",
    )));
    desk.step();
    let refused = anna.only_mail();
    insta::assert_snapshot!("the_head_says_no", refused.text());
    vera.got_nothing();
    olga.got_nothing();
    assert_eq!(desk.tickets(), 1);
    // By a line of the list, too.
    anna.writes(&Letter::reply_to(&card, ASKS));
    desk.step();
    darya.only_mail();
    desk.advance(24 * HOUR);
    desk.step();
    let list = darya.only_mail();
    darya.writes(&proven(Letter::reply_to(&list, "1 утвердить")));
    desk.step();
    vera.only_mail();
    anna.only_mail();
    desk.inbox("boris@uni.test");
}

#[test]
fn what_cannot_be_asked_is_said_at_once() {
    let desk = university("", "commands = [\"all\"]");
    let [olga, anna, vera, _] = people(&desk);
    let [card, _, theirs] = escalated(&desk);
    for (words, says) in [
        ("#эскалация разработка", "не сказано, о чём спросить"),
        ("#эскалация ИТ-поддержка почему", "это ваша же очередь"),
        ("#эскалация юристы можно ли", "такой очереди нет"),
        ("#эскалация разработка ещё раз", "уже спросили (DEV-1002)"),
    ] {
        anna.writes(&Letter::reply_to(&card, words));
        desk.step();
        let refused = anna.only_mail();
        assert!(refused.text().contains(says), "{words}: {}", refused.text());
        olga.got_nothing();
        assert_eq!(desk.tickets(), 2, "{words}");
    }
    // What would go with a refused question goes to nobody.
    anna.writes(&Letter::reply_to(
        &card,
        "#эскалация разработка снова\nОльга, спросили разработчиков.",
    ));
    desk.step();
    assert!(anna.only_mail().text().contains("уже спросили"));
    olga.got_nothing();
    // A question never comes back to whoever asks.
    vera.writes(&Letter::reply_to(&theirs, "#эскалация IT а вы смотрели?"));
    desk.step();
    let refused = vera.only_mail();
    assert!(
        refused.text().contains("сам спрашивает"),
        "{}",
        refused.text()
    );
    assert_eq!(desk.tickets(), 2);
    desk.inbox("boris@uni.test");
}

#[test]
fn time_stands_still_where_the_queue_says_so() {
    let desk = university("while_escalated = \"pauses\"", "");
    let [olga, anna, vera, _] = people(&desk);
    let [card, _, theirs] = escalated(&desk);
    let clock = |desk: &Desk| desk.ticket(1001).clocks[0].clone();
    assert!(clock(&desk).is_paused());
    // An answer of the requester's in between changes nothing of that.
    anna.writes(&Letter::reply_to(&card, "Какая версия?\nжду"));
    desk.step();
    olga.writes(&Letter::reply_to(&olga.only_mail(), "2.2"));
    desk.step();
    anna.inbox();
    assert_eq!(desk.ticket(1001).state, State::Open);
    assert!(clock(&desk).is_paused());
    desk.advance(2 * HOUR);
    vera.writes(&Letter::reply_to(&theirs, "#решено готово"));
    desk.step();
    anna.only_mail();
    let clock = clock(&desk);
    assert!(!clock.is_paused());
    let (first, due) = (NOON.parse::<jiff::Timestamp>().unwrap(), clock.due_at);
    // Eight hours, six of Tuesday's were left, two of them stood still: Wednesday, 13:00 in Moscow.
    assert_eq!(due.duration_since(first).as_hours(), 25, "{due}");
    desk.inbox("boris@uni.test");
}

#[test]
fn a_question_is_taken_back() {
    let desk = university("", "");
    let [olga, anna, vera, _] = people(&desk);
    let [card, ..] = escalated(&desk);
    anna.writes(&Letter::reply_to(&card, "#эскалация отменить"));
    desk.step();
    let told = vera.only_mail();
    assert!(told.text().contains("Вопрос отозван"), "{}", told.text());
    assert_eq!(desk.ticket(1002).state, State::Closed);
    assert!(!desk.ticket(1001).is_escalated());
    anna.got_nothing();
    olga.got_nothing();
    anna.writes(&Letter::reply_to(&card, "#эскалация отменить"));
    desk.step();
    assert!(anna.only_mail().text().contains("открытого вопроса"));
    desk.inbox("boris@uni.test");
}

#[test]
fn what_becomes_of_one_the_other_hears() {
    let desk = university("", "");
    let [olga, anna, vera, _] = people(&desk);
    let [card, told, theirs] = escalated(&desk);
    anna.writes(&Letter::reply_to(&card, "#решено обошлись сами"));
    desk.step();
    let resolution = olga.only_mail();
    let heard = vera.only_mail();
    assert!(heard.text().contains("больше не нужен"), "{}", heard.text());
    olga.writes(&Letter::reply_to(&resolution, "да"));
    desk.step();
    vera.got_nothing();
    vera.writes(&Letter::reply_to(&theirs, "решено"));
    desk.step();
    // It is solved here, too; an answer that comes all the same is shown.
    anna.only_mail();
    assert!(has(&desk, 1001, "escalation_ended"));
    // Whoever asked may come back to it.
    anna.writes(&Letter::reply_to(&told, "Ошибка вернулась."));
    desk.step();
    assert!(vera.only_mail().text().contains("снова открыто"));
    assert_eq!(desk.ticket(1002).state, State::Open);
    desk.inbox("boris@uni.test");
}

#[test]
fn what_is_confided_stays_where_it_is() {
    let desk = university("confidential = true", "");
    let [olga, anna, vera, _] = people(&desk);
    let [_, told, theirs] = escalated(&desk);
    assert!(told.text().contains("DEV-1002"));
    let shown = String::from_utf8_lossy(&theirs.bytes).into_owned();
    for words in ["Импорт ведомостей", "IT-1001", "olga"] {
        assert!(
            !theirs.text().contains(words) && !shown.contains(words),
            "{words}"
        );
    }
    assert_eq!(
        desk.ticket(1002).subject.as_str(),
        "импорт падает с ошибкой 12"
    );
    vera.writes(&Letter::reply_to(&theirs, "полностью"));
    desk.step();
    assert!(vera.only_mail().text().contains("нет"));
    vera.writes(&Letter::reply_to(&theirs, "Починим."));
    desk.step();
    assert!(anna.only_mail().text().contains("Починим."));
    olga.got_nothing();
    desk.inbox("boris@uni.test");
}

#[test]
fn a_repeat_is_not_solved_before_its_cause_is_said() {
    let desk = university(
        "repeat_needs_cause = true\ncauses = [\"износ\", \"сбой\"]\ncategories = [\"принтеры\", \"сеть\"]",
        "",
    );
    let [olga, anna, ..] = people(&desk);
    let card = asked(&desk);
    anna.writes(&Letter::reply_to(&card, "решено"));
    desk.step();
    olga.only_mail();
    desk.inbox("boris@uni.test");
    let again = asked(&desk);
    anna.writes(&Letter::reply_to(
        &again,
        "#категория принтеры\n#повтор IT-1001\nрешено",
    ));
    desk.step();
    let refused = anna.only_mail();
    assert!(
        refused.text().contains("причина не названа"),
        "{}",
        refused.text()
    );
    assert!(refused.text().contains("износ, сбой"), "{}", refused.text());
    assert!(desk.ticket(1002).state.is_live());
    anna.writes(&Letter::reply_to(
        &again,
        "решено\n#причина сбой\n#категория сеть",
    ));
    desk.step();
    olga.only_mail();
    let known = desk.ticket(1002);
    assert_eq!(known.state, State::Resolved);
    let said = &known.classification;
    assert_eq!(said.cause.as_deref(), Some("сбой"));
    assert_eq!(said.category_initial.as_deref(), Some("принтеры"));
    assert_eq!(said.category.as_deref(), Some("сеть"));
    desk.inbox("boris@uni.test");
}

#[test]
fn a_question_is_not_split_by_those_who_are_asked() {
    let desk = university("", "commands = [\"all\"]");
    let [olga, anna, vera, _] = people(&desk);
    let [_, _, theirs] = escalated(&desk);
    for word in [
        "#разделить проверить и экспорт",
        "#split look at the export, too",
    ] {
        vera.writes(&Letter::reply_to(&theirs, word));
        desk.step();
        let told = vera.only_mail();
        assert!(
            told.text()
                .contains("отдельное обращение того заявителя заводят они"),
            "{}",
            told.text()
        );
    }
    assert_eq!(desk.tickets(), 2, "neither has become a ticket");
    // Their answer in the same mail goes out all the same.
    let both = "Ошибка 12: пустая строка.\n#разделить проверить и экспорт";
    vera.writes(&Letter::reply_to(&theirs, both));
    desk.step();
    let answer = anna.only_mail();
    assert!(answer.text().contains("пустая строка"), "{}", answer.text());
    assert!(!answer.text().contains("экспорт"), "{}", answer.text());
    vera.only_mail();
    assert_eq!(desk.tickets(), 2);
    olga.got_nothing();
    desk.inbox("boris@uni.test");
}
