//! What a rule asks of a mail: its tables `when` and `unless`.

use std::collections::BTreeSet;

use jiff::civil::Time;
use toml::de::DeValue;

use super::Lists;
use crate::{
    config::{
        file::Reader,
        problems::{At, Notes, Spot},
        section::{Section, flag, kind_of, text},
        values,
    },
    desk::rules::{Condition, FileIs, Pattern, Phrase, Place, Who, folded, folded_title},
    model::{event::Trust, ids::MailboxName, person::Kind},
};

/// How the days of the week are written, Monday first.
const DAYS: [[&str; 2]; 7] = [
    ["mon", "пн"],
    ["tue", "вт"],
    ["wed", "ср"],
    ["thu", "чт"],
    ["fri", "пт"],
    ["sat", "сб"],
    ["sun", "вс"],
];

/// Collects the conditions of a table.
struct Found<'f, 't> {
    section: Section<'t>,
    notes: &'f mut Notes,
    all: Vec<At<Condition>>,
}

impl Reader<'_> {
    /// Reads `when` or `unless`.
    pub(super) fn conditions(&mut self, section: Section<'_>, lists: &Lists) -> Vec<At<Condition>> {
        let who = |words: &str| listed(words, lists);
        let mut found = Found {
            section,
            notes: self.notes,
            all: Vec::new(),
        };
        found.any(
            "mailbox",
            |words| Ok(MailboxName::from(words)),
            |all| Condition::Mailbox(set(all)),
        );
        found.any("to", values::address, |all| Condition::To(set(all)));
        found.any("recipient", who, |all| Condition::Recipient(flat(all)));
        found.any("from", who, |all| Condition::From(flat(all)));
        found.any(
            "department",
            |words| Ok(folded(words)),
            |all| Condition::Department(set(all)),
        );
        found.any("kind", kind, |all| Condition::Kind(set(all)));
        found.switch("listed", Condition::Listed);
        for (key, place) in [
            ("subject", Place::Subject),
            ("text", Place::Text),
            ("words", Place::Either),
        ] {
            found.any(key, Phrase::new, |all| Condition::Says {
                place,
                any: set(all),
            });
        }
        for (key, place) in [
            ("subject_matches", Place::Subject),
            ("text_matches", Place::Text),
            ("matches", Place::Either),
        ] {
            found.any(key, Pattern::new, |any| Condition::Matches { place, any });
        }
        found.fields("field", Phrase::new, |place, all| Condition::Says {
            place,
            any: set(all),
        });
        found.fields("field_matches", Pattern::new, |place, any| {
            Condition::Matches { place, any }
        });
        found.any("attachment", file_is, |all| Condition::File(set(all)));
        found.one("language", |words| {
            values::language(words).map(Condition::Language)
        });
        found.one("hours", |words| match words {
            "open" => Ok(Condition::Open(true)),
            "closed" => Ok(Condition::Open(false)),
            _ => Err(
                "\"open\" or \"closed\" is expected: the hours of the mailbox's queue".to_owned(),
            ),
        });
        found.any("weekday", weekday, |all| Condition::Weekday(set(all)));
        found.one("clock", clock);
        found.one("trust", |words| trust(words).map(Condition::Trust));
        let Found {
            section,
            notes,
            all,
        } = found;
        if all.is_empty() && section.len() == 0 {
            notes.problem(&section.spot, "the table is empty; leave it out");
        }
        section.finish(notes);
        all
    }
}

impl Found<'_, '_> {
    fn add(&mut self, spot: Spot, value: Condition) {
        self.all.push(At { value, spot });
    }

    /// A text, or a list of which one is enough.
    fn any<T>(
        &mut self,
        key: &'static str,
        parse: impl Fn(&str) -> Result<T, String>,
        condition: impl FnOnce(Vec<T>) -> Condition,
    ) {
        let found = self
            .section
            .read(self.notes, key, |value| one_or_more(value, &parse));
        if let Some(At { value, spot }) = found {
            self.add(spot, condition(value));
        }
    }

    /// A text.
    fn one(&mut self, key: &'static str, parse: impl Fn(&str) -> Result<Condition, String>) {
        if let Some(At { value, spot }) = self.section.parsed(self.notes, key, parse) {
            self.add(spot, value);
        }
    }

    fn switch(&mut self, key: &'static str, condition: impl Fn(bool) -> Condition) {
        if let Some(At { value, spot }) = flag(&mut self.section, self.notes, key) {
            self.add(spot, condition(value));
        }
    }

