//! What this database is and under which policies it decided.

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::{Db, StoreError, sql};
use crate::{desk::policy::Policy, model::ids::PolicyId};

/// The name of this database in `X-Okno-Loop`, made at the first start from `candidate`.
///
/// # Errors
/// What the database says.
pub async fn name(db: &Db, candidate: &str) -> Result<String, StoreError> {
    db.write(
        "name the instance",
        candidate.to_owned(),
        |tx, candidate| {
            Box::pin(async move {
                tx.exec(&sql::HOUSE_SET, &["instance".into(), candidate.into()])
                    .await?;
                tx.row(&sql::HOUSE_GET, &["instance".into()])
                    .await?
                    .string(0)
            })
        },
    )
    .await
}

/// The key under which the fingerprint of what signs stands.
const SIGNED_WITH: &str = "signed_with";

/// The fingerprint of the key that has signed here last; `None`: none has.
///
/// # Errors
/// What the database says.
pub async fn signed_with(db: &Db) -> Result<Option<String>, StoreError> {
    db.read("see which key has signed", (), |tx, ()| {
        Box::pin(async move {
            let rows = tx.rows(&sql::HOUSE_GET, &[SIGNED_WITH.into()]).await?;
            rows.first().map(|row| row.string(0)).transpose()
        })
    })
    .await
}

/// The key of that fingerprint signs from now on; `None`: whichever is found at the next start.
///
/// # Errors
/// What the database says.
pub async fn sign_with(db: &Db, fingerprint: Option<String>) -> Result<(), StoreError> {
    db.write("note which key signs", fingerprint, |tx, fingerprint| {
        Box::pin(async move {
            tx.exec(&sql::HOUSE_CLEAR, &[SIGNED_WITH.into()]).await?;
            if let Some(fingerprint) = fingerprint {
                let values = [SIGNED_WITH.into(), fingerprint.into()];
                tx.exec(&sql::HOUSE_SET, &values).await?;
            }
            Ok(())
        })
    })
    .await
}

/// The key under which it stands since when the scanner has not answered.
const SCANNER_SILENT: &str = "scanner_silent_since";

/// Since when the scanner has not answered: since `now`, unless that was noted before.
///
/// # Errors
/// What the database says.
pub async fn scanner_silent(db: &Db, now: Timestamp) -> Result<Timestamp, StoreError> {
    let now = now.as_millisecond().to_string();
    db.write("note the scanner's silence", now, |tx, now| {
        Box::pin(async move {
            tx.exec(&sql::HOUSE_SET, &[SCANNER_SILENT.into(), now.into()])
                .await?;
            let since = tx
                .row(&sql::HOUSE_GET, &[SCANNER_SILENT.into()])
                .await?
                .string(0)?;
            let millis = since.parse().ok();
            let at = millis.and_then(|millis| Timestamp::from_millisecond(millis).ok());
            at.ok_or(StoreError::Unknown {
                column: "an instant",
                found: since,
            })
        })
    })
    .await
}

/// The scanner answers; whether it had been silent.
///
/// # Errors
/// What the database says.
pub async fn scanner_answers(db: &Db) -> Result<bool, StoreError> {
    db.write("note that the scanner answers", (), |tx, ()| {
        Box::pin(async move {
            let cleared = tx.exec(&sql::HOUSE_CLEAR, &[SCANNER_SILENT.into()]).await?;
            Ok(cleared > 0)
        })
    })
    .await
}

/// The row of a policy, added where it was never in force.
///
/// # Errors
/// What the database says.
pub async fn policy(db: &Db, resolved: &str, now: Timestamp) -> Result<PolicyId, StoreError> {
    let sum = HEXLOWER.encode(&Sha256::digest(resolved.as_bytes()));
    let input = (sum, resolved.to_owned(), now.as_millisecond());
    db.write("note the policy", input, |tx, (sum, resolved, now)| {
        Box::pin(async move {
            tx.exec(
                &sql::POLICY_ADD,
                &[sum.into(), resolved.into(), (*now).into()],
            )
            .await?;
            tx.row(&sql::POLICY_FIND, &[sum.into()])
                .await?
                .int(0)
                .map(PolicyId)
        })
    })
    .await
}

/// The settings that the last decision before an instant was made under. `None`: there was none, or this program does not
/// understand them any more.
///
/// # Errors
/// What the database says.
pub async fn policy_before(db: &Db, at: Timestamp) -> Result<Option<Policy>, StoreError> {
    db.read("look up the policy", at.as_millisecond(), |tx, at| {
        Box::pin(async move {
            let row = tx.row_opt(&sql::POLICY_BEFORE, &[(*at).into()]).await?;
            let found = row.map(|row| row.text(0).map(str::to_owned)).transpose()?;
            Ok(found.and_then(|text| serde_json::from_str(&text).ok()))
        })
    })
    .await
}
