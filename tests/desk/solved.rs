//! After the resolution: confirm, return, rate, thank, come back late.

use std::time::Duration;

use okno::model::ticket::State;

use super::{
    buttons::button,
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

const DAY: Duration = Duration::from_secs(24 * 3600);

/// One ticket of Olga's, solved: the mail that says so.
fn solved(desk: &Desk, subject: &str) -> Received {
    let (olga, anna) = people(desk);
    olga.writes(&Letter::to("it@uni.test", subject, "Не работает."));
    desk.step();
    let _acknowledgement = olga.only_mail();
    desk.inbox("boris@uni.test");
    anna.writes(&Letter::reply_to(
        &anna.only_mail(),
        "Заменили картридж.\nрешено",
    ));
    desk.step();
    desk.inbox("boris@uni.test");
    olga.only_mail()
}

fn people(desk: &Desk) -> (Person<'_>, Person<'_>) {
    (
        desk.person("Ольга Белова", "olga@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
    )
}

/// The events of that kind in a ticket's history.
fn events(desk: &Desk, number: i64, kind: &str) -> Vec<String> {
    let mut history = desk.history(number);
    history.retain(|event| event.starts_with(kind));
    history
}

#[test]
fn a_whole_case_is_two_automatic_mails_to_the_requester() {
    let desk = Desk::open();
    let (olga, anna) = people(&desk);
    desk.keeps_everything();
    let resolution = solved(&desk, "Принтер");
    olga.writes(&Letter::reply_to(&resolution, "5"));
    desk.step();
    desk.advance(60 * DAY);
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::Closed);
    anna.got_nothing();
    let everything = desk.everything();
    let hers: Vec<&Received> = everything
        .iter()
        .filter(|mail| mail.recipient == "olga@uni.test")
        .collect();
    let subjects: Vec<&str> = hers.iter().map(|mail| mail.subject()).collect();
    assert_eq!(
        hers.len(),
        2,
        "acknowledgement and resolution: {subjects:?}"
    );
    let automatic = hers
        .iter()
        .filter(|mail| mail.header("Auto-Submitted").is_some());
    assert_eq!(automatic.count(), 1, "the resolution bears Anna's words");
}

#[test]
fn a_digit_may_have_a_comment_the_last_one_counts_and_after_two_weeks_none() {
    let desk = Desk::open();
    let (olga, anna) = people(&desk);
    let resolution = solved(&desk, "Принтер");
    olga.writes(&Letter::reply_to(&resolution, "4\nно ждать пришлось долго"));
    desk.step();
    let ticket = desk.ticket(1001);
    assert_eq!((ticket.state, ticket.rating), (State::Closed, Some(4)));
    let told = anna.only_mail();
    assert!(
        told.text().contains("но ждать пришлось долго"),
        "{}",
        told.text()
    );
    assert!(told.text().contains("Оценка: 4 из 5"), "{}", told.text());

    desk.advance(13 * DAY);
    olga.writes(&Letter::reply_to(&resolution, "1"));
    desk.step();
    let ticket = desk.ticket(1001);
    assert_eq!((ticket.state, ticket.rating), (State::Closed, Some(1)));
    assert!(anna.only_mail().text().contains("низкой оценкой"));

    desk.advance(2 * DAY);
    olga.writes(&Letter::reply_to(&resolution, "5"));
    desk.step();
    let ticket = desk.ticket(1001);
    assert_eq!((ticket.state, ticket.rating), (State::Closed, Some(1)));
    assert_eq!(
        events(&desk, 1001, "command_refused"),
        ["command_refused (rating_locked)"]
    );
    anna.got_nothing();
    olga.got_nothing();
}

#[test]
fn thanks_reopen_nothing_and_a_digit_with_a_question_is_no_rating() {
    let desk = Desk::open();
    let (olga, anna) = people(&desk);
    let resolution = solved(&desk, "Принтер");
    olga.writes(&Letter::reply_to(&resolution, "Спасибо!"));
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::Closed);
    for late in ["Спасибо большое!", "да"] {
        desk.advance(DAY);
        olga.writes(&Letter::reply_to(&resolution, late));
        desk.step();
        let ticket = desk.ticket(1001);
        assert_eq!(
            (ticket.state, ticket.reopened),
            (State::Closed, 0),
            "{late}"
        );
        anna.got_nothing();
    }
    olga.writes(&Letter::reply_to(&resolution, "2\nА второй когда?"));
    desk.step();
    let ticket = desk.ticket(1001);
    assert_eq!((ticket.state, ticket.rating), (State::Open, None));
    assert!(anna.only_mail().text().contains("А второй когда?"));
    olga.got_nothing();
}

