//! What a queue promises: targets, limits and how they go together, for all requests and by class.

use std::collections::BTreeMap;

use super::{
    file::Reader,
    problems::{At, Notes},
    section::{Section, text},
    values,
};
use crate::model::{
    classification::RequestClass,
    promise::{Promise, Promises},
    terms::{Combine, Limit, LimitMode, LimitPauses, LimitUnit, Roll, Terms},
};

/// The longest limit, in whatever it counts.
const COUNT_MAX: u32 = 3650;

/// How limits of a queue are counted, where a class does not say otherwise.
#[derive(Clone, Copy, Default)]
struct Counting {
    mode: LimitMode,
    roll: Roll,
    pauses: LimitPauses,
    combine: Combine,
}

impl Reader<'_> {
    /// Reads what the queue promises, and its table `class`.
    pub(super) fn promises(&mut self, section: &mut Section<'_>) -> Promises {
        let counting = counting(section, self.notes, Counting::default());
        let usual = promise(section, self.notes, counting);
        let shipped = section.parsed(self.notes, "classes", |words| match words {
            "default" => Ok(Promises::shipped()),
            "none" => Ok(BTreeMap::new()),
            _ => Err("\"default\" or \"none\" is expected".to_owned()),
        });
        let mut classes = shipped.map(|at| at.value).unwrap_or_default();
        for (name, mut section) in section.tables(self.notes, "class", |_| Ok(())) {
            let known = RequestClass::ALL
                .into_iter()
                .find(|class| class.code() == name.value);
            let counting = self::counting(&mut section, self.notes, counting);
            let promise = promise(&mut section, self.notes, counting);
            section.finish(self.notes);
            match known {
                Some(class) => drop(classes.insert(class, promise)),
                None => self.notes.unknown(
                    &name.spot,
                    "class",
                    &name.value,
                    RequestClass::ALL.iter().map(|class| class.code()),
                ),
            }
        }
        Promises { usual, classes }
    }
}

fn counting(section: &mut Section<'_>, notes: &mut Notes, usual: Counting) -> Counting {
    let mode = section.parsed(notes, "limit_mode", |words| match words {
        "wall" => Ok(LimitMode::Wall),
        "elapsed24h" => Ok(LimitMode::Elapsed24h),
        "end_of_day" => Ok(LimitMode::EndOfDay),
        "gk_rf" => Ok(LimitMode::GkRf),
        _ => {
            Err("one of \"wall\", \"elapsed24h\", \"end_of_day\", \"gk_rf\" is expected".to_owned())
        }
    });
    let roll = section.parsed(notes, "roll", |words| match words {
        "none" => Ok(Roll::None),
        "next_open" => Ok(Roll::NextOpen),
        _ => Err("one of \"none\", \"next_open\" is expected".to_owned()),
    });
    let pauses = section.parsed(notes, "limit_pauses", |words| match words {
        "ignore" => Ok(LimitPauses::Ignore),
        "extend" => Ok(LimitPauses::Extend),
        _ => Err("one of \"ignore\", \"extend\" is expected".to_owned()),
    });
    let combine = section.parsed(notes, "combine", |words| match words {
        "earliest" => Ok(Combine::Earliest),
        "latest" => Ok(Combine::Latest),
        "goal" => Ok(Combine::Goal),
        _ => Err("one of \"earliest\", \"latest\", \"goal\" is expected".to_owned()),
    });
    Counting {
        mode: mode.map_or(usual.mode, |at| at.value),
        roll: roll.map_or(usual.roll, |at| at.value),
        pauses: pauses.map_or(usual.pauses, |at| at.value),
        combine: combine.map_or(usual.combine, |at| at.value),
    }
}

fn promise(section: &mut Section<'_>, notes: &mut Notes, counting: Counting) -> Promise {
    let mut terms = |key| {
        let read = if key == "target" { target } else { answer };
        let Some(At { value, spot }) = section.parsed(notes, key, read) else {
            return Terms::default();
        };
        if value.target_secs == Some(0) {
            notes.warning(
                &spot,
                "a target of nothing is due as soon as work begins; leave the key out to promise nothing",
            );
        }
        value
    };
    let (first_response, next_response) = (terms("first_response"), terms("next_response"));
    let update = terms("update");
    let mut resolution = terms("target");
    let limit = section.read(notes, "limit", |value| limit(text(value)?, counting));
    let of_working_days = limit.as_ref().filter(|at| {
        let is_other = !matches!(counting.mode, LimitMode::Wall | LimitMode::GkRf);
        at.value.unit == LimitUnit::WorkingDays && is_other
    });
    if let Some(At { spot, .. }) = of_working_days {
        notes.warning(
            spot,
            "working days are over when work ends on the last of them: limit_mode counts for days and months alone",
        );
    }
    resolution.limit = limit.map(|at| at.value);
    resolution.combine = counting.combine;
    Promise {
        first_response,
        next_response,
        resolution,
        update,
    }
}

/// Business time; with `24/7` behind it, time that counts day and night.
pub(super) fn target(words: &str) -> Result<Terms, String> {
    let words = words.trim();
    let marks = ["24/7", "around the clock", "круглосуточно"];
    let short = marks.iter().find_map(|mark| words.strip_suffix(mark));
    let secs = values::target_or_none(short.unwrap_or(words).trim())?;
    Ok(Terms {
        is_round_the_clock: short.is_some(),
        ..Terms::target(secs)
    })
}

/// The same, of an answer or news: those have no limit in days.
fn answer(words: &str) -> Result<Terms, String> {
    match values::is_in_days(words) {
        true => Err(format!(
            "\"{words}\": answers are promised in hours and minutes: for two days of eight hours write \"16 h\", for two \
             days by the calendar \"48 h 24/7\""
        )),
        false => target(words),
    }
}

/// `5 days`, `2 working days`, `1 month`.
fn limit(words: &str, counting: Counting) -> Result<Limit, String> {
    let refused =
        || format!("\"{words}\" is no limit: write \"5 days\", \"2 working days\" or \"1 month\"");
    let lower = words.to_lowercase();
    let (count, unit) = lower.trim().split_once(' ').ok_or_else(refused)?;
    let unit = match unit.trim() {
        "day" | "days" | "день" | "дня" | "дней" => LimitUnit::Days,
        "working day" | "working days" | "рабочий день" | "рабочих дня" | "рабочих дней" => {
            LimitUnit::WorkingDays
        }
        "month" | "months" | "месяц" | "месяца" | "месяцев" => LimitUnit::Months,
        _ => return Err(refused()),
    };
    let count = count
        .parse::<u32>()
        .ok()
        .filter(|count| (1..=COUNT_MAX).contains(count));
    Ok(Limit {
        count: count.ok_or_else(refused)?,
        unit,
        mode: counting.mode,
        roll: counting.roll,
        pauses: counting.pauses,
    })
}
