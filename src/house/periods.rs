//! Closed periods: the figures of a month as they were approved, with all of history that they rest on. What is closed is
//! handed out as it was written; what comes later is told apart, as adjustments, which the next one to be closed carries.

mod adjusting;
mod balance;
mod closed;
mod ends;
mod lines;

use anyhow::{Context as _, bail};
use data_encoding::{BASE64, HEXLOWER};
use jiff::{Timestamp, tz::TimeZone};
use sha2::{Digest as _, Sha256};

pub use self::{
    adjusting::{Adjustment, changed_by, changed_in},
    closed::{ClosedFigures, changed_since, closed_figures, closed_within},
    ends::torn,
    lines::{Adjusted, Lines, Pair, file_of, read},
};
use crate::{
    config,
    desk::{
        kpi::{DEFINITIONS, Period, Question, Sheet},
        payroll::{Closing, Payrolls, closed_by_mail},
    },
    house::payroll,
    model::{
        ids::{EventSeq, PayrollName, QueueName},
        outside::OutsideFact,
        period::ClosedPeriod,
    },
    store::{Db, history, passes, payrolls},
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
    /// These payroll lists have it approved by mail.
    ByMail(Vec<PayrollName>),
    /// Mail that came in it waits to be decided.
    MailWaits,
    /// So much fell due in it, and is not judged yet.
    Unsettled(i64),
    /// The sums of these queues do not close.
    Unbalanced(Vec<QueueName>),
}

/// A period as it stands: of one that is closed, what history comes to by now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its figures.
    pub sheet: Sheet,
    /// What comes from outside.
    pub outside: Vec<OutsideFact>,
    /// What has changed in closed periods since the last of them was closed: this one carries it.
    pub adjustments: Vec<Adjustment>,
    /// The last event that is known of.
    pub upto: i64,
}

impl Draft {
    /// Its file.
    #[must_use]
    pub fn file(&self) -> String {
        file_of(&self.sheet, &self.outside, &self.adjustments)
    }
}

/// A period as it stands now. Nothing is written.
///
/// # Errors
/// What the database says.
pub async fn draft(db: &Db, period: &Period, zone: &TimeZone) -> anyhow::Result<Draft> {
    let all = payrolls::states(db).await?;
    draft_after(db, (period, zone), &all, None).await
}

