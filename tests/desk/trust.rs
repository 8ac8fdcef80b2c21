//! Whom okno believes: what the site's own mail servers say counts, what anybody else writes does not.

use okno::model::ticket::State;

use super::{
    desk::{Desk, UNIVERSITY},
    letter::Letter,
};

/// The university, whose mail server judges all mail.
fn judged() -> Desk {
    Desk::with(&format!(
        "{UNIVERSITY}\n[trust]\nservers = [\"mx.uni.test\"]\n"
    ))
}

const PASSED: &str = "mx.uni.test; dmarc=pass header.from=uni.test";
const FAILED: &str =
    "mx.uni.test; dmarc=fail (p=reject) header.from=uni.test policy.published-domain-policy=reject";

/// A ticket of Olga's; her acknowledgement is read, and so are the cards.
fn asked(desk: &Desk) {
    let olga = desk.person("Ольга", "olga@uni.test");
    let letter = Letter::to("it@uni.test", "Пароль", "Забыла пароль.");
    olga.writes(&letter.with("Authentication-Results", PASSED));
    desk.step();
    olga.only_mail();
    for who in ["anna@uni.test", "boris@uni.test"] {
        desk.inbox(who);
    }
}

#[test]
fn what_our_own_server_proves_is_believed() {
    let desk = judged();
    asked(&desk);
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    // No answer to any mail of ours: a mail of her own that names the ticket.
    let ticket = desk.ticket(1001);
    let tag = desk.tag(&ticket);
    let letter = Letter::to("it@uni.test", &tag, "Ольга, пароль сброшен.");
    anna.writes(&letter.with("Authentication-Results", PASSED));
    desk.step();
    assert!(olga.only_mail().text().contains("пароль сброшен"));
    desk.inbox("boris@uni.test");
    assert_eq!(desk.ticket(1001).state, State::Open);
}

#[test]
fn forged_from_of_an_agent_executes_nothing() {
    let desk = judged();
    asked(&desk);
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    let tag = desk.tag(&desk.ticket(1001));
    let letter = Letter::to("it@uni.test", &tag, "Перейдите на www.evil.example\nрешено");
    // The server says so, or says nothing.
    anna.writes(&letter.clone().with("Authentication-Results", FAILED));
    anna.writes(&letter);
    desk.step();
    olga.got_nothing();
    assert_eq!(desk.ticket(1001).state, State::New);
    anna.inbox();
    desk.inbox("boris@uni.test");
}

#[test]
fn forged_authentication_results_above_and_below_ours_count_for_nothing() {
    let desk = judged();
    asked(&desk);
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    let tag = desk.tag(&desk.ticket(1001));
    let letter = Letter::to("it@uni.test", &tag, "Ваш пароль: 12345");
    let forged = |values: &str| letter.clone().with("Authentication-Results", values);
    // Of another server, above ours and below it; of ours in name, below ours.
    for values in [
        "mx.evil.example; dmarc=pass header.from=uni.test".to_owned(),
        format!(
            "mx.evil.example; dmarc=pass header.from=uni.test\r\nAuthentication-Results: {FAILED}"
        ),
        format!(
            "{FAILED}\r\nAuthentication-Results: mx.evil.example; dmarc=pass header.from=uni.test"
        ),
        format!("{FAILED}\r\nAuthentication-Results: {PASSED}"),
        // What was ours once went on by way of another server.
        format!("mx.evil.example; dmarc=none\r\nAuthentication-Results: {PASSED}"),
    ] {
        anna.writes(&forged(&values));
    }
    desk.step();
    olga.got_nothing();
    assert_eq!(desk.ticket(1001).state, State::New);
    anna.inbox();
    desk.inbox("boris@uni.test");
}

