//! Approved months proved: history up to the cut is the same, and comes to the same figures.

use jiff::tz::TimeZone;

use super::{
    super::{HouseError, periods::Wrong},
    lines,
};
use crate::{
    desk::kpi::{Period, Question},
    model::ids::QueueName,
    store::{Db, history, payrolls},
};

/// Proves every approved month: its file, its place in history, its figures. How many there are, and what is wrong.
///
/// # Errors
/// What the database says.
pub async fn prove(db: &Db, zone: &TimeZone) -> Result<(usize, Vec<(String, Wrong)>), HouseError> {
    let mut faults = Vec::new();
    let mut many = 0_usize;
    for ((list, name), state) in payrolls::states(db).await? {
        let Some(drafted) = state.drafted.filter(|_| state.frozen.is_some()) else {
            continue;
        };
        many = many.saturating_add(1);
        let draft = &drafted.draft;
        let figures = lines::unpack(&draft.figures).ok();
        let head = history::hash_at(db, draft.upto.0).await?;
        let period = Period {
            name: name.clone(),
            from: draft.from,
            to: draft.to,
        };
        let question = Question::about(vec![period], zone.clone());
        let (sheets, _) = history::figures(db, &question, Some(draft.upto.0)).await?;
        let now = sheets.first().map(lines::figures_of).unwrap_or_default();
        let parts = draft.parts.iter();
        let queues: Vec<QueueName> = parts.flat_map(|part| part.queues.clone()).collect();
        let now = lines::of_queues(&now, &queues);
        let file = draft.pay.as_ref().map(|pay| pay.sha256.clone());
        let is_wrong = [
            (Wrong::File, file != lines::sha256_of(&drafted.file)),
            (Wrong::Head, head.unwrap_or_default() != draft.head_hash),
            (Wrong::Figures, figures.as_ref() != Some(&now)),
        ];
        let found = is_wrong.into_iter().filter(|(_, is_wrong)| *is_wrong);
        faults.extend(found.map(|(what, _)| (format!("{list} {name}"), what)));
    }
    Ok((many, faults))
}
