//! The cases as they are written, and how okno's answers differ from what they expect.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use okno::{
    desk::{
        calendar::{Calendar, DayKind, Opening, OtherDays, Week, Year},
        sla::{Course, Impossible},
    },
    model::terms::{
        Binding, Change, ChangeMode, Combine, Limit, LimitMode, LimitPauses, LimitUnit, Pause,
        Roll, Terms,
    },
};
use serde::Deserialize;

/// A file of cases. Each is read by itself, so that one which cannot be read spoils no other.
#[derive(Deserialize)]
pub(crate) struct File {
    calendars: BTreeMap<String, WrittenCalendar>,
    pub(crate) cases: Vec<serde_json::Value>,
}

type Hours = Vec<(String, String)>;

#[derive(Deserialize)]
struct WrittenCalendar {
    tz: String,
    week: BTreeMap<String, Hours>,
    #[serde(default)]
    exceptions: BTreeMap<Date, Hours>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    #[serde(default)]
    group: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    why: String,
    calendar: String,
    start: Timestamp,
    target_s: Option<i64>,
    limit: Option<WrittenLimit>,
    #[serde(default)]
    combine: Option<Combine>,
    #[serde(default)]
    pauses: Vec<WrittenPause>,
    #[serde(default)]
    changes: Vec<WrittenChange>,
    #[serde(default)]
    calendar_changes: Vec<CalendarChange>,
    #[serde(default)]
    warn: Vec<u32>,
    #[serde(default)]
    elapsed_at: Vec<Timestamp>,
    expect: Expect,
}

#[derive(Deserialize)]
struct WrittenLimit {
    days: i64,
    #[serde(default)]
    unit: LimitUnit,
    #[serde(default)]
    mode: LimitMode,
    #[serde(default)]
    roll: Roll,
    #[serde(default)]
    pauses: LimitPauses,
}

#[derive(Deserialize)]
struct WrittenPause {
    from: Timestamp,
    to: Option<Timestamp>,
}

#[derive(Deserialize)]
struct WrittenChange {
    at: Timestamp,
    target_s: Option<i64>,
    mode: ChangeMode,
}

#[derive(Deserialize)]
struct CalendarChange {
    at: Timestamp,
    calendar: String,
}

#[derive(Deserialize)]
struct Expect {
    /// The same instant, written in two ways; either will do.
    #[serde(default, deserialize_with = "stated")]
    due_utc: Option<Option<Timestamp>>,
    #[serde(default, deserialize_with = "stated")]
    due: Option<Option<Timestamp>>,
    binding: Option<Binding>,
    #[serde(default, deserialize_with = "stated")]
    target_due: Option<Option<Timestamp>>,
    #[serde(default, deserialize_with = "stated")]
    limit_due: Option<Option<Timestamp>>,
    remaining_s: Option<i64>,
    #[serde(default)]
    warn: BTreeMap<String, Timestamp>,
    elapsed_s: Option<Vec<i64>>,
    error: Option<String>,
}

/// A null that stands there is not the same as nothing.
fn stated<'d, D: serde::Deserializer<'d>>(from: D) -> Result<Option<Option<Timestamp>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// Why there is no answer.
#[derive(Debug)]
enum NoAnswer {
    /// The core says so.
    Impossible(Impossible),
    /// The case is not one.
    Unreadable(String),
}

impl From<Impossible> for NoAnswer {
    fn from(error: Impossible) -> Self {
        Self::Impossible(error)
    }
}

fn minutes(words: &str) -> Option<u16> {
    let (hour, minute) = words.split_once(':')?;
    let hour: u16 = hour.parse().ok()?;
    hour.checked_mul(60)?.checked_add(minute.parse().ok()?)
}

fn openings(hours: &Hours) -> Result<Vec<Opening>, NoAnswer> {
    let opening = |(from, to): &(String, String)| {
        let opening = minutes(from).zip(minutes(to));
        let opening = opening.and_then(|(from, to)| Opening::new(from, to));
        opening.ok_or_else(|| NoAnswer::Unreadable(format!("{from}-{to} are no opening hours")))
    };
    hours.iter().map(opening).collect()
}

