//! The files with which a period is closed at the terminal: made once, and kept as they are.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::BASE64;

use super::{
    super::{
        basis::{rows_written, settings_kept},
        counting::{closed::Closed, lines},
        files::pay_of,
    },
    Figures, Ground, Made, Making,
    twice::paid_otherwise,
};
use crate::{
    model::{
        ids::{AgentName, QueueName},
        payroll::ROWS,
        period::{ClosedFile, ClosedFiles},
    },
    report::{
        files::{FileKind, file_name, period_words, summary},
        table::{Format, Table, Written},
    },
    store::payrolls,
};

/// The files of a period that is to be closed.
#[derive(Debug)]
pub struct Kept {
    /// What history keeps of them.
    pub files: ClosedFiles,
    /// Their bytes by name, in base64.
    pub bytes: BTreeMap<String, String>,
    /// The periods that have changed since, and that nobody was paid by: nobody is owed the difference.
    pub unpaid: BTreeSet<String>,
}

/// Why a period is not closed with its files.
#[derive(Debug)]
pub enum NotKept {
    /// These agents have rows, or would have, and no employee number; what they are called.
    Nameless(BTreeMap<AgentName, String>),
    /// There are no settings of scores, and people are owed changes of these periods, which they were paid by.
    Owed(BTreeSet<String>),
    /// These agents have no number, so that nobody would be paid, and people are owed changes of these periods.
    OwedNameless(BTreeSet<String>, BTreeMap<AgentName, String>),
    /// People are paid for these days by other files: those of these months, quarters or years, or of these lists' months.
    PaidOtherwise(BTreeSet<String>),
}

impl Making<'_> {
    /// Makes the files that a period is closed with: of all queues, and of each. `is_numberless`: whoever has no number is closed
    /// all the same, and there is no file for accountants; unless somebody is owed something, which later periods know for told.
    ///
    /// # Errors
    /// What the database says; a period that was closed before is damaged; a file cannot be written.
    pub async fn keep(
        &self,
        figures: &Figures,
        (format, is_numberless): (Format, bool),
    ) -> anyhow::Result<Result<Kept, NotKept>> {
        let all = payrolls::states(self.db).await?;
        if self.scoring.is_some() {
            let others = paid_otherwise(&all, self.policy, (&figures.period, self.zone));
            if !others.is_empty() {
                return Ok(Err(NotKept::PaidOtherwise(others)));
            }
        }
        let ground = self.ground(&all, figures).await?;
        let made = self.made(figures, &ground, (None, None)).await?;
        if let Some(why) = self.not_kept((figures, &ground), &made, is_numberless) {
            return Ok(Err(why));
        }
        let mut kept = Kept {
            files: ClosedFiles {
                format: format.code().to_owned(),
                columns: self.language,
                scores: self
                    .scoring
                    .map(|one| one.version.clone())
                    .unwrap_or_default(),
                settings: self.scoring.map(settings_kept).transpose()?,
                rows: match self.scoring {
                    Some(_) => lines::pack(&rows_written(&made.rows))?,
                    None => String::new(),
                },
                rules: ROWS,
                nameless: made.nameless.keys().cloned().collect(),
                pay: None,
                heads: Vec::new(),
            },
            bytes: BTreeMap::new(),
            unpaid: changed(figures, &ground, |one| one.is_unpaid),
        };
        self.put(&mut kept, (figures, None), &made, format)?;
        let span = self.span(&figures.period);
        for queue in self.source((figures, &span), &all).queues() {
            let made = self.made(figures, &ground, (Some(&queue), None)).await?;
            self.put(&mut kept, (figures, Some(&queue)), &made, format)?;
        }
        Ok(Ok(kept))
    }

    /// Why it is not closed so; `None`: it is.
    fn not_kept(
        &self,
        (figures, ground): (&Figures, &Ground<'_>),
        made: &Made,
        is_numberless: bool,
    ) -> Option<NotKept> {
        if self.scoring.is_none() {
            let owed = changed(figures, ground, |one| !one.rows.is_empty());
            return (!owed.is_empty()).then_some(NotKept::Owed(owed));
        }
        if made.nameless.is_empty() {
            return None;
        }
        if !is_numberless {
            return Some(NotKept::Nameless(made.nameless.clone()));
        }
        let mut owed = changed(figures, ground, |one| !one.is_unpaid);
        owed.retain(|period| {
            let mut rows = made.rows.iter().filter(|row| !row.is_own());
            rows.any(|row| row.period == period_words(period))
        });
        (!owed.is_empty()).then(|| NotKept::OwedNameless(owed, made.nameless.clone()))
    }

    /// Writes the files of a queue, or of all, into what is kept. The accountants' file is one, of all.
    fn put(
        &self,
        kept: &mut Kept,
        (figures, queue): (&Figures, Option<&QueueName>),
        made: &Made,
        format: Format,
    ) -> anyhow::Result<()> {
        let period = figures.period.name.as_str();
        for (kind, table) in &made.tables {
            let written = table.write(format, self.language)?;
            let bytes = BASE64.encode(&written.bytes);
            let name = match kind {
                FileKind::Pay if queue.is_some() || !made.nameless.is_empty() => continue,
                FileKind::Pay => {
                    let file = pay_of(("", period), (table, &written), (format, self.language));
                    let name = file.name.clone();
                    kept.files.pay = Some(file);
                    name
                }
                FileKind::Kpi | FileKind::KpiScore | FileKind::Detail | FileKind::Changes => {
                    let file = self.head((*kind, period, queue), (table, &written), format);
                    let name = file.name.clone();
                    kept.files.heads.push(file);
                    name
                }
            };
            kept.bytes.insert(name, bytes);
        }
        Ok(())
    }

    fn head(
        &self,
        (kind, period, queue): (FileKind, &str, Option<&QueueName>),
        (table, written): (&Table, &Written),
        format: Format,
    ) -> ClosedFile {
        let told = summary(table, written, self.language);
        let list = queue.map_or("", |queue| queue.as_str());
        ClosedFile {
            sort: kind.code().to_owned(),
            queue: queue.cloned(),
            name: file_name(kind, period, list, 1, format.ending()),
            sha256: told.sha256,
            rows: told.rows,
        }
    }
}

/// Such closed periods as something of somebody has changed in.
fn changed(
    figures: &Figures,
    ground: &Ground<'_>,
    is_meant: impl Fn(&Closed<'_>) -> bool,
) -> BTreeSet<String> {
    let is_meant = |period: &str| {
        let mut closed = ground.closed.iter();
        closed.any(|one| one.period == period && is_meant(one))
    };
    let adjusted = figures.lines.adjusted.iter();
    adjusted
        .filter(|one| !one.agent.is_empty() && is_meant(&one.period))
        .map(|one| one.period.clone())
        .collect()
}
