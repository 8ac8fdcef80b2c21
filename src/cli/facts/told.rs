//! What `okno facts` says: what is wrong in a file, what was taken.

use std::io::Write;

use crate::{
    cli::{
        facts::Stage,
        words::{Words, line},
    },
    directory::{FactFault, Wrong},
    model::{
        language::Language,
        outside::{OUTSIDE, OutsideFact, OutsideFacts},
    },
};

/// One thing that is wrong, on a line of its own: where, and what.
pub(super) fn fault(words: &Words, fault: &FactFault) -> String {
    let what = wrong(words.language, &fault.what);
    let place = match (fault.line, fault.column.as_str()) {
        (0, _) => return what,
        (number, "") => format!("{} {number}", words.pick("строка", "line")),
        (number, column) => format!(
            "{} {number}, {} {}",
            words.pick("строка", "line"),
            words.pick("столбец", "column"),
            line(column)
        ),
    };
    format!("{place}: {what}")
}

fn wrong(language: Language, what: &Wrong) -> String {
    match language {
        Language::Ru => in_russian(what),
        Language::En => in_english(what),
    }
}

fn in_russian(what: &Wrong) -> String {
    match what {
        Wrong::Unreadable => {
            "файл не читается: нужен CSV в UTF-8 или windows-1251, а не книга Excel".to_owned()
        }
        Wrong::NoColumn(ru, _) => format!("в первой строке нет столбца «{ru}»"),
        Wrong::Nothing => "в файле нет ни одной строки с показателем".to_owned(),
        Wrong::Ragged => "ячеек не столько, сколько названий столбцов".to_owned(),
        Wrong::UnknownNumber(number) => format!(
            "табельного номера «{}» нет ни у одного сотрудника очередей",
            line(number)
        ),
        Wrong::WhichQueue(queues) => format!(
            "сотрудник служит в нескольких очередях, назовите одну в столбце «очередь»: {}",
            listed(queues)
        ),
        Wrong::NotOfQueue(queue) => {
            format!("в очереди «{}» этого сотрудника нет", line(queue))
        }
        Wrong::UnknownIndicator(code, known) => format!(
            "показателя извне «{}» нет; есть: {}",
            line(code),
            listed(known)
        ),
        Wrong::OtherPeriod(period) => format!("это другой период: «{}»", line(period)),
        Wrong::NotANumber(written) => format!(
            "нужно неотрицательное число (в числителе, знаменателе и штуках — целое), а стоит «{}»",
            line(written)
        ),
        Wrong::IsCount => {
            "этот показатель считают штуками: числителя и знаменателя у него нет".to_owned()
        }
        Wrong::NeedsParts => {
            "нужны числитель и знаменатель: по доле или среднему без них не платят".to_owned()
        }
        Wrong::OtherValue(is) => format!("числитель и знаменатель дают другое значение: {is}"),
        Wrong::Twice(number) => format!("то же стоит в строке {number}"),
    }
}

fn in_english(what: &Wrong) -> String {
    match what {
        Wrong::Unreadable => {
            "the file cannot be read: a CSV in UTF-8 or windows-1251 is needed, no workbook"
                .to_owned()
        }
        Wrong::NoColumn(_, en) => format!("the first line has no column {en}"),
        Wrong::Nothing => "the file has no row with a figure".to_owned(),
        Wrong::Ragged => "there are not as many cells as names of columns".to_owned(),
        Wrong::UnknownNumber(number) => format!(
            "no agent of a queue has the employee number \"{}\"",
            line(number)
        ),
        Wrong::WhichQueue(queues) => format!(
            "the employee serves several queues, name one in the column queue: {}",
            listed(queues)
        ),
        Wrong::NotOfQueue(queue) => {
            format!("the employee does not serve the queue \"{}\"", line(queue))
        }
        Wrong::UnknownIndicator(code, known) => format!(
            "there is no indicator \"{}\" from outside; there are: {}",
            line(code),
            listed(known)
        ),
        Wrong::OtherPeriod(period) => format!("this is another period: \"{}\"", line(period)),
        Wrong::NotANumber(written) => format!(
            "a number not below nought is needed (a whole one for numerators, denominators and counts), but this is \"{}\"",
            line(written)
        ),
        Wrong::IsCount => {
            "the indicator is a count: it has no numerator and denominator".to_owned()
        }
        Wrong::NeedsParts => {
            "numerator and denominator are needed: nobody is paid by a share or mean without them"
                .to_owned()
        }
        Wrong::OtherValue(is) => {
            format!("numerator and denominator come to another value: {is}")
        }
        Wrong::Twice(number) => format!("the same stands in line {number}"),
    }
}

fn listed<T: ToString>(all: &[T]) -> String {
    let all: Vec<String> = all.iter().map(ToString::to_string).collect();
    all.join(", ")
}

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
