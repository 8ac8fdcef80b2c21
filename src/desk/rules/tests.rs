//! Written rules: what hides another, what can never hold.

use std::collections::BTreeSet;

use super::*;

pub(in crate::desk) fn rule(name: &str, when: Vec<Condition>) -> Rule {
    Rule {
        name: name.to_owned(),
        when,
        then: Actions {
            tags: vec![name.to_owned()],
            ..Actions::default()
        },
        ..Rule::default()
    }
}

pub(in crate::desk) fn set<T: Ord, const N: usize>(all: [T; N]) -> BTreeSet<T> {
    BTreeSet::from(all)
}

pub(in crate::desk) fn who(words: &str) -> BTreeSet<Who> {
    words
        .split_whitespace()
        .map(|one| Who::parse(one).unwrap())
        .collect()
}

pub(in crate::desk) fn says(place: Place, words: &str) -> Condition {
    let any = set([Phrase::new(words).unwrap()]);
    Condition::Says { place, any }
}

pub(in crate::desk) fn matches(place: Place, pattern: &str) -> Condition {
    let any = vec![Pattern::new(pattern).unwrap()];
    Condition::Matches { place, any }
}

#[test]
fn what_can_never_be_reached() {
    let all = rule("all", Vec::new());
    let goes_on = Rule {
        goes_on: true,
        ..all.clone()
    };
    let domain = rule("domain", vec![Condition::From(who("uni.test"))]);
    let olga = rule(
        "olga",
        vec![
            Condition::From(who("olga@uni.test")),
            says(Place::Subject, "принтер"),
        ],
    );
    let words = rule("words", vec![says(Place::Either, "принтер")]);
    let mut unless = domain.clone();
    unless.unless = vec![says(Place::Text, "пароль")];
    let mut narrower = olga.clone();
    narrower.unless = vec![says(Place::Either, "пароль")];
    let emergency = Rule {
        then: Actions {
            class: Some(RequestClass::Emergency),
            ..Actions::default()
        },
        ..all.clone()
    };
    for (earlier, later, expected) in [
        (&all, &olga, true),
        (&goes_on, &olga, false),
        (&domain, &olga, true),
        (&words, &olga, true),
        (&olga, &domain, false),
        (&domain, &all, false),
        (&domain, &domain, true),
        (&unless, &olga, false),
        (&unless, &narrower, true),
        (&emergency, &olga, false),
    ] {
        let found = hidden_by(std::slice::from_ref(earlier), later).is_some();
        assert_eq!(found, expected, "{} before {}", earlier.name, later.name);
    }
}

#[test]
fn what_can_never_hold() {
    let mut excluded = rule("a", vec![Condition::From(who("olga@uni.test"))]);
    excluded.unless = vec![Condition::From(who("uni.test"))];
    assert_eq!(contradiction(&excluded), Some(("from", "from")));
    let strange = rule(
        "a",
        vec![
            Condition::Department(set([folded("Кадры")])),
            Condition::Listed(false),
        ],
    );
    assert_eq!(contradiction(&strange), Some(("department", "listed")));
    assert_eq!(
        contradiction(&rule("a", vec![Condition::Listed(true)])),
        None
    );
}

#[test]
fn a_rule_is_stored_and_read_again() {
    let mut whole = rule(
        "a",
        vec![
            says(Place::Field("тип".to_owned()), "справка*"),
            matches(Place::Either, r"\d+"),
            Condition::From(who("olga@uni.test *.uni.test")),
            Condition::File(set([FileIs::Any])),
        ],
    );
    whole.then.assignee = Some(Assignee::Curator);
    let text = serde_json::to_string(&whole).unwrap();
    assert_eq!(serde_json::from_str::<Rule>(&text).unwrap(), whole);
}
