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

#[derive(Deserialize)]
pub(crate) struct File {
    calendars: BTreeMap<String, WrittenCalendar>,
    pub(crate) cases: Vec<Case>,
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
pub(crate) struct Case {
    id: String,
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
    due_utc: Option<Timestamp>,
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

fn minutes(words: &str) -> u16 {
    let (hour, minute) = words.split_once(':').unwrap();
    hour.parse::<u16>()
        .unwrap()
        .saturating_mul(60)
        .saturating_add(minute.parse().unwrap())
}

fn openings(hours: &Hours) -> Vec<Opening> {
    let opening = |(from, to): &(String, String)| Opening::new(minutes(from), minutes(to)).unwrap();
    hours.iter().map(opening).collect()
}

fn calendar(written: &WrittenCalendar) -> Result<Calendar, Impossible> {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let week: Week = days.map(|day| written.week.get(day).map(openings).unwrap_or_default());
    let days = written.exceptions.iter();
    let days = days
        .map(|(date, hours)| (*date, DayKind::Hours(openings(hours))))
        .collect();
    let year = Year {
        days,
        ..Year::default()
    };
    let zone = (written.tz.clone(), TimeZone::get(&written.tz).unwrap());
    let others = OtherDays { years: vec![year] };
    Calendar::new(zone, week, &others).map_err(|_none| Impossible::NoWorkingTime)
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
    fn answer(&self, file: &File) -> Result<Answer, Impossible> {
        let calendars: BTreeMap<&str, Calendar> = std::iter::once(&self.calendar)
            .chain(self.calendar_changes.iter().map(|change| &change.calendar))
            .map(|name| Ok((name.as_str(), calendar(&file.calendars[name])?)))
            .collect::<Result<_, Impossible>>()?;
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
        let changes = self.changes.iter().map(|change| Change {
            at: change.at,
            target_secs: change.target_s,
            mode: change.mode,
        });
        course.changes = changes.collect();
        let limit = match &self.limit {
            None => None,
            Some(limit) => Some(Limit {
                count: u32::try_from(limit.days).map_err(|_negative| Impossible::InvalidTarget)?,
                unit: LimitUnit::Days,
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

    /// What okno says otherwise.
    pub(crate) fn differences(&self, file: &File) -> Vec<String> {
        let mut found = Vec::new();
        let mut compare = |what: &str, is_same: bool, said: String| {
            if !is_same {
                found.push(format!("{}: {what}: okno says {said}", self.id));
            }
        };
        let expect = &self.expect;
        let answer = match (self.answer(file), expect.error.as_deref()) {
            (Err(error), expected) => {
                let code = match error {
                    Impossible::NoWorkingTime => "no_working_time",
                    Impossible::InvalidTarget => "invalid_target",
                };
                compare("error", expected == Some(code), code.to_owned());
                return found;
            }
            (Ok(answer), Some(error)) => {
                compare(error, false, format!("{:?}", answer.due));
                return found;
            }
            (Ok(answer), None) => answer,
        };
        compare(
            "due",
            answer.due == expect.due_utc,
            format!("{:?}", answer.due),
        );
        if expect.binding.is_some() {
            compare(
                "binding",
                answer.binding == expect.binding,
                format!("{:?}", answer.binding),
            );
        }
        for (what, said, expected) in [
            ("target", answer.target, expect.target_due),
            ("limit", answer.limit, expect.limit_due),
        ] {
            compare(
                what,
                expected.is_none_or(|expected| expected == said),
                format!("{said:?}"),
            );
        }
        if expect.remaining_s.is_some() {
            compare(
                "left",
                answer.left == expect.remaining_s,
                format!("{:?}", answer.left),
            );
        }
        for (percent, at) in answer.warn {
            let expected = expect.warn.get(&percent.to_string());
            // Cases are written in whole seconds.
            let is_near = at.zip(expected).is_some_and(|(at, expected)| {
                at.duration_since(*expected).abs() < SignedDuration::from_secs(1)
            });
            compare(
                &format!("{percent} %"),
                is_near || (at.is_none() && expected.is_none()),
                format!("{at:?}"),
            );
        }
        if let Some(expected) = &expect.elapsed_s {
            compare(
                "elapsed",
                answer.elapsed == *expected,
                format!("{:?}", answer.elapsed),
            );
        }
        found
    }
}
