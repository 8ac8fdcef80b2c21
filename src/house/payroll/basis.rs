//! What a head approves, and what a draft is proved by: figures, the settings of scores as they were used, and the rows that
//! people are paid by.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};

use data_encoding::HEXLOWER;

use super::{
    super::{House, HouseError, periods::read},
    Month,
    counting::{closed::closed_of, lines},
    rows::{Member, Rows},
};
use crate::{
    desk::{
        kpi::DEFINITIONS,
        payroll::{Carries, Part, parts_in},
    },
    model::{
        ids::{AgentName, QueueName},
        payroll::{DraftPart, DraftSettings, PayrollDraft, ROWS},
        scoring::Scoring,
    },
    report::{
        files::{Adjusted, Employee, Scored, adjusts, pay, pay_whose, scores},
        table::{Cell, Table},
    },
};

/// Figures of a month with all that makes a draft of them.
pub(super) struct Basis {
    /// Those of whom there are rows, or would be, and whose number nobody has said.
    pub(super) nameless: BTreeSet<AgentName>,
    /// The accountants' file, not written yet.
    pub(super) table: Table,
    /// The version of the settings of scores.
    pub(super) version: String,
    /// These settings.
    pub(super) settings: DraftSettings,
    /// The rows of the table, by agents.
    pub(super) rows: Vec<PaidRow>,
    /// Who approves what, with the sums.
    pub(super) parts: Vec<DraftPart>,
}

/// A row of the accountants' file, by agents instead of their names and numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidRow {
    /// `queue/agent`, or several with `+` where one person is several agents.
    pub whose: String,
    /// The period as the file writes it.
    pub period: String,
    /// The indicator.
    pub indicator: String,
    /// The value, with a decimal point; empty: there is no data.
    pub value: String,
}

impl PaidRow {
    /// The queues and agents.
    #[must_use]
    pub fn group(&self) -> Vec<Part> {
        parts_in(&self.whose)
    }

    /// Whether it is of the month itself, and not of a closed one.
    #[must_use]
    pub fn is_own(&self) -> bool {
        !self.indicator.starts_with("KORR_")
    }

    /// Whether what it says was made of all its queues and agents at once: what tickets have changed is added up besides.
    #[must_use]
    pub fn is_of_group(&self) -> bool {
        !self.whose.is_empty() && adjusts(&self.indicator).is_none()
    }

    /// The queues and agents.
    pub fn parts(&self) -> impl Iterator<Item = (&str, &str)> {
        let parts = self.whose.split('+');
        parts.filter_map(|one| one.split_once('/'))
    }

    /// Whether it is about one of these queues; what is nobody's is everybody's.
    pub(super) fn is_of(&self, queues: &[QueueName]) -> bool {
        let mut parts = self.parts();
        self.whose.is_empty() || parts.any(|(of, _)| queues.iter().any(|own| own.as_str() == of))
    }
}

/// Rows as a draft keeps them, before they are packed.
pub(super) fn rows_written(rows: &[PaidRow]) -> String {
    let lines = rows.iter().map(|row| {
        let (whose, period) = (&row.whose, &row.period);
        format!("{whose};{period};{};{}\r\n", row.indicator, row.value)
    });
    let head = "whose;period;indicator;value\r\n".to_owned();
    std::iter::once(head).chain(lines).collect()
}

/// The rows that a draft keeps, in the order of its file; nothing, of a draft made before they were kept.
///
/// # Errors
/// They are damaged.
pub fn rows_of(draft: &PayrollDraft) -> Result<Vec<PaidRow>, HouseError> {
    let text = lines::unpack(&draft.rows)?;
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(';').collect();
        let [whose, period, indicator, value] = cells.as_slice() else {
            return Err(HouseError::Stored("rows are damaged".to_owned()));
        };
        let owned = |words: &&str| (*words).to_owned();
        Ok(PaidRow {
            whose: owned(whose),
            period: owned(period),
            indicator: owned(indicator),
            value: owned(value),
        })
    };
    text.lines().skip(1).map(row).collect()
}

/// The settings of scores that a draft was made by; `None`: it was made before they were kept.
///
/// # Errors
/// They are damaged.
pub fn settings_of(draft: &PayrollDraft) -> Result<Option<Scoring>, HouseError> {
    let Some(kept) = &draft.settings else {
        return Ok(None);
    };
    let text = lines::unpack(&kept.text)?;
    if lines::sha256(&text) != kept.sha256 {
        return Err(HouseError::Stored("settings are damaged".to_owned()));
    }
    let read = serde_json::from_str(&text);
    read.map(Some)
        .map_err(|error| HouseError::Stored(error.to_string()))
}

fn settings_text(scoring: &Scoring) -> Result<String, HouseError> {
    let text = serde_json::to_string(scoring);
    text.map_err(|error| HouseError::Stored(error.to_string()))
}

