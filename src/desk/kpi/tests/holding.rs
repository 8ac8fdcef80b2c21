//! Whose a ticket was, from which instant to which.

use super::{
    super::{explained::held, story},
    *,
};

/// `anna 09:00-10:00` of the fifth of October, for each stretch between two instants, without pauses.
fn stretches(tale: &Tale, between: (&str, &str), pauses: &[(&str, &str)]) -> Vec<String> {
    let story = story::tell(TicketNumber(tale.number), &tale.history).expect("it began");
    let pauses: Vec<_> = pauses.iter().map(|(from, to)| (at(from), at(to))).collect();
    let zone = TimeZone::get("Europe/Moscow").expect("known");
    let time = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%H:%M").to_string();
    held(&story, (at(between.0), at(between.1)), &pauses)
        .into_iter()
        .map(|one| {
            let agent = one
                .agent
                .map_or_else(|| "-".to_owned(), |agent| agent.to_string());
            format!("{}/{agent} {}-{}", one.queue, time(one.from), time(one.to))
        })
        .collect()
}

fn passed_around() -> Tale {
    Tale::of(1, "it", "05 09:00")
        .assigned("05 09:30", "anna")
        .answers("05 10:00", "anna")
        .assigned("05 11:00", "boris")
        .transferred("05 12:00", "buh")
        .assigned("05 12:30", "vera")
        .resolves("05 15:00", "vera")
        .reopened("05 16:00")
}

#[test]
fn whoever_held_a_ticket_held_it_from_instant_to_instant() {
    let whole = ("05 09:00", "05 17:00");
    assert_eq!(
        stretches(&passed_around(), whole, &[]),
        [
            "it/- 09:00-09:30",
            "it/anna 09:30-11:00",
            "it/boris 11:00-12:00",
            "buh/- 12:00-12:30",
            "buh/vera 12:30-15:00",
            // While it was solved nobody held it.
            "buh/vera 16:00-17:00",
        ]
    );
}

#[test]
fn a_stretch_is_cut_by_the_promise_and_by_its_pauses() {
    // From the start of the promise to its end.
    assert_eq!(
        stretches(&passed_around(), ("05 10:00", "05 11:30"), &[]),
        ["it/anna 10:00-11:00", "it/boris 11:00-11:30"]
    );
    // The requester was waited for, over a handing over and within one stretch.
    assert_eq!(
        stretches(
            &passed_around(),
            ("05 09:30", "05 12:00"),
            &[("05 10:00", "05 10:15"), ("05 10:45", "05 11:20")]
        ),
        [
            "it/anna 09:30-10:00",
            "it/anna 10:15-10:45",
            "it/boris 11:20-12:00",
        ]
    );
    // A pause that outlasts the promise leaves nothing behind it.
    assert_eq!(
        stretches(
            &passed_around(),
            ("05 09:30", "05 10:30"),
            &[("05 10:00", "05 18:00")]
        ),
        ["it/anna 09:30-10:00"]
    );
    assert_eq!(
        stretches(&passed_around(), ("05 10:00", "05 10:00"), &[]),
        [""; 0]
    );
}

#[test]
fn an_absence_leaves_what_was_due_before_it_with_whoever_was_there() {
    let resolution = ClockKind::Resolution;
    let tale = |due: &str, whose: &str| {
        Tale::of(1, "it", "05 09:00")
            .assigned("05 09:00", "anna")
            .answers("05 09:30", "anna")
            .judged(resolution, (due, None), Some(whose))
    };
    let away = |tale: Tale| {
        let agent = AgentName::from("anna");
        let gone = EventData::Unassigned { agent };
        tale.then("06 09:00", Role::House, gone)
            .assigned("06 09:00", "boris")
            .resolves("07 12:00", "boris")
            .kept_late(resolution, "05 18:00", "07 12:00")
    };
    check(
        "2026-10",
        &[away(tale("05 18:00", "anna"))],
        &[
            "it/anna sla_resolution_pct 0/1",
            "it/boris sla_resolution_pct 0/0",
            // The solution is the deputy's; both have dealt with it, and the lateness is hers.
            "it/boris solved 1",
            "it/anna handled 1",
            "it/boris handled 1",
            "it/boris late_minutes_sum 0",
            "it/anna received 1",
        ],
    );
    // What fell due while she was away is her deputy's.
    let later = tale("06 18:00", "boris");
    check(
        "2026-10",
        &[away(later)],
        &[
            "it/anna sla_resolution_pct 0/0",
            "it/boris sla_resolution_pct 0/1",
        ],
    );
}
