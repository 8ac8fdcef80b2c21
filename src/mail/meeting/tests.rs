use super::*;

fn meeting(method: &str) -> Calendar {
    let who = |name: Option<&str>, address: &str, answer: &str| Participant {
        name: name.map(str::to_owned),
        address: address.to_owned(),
        role: None,
        answer: Some(answer.to_owned()),
    };
    Calendar {
        method: Some(method.to_owned()),
        summary: Some("План работ".to_owned()),
        start: Some("2026-11-23T10:15:00".to_owned()),
        end: Some("2026-11-23T11:15:00".to_owned()),
        zone: Some("Russian Standard Time".to_owned()),
        location: Some("Ауд. 5".to_owned()),
        organizer: Some("anna@uni.test".to_owned()),
        organizer_name: Some("Анна Петрова".to_owned()),
        participants: vec![
            who(Some("Олег"), "oleg@uni.test", "accepted"),
            who(None, "it@uni.test", "needs-action"),
        ],
        ..Calendar::default()
    }
}

#[test]
fn an_invitation_is_told_in_russian() {
    let mut calendar = meeting("request");
    calendar.rule = Some("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20261231T205959Z".to_owned());
    calendar.description = Some("Возьмите ноутбуки.".to_owned());
    calendar.more.push(crate::model::message::Occasion {
        start: Some("2026-12-07".to_owned()),
        ..Default::default()
    });
    insta::assert_snapshot!(words(&calendar, Language::Ru), @r"
    Приглашение на встречу: План работ
    Когда: понедельник, 23 ноября 2026, 10:15–11:15 (МСК)
    Повторяется: раз в 2 нед.: понедельник, среда, до 31 декабря 2026
    Где: Ауд. 5
    Организатор: Анна Петрова <anna@uni.test>
    Приглашены: Олег <oleg@uni.test>, it@uni.test
    Также: понедельник, 7 декабря 2026, весь день

    Возьмите ноутбуки.
    ");
}

#[test]
fn an_answer_is_told_in_english() {
    let mut calendar = meeting("reply");
    calendar.participants.truncate(1);
    calendar.zone = None;
    calendar.start = Some("2026-11-23T22:15:00Z".to_owned());
    calendar.end = Some("2026-11-24T01:00:00Z".to_owned());
    insta::assert_snapshot!(words(&calendar, Language::En), @r"
    Answer to an invitation: План работ
    When: Monday, 23 November 2026, 22:15 – Tuesday, 24 November 2026, 1:00 (UTC)
    Where: Ауд. 5
    Organiser: Анна Петрова <anna@uni.test>
    Answer: accepted — Олег <oleg@uni.test>
    ");
}

#[track_caller]
fn check_when(start: &str, end: Option<&str>, zone: Option<&str>, said: &str) {
    assert_eq!(when::words(Some(start), end, zone, Language::Ru), said);
}

#[test]
fn times_are_told() {
    let berlin = Some("Europe/Berlin");
    check_when(
        "2026-11-23T10:05:00",
        None,
        berlin,
        "понедельник, 23 ноября 2026, 10:05 (Europe/Berlin)",
    );
    check_when(
        "2026-11-23",
        Some("2026-11-25"),
        None,
        "понедельник, 23 ноября 2026 – среда, 25 ноября 2026",
    );
    check_when("soon", Some("later"), berlin, "soon");
    // An end before the beginning is no end.
    check_when(
        "2026-11-23T10:05:00",
        Some("2026-11-22T10:05:00"),
        None,
        "понедельник, 23 ноября 2026, 10:05",
    );
}

#[track_caller]
fn check_rule(rule: &str, russian: &str, english: &str) {
    assert_eq!(repeats::words(rule, Language::Ru), russian);
    assert_eq!(repeats::words(rule, Language::En), english);
}

#[test]
fn rules_are_told() {
    check_rule("FREQ=DAILY", "каждый день", "every day");
    check_rule(
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        "каждую неделю: по рабочим дням",
        "every week: on working days",
    );
    check_rule(
        "FREQ=MONTHLY;BYMONTHDAY=15;COUNT=10",
        "каждый месяц, 15-го числа, всего раз: 10",
        "every month, on day 15, 10 times",
    );
    check_rule("freq=yearly;interval=2", "раз в 2 г.", "every 2 years");
    check_rule("FREQ=SECONDLY", "", "");
    check_rule("", "", "");
}

#[test]
fn every_method_has_its_heading() {
    let heading = |method: &str| words(&meeting(method), Language::En);
    assert!(heading("cancel").starts_with("Meeting cancelled: План работ\n"));
    assert!(heading("counter").starts_with("Another time is proposed:"));
    assert!(heading("publish").starts_with("Calendar event:"));
    let mut many = meeting("request");
    many.participants = vec![many.participants[0].clone(); 40];
    assert!(words(&many, Language::Ru).contains("и ещё 25"));
    assert_eq!(
        words(&Calendar::default(), Language::Ru),
        "Событие в календаре"
    );
}
