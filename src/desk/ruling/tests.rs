//! Tables: which rules hold for which mail, and what follows.

use super::*;
use crate::desk::rules::{
    Actions, FileIs, Place, Rule, Spoken, folded, folded_title,
    tests::{matches, rule, says, set, who},
};
use crate::{
    desk::{
        arrival::Arrival,
        fixture::{address, mail, policy},
        identity::Speaker,
        trust::Ground,
    },
    model::{
        address::NamedAddress,
        ids::PersonId,
        language::Language,
        message::Attachment,
        person::{Kind, Listing},
        text::Text,
    },
};

/// A mail of Olga's, who works in the dean's office.
fn olgas() -> (Arrival, Speaker) {
    let mut arrival = mail(1, "olga@uni.test", "Не печатает принтер в 214.");
    arrival.reading.message.subject = Some("Re: Сломался принтер".to_owned());
    arrival.reading.message.language = Some(Language::Ru);
    let speaker = Speaker {
        person: PersonId(1),
        address: address("olga@uni.test"),
        agent: None,
        trust: Trust::Claimed,
        ground: Ground::NotProven,
        route: None,
        has_anothers_token: false,
    };
    (arrival, speaker)
}

fn listing() -> Listing {
    Listing {
        is_current: true,
        kind: Kind::Person,
        department: Text::line("Деканат  Учёный"),
        employee_number: Text::default(),
        curator: Text::default(),
        language: None,
        position: Text::default(),
    }
}

/// What the rules say of Olga's mail, changed like this.
fn judged<'p>(
    rules: &'p [Rule],
    fields: &[(String, String)],
    change: impl FnOnce(&mut Arrival, &mut Speaker),
) -> Verdict<'p> {
    let (mut arrival, mut speaker) = olgas();
    change(&mut arrival, &mut speaker);
    let (policy, listing) = (policy(), listing());
    let subject = arrival.reading.message.subject.clone().unwrap_or_default();
    let mail = Considered {
        arrival: &arrival,
        author: &speaker.address,
        listing: Some(&listing),
        trust: speaker.trust,
        subject: Spoken::new(subject),
        text: Spoken::new(arrival.new_text()),
        fields: fields.into(),
        is_whole: true,
    };
    let facts = Facts {
        mail: &mail,
        mailbox: &arrival.mailbox,
        calendar: &policy.queues[&"it".into()].calendar,
    };
    judge(rules, &facts)
}

#[track_caller]
fn check(condition: Condition, expected: bool) {
    let shown = format!("{condition:?}");
    let rules = [rule("a", vec![condition])];
    let verdict = judged(&rules, &[], |_, _| {});
    assert_eq!(!verdict.held.is_empty(), expected, "{shown}");
}

#[test]
fn each_condition() {
    check(Condition::Mailbox(set(["it".into(), "buh".into()])), true);
    check(Condition::Mailbox(set(["buh".into()])), false);
    check(Condition::To(set([address("it@uni.test")])), true);
    check(Condition::To(set([address("help@uni.test")])), false);
    check(Condition::Recipient(who("uni.test")), true);
    check(
        Condition::Recipient(who("dean@uni.test mail.example")),
        false,
    );
    check(Condition::From(who("dean@uni.test uni.test")), true);
    check(Condition::From(who("*.uni.test")), false);
    check(Condition::Department(set([folded("деканат УЧЕНЫЙ")])), true);
    check(Condition::Department(set([folded("Кадры")])), false);
    check(Condition::Kind(set([Kind::Shared])), false);
    check(Condition::Listed(true), true);
    check(says(Place::Subject, "принтеры"), true);
    check(says(Place::Subject, "печатает"), false);
    check(says(Place::Text, "не печатать"), true);
    check(says(Place::Either, "сломался"), true);
    check(matches(Place::Text, r"\b2\d\d\b"), true);
    check(matches(Place::Subject, r"\b2\d\d\b"), false);
    check(Condition::File(set([FileIs::Any])), false);
    check(Condition::Language(Language::En), false);
    check(Condition::Open(true), true);
    // A Tuesday, nine in the morning.
    check(Condition::Weekday(set([2])), true);
    check(Condition::Weekday(set([1, 3, 4, 5, 6, 7])), false);
    let clock = |from, until| Condition::Clock {
        from: jiff::civil::time(from, 0, 0, 0),
        until: jiff::civil::time(until, 0, 0, 0),
    };
    check(clock(9, 10), true);
    check(clock(8, 9), false);
    check(clock(22, 10), true);
    check(clock(22, 9), false);
    check(Condition::Trust(Trust::Claimed), true);
    check(Condition::Trust(Trust::Proven), false);
}

