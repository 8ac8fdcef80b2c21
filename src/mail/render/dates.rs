//! Dates as people read them: «вторник, 17 ноября 2026, 15:00 (МСК)», "Tuesday, 17 November 2026, 15:00 (MSK)".

use jiff::{Zoned, civil::Date};

use crate::model::language::Language;

/// How a date stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// «вторник, 17 ноября 2026, 15:00 (МСК)».
    Plain,
    /// «во вторник, …», "on Tuesday, …".
    On,
    /// «до вторника, …», "by Tuesday, …": done then at the latest.
    By,
    /// «до вторника, …», "until Tuesday, …": it lasts as long.
    Until,
    /// «со вторника, …», "from Tuesday, …": it begins then.
    From,
    /// «17 ноября, 15:00», "17 Nov, 15:00": where room is short and the zone is said elsewhere.
    Short,
    /// «17 ноября», "17 November": a day of a stretch of days.
    Day,
    /// «17 ноября 2026», "17 November 2026": the same where the year is not plain.
    Dated,
}

impl Form {
    /// The form a template asks for.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "plain" => Self::Plain,
            "on" => Self::On,
            "by" => Self::By,
            "until" => Self::Until,
            "from" => Self::From,
            "short" => Self::Short,
            "day" => Self::Day,
            "dated" => Self::Dated,
            _ => return None,
        })
    }
}

/// Monday to Sunday: who, on whom, of whom.
const DAYS_RU: [[&str; 4]; 7] = [
    [
        "понедельник",
        "в понедельник",
        "понедельника",
        "с понедельника",
    ],
    ["вторник", "во вторник", "вторника", "со вторника"],
    ["среда", "в среду", "среды", "со среды"],
    ["четверг", "в четверг", "четверга", "с четверга"],
    ["пятница", "в пятницу", "пятницы", "с пятницы"],
    ["суббота", "в субботу", "субботы", "с субботы"],
    [
        "воскресенье",
        "в воскресенье",
        "воскресенья",
        "с воскресенья",
    ],
];

const MONTHS_RU: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];

const DAYS_EN: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Months, not days of them.
const MONTHS_ALONE_RU: [&str; 12] = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
];

/// A month: октябрь 2026, October 2026.
pub(super) fn month(date: Date, is_russian: bool) -> String {
    let index = date.month().saturating_sub(1);
    let names = match is_russian {
        true => &MONTHS_ALONE_RU,
        false => &MONTHS_EN,
    };
    let name = named(names, index).unwrap_or_default();
    format!("{name} {}", date.year())
}

/// The date in Russian.
pub(super) fn russian(at: &Zoned, form: Form) -> String {
    let [plain, on, genitive, from] = named(&DAYS_RU, day_index(at)).unwrap_or_default();
    let month = named(&MONTHS_RU, month_index(at)).unwrap_or_default();
    let (day, year, time) = (at.day(), at.year(), time(at));
    let weekday = match form {
        Form::Short => return format!("{day} {month}, {time}"),
        Form::Day => return format!("{day} {month}"),
        Form::Dated => return format!("{day} {month} {year}"),
        Form::Plain => plain.to_owned(),
        Form::On => on.to_owned(),
        Form::By | Form::Until => format!("до {genitive}"),
        Form::From => from.to_owned(),
    };
    format!(
        "{weekday}, {day} {month} {year}, {time} ({})",
        zone(at, "МСК")
    )
}

/// The date in English.
pub(super) fn english(at: &Zoned, form: Form) -> String {
    let weekday = named(&DAYS_EN, day_index(at)).unwrap_or_default();
    let month = named(&MONTHS_EN, month_index(at)).unwrap_or_default();
    let (day, year, time) = (at.day(), at.year(), time(at));
    let word = match form {
        Form::Short => {
            let month: String = month.chars().take(3).collect();
            return format!("{day} {month}, {time}");
        }
        Form::Day => return format!("{day} {month}"),
        Form::Dated => return format!("{day} {month} {year}"),
        Form::Plain => "",
        Form::On => "on ",
        Form::By => "by ",
        Form::Until => "until ",
        Form::From => "from ",
    };
    format!(
        "{word}{weekday}, {day} {month} {year}, {time} ({})",
        zone(at, "MSK")
    )
}

