//! The files of a period at the terminal: of all queues, or of one.

mod closing;
mod figures;
mod owed;
mod twice;

use std::collections::BTreeMap;

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::{
    basis::PaidRow,
    counting::closed::{Closed, closed_before},
    files::{
        detail::{Place, detail_rows},
        reasons::Reasons,
        scored,
    },
    rows::{Member, Source},
};
use crate::{
    desk::{
        kpi::{Detail, Period},
        payroll::Payrolls,
        policy::Policy,
    },
    model::{
        ids::{AgentName, QueueName},
        language::Language,
        scoring::Scoring,
    },
    report::{
        files::{Adjusted, FileKind, KpiRow, Span, detail, kpi, kpi_score, pay},
        table::Table,
    },
    store::{Db, history, payrolls},
};

pub use closing::{Kept, NotKept};
pub use figures::Figures;
use owed::{nameless, owed, paid_rows};
pub use twice::paid_otherwise;

/// What files are made by.
#[derive(Debug, Clone, Copy)]
pub struct Making<'m> {
    /// Where people are known.
    pub db: &'m Db,
    /// Who serves which queue, and what both are called.
    pub policy: &'m Policy,
    /// The zone whose midnights periods begin at.
    pub zone: &'m TimeZone,
    /// The language of the files: of the columns, and of what stands in the rows.
    pub language: Language,
    /// Employee numbers by agent, of those who are no agents any more.
    pub numbers: &'m BTreeMap<AgentName, String>,
    /// The settings of scores; `None`: figures alone.
    pub scoring: Option<&'m Scoring>,
    /// Whether every judged promise is told, too.
    pub has_details: bool,
}

/// Whose files: of the queue that is asked for, and of these alone, which a payroll list has; `None`: of all.
pub type FilesOf<'w> = (Option<&'w QueueName>, Option<&'w [QueueName]>);

/// What was made.
#[derive(Debug)]
pub struct Made {
    /// The files, not written yet: `pay` first, where there are settings of scores.
    pub tables: Vec<(FileKind, Table)>,
    /// Whoever has rows, or would have, and no number; what they are called.
    pub nameless: BTreeMap<AgentName, String>,
    /// The rows of `pay` by agents, also of those who have no number.
    pub rows: Vec<PaidRow>,
}

/// What the files of every queue rest on, found out once.
struct Ground<'g> {
    /// How all months stand.
    all: &'g Payrolls,
    /// The closed periods that the figures carry adjustments of.
    closed: Vec<Closed<'g>>,
    /// What the figures are made of, and why it was corrected; nothing, where that is not told.
    judged: (Vec<Detail>, Reasons),
}

/// Everybody and everything in the files.
struct Everything {
    /// Each employee in each department; whoever has done nothing is there, too.
    members: Vec<Member>,
    /// Everything else: what is nobody's, departments, the whole, adjustments, and what must be nought.
    others: Vec<KpiRow>,
    /// What the period carries of closed ones.
    carried: Adjusted,
    /// What of that people are owed: nothing of what nobody was paid by.
    owed: Adjusted,
}

