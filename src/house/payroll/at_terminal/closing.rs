//! The files with which a period is closed at the terminal: made once, and kept as they are.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::BASE64;

use super::{
    super::{
        basis::{rows_written, settings_kept},
        counting::lines,
        files::pay_of,
    },
    Figures, Ground, Made, Making,
};
use crate::{
    model::{
        ids::{AgentName, QueueName},
        payroll::ROWS,
        period::{ClosedFile, ClosedFiles},
    },
    report::{
        files::{FileKind, file_name, summary},
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
}

/// Why a period is not closed with its files.
#[derive(Debug)]
pub enum NotKept {
    /// These agents have rows, or would have, and no employee number; what they are called.
    Nameless(BTreeMap<AgentName, String>),
    /// There are no settings of scores, and people are owed changes of these periods, which they were paid by.
    Owed(BTreeSet<String>),
}

impl Making<'_> {
    /// Makes the files that a period is closed with: of all queues, and of each. `is_numberless`: whoever has no number is closed
    /// all the same, and there is no file for accountants.
    ///
    /// # Errors
    /// What the database says; a period that was closed before is damaged; a file cannot be written.
    pub async fn keep(
        &self,
        figures: &Figures,
        (format, is_numberless): (Format, bool),
    ) -> anyhow::Result<Result<Kept, NotKept>> {
        let all = payrolls::states(self.db).await?;
        let ground = self.ground(&all, figures).await?;
        let owed = self.owed(figures, &ground);
        if !owed.is_empty() {
            return Ok(Err(NotKept::Owed(owed)));
        }
        let made = self.made(figures, &ground, (None, None)).await?;
        if !made.nameless.is_empty() && !is_numberless {
            return Ok(Err(NotKept::Nameless(made.nameless)));
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
        };
        self.put(&mut kept, (figures, None), &made, format)?;
        let span = self.span(&figures.period);
        for queue in self.source((figures, &span), &all).queues() {
            let made = self.made(figures, &ground, (Some(&queue), None)).await?;
            self.put(&mut kept, (figures, Some(&queue)), &made, format)?;
        }
        Ok(Ok(kept))
    }

    /// The periods whose changes somebody is owed, since people were paid by them, where this one would pay nobody.
    fn owed(&self, figures: &Figures, ground: &Ground<'_>) -> BTreeSet<String> {
        let is_paid = |period: &str| {
            let mut closed = ground.closed.iter();
            closed.any(|one| one.period == period && !one.rows.is_empty())
        };
        let adjusted = figures.lines.adjusted.iter();
        let owed = adjusted.filter(|one| !one.agent.is_empty() && is_paid(&one.period));
        owed.filter(|_| self.scoring.is_none())
            .map(|one| one.period.clone())
            .collect()
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
