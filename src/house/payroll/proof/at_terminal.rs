//! The files of a period that was closed at the terminal, proved: their bytes, and the rows that people are paid by.

use super::{
    super::{
        super::{
            HouseError,
            periods::{Proof, Wrong},
        },
        basis::settings_of,
        counting::{closed::closed_before, lines},
    },
    rows::prove_rows,
};
use crate::{
    desk::payroll::Payrolls,
    model::period::ClosedPeriod,
    store::{Db, history},
};

/// Proves them; of a period that was closed before files were kept there is nothing to prove. A file that is spoilt is named.
///
/// # Errors
/// What the database says.
pub(in crate::house) async fn prove_files(
    db: &Db,
    (all, closed): (&Payrolls, &ClosedPeriod),
    proof: &mut Proof,
) -> Result<(), HouseError> {
    let (Some(files), name) = (&closed.files, &closed.period) else {
        return Ok(());
    };
    let kept = history::period_files(db, name).await?;
    let heads = files.heads.iter().map(|file| (&file.name, &file.sha256));
    let pay = files.pay.iter().map(|file| (&file.name, &file.sha256));
    for (file, sum) in heads.chain(pay) {
        let is = kept.get(file).and_then(|bytes| lines::sha256_of(bytes));
        if is.as_ref() != Some(sum) {
            proof.faults.push((format!("{name} {file}"), Wrong::File));
        }
    }
    let Some(paid) = all.paid_at_terminal.get(name) else {
        return Ok(());
    };
    let by = (paid.draft.rules, paid.draft.definitions);
    // Closed months that were closed before settings were kept were scored by those that this one was closed with. Where they
    // cannot be read, that is named below.
    let settings = settings_of(&paid.draft).ok().flatten();
    let before = closed_before(all, (name, closed.upto.0), settings.as_ref(), by);
    let rows = prove_rows(name, paid, before);
    let is_wrong = [
        (Wrong::Settings, rows.are_settings_wrong),
        (Wrong::Rows, rows.cannot_be_derived),
    ];
    let found = is_wrong.into_iter().filter(|(_, is_wrong)| *is_wrong);
    proof
        .faults
        .extend(found.map(|(what, _)| (name.clone(), what)));
    proof.rows.extend(rows.wrong);
    Ok(())
}
