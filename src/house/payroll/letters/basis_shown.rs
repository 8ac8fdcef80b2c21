//! What a draft's letter says of its basis: the settings, and what of the rows is another than in the draft before.

use std::collections::BTreeMap;

use super::super::{
    super::HouseError,
    basis::{PaidRow, rows_of},
    counting::again::no_data,
    rows::Member,
};
use crate::{
    model::{
        figures,
        ids::QueueName,
        language::Language,
        outgoing::{PayrollChange, PayrollLetter, SettingsShown},
        payroll::{DraftPart, PayrollDraft},
        scoring::KNOWN,
    },
    report::files::COEFFICIENT,
};

/// Says it in a letter to the head of these queues. `before`: the draft that this one takes the place of.
pub(in crate::house::payroll) fn with_basis(
    letter: PayrollLetter,
    (draft, before): (&PayrollDraft, Option<&PayrollDraft>),
    (queues, own, is_shared): (&[QueueName], &[Member], bool),
    language: Language,
) -> Result<PayrollLetter, HouseError> {
    let settings = settings(draft, before);
    let is_other = settings.as_ref().is_some_and(|own| own.is_other);
    let Some(before) = before else {
        return Ok(PayrollLetter { settings, ..letter });
    };
    let (was, is) = (rows_of(before)?, rows_of(draft)?);
    let is_of_others = !is_other && is_of_rows(draft, before, queues);
    Ok(PayrollLetter {
        settings,
        why: match (is_of_others, is_shared) {
            (true, true) => "shared",
            (true, false) => "people",
            (false, _) => "",
        }
        .to_owned(),
        paid: match was.is_empty() {
            true => Vec::new(),
            false => paid((&was, &is), queues, own, language),
        },
        ..letter
    })
}

/// Whether the figures of these queues are the same, and what their head approves is another.
fn is_of_rows(draft: &PayrollDraft, before: &PayrollDraft, queues: &[QueueName]) -> bool {
    let part = |draft: &PayrollDraft| -> Option<DraftPart> {
        let mut parts = draft.parts.iter();
        parts.find(|part| part.queues == queues).cloned()
    };
    match (part(before), part(draft)) {
        (Some(was), Some(is)) => was.sha256 == is.sha256 && was.basis != is.basis,
        (_, _) => false,
    }
}

/// What is another in rows that another head approves, too, where the figures of these queues are the same: something has
/// changed in that head's queues.
pub(in crate::house::payroll) fn shared(
    (queues, own): (&[QueueName], &[Member]),
    (draft, before): (&PayrollDraft, Option<&PayrollDraft>),
    language: Language,
) -> Result<Vec<PayrollChange>, HouseError> {
    let before = before.filter(|before| {
        let is_same = settings(draft, Some(before)).is_none_or(|own| !own.is_other);
        is_same && is_of_rows(draft, before, queues)
    });
    let Some(before) = before else {
        return Ok(Vec::new());
    };
    let is_shared = |row: &&PaidRow| {
        let mut others = row.parts();
        let is_others = |(of, _): (&str, &str)| !queues.iter().any(|own| own.as_str() == of);
        row.is_of(queues) && others.any(is_others)
    };
    let is_same_row = |one: &PaidRow, other: &PaidRow| {
        (&one.whose, &one.period, &one.indicator) == (&other.whose, &other.period, &other.indicator)
    };
    let (was, is) = (rows_of(before)?, rows_of(draft)?);
    let pairs = is.iter().filter(is_shared).filter_map(|row| {
        let known = was.iter().find(|one| is_same_row(one, row))?;
        Some((known, row))
    });
    let changed = pairs.filter(|(was, is)| was.value != is.value);
    let told = changed.map(|(was, is)| PayrollChange {
        whose: called(&is.whose, own),
        period: String::new(),
        figure: figure_of(&is.indicator, language),
        before: shown(&was.value, language),
        now: shown(&is.value, language),
    });
    Ok(told.collect())
}

/// An indicator as people call it, with its code; what comes from outside, and adjustments, by the code alone.
fn figure_of(code: &str, language: Language) -> String {
    let known = KNOWN.iter().find(|known| known.code == code);
    known.map_or_else(
        || code.to_owned(),
        |known| format!("{} ({code})", figures::of_code(known.figure, language)),
    )
}

/// A value of a row as letters write it.
fn shown(value: &str, language: Language) -> String {
    match (value, language) {
        ("", _) => no_data(language).to_owned(),
        (_, Language::Ru) => value.replace('.', ","),
        (_, Language::En) => value.to_owned(),
    }
}

/// Whoever a row is about.
fn called(whose: &str, own: &[Member]) -> String {
    let mut own = own.iter();
    let known = own.find(|one| one.whose() == whose);
    known.map_or_else(|| whose.to_owned(), |one| one.employee.name.clone())
}

fn settings(draft: &PayrollDraft, before: Option<&PayrollDraft>) -> Option<SettingsShown> {
    let kept = draft.settings.as_ref()?;
    let sum = |draft: &PayrollDraft| {
        let kept = draft.settings.as_ref();
        kept.map(|kept| kept.sha256.clone()).unwrap_or_default()
    };
    Some(SettingsShown {
        version: draft.scores.clone(),
        sha256: kept.sha256.clone(),
        is_other: before.is_some_and(|before| sum(before) != kept.sha256),
        version_before: before.map(|one| one.scores.clone()).unwrap_or_default(),
        sha256_before: before.map(sum).unwrap_or_default(),
    })
}

/// The coefficients that are others now.
fn paid(
    (was, is): (&[PaidRow], &[PaidRow]),
    queues: &[QueueName],
    own: &[Member],
    language: Language,
) -> Vec<PayrollChange> {
    let of = |rows: &[PaidRow]| -> BTreeMap<String, String> {
        let rows = rows.iter();
        let rows = rows.filter(|row| row.indicator == COEFFICIENT && row.is_of(queues));
        rows.map(|row| (row.whose.clone(), row.value.clone()))
            .collect()
    };
    let (was, is) = (of(was), of(is));
    let value = |value: Option<&String>| shown(value.map_or("", String::as_str), language);
    let changed = is
        .iter()
        .filter(|(whose, now)| was.get(*whose) != Some(*now));
    let told = changed.map(|(whose, now)| PayrollChange {
        whose: called(whose, own),
        period: String::new(),
        figure: COEFFICIENT.to_owned(),
        before: value(was.get(whose)),
        now: value(Some(now)),
    });
    told.collect()
}
