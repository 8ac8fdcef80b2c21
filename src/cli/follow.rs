//! What an operator has ordered is done by a running okno: it is waited for, and what came of it is told.

use std::{io::Write, time::Duration};

use super::{Ended, visit::Visit, words::Words};
use crate::{
    clock::Clock,
    desk::reason::Reason,
    house::lease::DECIDER,
    model::ids::WorkId,
    store::{
        history::{self, StoredDecision},
        leases,
    },
};

/// How long a running okno is waited for.
const PATIENCE: Duration = Duration::from_secs(90);

/// How often is looked whether it has done it.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Waits for what a running okno decides on that work; `None`: none runs, or it takes longer.
///
/// # Errors
/// What the database says.
pub(super) async fn decided(here: &Visit, work: WorkId) -> anyhow::Result<Option<StoredDecision>> {
    let until = Clock::System
        .now()
        .checked_add(jiff::SignedDuration::try_from(PATIENCE)?)?;
    loop {
        let decided = history::decisions_on(&here.db, "operator", &work.to_string()).await?;
        if let Some(decision) = decided.into_iter().next() {
            return Ok(Some(decision));
        }
        let now = Clock::System.now();
        if now > until || !leases::is_held(&here.db, DECIDER, now).await? {
            return Ok(None);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Waits for it, and says what came of it. `done`: the reason of a decision that does what was ordered.
///
/// # Errors
/// What the database says.
pub(super) async fn follow(
    here: &Visit,
    (work, done): (WorkId, Reason),
    out: &mut dyn Write,
) -> anyhow::Result<Ended> {
    let Some(decision) = decided(here, work).await? else {
        writeln!(out, "{}", waits(&here.words, work))?;
        return Ok(Ended::Done);
    };
    let told = Reason::words_of(&decision.reason, here.words.language);
    writeln!(out, "{told}")?;
    Ok(match decision.reason == done.code() {
        true => Ended::Done,
        false => Ended::NotAll,
    })
}

/// That it is ordered and not decided yet.
pub(super) fn waits(words: &Words, work: WorkId) -> String {
    format!(
        "{} {work}.",
        words.pick(
            "Поручено: работающий okno сделает это сам, остановленный — после запуска. Если не вышло, почему — скажет okno quarantine list. Номер работы",
            "It is ordered: a running okno does it, a stopped one when it is started. If it could not be done, okno quarantine list says why. The work's number"
        )
    )
}