/// Settings of scores, as a draft keeps them.
pub(super) fn settings_kept(scoring: &Scoring) -> Result<DraftSettings, HouseError> {
    let text = settings_text(scoring)?;
    Ok(DraftSettings {
        sha256: lines::sha256(&text),
        text: lines::pack(&text)?,
    })
}

impl House {
    /// What these figures come to by today's settings, and for the people that there are. `carries`: what they carry of
    /// closed months.
    pub(super) async fn basis(
        &self,
        month: &Month<'_>,
        figures: &str,
        carries: &Carries,
    ) -> Result<Basis, HouseError> {
        let scoring = self.config.scorings.get(month.name);
        let scoring =
            scoring.ok_or_else(|| HouseError::Stored("no settings of scores".to_owned()))?;
        let (queues, read_lines) = (&month.list.queues, read(figures));
        let source = self.source(month, (&read_lines, None), &Rows::TODAY);
        let members = source.members(queues).await?;
        let all: Vec<QueueName> = queues.iter().chain(&carries.gone).cloned().collect();
        let closed = closed_of(
            month.all,
            (&all, carries),
            Some(scoring),
            (ROWS, DEFINITIONS),
        )?;
        let carried = source.adjusted(&all, &closed).await?;
        let scored: Vec<(Employee, Vec<Scored>)> = members
            .iter()
            .map(|one| (one.employee.clone(), scores(&one.facts, scoring)))
            .collect();
        let table = pay(&self.span(month.period), &scored, &carried);
        let own = members
            .iter()
            .map(|one| (one.whose(), scoring.indicators.len()));
        let whose = pay_whose(&own.collect::<Vec<_>>(), &carried);
        let rows = rows(&table, whose);
        let text = settings_text(scoring)?;
        let parts = self.parts(month, &carries.gone).into_iter();
        let parts = parts.map(|(approver, queues)| DraftPart {
            sha256: lines::sha256(&lines::of_queues(figures, &queues)),
            basis: sum((figures, &text), (&table, &rows), &queues),
            approver,
            queues,
        });
        Ok(Basis {
            version: scoring.version.clone(),
            parts: parts.collect(),
            settings: settings_kept(scoring)?,
            nameless: nameless(&members, &carried),
            table,
            rows,
        })
    }

    /// Who approves what: a queue that no list has any more is its own head's, else whoever approves first.
    fn parts(&self, month: &Month<'_>, gone: &[QueueName]) -> BTreeMap<AgentName, Vec<QueueName>> {
        let policy = &self.config.policy;
        let mut parts = month.list.parts(policy);
        let first = parts.keys().next().cloned();
        for queue in gone {
            let own = policy.queues.get(queue);
            let head = own.and_then(|own| policy.heads_of(own).first().copied().cloned());
            let approver = month
                .list
                .approver
                .clone()
                .or(head)
                .or_else(|| first.clone());
            if let Some(approver) = approver {
                parts.entry(approver).or_default().push(queue.clone());
            }
        }
        parts
    }
}

/// Whoever has rows, or would have, and no number.
fn nameless(members: &[Member], carried: &Adjusted) -> BTreeSet<AgentName> {
    let own = members.iter().filter(|one| one.employee.number.is_empty());
    let own = own.flat_map(Member::agents).cloned();
    let changed = carried.unpayable().into_iter().flat_map(parts_in);
    own.chain(changed.map(|(_, agent)| agent)).collect()
}

/// The rows by agents, in the order of the table.
pub(super) fn rows(table: &Table, whose: Vec<String>) -> Vec<PaidRow> {
    let rows = table.rows.iter().zip(whose);
    let rows = rows.filter_map(|(cells, whose)| {
        let [_, _, _, period, indicator, value] = cells.as_slice() else {
            return None;
        };
        Some(PaidRow {
            whose,
            period: written(period),
            indicator: written(indicator),
            value: written(value),
        })
    });
    rows.collect()
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Words(words) => words.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Moment(moment) => moment.to_string(),
        Cell::Empty => String::new(),
    }
}

/// Of everything that the head of these queues approves. People's names and numbers are in the sum, and nowhere else in history.
fn sum(
    (figures, settings): (&str, &str),
    (table, rows): (&Table, &[PaidRow]),
    queues: &[QueueName],
) -> String {
    let mut sum = Sha256::new();
    sum.update(lines::of_queues(figures, queues));
    sum.update(settings);
    let own = rows.iter().zip(&table.rows);
    for (_, cells) in own.filter(|(row, _)| row.is_of(queues)) {
        let cells: Vec<String> = cells.iter().map(written).collect();
        sum.update(format!("\n{}", cells.join(";")));
    }
    HEXLOWER.encode(&sum.finalize())
}