#[test]
fn a_late_answer_opens_a_new_ticket_that_says_what_it_continues() {
    let source = UNIVERSITY.replace("target = \"8 h\"", "target = \"8 h\"\nreopen_days = 10");
    let desk = Desk::with(&source);
    let (olga, anna) = people(&desk);
    let resolution = solved(&desk, "Принтер");
    olga.writes(&Letter::reply_to(&resolution, "да"));
    desk.step();

    desk.advance(11 * DAY);
    for content in ["Спасибо!", "5"] {
        olga.writes(&Letter::reply_to(&resolution, content));
        desk.step();
        assert_eq!(
            (desk.tickets(), desk.ticket(1001).state),
            (1, State::Closed)
        );
    }
    olga.got_nothing();

    olga.writes(&Letter::reply_to(&resolution, "Опять не печатает."));
    desk.step();
    assert_eq!(
        (desk.tickets(), desk.ticket(1001).state),
        (2, State::Closed)
    );
    assert_eq!(desk.ticket(1002).continues, Some(desk.ticket(1001).number));
    assert_eq!(
        events(&desk, 1002, "continues"),
        ["continues (closed_long_ago)"]
    );
    let acknowledged = olga.only_mail();
    assert!(
        acknowledged
            .text()
            .contains("Обращение IT-1001, на которое вы ответили, давно закрыто"),
        "{}",
        acknowledged.text()
    );
    let card = anna.only_mail();
    assert!(
        card.text().contains("Продолжение обращения IT-1001"),
        "{}",
        card.text()
    );
    desk.inbox("boris@uni.test");
}

