//! Approved months proved: history up to the cut is the same, and comes to the same figures.

mod at_terminal;
pub(super) mod coverage;
pub(super) mod read_back;
mod rows;

use std::collections::BTreeSet;

use jiff::tz::TimeZone;

use crate::{
    desk::{
        kpi::{DEFINITIONS, Period, Question},
        payroll::{Carries, Drafted, Payrolls},
    },
    model::ids::QueueName,
    store::{Db, history, payrolls},
};
pub(in crate::house) use at_terminal::prove_files;

use {
    super::{
        super::{
            HouseError,
            periods::{Proof, Wrong, torn, zone_named},
        },
        counting::{
            closed::closed_of,
            counted::{Asked, count},
            lines,
        },
        early::is_closed_early,
    },
    rows::prove_rows,
};

/// Proves every approved month: its file, its place in history, its figures, and what it carries of months before.
///
/// # Errors
/// What the database says.
pub async fn prove(db: &Db, zone: &TimeZone) -> Result<Proof, HouseError> {
    let all = payrolls::states(db).await?;
    let early = early(db, &all).await?;
    let proof = each(db, zone, &all).await?;
    Ok(Proof { early, ..proof })
}

async fn each(db: &Db, zone: &TimeZone, all: &Payrolls) -> Result<Proof, HouseError> {
    let mut proof = Proof::default();
    for ((list, name), state) in &all.months {
        let Some(drafted) = state.drafted.as_ref() else {
            continue;
        };
        let month = (&*format!("{list} {name}"), &**name, drafted);
        balance(&mut proof, (db, all), month, zone).await?;
        if state.frozen.is_none() {
            continue;
        }
        proof.periods = proof.periods.saturating_add(1);
        let (draft, month) = (&drafted.draft, format!("{list} {name}"));
        let figures = lines::unpack(&draft.figures).ok();
        let head = history::hash_at(db, draft.upto.0).await?;
        let file = draft.pay.as_ref().map(|pay| pay.sha256.clone());
        let is_unreadable = figures.is_none();
        let sum = figures.as_deref().map(lines::sha256);
        let mut is_other = sum.is_some_and(|sum| sum != draft.sha256);
        let (carries, parts) = (Carries::of(draft), draft.parts.iter());
        let all_queues: Vec<QueueName> = parts.flat_map(|part| part.queues.clone()).collect();
        if draft.definitions == DEFINITIONS {
            let queues = all_queues
                .iter()
                .filter(|queue| !carries.gone.contains(queue));
            let queues: Vec<QueueName> = queues.cloned().collect();
            let period = Period {
                name: name.clone(),
                from: draft.from,
                to: draft.to,
            };
            let asked = Asked {
                queues: &queues,
                period,
                zone: zone_named(draft.zone.as_deref(), zone),
                carries: &carries,
                upto: Some(draft.upto.0),
            };
            let again = count(db, all, asked).await?;
            is_other |= figures.is_some_and(|figures| figures != again.figures);
        } else {
            proof.not_counted.push(month.clone());
        }
        // Of a month that was closed before settings were kept nobody can say what it scored: its rows are as they were kept.
        let by = (draft.rules, draft.definitions);
        let closed = closed_of(all, (&all_queues, &carries), None, by);
        let rows = prove_rows(&month, drafted, closed);
        if rows.are_not_kept {
            proof.not_scored.push(month.clone());
        }
        proof.rows.extend(rows.wrong);
        let is_wrong = [
            (Wrong::File, file != lines::sha256_of(&drafted.file)),
            (Wrong::Head, head.unwrap_or_default() != draft.head_hash),
            (Wrong::Figures, is_other),
            (Wrong::Settings, rows.are_settings_wrong),
            (Wrong::Rows, is_unreadable || rows.cannot_be_derived),
        ];
        let found = is_wrong.into_iter().filter(|(_, is_wrong)| *is_wrong);
        proof
            .faults
            .extend(found.map(|(what, _)| (month.clone(), what)));
    }
    Ok(proof)
}

/// The months that were closed before they were over.
async fn early(db: &Db, all: &Payrolls) -> Result<Vec<String>, HouseError> {
    let mut found = Vec::new();
    for ((list, name), state) in &all.months {
        if is_closed_early(db, state).await? {
            found.push(format!("{list} {name}"));
        }
    }
    Ok(found)
}

/// Notes the queues of a drafted month whose sums do not close.
async fn balance(
    proof: &mut Proof,
    (db, all): (&Db, &Payrolls),
    (month, name, drafted): (&str, &str, &Drafted),
    zone: &TimeZone,
) -> Result<(), HouseError> {
    let draft = &drafted.draft;
    let period = Period {
        name: name.to_owned(),
        from: draft.from,
        to: draft.to,
    };
    let zone = zone_named(draft.zone.as_deref(), zone);
    let question = Question::about(vec![period], zone);
    let (mut sheets, upto) = history::figures(db, &question, Some(draft.upto.0)).await?;
    for sheet in &mut sheets {
        sheet.torn.extend(torn(db, all, (&*sheet, upto)).await?);
        let parts = draft.parts.iter();
        let queues: BTreeSet<&QueueName> = parts.flat_map(|part| &part.queues).collect();
        proof.balance(month, sheet, |queue| queues.contains(queue));
    }
    Ok(())
}
