//! Figures as the terminal prints them: for people, and for other programs.

use std::{collections::BTreeSet, io::Write};

use crate::{
    cli::visit::Visit,
    desk::kpi::{Figure, Of, Tally, Unit, Whose, figures},
    model::ids::{AgentName, QueueName},
    report::{change, preliminary},
};

/// Figures, line by line.
pub(super) type Lines = Vec<(Of, Vec<Figure>)>;

/// The lines that are asked for, with those of agents of whom there is nothing: whoever has done nothing is there, too.
pub(super) fn lines(here: &Visit, mut lines: Lines, queue: Option<&QueueName>) -> Lines {
    let known: BTreeSet<Of> = lines.iter().map(|(of, _)| of.clone()).collect();
    for (name, own) in &here.config.policy.queues {
        for agent in &own.agents {
            let of = Of::Part(Whose {
                queue: name.clone(),
                agent: Some(agent.clone()),
            });
            if !known.contains(&of) {
                lines.push((of, figures(&Tally::default())));
            }
        }
    }
    lines.retain(|(of, _)| match (of, queue) {
        (_, None) => true,
        (Of::House, Some(_)) => false,
        (Of::Queue(name), Some(queue)) => name == queue,
        (Of::Part(whose), Some(queue)) => whose.queue == *queue,
    });
    // Each queue, then what is of it.
    let place = |of: &Of| match of {
        Of::House => (None, 0, None),
        Of::Queue(name) => (Some(name.clone()), 1, None),
        Of::Part(whose) => (Some(whose.queue.clone()), 2, whose.agent.clone()),
    };
    lines.sort_by_cached_key(|(of, _)| place(of));
    lines
}

pub(super) fn csv(
    here: &Visit,
    (period, lines): (&str, &Lines),
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let head = here.words.pick(
        "период;очередь;сотрудник;показатель;числитель;знаменатель;значение;единица",
        "period;queue;agent;figure;numerator;denominator;value;unit",
    );
    write!(out, "{head}\r\n")?;
    for (of, figures) in lines {
        let (queue, agent) = of.columns();
        for figure in figures {
            let below = figure.denominator.map(|below| below.to_string());
            let value = figure.shown().unwrap_or_default().replace('.', ",");
            write!(
                out,
                "{};{queue};{agent};{};{};{};{value};{}\r\n",
                period,
                figure.code,
                figure.numerator,
                below.unwrap_or_default(),
                figure.unit.code()
            )?;
        }
    }
    Ok(())
}

/// `is_final`: nothing of the period can come back any more.
pub(super) fn text(
    here: &Visit,
    (period, is_final): (&str, bool),
    lines: &Lines,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let words = &here.words;
    for (of, figures) in lines {
        writeln!(out, "{period} · {}", title(here, of))?;
        let some = figures.iter().filter(|figure| is_worth_a_line(figure));
        let mut is_nothing = true;
        for figure in some {
            is_nothing = false;
            let name = preliminary::told(figure.code, words.language, is_final);
            let value = shown(here, figure);
            writeln!(out, "  {name}: {value}")?;
        }
        if is_nothing {
            writeln!(out, "  {}", words.pick("ничего", "nothing"))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Zeros and figures of nothing are left to the file.
/// That nothing can be said of a change is said.
fn is_worth_a_line(figure: &Figure) -> bool {
    match figure.denominator {
        _ if change::is_one(figure.code) => true,
        None => figure.numerator != 0,
        Some(below) => below != 0,
    }
}

/// A share without what it is of misleads: 100 % of one.
fn shown(here: &Visit, figure: &Figure) -> String {
    let words = &here.words;
    if let Some(told) = change::told(figure, words.language) {
        return told;
    }
    let value = figure.shown().unwrap_or_default();
    let value = match words.language {
        crate::model::language::Language::Ru => value.replace('.', ","),
        crate::model::language::Language::En => value,
    };
    let of = words.pick("из", "of");
    match (figure.unit, figure.denominator) {
        (Unit::Percent, Some(below)) => format!("{value} % ({} {of} {below})", figure.numerator),
        (Unit::Points, Some(below)) => {
            let answers = words.pick("ответов", "answers");
            format!("{value} ({answers}: {below})")
        }
        (_, Some(below)) if below > 2 => format!("{value} (n = {below})"),
        (_, _) => value,
    }
}

fn title(here: &Visit, of: &Of) -> String {
    let policy = &here.config.policy;
    let queue = |name: &QueueName| {
        let known = policy.queues.get(name);
        known.map_or_else(|| name.to_string(), |queue| queue.title.clone())
    };
    let agent = |name: &AgentName| {
        let known = policy.agents.get(name);
        known.map_or_else(|| name.to_string(), |agent| agent.name.clone())
    };
    match of {
        Of::House => here.words.pick("все очереди", "all queues").to_owned(),
        Of::Queue(name) => queue(name),
        Of::Part(whose) => {
            let nobody = here.words.pick("не распределено", "nobody's");
            let who = whose
                .agent
                .as_ref()
                .map_or_else(|| nobody.to_owned(), agent);
            format!("{} · {who}", queue(&whose.queue))
        }
    }
}
