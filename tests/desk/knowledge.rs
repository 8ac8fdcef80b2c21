//! The knowledge base: agents look into it, acknowledgements show what surely answers, and that closes a ticket.

use std::time::Duration;

use okno::model::ticket::State;

use super::{
    buttons::button,
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

const RESET: &str = "---\ntitle: Как сбросить пароль\nwords: забыл, войти\n---\nЗайдите на страницу входа и нажмите «Забыли пароль».\n";
const SALARY: &str = "---\ntitle: Расчётный лист и пароль к нему\nqueue: buh\nwords: зарплата, забыл\n---\nПароль к листу — табельный номер.\n";

/// A desk with a knowledge base, and articles in the acknowledgements of its IT queue.
fn desk_with(more: &str) -> Desk {
    let source = UNIVERSITY
        .replace(
            "target = \"8 h\"",
            "target = \"8 h\"\nkb_hits = true\ncommands = [\"knowledge\", \"answer\"]",
        )
        .replace(
            "title = \"Бухгалтерия\"",
            &format!("title = \"Бухгалтерия\"\nkb_hits = true\n{more}"),
        );
    let desk = Desk::closed(&format!("knowledge = \"DATA/kb\"\n{source}"));
    desk.saves_text_unseen("kb/reset.md", RESET);
    desk.saves_text_unseen("kb/money/salary.md", SALARY);
    desk.start(okno::store::Faults::none());
    desk
}

fn people(desk: &Desk) -> (Person<'_>, Person<'_>) {
    (
        desk.person("Ольга Белова", "olga@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
    )
}

/// She asks: her acknowledgement, and Anna's card.
fn asks(desk: &Desk, text: &str) -> (Received, Received) {
    let (olga, anna) = people(desk);
    olga.writes(&Letter::to("it@uni.test", "Вход", text));
    desk.step();
    desk.inbox("boris@uni.test");
    (olga.only_mail(), anna.only_mail())
}

#[test]
fn what_surely_answers_is_shown_and_that_it_helped_closes_the_ticket() {
    let desk = desk_with("");
    let (olga, anna) = people(&desk);
    let (acknowledged, _) = asks(&desk, "Забыла пароль, не могу войти.");
    let text = acknowledged.text();
    assert!(text.contains("Как сбросить пароль"), "{text}");
    assert!(text.contains("нажмите «Забыли пароль»"), "{text}");
    assert!(!text.contains("табельный"), "{text}");
    olga.writes(&Letter::reply_to(&acknowledged, "Да, это помогло!"));
    desk.step();
    let ticket = desk.ticket(1001);
    assert_eq!(ticket.state, State::Closed);
    let history = desk.history(1001);
    for event in [
        "articles_shown (kb_shown)",
        "clock_judged (satisfied_in_time)",
        "closed (kb_hit)",
    ] {
        assert!(
            history.iter().any(|one| one == event),
            "{event}: {history:?}"
        );
    }
    let agent = desk.with_house(async |house| {
        let events = okno::store::history::events_of(&house.db, "ticket", "1001").await;
        let events = events.unwrap();
        let judged = events.iter().find(|event| event.kind == "clock_judged");
        judged.unwrap().data.clone()
    });
    assert!(agent.contains("\"agent\":null"), "{agent}");
    let told = anna.only_mail();
    assert!(told.text().contains("помогла статья"), "{}", told.text());
    desk.inbox("boris@uni.test");
    olga.got_nothing();

    // It was not the answer after all.
    desk.advance(Duration::from_secs(3600));
    olga.writes(&Letter::reply_to(&acknowledged, "Снова не могу войти."));
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::Open);
    anna.only_mail();
    desk.inbox("boris@uni.test");
}

#[test]
fn a_tap_says_that_it_helped() {
    let desk = desk_with("");
    let (olga, anna) = people(&desk);
    let (acknowledged, _) = asks(&desk, "Забыла пароль, не могу войти.");
    let (subject, _) = button(&acknowledged, "это помогло");
    desk.person("M", "m@evil.example")
        .writes(&Letter::to("it@uni.test", &subject, ""));
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::New, "it is hers alone");
    desk.inbox("m@evil.example");
    anna.inbox();
    olga.writes(&Letter::to(
        "it@uni.test",
        &subject,
        "это помогло\n\nОтправлено с iPhone",
    ));
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::Closed);
    assert!(desk.history(1001).contains(&"closed (kb_hit)".to_owned()));
    anna.only_mail();
    olga.got_nothing();
    desk.inbox("boris@uni.test");
}

