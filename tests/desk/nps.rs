//! Whether somebody would recommend us: asked of a few, once a quarter, of nothing that is not solved.

use std::time::Duration;

use okno::{clock::Clock, desk::kpi::figure, model::ticket::State, store::Faults};

use super::{
    buttons::button,
    desk::{Desk, Person, UNIVERSITY},
    figures::are_counted_twice,
    letter::{Letter, Received},
};

const DAY: Duration = Duration::from_secs(24 * 3600);

/// Everybody is asked.
fn everybody_is_asked() -> String {
    UNIVERSITY.replace("target = \"8 h\"", "target = \"8 h\"\nnps = 100")
}

fn university() -> Desk {
    Desk::with(&everybody_is_asked())
}

fn people(desk: &Desk) -> (Person<'_>, Person<'_>) {
    (
        desk.person("Ольга Белова", "olga@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
    )
}

/// A request of Olga's, solved and confirmed: what she was told.
fn solved(desk: &Desk, subject: &str, word: &str) -> Received {
    let (olga, anna) = people(desk);
    olga.writes(&Letter::to("it@uni.test", subject, "Не работает."));
    desk.step();
    olga.only_mail();
    anna.writes(&Letter::reply_to(&anna.only_mail(), "Починили.\nрешено"));
    desk.step();
    let resolution = olga.only_mail();
    olga.writes(&Letter::reply_to(&resolution, word));
    desk.step();
    desk.inbox("boris@uni.test");
    desk.inbox("anna@uni.test");
    resolution
}

/// Days pass until she has mail, at most so many: how many it took.
fn days_until_mail(desk: &Desk, most: u32) -> Option<(u32, Received)> {
    let (olga, _) = people(desk);
    for day in 1..=most {
        desk.advance(DAY);
        desk.step();
        if let Some(mail) = olga.inbox().pop() {
            return Some((day, mail));
        }
    }
    None
}

fn scores(desk: &Desk, number: i64) -> usize {
    let history = desk.history(number);
    let is_score = |event: &&String| event.starts_with("nps_answered");
    history.iter().filter(is_score).count()
}

#[test]
fn a_requester_is_asked_once_a_quarter_and_answers_with_a_number_or_a_tap() {
    let desk = university();
    let (olga, anna) = people(&desk);
    solved(&desk, "Принтер", "5");
    let (days, asked) = days_until_mail(&desk, 40).expect("she is asked");
    // One to three weeks after, as the configuration says.
    assert!((8..=21).contains(&days), "{days}");
    insta::assert_snapshot!(
        "asked",
        asked.text().replace(&desk.tag(&desk.ticket(1001)), "[tag]")
    );
    assert_eq!(asked.header("X-Okno-Event").as_deref(), Some("nps"));
    olga.writes(&Letter::reply_to(&asked, "9"));
    desk.step();
    let ticket = desk.ticket(1001);
    assert_eq!((ticket.state, ticket.rating), (State::Closed, Some(5)));
    assert_eq!(ticket.nps.and_then(|nps| nps.score), Some(9));
    anna.got_nothing();
    // «5» is no rating here, and a tap says as much; the last one counts.
    let (subject, _) = button(&asked, "3");
    olga.writes(&Letter::to("it@uni.test", &subject, ""));
    desk.step();
    let ticket = desk.ticket(1001);
    assert_eq!((ticket.state, ticket.rating), (State::Closed, Some(5)));
    assert_eq!(ticket.nps.and_then(|nps| nps.score), Some(3));
    // Words with it are read by people, and open nothing.
    olga.writes(&Letter::reply_to(&asked, "6\nДолго ждали."));
    desk.step();
    let told = anna.only_mail();
    assert!(told.text().contains("Долго ждали."), "{}", told.text());
    assert_eq!(desk.ticket(1001).state, State::Closed);
    assert_eq!(scores(&desk, 1001), 3);
    // After two weeks it stands.
    desk.advance(15 * DAY);
    olga.writes(&Letter::reply_to(&asked, "10"));
    desk.step();
    assert_eq!(desk.ticket(1001).nps.and_then(|nps| nps.score), Some(6));
    assert_eq!(desk.tickets(), 1);
    desk.inbox("boris@uni.test");
    olga.got_nothing();
}

#[test]
fn nobody_is_asked_twice_a_quarter_or_in_the_week_of_another_question() {
    let desk = university();
    let (olga, _) = people(&desk);
    solved(&desk, "Принтер", "5");
    desk.advance(6 * DAY);
    let second = solved(&desk, "Сканер", "да");
    assert!(
        !second.text().contains("5, 4, 3, 2"),
        "a second rating within a week: {}",
        second.text()
    );
    let (_, asked) = days_until_mail(&desk, 40).expect("she is asked");
    assert!(
        asked.text().contains("от 0") || asked.text().contains("От 0"),
        "{}",
        asked.text()
    );
    // The rating of the same week is not asked for.
    desk.advance(DAY);
    let third = solved(&desk, "Монитор", "да");
    assert!(!third.text().contains("5, 4, 3, 2"), "{}", third.text());
    let again = days_until_mail(&desk, 25);
    assert!(again.is_none(), "not again this quarter");
    olga.got_nothing();
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

#[test]
fn nothing_is_asked_while_something_is_not_solved_and_nothing_of_what_nobody_worked_on() {
    let desk = university();
    let (olga, anna) = people(&desk);
    solved(&desk, "Принтер", "да");
    olga.writes(&Letter::to("it@uni.test", "Сканер", "Не работает."));
    desk.step();
    olga.only_mail();
    let card = anna.only_mail();
    assert!(
        days_until_mail(&desk, 30).is_none(),
        "the scanner is not solved"
    );
    anna.inbox();
    anna.writes(&Letter::reply_to(&card, "Починили.\nрешено"));
    desk.step();
    let resolution = olga.only_mail();
    olga.writes(&Letter::reply_to(&resolution, "да"));
    desk.step();
    let (_, asked) = days_until_mail(&desk, 40).expect("now she is asked");
    assert!(asked.text().contains("Посоветуете"), "{}", asked.text());
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

#[test]
fn nobody_else_answers_and_where_it_is_off_nobody_is_asked() {
    let desk = university();
    solved(&desk, "Принтер", "да");
    let (_, asked) = days_until_mail(&desk, 40).expect("she is asked");
    let (subject, _) = button(&asked, "10");
    let mallory = desk.person("M", "m@evil.example");
    mallory.writes(&Letter::to("it@uni.test", &subject, ""));
    mallory.writes(&Letter::reply_to(&asked, "0"));
    desk.step();
    assert_eq!(scores(&desk, 1001), 0);
    for who in [
        "m@evil.example",
        "anna@uni.test",
        "boris@uni.test",
        "olga@uni.test",
    ] {
        desk.inbox(who);
    }

    let desk = Desk::open();
    solved(&desk, "Принтер", "да");
    assert!(days_until_mail(&desk, 40).is_none());
}

#[test]
fn the_next_quarter_asks_again_and_one_word_ends_it_for_good() {
    let desk = university();
    let (olga, anna) = people(&desk);
    solved(&desk, "Принтер", "да");
    days_until_mail(&desk, 25).expect("she is asked in autumn");
    desk.advance(60 * DAY);
    solved(&desk, "Сканер", "да");
    let (_, asked) = days_until_mail(&desk, 25).expect("and in winter");
    assert!(asked.text().contains("не спрашивать"), "{}", asked.text());
    olga.writes(&Letter::reply_to(&asked, "Не спрашивать."));
    desk.step();
    let told = olga.only_mail();
    insta::assert_snapshot!(
        "never",
        told.text().replace(&desk.tag(&desk.ticket(1002)), "[tag]")
    );
    let person = desk.ticket(1002).requester;
    let heard = desk.stream("person", &person.to_string());
    assert!(
        heard.contains(&"nps_wanted (nps_unwanted) ".to_owned()),
        "{heard:?}"
    );
    assert_eq!(
        (scores(&desk, 1002), desk.ticket(1002).state),
        (0, State::Closed)
    );
    anna.got_nothing();
    for subject in ["Монитор", "Мышь"] {
        desk.advance(91 * DAY);
        solved(&desk, subject, "да");
        assert!(days_until_mail(&desk, 40).is_none(), "{subject}");
    }
    // She changes her mind, in the same place.
    olga.writes(&Letter::reply_to(&asked, "спрашивать"));
    desk.step();
    assert!(olga.only_mail().text().contains("не чаще раза в квартал"));
    // In answer to the letter that says so, too.
    olga.writes(&Letter::reply_to(&asked, "не спрашивать"));
    desk.step();
    let never = olga.only_mail();
    olga.writes(&Letter::reply_to(&never, "Спрашивать."));
    desk.step();
    assert!(olga.only_mail().text().contains("не чаще раза в квартал"));
    desk.advance(91 * DAY);
    solved(&desk, "Клавиатура", "да");
    assert!(days_until_mail(&desk, 40).is_some());
    desk.inbox("boris@uni.test");
    anna.inbox();
}

#[test]
fn not_to_be_asked_is_a_tap_too_and_nobody_elses_word() {
    let desk = university();
    let (olga, _) = people(&desk);
    solved(&desk, "Принтер", "да");
    let (_, asked) = days_until_mail(&desk, 25).expect("she is asked");
    let mallory = desk.person("M", "m@evil.example");
    mallory.writes(&Letter::reply_to(&asked, "не спрашивать"));
    desk.step();
    mallory.inbox();
    let person = desk.ticket(1001).requester.to_string();
    let declined = |desk: &Desk| {
        desk.stream("person", &person)
            .join(" ")
            .contains("nps_wanted")
    };
    assert!(!declined(&desk));
    let (subject, _) = button(&asked, "не спрашивать");
    olga.writes(&Letter::to("it@uni.test", &subject, ""));
    desk.step();
    assert!(olga.only_mail().text().contains("больше не спросим"));
    assert!(declined(&desk));
    assert_eq!(desk.tickets(), 1);
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

#[test]
fn words_in_answer_to_it_are_read_and_open_nothing() {
    let desk = university();
    let (olga, anna) = people(&desk);
    solved(&desk, "Принтер", "да");
    let (_, asked) = days_until_mail(&desk, 40).expect("she is asked");
    olga.writes(&Letter::reply_to(&asked, "Долго ждала, но спасибо Анне."));
    desk.step();
    let told = anna.only_mail();
    assert!(told.text().contains("Долго ждала"), "{}", told.text());
    assert_eq!(
        (desk.ticket(1001).state, scores(&desk, 1001)),
        (State::Closed, 0)
    );
    let history = desk.history(1001);
    assert!(!history.iter().any(|event| event.starts_with("reopened")));
    olga.got_nothing();
    // An answer to anything else opens it as ever.
    let resolution = solved(&desk, "Сканер", "да");
    olga.writes(&Letter::reply_to(&resolution, "Снова не сканирует."));
    desk.step();
    assert_eq!(desk.ticket(1002).state, State::Open);
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
    olga.inbox();
}

/// She is asked in September and answers in October, is asked again in October and answers in November: one answer of the
/// quarter counts, the first one, and November counted alone knows of it.
#[test]
fn of_two_answers_of_a_quarter_the_first_counts_and_months_add_up() {
    let mut desk = Desk::closed(&everybody_is_asked());
    desk.clock = Clock::manual("2026-09-14T09:00:00Z".parse().unwrap());
    desk.start(Faults::none());
    let (olga, _) = people(&desk);
    solved(&desk, "Принтер", "5");
    let (_, in_september) = days_until_mail(&desk, 16).expect("she is asked");
    desk.until("2026-10-02T09:00:00Z");
    olga.writes(&Letter::reply_to(&in_september, "3"));
    desk.step();
    desk.until("2026-10-13T09:00:00Z");
    solved(&desk, "Сканер", "5");
    let (_, in_october) = days_until_mail(&desk, 18).expect("she is asked again");
    desk.until("2026-11-02T09:00:00Z");
    olga.writes(&Letter::reply_to(&in_october, "10"));
    desk.step();
    assert_eq!((scores(&desk, 1001), scores(&desk, 1002)), (1, 1));
    let nps = |period: &str| {
        let sheets = are_counted_twice(&desk, &[period]);
        let all = figure(&sheets[0].together(sheets[0].queues()), "nps").unwrap();
        (all.numerator, all.denominator.unwrap())
    };
    let [october, november] = ["2026-10", "2026-11"].map(nps);
    assert_eq!((october, november), ((-1, 1), (0, 0)));
    assert_eq!(nps("2026-q4"), (-1, 1));
    olga.got_nothing();
}
