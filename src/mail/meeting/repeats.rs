//! Recurrence rules (RFC 5545, 3.3.10) in words, as far as words are short: how often, on which days, until when.

use jiff::civil::Date;

use super::of;
use crate::{
    mail::render::dates::{day, weekday},
    model::language::Language,
};

/// Days as rules name them, Monday first.
const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// What `rule` says; empty where it says nothing that is understood.
pub(super) fn words(rule: &str, language: Language) -> String {
    let part = |name: &str| {
        rule.split(';')
            .filter_map(|pair| pair.split_once('='))
            .find(|(n, _)| n.trim().eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
    };
    let step: u32 = part("INTERVAL").and_then(|n| n.parse().ok()).unwrap_or(1);
    let frequency = part("FREQ").unwrap_or_default().to_ascii_uppercase();
    let Some(mut said) = often(&frequency, step, language) else {
        return String::new();
    };
    let on = part("BYDAY").map(|days| on_days(days, language));
    let on = on.filter(|days| !days.is_empty());
    if let Some(days) = on.filter(|_| matches!(frequency.as_str(), "WEEKLY" | "DAILY")) {
        said = format!("{said}: {days}");
    } else if let Some(date) = part("BYMONTHDAY").and_then(|n| n.parse::<i8>().ok())
        && date > 0
        && frequency == "MONTHLY"
    {
        said = match language {
            Language::Ru => format!("{said}, {date}-го числа"),
            Language::En => format!("{said}, on day {date}"),
        };
    }
    if let Some(count) = part("COUNT").and_then(|n| n.parse::<u32>().ok()) {
        said = match language {
            Language::Ru => format!("{said}, всего раз: {count}"),
            Language::En => format!("{said}, {count} times"),
        };
    } else if let Some(last) = part("UNTIL").and_then(date) {
        let until = of(["до", "until"], language);
        // The day of the week says nothing here.
        let words = day(last, language);
        let words = words.split_once(", ").map_or("", |(_, rest)| rest);
        said = format!("{said}, {until} {words}");
    }
    said
}

fn often(frequency: &str, step: u32, language: Language) -> Option<String> {
    let (every, units) = match frequency {
        "DAILY" => (["каждый день", "every day"], ["дн.", "days"]),
        "WEEKLY" => (["каждую неделю", "every week"], ["нед.", "weeks"]),
        "MONTHLY" => (["каждый месяц", "every month"], ["мес.", "months"]),
        "YEARLY" => (["каждый год", "every year"], ["г.", "years"]),
        _ => return None,
    };
    Some(if step <= 1 {
        of(every, language).to_owned()
    } else {
        match language {
            Language::Ru => format!("раз в {step} {}", of(units, language)),
            Language::En => format!("every {step} {}", of(units, language)),
        }
    })
}

fn on_days(days: &str, language: Language) -> String {
    let mut named: Vec<usize> = days
        .split(',')
        .filter_map(|day| DAYS.iter().position(|known| day.trim().ends_with(known)))
        .collect();
    named.sort_unstable();
    named.dedup();
    if named == [0, 1, 2, 3, 4] {
        return of(["по рабочим дням", "on working days"], language).to_owned();
    }
    named
        .into_iter()
        .map(|index| weekday(i8::try_from(index).unwrap_or(0), language))
        .collect::<Vec<_>>()
        .join(", ")
}

fn date(text: &str) -> Option<Date> {
    let number = |from: usize, to: usize| text.get(from..to);
    let year = number(0, 4)?.parse().ok()?;
    let month = number(4, 6)?.parse().ok()?;
    Date::new(year, month, number(6, 8)?.parse().ok()?).ok()
}