#[test]
fn an_article_that_helped_is_no_persons_answer() {
    let desk = desk_with("");
    desk.stop();
    let mut desk = desk;
    desk.source = desk.source.replacen(
        "kb_hits = true",
        "kb_hits = true\nfirst_response = \"2 h\"",
        1,
    );
    desk.start(okno::store::Faults::none());
    let (olga, anna) = people(&desk);
    let (acknowledged, _) = asks(&desk, "Забыла пароль, не могу войти.");
    olga.writes(&Letter::reply_to(&acknowledged, "Да, это помогло!"));
    desk.step();
    let told = desk.history(1001);
    assert!(
        told.contains(&"clock_dropped (kb_hit)".to_owned()),
        "{told:?}"
    );
    let judged = told
        .iter()
        .filter(|event| event.starts_with("clock_judged"));
    assert_eq!(judged.count(), 1, "the solution alone: {told:?}");
    desk.inbox("boris@uni.test");
    anna.only_mail();
}

#[test]
fn the_word_counts_only_where_it_was_offered_and_before_anybody_has_answered() {
    let desk = desk_with("");
    let (olga, anna) = people(&desk);
    let (acknowledged, _) = asks(&desk, "Принтер не печатает.");
    assert!(
        !acknowledged.text().contains("помогло"),
        "{}",
        acknowledged.text()
    );
    olga.writes(&Letter::reply_to(&acknowledged, "это помогло"));
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::New);
    anna.only_mail();
    desk.inbox("boris@uni.test");

    let (acknowledged, card) = asks(&desk, "Забыла пароль, не могу войти.");
    anna.writes(&Letter::reply_to(&card, "Сбросила, пришлю новый."));
    desk.step();
    olga.only_mail();
    desk.inbox("boris@uni.test");
    olga.writes(&Letter::reply_to(&acknowledged, "это помогло"));
    desk.step();
    assert_eq!(desk.ticket(1002).state, State::Open);
    anna.only_mail();
}

#[test]
fn what_is_a_confidential_queues_stays_with_its_agents() {
    let desk = desk_with("confidential = true\ncommands = [\"knowledge\"]");
    let (olga, anna) = people(&desk);
    let vera = desk.person("Вера Орлова", "vera@uni.test");
    let letter = Letter::to("buh@uni.test", "Зарплата", "Забыла пароль к листу.");
    olga.writes(&letter);
    desk.step();
    let acknowledged = olga.only_mail();
    assert!(
        !acknowledged.text().contains("табельный"),
        "{}",
        acknowledged.text()
    );
    vera.writes(&Letter::reply_to(&vera.only_mail(), "#кб зарплата"));
    desk.step();
    let told = vera.only_mail();
    assert!(told.text().contains("табельный номер"), "{}", told.text());

    let (_, card) = asks(&desk, "Не могу войти.");
    anna.writes(&Letter::reply_to(&card, "#kb зарплата"));
    desk.step();
    let told = anna.only_mail();
    assert!(told.text().contains("ничего не найдено"), "{}", told.text());
    anna.writes(&Letter::reply_to(&card, "#кб пароли"));
    desk.step();
    let told = anna.only_mail();
    let text = told.text();
    assert!(
        text.contains("Как сбросить пароль") && text.contains("Имя: reset"),
        "{text}"
    );
    assert!(!text.contains("табельный"), "{text}");
    let looked = desk.stream("ticket", "1002");
    let is_look = |one: &&String| one.starts_with("knowledge_searched");
    assert_eq!(looked.iter().filter(is_look).count(), 2);

    // By its name it stands in the answer.
    anna.writes(&Letter::reply_to(&card, "#ответ reset"));
    desk.step();
    let answer = olga.inbox().pop().unwrap();
    assert!(
        answer.text().contains("нажмите «Забыли пароль»"),
        "{}",
        answer.text()
    );
    desk.inbox("boris@uni.test");
}

/// Boris decides what becomes an article.
fn desk_with_head() -> Desk {
    let source = UNIVERSITY.replace(
        "target = \"8 h\"",
        "target = \"8 h\"\nhead = \"boris\"\ncommands = [\"knowledge\", \"settings\"]",
    );
    let desk = Desk::closed(&format!("knowledge = \"DATA/kb\"\n{source}"));
    desk.saves_text_unseen("kb/reset.md", RESET);
    desk.start(okno::store::Faults::none());
    desk
}

#[test]
fn a_draft_waits_for_the_heads_list_and_a_line_decides() {
    for (answer, written) in [
        ("1 опубликовать", true),
        ("1 не публиковать", false),
        ("tap", true),
    ] {
        let desk = desk_with_head();
        let (olga, anna) = people(&desk);
        let boris = desk.person("Борис Ким", "boris@uni.test");
        let (_, card) = asks(&desk, "Забыла пароль.");
        anna.writes(&Letter::reply_to(
            &card,
            "Пароль меняют в приёмной.\nрешено\nкб",
        ));
        desk.step();
        olga.only_mail();
        let is_draft = |mail: &Received| mail.text().contains("предлагает");
        assert!(!boris.inbox().iter().any(is_draft), "it waits for the list");
        // An agent who decides for nothing decides nothing.
        anna.writes(&Letter::reply_to(&card, "опубликовать"));
        desk.step();
        anna.only_mail();
        desk.advance(Duration::from_secs(22 * 3600));
        desk.step();
        let list = boris.only_mail();
        assert!(
            list.text().contains("1. Вход") && list.text().contains("«Пароль меняют в приёмной.»"),
            "{}",
            list.text()
        );
        let letter = match answer {
            "tap" => Letter::to("it@uni.test", &button(&list, "опубликовать").0, ""),
            line => Letter::reply_to(&list, line),
        };
        boris.writes(&letter);
        desk.step();
        desk.looks_at_texts();
        boris.got_nothing();
        let file = desk.data().join("kb/okno/IT-1001.md");
        assert_eq!(file.exists(), written, "{answer}");
        desk.advance(Duration::from_secs(24 * 3600));
        desk.step();
        desk.inbox("boris@uni.test");
        desk.inbox("anna@uni.test");
        assert!(desk.ticket(1001).article.is_none());
    }
}