impl Making<'_> {
    /// Makes them.
    ///
    /// # Errors
    /// What the database says; a period that was closed before is damaged.
    pub async fn make(&self, figures: &Figures, whose: FilesOf<'_>) -> anyhow::Result<Made> {
        let all = payrolls::states(self.db).await?;
        let ground = self.ground(&all, figures).await?;
        self.made(figures, &ground, whose).await
    }

    async fn ground<'g>(
        &'g self,
        all: &'g Payrolls,
        figures: &Figures,
    ) -> anyhow::Result<Ground<'g>> {
        let (db, upto) = (self.db, Some(figures.upto));
        let judged = match self.has_details {
            true => history::judged(db, &figures.period, upto).await?,
            false => Vec::new(),
        };
        let reasons = Reasons::of(db, &judged).await?;
        Ok(Ground {
            all,
            closed: self.before(all, figures)?,
            judged: (judged, reasons),
        })
    }

    async fn made(
        &self,
        figures: &Figures,
        ground: &Ground<'_>,
        whose: FilesOf<'_>,
    ) -> anyhow::Result<Made> {
        let span = self.span(&figures.period);
        let everything = self.everything((figures, &span), ground, whose).await?;
        let nameless = nameless(&everything);
        let mut tables = Vec::new();
        let mut paid = Vec::new();
        let scoring = self.scoring;
        let scoring = scoring.map(|scoring| scoring.of_definitions(figures.definitions));
        if let Some(scoring) = scoring.as_deref() {
            let (members, carried) = (&everything.members, &everything.owed);
            let scored = scored(members, (scoring, figures.rows.rules));
            paid = paid_rows(&span, (members, &scored), carried, scoring);
            tables.push((FileKind::Pay, pay(&span, &scored, carried)));
            let table = kpi_score(&span, &scored, carried, scoring, self.language);
            tables.push((FileKind::KpiScore, table));
        }
        let rows = everything.members.iter().map(Member::row);
        let rows: Vec<KpiRow> = rows.chain(everything.others.iter().cloned()).collect();
        tables.push((FileKind::Kpi, kpi(&span, &rows, self.language)));
        if self.has_details {
            let table = self.details(&span, (ground, whose), &everything);
            tables.push((FileKind::Detail, table));
        }
        Ok(Made {
            tables,
            nameless,
            rows: paid,
        })
    }

    /// The closed periods that these figures carry adjustments of.
    fn before(&self, all: &Payrolls, figures: &Figures) -> anyhow::Result<Vec<Closed<'_>>> {
        let of = (figures.period.name.as_str(), figures.upto);
        let by = (figures.rows.rules, figures.definitions);
        closed_before(all, of, self.scoring, by).context("Cannot read what was closed before")
    }

    fn source<'s>(
        &'s self,
        (figures, span): (&'s Figures, &Span),
        all: &'s Payrolls,
    ) -> Source<'s> {
        Source {
            db: self.db,
            policy: self.policy,
            lines: &figures.lines,
            sheet: figures.sheet.as_ref(),
            rows: &figures.rows,
            numbers: self.numbers,
            before: all,
            language: self.language,
            days: (span.from, span.to),
        }
    }

    async fn everything(
        &self,
        of: (&Figures, &Span),
        ground: &Ground<'_>,
        (asked, own): FilesOf<'_>,
    ) -> anyhow::Result<Everything> {
        let source = self.source(of, ground.all);
        let mut queues = source.queues();
        queues.retain(|queue| asked.is_none_or(|asked| asked == queue));
        queues.retain(|queue| own.is_none_or(|own| own.contains(queue)));
        let told: Vec<QueueName> = queues.iter().cloned().collect();
        let carried = source.adjusted(&told, &ground.closed).await?;
        let mut everything = Everything {
            members: source.members(&queues).await?,
            others: Vec::new(),
            owed: owed(&carried, &ground.closed),
            carried,
        };
        for unit in source.units(&queues) {
            let others = source.others(&unit, &everything.carried.tickets);
            everything.others.extend(others);
        }
        if asked.is_none() && own.is_none() {
            everything.others.extend(source.total());
        }
        Ok(everything)
    }

    /// What the figures are made of, and what the period carries of closed ones.
    fn details(
        &self,
        span: &Span,
        (ground, (asked, own)): (&Ground<'_>, FilesOf<'_>),
        everything: &Everything,
    ) -> Table {
        let (judged, reasons) = &ground.judged;
        let place = Place {
            policy: self.policy,
            zone: self.zone,
            language: self.language,
            members: &everything.members,
            reasons,
        };
        let judged = detail_rows(place, judged, |queue| {
            asked.is_none_or(|asked| asked == queue) && own.is_none_or(|own| own.contains(queue))
        });
        detail(span, &judged, &everything.carried, self.language)
    }

    fn span(&self, period: &Period) -> Span {
        let name = self.zone.iana_name().unwrap_or("UTC").to_owned();
        let day = |at: Timestamp| at.to_zoned(self.zone.clone()).date();
        let last = period.to.checked_sub(SignedDuration::from_secs(1));
        Span {
            name: period.name.clone(),
            from: day(period.from),
            to: day(last.unwrap_or(period.to)),
            zone: name,
        }
    }
}
