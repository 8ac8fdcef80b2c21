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

#[test]
fn of_a_quarter_the_last_opinion_of_a_person_counts() {
    let says = |tale: Tale, when: &str, score: u8| {
        let person = OLGA;
        tale.then(
            when,
            Role::Requester,
            EventData::NpsAnswered { person, score },
        )
    };
    let first = || says(Tale::of(1, "it", "05 09:00"), "06 10:00", 3);
    let second = || says(Tale::of(2, "it", "11-05 09:00"), "11-06 10:00", 10);
    check("2026-10", &[first(), second()], &["it/* nps 0/0"]);
    check("2026-11", &[second(), first()], &["it/* nps 1/1"]);
    check("2026-q4", &[first(), second()], &["it/* nps 1/1"]);
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
