//! What is said of figures that are closed, and of those that somebody had counted anew.

use std::io::Write;

use anyhow::bail;

use crate::{cli::visit::Visit, house::periods::ClosedFigures, model::ids::QueueName};

/// By which list, since when, and how much has changed since; of what was counted anew, that nobody is paid by it.
pub(super) async fn tell(
    here: &Visit,
    (closed, is_recounted): (&[ClosedFigures], bool),
    asked: Option<&QueueName>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let words = &here.words;
    let mut own = closed
        .iter()
        .filter(|one| asked.is_none_or(|queue| one.has(queue)))
        .peekable();
    if is_recounted && own.peek().is_some() {
        let anew = words.pick(
            "ПЕРЕСЧИТАНО НА СЕЙЧАС, НЕ ДЛЯ ВЫПЛАТ. Для выплат закрыты другие числа:",
            "COUNTED ANEW, NOT TO BE PAID BY. Other figures are closed:",
        );
        writeln!(out, "{anew}")?;
    }
    for one in own {
        let changed = one.changed_since(&here.db, words.zone()).await?.len();
        let list = one.list.as_ref().map(|list| format!(" {list}"));
        let since = match changed {
            0 => words
                .pick(
                    "с тех пор ничего не изменилось",
                    "nothing has changed since",
                )
                .to_owned(),
            many => format!(
                "{}: {many}, {}",
                words.pick("с тех пор изменилось строк", "lines changed since"),
                words.pick(
                    "они в корректировках следующего месяца (okno period adjust)",
                    "they are in the adjustments of the next month (okno period adjust)"
                )
            ),
        };
        writeln!(
            out,
            "{}{}: {} {}, {} {}; {since}",
            one.period.name,
            list.unwrap_or_default(),
            words.pick("закрыт", "closed"),
            words.time(one.at),
            words.pick("версия", "version"),
            one.version,
        )?;
    }
    Ok(())
}

/// What is closed of the queue that is asked for, or by the list that is named; of several lists one has to be.
///
/// # Errors
/// Several lists have closed it, and none is named; none of that name has.
pub(super) fn chosen<'c>(
    here: &Visit,
    closed: &'c [ClosedFigures],
    (queue, list): (Option<&QueueName>, Option<&str>),
) -> anyhow::Result<Option<&'c ClosedFigures>> {
    let words = &here.words;
    let name = |one: &ClosedFigures| one.list.as_ref().map(ToString::to_string);
    let own = closed
        .iter()
        .filter(|one| queue.is_none_or(|queue| one.has(queue)))
        .filter(|one| list.is_none_or(|list| name(one).as_deref() == Some(list)));
    let own: Vec<&ClosedFigures> = own.collect();
    let lists: Vec<String> = closed.iter().filter_map(name).collect();
    match (own.as_slice(), list) {
        ([], Some(list)) => bail!(
            "{} {list}. {}: {}",
            words.pick(
                "По этому списку период не закрыт:",
                "The period is not closed by the list"
            ),
            words.pick("Закрыт по спискам", "It is closed by"),
            lists.join(", ")
        ),
        ([], None) => Ok(None),
        ([only], _) => Ok(Some(*only)),
        (_, _) => bail!(
            "{} --list: {}",
            words.pick(
                "Период закрыт по нескольким спискам, назовите один:",
                "The period is closed by several lists, name one:"
            ),
            lists.join(", ")
        ),
    }
}
