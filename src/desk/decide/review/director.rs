//! The director's page, as values.

use crate::desk::{
    draft::Draft,
    review::{DepartmentMonth, Reached},
};
use crate::model::{
    decimal::Decimal,
    language::Language,
    outgoing::{DepartmentShown, DirectorLetter, FigureShown, ReasonShown},
};

/// The letter, the same for whoever reads it.
pub(super) fn letter(
    (period, upto): (&str, i64),
    departments: &[DepartmentMonth],
    language: Language,
) -> DirectorLetter {
    let figures = departments.iter().flat_map(|one| &one.figures);
    let said: Vec<bool> = figures.filter_map(Reached::is_reached).collect();
    let count = |many: usize| u64::try_from(many).unwrap_or(u64::MAX);
    DirectorLetter {
        period: period.to_owned(),
        reached: count(said.iter().filter(|is_reached| **is_reached).count()),
        known: count(said.len()),
        departments: departments.iter().map(|one| shown(one, language)).collect(),
        reasons: Vec::new(),
        charts: Vec::new(),
        upto,
    }
}

/// Why indicators are what they are, as heads have said of this month, and of the one before since its page was written.
pub(super) fn reasons(draft: &Draft<'_>, period: &str) -> Vec<ReasonShown> {
    let before = before(period);
    let said = draft.world.payroll_reasons(&[period, &before]);
    let lists = &draft.given.policy.payrolls;
    said.into_iter()
        .map(|(list, period, figure, why)| {
            let title = lists.get(&list).map(|list| list.title.clone());
            ReasonShown {
                list: title.unwrap_or_else(|| list.to_string()),
                period,
                figure,
                why,
            }
        })
        .collect()
}

/// The month before: of `2026-01` it is `2025-12`.
fn before(period: &str) -> String {
    let first = format!("{period}-01").parse::<jiff::civil::Date>().ok();
    let before = first.and_then(|first| first.yesterday().ok());
    before.map_or_else(String::new, |day| day.strftime("%Y-%m").to_string())
}

fn shown(month: &DepartmentMonth, language: Language) -> DepartmentShown {
    let (known, unknown): (Vec<&Reached>, Vec<&Reached>) = month
        .figures
        .iter()
        .partition(|one| one.is_reached().is_some());
    let used = Decimal::percent(month.received.0, month.capacity, 0);
    DepartmentShown {
        title: month.title.clone(),
        received: month.received.0,
        received_before: month.received.1,
        solved: month.solved.0,
        solved_before: month.solved.1,
        open: month.open,
        overdue: month.overdue,
        capacity: month.capacity,
        capacity_percent: words(used, language),
        figures: known.into_iter().map(|one| figure(one, language)).collect(),
        unknown: unknown
            .into_iter()
            .map(|one| match name(one, language) {
                own if own.is_empty() => one.figure.clone(),
                own => own,
            })
            .collect(),
    }
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
        is_reached: one.is_reached() == Some(true),
        before: one.before.map(value).unwrap_or_default(),
        trend: match one.trend() {
            Some(1) => "better",
            Some(0) => "same",
            Some(_) => "worse",
            None => "",
        }
        .to_owned(),
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
