//! What keeps mail out, and which machines may ask: `[quarantine]` and `[mailbox.NAME.automatic."ADDRESS"]`.

use std::time::Duration;

use toml::de::DeValue;

use super::{
    file::Reader,
    section::{Section, integer, kind_of, text},
    values,
};
use crate::{
    desk::policy::{AsksFor, AutomaticSender, IntakePolicy, Says, SpamMark},
    model::account::{ScannerAccount, ScannerAt},
};

impl Reader<'_> {
    /// Reads `[quarantine]`: what keeps mail apart, and the scanner that is asked before.
    pub(super) fn intake(
        &mut self,
        top: &mut Section<'_>,
    ) -> (IntakePolicy, Option<ScannerAccount>) {
        let mut intake = IntakePolicy::default();
        let Some(mut section) = top.section(self.notes, "quarantine") else {
            return (intake, None);
        };
        let spam = section.read(self.notes, "spam", |value| {
            let marks = value.as_array().ok_or_else(|| MARKS.to_owned())?;
            marks.iter().map(|mark| spam_mark(mark.get_ref())).collect()
        });
        let files = section.list(self.notes, "refuse_files", ending);
        let scanner = self.scanner(&mut section);
        section.finish(self.notes);
        intake.spam = spam.map(|at| at.value).unwrap_or_default();
        intake.refuse_files = files.map(|at| at.value).unwrap_or_default();
        (intake, scanner)
    }

    fn scanner(&mut self, section: &mut Section<'_>) -> Option<ScannerAccount> {
        let at = section.parsed(self.notes, "clamd", scanner_at);
        let wait = section.parsed(self.notes, "clamd_wait", values::duration);
        let bytes_max = section.read(self.notes, "clamd_max", values::size);
        let at = at?;
        if let ScannerAt::Tcp { host, .. } = &at.value
            && !values::is_loopback(host)
        {
            self.notes.warning(
                &at.spot,
                "mail goes to that machine in the clear: nobody else should be on the way",
            );
        }
        Some(ScannerAccount {
            at: at.value,
            bytes_max: bytes_max.map_or(SCANNED_BYTES, |at| at.value),
            wait: wait.map_or(SCANNER_WAIT, |at| at.value),
        })
    }

    /// Reads the tables of `[mailbox.NAME.automatic]`.
    pub(super) fn automatic(&mut self, section: &mut Section<'_>) -> Vec<AutomaticSender> {
        let mut senders = Vec::new();
        let tables = section.tables(self.notes, "automatic", |name| {
            values::address(name).map(|_| ())
        });
        for (name, mut table) in tables {
            let requester = table.parsed(self.notes, "requester", asks_for);
            table.finish(self.notes);
            if let Ok(address) = values::address(&name.value) {
                senders.push(AutomaticSender {
                    address,
                    requester: requester.map(|at| at.value).unwrap_or_default(),
                });
            }
        }
        senders
    }
}

/// What clamd takes of a mail unless its own configuration says otherwise (`StreamMaxLength 25M`).
const SCANNED_BYTES: u64 = 25_000_000;

/// How long mail waits for it.
const SCANNER_WAIT: Duration = Duration::from_secs(15 * 60);

/// `unix:/run/clamav/clamd.ctl` or `tcp:127.0.0.1:3310`.
fn scanner_at(words: &str) -> Result<ScannerAt, String> {
    let port_of = |rest: &str| {
        let (host, port) = rest.rsplit_once(':')?;
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let port = port.parse().ok().filter(|port| *port != 0)?;
        (!host.is_empty()).then(|| ScannerAt::Tcp {
            host: host.to_owned(),
            port,
        })
    };
    let found = match words.split_once(':') {
        Some(("unix", path)) if path.starts_with('/') => Some(ScannerAt::Unix(path.into())),
        Some(("tcp", rest)) => port_of(rest),
        Some(_) | None => None,
    };
    found.ok_or_else(|| {
        "\"unix:/run/clamav/clamd.ctl\" or \"tcp:127.0.0.1:3310\" is expected: where clamd listens"
            .to_owned()
    })
}

const MARKS: &str = "a list is expected, [{ header = \"X-Spam-Flag\", value = \"YES\" }]";

/// `{ header = "X-Spam-Flag", value = "YES" }`, or with `contains` or `at_least`.
fn spam_mark(value: &DeValue<'_>) -> Result<SpamMark, String> {
    let table = value.as_table().ok_or_else(|| MARKS.to_owned())?;
    let (mut header, mut says) = (None, Vec::new());
    for (key, value) in table {
        let (key, value): (&str, _) = (key.get_ref(), value.get_ref());
        match key {
            "header" => header = Some(field_name(text(value)?)?),
            "value" => says.push(Says::Value(text(value)?.to_owned())),
            "contains" => says.push(Says::Contains(text(value)?.to_owned())),
            "at_least" => says.push(Says::AtLeast(integer(value).ok_or_else(|| {
                format!("at_least is a whole number, but this is {}", kind_of(value))
            })?)),
            other => {
                return Err(format!(
                    "unknown key `{other}`; known here are header, value, contains, at_least"
                ));
            }
        }
    }
    match (header, says.pop(), says.is_empty()) {
        (Some(header), Some(says), true) => Ok(SpamMark { header, says }),
        _ => Err(format!(
            "each needs `header` and one of `value`, `contains`, `at_least`: {MARKS}"
        )),
    }
}

fn field_name(words: &str) -> Result<String, String> {
    let is_name = words.chars().all(|c| c.is_ascii_graphic() && c != ':');
    is_name
        .then(|| words.to_ascii_lowercase())
        .ok_or_else(|| "a header's name is expected, as in \"X-Spam-Flag\"".to_owned())
}

fn ending(words: &str) -> Result<String, String> {
    let ending = words.trim_start_matches(['*', '.']).to_lowercase();
    let is_one = !ending.is_empty() && ending.chars().all(char::is_alphanumeric);
    is_one
        .then_some(ending)
        .ok_or_else(|| "the ending of a file's name is expected, as in \"exe\"".to_owned())
}

fn asks_for(words: &str) -> Result<AsksFor, String> {
    match words.split_once(':') {
        None if words == "sender" => Ok(AsksFor::Itself),
        None if words == "reply-to" => Ok(AsksFor::ReplyTo),
        Some(("body", name)) if !name.trim().is_empty() => {
            Ok(AsksFor::Field(name.trim().to_owned()))
        }
        None | Some(_) => Err(
            "\"sender\", \"reply-to\", or \"body:Почта\" with the name of a field in the text is expected"
                .to_owned(),
        ),
    }
}
