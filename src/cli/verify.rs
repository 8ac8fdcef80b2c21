//! `okno verify`: proves that history was not altered and that every ticket is what its history says.

use std::io::Write;

use super::{
    ConfigFile, Ended,
    visit::{Visit, visit},
    words::Words,
};
use crate::{
    house::{
        payroll,
        periods::{self, Proof, Wrong, WrongRow},
    },
    model::{ids::QueueName, language::Language},
    store::history,
};

/// What `okno verify` is told.
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    #[command(flatten)]
    file: ConfigFile,
}

/// Walks the whole chain and folds every ticket anew.
///
/// # Errors
/// What the database says. What is wrong with history is no error: it is listed, and the command ends with
/// [`Ended::NotAll`].
pub fn run(args: &VerifyArgs, out: &mut dyn Write) -> anyhow::Result<Ended> {
    visit(&args.file, async |here| {
        let words = &here.words;
        let (faults, events, tickets) = history::prove(&here.db).await?;
        for fault in &faults {
            writeln!(
                out,
                "{}: {}",
                place(&fault.place, words.language),
                problem(fault.what, words.language)
            )?;
        }
        writeln!(
            out,
            "{}: {events}, {}: {tickets}, {}: {}",
            words.pick("Событий проверено", "Events checked"),
            words.pick("обращений", "tickets"),
            words.pick("ошибок", "faults"),
            faults.len()
        )?;
        let is_closed_right = closed_periods(here, out).await?;
        if faults.is_empty() {
            return Ok(if is_closed_right {
                Ended::Done
            } else {
                Ended::NotAll
            });
        }
        writeln!(
            out,
            "{}",
            words.pick(
                "Историю менял кто-то, кроме okno. Сравните базу с последней копией: okno backup.",
                "Somebody besides okno has changed history. Compare the database with the last backup."
            )
        )?;
        Ok(Ended::NotAll)
    })
}

/// Tells whether every closed period is what it was, and comes to the same figures still.
async fn closed_periods(here: &Visit, out: &mut dyn Write) -> anyhow::Result<bool> {
    let words = &here.words;
    let proof = periods::prove(&here.db, words.zone()).await?;
    let approved = payroll::prove(&here.db, words.zone()).await?;
    for period in proof.not_counted.iter().chain(&approved.not_counted) {
        let told = words.pick(
            "закрыт по прежним определениям: файл и история проверены, показатели заново не посчитаны",
            "closed by earlier definitions: its file and history are checked, its figures are not counted again",
        );
        writeln!(out, "{period}: {told}")?;
    }
    for (period, what) in proof.faults.iter().chain(&approved.faults) {
        let what = match what {
            Wrong::File => words.pick("закрытый файл повреждён", "the closed file is damaged"),
            Wrong::Head => words.pick(
                "история до закрытия уже не та",
                "history before it was closed is another now",
            ),
            Wrong::Figures => words.pick(
                "те же события дают другие показатели",
                "the same events come to other figures",
            ),
            Wrong::Settings => words.pick(
                "настройки оценок, по которым он посчитан, повреждены",
                "the settings of scores that it was counted by are damaged",
            ),
            Wrong::Rows => words.pick(
                "показатели или строки (его или прежнего месяца) не читаются, строки заново не вывести",
                "figures or rows (its own or those of a month before) cannot be read, no row can be derived again",
            ),
        };
        writeln!(out, "{period}: {what}")?;
    }
    known_otherwise(words, &approved, out)?;
    for (period, queues) in proof.unbalanced.iter().chain(&approved.unbalanced) {
        let told = words.pick(
            "поступившие, решённые и оставшиеся обращения не сходятся, показатели неверны; очереди",
            "what came, was solved and is left does not add up, figures are wrong; queues",
        );
        let queues: Vec<&str> = queues.iter().map(QueueName::as_str).collect();
        writeln!(out, "{period}: {told}: {}", queues.join(", "))?;
    }
    for row in proof.rows.iter().chain(&approved.rows) {
        writeln!(out, "{}", row_told(words, row))?;
    }
    let many = proof.periods.saturating_add(approved.periods);
    let found = proof.faults.len().saturating_add(approved.faults.len());
    let unbalanced = proof
        .unbalanced
        .len()
        .saturating_add(approved.unbalanced.len());
    let found = found
        .saturating_add(proof.rows.len())
        .saturating_add(approved.rows.len())
        .saturating_add(unbalanced);
    if many > 0 || found > 0 {
        let checked = words.pick("Закрытых периодов проверено", "Closed periods checked");
        let faults = words.pick("ошибок", "faults");
        writeln!(out, "{checked}: {many}, {faults}: {found}")?;
    }
    Ok(found == 0)
}

