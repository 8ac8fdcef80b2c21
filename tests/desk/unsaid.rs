//! «отменить» beside tickets: what an agent has said of themselves last, and what became of a draft article.

use std::time::Duration;

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
    splitting::read_all,
};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

/// Boris decides for ИТ, where everything is on; there is a knowledge base, and our own mail server judges.
fn university() -> Desk {
    let on = "target = \"8 h\"\ncommands = [\"all\"]\nhead = \"boris\"";
    let source = UNIVERSITY.replace("target = \"8 h\"", on);
    let desk = Desk::closed(&format!(
        "knowledge = \"DATA/kb\"\n{source}\n[trust]\nservers = [\"mx.uni.test\"]\n"
    ));
    desk.saves_text_unseen(
        "kb/a.md",
        "---\ntitle: Сеть\nwords: сеть\n---\nПерезагрузите.\n",
    );
    desk.start(okno::store::Faults::none());
    desk
}

fn proven(letter: Letter) -> Letter {
    let results = "mx.uni.test; dmarc=pass header.from=uni.test";
    letter.with("Authentication-Results", results)
}

fn anna(desk: &Desk) -> Person<'_> {
    desk.person("Анна Петрова", "anna@uni.test")
}

/// Anna writes a mail of its own, or answers one; what she is told.
fn says(desk: &Desk, to: Option<&Received>, words: &str) -> Received {
    let letter = match to {
        Some(mail) => Letter::reply_to(mail, words),
        None => Letter::to("it@uni.test", "", words),
    };
    anna(desk).writes(&proven(letter));
    desk.step();
    desk.advance(MINUTE);
    let told = anna(desk).inbox().pop().expect("a word");
    read_all(desk);
    told
}

/// A card that Anna has: Olga asks.
fn card(desk: &Desk) -> Received {
    desk.person("Ольга", "olga@uni.test").writes(&Letter::to(
        "it@uni.test",
        "Вход",
        "Забыла пароль.",
    ));
    desk.step();
    let card = anna(desk).only_mail();
    read_all(desk);
    card
}

fn heard_of(desk: &Desk) -> Vec<String> {
    (1..=6)
        .flat_map(|person| desk.stream("person", &person.to_string()))
        .map(|one| one.trim().to_owned())
        .filter(|one| one.starts_with("absence") || one.starts_with("preferred"))
        .collect()
}

#[test]
fn an_absence_said_by_mistake_is_over() {
    let desk = university();
    card(&desk);
    let told = says(&desk, None, "#отсутствую до 20.11");
    assert!(
        told.text().contains("Отсутствие записано"),
        "{}",
        told.text()
    );
    let told = says(&desk, Some(&told), "отменить");
    assert!(
        told.text().contains("Отсутствие отменено"),
        "{}",
        told.text()
    );
    assert_eq!(
        heard_of(&desk),
        [
            "absence_announced (agent_command)",
            "absence_ended (taken_back)"
        ]
    );
    // She is asked like everybody, and the word was no request.
    assert_eq!(desk.tickets(), 1);
    card(&desk);
    // Being back is taken back as well.
    says(&desk, None, "#отсутствую до 20.11");
    says(&desk, None, "вернулась");
    let told = says(&desk, None, "отменить");
    // The 20th is a Friday, and the last day.
    let back = "Вернётесь в понедельник, 23 ноября";
    assert!(told.text().contains(back), "{}", told.text());
    desk.person("Ольга", "olga@uni.test")
        .writes(&Letter::to("it@uni.test", "Сканер", "Сломан."));
    desk.step();
    anna(&desk).got_nothing();
    read_all(&desk);
}

#[test]
fn settings_stand_as_before_and_nothing_is_nothing() {
    let desk = university();
    card(&desk);
    let told = says(&desk, None, "отменить");
    assert!(told.text().contains("Отменять нечего"), "{}", told.text());
    let before = says(&desk, None, "#настройки");
    says(&desk, None, "#настройки отчёты всегда");
    let after = says(&desk, None, "отменить");
    assert_eq!(before.text(), after.text());
    let told = says(&desk, None, "undo");
    assert!(told.text().contains("вернулся"), "{}", told.text());
    assert_eq!(
        heard_of(&desk),
        ["preferred (agent_command)", "preferred (taken_back)"]
    );
    assert_eq!(desk.tickets(), 1);
}

#[test]
fn in_a_ticket_the_last_word_is_taken_back_whatever_it_was_about() {
    let desk = university();
    let card = card(&desk);
    anna(&desk).writes(&Letter::reply_to(&card, "взять"));
    desk.step();
    desk.advance(MINUTE);
    read_all(&desk);
    says(&desk, Some(&card), "#отсутствую с 1.12 по 5.12");
    says(&desk, Some(&card), "отменить");
    assert_eq!(desk.ticket(1001).assignee, Some("anna".into()));
    assert_eq!(
        heard_of(&desk).last().unwrap(),
        "absence_ended (taken_back)"
    );
    // What came before it is next.
    says(&desk, Some(&card), "отменить");
    assert_eq!(desk.ticket(1001).assignee, None);
    // What was said in one mail is taken back together.
    says(&desk, Some(&card), "взять\n#настройки отчёты всегда");
    let told = says(&desk, Some(&card), "отменить");
    assert_eq!(desk.ticket(1001).assignee, None);
    assert_eq!(heard_of(&desk).last().unwrap(), "preferred (taken_back)");
    for says in [
        "Исполнитель: никто",
        "Как okno вам пишет: как до этого письма",
    ] {
        assert!(told.text().contains(says), "{}", told.text());
    }
}

