//! What a draft's letter says of its basis: the settings, and what of the rows is another than in the draft before.

use std::collections::BTreeMap;

use super::super::{
    super::HouseError,
    basis::{PaidRow, rows_of},
    rows::Member,
};
use crate::{
    model::{
        ids::QueueName,
        language::Language,
        outgoing::{PayrollChange, PayrollLetter, SettingsShown},
        payroll::{DraftPart, PayrollDraft},
    },
    report::files::COEFFICIENT,
};

/// Says it in a letter to the head of these queues. `before`: the draft that this one takes the place of.
pub(in crate::house::payroll) fn with_basis(
    letter: PayrollLetter,
    (draft, before): (&PayrollDraft, Option<&PayrollDraft>),
    (queues, own): (&[QueueName], &[Member]),
    language: Language,
) -> Result<PayrollLetter, HouseError> {
    let settings = settings(draft, before);
    let is_other = settings.as_ref().is_some_and(|own| own.is_other);
    let Some(before) = before else {
        return Ok(PayrollLetter { settings, ..letter });
    };
    let (was, is) = (rows_of(before)?, rows_of(draft)?);
    let part = |draft: &PayrollDraft| -> Option<DraftPart> {
        let mut parts = draft.parts.iter();
        parts.find(|part| part.queues == queues).cloned()
    };
    let is_people = match (part(before), part(draft)) {
        (Some(was), Some(is)) => !is_other && was.sha256 == is.sha256 && was.basis != is.basis,
        (_, _) => false,
    };
    Ok(PayrollLetter {
        settings,
        why: if is_people { "people" } else { "" }.to_owned(),
        paid: match was.is_empty() {
            true => Vec::new(),
            false => paid((&was, &is), queues, own, language),
        },
        ..letter
    })
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
    let value = |value: Option<&String>| {
        let value = value.cloned().unwrap_or_default();
        match language {
            Language::Ru => value.replace('.', ","),
            Language::En => value,
        }
    };
    let name = |whose: &str| {
        let mut own = own.iter();
        let known = own.find(|one| one.whose() == whose);
        known.map_or_else(|| whose.to_owned(), |one| one.employee.name.clone())
    };
    let changed = is
        .iter()
        .filter(|(whose, now)| was.get(*whose) != Some(*now));
    let told = changed.map(|(whose, now)| PayrollChange {
        whose: name(whose),
        period: String::new(),
        figure: COEFFICIENT.to_owned(),
        before: value(was.get(whose)),
        now: value(Some(now)),
    });
    told.collect()
}
