//! An agent waits, closes, or says that nobody asked anything; tickets are merged and linked.

use std::time::Duration;

use okno::model::ticket::{Exclusion, State, Ticket};

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

/// The university's desk, where the ИТ queue has switched all commands on.
fn university() -> Desk {
    let on = "target = \"8 h\"\ncommands = [\"all\"]";
    Desk::with(&UNIVERSITY.replace("target = \"8 h\"", on))
}

fn people(desk: &Desk) -> [Person<'_>; 3] {
    [
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
        desk.person("Борис Ким", "boris@uni.test"),
    ]
}

const HOUR: Duration = Duration::from_secs(3600);

fn due(ticket: &Ticket) -> Option<String> {
    ticket.next_clock().map(|clock| clock.due_at.to_string())
}

/// Anna's mail to Olga, who was asked something.
fn question(desk: &Desk, card: &Received) -> Received {
    let [olga, anna, _] = people(desk);
    anna.writes(&Letter::reply_to(card, "Какой у вас логин?\nжду"));
    desk.step();
    desk.inbox("boris@uni.test");
    anna.got_nothing();
    olga.only_mail()
}

#[test]
fn while_the_requester_is_asked_time_stands_still() {
    let desk = university();
    let [olga, anna, boris] = people(&desk);
    let (_, card) = desk.asked();
    // Noon of Tuesday and 8 working hours: Wednesday, 11:00 in Moscow.
    assert_eq!(
        due(&desk.ticket(1001)).as_deref(),
        Some("2026-11-18T08:00:00Z")
    );
    desk.advance(2 * HOUR);
    let asked = question(&desk, &card);
    let tag = desk.tag(&desk.ticket(1001));
    insta::assert_snapshot!(asked.text().replace(&tag, "[tag]"));
    let waiting = desk.ticket(1001);
    assert_eq!((waiting.state, due(&waiting)), (State::Pending, None));

    // A day later Olga answers: the six hours that were left go on.
    desk.advance(24 * HOUR);
    olga.writes(&Letter::reply_to(&asked, "o.belova"));
    desk.step();
    let back = desk.ticket(1001);
    assert_eq!(
        (back.state, due(&back).as_deref()),
        (State::Open, Some("2026-11-19T08:00:00Z"))
    );
    let follow_up = anna.only_mail();
    anna.writes(&Letter::reply_to(&follow_up, "#решено Сбросили пароль."));
    desk.step();
    assert!(
        desk.history(1001)
            .contains(&"clock_judged (satisfied_in_time)".to_owned())
    );
    olga.only_mail();
    boris.inbox();
}

#[test]
fn what_is_solved_while_it_waits_is_in_time() {
    let desk = university();
    let [olga, anna, _] = people(&desk);
    let (_, card) = desk.asked();
    question(&desk, &card);
    desk.advance(100 * HOUR);
    anna.writes(&Letter::reply_to(&card, "Нашли сами.\nрешено"));
    desk.step();
    assert!(
        desk.history(1001)
            .contains(&"clock_judged (satisfied_in_time)".to_owned())
    );
    olga.only_mail();
}

#[test]
fn a_question_needs_words() {
    let desk = university();
    let [olga, anna, _] = people(&desk);
    let (_, card) = desk.asked();
    anna.writes(&Letter::reply_to(&card, "жду"));
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::New);
    assert!(anna.only_mail().text().contains("в письме нет вопроса"));
    olga.got_nothing();
}

#[test]
fn a_third_party_is_waited_for_until_a_day_and_time_goes_on() {
    let desk = university();
    let [olga, anna, boris] = people(&desk);
    let (_, card) = desk.asked();
    anna.writes(&Letter::reply_to(&card, "#жду до пятницы поставщика"));
    desk.step();
    boris.only_mail();
    let waiting = desk.ticket(1001);
    assert_eq!(waiting.state, State::OnHold);
    // Friday at nine in Moscow.
    let until = waiting.waits_until.map(|until| until.to_string());
    assert_eq!(until.as_deref(), Some("2026-11-20T06:00:00Z"));
    assert_eq!(due(&waiting).as_deref(), Some("2026-11-18T08:00:00Z"));
    desk.advance(68 * HOUR);
    desk.step();
    anna.got_nothing();
    desk.advance(2 * HOUR);
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::Open);
    let told = anna.only_mail();
    assert!(told.text().contains("День, до которого ждали, настал"));
    olga.got_nothing();
}

#[test]
fn a_day_that_is_past_or_none_changes_nothing() {
    let desk = university();
    let [_, anna, _] = people(&desk);
    let (_, card) = desk.asked();
    for (words, says) in [
        ("#жду до 10.11", "дата уже прошла"),
        ("#жду поставщика", "дата не понята"),
    ] {
        anna.writes(&Letter::reply_to(&card, words));
        desk.step();
        let told = anna.only_mail();
        assert!(told.text().contains(says), "{}", told.text());
    }
    assert_eq!(desk.ticket(1001).state, State::New);
}

