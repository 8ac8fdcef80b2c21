//! Which of two bounds of a promise it is that counts, in plain words: tried out on every hour of the next four weeks.

use jiff::{SignedDuration, Timestamp};

use crate::{
    desk::{
        calendar::Calendar,
        sla::{self, at_in_words},
    },
    model::{
        language::Language,
        terms::{Binding, Combine, Terms},
    },
};

/// How many hours ahead arrivals are tried out.
const HOURS_TRIED: i64 = 28 * 24;

/// How often something holds for the arrivals that were tried.
enum Share {
    Never,
    Percent(i64),
    Always,
}

/// Says which counts, and both bounds for a mail that comes now; `None`: there are not two.
pub(super) fn binding(
    terms: &Terms,
    calendar: &Calendar,
    now: Timestamp,
    language: Language,
) -> Option<String> {
    if terms.target_secs.is_none() || terms.limit.is_none() {
        return None;
    }
    let which = match terms.combine {
        Combine::Earliest => earliest(by_limit(terms, calendar, now), language),
        Combine::Latest => latest(by_limit(terms, calendar, now), language),
        Combine::Goal => goal(goal_in_time(terms, calendar, now), language),
    };
    let due = sla::due_of(terms, calendar, now)?;
    let (target, limit) = due.target_at.zip(due.limit_at)?;
    let time = |at| at_in_words(at, calendar.zone(), language);
    let (target, limit) = (time(target), time(limit));
    Some(match language {
        Language::Ru => format!(
            "{which}. На письмо, пришедшее сейчас: по рабочему времени {target}, по пределу {limit}"
        ),
        Language::En => format!(
            "{which}. For a mail that comes now: {target} by business time, {limit} by the limit"
        ),
    })
}

fn by_limit(terms: &Terms, calendar: &Calendar, now: Timestamp) -> Share {
    share(now, |at| {
        let due = sla::due_of(terms, calendar, at);
        due.and_then(|due| due.binding) == Some(Binding::Limit)
    })
}

fn goal_in_time(terms: &Terms, calendar: &Calendar, now: Timestamp) -> Share {
    share(now, |at| {
        let due = sla::due_of(terms, calendar, at);
        let both = due.and_then(|due| due.target_at.zip(due.limit_at));
        both.is_some_and(|(target, limit)| target <= limit)
    })
}

fn share(now: Timestamp, holds: impl Fn(Timestamp) -> bool) -> Share {
    let hours = (0..HOURS_TRIED).map(|hour| {
        let after = SignedDuration::from_hours(hour);
        now.checked_add(after).unwrap_or(now)
    });
    let count = i64::try_from(hours.filter(|at| holds(*at)).count()).unwrap_or(0);
    match count {
        0 => Share::Never,
        HOURS_TRIED => Share::Always,
        count => Share::Percent(count.saturating_mul(100).div_euclid(HOURS_TRIED).max(1)),
    }
}

fn earliest(by_limit: Share, language: Language) -> String {
    match (by_limit, language) {
        (Share::Never, Language::Ru) => {
            "Решает рабочее время: предел в днях в ближайшие четыре недели всегда позже".to_owned()
        }
        (Share::Never, Language::En) => {
            "The business hours count: the limit in days is always later in the next four weeks"
                .to_owned()
        }
        (Share::Always, Language::Ru) => {
            "Решает предел в днях: рабочее время в ближайшие четыре недели ни разу не успевает пройти раньше"
                .to_owned()
        }
        (Share::Always, Language::En) => {
            "The limit in days counts: in the next four weeks the business hours never pass before it"
                .to_owned()
        }
        (Share::Percent(percent), Language::Ru) => {
            format!("Зависит от времени прихода: в {percent} % случаев решает предел в днях")
        }
        (Share::Percent(percent), Language::En) => {
            format!(
                "It depends: the limit in days counts for {percent} % of the time mails come at"
            )
        }
    }
}

fn latest(by_limit: Share, language: Language) -> String {
    match (by_limit, language) {
        (Share::Never, Language::Ru) => {
            "Считается то, что позже: в ближайшие четыре недели всегда рабочее время".to_owned()
        }
        (Share::Never, Language::En) => {
            "Whichever is later counts: in the next four weeks always the business hours".to_owned()
        }
        (Share::Always, Language::Ru) => {
            "Считается то, что позже: в ближайшие четыре недели всегда предел в днях".to_owned()
        }
        (Share::Always, Language::En) => {
            "Whichever is later counts: in the next four weeks always the limit in days".to_owned()
        }
        (Share::Percent(percent), Language::Ru) => {
            format!("Считается то, что позже: в {percent} % случаев это предел в днях")
        }
        (Share::Percent(percent), Language::En) => {
            format!("Whichever is later counts: the limit in days for {percent} % of arrivals")
        }
    }
}

fn goal(in_time: Share, language: Language) -> String {
    match (in_time, language) {
        (Share::Never, Language::Ru) => {
            "Обязателен предел в днях; рабочее время, цель, в ближайшие четыре недели всегда позже него: по ней никого \
             не поторопят"
                .to_owned()
        }
        (Share::Never, Language::En) => {
            "The limit in days is what is promised; the goal in business hours is always later in the next four weeks: \
             nobody is hurried by it"
                .to_owned()
        }
        (Share::Always, Language::Ru) => {
            "Обязателен предел в днях; цель в рабочем времени раньше него, и напоминают по ней".to_owned()
        }
        (Share::Always, Language::En) => {
            "The limit in days is what is promised; the goal in business hours is earlier, and reminders go by it"
                .to_owned()
        }
        (Share::Percent(percent), Language::Ru) => {
            format!(
                "Обязателен предел в днях; цель в рабочем времени раньше него в {percent} % случаев"
            )
        }
        (Share::Percent(percent), Language::En) => {
            format!(
                "The limit in days is what is promised; the goal in business hours is earlier for {percent} % of arrivals"
            )
        }
    }
}
