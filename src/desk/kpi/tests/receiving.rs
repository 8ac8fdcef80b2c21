//! What comes in: who has received it, and what does not count.

use super::*;

#[test]
fn who_had_it_before_any_answer_never_had_it() {
    let passed = Tale::of(1, "it", "05 09:00")
        .assigned("05 09:10", "boris")
        .assigned("05 09:20", "anna")
        .answers("05 10:00", "anna")
        .answers("05 12:00", "boris")
        .resolves("05 13:00", "boris");
    check(
        "2026-10",
        &[passed],
        &[
            "it/anna received 1",
            "it/boris received 0",
            "it/anna handled 1",
            "it/boris handled 1",
            "it/anna solved 0",
            "it/boris solved 1",
            "it/boris touches 3/1",
        ],
    );
}

#[test]
fn another_departments_is_passed_out_of_one_and_into_the_other() {
    let tale = Tale::of(1, "it", "05 09:00")
        .assigned("05 09:10", "anna")
        .transferred("05 10:00", "buh")
        .assigned("05 10:10", "vera")
        .resolves("06 10:00", "vera");
    let sheet = sheet("2026-10", &[tale]);
    let (it, buh) = (QueueName::from("it"), QueueName::from("buh"));
    let (it, buh) = (sheet.balance([&it]), sheet.balance([&buh]));
    assert_eq!((it.received, it.moved_out, it.end), (1, 1, 0));
    assert_eq!((buh.moved_in, buh.solved, buh.end), (1, 1, 0));
}

#[test]
fn what_is_no_request_is_counted_apart() {
    let spam = Tale::of(1, "it", "05 09:00").then(
        "05 10:00",
        Role::Agent,
        EventData::Excluded {
            why: Exclusion::Spam,
        },
    );
    let back = Tale::of(2, "it", "05 09:00")
        .then(
            "05 10:00",
            Role::Agent,
            EventData::Excluded {
                why: Exclusion::Spam,
            },
        )
        .then("08 10:00", Role::Agent, EventData::Included)
        .judged(ClockKind::Resolution, ("06 09:00", None), None);
    let into = TicketNumber(2);
    let merged =
        Tale::of(3, "it", "05 09:00").then("05 10:00", Role::Agent, EventData::Merged { into });
    let withdrawn =
        Tale::of(4, "it", "05 09:00").then("05 10:00", Role::Requester, EventData::Withdrawn);
    let worked_on = Tale::of(5, "it", "05 09:00")
        .answers("05 09:30", "anna")
        .then("05 10:00", Role::Requester, EventData::Withdrawn);
    let mut own = Tale::of(6, "it", "05 09:00").resolves("05 10:00", "anna");
    own.history[1].event.actor = Actor::Person(OLGA);
    let tales = [spam, back, merged, withdrawn, worked_on, own];
    check(
        "2026-10",
        &tales,
        &[
            "it/* received 6",
            "it/* in_scope 2",
            "it/* from_spam 1",
            "it/anna solved 0",
        ],
    );
    let excluded = sheet("2026-10", &tales)
        .together([&QueueName::from("it")])
        .excluded;
    let excluded: Vec<(&str, i64)> = excluded
        .iter()
        .map(|(why, many)| (why.code(), *many))
        .collect();
    assert_eq!(
        excluded,
        [
            ("spam", 1),
            ("merged", 1),
            ("self_made", 1),
            ("withdrawn", 1)
        ]
    );
}

#[test]
fn what_is_passed_on_unread_nobody_of_the_first_has_received() {
    let unread = Tale::of(1, "it", "05 09:00")
        .assigned("05 09:10", "anna")
        .transferred("05 10:00", "buh")
        .assigned("05 10:10", "vera")
        .resolves("06 10:00", "vera");
    let answered = Tale::of(2, "it", "05 09:00")
        .assigned("05 09:10", "boris")
        .answers("05 09:30", "boris")
        .transferred("05 10:00", "buh");
    check(
        "2026-10",
        &[unread, answered],
        &[
            "it/anna received 0",
            "it/boris received 1",
            "it/ received 1",
            "it/* received 2",
            "buh/* received 0",
        ],
    );
}

#[test]
fn what_another_department_asks_for_is_told_apart() {
    let resolution = ClockKind::Resolution;
    let asked = |number, due: &str| {
        let ticket = TicketNumber(900);
        Tale::of(number, "it", "05 09:00")
            .also("05 09:00", Role::Agent, EventData::AskedFor { ticket })
            .judged(resolution, (due, Some("05 10:00")), Some("anna"))
            .judged(
                ClockKind::FirstResponse,
                (due, Some("05 10:00")),
                Some("anna"),
            )
    };
    let client = Tale::of(3, "it", "05 09:00").judged(resolution, ("05 10:00", None), Some("anna"));
    let why = Exclusion::Spam;
    let spam = asked(4, "05 12:00").then("05 12:00", Role::Agent, EventData::Excluded { why });
    check(
        "2026-10",
        &[asked(1, "05 12:00"), asked(2, "05 09:30"), client, spam],
        &[
            "it/* in_scope 3",
            "it/* asked_received 2",
            "it/* asked_in_time_pct 1/2",
            "it/* sla_resolution_pct 1/3",
        ],
    );
}

#[test]
fn a_repeat_is_of_whoever_received_it() {
    let confirmed = EventData::RepeatConfirmed {
        of: TicketNumber(1),
        agent: "anna".into(),
    };
    let again = Tale::of(2, "it", "05 09:00")
        .assigned("05 09:10", "anna")
        .then("05 09:30", Role::Agent, confirmed)
        .resolves("05 10:00", "anna");
    let first = Tale::of(1, "it", "02 09:00").assigned("02 09:10", "boris");
    check(
        "2026-10",
        &[first, again],
        &[
            "it/anna repeat_pct 1/1",
            "it/boris repeat_pct 0/1",
            "it/* repeat_pct 1/2",
        ],
    );
}
