//! The files of a period that was closed with them, handed out as they are.

use std::{fs, io::Write};

use anyhow::{Context as _, bail};
use data_encoding::{BASE64, HEXLOWER};
use sha2::{Digest as _, Sha256};

use super::files::FilesArgs;
use crate::{
    cli::{handed_out, visit::Visit},
    house::periods::ClosedFigures,
    model::{
        ids::{AgentName, QueueName},
        language::Language,
        period::ClosedFiles,
        scoring::Scoring,
    },
    report::files::FileKind,
    store::history,
};

/// Writes them: of all queues, or of the one that is asked for.
///
/// # Errors
/// Another format or language of columns is asked for than they have, or scores of what was closed without; a file is damaged, or
/// cannot be written.
pub(super) async fn kept(
    here: &Visit,
    args: &FilesArgs,
    (closed, files): (&ClosedFigures, &ClosedFiles),
    (asked, scoring): (Option<&QueueName>, Option<&Scoring>),
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    is_as_asked(here, args, (closed, files))?;
    handed_out::note(here, "report_files", &closed.period.name).await?;
    let bytes = history::period_files(&here.db, &closed.period.name).await?;
    let pay = files.pay.iter().filter(|_| asked.is_none());
    let pay = pay.map(|file| (&file.name, file.rows, &file.sha256));
    let heads = files
        .heads
        .iter()
        .filter(|file| file.queue.as_ref() == asked)
        .filter(|file| args.detail || file.sort != FileKind::Detail.code());
    let heads = heads.map(|file| (&file.name, file.rows, &file.sha256));
    let all: Vec<(&String, u64, &String)> = pay.chain(heads).collect();
    if let (Some(queue), true) = (asked, all.is_empty()) {
        let none = here.words.pick(
            "период закрыт без файлов этой очереди",
            "the period was closed without files of that queue",
        );
        bail!("{}: {none}: {queue}", closed.period.name);
    }
    for (name, rows, sum) in all {
        let own = bytes
            .get(name)
            .map(|base64| BASE64.decode(base64.as_bytes()));
        let own = own.and_then(Result::ok);
        let right = own.filter(|own| HEXLOWER.encode(&Sha256::digest(own)) == *sum);
        let right = right.with_context(|| {
            let damaged = here.words.pick(
                "закрытый файл повреждён, он не записан. Подробности: okno verify",
                "the closed file is damaged, and it is not written. See okno verify",
            );
            format!("{name}: {damaged}")
        })?;
        put(here, args, (name, rows, sum), (&right, out))?;
    }
    told(here, (files, asked), scoring, out)
}

fn put(
    here: &Visit,
    args: &FilesArgs,
    (name, rows, sum): (&str, u64, &str),
    (bytes, out): (&[u8], &mut dyn Write),
) -> anyhow::Result<()> {
    let (words, path) = (&here.words, args.to.join(name));
    fs::create_dir_all(&args.to)
        .and_then(|()| fs::write(&path, bytes))
        .with_context(|| format!("Cannot write {}", path.display()))?;
    let as_closed = words.pick("как закрыт, байт в байт", "as it was closed, byte for byte");
    writeln!(out, "{}: {as_closed}", path.display())?;
    writeln!(out, "  {}: {rows}", words.pick("строк", "rows"))?;
    writeln!(out, "  SHA-256: {sum}")?;
    Ok(())
}

/// What was closed is handed out in no other form.
fn is_as_asked(
    here: &Visit,
    args: &FilesArgs,
    (closed, files): (&ClosedFigures, &ClosedFiles),
) -> anyhow::Result<()> {
    let (words, name) = (&here.words, &closed.period.name);
    let columns = match files.columns {
        Language::Ru => "ru",
        Language::En => "en",
    };
    let is_same = |asked: &Option<String>, own: &str| asked.as_deref().is_none_or(|one| one == own);
    if !is_same(&args.format, &files.format) || !is_same(&args.columns, columns) {
        bail!(
            "{name}: {} --format {} --columns {columns}. {}",
            words.pick(
                "файлы закрыты, и иначе их не записать:",
                "its files are closed, and are not written otherwise:"
            ),
            files.format,
            words.pick(
                "Посчитать заново, не для выплат: --recount",
                "To count anew, not to be paid by: --recount"
            )
        );
    }
    if args.scores.is_some() && files.settings.is_none() {
        bail!(
            "{name}: {}",
            words.pick(
                "период закрыт без настроек оценок, платить по нему не по чему. Посчитать заново, не для выплат: --recount",
                "it was closed without settings of scores, and there is nothing to pay by. To count anew, not to be paid by: --recount"
            )
        );
    }
    Ok(())
}

fn told(
    here: &Visit,
    (files, asked): (&ClosedFiles, Option<&QueueName>),
    scoring: Option<&Scoring>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let words = &here.words;
    if let (Some(pay), Some(_)) = (&files.pay, asked) {
        let whole = words.pick(
            "Файл бухгалтерии один на все очереди, без --queue он тоже будет записан:",
            "The accountants' file is one for all queues; without --queue it is written, too:",
        );
        writeln!(out, "{whole} {}", pay.name)?;
    }
    if let Some(none) = without_pay(here, files) {
        writeln!(out, "{none}")?;
    }
    let is_named = scoring.is_some_and(|scoring| scoring.version != files.scores);
    if is_named && files.settings.is_some() {
        let by = words.pick(
            "Период закрыт по настройкам оценок этой версии, названные сейчас ничего в нём не меняют:",
            "The period was closed by settings of scores of this version, those that are named now change nothing in it:",
        );
        writeln!(out, "{by} {}", files.scores)?;
    }
    Ok(())
}

/// Why there is no file that anybody could be paid by; `None`: there is one.
pub(in crate::cli) fn without_pay(here: &Visit, files: &ClosedFiles) -> Option<String> {
    let words = &here.words;
    if files.pay.is_some() {
        return None;
    }
    let never = words.pick(
        "По нему никому не платят, так что и разницу за него следующие файлы pay не понесут.",
        "Nobody is paid by it, so that later files pay carry no difference for it either.",
    );
    if files.settings.is_none() {
        let without = words.pick(
            "Без настроек оценок: файлов kpi_score и pay у этого периода нет и не будет.",
            "Without settings of scores: this period has no files kpi_score and pay, and never will.",
        );
        return Some(format!("{without} {never}"));
    }
    let agents: Vec<&str> = files.nameless.iter().map(AgentName::as_str).collect();
    let without = words.pick(
        "Файла бухгалтерии pay у этого периода нет: нет табельного номера у",
        "This period has no accountants' file pay: there is no employee number of",
    );
    Some(format!("{without} {}. {never}", agents.join(", ")))
}
