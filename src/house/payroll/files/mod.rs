//! The files of a month: the accountants', and those that heads get besides the letter.

pub(super) mod detail;
pub(super) mod forms;
pub(super) mod reasons;

use data_encoding::BASE64;

use crate::{
    model::{
        decimal::Decimal,
        ids::QueueName,
        language::Language,
        outgoing::{MadeFile, PayrollReplaced},
        payroll::{LetterReplaced, PayFile},
        scoring::Scoring,
    },
    report::{
        files::{
            Adjusted, Employee, FileKind, KpiRow, Scored, detail, file_name, kpi, kpi_score,
            scores_by, shown_name, summary,
        },
        table::{Cell, Format, Table, Written},
    },
};
use {
    super::{super::HouseError, Month, letters::draft::Shown, rows::Member},
    detail::{Place, detail_rows},
};

pub(super) fn scored(
    members: &[Member],
    (scoring, rules): (&Scoring, u32),
) -> Vec<(Employee, Vec<Scored>)> {
    let scored = |one: &Member| scores_by(rules, &one.facts, scoring);
    let members = members.iter();
    members
        .map(|one| (one.employee.clone(), scored(one)))
        .collect()
}

pub(in crate::house::payroll) fn written(
    table: &Table,
    month: &Month<'_>,
) -> Result<(Written, Format), HouseError> {
    let format = Format::parse(&month.list.format).unwrap_or(Format::Xlsx);
    let written = table.write(format, month.list.columns);
    let written = written.map_err(|error| HouseError::Stored(error.to_string()))?;
    Ok((written, format))
}

/// The accountants' file, and its bytes in base64.
pub(in crate::house::payroll) fn pay_file(
    month: &Month<'_>,
    table: &Table,
) -> Result<(PayFile, String), HouseError> {
    let (written, format) = written(table, month)?;
    let of = (month.name.as_str(), month.period.name.as_str());
    let file = pay_of(of, (table, &written), (format, month.list.language));
    Ok((file, BASE64.encode(&written.bytes)))
}

/// The accountants' file of a list and a period; of no list, where it is of all.
pub(in crate::house::payroll) fn pay_of(
    (list, period): (&str, &str),
    (table, written): (&Table, &Written),
    (format, language): (Format, Language),
) -> PayFile {
    let told = summary(table, written, language);
    PayFile {
        name: file_name(FileKind::Pay, period, list, 1, format.ending()),
        shown: shown_name(FileKind::Pay, period, list, 1, format.ending()),
        media_type: format.media_type().to_owned(),
        sha256: told.sha256,
        rows: told.rows,
        sums: sums(table, language),
        replaced: replaced(written),
    }
}

/// The letters that a file's encoding lacks.
fn replaced(written: &Written) -> Vec<LetterReplaced> {
    let all = written.replaced.iter();
    all.map(|one| LetterReplaced {
        letter: one.letter.to_string(),
        by: one.by.clone(),
        times: one.times,
        line: one.line,
    })
    .collect()
}

/// The sum of each indicator's values, in the order of the file: what an accountant ticks off.
fn sums(pay: &Table, language: Language) -> Vec<(String, String)> {
    let mut sums: Vec<(&str, Decimal)> = Vec::new();
    for row in &pay.rows {
        let [.., Cell::Words(indicator), value] = row.as_slice() else {
            continue;
        };
        let more = match value {
            Cell::Number(number) => *number,
            Cell::Words(_) | Cell::Day(_) | Cell::Moment(_) | Cell::Empty => Decimal::whole(0),
        };
        match sums.iter_mut().find(|(code, _)| code == indicator) {
            Some((_, sum)) => *sum = sum.plus(more).unwrap_or(*sum),
            None => sums.push((indicator, more)),
        }
    }
    let sums = sums.into_iter();
    sums.map(|(code, sum)| (code.to_owned(), sum.in_words_of(language)))
        .collect()
}

/// What a head gets besides the letter: what the figures are made of, what they score, and every judged promise. `rows`: of the
/// figures, of the departments that the head decides for; scores are of whoever they decide for.
pub(in crate::house::payroll) fn files(
    shown: &Shown<'_>,
    rows: &[KpiRow],
    (queues, carried): (&[QueueName], &Adjusted),
    place: Place<'_>,
) -> Result<(Vec<MadeFile>, Vec<PayrollReplaced>), HouseError> {
    let month = shown.month;
    let columns = month.list.columns;
    let own = place.members;
    let mut tables = vec![(FileKind::Kpi, kpi(shown.span, rows, columns))];
    if let Some(scoring) = shown.scoring {
        let all = scored(own, (scoring, shown.draft.rules));
        let table = kpi_score(shown.span, &all, carried, scoring, columns);
        tables.push((FileKind::KpiScore, table));
    }
    let rows = detail_rows(place, shown.judged, |queue| queues.contains(queue));
    let table = detail(shown.span, &rows, carried, columns);
    tables.push((FileKind::Detail, table));
    let (mut files, mut told) = (Vec::new(), Vec::new());
    for (kind, table) in tables {
        let (written, format) = written(&table, month)?;
        let (period, list) = (&month.period.name, month.name.as_str());
        let name = file_name(kind, period, list, shown.version, format.ending());
        let file = MadeFile {
            name,
            shown: shown_name(kind, period, list, shown.version, format.ending()),
            media_type: format.media_type().to_owned(),
            base64: BASE64.encode(&written.bytes),
            content_id: None,
        };
        told.extend(PayrollReplaced::of(file.called(), &replaced(&written)));
        files.push(file);
    }
    Ok((files, told))
}
