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
