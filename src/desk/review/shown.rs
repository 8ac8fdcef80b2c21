//! Figures against what is aimed at, as letters show them, and by which code a reason for each is named.

use super::Reached;
use crate::model::{
    decimal::Decimal, language::Language, outgoing::FigureShown, outside::OUTSIDE, scoring::KNOWN,
};

/// The figures that say anything: those below what is aimed at first, since they ask for something.
#[must_use]
pub fn figures_shown(all: &[Reached], language: Language) -> Vec<FigureShown> {
    let known = all.iter().filter(|one| one.is_reached().is_some());
    let mut shown: Vec<FigureShown> = known.map(|one| figure(one, language)).collect();
    shown.sort_by_key(|one| one.is_reached);
    shown
}

/// Those of which there is no data, as codes; what the settings of scores alone know by its name.
#[must_use]
pub fn unknown_shown(all: &[Reached], language: Language) -> Vec<String> {
    let unknown = all.iter().filter(|one| one.is_reached().is_none());
    let called = unknown.map(|one| match name(one, language) {
        own if own.is_empty() => one.figure.clone(),
        own => own,
    });
    called.collect()
}

/// By which code a reason for a figure is named: payroll programs know most of them. `None`: it has none.
#[must_use]
pub fn code_of(figure: &str) -> Option<&str> {
    let of_ours = match figure {
        "nps" => Some("NPS"),
        "repeat_change" => Some("REPEAT"),
        "frt_of_promise" => Some("FRT"),
        "ttr_of_promise" => Some("TTR"),
        _ => None,
    };
    let known = || KNOWN.iter().find(|known| known.figure == figure);
    of_ours
        .or_else(|| known().map(|known| known.code))
        .or_else(|| figure.strip_prefix(OUTSIDE))
}

fn figure(one: &Reached, language: Language) -> FigureShown {
    let places = match (one.figure.as_str(), one.unit.as_str()) {
        ("csat_mean", _) | (_, "score") => 2,
        ("nps", _) | (_, "minutes") => 0,
        _ => 1,
    };
    let value = |pair| words(Reached::shown(pair, one.factor, places), language);
    // Sums of minutes, and means of what came from outside, say nothing as so many of so many.
    let is_mean = matches!(
        one.figure.as_str(),
        "repeat_change" | "frt_of_promise" | "ttr_of_promise"
    ) || !matches!(one.unit.as_str(), "" | "percent");
    FigureShown {
        figure: one.figure.clone(),
        code: code_of(&one.figure).unwrap_or_default().to_owned(),
        name: name(one, language),
        unit: one.unit.clone(),
        value: value(one.now),
        is_percent: match one.unit.as_str() {
            "" => !matches!(one.figure.as_str(), "csat_mean" | "nps"),
            unit => unit == "percent",
        },
        good: one.now.0,
        of: if is_mean { 0 } else { one.now.1 },
        target: words(target(one.target), language),
        target_before: match one.target_before.filter(|then| *then != one.target) {
            Some(then) => words(target(then), language),
            None => String::new(),
        },
        is_before_unknown: one.is_before_unknown,
        is_reached: one.is_reached() == Some(true),
        before: one.before.map(value).unwrap_or_default(),
        trend: match one.trend() {
            Some(1) => "better",
            Some(0) => "same",
            Some(_) => "worse",
            None => "",
        }
        .to_owned(),
        reasons: Vec::new(),
        reasons_before: Vec::new(),
    }
}

/// What the settings of scores call it; empty: it is a figure of ours.
fn name(one: &Reached, language: Language) -> String {
    let names = one.names.as_ref();
    let own = names.map(|[ru, en]| match language {
        Language::Ru => ru,
        Language::En => en,
    });
    own.cloned().unwrap_or_default()
}

/// Hundredths with as few places as they need: 9500 is 95, 450 is 4.5.
fn target(hundredths: i64) -> Option<Decimal> {
    let exact = Decimal::new(hundredths, 2);
    let shorter = [0, 1]
        .into_iter()
        .filter_map(|places| exact.to_places(places));
    let mut shorter = shorter.filter(|short| short.is_equal(exact));
    shorter.next().or(Some(exact))
}

fn words(number: Option<Decimal>, language: Language) -> String {
    let words = number.map(|number| number.in_words_of(language));
    // A minus, not a hyphen.
    words.unwrap_or_default().replace('-', "\u{2212}")
}

/// Puts a reason beside the figure it is of, or beside what that was in the month before; whether there is one.
pub fn put_beside(figures: &mut [FigureShown], (code, is_before): (&str, bool), why: &str) -> bool {
    let mut own = figures.iter_mut();
    let own = own.find(|one| one.code == code && (!is_before || !one.trend.is_empty()));
    let Some(own) = own else {
        return false;
    };
    let reasons = match is_before {
        true => &mut own.reasons_before,
        false => &mut own.reasons,
    };
    if !reasons.iter().any(|known| known == why) {
        reasons.push(why.to_owned());
    }
    true
}