fn calendar(file: &File, name: &str) -> Result<Calendar, NoAnswer> {
    let unreadable = |words: &str| NoAnswer::Unreadable(format!("calendar «{name}»: {words}"));
    let written = file.calendars.get(name);
    let written = written.ok_or_else(|| unreadable("the file has none of this name"))?;
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let mut week = Week::default();
    for (hours, day) in week.iter_mut().zip(days) {
        let named = written.week.get(day);
        *hours = named.map_or(Ok(Vec::new()), openings)?;
    }
    let mut others = Year::default();
    for (date, hours) in &written.exceptions {
        let _new = others.days.insert(*date, DayKind::Hours(openings(hours)?));
    }
    let zone = TimeZone::get(&written.tz).map_err(|error| unreadable(&error.to_string()))?;
    let others = OtherDays {
        years: vec![others],
    };
    Calendar::new((written.tz.clone(), zone), week, &others)
        .map_err(|_none| Impossible::NoWorkingTime.into())
}

struct Answer {
    due: Option<Timestamp>,
    binding: Option<Binding>,
    target: Option<Timestamp>,
    limit: Option<Timestamp>,
    left: Option<i64>,
    warn: Vec<(u32, Option<Timestamp>)>,
    elapsed: Vec<i64>,
}

impl Case {
    fn answer(&self, file: &File) -> Result<Answer, NoAnswer> {
        let calendars: BTreeMap<&str, Calendar> = std::iter::once(&self.calendar)
            .chain(self.calendar_changes.iter().map(|change| &change.calendar))
            .map(|name| Ok((name.as_str(), calendar(file, name)?)))
            .collect::<Result<_, NoAnswer>>()?;
        let pauses = self.pauses.iter().map(|pause| Pause {
            from: pause.from,
            to: pause.to,
        });
        let mut course = Course::new(
            self.start,
            &calendars[self.calendar.as_str()],
            pauses.collect(),
        );
        let others = self.calendar_changes.iter();
        course.calendars = others
            .map(|change| (change.at, &calendars[change.calendar.as_str()]))
            .collect();
        let changes = self.changes.iter();
        let changes =
            changes.map(|change| Change::of_target(change.at, change.target_s, change.mode));
        course.changes = changes.collect();
        let limit = match &self.limit {
            None => None,
            Some(limit) => Some(Limit {
                count: u32::try_from(limit.days).map_err(|_negative| Impossible::InvalidTarget)?,
                unit: limit.unit,
                mode: limit.mode,
                roll: limit.roll,
                pauses: limit.pauses,
            }),
        };
        let due = course.due(&Terms {
            target_secs: self.target_s,
            limit,
            combine: self.combine.unwrap_or_default(),
            is_round_the_clock: false,
        })?;
        let warn = |percent: &u32| (*percent, due.at.map(|at| course.at_percent(*percent, at)));
        Ok(Answer {
            due: due.at,
            binding: due.binding,
            target: due.target_at,
            limit: due.limit_at,
            left: due
                .left
                .filter(|_| due.at.is_none())
                .map(|left| left.as_secs()),
            warn: self.warn.iter().map(warn).collect(),
            elapsed: self
                .elapsed_at
                .iter()
                .map(|at| course.elapsed(*at).as_secs())
                .collect(),
        })
    }

