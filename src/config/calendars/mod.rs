//! `[calendar.NAME]`: weekly hours, the holidays of a country, years from files, and days of one's own.

mod ics;
mod plain;
#[cfg(test)]
mod tests;
mod xml;

use std::{collections::BTreeMap, path::Path};

use self::plain::Wrong;
use super::{
    file::Reader,
    hours,
    problems::{At, Notes, Spot},
    section::Section,
    values,
    written::{File, Queue, Zone},
};
use crate::desk::calendar::{Calendar, DayKind, OtherDays, Week, Year};

/// Production calendars that come with okno, by what the configuration calls them.
const BUILT_IN: &[(&str, &[&str])] = &[(
    "ru",
    &[
        include_str!("../../../calendars/ru-2024.txt"),
        include_str!("../../../calendars/ru-2025.txt"),
        include_str!("../../../calendars/ru-2026.txt"),
        include_str!("../../../calendars/ru-2027.txt"),
    ],
)];

/// A calendar's table as written.
#[derive(Debug)]
pub(super) struct Written {
    spot: Spot,
    hours: Option<At<Week>>,
    zone: Option<Zone>,
    others: OtherDays,
}

/// The years of a file, in the format that its beginning shows: the plain one, xmlcalendar's XML, or iCalendar.
///
/// # Errors
/// Everything that is wrong with it, each with its line.
pub fn years(text: &str) -> Result<Vec<Year>, Vec<(usize, String)>> {
    let text = text.trim_start_matches('\u{feff}');
    let start = text.trim_start();
    if start.starts_with('<') {
        return xml::parse(text).map(|year| vec![year]);
    }
    let is_ics = start
        .get(..15)
        .is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR"));
    if is_ics {
        return ics::parse(text);
    }
    plain::parse(text).map(|year| vec![year])
}

/// A year as a file in the plain format.
#[must_use]
pub fn in_plain(year: &Year) -> String {
    plain::write(year)
}

/// The production calendar of a country, where okno has one.
#[must_use]
pub fn built_in(country: &str) -> Option<Vec<Year>> {
    let (_, files) = BUILT_IN.iter().find(|(name, _)| *name == country)?;
    let years = files.iter().filter_map(|file| plain::parse(file).ok());
    Some(years.collect())
}

impl Reader<'_> {
    /// Reads `[calendar.NAME]`.
    pub(super) fn calendar(&mut self, mut section: Section<'_>) -> Written {
        section.need("hours", "hours = \"mon-fri 09:00-18:00\"");
        let hours = section.parsed(self.notes, "hours", hours::parse);
        let zone = section.parsed(self.notes, "time_zone", values::zone);
        let country = section.parsed(self.notes, "holidays", |words| {
            built_in(words).ok_or_else(|| {
                let known: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
                format!("there are no built-in holidays of \"{words}\", only of {}; name a file in files", known.join(", "))
            })
        });
        let mut others = OtherDays {
            years: country.map(|at| at.value).unwrap_or_default(),
        };
        let files = section.list(self.notes, "files", |words| Ok(words.to_owned()));
        for At { value, spot } in files.map(each).unwrap_or_default() {
            for year in self.years_of(&value, &spot) {
                take(&mut others, year, &value);
            }
        }
        let days = section.list(self.notes, "days", plain::day);
        others
            .years
            .extend(days.map(|at| at.value).unwrap_or_default());
        let written = Written {
            spot: section.spot.clone(),
            hours,
            zone: zone.map(|at| at.value),
            others,
        };
        section.finish(self.notes);
        written
    }

    fn years_of(&mut self, file: &str, spot: &Spot) -> Vec<Year> {
        let path = self.base.join(file);
        let text = match self.secrets.text(&path) {
            Ok(text) => text,
            Err(words) => {
                self.notes.problem(spot, words);
                return Vec::new();
            }
        };
        match years(&text) {
            Ok(years) => years,
            Err(wrong) => {
                refuse(self.notes, &path, wrong);
                Vec::new()
            }
        }
    }
}

fn each(list: At<Vec<String>>) -> Vec<At<String>> {
    let At { value, spot } = list;
    let each = value.into_iter().map(|value| At {
        value,
        spot: spot.clone(),
    });
    each.collect()
}

fn refuse(notes: &mut Notes, path: &Path, wrong: Wrong) {
    for (line, words) in wrong {
        notes.problem_in(&path.display().to_string(), line, words);
    }
}

