//! The story of a clock in words, a line a step: for whoever asks at the terminal, and for whoever asks by mail.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::{End, Step, Story};
use crate::{
    desk::calendar::Calendar,
    model::{
        clock::{ClockKind, Outcome},
        language::{Language, russian_form},
        terms::{Binding, ChangeMode, Combine, Limit, LimitUnit, Terms},
    },
};

/// The story: what it is about, and its steps. Times are on the wall of that calendar.
#[must_use]
pub fn told(story: &Story, calendar: &Calendar, language: Language) -> (String, Vec<String>) {
    let zone = calendar.zone();
    let time = |at: Timestamp| at_in_words(at, zone, language);
    let pick = |ru: &'static str, en: &'static str| match language {
        Language::Ru => ru,
        Language::En => en,
    };
    let name = match story.kind {
        ClockKind::FirstResponse => pick("Первый ответ", "First answer"),
        ClockKind::NextResponse => pick("Следующий ответ", "Next answer"),
        ClockKind::Resolution => pick("Решение", "Solution"),
        ClockKind::Update => pick("Известие о ходе работы", "News of the work"),
    };
    let step = |step: &Step| match step {
        Step::Began(at, terms) => {
            let terms = terms_in_words(terms, calendar, language);
            let began = pick("начато, обещано", "it began, promised");
            format!("{}: {began} {terms}", time(*at))
        }
        Step::Counted(from, to, length) => {
            let length = length_in_words(*length, language);
            let counted = pick("учтено", "counted");
            format!("{} – {}: {counted} {length}", time(*from), time(*to))
        }
        Step::Closed(from, to) => {
            let closed = pick("нерабочие дни, время не шло", "days off, no time counted");
            format!("{} – {}: {closed}", time(*from), time(*to))
        }
        Step::Paused(from, Some(to)) => {
            let stood = pick(
                "время стояло, ждали не нас",
                "time stood still, it was not our turn",
            );
            format!("{} – {}: {stood}", time(*from), time(*to))
        }
        Step::Paused(from, None) => {
            let stands = pick(
                "время остановлено, ждём не нас",
                "time stands still, it is not our turn",
            );
            format!("{}: {stands}", time(*from))
        }
        Step::Changed(at, terms, mode) => {
            let terms = terms_in_words(terms, calendar, language);
            let changed = pick("теперь обещано", "promised from then on");
            let since = match mode {
                ChangeMode::FromStart => pick("считая с начала", "counted from the beginning"),
                ChangeMode::FromChange => pick("считая с этой минуты", "counted from then on"),
                ChangeMode::FairMin => pick(
                    "считая с этой минуты, но не позже прежнего срока",
                    "counted from then on, but no later than it was due before",
                ),
            };
            format!("{}: {changed} {terms}, {since}", time(*at))
        }
        Step::Moved(at, queue) => {
            let moved = pick("передано в очередь", "given to queue");
            format!("{}: {moved} {queue}", time(*at))
        }
    };
    let mut lines: Vec<String> = story.steps.iter().map(step).collect();
    lines.push(end_in_words(&story.end, time, language));
    (format!("{name} ({})", calendar.zone_name), lines)
}

fn end_in_words(end: &End, time: impl Fn(Timestamp) -> String, language: Language) -> String {
    let pick = |ru: &'static str, en: &'static str| match language {
        Language::Ru => ru,
        Language::En => en,
    };
    match end {
        End::Due {
            at,
            binding,
            is_granted,
            moved_to,
            is_preliminary,
        } => {
            let by = match binding {
                _ if *is_granted => pick(
                    ", новый срок утверждён руководителем",
                    ", another day that was approved",
                ),
                Some(Binding::Target) => pick(" по рабочему времени", " by business time"),
                Some(Binding::Limit) => pick(" по пределу в днях", " by the limit in days"),
                None => "",
            };
            let preliminary = match is_preliminary {
                true => pick(", предварительно", ", preliminarily"),
                false => "",
            };
            let due = format!("{}{by}{preliminary}", time(*at));
            match moved_to {
                None => format!("{}: {due}", pick("Срок", "Due")),
                Some(moved) => format!(
                    "{} {}, {} {due}",
                    pick("Обещано: срок перенесён на", "Promised: it was moved to"),
                    time(*moved),
                    pick(
                        "пока считается по прежнему:",
                        "and is still judged by the first day:"
                    )
                ),
            }
        }
        End::Stands(left) => {
            let left = length_in_words(*left, language);
            format!("{}: {left}", pick("Осталось", "Left"))
        }
        End::Judged(outcome, due) => {
            let word = match outcome {
                Outcome::Met => pick("Выдержан срок", "In time, due"),
                Outcome::Breached => pick("Нарушен срок", "Late, due"),
            };
            format!("{word} {}", time(*due))
        }
    }
}

