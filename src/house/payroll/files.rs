//! The files of a draft: the accountants', and those that heads get besides the letter.

use data_encoding::BASE64;

use super::{super::HouseError, Month, draft::Shown, staff::Member};
use crate::{
    model::{
        decimal::Decimal, language::Language, outgoing::MadeFile, payroll::PayFile,
        scoring::Scoring,
    },
    report::{
        files::{
            Employee, FileKind, KpiRow, RowKind, Scored, Span, file_name, kpi, kpi_score, pay,
            scores, summary,
        },
        table::{Format, Table, Written},
    },
};

fn scored<'m>(
    members: impl IntoIterator<Item = &'m Member>,
    scoring: &Scoring,
) -> Vec<(Employee, Vec<Scored>)> {
    let members = members.into_iter();
    members
        .map(|one| (one.employee.clone(), scores(&one.facts, scoring)))
        .collect()
}

fn written(table: &Table, month: &Month<'_>) -> Result<(Written, Format), HouseError> {
    let format = Format::parse(&month.list.format).unwrap_or(Format::Xlsx);
    let written = table.write(format, month.list.columns);
    let written = written.map_err(|error| HouseError::Stored(error.to_string()))?;
    Ok((written, format))
}

/// The accountants' file, and its bytes in base64.
pub(super) fn pay_file(
    month: &Month<'_>,
    span: &Span,
    members: &[Member],
    scoring: &Scoring,
) -> Result<(PayFile, String), HouseError> {
    let all = scored(members, scoring);
    let table = pay(span, &all);
    let (written, format) = written(&table, month)?;
    let told = summary(&table, &written, month.list.language);
    let list = month.name.as_str();
    let file = PayFile {
        name: file_name(FileKind::Pay, &month.period.name, list, 1, format.ending()),
        media_type: format.media_type().to_owned(),
        sha256: told.sha256,
        rows: told.rows,
        sums: sums(&all, month.list.language),
    };
    Ok((file, BASE64.encode(&written.bytes)))
}

/// The sum of each indicator's values, in the order of the settings.
fn sums(all: &[(Employee, Vec<Scored>)], language: Language) -> Vec<(String, String)> {
    let mut sums: Vec<(String, Decimal)> = Vec::new();
    for one in all.iter().flat_map(|(_, scored)| scored) {
        let paid = one.fact.filter(|_| one.score.is_some());
        let more = paid.unwrap_or(Decimal::whole(0));
        match sums.iter_mut().find(|(code, _)| *code == one.code) {
            Some((_, sum)) => *sum = sum.plus(more).unwrap_or(*sum),
            None => sums.push((one.code.clone(), more)),
        }
    }
    let sums = sums.into_iter();
    sums.map(|(code, sum)| (code, sum.in_words_of(language)))
        .collect()
}

/// What a head gets besides the letter: what the figures are made of, and what they score.
pub(super) fn files(shown: &Shown<'_>, own: &[&Member]) -> Result<Vec<MadeFile>, HouseError> {
    let month = shown.month;
    let rows = own.iter().map(|one| KpiRow {
        kind: RowKind::Employee,
        employee: one.employee.clone(),
        working_days: None,
        facts: one.facts.clone(),
        adjusts: None,
        ticket: String::new(),
    });
    let rows: Vec<KpiRow> = rows.collect();
    let all = scored(own.iter().copied(), shown.scoring);
    let columns = month.list.columns;
    let tables = [
        (FileKind::Kpi, kpi(shown.span, &rows, columns)),
        (
            FileKind::KpiScore,
            kpi_score(shown.span, &all, shown.scoring, columns),
        ),
    ];
    let mut files = Vec::new();
    for (kind, table) in tables {
        let (written, format) = written(&table, month)?;
        // Not approved by anybody: version 0.
        let list = month.name.as_str();
        files.push(MadeFile {
            name: file_name(kind, &month.period.name, list, 0, format.ending()),
            media_type: format.media_type().to_owned(),
            base64: BASE64.encode(&written.bytes),
        });
    }
    Ok(files)
}
