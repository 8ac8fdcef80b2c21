//! Why a ticket is due when it is, told by mail.

use std::time::Duration;

use super::{
    desk::{Desk, UNIVERSITY},
    letter::Letter,
};

const HOUR: Duration = Duration::from_secs(3600);

fn university() -> Desk {
    let on = "target = \"8 h\"\ncommands = [\"all\"]\nrequester_commands = [\"all\"]";
    Desk::with(&UNIVERSITY.replace("target = \"8 h\"", on))
}

#[test]
fn the_story_of_the_clock_is_told_to_agent_and_requester() {
    let desk = university();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
    );
    let (acknowledgement, card) = desk.asked();
    desk.advance(HOUR);
    anna.writes(&Letter::reply_to(&card, "Какой логин?\nжду"));
    desk.step();
    olga.only_mail();
    desk.advance(24 * HOUR);
    desk.step();
    anna.writes(&Letter::reply_to(&card, "почему"));
    olga.writes(&Letter::reply_to(&acknowledgement, "почему"));
    desk.step();
    let tag = desk.tag(&desk.ticket(1001));
    let told = |text: &str| text.replace(&tag, "[tag]");
    insta::assert_snapshot!(told(anna.only_mail().text()));
    let own = olga.only_mail();
    insta::assert_snapshot!(told(own.text()));
    assert!(!own.text().contains("Анна"));
    desk.inbox("boris@uni.test");
}

/// Friday evening, a weekend, two hours of waiting on Monday; then Anna moves the day, and at last it is approved.
#[test]
fn days_off_and_a_moved_day_are_told_as_letters_tell_them() {
    let on = "target = \"8 h\"\ncommands = [\"all\"]\nhead = \"boris\"\nlimit = \"10 days\"";
    let source = UNIVERSITY.replace("target = \"8 h\"", on);
    let desk = Desk::with(&format!("{source}\n[trust]\nservers = [\"mx.uni.test\"]\n"));
    let olga = desk.person("Ольга", "olga@uni.test");
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    let boris = desk.person("Борис Ким", "boris@uni.test");
    desk.until("2026-11-20T13:40:00Z");
    let (_, card) = desk.asked();
    desk.until("2026-11-23T06:10:00Z");
    anna.writes(&Letter::reply_to(&card, "Какой логин?\n#жду"));
    desk.step();
    let question = olga.only_mail();
    desk.until("2026-11-23T08:00:00Z");
    olga.writes(&Letter::reply_to(&question, "olga."));
    desk.step();
    anna.inbox();
    anna.writes(&Letter::reply_to(&card, "#срок 27.11 ждём картридж"));
    desk.step();
    anna.inbox();
    let why = || {
        anna.writes(&Letter::reply_to(&card, "почему"));
        desk.step();
        let told = anna.only_mail().text().to_owned();
        let steps = told
            .split_once("\n\nРешение")
            .expect("a solution is promised");
        let steps = steps.1.split_once("\n\n-- ").expect("it ends").0.to_owned();
        desk.inbox("olga@uni.test");
        steps
    };
    insta::assert_snapshot!("moved", why());
    let word = Letter::reply_to(&card, "#срок 30.11 ждём картридж");
    boris.writes(&super::distribution::proven(word));
    desk.step();
    anna.inbox();
    insta::assert_snapshot!("approved", why());
    boris.inbox();
    desk.inbox("olga@uni.test");
}