/// An instant as people write it there, with its day of the week.
#[must_use]
pub fn at_in_words(at: Timestamp, zone: &TimeZone, language: Language) -> String {
    const RU: [&str; 7] = ["пн", "вт", "ср", "чт", "пт", "сб", "вс"];
    let at = at.to_zoned(zone.clone());
    let day = usize::try_from(at.weekday().to_monday_zero_offset()).unwrap_or(0);
    match language {
        Language::Ru => {
            let day = RU.get(day).copied().unwrap_or("");
            format!("{day} {}", at.strftime("%d.%m.%Y %H:%M"))
        }
        Language::En => at.strftime("%a %Y-%m-%d %H:%M").to_string(),
    }
}

fn length_in_words(length: SignedDuration, language: Language) -> String {
    let (hours, minutes) = (length.as_hours(), length.as_mins().rem_euclid(60));
    let (hour, minute) = match language {
        Language::Ru => ("ч", "мин"),
        Language::En => ("h", "min"),
    };
    match (hours, minutes) {
        (0, minutes) => format!("{minutes} {minute}"),
        (hours, 0) => format!("{hours} {hour}"),
        (hours, minutes) => format!("{hours} {hour} {minutes} {minute}"),
    }
}

/// Target and limit in words.
#[must_use]
pub fn terms_in_words(terms: &Terms, calendar: &Calendar, language: Language) -> String {
    let target = terms.target_secs.map(|secs| {
        let length = length_in_words(SignedDuration::from_secs(secs), language);
        let is_always = terms.is_round_the_clock || calendar.is_always_open();
        match (is_always, language) {
            (true, Language::Ru) => format!("{length}, круглосуточно"),
            (true, Language::En) => format!("{length} around the clock"),
            (false, Language::Ru) => format!("{length} рабочего времени"),
            (false, Language::En) => format!("{length} of business time"),
        }
    });
    let limit = terms.limit.map(|limit| days(limit, language));
    match (target, limit, terms.combine, language) {
        (Some(target), Some(limit), Combine::Earliest, Language::Ru) => {
            format!("{target}, но не позже чем через {limit}")
        }
        (Some(target), Some(limit), Combine::Earliest, Language::En) => {
            format!("{target}, but at most {limit}")
        }
        (Some(target), Some(limit), Combine::Latest, Language::Ru) => {
            format!("{target} или {limit}, что позже")
        }
        (Some(target), Some(limit), Combine::Latest, Language::En) => {
            format!("{target} or {limit}, whichever is later")
        }
        (Some(target), Some(limit), Combine::Goal, Language::Ru) => {
            format!("{limit}; цель — {target}")
        }
        (Some(target), Some(limit), Combine::Goal, Language::En) => {
            format!("{limit}; the goal is {target}")
        }
        (target, limit, _, _) => target.or(limit).unwrap_or_default(),
    }
}

fn days(limit: Limit, language: Language) -> String {
    let count = limit.count;
    let plural = if count == 1 { "" } else { "s" };
    let russian = |words| format!("{count} {}", russian_form(count.into(), words));
    match (limit.unit, language) {
        (LimitUnit::Days, Language::Ru) => russian(["день", "дня", "дней"]),
        (LimitUnit::WorkingDays, Language::Ru) => {
            russian(["рабочий день", "рабочих дня", "рабочих дней"])
        }
        (LimitUnit::Months, Language::Ru) => russian(["месяц", "месяца", "месяцев"]),
        (LimitUnit::Days, Language::En) => format!("{count} day{plural}"),
        (LimitUnit::WorkingDays, Language::En) => format!("{count} working day{plural}"),
        (LimitUnit::Months, Language::En) => format!("{count} month{plural}"),
    }
}
