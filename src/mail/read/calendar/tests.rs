use proptest::prelude::*;

use super::*;

fn calendar(event: &str) -> Calendar {
    let text = format!(
        "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/Moscow\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    );
    events(&text).unwrap()
}

#[test]
fn a_meeting_is_summed_up() {
    let found = calendar(
        "SUMMARY:План\\, \r\n часть 1\r\nDTSTART;TZID=\"Europe/Moscow\":20261123T101500\r\nDTEND;TZID=\"Europe/Moscow\":20261123T111500\r\nLOCATION;ALTREP=\"https://okno.test/a:b\":Ауд. 5\r\nDESCRIPTION:Первое\\nВторое\r\nRRULE:FREQ=WEEKLY;BYDAY=MO\r\nORGANIZER;CN=\"A:B\":mailto:anna@uni.test\r\nATTENDEE;CN=ИТ;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION:MAILTO:it@uni.test\r\nBEGIN:VALARM\r\nDESCRIPTION:Reminder\r\nATTENDEE:mailto:x@uni.test\r\nEND:VALARM\r\nSTATUS:CONFIRMED",
    );
    assert_eq!(found.method.as_deref(), Some("REQUEST"));
    assert_eq!(found.summary.as_deref(), Some("План, часть 1"));
    assert_eq!(found.start.as_deref(), Some("2026-11-23T10:15:00"));
    assert_eq!(found.end.as_deref(), Some("2026-11-23T11:15:00"));
    assert_eq!(found.zone.as_deref(), Some("Europe/Moscow"));
    assert_eq!(found.rule.as_deref(), Some("FREQ=WEEKLY;BYDAY=MO"));
    assert_eq!(found.location.as_deref(), Some("Ауд. 5"));
    assert_eq!(found.description.as_deref(), Some("Первое\nВторое"));
    assert_eq!(found.organizer.as_deref(), Some("anna@uni.test"));
    assert_eq!(found.organizer_name.as_deref(), Some("A:B"));
    assert_eq!(found.attendees, ["it@uni.test"]);
    let who = &found.participants[0];
    assert_eq!(who.name.as_deref(), Some("ИТ"));
    assert_eq!(who.role.as_deref(), Some("req-participant"));
    assert_eq!(who.answer.as_deref(), Some("needs-action"));
}

#[track_caller]
fn check(lines: &str, start: &str, end: Option<&str>) {
    let found = calendar(lines);
    assert_eq!(found.start.as_deref(), Some(start), "{lines}");
    assert_eq!(found.end.as_deref(), end, "{lines}");
}

#[test]
fn times_come_in_many_forms() {
    check(
        "DTSTART;VALUE=DATE:20261123\nDTEND;VALUE=DATE:20261126",
        "2026-11-23",
        Some("2026-11-25"),
    );
    check(
        "DTSTART;VALUE=DATE:20261123\nDTEND;VALUE=DATE:20261124",
        "2026-11-23",
        Some("2026-11-23"),
    );
    check("DTSTART:20261123", "2026-11-23", None);
    check(
        "DTSTART:20261123T000000\nDTEND:20261124T000000\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
        "2026-11-23",
        Some("2026-11-23"),
    );
    check(
        "DTSTART:20261123T071500Z\nDURATION:PT45M",
        "2026-11-23T07:15:00Z",
        Some("2026-11-23T08:00:00Z"),
    );
    check("DTSTART:soon", "soon", None);
}

#[test]
fn several_events_are_told() {
    let found = calendar(
        "SUMMARY:a\nDTSTART:20261123T101500\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:b\nDTSTART;TZID=UTC:20261124T101500",
    );
    assert_eq!(found.summary.as_deref(), Some("a"));
    assert_eq!(found.more.len(), 1);
    assert_eq!(found.more[0].summary.as_deref(), Some("b"));
    assert_eq!(found.more[0].zone.as_deref(), Some("UTC"));
}

#[test]
fn broken_calendars_are_read_as_far_as_they_go() {
    assert_eq!(events("nothing"), None);
    assert_eq!(
        events("BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR"),
        None
    );
    let found = events("BEGIN:VEVENT\nSUMMARY:a\nORGANIZER;CN=A:B:mailto:b@uni.test").unwrap();
    assert_eq!(found.organizer.as_deref(), Some("b@uni.test"));
    let many = format!(
        "BEGIN:VEVENT\n{}",
        "ATTENDEE:mailto:a@uni.test\n".repeat(5000)
    );
    assert_eq!(events(&many).unwrap().attendees.len(), PEOPLE);
    let many = "BEGIN:VEVENT\nSUMMARY:a\nEND:VEVENT\n".repeat(5000);
    assert_eq!(events(&many).unwrap().more.len(), MORE_MAX);
}

const PEOPLE: usize = 200;

fn any_calendar() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        proptest::sample::select(vec![
            "BEGIN:VEVENT\n",
            "END:VEVENT\n",
            "BEGIN:VALARM\n",
            "END:X\n",
            "METHOD:REPLY\n",
            "DTSTART;TZID=Europe/Moscow:20261123T101500\n",
            "DTEND;VALUE=DATE:99991231\n",
            "DTSTART;VALUE=DATE:00010101\n",
            "DURATION:P99999999W\n",
            "DTEND:20261123T071500Z\n",
            "SUMMARY:a\\\\\\,b\\",
            "\n ",
            "ATTENDEE;CN=\"a:MAILTO:x",
            "RRULE:FREQ=WEEKLY;INTERVAL=99999999999;COUNT=-1;UNTIL=99999999;BYDAY=1MO,,XX\n",
            "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE\n",
        ])
        .prop_map(str::to_owned),
        "[A-Z;:=\",\\\\0-9TZа-я \r\n]{0,20}",
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_calendar_is_read_and_told(text in any_calendar()) {
        if let Some(calendar) = events(&text) {
            for language in crate::model::language::Language::ALL {
                let words = crate::mail::meeting::words(&calendar, language);
                prop_assert!(words.len() <= text.len().saturating_mul(40).saturating_add(2000));
            }
        }
    }
}