    /// `{ "Тип запроса" = "справка" }`: fields of a form by their titles.
    fn fields<T>(
        &mut self,
        key: &'static str,
        parse: impl Fn(&str) -> Result<T, String>,
        condition: impl Fn(Place, Vec<T>) -> Condition,
    ) {
        let Some(below) = self.section.section(self.notes, key) else {
            return;
        };
        for (title, value) in below.entries() {
            match one_or_more(value, &parse) {
                Ok(any) => {
                    let place = Place::Field(folded_title(&title.value));
                    self.add(title.spot, condition(place, any));
                }
                Err(words) => self.notes.problem(&title.spot, words),
            }
        }
    }
}

fn one_or_more<T>(
    value: &DeValue<'_>,
    parse: &impl Fn(&str) -> Result<T, String>,
) -> Result<Vec<T>, String> {
    let Some(items) = value.as_array() else {
        let Some(words) = value.as_str() else {
            let kind = kind_of(value);
            return Err(format!(
                "a text or a list of them is expected, \"…\" or [\"…\", \"…\"], but this is {kind}"
            ));
        };
        text(value)?;
        return Ok(vec![parse(words)?]);
    };
    let all: Result<Vec<T>, String> = items
        .iter()
        .map(|item| parse(text(item.get_ref())?))
        .collect();
    match all {
        Ok(all) if all.is_empty() => {
            Err("the list is empty: nothing would ever be one of it".to_owned())
        }
        all => all,
    }
}

fn set<T: Ord>(all: Vec<T>) -> BTreeSet<T> {
    all.into_iter().collect()
}

fn flat(all: Vec<Vec<Who>>) -> BTreeSet<Who> {
    all.into_iter().flatten().collect()
}

/// `olga@uni.test`, `uni.test`, `*.uni.test`, `list:deans`.
pub(in crate::config) fn listed(words: &str, lists: &Lists) -> Result<Vec<Who>, String> {
    let Some(name) = words.strip_prefix("list:") else {
        return Who::parse(words).map(|who| vec![who]);
    };
    lists.get(name.trim()).cloned().ok_or_else(|| {
        let known: Vec<&str> = lists.keys().map(String::as_str).collect();
        match known.is_empty() {
            true => {
                format!("there is no list \"{name}\"; write [list.{name}] with members = [\"…\"]")
            }
            false => format!(
                "there is no list \"{name}\"; known are {}",
                known.join(", ")
            ),
        }
    })
}

fn kind(words: &str) -> Result<Kind, String> {
    Kind::from_code(words).ok_or_else(|| {
        "\"person\" or \"shared\" is expected, as the people directory has it".to_owned()
    })
}

fn trust(words: &str) -> Result<Trust, String> {
    [Trust::Suspicious, Trust::Claimed, Trust::Token, Trust::Proven]
        .into_iter()
        .find(|trust| trust.code() == words)
        .ok_or_else(|| {
            "one of \"suspicious\", \"claimed\", \"token\", \"proven\" is expected: how far its sender must be believed \
             at least"
                .to_owned()
        })
}

fn weekday(words: &str) -> Result<i8, String> {
    let low = words.to_lowercase();
    let mut days = (1_i8..).zip(DAYS);
    let found = days.find(|(_, names)| names.contains(&low.as_str()));
    found
        .map(|(day, _)| day)
        .ok_or_else(|| "a day of the week is expected, \"mon\" or \"пн\"".to_owned())
}

fn clock(words: &str) -> Result<Condition, String> {
    let refused = || "a time of the day is expected as in \"18:00-09:00\"".to_owned();
    let (from, until) = words.split_once('-').ok_or_else(refused)?;
    let time = |words: &str| -> Result<Time, String> {
        match words.trim() {
            "24:00" => Ok(Time::midnight()),
            words => values::time_of_day(words).map_err(|_no_time| refused()),
        }
    };
    let (from, until) = (time(from)?, time(until)?);
    if from == until {
        return Err("both times are the same; leave it out for the whole day".to_owned());
    }
    Ok(Condition::Clock { from, until })
}

/// `any`, `pdf` or `*.pdf`, `image/*`, `application/pdf`.
fn file_is(words: &str) -> Result<FileIs, String> {
    let low = words.to_lowercase();
    if low == "any" {
        return Ok(FileIs::Any);
    }
    if let Some((family, sort)) = low.split_once('/') {
        let is_sound = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_graphic());
        return match (is_sound(family), sort) {
            (true, "*") => Ok(FileIs::Media(format!("{family}/"))),
            (true, sort) if is_sound(sort) => Ok(FileIs::Media(low)),
            _ => Err(FILES.to_owned()),
        };
    }
    let ending = low.trim_start_matches(['*', '.']);
    let is_one = !ending.is_empty() && ending.chars().all(|c| c.is_alphanumeric() || c == '.');
    is_one
        .then(|| FileIs::Ending(ending.to_owned()))
        .ok_or_else(|| FILES.to_owned())
}

const FILES: &str =
    "\"any\", the ending of a file's name (\"pdf\") or a media type (\"image/*\") is expected";