#[test]
fn a_resolution_becomes_an_article_once_the_head_says_so() {
    let desk = desk_with_head();
    let (olga, anna) = people(&desk);
    let boris = desk.person("Борис Ким", "boris@uni.test");
    // He wants to see each at once.
    olga.writes(&Letter::to("it@uni.test", "Вход", "Забыла пароль."));
    desk.step();
    olga.only_mail();
    let card = anna.only_mail();
    boris.writes(&Letter::reply_to(
        &boris.only_mail(),
        "#настройки статьи сразу",
    ));
    desk.step();
    let told = boris.only_mail();
    assert!(
        told.text().contains("приходят вам сразу"),
        "{}",
        told.text()
    );
    anna.writes(&Letter::reply_to(&card, "кб"));
    desk.step();
    let told = anna.only_mail();
    assert!(told.text().contains("нет решения"), "{}", told.text());
    anna.writes(&Letter::reply_to(
        &card,
        "Пароль меняют в приёмной.\nрешено\nкб",
    ));
    desk.step();
    olga.only_mail();
    let mails = boris.inbox();
    let is_draft = |mail: &&Received| mail.text().contains("Анна Петрова предлагает");
    let draft = mails.iter().find(is_draft).unwrap();
    let text = draft.text();
    assert!(text.contains("> Пароль меняют в приёмной."), "{text}");

    // Other words than one stay inside.
    boris.writes(&Letter::reply_to(draft, "Поправьте второе слово."));
    desk.step();
    let told = boris.only_mail();
    assert!(told.text().contains("одним словом"), "{}", told.text());
    olga.got_nothing();
    let file = desk.data().join("kb/okno/IT-1001.md");
    desk.saves_text("kb/okno/IT-1001.md", RESET);
    boris.writes(&Letter::reply_to(draft, "Да"));
    desk.step();
    desk.looks_at_texts();
    let there = std::fs::read_to_string(&file).unwrap();
    assert_eq!(there, RESET, "nothing is written over");
    let written = std::fs::read_to_string(desk.data().join("kb/okno/IT-1001-2.md")).unwrap();
    assert_eq!(
        written,
        "---\ntitle: Вход\nqueue: it\n---\nПароль меняют в приёмной.\n"
    );
    let history = desk.history(1001);
    for event in ["article_drafted", "article_approved"] {
        assert!(
            history.iter().any(|one| one.starts_with(event)),
            "{history:?}"
        );
    }
    anna.writes(&Letter::reply_to(&card, "#кб приёмная"));
    desk.step();
    let told = anna.inbox().pop().unwrap();
    assert!(
        told.text().contains("Пароль меняют в приёмной"),
        "{}",
        told.text()
    );
    olga.got_nothing();
    boris.inbox();
}

#[test]
fn a_draft_comes_at_once_to_a_head_who_wants_no_list() {
    let desk = desk_with_head();
    let (olga, anna) = people(&desk);
    let boris = desk.person("Борис Ким", "boris@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Вход", "Забыла пароль."));
    desk.step();
    olga.only_mail();
    let card = anna.only_mail();
    boris.writes(&Letter::reply_to(
        &boris.only_mail(),
        "#настройки список нет",
    ));
    desk.step();
    boris.only_mail();
    anna.writes(&Letter::reply_to(
        &card,
        "Пароль меняют в приёмной.\nрешено\nкб",
    ));
    desk.step();
    olga.only_mail();
    let mut drafts = boris.inbox();
    drafts.retain(|mail| mail.text().contains("Пароль меняют в приёмной."));
    let draft = drafts
        .iter()
        .find(|mail| mail.text().contains("предлагает"))
        .expect("a draft");
    // The next morning there is no list, and the draft still waits for him.
    desk.advance(Duration::from_secs(22 * 3600));
    desk.step();
    boris.got_nothing();
    boris.writes(&Letter::reply_to(draft, "опубликовать"));
    desk.step();
    desk.looks_at_texts();
    assert!(desk.data().join("kb/okno/IT-1001.md").exists());
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}
