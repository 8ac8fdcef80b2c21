//! By when, and why: what the terminal says of clocks, and the passport that heads are mailed.

use super::house::{House, REQUEST};

/// IT works from nine to six in Moscow, and promises a solution within eight hours; Anna serves it and decides.
fn house() -> House {
    let house = House::new();
    let file = house.path("okno.toml");
    let plain = std::fs::read_to_string(&file).unwrap();
    let own = "agents = [\"anna\"]\nhead = \"anna\"\nhours = \"mon-fri 09:00-18:00\"\ntime_zone = \"Europe/Moscow\"\ntarget = \"8 h\"\n";
    std::fs::write(&file, plain.replace("agents = [\"anna\"]\n", own)).unwrap();
    house
}

#[test]
fn due_is_counted_in_the_queues_hours() {
    let house = house();
    // An hour and twenty minutes are left of Friday; six hours and forty minutes of Monday.
    house
        .okno(&["due", "it", "--at", "2026-11-20T16:40"])
        .with(0)
        .says(&[
            "A mail comes: Fri 2026-11-20 16:40 (Europe/Moscow)",
            "Due: Mon 2026-11-23 15:40 (business time)",
        ]);
    let unknown = house.okno(&["due", "buh"]);
    assert_ne!(unknown.code, 0);
    unknown.says(&["There is no queue buh"]);
}

#[test]
fn why_tells_the_story_and_what_is_not_there() {
    let house = house();
    house.receives(REQUEST);
    house.okno(&["drain"]).with(0);
    house
        .okno(&["why", "IT-1001"])
        .with(0)
        .says(&["it began, promised 8 h of business time", "Due: "]);
    let unknown = house.okno(&["why", "1002"]);
    assert_ne!(unknown.code, 0);
    unknown.says(&["There is no ticket 1002"]);
    // A verdict is another by a reason only, and of what there is.
    let nothing = house.okno(&["rejudge", "1002", "--reason", "the hours were wrong"]);
    assert_ne!(nothing.code, 0);
    assert_ne!(house.okno(&["rejudge", "1001", "--reason", " "]).code, 0);
    house
        .okno(&["rejudge", "1001", "--reason", "the hours were wrong"])
        .with(0)
        .says(&["tickets: 1"]);
    house.okno(&["drain"]).with(0);
    house.okno(&["verify"]).with(0);
}

#[test]
fn a_head_is_mailed_the_passport_of_the_queue() {
    let house = house();
    // A house that has never run has nobody who could send it.
    house.okno(&["drain"]).with(0);
    house
        .okno(&["check", "--mail"])
        .says(&["Anna Petrova <anna@uni.test>"]);
    house.okno(&["drain"]).with(0);
    let mails = house.sent_to("anna@uni.test");
    assert_eq!(mails.len(), 1, "{mails:?}");
    let passport = mails.concat().replace("=\r\n", "");
    for words in [
        "Subject: Passport of the queue \"IT support\"",
        "Who answers: Anna Petrova <anna@uni.test>",
        "Target: 8 h of business time",
        "Who hears of what is late: the agents at once; Anna Petrova at once",
        "after a solution closes the ticket",
    ] {
        assert!(passport.contains(words), "{words}: {passport}");
    }
}
