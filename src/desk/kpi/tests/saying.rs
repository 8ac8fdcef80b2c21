//! What requesters say of us.

use super::*;

#[test]
fn a_rating_is_the_last_one_and_whose_solution_was_asked_about() {
    let tale = Tale::of(1, "it", "05 09:00")
        .resolves("05 10:00", "anna")
        .asked_for_rating("05 10:00")
        .rated("05 12:00", 2)
        .closed("05 12:00", ClosedBy::Requester)
        .rated("06 12:00", 5);
    let silent = Tale::of(2, "it", "05 09:00")
        .resolves("05 10:00", "anna")
        .asked_for_rating("05 10:00")
        .closed("09 10:00", ClosedBy::Silence);
    check(
        "2026-10",
        &[tale, silent],
        &[
            "it/anna csat_mean 5/1",
            "it/anna csat_top2_pct 1/1",
            "it/anna csat_response_pct 1/2",
            "it/anna confirmed_pct 1/2",
        ],
    );
}

/// Olga says in a ticket whether she would recommend us.
fn says(tale: Tale, when: &str, score: u8) -> Tale {
    let person = OLGA;
    tale.then(
        when,
        Role::Requester,
        EventData::NpsAnswered { person, score },
    )
}

#[test]
fn of_a_quarter_the_first_opinion_of_a_person_counts_and_months_make_it() {
    let first = || says(Tale::of(1, "it", "05 09:00"), "06 10:00", 3);
    let second = || says(Tale::of(2, "it", "11-05 09:00"), "11-06 10:00", 10);
    check("2026-10", &[first(), second()], &["it/* nps -1/1"]);
    check("2026-11", &[second(), first()], &["it/* nps 0/0"]);
    check("2026-q4", &[second(), first()], &["it/* nps -1/1"]);
}

#[test]
fn a_month_alone_knows_who_answered_earlier_in_the_quarter() {
    let zone = TimeZone::get("Europe/Moscow").expect("known");
    let november = Period::named("2026-11", &zone).expect("a period");
    let question = Question::about(vec![november], zone);
    assert_eq!(
        question.quarter_before(),
        Some((at("01 00:00"), at("11-01 00:00")))
    );
    let second = says(Tale::of(2, "it", "11-05 09:00"), "11-06 10:00", 10);
    let opinions = |before: &[(PersonId, &str)]| {
        let mut counting = Counting::of(&question);
        counting.add(TicketNumber(2), &second.history);
        for (person, when) in before {
            counting.said_before(*person, at(when));
        }
        let it = QueueName::from("it");
        let tally = counting.done().remove(0).together([&it]);
        tally.count(Count::Opinions)
    };
    assert_eq!(opinions(&[(OLGA, "06 10:00")]), 0);
    // Another person, another quarter, a later answer: nothing of hers.
    let others = [
        (ANNA, "06 10:00"),
        (OLGA, "09-30 23:00"),
        (OLGA, "11-06 10:01"),
    ];
    assert_eq!(opinions(&others), 1);
}

#[test]
fn a_slip_is_mended_while_its_month_lasts_and_in_its_own_conversation() {
    let slip = says(Tale::of(1, "it", "20 09:00"), "30 10:00", 1);
    let mended = || {
        says(
            says(Tale::of(1, "it", "20 09:00"), "30 10:00", 1),
            "30 10:05",
            10,
        )
    };
    check("2026-10", &[mended()], &["it/* nps 1/1"]);
    let late = || says(mended(), "11-02 10:00", 5);
    check("2026-10", &[late()], &["it/* nps 1/1"]);
    check("2026-11", &[late()], &["it/* nps 0/0"]);
    check("2026-q4", &[late()], &["it/* nps 1/1"]);
    // About another request it is another answer, and the second of the quarter.
    let other = says(Tale::of(2, "it", "25 09:00"), "30 11:00", 10);
    check("2026-10", &[other, slip], &["it/* nps -1/1"]);
}

#[test]
fn each_solution_is_asked_about_once_in_its_own_month() {
    let tale = || {
        Tale::of(1, "it", "29 09:00")
            .resolves("30 10:00", "anna")
            .asked_for_rating("30 10:00")
            // A reminder asks nothing new.
            .asked_for_rating("31 10:00")
            .reopened("11-02 10:00")
            .resolves("11-03 10:00", "boris")
            .asked_for_rating("11-03 10:00")
            .rated("11-04 10:00", 5)
    };
    check(
        "2026-10",
        &[tale()],
        &[
            "it/anna csat_response_pct 0/1",
            "it/* csat_response_pct 0/1",
        ],
    );
    check(
        "2026-11",
        &[tale()],
        &["it/boris csat_response_pct 1/1", "it/anna csat_mean 0/0"],
    );
}
