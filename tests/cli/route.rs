//! `route`: what would become of a stored mail, and why, with nothing written; and what `check` says of rules.

use std::fs;

use super::house::House;

const RULES: &str = r#"[smtp]
maildir = "out"
[[rule]]
name = "Certificates"
when = { words = ["certificate"] }
class = "consultation"
assignee = "anna"
tags = ["paper"]
[[rule]]
name = "Never"
when = { subject = "dragon" }
priority = "high"
"#;

const MAIL: &str = "From: Olga <olga@uni.test>\nTo: it@uni.test\nSubject: A certificate\nMessage-ID: <1@uni.test>\nDate: Fri, 20 Nov 2026 10:00:00 +0300\n\nPlease send me one.\n";

fn with_mail(rules: &str, mail: &str) -> House {
    let house = House::with(rules);
    fs::write(house.path("one.eml"), mail.replace('\n', "\r\n")).unwrap();
    house
}

#[test]
fn a_stored_mail_is_tried_and_nothing_is_written() {
    let house = with_mail(RULES, MAIL);
    house.okno(&["route", "one.eml"]).with(0).says(&[
        "A mail from: Olga <olga@uni.test>",
        // A rule that asks for hours is asked about the hour of the mail.
        "It came: Fri 2026-11-20 10:00",
        "Queue: «IT support» (it)",
        "Rule: «Certificates»",
        "Class: consultation. By rule \"Certificates\".",
        "Tag: paper. By rule \"Certificates\".",
        "Answered by: Anna Petrova. By rule \"Certificates\".",
        "Acknowledgement: yes",
        "card: anna@uni.test",
        "Looked at without a database",
    ]);
    assert!(!house.path("data").exists());
    assert!(house.sent_to("olga@uni.test").is_empty());
}

#[test]
fn the_database_is_asked_where_there_is_one_and_stays_as_it_is() {
    let house = with_mail(RULES, MAIL);
    house.receives(MAIL);
    house.okno(&["drain"]).with(0);
    let sent = house.sent_to("olga@uni.test").len();
    // The same mail once more is known.
    let ended = house.okno(&["route", "one.eml"]).with(0);
    ended.says(&[
        "A copy of a mail that is already registered",
        "Were it new:",
        "Rule: «Certificates»",
    ]);
    assert_eq!(house.sent_to("olga@uni.test").len(), sent);
    house.okno(&["verify"]).with(0);
    house.okno(&["check"]).with(0).says(&[
        "Rules for new requests",
        "1. «Certificates»",
        "Rules, how often in a year: «Certificates» 1",
        "Rules that have never held in a year: «Never»",
    ]);
}

#[test]
fn it_is_tried_at_any_time() {
    let night = "[smtp]\nmaildir = \"out\"\n[[rule]]\nname = \"Weekends\"\nwhen = { weekday = [\"sat\", \"sun\"] }\ntags = [\"weekend\"]\n";
    let house = with_mail(night, MAIL);
    house
        .okno(&["route", "one.eml"])
        .with(0)
        .never_says(&["Weekends"]);
    let saturday = ["route", "one.eml", "--at", "2026-11-21T10:00"];
    house.okno(&saturday).with(0).says(&["Rule: «Weekends»"]);
}

#[test]
fn it_says_why_there_is_no_acknowledgement_and_which_mailboxes_there_are() {
    let automatic = MAIL.replace("Subject:", "Precedence: bulk\nSubject:");
    let house = with_mail(RULES, &automatic);
    house
        .okno(&["route", "one.eml"])
        .with(0)
        .says(&["Acknowledgement: no"]);
    house
        .okno(&["route", "one.eml", "--mailbox", "hr"])
        .with(1)
        .says(&["There is no mailbox hr; known are it"]);
    house
        .okno(&["route", "none.eml"])
        .with(1)
        .says(&["none.eml"]);
}
