//! The table `[queue.NAME]`.

use super::{
    alarms, allow, asking, commands, distribution,
    file::Reader,
    hours,
    problems::{At, Notes},
    section::{Section, flag},
    values,
    written::Queue,
};
use crate::desk::policy::{
    CROSSING_MINUTES, ClassChange, HANDOVER_DAYS, QUIET_DAYS, REOPEN_DAYS, REPEAT_DAYS, Reopened,
    Transferred,
};

const CONFIRM_DAYS_DEFAULT: u32 = 3;

impl Reader<'_> {
    /// Reads `[queue.NAME]`.
    #[expect(clippy::too_many_lines, reason = "a line a key")]
    pub(super) fn queue(&mut self, mut section: Section<'_>) -> Queue {
        section.need("title", "title = \"IT support\", the name people see");
        let spot = section.spot.clone();
        let agents = agents(&mut section, self.notes);
        let queue = Queue {
            title: section.text(self.notes, "title"),
            prefix: section.parsed(self.notes, "prefix", values::prefix),
            mailbox: section.text(self.notes, "mailbox"),
            agents,
            language: section
                .parsed(self.notes, "language", values::language)
                .map(|at| at.value),
            calendar: section.text(self.notes, "calendar"),
            zone: section
                .parsed(self.notes, "time_zone", values::zone)
                .map(|at| at.value),
            hours: section
                .parsed(self.notes, "hours", hours::parse)
                .map(|at| at.value),
            promises: self.promises(&mut section),
            reminders: self.reminders(&mut section),
            reopened: reopened(&mut section, self.notes),
            escalate_after: self.escalate_after(&mut section),
            chains: self.chains(&mut section),
            department: section.text(self.notes, "department"),
            transferred: transferred(&mut section, self.notes),
            class_change: class_change(&mut section, self.notes),
            confirm_days: section
                .number(self.notes, "confirm_days", 1..=365)
                .map_or(CONFIRM_DAYS_DEFAULT, |at| at.value),
            quiet_days: section
                .number(self.notes, "quiet_days", 1..=365)
                .map_or(QUIET_DAYS, |at| at.value),
            categories: choices(&mut section, self.notes, "categories"),
            causes: choices(&mut section, self.notes, "causes"),
            digest: section
                .parsed(self.notes, "digest", values::time_of_day)
                .map(|at| at.value),
            pauses_on_hold: flag(&mut section, self.notes, "pauses_on_hold")
                .is_some_and(|at| at.value),
            reopen_days: section
                .number(self.notes, "reopen_days", 0..=3650)
                .map_or(REOPEN_DAYS, |at| at.value),
            crossing_minutes: section
                .number(self.notes, "crossing_minutes", 0..=1440)
                .map_or(CROSSING_MINUTES, |at| at.value),
            group: section.parsed(self.notes, "group", values::address),
            head: section.text(self.notes, "head"),
            deputy: section.text(self.notes, "deputy"),
            confidential: flag(&mut section, self.notes, "confidential").is_some_and(|at| at.value),
            kb_hits: flag(&mut section, self.notes, "kb_hits").is_some_and(|at| at.value),
            nps: section
                .number(self.notes, "nps", 0..=100)
                .map_or(0, |at| at.value),
            handover: flag(&mut section, self.notes, "handover").is_some_and(|at| at.value),
            handover_days: section
                .number(self.notes, "handover_days", 0..=3650)
                .map_or(HANDOVER_DAYS, |at| at.value),
            commands: section
                .list(self.notes, "commands", commands::parse)
                .map(|at| at.value.into_iter().flatten().collect())
                .unwrap_or_default(),
            repeat_days: section
                .number(self.notes, "repeat_days", 0..=365)
                .map_or(REPEAT_DAYS, |at| at.value),
            repeat_needs_cause: flag(&mut section, self.notes, "repeat_needs_cause"),
            asking: asking::read(&mut section, self.notes),
            alarms: alarms::read(&mut section, self.notes),
            review: self.review(&mut section),
            wishes: section
                .list(self.notes, "requester_commands", commands::parse_wish)
                .map(|at| at.value.into_iter().flatten().collect())
                .unwrap_or_default(),
            sharing: distribution::read(&mut section, self.notes),
            urgency: self.urgency(&mut section),
            urgency_limit: self.urgency_limit(&mut section),
            allow: section.list(self.notes, "allow", |words| Ok(words.to_owned())),
            others: section.parsed(self.notes, "others", allow::others),
            smtp: section
                .section(self.notes, "smtp")
                .and_then(|smtp| self.smtp(smtp)),
            spot,
        };
        section.finish(self.notes);
        queue
    }
}

/// Who answers; where it is not said, nobody.
fn agents(section: &mut Section<'_>, notes: &mut Notes) -> At<Vec<String>> {
    let agents = section.list(notes, "agents", |words| Ok(words.to_owned()));
    agents.unwrap_or_else(|| At {
        value: Vec::new(),
        spot: section.spot.below("agents"),
    })
}

/// What becomes of a promise when a solved ticket comes back.
fn reopened(section: &mut Section<'_>, notes: &mut Notes) -> Reopened {
    let written = section.parsed(notes, "reopened", values::reopened);
    written.map(|at| at.value).unwrap_or_default()
}

/// What becomes of a promise when a ticket is handed over to the queue.
fn transferred(section: &mut Section<'_>, notes: &mut Notes) -> Transferred {
    let written = section.parsed(notes, "transfer_policy", |words| match words {
        "keep" => Ok(Transferred::Keep),
        "restart" => Ok(Transferred::Restart),
        _ => Err("\"keep\" or \"restart\" is expected".to_owned()),
    });
    written.map(|at| at.value).unwrap_or_default()
}

/// How another promise takes over from the one in force.
fn class_change(section: &mut Section<'_>, notes: &mut Notes) -> ClassChange {
    let written = section.parsed(notes, "class_change", |words| match words {
        "fair" => Ok(ClassChange::Fair),
        "from_start" => Ok(ClassChange::FromStart),
        "from_change" => Ok(ClassChange::FromChange),
        _ => Err("one of \"fair\", \"from_start\", \"from_change\" is expected".to_owned()),
    });
    written.map(|at| at.value).unwrap_or_default()
}

/// Words to choose from.
fn choices(section: &mut Section<'_>, notes: &mut Notes, key: &'static str) -> Vec<String> {
    let list = section.list(notes, key, commands::choice);
    list.map(|at| at.value).unwrap_or_default()
}
