//! Solutions: whose, what became of them, and how long they took.

use super::*;

#[test]
fn what_comes_back_is_taken_off_its_solver_and_is_the_next_ones() {
    let tale = || {
        Tale::of(1, "it", "20 09:00")
            .resolves("28 10:00", "anna")
            .reopened("11-03 10:00")
            .resolves("11-04 10:00", "boris")
    };
    check(
        "2026-10",
        &[tale()],
        &[
            "it/anna solved 0",
            "it/anna solve_events 1",
            "it/anna ttr_mean 0/0",
            "it/anna reopen_pct 1/1",
            "it/anna solved_withdrawn 0",
        ],
    );
    check(
        "2026-11",
        &[tale()],
        &[
            "it/anna solved_withdrawn 1",
            "it/anna reopened 1",
            "it/boris solved 1",
            "it/boris reopened 0",
        ],
    );
    // The months make the year.
    check(
        "2026",
        &[tale()],
        &["it/anna solved 0", "it/boris solved 1"],
    );
    // Later than two weeks, it stays solved; twice in a month counts once.
    let later = Tale::of(2, "it", "01 09:00")
        .resolves("02 10:00", "anna")
        .reopened("20 10:00")
        .resolves("21 10:00", "anna");
    let over_the_end = Tale::of(3, "it", "01 09:00")
        .resolves("12 10:00", "anna")
        .reopened("11-03 10:00");
    check(
        "2026-10",
        std::slice::from_ref(&over_the_end),
        &["it/anna solved 1"],
    );
    check("2026-11", &[over_the_end], &["it/anna solved_kept 1"]);
    check(
        "2026-10",
        &[later],
        &[
            "it/anna solved 1",
            "it/anna solve_events 2",
            "it/anna reopen_pct 0/2",
        ],
    );
}

#[test]
fn a_question_to_another_department_is_whose_it_was_and_one_withdrawn_is_none() {
    let end = |end| EventData::EscalationEnded {
        queue: "dev".into(),
        ticket: Some(TicketNumber(900)),
        end,
    };
    let asked = Tale::of(1, "it", "05 09:00")
        .asks("05 10:00", "anna")
        .then("06 10:00", Role::Agent, end(EscalationEnd::Solved))
        .resolves("06 11:00", "boris");
    let mistaken = Tale::of(2, "it", "05 09:00")
        .asks("05 10:00", "anna")
        .then("05 10:05", Role::Agent, end(EscalationEnd::Withdrawn))
        .resolves("06 11:00", "anna");
    check(
        "2026-10",
        &[asked, mistaken],
        &[
            "it/boris solved 1",
            "it/anna no_escalation_pct 1/2",
            "it/boris no_escalation_pct 0/0",
            "it/* no_escalation_pct 1/2",
            "it/anna escalated_out 1",
        ],
    );
}

#[test]
fn the_first_answer_solves_where_nothing_was_asked_back_and_it_lasts() {
    let first = Tale::of(1, "it", "05 09:00").resolves("05 10:00", "anna");
    let asked_back = Tale::of(2, "it", "05 09:00")
        .writes("05 09:30")
        .resolves("05 10:00", "anna");
    let came_back = Tale::of(3, "it", "05 09:00")
        .resolves("05 10:00", "anna")
        .reopened("11-01 10:00");
    let by_article = Tale::of(4, "it", "05 09:00").closed("05 09:30", ClosedBy::KbHit);
    check(
        "2026-10",
        &[first, asked_back, came_back, by_article],
        &[
            "it/anna fcr_pct 2/3",
            "it/anna solved 3",
            "it/ solved 1",
            "it/* solved 4",
            // An article is a solution in writing; nobody has said what any of them is about.
            "it/ documented_pct 1/1",
            "it/* diagnosis_pct 0/4",
            "it/* diagnosis_unknown_pct 4/4",
        ],
    );
    // Thanks and nothing else ask nothing.
    let thanked = Tale::of(6, "it", "05 09:00")
        .thanks("05 09:30")
        .resolves("05 10:00", "anna");
    check("2026-10", &[thanked], &["it/anna fcr_pct 1/1"]);
    let soon = Tale::of(5, "it", "05 09:00")
        .resolves("25 10:00", "anna")
        .reopened("11-01 10:00");
    check(
        "2026-10",
        &[soon],
        &["it/anna fcr_pct 0/0", "it/anna solve_events 1"],
    );
}

