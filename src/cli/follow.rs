//! What an operator has ordered is done by a running okno: it is waited for, and what came of it is told.

use std::{io::Write, time::Duration};

use super::{
    Ended,
    visit::Visit,
    words::{Words, line},
};
use crate::{
    clock::Clock,
    desk::reason::Reason,
    house::lease::DECIDER,
    model::ids::WorkId,
    store::{
        history::{self, StoredDecision},
        leases, ordered,
    },
};

/// How long a running okno is waited for.
const PATIENCE: Duration = Duration::from_secs(90);

/// How often is looked whether it has done it.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// What has come of an order.
enum Came {
    /// It is decided.
    Decided(StoredDecision),
    /// It cannot be done, for this reason, and stands in the quarantine.
    Failed(String),
    /// Nothing yet: no okno runs, or it takes longer.
    Nothing,
}

/// Waits for what a running okno does about that work.
///
/// # Errors
/// What the database says.
async fn came(here: &Visit, work: WorkId) -> anyhow::Result<Came> {
    let until = Clock::System
        .now()
        .checked_add(jiff::SignedDuration::try_from(PATIENCE)?)?;
    loop {
        let decided = history::decisions_on(&here.db, "operator", &work.to_string()).await?;
        if let Some(decision) = decided.into_iter().next() {
            return Ok(Came::Decided(decision));
        }
        if let Some(problem) = ordered::problem_of(&here.db, work).await? {
            return Ok(Came::Failed(problem));
        }
        let now = Clock::System.now();
        if now > until || !leases::is_held(&here.db, DECIDER, now).await? {
            return Ok(Came::Nothing);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Waits for what is decided. Where nothing is, that is said, and how the command ends.
///
/// # Errors
/// What the database says.
pub(super) async fn decided(
    here: &Visit,
    work: WorkId,
    out: &mut dyn Write,
) -> anyhow::Result<Result<StoredDecision, Ended>> {
    Ok(match came(here, work).await? {
        Came::Decided(decision) => Ok(decision),
        Came::Failed(problem) => {
            writeln!(out, "{}", fails(&here.words, (work, &problem)))?;
            Err(Ended::NotAll)
        }
        Came::Nothing => {
            writeln!(out, "{}", waits(&here.words, work))?;
            Err(Ended::Done)
        }
    })
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
    let decision = match decided(here, work, out).await? {
        Ok(decision) => decision,
        Err(ended) => return Ok(ended),
    };
    let told = Reason::words_of(&decision.reason, here.words.language);
    writeln!(out, "{told}")?;
    Ok(match decision.reason == done.code() {
        true => Ended::Done,
        false => Ended::NotAll,
    })
}

/// That it cannot be done as things are.
fn fails(words: &Words, (work, problem): (WorkId, &str)) -> String {
    format!(
        "{}: {}. {} {work}.",
        words.pick("Сделать не удалось", "It could not be done"),
        line(problem),
        words.pick(
            "Поручение ждёт: устраните причину и выпустите его, okno quarantine release",
            "The order waits: mend the cause and let it go on, okno quarantine release"
        )
    )
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
