//! Payroll lists: `[payroll.NAME]`.

mod clocks;
mod outside;

use std::collections::BTreeMap;

use super::{
    accountants, departments,
    file::Reader,
    problems::{At, Notes, Spot},
    scoring::scoring,
    section::{Section, flag},
    values,
    written::File,
};
use crate::{
    desk::policy::{Mode, PayDay, PayrollPolicy, Policy},
    model::{
        address::Address,
        ids::{DepartmentName, PayrollName, QueueName},
        language::Language,
        scoring::Scoring,
    },
};

/// Accountants expect the file on the fifth working day.
const WORKING_DAY: u32 = 5;

/// How a file may be written.
const FORMATS: [&str; 3] = ["xlsx", "csv-utf8", "csv-1251"];

/// `[payroll.NAME]`.
#[derive(Debug)]
pub(super) struct Payroll {
    pub spot: Spot,
    pub title: Option<At<String>>,
    pub queues: Option<At<Vec<String>>>,
    pub to: Option<At<Vec<Address>>>,
    pub scores: Option<Scoring>,
    pub first: Option<At<String>>,
    pub working_day: Option<At<u32>>,
    pub date: Option<At<u32>>,
    pub format: Option<At<String>>,
    pub columns: Option<At<Language>>,
    pub language: Option<At<Language>>,
    pub approver: Option<At<String>>,
    pub deputy: Option<At<String>>,
    /// Whether drafts bring charts.
    pub charts: bool,
}

impl Reader<'_> {
    /// Reads `[payroll.NAME]`.
    pub(super) fn payroll(&mut self, mut section: Section<'_>) -> Payroll {
        section.need("queues", "queues = [\"it\"]");
        section.need("to", "to = [\"payroll@uni.test\"]");
        section.need("scores", "scores = \"kpi.toml\"");
        section.need(
            "first",
            "first = \"2026-10\", the first month that is paid by it",
        );
        let scores = self.scores(&mut section);
        let payroll = Payroll {
            spot: section.spot.clone(),
            title: section.text(self.notes, "title"),
            queues: section.list(self.notes, "queues", |words| Ok(words.to_owned())),
            to: section.list(self.notes, "to", values::address),
            scores,
            first: section.parsed(self.notes, "first", month),
            working_day: section.number(self.notes, "working_day", 1..=20),
            date: section.number(self.notes, "date", 1..=31),
            format: section.parsed(self.notes, "format", format),
            columns: section.parsed(self.notes, "columns", values::language),
            language: section.parsed(self.notes, "language", values::language),
            approver: section.text(self.notes, "approver"),
            deputy: section.text(self.notes, "deputy"),
            charts: flag(&mut section, self.notes, "charts").is_some_and(|at| at.value),
        };
        if let (Some(_), Some(date)) = (&payroll.working_day, &payroll.date) {
            let words = "the file comes on a working day or on a date, not on both; leave one out";
            self.notes.problem(&date.spot, words);
        }
        section.finish(self.notes);
        payroll
    }

    /// The settings of scores: what is wrong in them is told with their own file and line.
    fn scores(&mut self, section: &mut Section<'_>) -> Option<Scoring> {
        let At { value, spot } = section.text(self.notes, "scores")?;
        let path = self.base.join(value);
        let source = match self.secrets.text(&path) {
            Ok(source) => source,
            Err(words) => {
                self.notes.problem(&spot, words);
                return None;
            }
        };
        match scoring(&source, &path.display().to_string()) {
            Ok(scoring) => Some(scoring),
            Err(problems) => {
                self.notes.problems_of_another_file(problems);
                None
            }
        }
    }
}

/// `2026-10`.
fn month(words: &str) -> Result<String, String> {
    let is_month = words.split_once('-').is_some_and(|(year, month)| {
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let number = month.parse::<u8>().unwrap_or(0);
        year.len() == 4 && month.len() == 2 && digits(year) && (1..=12).contains(&number)
    });
    match is_month {
        true => Ok(words.to_owned()),
        false => Err("a month is expected, as in \"2026-10\"".to_owned()),
    }
}

fn format(words: &str) -> Result<String, String> {
    match FORMATS.contains(&words) {
        true => Ok(words.to_owned()),
        false => Err(format!("one of {} is expected", FORMATS.join(", "))),
    }
}

/// Puts the lists into the policy, as far as they are sound; the settings of their scores.
pub(super) fn resolve(
    file: &File,
    policy: &mut Policy,
    notes: &mut Notes,
) -> BTreeMap<PayrollName, Scoring> {
    let mut scorings = BTreeMap::new();
    twice(file, notes);
    torn(file, policy, notes);
    outside::differing(file, notes);
    accountants::insiders(file, policy, notes);
    for (name, payroll) in &file.payrolls {
        let name = PayrollName(name.clone());
        let found = list(file, (&name, payroll), policy, notes);
        let scoring = payroll.scores.clone();
        if let (Some(list), Some(scoring)) = (found, scoring) {
            check(payroll, &list, policy, notes);
            clocks::mixed((payroll, &list), &scoring, policy, notes);
            policy.payrolls.insert(name.clone(), list);
            scorings.insert(name, scoring);
        }
    }
    scorings
}