#[test]
fn a_decision_taken_back_solved_nothing() {
    let restored = Restored {
        state: Some([State::Open]),
        resolved_at: Some([None]),
        last_answer: Some([None]),
        ..Restored::default()
    };
    let solved = Tale::of(1, "it", "05 09:00").resolves("05 10:00", "anna");
    let decision = solved.decision;
    let mut tale = solved.then(
        "05 10:05",
        Role::Agent,
        EventData::Undone(Box::new(restored)),
    );
    tale.history[2].event.undoes = Some(DecisionId(decision));
    check(
        "2026-10",
        std::slice::from_ref(&tale),
        &[
            "it/anna solved 0",
            "it/anna solve_events 0",
            "it/anna answers 0",
            "it/anna reopened 0",
            "it/* open_at_end 1",
        ],
    );
    let sheet = sheet("2026-10", &[tale]);
    let balance = sheet.balance([&QueueName::from("it")]);
    assert_eq!(
        (
            balance.received,
            balance.solved,
            balance.restored,
            balance.end
        ),
        (1, 1, 1, 1)
    );
}

#[test]
fn class_category_and_days_are_told_of_the_solved() {
    let class = Property::Class(RequestClass::Consultation);
    let category = |word: &str| EventData::Classified {
        property: Property::Category(word.to_owned()),
    };
    let tale = Tale::of(1, "it", "05 09:00")
        .assigned("05 09:00", "anna")
        .then(
            "05 09:10",
            Role::Agent,
            EventData::Classified { property: class },
        )
        .then("05 09:20", Role::Agent, category("сеть"))
        .then("05 09:30", Role::Agent, category("печать"))
        .then(
            "05 09:40",
            Role::Agent,
            EventData::DeadlineMoved {
                clock: ClockKind::Resolution,
                due_at: at("07 09:00"),
            },
        )
        .resolves("05 10:00", "anna");
    check(
        "2026-10",
        &[tale],
        &[
            "it/anna solved_consultation 1",
            "it/anna class_changed 1",
            "it/anna diagnosis_pct 0/1",
            "it/anna deadline_moves 1",
            "it/anna moved_pct 1/1",
            "it/anna documented_pct 1/1",
        ],
    );
}

#[test]
fn a_question_that_is_withdrawn_later_was_one() {
    let withdrawn = |number, when: &str| {
        let end = EventData::EscalationEnded {
            queue: "dev".into(),
            ticket: Some(TicketNumber(900)),
            end: EscalationEnd::Withdrawn,
        };
        Tale::of(number, "it", "05 09:00")
            .asks("05 10:00", "anna")
            .then(when, Role::Agent, end)
            .resolves("09 11:00", "anna")
    };
    check(
        "2026-10",
        &[withdrawn(1, "05 10:30"), withdrawn(2, "05 10:31")],
        &["it/anna no_escalation_pct 1/2", "it/anna escalated_out 1"],
    );
}

#[test]
fn every_solution_takes_what_it_took_late_or_not() {
    let resolution = ClockKind::Resolution;
    let late = Tale::of(1, "it", "01 09:00")
        .judged(resolution, ("02 18:00", None), Some("anna"))
        .resolves("05 10:00", "anna")
        .kept_late(resolution, "02 18:00", "05 10:00")
        .reopened("06 10:00")
        .resolves("07 10:00", "anna")
        .kept_late(resolution, "02 18:00", "07 10:00");
    check(
        "2026-10",
        &[late],
        // 145 hours until the last solution; late by 64 when it was first solved.
        &[
            "it/anna ttr_mean 522000/60",
            "it/anna late_minutes_sum 3840",
        ],
    );
    let over_the_end = || {
        Tale::of(2, "it", "28 09:00")
            .resolves("28 12:00", "anna")
            .judged(resolution, ("11-10 18:00", Some("28 12:00")), Some("anna"))
            .reopened("11-03 10:00")
            .resolves("11-04 10:00", "boris")
            .judged(
                resolution,
                ("11-10 18:00", Some("11-04 10:00")),
                Some("boris"),
            )
    };
    check("2026-10", &[over_the_end()], &["it/anna ttr_mean 0/0"]);
    check(
        "2026-11",
        &[over_the_end()],
        &[
            "it/boris ttr_mean 608400/60",
            "it/boris ttr_standard_mean 608400/60",
            "it/boris ttr_urgent_mean 0/0",
        ],
    );
}