#[test]
fn a_ticket_is_closed_without_a_question() {
    let desk = university();
    let [olga, anna, _] = people(&desk);
    let (_, card) = desk.asked();
    anna.writes(&Letter::reply_to(&card, "Сказала по телефону.\nзакрыть"));
    desk.step();
    let told = olga.only_mail();
    assert!(!told.text().contains("да или нет"), "{}", told.text());
    assert_eq!(desk.ticket(1001).state, State::Closed);
    desk.inbox("boris@uni.test");
    // Another word of Olga's opens it again.
    olga.writes(&Letter::reply_to(&told, "Снова не пускает."));
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::Open);
    anna.only_mail();
}

#[test]
fn what_nobody_asked_counts_for_nothing() {
    let desk = university();
    let [olga, anna, boris] = people(&desk);
    let (acknowledged, card) = desk.asked();
    anna.writes(&Letter::reply_to(&card, "спам"));
    desk.step();
    let spam = desk.ticket(1001);
    assert_eq!(
        (spam.state, spam.excluded),
        (State::Closed, Some(Exclusion::Spam))
    );
    olga.writes(&Letter::reply_to(&acknowledged, "Купите слона."));
    desk.step();
    anna.got_nothing();
    boris.inbox();

    // It was a request after all: its time has run since it came.
    anna.writes(&Letter::reply_to(&card, "не спам"));
    desk.step();
    let back = desk.ticket(1001);
    assert_eq!(
        (back.state, due(&back).as_deref()),
        (State::New, Some("2026-11-18T08:00:00Z"))
    );
    boris.inbox();
}

#[test]
fn two_tickets_of_one_matter_go_on_as_one() {
    let desk = university();
    let [olga, anna, boris] = people(&desk);
    let (acknowledged, first) = desk.asked();
    let ivan = desk.person("Иван", "ivan@uni.test");
    ivan.writes(&Letter::to("it@uni.test", "Тоже пароль", "И у меня."));
    desk.step();
    let (_, card) = (ivan.only_mail(), anna.only_mail());
    boris.inbox();
    // What came first goes on: its due time must not begin anew.
    anna.writes(&Letter::reply_to(&first, "#объединить IT-1002"));
    desk.step();
    let told = anna.only_mail();
    let said = "это обращение пришло раньше, чем IT-1002";
    assert!(told.text().contains(said), "{}", told.text());
    assert_eq!(desk.ticket(1001).merged_into, None);
    anna.writes(&Letter::reply_to(&card, "#объединить IT-1001"));
    desk.step();
    assert_eq!(
        desk.ticket(1002).merged_into.map(|into| into.to_string()),
        Some("1001".to_owned())
    );
    anna.got_nothing();
    boris.inbox();
    // Whoever asked in the second hears what is answered in the first.
    olga.writes(&Letter::reply_to(&acknowledged, "Ну что?"));
    desk.step();
    let follow_up = anna.only_mail();
    boris.inbox();
    anna.writes(&Letter::reply_to(&follow_up, "Чиним."));
    desk.step();
    assert_eq!(olga.only_mail().bytes, ivan.only_mail().bytes);
    boris.inbox();
}

#[test]
fn tickets_of_other_queues_are_none_of_an_agents() {
    let desk = university();
    let [olga, anna, boris] = people(&desk);
    let (_, card) = desk.asked();
    let vera = desk.person("Вера", "vera@uni.test");
    olga.writes(&Letter::to("buh@uni.test", "Справка", "Нужна справка."));
    desk.step();
    olga.only_mail();
    vera.only_mail();
    for (words, says) in [
        ("#связать BUH-1002", "такого обращения нет"),
        ("#связать 1001", "это то же самое обращение"),
        ("#merge 4711", "такого обращения нет"),
    ] {
        anna.writes(&Letter::reply_to(&card, words));
        desk.step();
        let told = anna.only_mail();
        assert!(told.text().contains(says), "{words}: {}", told.text());
    }
    boris.inbox();
}

#[test]
fn who_is_waited_for_again_is_waited_for_until_the_new_day() {
    let desk = university();
    let [_, anna, boris] = people(&desk);
    let (_, card) = desk.asked();
    anna.writes(&Letter::reply_to(&card, "#жду до среды поставщика"));
    desk.step();
    anna.writes(&Letter::reply_to(&card, "#жду до пятницы поставщика"));
    desk.step();
    boris.inbox();
    anna.inbox();
    desk.advance(36 * HOUR);
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::OnHold);
    anna.got_nothing();
    desk.advance(48 * HOUR);
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::Open);
    anna.only_mail();
}