/// What is no fault and has to be known all the same.
fn known_otherwise(words: &Words, approved: &Proof, out: &mut dyn Write) -> anyhow::Result<()> {
    for month in &approved.not_scored {
        let told = words.pick(
            "настройки оценок тогда не сохранялись: значения и коэффициенты заново не выведены",
            "the settings of scores were not kept then: values and coefficients are not derived again",
        );
        writeln!(out, "{month}: {told}")?;
    }
    for month in &approved.early {
        let told = words.pick(
            "закрыт до своего конца, пока часы машины спешили; это не ошибка: остальное за него придёт корректировками следующего месяца, их показывает okno period adjust",
            "closed before its end, while the machine's clock was ahead; that is no fault: the rest of it comes as adjustments of the next month, okno period adjust shows them",
        );
        writeln!(out, "{month}: {told}")?;
    }
    Ok(())
}

/// Which row of which month is wrong, and how.
fn row_told(words: &Words, row: &WrongRow) -> String {
    let value = |value: &str| match value {
        "" => words.pick("ничего", "nothing").to_owned(),
        value => value.to_owned(),
    };
    let (month, whose) = (&row.month, &row.whose);
    let (told, derived) = (value(&row.told), value(&row.derived));
    match (words.language, row.indicator.as_str(), whose.as_str()) {
        (Language::Ru, "", "") => {
            format!("{month}: строк в файле {told}, а закрыто {derived}")
        }
        (Language::En, "", "") => {
            format!("{month}: the file has {told} rows, but {derived} were closed")
        }
        (Language::Ru, "", _) if !row.period.is_empty() => format!(
            "{month}: строка {whose}, {}: она пересекается со строкой {told}, кому-то заплатили бы дважды",
            row.period
        ),
        (Language::En, "", _) if !row.period.is_empty() => format!(
            "{month}: row {whose}, {}: it overlaps the row {told}, and somebody would be paid twice",
            row.period
        ),
        (Language::Ru, "", _) => {
            format!("{month}: у {whose} есть показатели, а строки в файле нет")
        }
        (Language::En, "", _) => {
            format!("{month}: {whose} has figures, and no row in the file")
        }
        (Language::Ru, indicator, _) => format!(
            "{month}: строка {whose}, {} {indicator}: в файле {told}, а из закрытых показателей и настроек выходит {derived}",
            row.period
        ),
        (Language::En, indicator, _) => format!(
            "{month}: row {whose}, {} {indicator}: the file says {told}, but the closed figures and settings come to {derived}",
            row.period
        ),
    }
}

/// Where, as people say it: `событие 12`.
fn place(place: &str, language: Language) -> String {
    let (what, which) = place.split_once(' ').unwrap_or((place, ""));
    let what = match (what, language) {
        ("event", Language::Ru) => "событие",
        ("ticket", Language::Ru) => "обращение",
        ("queue", Language::Ru) => "очередь",
        (what, _) => what,
    };
    format!("{what} {which}").trim_end().to_owned()
}

fn problem(what: &'static str, language: Language) -> &'static str {
    let (ru, en) = match what {
        "gap" => (
            "событий перед этим не хватает",
            "events before this one are missing",
        ),
        "link" => (
            "не продолжает предыдущее событие",
            "does not continue the event before it",
        ),
        "hash" => ("изменено после записи", "was changed after it was written"),
        "private" => (
            "слова людей изменены после записи",
            "people's words were changed after they were written",
        ),
        "verdict" => (
            "оценка срока не такая, как следует из истории: показатели по ней могут быть неверны",
            "the verdict on a promise is not what history makes it: figures that rest on it may be wrong",
        ),
        "snapshot" => (
            "обращение не такое, как следует из его истории",
            "the ticket is not what its history makes it",
        ),
        "queue" => (
            "очередь стоит не так, как следует из её истории",
            "the queue does not stand as its history makes it",
        ),
        other => (other, other),
    };
    match language {
        Language::Ru => ru,
        Language::En => en,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_found_is_said_in_words_of_either_language() {
        let all = [
            "gap", "link", "hash", "private", "verdict", "snapshot", "queue",
        ];
        for what in all {
            let told = problem(what, Language::Ru);
            assert!(told.chars().any(|one| one > 'А'), "{what}: {told}");
            assert!(problem(what, Language::En).contains(' '), "{what}");
        }
        let places = ["event 12", "ticket 1042", "queue it"];
        assert_eq!(
            places.map(|one| place(one, Language::Ru)),
            ["событие 12", "обращение 1042", "очередь it"]
        );
        assert_eq!(places.map(|one| place(one, Language::En)), places);
    }
}
