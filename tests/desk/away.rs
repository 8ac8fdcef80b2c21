//! Agents' programs that answer cards without saying what they are, and agents who say that they are away.

use std::time::Duration;

use okno::model::ticket::State;

use super::{
    desk::{Desk, Person},
    letter::{Letter, Received},
};

const DAY: Duration = Duration::from_secs(24 * 3600);

const AWAY: &str =
    "Добрый день! Я в отпуске до 15 декабря.\nПо срочным вопросам обращайтесь к Борису.";

fn people(desk: &Desk) -> [Person<'_>; 3] {
    [
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
        desk.person("Борис", "boris@uni.test"),
    ]
}

/// As programs answer that quote nothing.
fn bare_answer(card: &Received, text: &str) -> Letter {
    let id = card.mail.message_id.as_ref().expect("ours have one");
    Letter::to("it@uni.test", &format!("Re: {}", card.subject()), text)
        .with("In-Reply-To", &format!("<{id}>"))
}

#[test]
fn a_notice_is_no_answer_until_the_agent_says_so() {
    for answer in [bare_answer, Letter::reply_to] {
        for (word, is_sent) in [("да", true), ("нет", false)] {
            let desk = Desk::open();
            let [olga, anna, boris] = people(&desk);
            let (_, card) = desk.asked();
            anna.writes(&answer(&card, AWAY));
            desk.step();
            olga.got_nothing();
            boris.got_nothing();
            let ticket = desk.ticket(1001);
            assert_eq!((ticket.state, ticket.assignee), (State::New, None));
            let letter = anna.only_mail();
            let told = "похоже на автоответ об отсутствии";
            assert!(letter.text().contains(told), "{}", letter.text());
            assert!(letter.subject().contains("Ответьте «да» или «нет»"));

            anna.writes(&Letter::reply_to(&letter, word));
            desk.step();
            if is_sent {
                assert!(
                    olga.only_mail()
                        .text()
                        .contains("Я в отпуске до 15 декабря.")
                );
                assert_eq!(desk.ticket(1001).assignee, Some("anna".into()));
                boris.inbox();
            }
            // It was the agent's own program: nobody has used their name.
            olga.got_nothing();
            desk.person("Администратор", "root@uni.test").got_nothing();
        }
    }
}

#[test]
fn a_person_who_is_away_is_asked_as_well() {
    let desk = Desk::open();
    let [olga, anna, boris] = people(&desk);
    let (_, card) = desk.asked();
    anna.writes(&Letter::reply_to(
        &card,
        "Я в отпуске до 5-го, но Анна Ким поможет",
    ));
    desk.step();
    olga.got_nothing();
    anna.only_mail();
    // Without a word from her it stays inside, and the desk goes on.
    boris.writes(&Letter::to(
        "it@uni.test",
        &format!("Re: {}", card.subject()),
        "взять",
    ));
    desk.step();
    olga.got_nothing();
    desk.inbox("anna@uni.test");
    boris.inbox();
}

#[test]
fn a_notice_that_says_what_it_is_is_filed_and_nobody_is_asked() {
    let desk = Desk::open();
    let [olga, anna, boris] = people(&desk);
    let (_, card) = desk.asked();
    let marked = bare_answer(&card, AWAY).with("Auto-Submitted", "auto-replied");
    anna.writes(&marked);
    desk.step();
    olga.got_nothing();
    anna.got_nothing();
    boris.got_nothing();
    assert_eq!(desk.ticket(1001).state, State::New);
}

#[test]
fn what_answers_the_requester_goes_out_at_once() {
    for words in [
        "Пароль сброшен, проверьте.",
        "Сейчас Анна в отпуске, её заявки веду я. Чем помочь?",
        "Добрый день!\nПароль сброшен.\nБорис.",
        "Принтер больше не работает в сети, заменим завтра.",
        "Завтра меня не будет, приходите в среду.",
        "Out of paper: please add some.",
        "Отпускные придут в пятницу.",
        "Напишите заявление на отпуск, образец приложу.",
        "Отвечу после обеда.",
        "Is the office locked? I am at the door.",
    ] {
        for answer in [bare_answer, Letter::reply_to] {
            let desk = Desk::open();
            let [olga, anna, boris] = people(&desk);
            let (_, card) = desk.asked();
            anna.writes(&answer(&card, words));
            desk.step();
            let first = words.lines().next().unwrap_or_default();
            assert!(olga.only_mail().text().contains(first), "{words}");
            anna.got_nothing();
            boris.inbox();
        }
    }
}

#[test]
fn whoever_commands_is_no_program() {
    let desk = Desk::open();
    let [olga, anna, boris] = people(&desk);
    let (_, card) = desk.asked();
    anna.writes(&bare_answer(&card, "заметка: я в отпуске до 15 декабря"));
    desk.step();
    olga.got_nothing();
    assert!(boris.only_mail().text().contains("я в отпуске"));
    anna.writes(&bare_answer(
        &card,
        "взять\nЯ в командировке до среды, потом займусь.",
    ));
    desk.step();
    assert!(olga.only_mail().text().contains("потом займусь"));
    assert_eq!(desk.ticket(1001).assignee, Some("anna".into()));
    boris.inbox();
    anna.got_nothing();
}

#[test]
fn of_whoever_only_writes_from_an_agents_address_another_question_comes_first() {
    let desk = Desk::open();
    let [olga, anna, boris] = people(&desk);
    let (_, card) = desk.asked();
    anna.writes(&Letter::to("it@uni.test", card.subject(), AWAY));
    desk.step();
    olga.got_nothing();
    let letter = anna.only_mail();
    assert!(
        letter.text().contains("ничто не доказывает"),
        "{}",
        letter.text()
    );
    boris.inbox();
}

#[test]
fn a_program_that_answers_everything_is_asked_once_a_day() {
    let desk = Desk::open();
    let [olga, anna, boris] = people(&desk);
    let mut letters = 0;
    for day in 0..7 {
        for n in 0..3 {
            let subject = format!("Вопрос {day}-{n}");
            olga.writes(&Letter::to(
                "it@uni.test",
                &subject,
                &format!("Как быть с делом {day}-{n}?"),
            ));
            desk.step();
            boris.inbox();
            olga.inbox();
            for _ in 0..3 {
                for mail in anna.inbox() {
                    letters += usize::from(mail.subject().contains("автоответ"));
                    anna.writes(&Letter::reply_to(&mail, AWAY));
                }
                desk.step();
            }
            assert_eq!(anna.inbox().len(), 0, "nothing goes back and forth");
            olga.got_nothing();
        }
        desk.advance(DAY);
        desk.step();
        boris.inbox();
        olga.inbox();
    }
    assert!((1..=8).contains(&letters), "{letters}");
    anna.inbox();
}