#[test]
fn what_was_answered_and_passed_on_was_escalated_and_what_came_to_the_wrong_queue_was_not() {
    let misrouted = Tale::of(1, "it", "05 09:00")
        .assigned("05 09:10", "anna")
        .transferred("05 09:20", "buh")
        .resolves("05 10:00", "vera");
    let passed_on = Tale::of(2, "it", "05 09:00")
        .assigned("05 09:10", "anna")
        .answers("05 09:15", "anna")
        .transferred("05 09:20", "buh")
        .resolves("05 10:00", "vera");
    check(
        "2026-10",
        &[misrouted, passed_on],
        &[
            "buh/vera solved 2",
            "buh/vera no_escalation_pct 1/1",
            "it/anna no_escalation_pct 0/1",
            "it/anna escalated_out 1",
        ],
    );
}

#[test]
fn who_never_answered_where_it_came_has_passed_nothing_on() {
    let passed_back = || {
        Tale::of(1, "it", "05 09:00")
            .assigned("05 09:10", "anna")
            .answers("05 09:15", "anna")
            .transferred("05 09:20", "hr")
    };
    // Nobody of hr has it, or Vera is given it and does nothing, or Kim has answered and Vera passes it on.
    let given = || passed_back().assigned("05 09:30", "vera");
    let worked_on = passed_back()
        .answers("05 09:25", "kim")
        .assigned("05 09:30", "vera");
    for (tale, of_hr) in [
        (passed_back(), "hr/kim escalated_out 0"),
        (given(), "hr/vera escalated_out 0"),
        (worked_on, "hr/kim escalated_out 1"),
    ] {
        let tale = tale
            .transferred("05 10:00", "it")
            .resolves("05 11:00", "anna");
        check(
            "2026-10",
            &[tale],
            &[
                of_hr,
                "hr/anna escalated_out 0",
                "hr/vera escalated_out 0",
                "it/anna escalated_out 1",
            ],
        );
    }
}

#[test]
fn what_is_taken_back_is_the_transfer_that_was_no_earlier_one() {
    let passed_and_taken_back = |tale: Tale, at: &str, back: &str| {
        let tale = tale.transferred(at, "hr");
        let passed = tale.decision;
        let restored = Restored {
            queue: Some(["it".into()]),
            mailbox: Some(["it".into()]),
            ..Restored::default()
        };
        let undone = EventData::Undone(Box::new(restored));
        let mut tale = tale.then(back, Role::Agent, undone);
        tale.history.last_mut().unwrap().event.undoes = Some(DecisionId(passed));
        tale
    };
    let answered = || Tale::of(1, "it", "05 09:00").answers("05 09:30", "anna");
    let twice = passed_and_taken_back(answered(), "05 10:00", "05 10:05");
    let twice = passed_and_taken_back(twice, "08 10:00", "08 10:05");
    let twice = twice.resolves("08 11:00", "anna");
    let none = ["it/anna no_escalation_pct 1/1", "it/anna escalated_out 0"];
    check("2026-10", &[twice], &none);
    // What stood for an hour was no mistake, and a later one that is none of it does not change that.
    let late = passed_and_taken_back(answered(), "05 10:00", "05 11:00");
    let late = passed_and_taken_back(late, "05 11:10", "05 11:15");
    let late = late.resolves("08 11:00", "anna");
    let one = ["it/anna no_escalation_pct 0/1", "it/anna escalated_out 1"];
    check("2026-10", &[late], &one);
}

#[test]
fn what_is_taken_back_is_counted_nowhere() {
    let moved = EventData::DeadlineMoved {
        clock: ClockKind::Resolution,
        due_at: at("07 09:00"),
    };
    let moved = Tale::of(1, "it", "05 09:00").then("05 10:00", Role::Agent, moved);
    let decision = moved.decision;
    let nothing = EventData::Undone(Box::default());
    let mut tale = moved.then("05 10:05", Role::Agent, nothing);
    tale.history[2].event.undoes = Some(DecisionId(decision));
    let tale = tale.resolves("05 11:00", "anna");
    check(
        "2026-10",
        &[tale],
        &["it/ deadline_moves 0", "it/anna moved_pct 0/1"],
    );
}
