//! The charts that people look at, with their words in both languages.

use jiff::civil::Date;

use super::{Chart, Series, Shape, Target, Unit};
use crate::{
    model::decimal::Decimal,
    model::{classification::RequestClass, language::Language},
};

/// One word in both languages.
const fn say(language: Language, ru: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::Ru => ru,
        Language::En => en,
    }
}

fn of(language: Language, shape: Shape, title: &str) -> Chart {
    Chart {
        title: title.to_owned(),
        language,
        shape,
        unit: Unit::Count,
        heading: say(language, "Период", "Period").to_owned(),
        names: Vec::new(),
        series: Vec::new(),
        targets: Vec::new(),
    }
}

fn counted(name: &str, values: Vec<i64>) -> Series {
    let values = values.into_iter().map(Decimal::whole).map(Some).collect();
    Series {
        name: name.to_owned(),
        values,
        target: None,
    }
}

/// How a month is called below a chart.
#[must_use]
pub fn month(language: Language, first: Date) -> String {
    const RU: [&str; 12] = [
        "янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек",
    ];
    const EN: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let names = match language {
        Language::Ru => RU,
        Language::En => EN,
    };
    let index = usize::try_from(first.month().saturating_sub(1)).unwrap_or_default();
    let name = names.get(index).copied().unwrap_or_default();
    format!("{name} {}", first.year())
}

/// How a day is called below a chart.
#[must_use]
pub fn day(language: Language, date: Date) -> String {
    match language {
        Language::Ru => format!("{:02}.{:02}", date.day(), date.month()),
        Language::En => format!(
            "{} {}",
            date.day(),
            month(language, date).get(..3).unwrap_or_default()
        ),
    }
}

/// How a class is called.
#[must_use]
pub const fn class(language: Language, class: RequestClass) -> &'static str {
    match class {
        RequestClass::Emergency => say(language, "экстренные", "emergencies"),
        RequestClass::Urgent => say(language, "срочные", "urgent"),
        RequestClass::Standard => say(language, "стандартные", "standard"),
        RequestClass::Consultation => say(language, "консультации", "consultations"),
        RequestClass::Wish => say(language, "пожелания", "wishes"),
    }
}

/// What was open at the end of each period, and what of it was late.
#[must_use]
pub fn backlog(language: Language, names: Vec<String>, open: Vec<i64>, late: Vec<i64>) -> Chart {
    let title = say(
        language,
        "Открыто на конец периода",
        "Open at the end of the period",
    );
    Chart {
        names,
        series: vec![
            counted(say(language, "открыто", "open"), open),
            counted(say(language, "из них просрочено", "late among them"), late),
        ],
        ..of(language, Shape::Lines, title)
    }
}

/// What came in and what was solved.
#[must_use]
pub fn flow(language: Language, names: Vec<String>, received: Vec<i64>, solved: Vec<i64>) -> Chart {
    let title = say(language, "Получено и решено", "Received and solved");
    Chart {
        names,
        series: vec![
            counted(say(language, "получено", "received"), received),
            counted(say(language, "решено", "solved"), solved),
        ],
        ..of(language, Shape::Bars, title)
    }
}

/// A class, its share in time of each period, and what is aimed at in it.
pub type ClassShare = (RequestClass, Vec<Option<Decimal>>, Option<Decimal>);

/// Which share was in time, a panel a class, each with its own target.
#[must_use]
pub fn in_time(language: Language, names: Vec<String>, classes: Vec<ClassShare>) -> Chart {
    let title = say(language, "Решено в срок, доля", "Solved in time, share");
    let series = classes.into_iter().map(|(of, values, target)| Series {
        name: class(language, of).to_owned(),
        values,
        target,
    });
    Chart {
        names,
        unit: Unit::Percent,
        series: series.collect(),
        ..of(language, Shape::Panels, title)
    }
}

/// How long first answers took: how many in each span. `promised_after`: after so many spans the promise is broken.
#[must_use]
pub fn response(
    language: Language,
    spans: Vec<String>,
    counts: Vec<i64>,
    promised_after: Option<usize>,
) -> Chart {
    let title = say(
        language,
        "Время до первого ответа, рабочее",
        "Working time to the first answer",
    );
    // Named by the last span that keeps it.
    let kept = promised_after.and_then(|count| Some((count, spans.get(count.checked_sub(1)?)?)));
    let targets = kept.and_then(|(count, span)| {
        let promised = say(language, "обещанный срок", "what was promised");
        Some(Target {
            name: format!("{promised}: {span}"),
            value: Decimal::whole(i64::try_from(count).ok()?),
        })
    });
    let targets = targets.into_iter().collect();
    Chart {
        heading: say(language, "Время", "Time").to_owned(),
        names: spans,
        series: vec![counted(say(language, "ответов", "answers"), counts)],
        targets,
        ..of(language, Shape::Distribution, title)
    }
}

/// What lies with each agent.
#[must_use]
pub fn load(language: Language, agents: Vec<String>, open: Vec<i64>, late: Vec<i64>) -> Chart {
    let title = say(language, "Нагрузка на сотрудников", "Load of each agent");
    Chart {
        heading: say(language, "Сотрудник", "Agent").to_owned(),
        names: agents,
        series: vec![
            counted(say(language, "в работе", "in hand"), open),
            counted(say(language, "из них просрочено", "late among them"), late),
        ],
        ..of(language, Shape::Rows, title)
    }
}

/// What comes in each month, against what the team can take (and where the head is warned).
#[must_use]
pub fn capacity(language: Language, names: Vec<String>, received: Vec<i64>, limit: i64) -> Chart {
    let title = say(
        language,
        "Обращений в месяц и предел команды",
        "Requests a month, and what the team can take",
    );
    let warned =
        Decimal::ratio(limit.saturating_mul(4), 5, 0).unwrap_or_else(|| Decimal::whole(limit));
    Chart {
        names,
        series: vec![counted(say(language, "получено", "received"), received)],
        targets: vec![
            Target {
                name: say(language, "предел", "limit").to_owned(),
                value: Decimal::whole(limit),
            },
            Target {
                name: say(language, "предупреждение", "warning").to_owned(),
                value: warned,
            },
        ],
        ..of(language, Shape::Lines, title)
    }
}
