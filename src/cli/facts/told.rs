//! What `okno facts` says: what is wrong in a file, what was taken.

use std::io::Write;

use crate::{
    cli::{
        facts::Stage,
        words::{Words, line},
    },
    model::outside::{OUTSIDE, OutsideFact, OutsideFacts},
};

/// What was taken, to be checked against the file.
pub(super) fn taken(
    words: &Words,
    (period, sha256): (&str, &str),
    (facts, replaced): (&[OutsideFact], usize),
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    writeln!(
        out,
        "{} {period}: {} {}, {} {replaced}, SHA-256 {sha256}",
        words.pick("Показатели извне за", "Figures from outside of"),
        words.pick("взято", "taken"),
        facts.len(),
        words.pick("изменено", "replaced"),
    )?;
    let when = words.pick(
        "Работающий okno запишет их в течение полуминуты, остановленный — после запуска.",
        "A running okno writes them down within half a minute, a stopped one when it is started.",
    );
    writeln!(out, "{when}")?;
    Ok(())
}

/// What follows of it, where heads or accountants have been shown the period already.
pub(super) fn follows(words: &Words, stage: Stage, out: &mut dyn Write) -> anyhow::Result<()> {
    let told = match stage {
        Stage::Open => return Ok(()),
        Stage::Drafted => words.pick(
            "Черновик за этот месяц уже у руководителей: им придёт новый, прежние утверждения этих показателей больше не действуют.",
            "The heads have a draft of this month already: they get a new one, and what was approved of these figures before does not count any more.",
        ),
        Stage::Closed => words.pick(
            "Период уже закрыт: его файлы не изменятся, разница придёт корректировкой в следующем.",
            "The period is closed already: its files do not change, the difference comes as an adjustment in the next one.",
        ),
    };
    writeln!(out, "{told}")?;
    Ok(())
}

/// The figures of a period, and the files they came from.
pub(super) fn list(
    words: &Words,
    facts: &[OutsideFact],
    files: &[(OutsideFacts, Option<String>)],
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    if facts.is_empty() {
        let none = words.pick(
            "Показателей извне за этот период нет",
            "There are no figures from outside of this period",
        );
        writeln!(out, "{none}")?;
    }
    for fact in facts {
        let code = fact.figure.strip_prefix(OUTSIDE).unwrap_or(&fact.figure);
        let below = fact.denominator.map(|below| format!("/{below}"));
        writeln!(
            out,
            "{} {} {code}: {}{}",
            fact.queue,
            fact.agent,
            fact.numerator,
            below.unwrap_or_default()
        )?;
    }
    for (file, who) in files {
        writeln!(
            out,
            "{} SHA-256 {}, {} {}. {}",
            words.pick("Файл", "File"),
            file.sha256,
            words.pick("строк", "rows"),
            file.facts.len(),
            who.as_deref().map(line).unwrap_or_default()
        )?;
    }
    Ok(())
}
