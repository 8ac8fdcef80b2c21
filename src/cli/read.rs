//! `okno read`: what okno understands of a mail, for people and, with `--json`, for programs.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::Args;
use serde::Serialize;

use crate::{
    house::reader::Reader,
    model::{
        address::NamedAddress,
        message::{IncomingMessage, Kind},
    },
};

/// Shows what okno reads in mails: who wrote, what is new in the text, what came with it, what was odd.
#[derive(Debug, Args)]
pub struct ReadArgs {
    /// Print one JSON object a line instead of words.
    #[arg(long)]
    pub json: bool,
    /// Files, each one raw mail (.eml).
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// One line of JSON: the version of this form, the file, and what was read.
#[derive(Serialize)]
struct Line<'a> {
    schema: u8,
    file: &'a str,
    #[serde(flatten)]
    facts: Facts<'a>,
}

/// What was read; of a file that could not be opened only why.
#[derive(Serialize)]
#[serde(untagged)]
enum Facts<'a> {
    Read(&'a IncomingMessage),
    Unread(Box<Unread>),
}

/// The same names as [`IncomingMessage`], nothing known.
#[derive(Default, Serialize)]
struct Unread {
    kind: Option<Kind>,
    answer_automatically: Option<bool>,
    auto_reasons: [u8; 0],
    from: Option<u8>,
    sender: Option<u8>,
    to: [u8; 0],
    cc: [u8; 0],
    reply_to: [u8; 0],
    return_path: Option<u8>,
    delivered_to: [u8; 0],
    subject: Option<u8>,
    date: Option<u8>,
    message_id: Option<u8>,
    in_reply_to: [u8; 0],
    references: [u8; 0],
    thread_index: Option<u8>,
    list_id: Option<u8>,
    language: Option<u8>,
    text: Option<u8>,
    reply: Option<u8>,
    signature: Option<u8>,
    forwarded: Option<u8>,
    attachments: [u8; 0],
    calendar: Option<u8>,
    security: [u8; 0],
    authentication: [u8; 0],
    bounce: Option<u8>,
    oddities: Vec<String>,
}

/// Reads each file and writes what was found to `out`. True where every file could be opened.
///
/// # Errors
/// Where `out` cannot be written to, or the system gives no thread to read on.
pub fn run(args: &ReadArgs, out: &mut dyn Write) -> io::Result<bool> {
    let reader = Reader::default();
    let mut all_opened = true;
    for path in &args.files {
        let file = path.display().to_string();
        let opened = std::fs::read(path);
        all_opened &= opened.is_ok();
        match opened {
            Ok(raw) => {
                let message = reader.read(raw)?.message;
                if args.json {
                    json(&file, Facts::Read(&message), out)?;
                } else {
                    words(&file, &message, out)?;
                }
            }
            Err(error) if args.json => {
                let oddities = vec![format!("cannot_open: {error}")];
                json(
                    &file,
                    Facts::Unread(Box::new(Unread {
                        oddities,
                        ..Unread::default()
                    })),
                    out,
                )?;
            }
            Err(error) => writeln!(out, "{file}\n  cannot be opened: {error}\n")?,
        }
    }
    Ok(all_opened)
}

fn json(file: &str, facts: Facts<'_>, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(
        &mut *out,
        &Line {
            schema: 1,
            file,
            facts,
        },
    )?;
    writeln!(out)
}

fn words(file: &str, message: &IncomingMessage, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{file}")?;
    let from = message
        .from
        .as_ref()
        .map_or_else(|| "nobody".to_owned(), person);
    let to: Vec<String> = message.to.iter().chain(&message.cc).map(person).collect();
    writeln!(out, "  from        {from}")?;
    writeln!(
        out,
        "  to          {}",
        if to.is_empty() {
            "nobody".to_owned()
        } else {
            to.join(", ")
        }
    )?;
    writeln!(
        out,
        "  date        {}",
        message.date.as_deref().unwrap_or("none")
    )?;
    writeln!(
        out,
        "  subject     {}",
        message.subject.as_deref().unwrap_or("none")
    )?;
    let answered = if message.answer_automatically {
        "may be answered automatically".to_owned()
    } else {
        format!("no automatic answer: {}", message.auto_reasons.join(", "))
    };
    writeln!(out, "  kind        {}; {answered}", kind(message.kind))?;
    inside(message, out)?;
    for attachment in &message.attachments {
        let name = attachment.name.as_deref().unwrap_or("no name");
        writeln!(
            out,
            "  attachment  {name} ({}, {} bytes)",
            attachment.media_type, attachment.bytes
        )?;
    }
    if !message.oddities.is_empty() {
        writeln!(out, "  odd         {}", message.oddities.join(", "))?;
    }
    writeln!(out)?;
    let text = message.reply.as_deref().or(message.text.as_deref());
    for line in text.unwrap_or("(no text)").lines() {
        writeln!(out, "    {line}")?;
    }
    writeln!(out)
}