#[test]
fn phishing_through_us_has_no_live_link() {
    let desk = judged();
    let (olga, anna, mallory) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
        desk.person("Mallory", "mallory@evil.example"),
    );
    // Olga is to get a letter of ours with a link of Mallory's in it, and Mallory a copy of all answers.
    let letter = Letter::to(
        "it@uni.test",
        "Смените пароль: https://evil.example/login",
        "Ссылка: https://evil.example/login и mallory@evil.example",
    );
    let letter = letter
        .with("Cc", "mallory@evil.example")
        .with_file("evil.example.html", b"<a>");
    olga.writes(&letter.with("Authentication-Results", FAILED));
    desk.step();
    let (told, card) = (olga.only_mail(), anna.only_mail());
    for mail in [&told, &card] {
        let words = format!("{}\n{}", mail.subject(), mail.text());
        assert!(!words.contains("evil.example"), "{words}");
    }
    assert!(
        card.text().contains("https[:]//evil[.]example/login"),
        "{}",
        card.text()
    );
    assert!(
        card.text()
            .contains("адрес отправителя наш, но письмо пришло со стороны"),
        "{}",
        card.text()
    );
    assert!(!card.text().contains("Ответ получат и"));
    anna.writes(&Letter::reply_to(&card, "Ольга, это были не вы?"));
    desk.step();
    olga.only_mail();
    mallory.got_nothing();
    desk.inbox("boris@uni.test");
}

#[test]
fn an_acknowledgement_carries_no_link_to_where_somebody_only_claims_to_write_from() {
    let desk = Desk::open();
    let ivan = desk.person("Иван", "ivan@outside.example");
    for (subject, shown) in [
        (
            "Смените пароль: https://evil.example/login",
            "Смените пароль: https[:]//evil[.]example/login",
        ),
        ("Приз на WWW.evil.example", "Приз на WWW[.]evil[.]example"),
        ("отчёт.xlsx", "отчёт.xlsx"),
    ] {
        let text = format!("Посмотрите: {shown}.");
        ivan.writes(&Letter::to("it@uni.test", subject, &text));
        desk.step();
        let told = ivan.only_mail();
        assert!(told.subject().ends_with(shown), "{}", told.subject());
        let is_live = told.text().contains(subject) && subject != shown;
        assert!(!is_live, "{}", told.text());
        for agent in ["anna@uni.test", "boris@uni.test"] {
            desk.inbox(agent);
        }
        desk.advance(std::time::Duration::from_secs(7200));
    }
}

#[test]
fn a_card_says_who_is_outside_and_who_is_not_proven() {
    let desk = judged();
    let (olga, ivan, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Иван", "ivan@mail.example"),
        desk.person("Анна", "anna@uni.test"),
    );
    let letter = Letter::to("it@uni.test", "Пароль", "Забыла пароль: www.uni.test");
    for (who, passed, shown) in [
        (&olga, Some(PASSED), "olga@uni.test>\n"),
        (
            &olga,
            None,
            "olga@uni.test> (подлинность не подтверждена)\n",
        ),
        (
            &ivan,
            Some("mx.uni.test; dmarc=pass header.from=mail.example"),
            "ivan@mail.example> (внешний адрес)\n",
        ),
        (
            &ivan,
            None,
            "ivan@mail.example> (внешний адрес, подлинность не подтверждена)\n",
        ),
    ] {
        let letter = match passed {
            Some(passed) => letter.clone().with("Authentication-Results", passed),
            None => letter.clone(),
        };
        who.writes(&letter);
        desk.step();
        who.only_mail();
        let card = anna.only_mail();
        assert!(card.text().contains(shown), "{}", card.text());
        assert!(
            card.text().contains("пароль: www.uni.test"),
            "{}",
            card.text()
        );
        desk.inbox("boris@uni.test");
    }
}

#[test]
fn a_follow_up_of_somebody_suspicious_says_so() {
    let desk = judged();
    asked(&desk);
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    let tag = desk.tag(&desk.ticket(1001));
    let letter = Letter::to("it@uni.test", &tag, "Вот: https://evil.example/login");
    olga.writes(&letter.with("Authentication-Results", FAILED));
    desk.step();
    let told = anna.only_mail();
    assert!(
        told.text().contains("https[:]//evil[.]example/login"),
        "{}",
        told.text()
    );
    assert!(
        told.text().contains("Внимание: адрес отправителя наш"),
        "{}",
        told.text()
    );
    desk.inbox("boris@uni.test");
}