    /// What okno says otherwise than the case, line by line; empty where they agree.
    fn differences(&self, file: &File) -> Vec<String> {
        let expect = &self.expect;
        let answer = match (self.answer(file), expect.error.as_deref()) {
            (Err(NoAnswer::Unreadable(words)), _) => return vec![words],
            (Err(NoAnswer::Impossible(error)), expected) => {
                let code = match error {
                    Impossible::NoWorkingTime => "no_working_time",
                    Impossible::InvalidTarget => "invalid_target",
                };
                return differ("error", (&code, &expected.unwrap_or("none")), || {
                    expected == Some(code)
                });
            }
            (Ok(_), Some(error)) => {
                return differ("error", (&"none", &error), || false);
            }
            (Ok(answer), None) => answer,
        };
        let mut found = Vec::new();
        let due = expect.due_utc.or(expect.due);
        for (what, said, expected) in [
            ("due", answer.due, due),
            ("target_due", answer.target, expect.target_due),
            ("limit_due", answer.limit, expect.limit_due),
        ] {
            let shown = (
                &self.local(said, file),
                &self.local(expected.flatten(), file),
            );
            found.extend(differ(what, shown, || expected.is_none_or(|at| at == said)));
        }
        let binding = (&answer.binding, &expect.binding);
        found.extend(differ("binding", binding, || {
            expect.binding.is_none() || answer.binding == expect.binding
        }));
        let left = (&answer.left, &expect.remaining_s);
        found.extend(differ("remaining_s", left, || {
            expect.remaining_s.is_none() || answer.left == expect.remaining_s
        }));
        for (percent, at) in answer.warn {
            let expected = expect.warn.get(&percent.to_string()).copied();
            let shown = (&self.local(at, file), &self.local(expected, file));
            found.extend(differ(&format!("warn {percent} %"), shown, || {
                // Cases are written in whole seconds.
                let near = |(at, expected): (Timestamp, Timestamp)| {
                    at.duration_since(expected).abs() < SignedDuration::from_secs(1)
                };
                at.zip(expected).is_some_and(near) || (at.is_none() && expected.is_none())
            }));
        }
        let elapsed = expect.elapsed_s.as_ref().unwrap_or(&answer.elapsed);
        found.extend(differ("elapsed_s", (&answer.elapsed, elapsed), || {
            answer.elapsed == *elapsed
        }));
        found
    }

    /// An instant in UTC, and as the wall clock of the case's calendar shows it.
    fn local(&self, at: Option<Timestamp>, file: &File) -> String {
        let Some(at) = at else {
            return "none".to_owned();
        };
        let written = file.calendars.get(&self.calendar);
        let zone = written.and_then(|written| TimeZone::get(&written.tz).ok());
        let zoned = at.to_zoned(zone.unwrap_or(TimeZone::UTC));
        format!("{at} ({})", zoned.strftime("%a %Y-%m-%d %H:%M:%S %:z"))
    }

    /// What the case is, on a line.
    fn words(&self, file: &File) -> String {
        let limit = self.limit.as_ref().map_or_else(String::new, |limit| {
            format!(
                ", limit {} {:?} {:?} roll {:?} pauses {:?}, {:?}",
                limit.days,
                limit.unit,
                limit.mode,
                limit.roll,
                limit.pauses,
                self.combine.unwrap_or_default()
            )
        });
        format!(
            "case {} ({}) «{}»: calendar {}, from {}, target_s {:?}{limit}; {} pauses, {} changes, {} calendar changes; why: {}",
            self.id,
            self.group,
            self.title,
            self.calendar,
            self.local(Some(self.start), file),
            self.target_s,
            self.pauses.len(),
            self.changes.len(),
            self.calendar_changes.len(),
            self.why,
        )
    }
}

impl File {
    /// Every case on which okno differs, with all that it says otherwise.
    pub(crate) fn differences(&self) -> Vec<String> {
        let told = |(place, written): (usize, &serde_json::Value)| {
            let case = match Case::deserialize(written) {
                Ok(case) => case,
                Err(error) => {
                    let id = &written["id"];
                    return Some(format!(
                        "case {id} (number {place}) cannot be read: {error}"
                    ));
                }
            };
            let found = case.differences(self);
            let lines = found.iter().map(|line| format!("\n    {line}"));
            (!found.is_empty()).then(|| case.words(self) + &lines.collect::<String>())
        };
        self.cases.iter().enumerate().filter_map(told).collect()
    }
}

/// One line where what okno says is not what is expected.
fn differ<T: std::fmt::Debug>(
    what: &str,
    (said, expected): (&T, &T),
    is_same: impl FnOnce() -> bool,
) -> Vec<String> {
    match is_same() {
        true => Vec::new(),
        false => vec![format!("{what}: okno says {said:?}, expected {expected:?}")],
    }
}