#[test]
fn files_by_ending_and_sort_pictures_in_the_text_aside() {
    let file = |name: &str, media_type: &str, inline| Attachment {
        name: Some(name.to_owned()),
        media_type: media_type.to_owned(),
        inline,
        ..Attachment::default()
    };
    let with = |is: FileIs, file: &Attachment| {
        let rules = [rule("a", vec![Condition::File(set([is]))])];
        let files = vec![file.clone()];
        let verdict = judged(&rules, &[], |arrival, _| {
            arrival.reading.message.attachments = files;
        });
        !verdict.held.is_empty()
    };
    let (scan, logo) = (
        file("Скан.PDF", "application/pdf", false),
        file("logo.png", "image/png", true),
    );
    let (ending, family) = (
        FileIs::Ending("pdf".to_owned()),
        FileIs::Media("image/".to_owned()),
    );
    assert!(with(FileIs::Any, &scan) && with(ending.clone(), &scan));
    assert!(!with(family.clone(), &scan));
    assert!(!with(FileIs::Any, &logo) && !with(family, &logo));
    assert!(!with(ending, &file("pdf", "text/plain", false)));
}

#[test]
fn fields_of_a_form_by_title() {
    let fields = [
        ("Тип запроса:".to_owned(), "Справка 2-НДФЛ".to_owned()),
        ("Счёт".to_owned(), "12".to_owned()),
    ];
    for (title, value, expected) in [
        ("тип  запроса", "справки", true),
        ("тип запроса", "отпуск", false),
        ("СЧЕТ", "12", true),
        ("период", "12", false),
    ] {
        let place = Place::Field(folded_title(title));
        let rules = [rule("a", vec![says(place, value)])];
        let verdict = judged(&rules, &fields, |_, _| {});
        assert_eq!(!verdict.held.is_empty(), expected, "{title}: {value}");
    }
}

#[test]
fn the_first_decides_unless_it_says_that_it_goes_on() {
    let first = Rule {
        goes_on: true,
        then: Actions {
            class: Some(RequestClass::Consultation),
            tags: vec!["печать".to_owned()],
            ..Actions::default()
        },
        ..rule("печать", vec![says(Place::Either, "принтер")])
    };
    let second = Rule {
        then: Actions {
            class: Some(RequestClass::Urgent),
            priority: Some(Priority::High),
            tags: vec!["печать".to_owned(), "214".to_owned()],
            ..Actions::default()
        },
        ..rule("аудитория", vec![says(Place::Either, "214")])
    };
    let third = rule("никогда", Vec::new());
    let rules = [first, second, third];
    let verdict = judged(&rules, &[], |_, _| {});
    assert_eq!(verdict.held, ["печать", "аудитория"]);
    // What an earlier one has said stands.
    let class = verdict.class.unwrap();
    assert_eq!(
        (class.rule, class.value),
        ("печать", RequestClass::Consultation)
    );
    assert_eq!(verdict.priority.map(|by| by.rule), Some("аудитория"));
    let tags: Vec<_> = verdict.tags.iter().map(|by| (by.rule, by.value)).collect();
    assert_eq!(tags, [("печать", "печать"), ("аудитория", "214")]);
}

#[test]
fn none_of_what_is_excluded_may_hold() {
    let mut rule = rule("a", vec![says(Place::Either, "принтер")]);
    rule.unless = vec![
        Condition::From(who("dean@uni.test")),
        says(Place::Text, "картридж"),
    ];
    let rules = [rule];
    let held = |from: &str, text: &str| {
        let (from, text) = (address(from), text.to_owned());
        let verdict = judged(&rules, &[], |arrival, speaker| {
            speaker.address = from;
            arrival.reading.message.reply = Some(text);
        });
        !verdict.held.is_empty()
    };
    assert!(held("olga@uni.test", "Молчит."));
    assert!(!held("dean@uni.test", "Молчит."));
    assert!(!held("olga@uni.test", "Нет картриджей."));
}

#[test]
fn quotes_and_old_words_decide_nothing() {
    let rules = [rule("a", vec![says(Place::Text, "картридж")])];
    let verdict = judged(&rules, &[], |arrival, _| {
        let mail = &mut arrival.reading.message;
        mail.text = Some("Спасибо\n> картридж".to_owned());
        mail.reply = Some("Спасибо".to_owned());
    });
    assert!(verdict.held.is_empty());
}

#[test]
fn whoever_pretends_to_be_somebody_makes_no_emergency() {
    let emergency = |trust: Option<Trust>| {
        let mut rule = rule("авария", trust.map(Condition::Trust).into_iter().collect());
        rule.then.class = Some(RequestClass::Emergency);
        [rule]
    };
    let held = |rules: &[Rule], trust| {
        let verdict = judged(rules, &[], |_, speaker| speaker.trust = trust);
        verdict.class.is_some()
    };
    assert!(held(&emergency(None), Trust::Claimed));
    assert!(!held(&emergency(None), Trust::Suspicious));
    assert!(held(&emergency(Some(Trust::Suspicious)), Trust::Suspicious));
    assert!(!held(&emergency(Some(Trust::Proven)), Trust::Claimed));
}

#[test]
fn a_copy_elsewhere_names_a_mailbox_by_what_the_servers_say() {
    let rules = [rule(
        "a",
        vec![Condition::To(set([address("help@uni.test")]))],
    )];
    let verdict = judged(&rules, &[], |arrival, _| {
        let mail = &mut arrival.reading.message;
        mail.to = vec![NamedAddress::new("", &address("all@uni.test"))];
        mail.delivered_to = vec!["help+x@uni.test".to_owned()];
    });
    assert_eq!(verdict.held, ["a"]);
}
