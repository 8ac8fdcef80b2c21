//! What has changed: as much of it as a letter shows, and all of it as a file where that is not all.

use data_encoding::BASE64;

use super::super::{super::HouseError, Month, files::written};
use crate::{
    model::outgoing::{MadeFile, PayrollChange},
    report::{
        files::{FileKind, file_name, shown_name},
        table::{Cell, Column, Kind, Name, Table},
    },
};

/// So many changes of a sort a letter shows.
const SHOWN_MAX: usize = 40;

/// Leaves what a letter shows. How many more there are.
pub(in crate::house::payroll) fn cut(changes: &mut Vec<PayrollChange>) -> u64 {
    let more = changes.len().saturating_sub(SHOWN_MAX);
    changes.truncate(SHOWN_MAX);
    u64::try_from(more).unwrap_or(u64::MAX)
}

/// All of them as a file in the list's format, where a letter does not show all.
pub(in crate::house::payroll) fn changes_file(
    month: &Month<'_>,
    version: u32,
    sorts: &[&[PayrollChange]],
) -> Result<Option<MadeFile>, HouseError> {
    if sorts.iter().all(|sort| sort.len() <= SHOWN_MAX) {
        return Ok(None);
    }
    let all = sorts.iter().copied().flatten();
    let row = |one: &PayrollChange| {
        let words = [&one.period, &one.whose, &one.figure, &one.before, &one.now];
        words.map(|words| Cell::words(words)).to_vec()
    };
    let table = Table {
        name: Name {
            ru: "изменения",
            en: "changes",
        },
        columns: [
            ("период", "period"),
            ("чьё", "whose"),
            ("показатель", "figure"),
            ("было", "before"),
            ("стало", "now"),
        ]
        .map(|(ru, en)| Column {
            name: Name { ru, en },
            kind: Kind::Words,
        })
        .to_vec(),
        rows: all.map(row).collect(),
    };
    let (written, format) = written(&table, month)?;
    let (period, list) = (&month.period.name, month.name.as_str());
    Ok(Some(MadeFile {
        name: file_name(FileKind::Changes, period, list, version, format.ending()),
        shown: shown_name(FileKind::Changes, period, list, version, format.ending()),
        media_type: format.media_type().to_owned(),
        base64: BASE64.encode(&written.bytes),
        content_id: None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_letter_does_not_show_it_counts() {
        let change = PayrollChange {
            whose: "Анна".to_owned(),
            period: "2026-10".to_owned(),
            figure: "решено".to_owned(),
            before: "1".to_owned(),
            now: "2".to_owned(),
        };
        let mut few = vec![change.clone(); SHOWN_MAX];
        assert_eq!((cut(&mut few), few.len()), (0, SHOWN_MAX));
        let mut many = vec![change; SHOWN_MAX + 3];
        assert_eq!((cut(&mut many), many.len()), (3, SHOWN_MAX));
    }
}
