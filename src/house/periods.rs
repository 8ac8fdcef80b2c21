//! Closed periods: the figures of a month as they were approved, with all of history that they rest on. What is closed is
//! handed out as it was written; what comes later is told apart, as adjustments.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, bail};
use data_encoding::{BASE64, HEXLOWER};
use jiff::{Timestamp, tz::TimeZone};
use sha2::{Digest as _, Sha256};

use crate::{
    desk::kpi::{Period, Question, Sheet},
    model::{
        ids::{EventSeq, QueueName},
        period::ClosedPeriod,
    },
    store::{Db, history},
};

/// What a closed file may come to, unpacked.
const FILE_MAX: usize = 64_000_000;

/// Why a period cannot be closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotClosed {
    /// It is not over.
    NotOver,
    /// It is closed already.
    Already,
    /// The sums of these queues do not close.
    Unbalanced(Vec<QueueName>),
}

/// A period as it would be closed now. Nothing is written.
///
/// # Errors
/// What the database says.
pub async fn prepare(
    db: &Db,
    period: &Period,
    zone: &TimeZone,
    now: Timestamp,
) -> anyhow::Result<Result<ClosedPeriod, NotClosed>> {
    if period.to > now {
        return Ok(Err(NotClosed::NotOver));
    }
    if closed(db, &period.name).await?.is_some() {
        return Ok(Err(NotClosed::Already));
    }
    let (sheet, upto) = counted(db, period, zone, None).await?;
    let wrong: Vec<QueueName> = sheet.unbalanced().into_iter().cloned().collect();
    if !wrong.is_empty() {
        return Ok(Err(NotClosed::Unbalanced(wrong)));
    }
    let lines = file_of(&sheet);
    let head_hash = history::hash_at(db, upto).await?;
    let packed = zstd::encode_all(lines.as_bytes(), 0).context("Cannot pack the file")?;
    Ok(Ok(ClosedPeriod {
        period: period.name.clone(),
        from: period.from,
        to: period.to,
        version: 1,
        upto: EventSeq(upto),
        head_hash: head_hash.unwrap_or_default(),
        sha256: HEXLOWER.encode(&Sha256::digest(lines.as_bytes())),
        file: BASE64.encode(&packed),
    }))
}

/// The closed period of that name, and when it was closed.
///
/// # Errors
/// What the database says.
pub async fn closed(db: &Db, name: &str) -> anyhow::Result<Option<(ClosedPeriod, Timestamp)>> {
    let all = history::closed_periods(db).await?;
    let mut all = all.into_iter().rev();
    Ok(all.find(|(closed, _)| closed.period == name))
}

async fn counted(
    db: &Db,
    period: &Period,
    zone: &TimeZone,
    upto: Option<i64>,
) -> anyhow::Result<(Sheet, i64)> {
    let question = Question::about(vec![period.clone()], zone.clone());
    let (sheets, upto) = history::figures(db, &question, upto).await?;
    let sheet = sheets.into_iter().next().context("Nothing was counted")?;
    Ok((sheet, upto))
}

/// The file of a sheet: whose, which figure, numerator and denominator; figures of nothing are left out.
#[must_use]
pub fn file_of(sheet: &Sheet) -> String {
    let mut lines = String::from("period;queue;agent;figure;numerator;denominator\r\n");
    for (of, figures) in sheet.lines() {
        let (queue, agent) = of.columns();
        for figure in figures {
            if figure.numerator == 0 && figure.denominator.is_none_or(|below| below == 0) {
                continue;
            }
            let below = figure.denominator.map(|below| below.to_string());
            lines.push_str(&format!(
                "{};{queue};{agent};{};{};{}\r\n",
                sheet.period.name,
                figure.code,
                figure.numerator,
                below.unwrap_or_default()
            ));
        }
    }
    lines
}

/// The bytes of a closed file, as they were written.
///
/// # Errors
/// They are not what their sum says.
pub fn bytes_of(closed: &ClosedPeriod) -> anyhow::Result<Vec<u8>> {
    let packed = BASE64.decode(closed.file.as_bytes());
    let packed = packed.context("The closed file is damaged")?;
    let bytes = zstd::bulk::decompress(&packed, FILE_MAX).context("The closed file is damaged")?;
    if HEXLOWER.encode(&Sha256::digest(&bytes)) != closed.sha256 {
        bail!("The closed file is not what its SHA-256 says");
    }
    Ok(bytes)
}

/// A figure that is another now than when its period was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment {
    /// Period, queue, agent, figure, as in the file.
    pub whose: String,
    /// Numerator and denominator as they were closed.
    pub closed: (i64, Option<i64>),
    /// As they are now.
    pub now: (i64, Option<i64>),
}

/// What has changed since a period was closed.
///
/// # Errors
/// The closed file is damaged; what the database says.
pub async fn adjustments(
    db: &Db,
    closed: &ClosedPeriod,
    zone: &TimeZone,
) -> anyhow::Result<Vec<Adjustment>> {
    let (sheet, _) = counted(db, &period_of(closed), zone, None).await?;
    let before = String::from_utf8(bytes_of(closed)?).context("The closed file is no text")?;
    let now = file_of(&sheet);
    let (before, now) = (read(&before), read(&now));
    let whose: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let changed = whose.into_iter().filter_map(|whose| {
        let was = before.get(whose).copied().unwrap_or_default();
        let is = now.get(whose).copied().unwrap_or_default();
        (was != is).then(|| Adjustment {
            whose: whose.clone(),
            closed: was,
            now: is,
        })
    });
    Ok(changed.collect())
}

fn period_of(closed: &ClosedPeriod) -> Period {
    Period {
        name: closed.period.clone(),
        from: closed.from,
        to: closed.to,
    }
}

/// The figures in a file: whose and which, with numerator and denominator.
fn read(file: &str) -> BTreeMap<String, (i64, Option<i64>)> {
    let figure = |line: &str| {
        let mut parts = line.rsplitn(3, ';');
        let below = parts.next()?.parse().ok();
        let above = parts.next()?.parse().ok()?;
        Some((parts.next()?.to_owned(), (above, below)))
    };
    file.lines().filter_map(figure).collect()
}

/// What is wrong with a closed period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Its file is not what its sum says.
    File,
    /// History up to there is another.
    Head,
    /// The events that it knows of come to other figures.
    Figures,
}

/// Proves every closed period: its file, its place in history, its figures. How many there are, and what is wrong.
///
/// # Errors
/// What the database says.
pub async fn prove(db: &Db, zone: &TimeZone) -> anyhow::Result<(usize, Vec<(String, Wrong)>)> {
    let all = history::closed_periods(db).await?;
    let mut faults = Vec::new();
    for (closed, _) in &all {
        let bytes = bytes_of(closed).ok();
        let head = history::hash_at(db, closed.upto.0).await?;
        let (sheet, _) = counted(db, &period_of(closed), zone, Some(closed.upto.0)).await?;
        let is_wrong = [
            (Wrong::File, bytes.is_none()),
            (Wrong::Head, head.unwrap_or_default() != closed.head_hash),
            (
                Wrong::Figures,
                bytes.is_some_and(|bytes| bytes != file_of(&sheet).as_bytes()),
            ),
        ];
        let found = is_wrong.into_iter().filter(|(_, is_wrong)| *is_wrong);
        faults.extend(found.map(|(what, _)| (closed.period.clone(), what)));
    }
    Ok((all.len(), faults))
}
