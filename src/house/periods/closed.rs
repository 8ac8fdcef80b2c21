//! What is closed of a period, at the terminal or by mail, for whoever asks for its figures later: they get those that were
//! closed, and hear how much has changed since.

use std::collections::BTreeMap;

use anyhow::Context as _;
use data_encoding::BASE64;
use jiff::{Timestamp, tz::TimeZone};

use super::{Adjustment, Lines, changed_in, lines_of, read, zone_named};
use crate::{
    desk::{
        kpi::{Balance, DEFINITIONS, Figure, Of, Period, Tally, Whose, figures, whole},
        payroll::{MonthState, Payrolls},
    },
    house::payroll::{self, rows::Rows},
    model::{
        ids::{AgentName, PayrollName, QueueName},
        payroll::{PayFile, PayrollDraft},
        period::{ClosedFiles, ClosedPeriod},
    },
    store::{Db, StoreError, history, payrolls},
};

/// Figures that are closed.
#[derive(Debug, Clone, PartialEq)]
pub struct ClosedFigures {
    /// By which payroll list; `None`: at the terminal.
    pub list: Option<PayrollName>,
    /// Which period.
    pub period: Period,
    /// Which version.
    pub version: u32,
    /// Since when.
    pub at: Timestamp,
    /// The last event that they know of.
    pub upto: i64,
    /// Whether they can be counted again: by the same definitions.
    pub is_countable: bool,
    /// The definitions by which they were counted.
    pub definitions: u32,
    /// The file that accountants get of a list, and its bytes in base64.
    pub pay: Option<(PayFile, String)>,
    /// The files with which it was closed at the terminal; `None`: it was closed by mail, or before they were kept.
    pub files: Option<Box<ClosedFiles>>,
    /// Which queues and agents stand in one row of its files.
    pub rows: Rows,
    /// Whose they are; `None`: of all.
    queues: Option<Vec<QueueName>>,
    zone: Option<String>,
    lines: Lines,
}

impl ClosedFigures {
    /// Those of a period that is closed at the terminal, or is to be.
    ///
    /// # Errors
    /// They are damaged.
    pub fn at_terminal(closed: &ClosedPeriod, at: Timestamp) -> anyhow::Result<Self> {
        Ok(Self {
            list: None,
            period: super::period_of(closed),
            version: closed.version,
            at,
            upto: closed.upto.0,
            is_countable: closed.definitions == DEFINITIONS,
            definitions: closed.definitions,
            pay: None,
            files: closed.files.clone(),
            rows: Rows::TODAY,
            queues: None,
            zone: closed.zone.clone(),
            lines: lines_of(closed)?,
        })
    }

    fn by_mail(
        (list, name): (&PayrollName, &str),
        state: &MonthState,
    ) -> Option<anyhow::Result<Self>> {
        let (version, at) = state.frozen?;
        let drafted = state.drafted.as_ref()?;
        let draft: &PayrollDraft = &drafted.draft;
        let parts = draft.parts.iter();
        // Of queues that are gone it carries changes of earlier months, and no figures of this one.
        let queues = parts.flat_map(|part| part.queues.clone());
        let queues = queues.filter(|queue| !draft.gone.contains(queue)).collect();
        let figures = payroll::unpack(&draft.figures);
        let read_back =
            figures.and_then(|figures| Ok((figures, Rows::sent(draft, &drafted.file)?)));
        let read_back = read_back.context("Cannot read the closed figures");
        Some(read_back.map(|(figures, rows)| Self {
            list: Some(list.clone()),
            period: Period {
                name: name.to_owned(),
                from: draft.from,
                to: draft.to,
            },
            version,
            at,
            upto: draft.upto.0,
            is_countable: draft.definitions == DEFINITIONS,
            definitions: draft.definitions,
            pay: draft.pay.clone().map(|pay| (pay, drafted.file.clone())),
            files: None,
            rows,
            queues: Some(queues),
            zone: draft.zone.clone(),
            lines: read(&figures),
        }))
    }

    /// Whether they are of this queue, too.
    #[must_use]
    pub fn has(&self, queue: &QueueName) -> bool {
        self.queues.as_ref().is_none_or(|own| own.contains(queue))
    }

    /// Of which queues they are; `None`: of all.
    #[must_use]
    pub fn queues(&self) -> Option<&[QueueName]> {
        self.queues.as_deref()
    }

    /// The figures as lines of a file.
    #[must_use]
    pub const fn lines(&self) -> &Lines {
        &self.lines
    }

