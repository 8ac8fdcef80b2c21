//! Reads the top level of the file, key by key; its named tables are read in [`super::tables`].

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use jiff::tz::TimeZone;

use super::{
    problems::Notes,
    secrets::{Kept, Secrets, password},
    section::{Section, text},
    values,
    written::{Database, File, Zone},
};
use crate::desk::policy::{Caps, DIRECTOR_AFTER_DAYS, Targets, UNREACHABLE_MINUTES};

/// What the readers of single tables share.
pub(super) struct Reader<'r> {
    pub notes: &'r mut Notes,
    pub secrets: &'r dyn Secrets,
    /// Relative paths are relative to the folder of the configuration file.
    pub base: &'r Path,
}

impl Reader<'_> {
    /// Reads the top level and everything below.
    pub(super) fn file(&mut self, top: &mut Section<'_>) -> File {
        top.need("administrator", "administrator = \"root@uni.test\"");
        let administrator = top.parsed(self.notes, "administrator", values::address);
        let language = top.parsed(self.notes, "language", values::language);
        let zone = self.zone(top);
        let data = self
            .path(top, "data")
            .unwrap_or_else(|| PathBuf::from("/var/lib/okno"));
        let database = self.database(top);
        let hello = top
            .parsed(self.notes, "hello", values::host)
            .map(|at| at.value);
        let templates = self.existing(top, "templates");
        let extra_ca = self.extra_ca(top);
        // Whether these are there and sound is seen when they are read, again and again.
        let (answers, knowledge) = (self.path(top, "answers"), self.path(top, "knowledge"));
        let directory = self.directory(top);
        let caps = self.caps(top);
        let (mail_size_max, relay_bytes_max, unreachable_minutes) = self.limits(top);
        let director = top.text(self.notes, "director");
        let days = top.number(self.notes, "director_after_days", 1..=365);
        let targets = self.targets(top, Targets::default()).unwrap_or_default();
        let director_review = self.director_review(top);
        let (mut intake, scanner) = self.intake(top);
        let everybody = top.list(self.notes, "everybody", values::address);
        intake.everybody = everybody.map(|at| at.value).unwrap_or_default();
        let trust = self.trust(top);
        let lists = self.lists(top);
        let smtp = top
            .section(self.notes, "smtp")
            .and_then(|section| self.smtp(section));
        let page = self.page(top);
        let mut file = File {
            administrator,
            language: language.map(|at| at.value).unwrap_or_default(),
            zone,
            data,
            database,
            hello,
            templates,
            extra_ca,
            answers,
            knowledge,
            directory,
            caps,
            mail_size_max,
            unreachable_minutes,
            relay_bytes_max,
            rules: self.rules(top, &lists),
            lists,
            intake,
            scanner,
            trust,
            smtp,
            page,
            mailboxes: BTreeMap::new(),
            calendars: BTreeMap::new(),
            queues: BTreeMap::new(),
            agents: BTreeMap::new(),
            departments: BTreeMap::new(),
            director,
            targets,
            director_review,
            director_after_days: days.map_or(DIRECTOR_AFTER_DAYS, |at| at.value),
            forms: BTreeMap::new(),
            payrolls: BTreeMap::new(),
            spot: top.spot.clone(),
        };
        self.named(top, &mut file);
        file
    }

    /// The zone of whatever does not say otherwise.
    fn zone(&mut self, top: &mut Section<'_>) -> Zone {
        let written = top.parsed(self.notes, "time_zone", values::zone);
        let written = written.map(|at| at.value);
        written
            .or_else(|| values::zone("Europe/Moscow").ok())
            .unwrap_or_else(|| ("UTC".to_owned(), TimeZone::UTC))
    }

    /// The tables that have names.
    fn named(&mut self, top: &mut Section<'_>, file: &mut File) {
        for (name, section) in top.named(self.notes, "mailbox") {
            let mailbox = self.mailbox(section, &file.zone);
            file.mailboxes.insert(name.value, mailbox);
        }
        for (name, section) in top.named(self.notes, "calendar") {
            let calendar = self.calendar(section);
            file.calendars.insert(name.value, calendar);
        }
        for (name, section) in top.named(self.notes, "queue") {
            file.queues.insert(name.value, self.queue(section));
        }
        for (name, section) in top.named(self.notes, "department") {
            let department = self.department(section, file.targets);
            file.departments.insert(name.value, department);
        }
        for (name, section) in top.named(self.notes, "agent") {
            file.agents.insert(name.value, self.agent(section));
        }
        for (name, section) in top.named(self.notes, "form") {
            file.forms.insert(name.value, self.form(section));
        }
        for (name, section) in top.named(self.notes, "payroll") {
            file.payrolls.insert(name.value, self.payroll(section));
        }
    }

    fn database(&mut self, top: &mut Section<'_>) -> Database {
        let Some(written) = top.value("database") else {
            return Database::Default;
        };
        let mut password_found = None;
        let url = if written.value.as_table().is_some() {
            let Some(mut section) = top.below(self.notes, &written) else {
                return Database::Default;
            };
            section.need("url", "url = \"postgres://okno@db.uni.test/okno\"");
            let url = section.text(self.notes, "url");
            let fetched = |kept: Kept<'_>| self.secrets.of_database(kept);
            password_found = password(&mut section, self.notes, self.base, fetched)
                .ok()
                .flatten();
            section.finish(self.notes);
            url.map(|at| at.value)
        } else {
            match text(written.value) {
                Ok(words) => Some(words.to_owned()),
                Err(words) => {
                    self.notes.problem(&written.spot, words);
                    None
                }
            }
        };
        let Some(url) = url else {
            return Database::Default;
        };
        let Some((scheme, rest)) = url.split_once("://") else {
            if password_found.is_some() {
                self.notes.problem(
                    &written.spot,
                    "a file needs no password; a server is named by postgres://…",
                );
            }
            return Database::File(self.base.join(&url));
        };
        if scheme != "postgres" && scheme != "postgresql" {
            self.notes.problem(
                &written.spot,
                "a file's path or a server as \"postgres://user@host/name\" is expected",
            );
        }
        let user = rest
            .split(['/', '?'])
            .next()
            .and_then(|authority| authority.rsplit_once('@'));
        if user.is_some_and(|(user, _)| user.contains(':')) || rest.contains("password=") {
            self.notes.problem(
                &written.spot,
                "a password is never written into this file; write database = { url = \"postgres://user@host/name\", \
                 password = { file = \"/etc/okno/database.password\" } }",
            );
        }
        Database::Server(url, password_found)
    }

    fn extra_ca(&mut self, top: &mut Section<'_>) -> Vec<PathBuf> {
        let Some(written) = top.list(self.notes, "extra_ca", |words| Ok(words.to_owned())) else {
            return Vec::new();
        };
        let paths: Vec<PathBuf> = written
            .value
            .iter()
            .map(|path| self.base.join(path))
            .collect();
        for path in paths.iter().filter(|path| !self.secrets.exists(path)) {
            self.notes.problem(
                &written.spot,
                format!("there is no file {}", path.display()),
            );
        }
        paths
    }

    /// The people directory. Whether the file is there and sound is seen when it is read, again and again.
    fn directory(&mut self, top: &mut Section<'_>) -> Option<PathBuf> {
        let mut section = top.section(self.notes, "directory")?;
        section.need("file", "file = \"people.csv\"");
        let file = self.path(&mut section, "file");
        section.finish(self.notes);
        file
    }

    fn caps(&mut self, top: &mut Section<'_>) -> Caps {
        let mut caps = Caps::default();
        if let Some(mut section) = top.section(self.notes, "caps") {
            for (key, cap) in [
                ("requester_hour", &mut caps.requester_hour),
                ("requester_day", &mut caps.requester_day),
                ("staff_hour", &mut caps.staff_hour),
                ("staff_day", &mut caps.staff_day),
                ("ticket_day", &mut caps.ticket_day),
                ("new_tickets_hour", &mut caps.new_tickets_hour),
                ("fuse", &mut caps.fuse),
            ] {
                if let Some(written) = section.number(self.notes, key, 1..=1_000_000) {
                    *cap = written.value;
                }
            }
            if let Some(days) = section.number(self.notes, "silence_days", 0..=3650) {
                caps.silence_days = days.value;
            }
            section.finish(self.notes);
        }
        caps
    }

    /// The largest mail that is taken, the largest sum of attachments that is passed on, and for how many minutes a mailbox
    /// that cannot be read is waited for.
    fn limits(&mut self, top: &mut Section<'_>) -> (u64, u64, u32) {
        let mut sizes = (50_000_000, 15_000_000, UNREACHABLE_MINUTES);
        if let Some(mut section) = top.section(self.notes, "limits") {
            if let Some(size) = section.read(self.notes, "mail_size_max", values::size) {
                sizes.0 = size.value;
            }
            if let Some(size) = section.read(self.notes, "relay_bytes_max", values::size) {
                sizes.1 = size.value;
            }
            if let Some(minutes) = section.number(self.notes, "unreachable_minutes", 1..=10_080) {
                sizes.2 = minutes.value;
            }
            section.finish(self.notes);
        }
        sizes
    }

    pub(super) fn path(&mut self, section: &mut Section<'_>, key: &'static str) -> Option<PathBuf> {
        let path = section.text(self.notes, key)?;
        Some(self.base.join(path.value))
    }

    fn existing(&mut self, section: &mut Section<'_>, key: &'static str) -> Option<PathBuf> {
        let path = section.text(self.notes, key)?;
        let full = self.base.join(path.value);
        if !self.secrets.exists(&full) {
            self.notes
                .problem(&path.spot, format!("there is no folder {}", full.display()));
        }
        Some(full)
    }
}
