//! Apply: a batch of decisions becomes history in one transaction. Nobody else writes events or tickets.
//! `seal` gives events their places and hashes, `events`, `tickets` and `mails` write the families of tables, `orders`
//! does to waiting mail and quarantined work what decisions want done.

mod challenges;
mod events;
mod mails;
mod orders;
mod seal;
mod tickets;

use jiff::Timestamp;

use super::{
    Db, StoreError, Tx, V, journal, json_list, leases, leases::Lease, mornings, people, queues,
    sql, sweep,
};
use crate::{
    desk::{decision::Decision, timer::TimerKind},
    model::{
        ids::{PolicyId, RawId, WorkId},
        ticket::Ticket,
    },
};
use seal::Written;

/// A decision with what the shell made of it.
#[derive(Debug)]
pub struct Decided {
    /// The work row that is done with it, if it came from one.
    pub work: Option<WorkId>,
    /// What caused it: [`crate::desk::cause::Cause::code`], or `timer` of what fell due.
    pub cause_kind: &'static str,
    /// Which: the raw mail, the timer's object, ...
    pub cause_id: String,
    /// The decision.
    pub decision: Decision,
    /// The bytes of each of its mails.
    pub bytes: Vec<Vec<u8>>,
}

/// A batch to apply.
#[derive(Debug)]
pub struct Batch {
    /// The right to decide.
    pub lease: Lease,
    /// The policy they were made under.
    pub policy: PolicyId,
    /// When they were made.
    pub now: Timestamp,
    /// The decisions, in order.
    pub decided: Vec<Decided>,
    /// The touched tickets as they stand after all of them, with their appointments.
    pub tickets: Vec<Standing>,
    /// Appointments that were kept.
    pub timers_done: Vec<(TimerKind, i64)>,
    /// Readings of the mails, packed.
    pub readings: Vec<(RawId, Vec<u8>)>,
    /// Chance for the salts of erasable words.
    pub seed: [u8; 32],
}

/// A ticket as it stands, with what is derived from it.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The ticket.
    pub ticket: Ticket,
    /// Its appointments.
    pub timers: Vec<(TimerKind, Timestamp)>,
    /// From when on its next promise is in danger.
    pub risk_at: Option<Timestamp>,
    /// Since when its solution is owed and late.
    pub late_at: Option<Timestamp>,
}

/// The program's name and version, stored with every decision.
const PROGRAM: &str = concat!("okno ", env!("CARGO_PKG_VERSION"));

/// Writes a batch whole, or nothing of it.
///
/// # Errors
/// [`StoreError::Fenced`] where the lease is lost; what the database says.
pub async fn apply(db: &Db, batch: Batch) -> Result<(), StoreError> {
    db.write("apply decisions", batch, |tx, batch| {
        Box::pin(apply_in(tx, batch))
    })
    .await
}

async fn apply_in(tx: &mut Tx, batch: &Batch) -> Result<(), StoreError> {
    leases::fence(tx, &batch.lease).await?;
    let written = Written::new(tx, batch).await?;
    let decisions = batch.decided.iter().map(|decided| &decided.decision);
    people::save(tx, decisions, batch.now).await?;
    save_decisions(tx, batch, written.decision).await?;
    events::save_history(tx, &written).await?;
    tickets::save_messages(tx, batch).await?;
    tickets::save_begun(tx, batch).await?;
    tickets::save_openings(tx, batch).await?;
    tickets::save_tickets(tx, batch).await?;
    tickets::save_timers(tx, batch).await?;
    for decided in &batch.decided {
        mornings::save(tx, &decided.decision, batch.now).await?;
        queues::save(tx, &decided.decision).await?;
    }
    for decided in &batch.decided {
        sweep::consent(tx, &decided.decision.recounts).await?;
    }
    mails::save_mails(tx, batch, &written).await?;
    mails::save_alarms(tx, batch).await?;
    mails::save_silence(tx, batch).await?;
    mails::save_surveys(tx, batch).await?;
    orders::keep_apart(tx, batch).await?;
    challenges::save_challenges(tx, batch).await?;
    // Before the orders: one may be to forget a mail.
    journal::save_readings(tx, &batch.readings).await?;
    orders::carry_out(tx, batch, written.outgoing).await?;
    let done: Vec<i64> = batch
        .decided
        .iter()
        .filter(|decided| decided.decision.quarantine.is_none())
        .filter_map(|decided| decided.work)
        .map(|id| id.0)
        .collect();
    tx.exec(&sql::WORK_DONE, &[(&json_list(&done)).into()])
        .await
        .map(drop)
}

async fn save_decisions(tx: &mut Tx, batch: &Batch, last: i64) -> Result<(), StoreError> {
    let facts: Vec<String> = batch
        .decided
        .iter()
        .map(|decided| decided.decision.facts.to_string())
        .collect();
    let rows: Vec<Vec<V<'_>>> = (last.saturating_add(1)..)
        .zip(batch.decided.iter().zip(&facts))
        .map(|(id, (decided, facts))| {
            vec![
                id.into(),
                decided.cause_kind.into(),
                (&decided.cause_id).into(),
                batch.policy.0.into(),
                batch.now.as_millisecond().into(),
                PROGRAM.into(),
                decided.decision.reason.code().into(),
                facts.into(),
            ]
        })
        .collect();
    tx.insert_many(&sql::DECISION_ADD, &rows).await.map(drop)
}