/// A day: «вторник, 17 ноября 2026», "Tuesday, 17 November 2026".
pub(in crate::mail) fn day(date: Date, language: Language) -> String {
    let weekday = weekday(date.weekday().to_monday_zero_offset(), language);
    let months = match language {
        Language::Ru => &MONTHS_RU,
        Language::En => &MONTHS_EN,
    };
    let month = named(months, date.month().saturating_sub(1)).unwrap_or_default();
    format!("{weekday}, {} {month} {}", date.day(), date.year())
}

/// The name of a day of the week, Monday being 0.
pub(in crate::mail) fn weekday(index: i8, language: Language) -> &'static str {
    match language {
        Language::Ru => named(&DAYS_RU, index).map_or("", |[plain, ..]| plain),
        Language::En => named(&DAYS_EN, index).unwrap_or_default(),
    }
}

fn named<T: Copy>(names: &[T], index: i8) -> Option<T> {
    names.get(usize::try_from(index).ok()?).copied()
}

fn day_index(at: &Zoned) -> i8 {
    at.weekday().to_monday_zero_offset()
}

fn month_index(at: &Zoned) -> i8 {
    at.month().saturating_sub(1)
}

fn time(at: &Zoned) -> String {
    format!("{}:{:02}", at.hour(), at.minute())
}

/// The zone's abbreviation; where the time zone database has only a number (`+05`), it says from where it counts.
fn zone(at: &Zoned, moscow: &str) -> String {
    if at.time_zone().iana_name() == Some("Europe/Moscow") {
        return moscow.to_owned();
    }
    let name = at
        .time_zone()
        .to_offset_info(at.timestamp())
        .abbreviation()
        .to_owned();
    if name.starts_with(['+', '-']) {
        return format!("UTC{name}");
    }
    name
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, tz::TimeZone};

    use super::*;

    fn at(moment: &str, zone: &str) -> Zoned {
        let moment: Timestamp = moment.parse().unwrap();
        moment.to_zoned(TimeZone::get(zone).unwrap())
    }

    #[test]
    fn russian_weekdays_are_declined() {
        let tuesday = at("2026-11-17T12:00:00Z", "Europe/Moscow");
        let words = |form| russian(&tuesday, form);
        assert_eq!(words(Form::Plain), "вторник, 17 ноября 2026, 15:00 (МСК)");
        assert_eq!(words(Form::On), "во вторник, 17 ноября 2026, 15:00 (МСК)");
        assert_eq!(words(Form::By), "до вторника, 17 ноября 2026, 15:00 (МСК)");
        assert_eq!(
            words(Form::From),
            "со вторника, 17 ноября 2026, 15:00 (МСК)"
        );
        assert_eq!(words(Form::Short), "17 ноября, 15:00");
        assert_eq!(words(Form::Day), "17 ноября");
        assert_eq!(words(Form::Dated), "17 ноября 2026");
    }

    #[test]
    fn english_dates_and_other_zones() {
        let summer = at("2026-07-01T07:05:00Z", "Europe/Berlin");
        assert_eq!(
            english(&summer, Form::On),
            "on Wednesday, 1 July 2026, 9:05 (CEST)"
        );
        assert_eq!(english(&summer, Form::Short), "1 Jul, 9:05");
        let begins = |form| english(&summer, form).split(' ').next().map(str::to_owned);
        let words = [Form::By, Form::Until, Form::From].map(begins);
        assert_eq!(words.map(Option::unwrap), ["by", "until", "from"]);
        let ural = at("2026-11-17T12:00:00Z", "Asia/Yekaterinburg");
        assert_eq!(
            russian(&ural, Form::Plain),
            "вторник, 17 ноября 2026, 17:00 (UTC+05)"
        );
        let moscow = at("2026-11-17T12:00:00Z", "Europe/Moscow");
        assert_eq!(
            english(&moscow, Form::Plain),
            "Tuesday, 17 November 2026, 15:00 (MSK)"
        );
    }
}
