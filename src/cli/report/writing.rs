//! Files of a payroll, written into a folder, with what they can be checked by.

use std::{fs, io::Write};

use anyhow::Context as _;
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::files::FilesArgs;
use crate::{
    cli::visit::Visit,
    house::periods::ClosedFigures,
    model::language::Language,
    report::{
        files::{FileKind, file_name, summary},
        table::{Format, Table},
    },
};

/// The accountants' file of a closed month, byte for byte.
pub(super) fn sent(
    here: &Visit,
    args: &FilesArgs,
    (closed, is_whole): (&ClosedFigures, bool),
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let words = &here.words;
    let Some((name, bytes)) = closed.file()? else {
        return Ok(());
    };
    if !is_whole {
        let whole = words.pick(
            "Файл бухгалтерии один на весь список, без --queue он тоже будет записан:",
            "The accountants' file is one for the whole list; without --queue it is written, too:",
        );
        writeln!(out, "{whole} {name}")?;
        return Ok(());
    }
    let path = args.to.join(&name);
    fs::create_dir_all(&args.to)
        .and_then(|()| fs::write(&path, &bytes))
        .with_context(|| format!("Cannot write {}", path.display()))?;
    let as_sent = words.pick(
        "как отправлен, байт в байт",
        "as it was sent, byte for byte",
    );
    writeln!(out, "{}: {as_sent}", path.display())?;
    let sum = HEXLOWER.encode(&Sha256::digest(&bytes));
    writeln!(out, "  SHA-256: {sum}")?;
    Ok(())
}

/// Which file, of which period, whose, in which version.
pub(super) type Name<'n> = (FileKind, &'n str, &'n str, u32);

pub(super) fn write(
    here: &Visit,
    args: &FilesArgs,
    (name, table, language): (Name<'_>, &Table, Language),
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let format = args.format.as_deref().unwrap_or("xlsx");
    let format = Format::parse(format).context("Cannot write that format")?;
    let written = table.write(format, language)?;
    let (kind, period, list, version) = name;
    let name = file_name(kind, period, list, version, format.ending());
    let path = args.to.join(&name);
    fs::create_dir_all(&args.to)
        .and_then(|()| fs::write(&path, &written.bytes))
        .with_context(|| format!("Cannot write {}", path.display()))?;
    let words = &here.words;
    let told = summary(table, &written, words.language);
    writeln!(out, "{}", path.display())?;
    writeln!(out, "  {}: {}", words.pick("строк", "rows"), told.rows)?;
    writeln!(out, "  SHA-256: {}", told.sha256)?;
    for (column, sum) in told.sums {
        writeln!(out, "  {} {column}: {sum}", words.pick("сумма", "sum of"))?;
    }
    for one in written.replaced {
        writeln!(
            out,
            "  {} {} → {} ({})",
            words.pick(
                "в кодировке нет буквы, заменена:",
                "not in the encoding, replaced:"
            ),
            one.letter,
            one.by,
            one.times
        )?;
    }
    Ok(())
}