/// A file that says a whole year stands in for what was known of it; holidays of an ICS file only add to that.
fn take(others: &mut OtherDays, mut year: Year, file: &str) {
    let is_known = |known: &Year| known.year.is_some() && known.year == year.year;
    let adds = file.to_lowercase().ends_with(".ics");
    match (adds, others.years.iter().any(is_known)) {
        (true, true) => year.year = None,
        (false, true) => others.years.retain(|known| known.year != year.year),
        (_, false) => {}
    }
    others.years.push(year);
}

/// The calendars, as far as they are sound.
pub(super) fn resolve(file: &File, notes: &mut Notes) -> BTreeMap<String, Calendar> {
    let mut resolved = BTreeMap::new();
    for (name, written) in &file.calendars {
        let Some(hours) = &written.hours else {
            continue;
        };
        let zone = written.zone.clone().unwrap_or_else(|| file.zone.clone());
        match Calendar::new(zone, hours.value.clone(), &written.others) {
            Ok(calendar) => {
                check_days(&calendar, written, notes);
                resolved.insert(name.clone(), calendar);
            }
            Err(none) => notes.problem(&hours.spot, none.to_string()),
        }
    }
    resolved
}

/// A day that is said to be worked must have hours from somewhere.
fn check_days(calendar: &Calendar, written: &Written, notes: &mut Notes) {
    for (date, kind) in written.others.years.iter().flat_map(|year| &year.days) {
        let is_empty = calendar.openings(*date).is_empty();
        if is_empty
            && matches!(
                kind,
                DayKind::Working {
                    is_short: false,
                    ..
                }
            )
        {
            notes.problem(
                &written.spot,
                format!("{date} is to be worked, but its day of the week has no hours; write \"{date} 09:00-18:00\" in days"),
            );
        }
    }
}

/// The calendar of a queue: the one it names, or its own hours.
pub(super) fn of_queue(
    (file, queue): (&File, &Queue),
    calendars: &BTreeMap<String, Calendar>,
    notes: &mut Notes,
) -> Option<Calendar> {
    let Some(At { value, spot }) = &queue.calendar else {
        let zone = queue.zone.as_ref().unwrap_or(&file.zone).clone();
        let Some(hours) = &queue.hours else {
            return Some(Calendar::always(zone.0, zone.1));
        };
        let calendar = Calendar::new(zone, hours.clone(), &OtherDays::default());
        return calendar
            .map_err(|none| notes.problem(&queue.spot, none.to_string()))
            .ok();
    };
    if queue.hours.is_some() || queue.zone.is_some() {
        notes.problem(
            spot,
            "hours and time_zone are the calendar's: write them there, or leave calendar out",
        );
    }
    if !file.calendars.contains_key(value) {
        notes.unknown(
            spot,
            "calendar",
            value,
            file.calendars.keys().map(String::as_str),
        );
    }
    calendars.get(value).cloned()
}

/// The calendars of the agents who do not work when their queues do.
pub(super) fn of_agents(file: &File, notes: &mut Notes) -> BTreeMap<String, Calendar> {
    let mut resolved = BTreeMap::new();
    for (name, agent) in &file.agents {
        let calendar = match (&agent.calendar, &agent.hours) {
            (Some(At { value, spot }), hours) => {
                if hours.is_some() || agent.zone.is_some() {
                    notes.problem(
                        spot,
                        "hours and time_zone are the calendar's: write them there, or leave calendar out",
                    );
                }
                // What is wrong with a calendar is said where the queues are put together.
                let mut silent = Notes::new(String::new());
                let known = resolve(file, &mut silent);
                if !file.calendars.contains_key(value) {
                    let names = file.calendars.keys().map(String::as_str);
                    notes.unknown(spot, "calendar", value, names);
                }
                known.get(value).cloned()
            }
            (None, Some(At { value, spot })) => {
                let zone = agent.zone.as_ref().unwrap_or(&file.zone).clone();
                let calendar = Calendar::new(zone, value.clone(), &OtherDays::default());
                calendar
                    .map_err(|none| notes.problem(spot, none.to_string()))
                    .ok()
            }
            (None, None) => continue,
        };
        resolved.extend(calendar.map(|calendar| (name.clone(), calendar)));
    }
    resolved
}
