//! Whoever decides for a queue gets one list a day, and answers it by line.

use std::time::Duration;

use okno::model::clock::Outcome;

use super::{
    buttons::button,
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

const HOUR: Duration = Duration::from_secs(3600);

/// Anna and Boris serve ИТ, Darya decides; our own mail server judges. It is Tuesday noon, work ends at six.
fn university() -> Desk {
    promising("8 h")
}

/// The same with so many working hours for a solution.
fn promising(hours: &str) -> Desk {
    let source = UNIVERSITY.replace(
        "target = \"8 h\"",
        &format!("target = \"{hours}\"\ncommands = [\"deadline\", \"class\"]\nhead = \"darya\""),
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

fn people(desk: &Desk) -> [Person<'_>; 3] {
    [
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
        desk.person("Дарья Громова", "darya@uni.test"),
    ]
}

/// Olga asks, and Anna promises Friday.
fn moved(desk: &Desk) -> Received {
    let [olga, anna, darya] = people(desk);
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает."));
    desk.step();
    olga.only_mail();
    let card = anna.only_mail();
    anna.writes(&Letter::reply_to(&card, "#срок 20.11 ждём картридж"));
    desk.step();
    olga.only_mail();
    desk.inbox("boris@uni.test");
    // The first date is Wednesday at eleven: her list of that morning comes in time.
    darya.got_nothing();
    card
}

/// Boris serves ИТ and decides there as well; he wants his list like this. Olga asks, and Anna promises Friday.
fn moved_under_boris(list: &str) -> Desk {
    let source = UNIVERSITY.replace(
        "target = \"8 h\"",
        "target = \"8 h\"\ncommands = [\"all\"]\nhead = \"boris\"",
    );
    let desk = Desk::with(&format!("{source}\n[trust]\nservers = [\"mx.uni.test\"]\n"));
    let [olga, anna, _] = people(&desk);
    let boris = desk.person("Борис Ким", "boris@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает."));
    desk.step();
    let wanted = format!("#настройки список {list}");
    boris.writes(&proven(Letter::reply_to(&boris.only_mail(), &wanted)));
    desk.step();
    boris.inbox();
    let card = anna.only_mail();
    anna.writes(&Letter::reply_to(&card, "#срок 20.11 ждём картридж"));
    desk.step();
    desk.inbox("olga@uni.test");
    desk
}

fn asks_to_decide(mail: &Received) -> bool {
    mail.text().contains("утвердить или отклонить")
}

/// A list in the evening comes too late for a date of that morning: then the head is asked at once.
#[test]
fn another_date_is_asked_for_at_once_where_no_list_comes_before_the_first() {
    for (list, is_asked) in [("17:30", false), ("11:30", true)] {
        // It is Tuesday noon, and the first date is Wednesday at eleven.
        let desk = moved_under_boris(list);
        let mut mails = desk.inbox("boris@uni.test");
        mails.retain(asks_to_decide);
        assert_eq!(!mails.is_empty(), is_asked, "{list}");
    }
}

/// Whoever heads a queue and wants no list is asked what only they can decide, and told of nothing else.
#[test]
fn a_head_without_a_list_still_decides() {
    let desk = moved_under_boris("нет");
    let [olga, anna, _] = people(&desk);
    desk.inbox("boris@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Монитор", "Мигает."));
    desk.step();
    for address in ["olga@uni.test", "anna@uni.test", "boris@uni.test"] {
        desk.inbox(address);
    }
    desk.advance(22 * HOUR);
    desk.step();
    let boris = desk.person("Борис Ким", "boris@uni.test");
    let list = boris.only_mail();
    assert!(list.text().contains("ждём картридж"), "{}", list.text());
    assert!(!list.text().contains("Монитор"), "{}", list.text());
    boris.writes(&proven(Letter::reply_to(&list, "1 утвердить")));
    desk.step();
    assert!(anna.only_mail().text().contains("Перенос срока утверждён"));
    desk.inbox("boris@uni.test");
}

/// Darya's list of the next morning.
fn list(desk: &Desk) -> Received {
    desk.advance(22 * HOUR);
    desk.step();
    let [_, _, darya] = people(desk);
    darya.only_mail()
}

fn solved_on_thursday(desk: &Desk, card: &Received) -> Option<Outcome> {
    let [olga, anna, _] = people(desk);
    desk.advance(24 * HOUR);
    desk.step();
    anna.inbox();
    anna.writes(&Letter::reply_to(card, "решено"));
    desk.step();
    olga.only_mail();
    desk.inbox("boris@uni.test");
    desk.inbox("darya@uni.test");
    desk.ticket(1001).clocks[0].outcome
}

#[test]
fn another_date_counts_only_where_the_head_says_so() {
    for (word, outcome, told) in [
        ("1 утвердить", Outcome::Met, "Перенос срока утверждён"),
        ("1 отклонить", Outcome::Breached, "не утверждён"),
    ] {
        let desk = university();
        let [_, anna, darya] = people(&desk);
        let card = moved(&desk);
        let list = list(&desk);
        if word.contains("утвердить") {
            insta::assert_snapshot!("list", list.text());
        }
        darya.writes(&proven(Letter::reply_to(&list, word)));
        desk.step();
        darya.got_nothing();
        let heard = anna.only_mail();
        assert!(heard.text().contains(told), "{}", heard.text());
        assert_eq!(solved_on_thursday(&desk, &card), Some(outcome), "{word}");
    }
}

#[test]
fn what_is_over_is_not_asked_again() {
    let desk = university();
    let card = moved(&desk);
    list(&desk);
    let [olga, anna, darya] = people(&desk);
    anna.writes(&Letter::reply_to(&card, "решено"));
    desk.step();
    olga.only_mail();
    desk.advance(24 * HOUR);
    desk.step();
    darya.got_nothing();
    desk.inbox("boris@uni.test");
}

#[test]
fn only_the_head_decides_and_only_where_it_is_proven() {
    let desk = university();
    let [_, anna, darya] = people(&desk);
    let card = moved(&desk);
    let decided = |desk: &Desk| {
        let history = desk.history(1001);
        history
            .iter()
            .any(|event| event.starts_with("deadline_decided"))
    };
    anna.writes(&proven(Letter::reply_to(&card, "утвердить")));
    desk.step();
    assert!(!decided(&desk));
    anna.only_mail();
    // The list was sent to her alone; what people are paid by needs more.
    let list = list(&desk);
    darya.writes(&Letter::reply_to(&list, "1 утвердить"));
    desk.step();
    assert!(!decided(&desk));
    assert_eq!(darya.inbox().len(), 1, "she is told");
    darya.writes(&proven(Letter::reply_to(&list, "1 утвердить")));
    desk.step();
    assert!(decided(&desk));
    anna.inbox();
    desk.inbox("boris@uni.test");
    desk.inbox("olga@uni.test");
}

#[test]
fn a_low_rating_is_in_the_next_list_once() {
    let desk = university();
    let [olga, anna, darya] = people(&desk);
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает."));
    desk.step();
    olga.only_mail();
    anna.writes(&Letter::reply_to(&anna.only_mail(), "решено"));
    desk.step();
    olga.writes(&Letter::reply_to(&olga.only_mail(), "1\nЖдала неделю."));
    desk.step();
    anna.inbox();
    desk.inbox("boris@uni.test");
    let first = list(&desk);
    assert!(
        first.text().contains("оценка 1. «Ждала неделю.»"),
        "{}",
        first.text()
    );
    desk.advance(24 * HOUR);
    desk.step();
    darya.got_nothing();
}

#[test]
fn a_date_that_is_near_is_asked_about_at_once_and_one_word_or_a_tap_decides() {
    for by_button in [false, true] {
        // What is promised by four in the afternoon no list comes before.
        let desk = promising("4 h");
        let [olga, anna, darya] = people(&desk);
        olga.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает."));
        desk.step();
        olga.only_mail();
        anna.writes(&Letter::reply_to(
            &anna.only_mail(),
            "#срок 20.11 ждём картридж",
        ));
        desk.step();
        olga.only_mail();
        let asked = darya.only_mail();
        if !by_button {
            insta::assert_snapshot!("moved_at_once", asked.text());
        }
        let answer = match by_button {
            false => Letter::reply_to(&asked, "утвердить"),
            true => Letter::to("it@uni.test", &button(&asked, "утвердить").0, ""),
        };
        // Figures that people are paid by need a proven author, a tap or not.
        darya.writes(&answer);
        desk.step();
        assert!(!desk.history(1001).join(" ").contains("deadline_decided"));
        assert_eq!(darya.inbox().len(), 1, "she is told");
        darya.writes(&proven(answer));
        desk.step();
        assert!(desk.history(1001).join(" ").contains("deadline_decided"));
        anna.only_mail();
        desk.inbox("boris@uni.test");
        desk.inbox("darya@uni.test");
        desk.advance(22 * HOUR);
        desk.step();
        darya.got_nothing();
        desk.inbox("anna@uni.test");
        desk.inbox("boris@uni.test");
    }
}

#[test]
fn an_emergency_is_written_of_at_once_once_and_not_to_who_said_so() {
    let desk = university();
    let [olga, anna, darya] = people(&desk);
    olga.writes(&Letter::to("it@uni.test", "Сервер", "Всё стоит."));
    desk.step();
    olga.only_mail();
    let card = anna.only_mail();
    darya.got_nothing();
    anna.writes(&Letter::reply_to(&card, "#класс экстренное"));
    desk.step();
    let told = darya.only_mail();
    assert_eq!(told.header("Importance").as_deref(), Some("high"));
    assert_eq!(told.header("X-Okno-Event").as_deref(), Some("head"));
    insta::assert_snapshot!("emergency", told.text());
    anna.writes(&Letter::reply_to(&card, "#приоритет высокий"));
    anna.writes(&Letter::reply_to(&card, "#класс экстренное"));
    desk.step();
    darya.got_nothing();
    anna.inbox();
    // One tap of hers, and it is hers.
    darya.writes(&Letter::to("it@uni.test", &button(&told, "взять").0, ""));
    desk.step();
    assert_eq!(desk.ticket(1001).assignee, Some("darya".into()));
    // What has stopped being one may become one again.
    anna.writes(&Letter::reply_to(&card, "#класс стандартное ошибся"));
    desk.step();
    anna.writes(&Letter::reply_to(&card, "#класс экстренное"));
    desk.step();
    darya.only_mail();
    darya.writes(&Letter::reply_to(&told, "#класс стандартное поправили"));
    darya.writes(&Letter::reply_to(&told, "#класс экстренное"));
    desk.step();
    darya.got_nothing();
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
    desk.inbox("olga@uni.test");
}

#[test]
fn a_line_of_the_list_is_decided_with_a_tap() {
    let desk = university();
    moved(&desk);
    let [_, anna, darya] = people(&desk);
    let list = list(&desk);
    let (subject, _) = button(&list, "отклонить");
    darya.writes(&proven(Letter::to("it@uni.test", &subject, "")));
    desk.step();
    assert!(desk.history(1001).join(" ").contains("deadline_decided"));
    let heard = anna.only_mail();
    assert!(heard.text().contains("не утверждён"), "{}", heard.text());
    desk.inbox("boris@uni.test");
}