#[test]
fn all_that_one_mail_said_of_her_is_taken_back() {
    let desk = university();
    card(&desk);
    says(
        &desk,
        None,
        "#отсутствую до 20.11\n#настройки отчёты всегда\n#настройки список нет",
    );
    let letter = Letter::to("it@uni.test", "", "отменить");
    anna(&desk).writes(&proven(letter));
    desk.step();
    let told = anna(&desk).inbox();
    let told: Vec<&str> = told.iter().map(|mail| mail.text()).collect();
    let told = told.join("\n");
    for says in [
        "только если что-то не выполнено",
        "когда его присылает очередь",
        "Отсутствие отменено",
    ] {
        assert!(told.contains(says), "{told}");
    }
    assert_eq!(
        heard_of(&desk),
        [
            "absence_announced (agent_command)",
            "preferred (agent_command)",
            "preferred (agent_command)",
            "preferred (taken_back)",
            "absence_ended (taken_back)",
        ]
    );
}

#[test]
fn where_not_all_of_a_mail_can_be_taken_back_nothing_is() {
    let desk = university();
    let card = card(&desk);
    let boris = desk.person("Борис Ким", "boris@uni.test");
    says(&desk, Some(&card), "взять\n#отсутствую с 1.12 по 5.12");
    let word = "#назначить boris";
    boris.writes(&proven(Letter::reply_to(&card, word)));
    desk.step();
    desk.advance(MINUTE);
    read_all(&desk);
    let told = says(&desk, Some(&card), "отменить");
    assert!(
        told.text().contains("сменился исполнитель"),
        "{}",
        told.text()
    );
    assert_eq!(heard_of(&desk), ["absence_announced (agent_command)"]);
    // In a mail of its own it can.
    says(&desk, None, "отменить");
    assert_eq!(
        heard_of(&desk).last().unwrap(),
        "absence_ended (taken_back)"
    );
}

#[test]
fn a_draft_is_withdrawn_or_waits_again_and_an_article_stays() {
    let desk = university();
    let card = card(&desk);
    let boris = desk.person("Борис Ким", "boris@uni.test");
    let proposes = || {
        anna(&desk).writes(&Letter::reply_to(
            &card,
            "Пароль меняют в приёмной.\nрешено\nкб",
        ));
        desk.decide();
    };
    proposes();
    assert!(desk.ticket(1001).article.is_some());
    says(&desk, Some(&card), "отменить");
    assert!(desk.ticket(1001).article.is_none());
    proposes();
    desk.step();
    read_all(&desk);
    let morning = || {
        desk.advance(23 * HOUR);
        desk.step();
        let list = boris.inbox().pop();
        read_all(&desk);
        list
    };
    let list = morning().expect("a draft to decide on");
    let line = |list: &Received, words: &str| {
        boris.writes(&proven(Letter::reply_to(list, words)));
        desk.step();
        desk.advance(MINUTE);
        let told = boris.inbox().pop();
        read_all(&desk);
        told
    };
    line(&list, "1 не публиковать");
    assert!(desk.ticket(1001).article.is_none());
    let told = line(&list, "1 отменить").expect("a word");
    assert!(
        told.text().contains("снова ждёт решения"),
        "{}",
        told.text()
    );
    assert!(desk.ticket(1001).article.is_some());
    let list = morning().expect("it is to be decided again");
    let words = "Пароль меняют в приёмной.";
    assert!(list.text().contains(words), "{}", list.text());
    line(&list, "1 опубликовать");
    let told = line(&list, "1 отменить").expect("a word");
    assert!(told.text().contains("уже стала файлом"), "{}", told.text());
    desk.looks_at_texts();
    assert!(desk.data().join("kb/okno/IT-1001.md").exists());
    read_all(&desk);
}

#[test]
fn a_word_about_a_draft_that_is_gone_goes_to_nobody_and_one_that_is_back_is_asked_about_at_once() {
    let desk = university();
    let card = card(&desk);
    let (olga, boris) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Борис Ким", "boris@uni.test"),
    );
    let says = |to: &Received, words: &str| {
        boris.writes(&proven(Letter::reply_to(to, words)));
        desk.step();
        desk.advance(MINUTE);
        boris.inbox()
    };
    says(&card, "#настройки статьи сразу");
    anna(&desk).writes(&Letter::reply_to(&card, "Меняют в приёмной.\nрешено\nкб"));
    desk.step();
    desk.advance(MINUTE);
    let is_draft =
        |mail: &Received| mail.header("X-Okno-Event").as_deref() == Some("article_draft");
    let letter = boris.inbox().into_iter().find(is_draft).expect("a draft");
    read_all(&desk);
    let told = says(&letter, "нет");
    assert!(told.is_empty() && desk.ticket(1001).article.is_none());
    // He has thought better of it: he is asked again, with the words.
    let told = says(&card, "отменить");
    let again = told.into_iter().find(is_draft).expect("the draft again");
    assert!(
        again.text().contains("Меняют в приёмной."),
        "{}",
        again.text()
    );
    assert!(desk.ticket(1001).article.is_some());
    olga.inbox();
    // What he was asked before is no question any more; what he says of it is told to him alone.
    for (draft, word) in [(&letter, "да"), (&letter, "Нет, не надо.")] {
        let told = says(draft, word);
        let told = told.first().map_or("", Received::text);
        assert!(told.contains("решать больше нечего"), "{word}: {told}");
        olga.got_nothing();
    }
    assert!(desk.ticket(1001).article.is_some());
    says(&again, "да");
    assert!(desk.ticket(1001).article.is_none());
    let told = says(&again, "да");
    assert!(told[0].text().contains("решать больше нечего"));
    olga.got_nothing();
    read_all(&desk);
}