    /// The bytes of the accountants' file, as they were sent, and its name.
    ///
    /// # Errors
    /// They are damaged.
    pub fn file(&self) -> anyhow::Result<Option<(String, Vec<u8>)>> {
        let Some((pay, base64)) = &self.pay else {
            return Ok(None);
        };
        let bytes = BASE64.decode(base64.as_bytes());
        Ok(Some((
            pay.name.clone(),
            bytes.context("The closed file is damaged")?,
        )))
    }

    /// The figures that okno has counted, as a sheet tells them: what was nothing is there, too.
    #[must_use]
    pub fn figures(&self) -> Vec<(Of, Vec<Figure>)> {
        let of_whole = whole(&Tally::default(), &Balance::default());
        let of_part = figures(&Tally::default());
        let lines = self.lines.figures.iter();
        let lines = lines.map(
            |((queue, agent), own)| match (queue.as_str(), agent.as_str()) {
                ("", _) => (Of::House, filled(&of_whole, own)),
                (queue, "*") => (Of::Queue(QueueName::from(queue)), filled(&of_whole, own)),
                (queue, agent) => {
                    let whose = Whose {
                        queue: QueueName::from(queue),
                        agent: Some(agent)
                            .filter(|name| !name.is_empty())
                            .map(AgentName::from),
                    };
                    (Of::Part(whose), filled(&of_part, own))
                }
            },
        );
        lines.collect()
    }

    /// The zone by whose midnights they were counted.
    #[must_use]
    pub fn zone(&self, zone: &TimeZone) -> TimeZone {
        zone_named(self.zone.as_deref(), zone)
    }

    /// What has changed of them since they were closed: the next month to be closed carries it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn changed_since(
        &self,
        db: &Db,
        zone: &TimeZone,
    ) -> Result<Vec<Adjustment>, StoreError> {
        let last = history::last(db).await?;
        let (periods, zone) = (vec![self.period.clone()], self.zone(zone));
        let mut changed = changed_in(db, periods, zone, (self.upto, last)).await?;
        changed.retain(|one| self.has(&one.whose.queue));
        Ok(changed)
    }
}

/// A figure of each sort; what a file does not say was nothing.
fn filled(all: &[Figure], own: &BTreeMap<String, super::Pair>) -> Vec<Figure> {
    let all = all.iter();
    all.map(|figure| match own.get(figure.code) {
        Some((numerator, denominator)) => Figure {
            numerator: *numerator,
            denominator: *denominator,
            ..figure.clone()
        },
        None => figure.clone(),
    })
    .collect()
}

/// What of a period is closed: by mail list by list, at the terminal all of it.
///
/// # Errors
/// What the database says; a closed file is damaged.
pub async fn closed_figures(db: &Db, name: &str) -> anyhow::Result<Vec<ClosedFigures>> {
    let months: Payrolls = payrolls::states(db).await?;
    let mut found = Vec::new();
    for ((list, period), state) in months
        .months
        .iter()
        .filter(|((_, period), _)| period == name)
    {
        let figures = ClosedFigures::by_mail((list, period), state);
        found.extend(figures.transpose()?);
    }
    if let Some((closed, at)) = super::closed(db, name).await? {
        found.push(ClosedFigures::at_terminal(&closed, at)?);
    }
    Ok(found)
}

/// The names of the months of a longer period of which anything is closed.
///
/// # Errors
/// What the database says.
pub async fn closed_within(db: &Db, period: &Period) -> anyhow::Result<Vec<String>> {
    let months = payrolls::states(db).await?;
    let by_mail = months
        .months
        .iter()
        .filter(|(_, state)| state.frozen.is_some());
    let by_mail = by_mail.filter_map(|((_, name), state)| {
        let draft = &state.drafted.as_ref()?.draft;
        Some((name.clone(), draft.from, draft.to))
    });
    let at_terminal = history::closed_periods(db).await?.into_iter();
    let at_terminal = at_terminal.map(|(closed, _)| (closed.period, closed.from, closed.to));
    let mut names: Vec<String> = by_mail
        .chain(at_terminal)
        .filter(|(name, from, to)| *name != period.name && *from >= period.from && *to <= period.to)
        .map(|(name, ..)| name)
        .collect();
    names.sort();
    names.dedup();
    Ok(names)
}

/// What has changed since in a period that was closed at the terminal.
///
/// # Errors
/// What the database says.
pub async fn changed_since(
    db: &Db,
    closed: &ClosedPeriod,
    zone: &TimeZone,
) -> anyhow::Result<Vec<Adjustment>> {
    let stretch = (closed.upto.0, history::last(db).await?);
    let zone = super::zone_of(closed, zone);
    Ok(changed_in(db, vec![super::period_of(closed)], zone, stretch).await?)
}