#[test]
fn a_stranger_with_an_old_tag_continues_nothing() {
    let desk = Desk::open();
    let (olga, ivan) = (people(&desk).0, desk.person("Иван", "ivan@else.test"));
    let resolution = solved(&desk, "Принтер");
    olga.writes(&Letter::reply_to(&resolution, "да"));
    desk.step();
    desk.advance(40 * DAY);
    ivan.writes(&Letter::to(
        "it@uni.test",
        resolution.subject(),
        "И у меня.",
    ));
    desk.step();
    assert_eq!(desk.ticket(1002).continues, None);
    assert!(!ivan.only_mail().text().contains("1001"));
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

#[test]
fn nobody_is_asked_to_rate_more_than_once_a_week() {
    let desk = Desk::open();
    let (olga, anna) = people(&desk);
    let asks = |mail: &Received| mail.text().contains("5, 4, 3, 2 или 1");
    let first = solved(&desk, "Принтер");
    assert!(asks(&first), "{}", first.text());
    desk.advance(DAY);
    let second = solved(&desk, "Сеть");
    assert!(!asks(&second), "{}", second.text());
    assert!(second.text().contains("да — вопрос решён"));

    // What was not solved after all is asked about again, and so is the next week's.
    olga.writes(&Letter::reply_to(&first, "нет"));
    desk.step();
    anna.writes(&Letter::reply_to(
        &anna.only_mail(),
        "Теперь заменили и барабан.\nрешено",
    ));
    desk.step();
    desk.inbox("boris@uni.test");
    let again = olga.only_mail();
    assert!(asks(&again), "{}", again.text());
    desk.advance(8 * DAY);
    let third = solved(&desk, "Почта");
    assert!(asks(&third), "{}", third.text());
}

#[test]
fn a_number_under_somebodys_name_neither_rates_nor_closes() {
    for subject in ["IT-1001", "Re: tag"] {
        for word in ["5", "да", "спасибо", "1"] {
            let desk = Desk::open();
            let (olga, anna) = people(&desk);
            let resolution = solved(&desk, "Принтер");
            // Whoever saw the number or the tag somewhere can write it under Olga's name.
            let tag = resolution.subject().replace(" Принтер", "");
            let subject = subject.replace("Re: tag", &tag);
            olga.writes(&Letter::to("it@uni.test", &subject, word));
            desk.step();
            let ticket = desk.ticket(1001);
            assert_eq!(ticket.rating, None, "{subject} {word}");
            assert_ne!(ticket.state, State::Closed, "{subject} {word}");
            if word == "1" {
                // A complaint is read by somebody, whoever wrote it.
                assert!(anna.only_mail().text().contains('1'), "{subject}");
                desk.inbox("boris@uni.test");
            } else {
                assert_eq!(ticket.state, State::Resolved, "{subject} {word}");
                anna.got_nothing();
            }
            olga.got_nothing();
        }
    }
}

#[test]
fn one_tap_confirms_returns_or_rates_and_a_few_words_may_stand_below() {
    for (word, text, state, rating) in [
        ("да", "да", State::Closed, None),
        ("нет", "", State::Open, None),
        ("5", "5", State::Closed, Some(5)),
        ("4", "4\nСпасибо, быстро.", State::Closed, Some(4)),
        ("3", "3\n\nОтправлено с iPhone", State::Closed, Some(3)),
    ] {
        let desk = Desk::open();
        let (olga, anna) = people(&desk);
        let resolution = solved(&desk, "Принтер");
        let (subject, body) = button(&resolution, &format!(" {word}"));
        assert_eq!(body, word);
        olga.writes(&Letter::to("it@uni.test", &subject, text));
        desk.step();
        let ticket = desk.ticket(1001);
        assert_eq!((ticket.state, ticket.rating), (state, rating), "{word}");
        olga.got_nothing();
        if word == "4" {
            assert!(anna.only_mail().text().contains("Спасибо, быстро."));
        }
        anna.inbox();
        desk.inbox("boris@uni.test");
    }
}

#[test]
fn the_buttons_of_a_resolution_are_the_requesters_also_where_others_read_along() {
    let desk = Desk::open();
    let (olga, anna) = people(&desk);
    let ivan = desk.person("Иван", "ivan@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Стенд", "Не горит.").with("Cc", "ivan@uni.test"));
    desk.step();
    olga.only_mail();
    anna.writes(&Letter::reply_to(&anna.only_mail(), "решено"));
    desk.step();
    let hers = olga.only_mail();
    ivan.only_mail();
    let (subject, body) = button(&hers, " 1");
    ivan.writes(&Letter::to("it@uni.test", &subject, &body));
    desk.step();
    assert_eq!(desk.ticket(1001).rating, None);
    anna.inbox();
    olga.inbox();
    ivan.inbox();
    desk.inbox("boris@uni.test");
}

#[test]
fn an_agent_who_writes_under_the_requesters_name_rates_nothing() {
    let desk = Desk::open();
    let (olga, anna) = people(&desk);
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Не работает."));
    desk.step();
    olga.only_mail();
    let card = anna.only_mail();
    anna.writes(&Letter::reply_to(&card, "решено"));
    desk.step();
    olga.only_mail();
    // The ids that cards bear are no mail of Olga's.
    let root = card.header("References").expect("a root");
    let forged = Letter::to("it@uni.test", "Re: Принтер", "5").with("In-Reply-To", root.trim());
    olga.writes(&forged);
    desk.step();
    assert_eq!(desk.ticket(1001).rating, None);
    assert_eq!(desk.ticket(1001).state, State::Resolved);
    anna.inbox();
    desk.inbox("boris@uni.test");
    olga.inbox();
}
