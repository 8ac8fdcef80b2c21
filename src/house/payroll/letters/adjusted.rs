//! What heads and accountants are told of the closed months that a draft adjusts: those that are not scored again, since they were
//! counted by other definitions, and whose employee number has become another one.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use super::super::{
    super::{House, HouseError, periods::read},
    basis::{PaidRow, rows_of},
    counting::{
        closed::{Closed, closed_of},
        lines,
        rescored::parts_changed,
    },
    letters::draft::Shown,
    proof::read_back::{SentRow, read_back},
};
use crate::{
    desk::payroll::{Carries, Payrolls},
    model::{
        ids::QueueName,
        outgoing::{PayrollChange, PayrollNote},
        payroll::PayrollDraft,
    },
    report::files::period_words,
};

impl House {
    /// Coefficients of closed months that no row tells of: what was not there is nought by now.
    pub(in crate::house::payroll) async fn noughts(
        &self,
        shown: &Shown<'_>,
        queues: &[QueueName],
    ) -> Result<Vec<PayrollChange>, HouseError> {
        let (month, draft) = (shown.month, shown.draft);
        let carries = Carries::of(draft);
        let told: Vec<QueueName> = shown.paid().into_iter().chain(draft.gone.clone()).collect();
        let by = (draft.rules, draft.definitions);
        let configured = self.config.scorings.get(month.name);
        let closed = closed_of(month.all, (&told, &carries), configured, by)?;
        let groups = shown.source.groups_again(&told, &closed).await?;
        let language = month.list.language;
        let of = (&groups, closed.as_slice());
        Ok(shown.source.noughts(of, queues, language).await?)
    }
}

/// What is to be said of these queues. `file`: the accountants' file of the draft, in base64.
///
/// # Errors
/// Something of the drafts is damaged.
pub(in crate::house::payroll) fn of_adjusted(
    all: &Payrolls,
    (draft, file): (&PayrollDraft, &str),
    queues: &[QueueName],
) -> Result<Vec<PayrollNote>, HouseError> {
    let by = (draft.rules, draft.definitions);
    let closed = closed_of(all, (queues, &Carries::of(draft)), None, by)?;
    let other = by_other_rules(&closed, draft);
    let figures = read(&lines::unpack(&draft.figures)?);
    let is_asked = |queue: &str| queues.iter().any(|own| own.as_str() == queue);
    let changed = parts_changed(&figures, is_asked).into_keys();
    let notes = changed.filter(|period| other.contains(period.as_str()));
    let notes = notes.map(|period| PayrollNote {
        what: "other_rules".to_owned(),
        period,
        ..PayrollNote::default()
    });
    let mut notes: Vec<PayrollNote> = notes.collect();
    notes.extend(renumbered(all, (draft, file), queues)?);
    Ok(notes)
}

/// The months that were counted by other definitions than the draft.
pub(in crate::house::payroll) fn by_other_rules<'c>(
    closed: &'c [Closed<'_>],
    draft: &PayrollDraft,
) -> BTreeSet<&'c str> {
    // By the first rules of rows they were scored again all the same.
    let other = closed
        .iter()
        .filter(|one| draft.rules > 1 && one.definitions != draft.definitions);
    other.map(|one| one.period.as_str()).collect()
}

/// Whoever was paid for a month under another number than that under which its adjustments stand now.
fn renumbered(
    all: &Payrolls,
    (draft, file): (&PayrollDraft, &str),
    queues: &[QueueName],
) -> Result<Vec<PayrollNote>, HouseError> {
    let mut notes: Vec<PayrollNote> = Vec::new();
    // Each file is taken apart once, however many rows adjust its month.
    let mut files: BTreeMap<&str, Vec<(PaidRow, SentRow)>> = BTreeMap::new();
    for (row, sent) in rows_sent((draft, file))? {
        if row.is_own() || !row.is_of(queues) {
            continue;
        }
        for closing in all.months_like(|period| period_words(period) == row.period) {
            let Some(paid) = closing.paid() else {
                continue;
            };
            let paid = match files.entry(&paid.draft.sha256) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => new.insert(rows_sent((&paid.draft, &paid.file))?),
            };
            let group = row.group();
            let mut paid = paid.iter().filter(|(one, _)| one.is_own());
            let theirs = paid.find(|(one, _)| one.group().iter().any(|part| group.contains(part)));
            let before = theirs.map(|(_, sent)| sent.number.clone());
            let before = before.unwrap_or_default();
            let note = PayrollNote {
                what: "number".to_owned(),
                period: closing.name().to_owned(),
                whose: sent.name.clone(),
                before,
                now: sent.number.clone(),
                ..PayrollNote::default()
            };
            let is_other = !note.before.is_empty() && note.before != note.now;
            if is_other && !notes.contains(&note) {
                notes.push(note);
            }
        }
    }
    Ok(notes)
}

/// The rows of a draft, with what the accountants read in each; nothing, where there is no file.
fn rows_sent((draft, file): (&PayrollDraft, &str)) -> Result<Vec<(PaidRow, SentRow)>, HouseError> {
    let sent = draft.pay.as_ref().and_then(|pay| read_back(pay, file));
    let rows = rows_of(draft)?.into_iter();
    Ok(rows.zip(sent.unwrap_or_default()).collect())
}