/// What it reports, forwards, asks for and hides.
fn inside(message: &IncomingMessage, out: &mut dyn Write) -> io::Result<()> {
    if let Some(bounce) = &message.bounce {
        for failed in &bounce.recipients {
            let said = failed.diagnostic.as_deref().unwrap_or("no reason given");
            let status = failed.status.as_deref().unwrap_or("no status");
            let to = match &failed.original {
                Some(original) => format!("{original}, which leads to {}", failed.address),
                None => failed.address.clone(),
            };
            writeln!(out, "  failed      {to} ({status}): {said}")?;
        }
    }
    if let Some(forwarded) = &message.forwarded {
        let whom = forwarded
            .from
            .as_ref()
            .map_or_else(|| "somebody".to_owned(), person);
        writeln!(
            out,
            "  forwards    {whom}: {}",
            forwarded.subject.as_deref().unwrap_or("no subject")
        )?;
    }
    if let Some(meeting) = &message.calendar {
        let said = |words: &Option<String>| words.clone().unwrap_or_else(|| "?".to_owned());
        writeln!(
            out,
            "  meeting     {}: {}, from {}",
            said(&meeting.method),
            said(&meeting.summary),
            said(&meeting.start)
        )?;
    }
    if !message.security.is_empty() {
        writeln!(out, "  security    {}", message.security.join(", "))?;
    }
    Ok(())
}

fn person(who: &NamedAddress) -> String {
    match &who.name {
        Some(name) => format!("{name} <{}>", who.address),
        None => who.address.clone(),
    }
}

const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Human => "written by a person",
        Kind::AutoReply => "automatic reply",
        Kind::Bounce => "delivery failure",
        Kind::DelayNotice => "delivery delayed",
        Kind::ReadReceipt => "read receipt",
        Kind::FeedbackReport => "abuse or authentication report",
        Kind::Challenge => "asks to prove that a person wrote",
        Kind::List => "mailing list",
        Kind::Bulk => "mass mail",
        Kind::Calendar => "meeting",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(json: bool, files: &[PathBuf]) -> (bool, String) {
        let mut out = Vec::new();
        let args = ReadArgs {
            json,
            files: files.to_vec(),
        };
        let all_opened = run(&args, &mut out).unwrap();
        (all_opened, String::from_utf8(out).unwrap())
    }

    /// The top-level names of a JSON object, in order.
    fn keys(line: &str) -> Vec<String> {
        let mut depth = 0_i32;
        let mut found = Vec::new();
        let mut pieces = line.split('"').enumerate().peekable();
        while let Some((at, piece)) = pieces.next() {
            let is_name = at % 2 == 1
                && depth == 1
                && pieces.peek().is_some_and(|(_, next)| next.starts_with(':'));
            if is_name {
                found.push(piece.to_owned());
            } else if at % 2 == 0 {
                depth =
                    depth.saturating_add(i32::try_from(piece.matches(['{', '[']).count()).unwrap());
                depth =
                    depth.saturating_sub(i32::try_from(piece.matches(['}', ']']).count()).unwrap());
            }
        }
        found
    }

    #[test]
    fn a_file_that_cannot_be_opened_has_the_same_keys() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.eml");
        std::fs::write(
            &file,
            "From: Anna <anna@uni.test>\nSubject: Printer\n\nIt is broken.",
        )
        .unwrap();
        let (all_opened, out) = shown(true, &[file, folder.path().join("none.eml")]);
        let lines: Vec<&str> = out.lines().collect();
        assert!(!all_opened);
        assert_eq!(lines.len(), 2);
        assert_eq!(keys(lines[0]), keys(lines[1]));
        assert!(lines[0].starts_with("{\"schema\":1,\"file\":"));
        assert_eq!(keys(lines[0]).last().map(String::as_str), Some("oddities"));
        assert!(lines[1].contains("\"kind\":null") && lines[1].contains("cannot_open"));
    }

    #[test]
    fn words_say_who_and_what() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.eml");
        std::fs::write(
            &file,
            "From: Anna <anna@uni.test>\nSubject: Printer\n\nIt is broken.",
        )
        .unwrap();
        let (all_opened, out) = shown(false, &[file]);
        assert!(all_opened);
        for words in [
            "Anna <anna@uni.test>",
            "Printer",
            "written by a person",
            "    It is broken.",
        ] {
            assert!(out.contains(words), "{out}");
        }
    }
}