/// A period as it stands or stood at an event, after those were closed that know of no later one.
async fn draft_after(
    db: &Db,
    (period, zone): (&Period, &TimeZone),
    all: &Payrolls,
    upto: Option<i64>,
) -> anyhow::Result<Draft> {
    let question = Question::about(vec![period.clone()], zone.clone());
    let (sheets, upto) = history::figures(db, &question, upto).await?;
    let mut sheet = sheets.into_iter().next().context("Nothing was counted")?;
    sheet.torn.extend(torn(db, all, (&sheet, upto)).await?);
    let before = EventSeq(upto.saturating_add(1));
    let stretches = all.stretches_at_terminal(&period.name, before);
    let mut earlier = all.closings(&period.name);
    let zone = earlier.find_map(|one| match one {
        Closing::AtTerminal { closed, .. } => Some(zone_of(closed, zone)),
        Closing::ByMail { .. } => None,
    });
    let zone = zone.unwrap_or_else(|| question.zone.clone());
    let adjustments = changed_by(db, stretches, zone, upto).await?;
    Ok(Draft {
        outside: history::outside(db, &period.name, upto).await?,
        sheet,
        adjustments,
        upto,
    })
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
    let months = payrolls::states(db).await?;
    let lists: Vec<PayrollName> = closed_by_mail(&months, &period.name)
        .map(|(list, _)| list.clone())
        .collect();
    if !lists.is_empty() {
        return Ok(Err(NotClosed::ByMail(lists)));
    }
    // What is on its way is looked for first: meanwhile it can only arrive.
    let passes = passes::known(db, Timestamp::UNIX_EPOCH).await?;
    if passes.waits_since.is_some_and(|since| since < period.to) {
        return Ok(Err(NotClosed::MailWaits));
    }
    let ending = history::still_to_end(db, period.to).await?;
    let draft = draft(db, period, zone).await?;
    let unjudged = draft.sheet.unsettled.values().flatten().count();
    let left = unjudged.saturating_add(ending.len());
    let left = i64::try_from(left).unwrap_or(i64::MAX);
    if left > 0 {
        return Ok(Err(NotClosed::Unsettled(left)));
    }
    let wrong: Vec<QueueName> = draft.sheet.unbalanced().into_iter().cloned().collect();
    if !wrong.is_empty() {
        return Ok(Err(NotClosed::Unbalanced(wrong)));
    }
    let file = draft.file();
    let head_hash = history::hash_at(db, draft.upto).await?;
    let packed = zstd::encode_all(file.as_bytes(), 0).context("Cannot pack the file")?;
    Ok(Ok(ClosedPeriod {
        period: period.name.clone(),
        from: period.from,
        to: period.to,
        version: 1,
        upto: EventSeq(draft.upto),
        head_hash: head_hash.unwrap_or_default(),
        sha256: HEXLOWER.encode(&Sha256::digest(file.as_bytes())),
        file: BASE64.encode(&packed),
        definitions: DEFINITIONS,
        zone: zone.iana_name().map(str::to_owned),
        files: None,
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

/// What a closed file says.
///
/// # Errors
/// It is damaged.
pub fn lines_of(closed: &ClosedPeriod) -> anyhow::Result<Lines> {
    let file = String::from_utf8(bytes_of(closed)?).context("The closed file is no text")?;
    Ok(read(&file))
}

fn period_of(closed: &ClosedPeriod) -> Period {
    Period {
        name: closed.period.clone(),
        from: closed.from,
        to: closed.to,
    }
}

/// The zone by which a period was closed. `zone`: today's, of those that do not say.
fn zone_of(closed: &ClosedPeriod, zone: &TimeZone) -> TimeZone {
    zone_named(closed.zone.as_deref(), zone)
}

/// The zone of that name, else the other.
#[must_use]
pub fn zone_named(name: Option<&str>, zone: &TimeZone) -> TimeZone {
    let own = name.map(config::zone);
    let own = own.and_then(Result::ok).map(|(_, zone)| zone);
    own.unwrap_or_else(|| zone.clone())
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
    /// The settings of scores that it was made by are damaged.
    Settings,
    /// Figures or rows, its own or of a month whose changes it carries, cannot be read: no row can be derived again.
    Rows,
}

/// A row that people are paid by which says something else than what it rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WrongRow {
    /// The list and the month.
    pub month: String,
    /// The queue and the agent, as `it/anna`, several with `+`; empty: nobody's.
    pub whose: String,
    /// The period in the row; empty where there is no row.
    pub period: String,
    /// The indicator; empty: there is no row for that agent, or with a period, the row overlaps another one.
    pub indicator: String,
    /// What it says; of a row that overlaps another one, which.
    pub told: String,
    /// What the closed figures and settings come to.
    pub derived: String,
}

/// What a proof of the closed periods came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proof {
    /// How many are closed.
    pub periods: usize,
    /// Those that were counted by other definitions: their files and their places in history are proved, not their figures.
    pub not_counted: Vec<String>,
    /// Those whose settings of scores were not kept: their rows are not derived again.
    pub not_scored: Vec<String>,
    /// Those that were closed before they were over, by a clock that was ahead: that is no fault, the rest comes as adjustments.
    pub early: Vec<String>,
    /// What is wrong with which.
    pub faults: Vec<(String, Wrong)>,
    /// Rows that say something else than what they rest on.
    pub rows: Vec<WrongRow>,
    /// Months, also such as are not closed yet, with the queues whose sums do not close.
    pub unbalanced: Vec<(String, Vec<QueueName>)>,
}

/// Proves every closed period: its file, its place in history, its figures.
///
/// # Errors
/// What the database says.
pub async fn prove(db: &Db, zone: &TimeZone) -> anyhow::Result<Proof> {
    let all = history::closed_periods(db).await?;
    let all: Vec<ClosedPeriod> = all.into_iter().map(|(closed, _)| closed).collect();
    let mut proof = Proof {
        periods: all.len(),
        ..Proof::default()
    };
    let payrolls = payrolls::states(db).await?;
    for closed in &all {
        let bytes = bytes_of(closed).ok();
        let head = history::hash_at(db, closed.upto.0).await?;
        let mut is_other = false;
        if closed.definitions == DEFINITIONS {
            let zone = zone_of(closed, zone);
            let whole = (&period_of(closed), &zone);
            let again = draft_after(db, whole, &payrolls, Some(closed.upto.0)).await?;
            is_other = bytes
                .as_ref()
                .is_some_and(|bytes| bytes != again.file().as_bytes());
            proof.balance(&closed.period, &again.sheet, |_| true);
        } else {
            let question = Question::about(vec![period_of(closed)], zone_of(closed, zone));
            let (sheets, _) = history::figures(db, &question, Some(closed.upto.0)).await?;
            for sheet in &sheets {
                proof.balance(&closed.period, sheet, |_| true);
            }
            proof.not_counted.push(closed.period.clone());
        }
        let is_wrong = [
            (Wrong::File, bytes.is_none()),
            (Wrong::Head, head.unwrap_or_default() != closed.head_hash),
            (Wrong::Figures, is_other),
        ];
        let found = is_wrong.into_iter().filter(|(_, is_wrong)| *is_wrong);
        let found = found.map(|(what, _)| (closed.period.clone(), what));
        proof.faults.extend(found);
        payroll::prove_files(db, (&payrolls, closed), &mut proof).await?;
    }
    Ok(proof)
}