/// A queue in two lists, or twice in one: its people would be paid twice.
fn twice(file: &File, notes: &mut Notes) {
    let mut listed: BTreeMap<&str, &str> = BTreeMap::new();
    for (name, payroll) in &file.payrolls {
        let Some(queues) = &payroll.queues else {
            continue;
        };
        for queue in &queues.value {
            let words = match listed.insert(queue, name) {
                None => continue,
                Some(other) if other == name => format!(
                    "the queue \"{queue}\" is named twice, and its people would be paid twice; leave it once"
                ),
                Some(other) => format!(
                    "the queue \"{queue}\" is in the list \"{other}\", too, and its people would be paid twice; leave it in one"
                ),
            };
            notes.problem(&queues.spot, words);
        }
    }
}

/// A department whose queues stand in two lists: whoever serves both has a row, and a coefficient, in each.
fn torn(file: &File, policy: &Policy, notes: &mut Notes) {
    let mut lists: BTreeMap<&DepartmentName, (&str, bool)> = BTreeMap::new();
    for (name, payroll) in &file.payrolls {
        let Some(queues) = &payroll.queues else {
            continue;
        };
        for queue in &queues.value {
            let known = policy.queues.get(&QueueName::from(queue.as_str()));
            let Some(department) = known.and_then(|known| known.department.as_ref()) else {
                continue;
            };
            let (other, is_told) = lists.entry(department).or_insert((name, false));
            if *other != name && !*is_told {
                let words = format!(
                    "the department \"{department}\" is paid by the list \"{other}\", too: whoever serves queues of both has a row \
                     and a coefficient in each; put all its queues into one list if that is not meant"
                );
                notes.warning(&queues.spot, words);
                *is_told = true;
            }
        }
    }
}

fn list(
    file: &File,
    (name, payroll): (&PayrollName, &Payroll),
    policy: &Policy,
    notes: &mut Notes,
) -> Option<PayrollPolicy> {
    let queues = payroll.queues.as_ref()?;
    for unknown in queues
        .value
        .iter()
        .filter(|queue| !file.queues.contains_key(*queue))
    {
        let known = file.queues.keys().map(String::as_str);
        notes.unknown(&queues.spot, "queue", unknown, known);
    }
    let day = match &payroll.date {
        Some(date) => PayDay::Date(date.value),
        None => {
            let written = payroll.working_day.as_ref();
            PayDay::Working(written.map_or(WORKING_DAY, |at| at.value))
        }
    };
    let to = payroll.to.as_ref()?;
    for (what, is_empty, spot) in [
        ("queues", queues.value.is_empty(), &queues.spot),
        ("accountants", to.value.is_empty(), &to.spot),
    ] {
        if is_empty {
            notes.problem(spot, format!("there are no {what} in this list"));
        }
    }
    accountants::check(file, to, notes);
    let title = payroll.title.as_ref().map(|at| at.value.clone());
    let text = |at: &Option<At<String>>, usual: &str| {
        at.as_ref()
            .map_or_else(|| usual.to_owned(), |at| at.value.clone())
    };
    let language = payroll
        .language
        .as_ref()
        .map_or(policy.language, |at| at.value);
    Some(PayrollPolicy {
        title: title.unwrap_or_else(|| name.to_string()),
        queues: queues
            .value
            .iter()
            .map(|name| QueueName::from(name.as_str()))
            .collect(),
        to: to.value.clone(),
        first: payroll.first.as_ref()?.value.clone(),
        day,
        format: text(&payroll.format, "xlsx"),
        columns: payroll.columns.as_ref().map_or(language, |at| at.value),
        language,
        approver: departments::agent(file, payroll.approver.as_ref(), notes),
        deputy: departments::agent(file, payroll.deputy.as_ref(), notes),
        charts: payroll.charts,
        outside: payroll.scores.iter().flat_map(outside_codes).collect(),
    })
}

fn outside_codes(scoring: &Scoring) -> Vec<String> {
    let outside = scoring.outside();
    outside.map(|indicator| indicator.code.clone()).collect()
}

/// What is wrong where each value by itself is right.
fn check(payroll: &Payroll, list: &PayrollPolicy, policy: &Policy, notes: &mut Notes) {
    let parts = list.parts(policy);
    let headless = list.queues.iter().find(|queue| {
        policy.queues.contains_key(*queue) && !parts.values().any(|own| own.contains(queue))
    });
    if let Some(queue) = headless {
        let words = format!(
            "nobody decides for the queue \"{queue}\", so nobody could approve its figures; write `head` there or `approver` here"
        );
        notes.problem(&payroll.spot, words);
    }
    clocks::no_days_off((payroll, list), policy, notes);
    let first = list
        .queues
        .first()
        .and_then(|queue| policy.queues.get(queue));
    let mailbox = first.and_then(|queue| policy.mailboxes.get(&queue.mailbox));
    if mailbox.is_some_and(|mailbox| mailbox.mode != Mode::Full) {
        let words =
            "the mailbox of the first queue sends these letters, and it may only in mode \"full\"";
        notes.problem(&payroll.spot, words);
    }
}
