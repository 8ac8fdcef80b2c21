//! What heads are hinted at, beside the figures.

use std::collections::BTreeMap;

use super::{
    super::hints::{Hints, LateBy, hint},
    *,
};

const DUE: (&str, Option<&str>) = ("06 18:00", None);

/// The hints of IT in October.
fn hints(tales: &[Tale]) -> Hints {
    let zone = TimeZone::get("Europe/Moscow").expect("known");
    let period = Period::named("2026-10", &zone).expect("a period");
    let mut found = BTreeMap::new();
    for tale in tales {
        hint(
            (TicketNumber(tale.number), &tale.history),
            &period,
            &mut found,
        );
    }
    found.remove(&QueueName::from("it")).unwrap_or_default()
}

#[track_caller]
fn check_late(tale: Tale, cause: LateBy) {
    assert_eq!(hints(&[tale]).late, BTreeMap::from([(cause, 1)]));
}

#[test]
fn every_late_solution_has_one_cause() {
    let solution = ClockKind::Resolution;
    let it = || Tale::of(1, "it", "05 09:00");
    let annas = || it().assigned("05 09:10", "anna");
    let anna = Some("anna");
    check_late(it().judged(solution, DUE, None), LateBy::Nobody);
    check_late(annas().judged(solution, DUE, anna), LateBy::Unanswered);
    let answered = || annas().answers("05 10:00", "anna");
    check_late(answered().judged(solution, DUE, anna), LateBy::InHand);
    let passed = answered().assigned("05 11:00", "boris");
    check_late(
        passed.judged(solution, DUE, Some("boris")),
        LateBy::Reassigned,
    );
    let asked = answered().asks("05 11:00", "anna");
    check_late(asked.judged(solution, DUE, anna), LateBy::Asked);
    let back = annas().resolves("05 10:00", "anna").reopened("05 12:00");
    check_late(back.judged(solution, DUE, anna), LateBy::CameBack);
    let from_buh = Tale::of(1, "buh", "05 09:00").transferred("05 10:00", "it");
    check_late(from_buh.judged(solution, DUE, None), LateBy::PassedOn);
    // What was in time is late by nothing.
    let kept = answered().judged(solution, ("06 18:00", Some("05 12:00")), anna);
    assert_eq!(hints(&[kept]), Hints::default());
}

#[test]
fn what_went_on_unread_was_misrouted_and_two_of_five_is_a_complaint() {
    let unread = Tale::of(1, "it", "05 09:00").transferred("05 10:00", "buh");
    let read = Tale::of(2, "it", "05 09:00")
        .answers("05 09:30", "anna")
        .transferred("05 10:00", "buh");
    let rated = |number: i64, score: u8| {
        Tale::of(number, "it", "05 09:00")
            .resolves("05 10:00", "anna")
            .asked_for_rating("05 10:00")
            .rated("05 11:00", score)
    };
    let found = hints(&[unread, read, rated(3, 2), rated(4, 3)]);
    assert_eq!((found.misrouted, found.low), (1, 1));
}
