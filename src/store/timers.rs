//! Appointments: one table, one row a live one.

use jiff::Timestamp;

use super::{Db, Row, StoreError, opt_instant, sql};
use crate::desk::timer::TimerKind;

/// What is due at `now`, at most `most`, the earliest first.
///
/// # Errors
/// What the database says.
pub async fn due(db: &Db, now: Timestamp, most: i64) -> Result<Vec<(TimerKind, i64)>, StoreError> {
    db.read(
        "look for what is due",
        (now.as_millisecond(), most),
        |tx, (now, most)| {
            Box::pin(async move {
                let rows = tx
                    .rows(&sql::TIMERS_DUE, &[(*now).into(), (*most).into()])
                    .await?;
                rows.iter().map(timer).collect()
            })
        },
    )
    .await
}

fn timer(row: &Row) -> Result<(TimerKind, i64), StoreError> {
    let kind = row.text(0)?;
    let known = TimerKind::from_code(kind);
    Ok((
        known.ok_or_else(|| StoreError::Unknown {
            column: "timer.kind",
            found: kind.to_owned(),
        })?,
        row.int(1)?,
    ))
}

/// Moves appointments that cannot be kept now, each to its time.
///
/// # Errors
/// What the database says.
pub async fn postpone(
    db: &Db,
    later: Vec<((TimerKind, i64), Timestamp)>,
) -> Result<(), StoreError> {
    db.write("postpone appointments", later, |tx, later| {
        Box::pin(async move {
            for ((kind, object), at) in later {
                let at = at.as_millisecond();
                let values = [kind.code().into(), (*object).into(), at.into()];
                tx.exec(&sql::TIMER_POSTPONE, &values).await?;
            }
            Ok(())
        })
    })
    .await
}

/// When something falls due next.
///
/// # Errors
/// What the database says.
pub async fn next_at(db: &Db) -> Result<Option<Timestamp>, StoreError> {
    db.read("look for the next appointment", (), |tx, ()| {
        Box::pin(async move { opt_instant(&tx.row(&sql::TIMER_NEXT, &[]).await?, 0) })
    })
    .await
}
