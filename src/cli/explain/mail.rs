//! A stored mail in a few lines: where it came in, who wrote, and where the work on it stands.

use std::io::Write;

use anyhow::bail;

use super::super::{
    visit::Visit,
    words::{line, named},
};
use crate::{
    mail::read::{Limits, read},
    model::{ids::RawId, message::IncomingMessage},
    store::{StoreError, journal, lookup},
};

/// The header of a mail, read; its body, which may be what could not be digested, is left alone.
pub(in crate::cli) fn head(raw: &[u8]) -> IncomingMessage {
    let head = raw.get(..head_end(raw)).unwrap_or(raw);
    read(head, &Limits::default()).message
}

/// Where the header ends: after the first empty line.
pub(in crate::cli) fn head_end(raw: &[u8]) -> usize {
    let mut from = 0_usize;
    for piece in raw.split_inclusive(|byte| *byte == b'\n') {
        from = from.saturating_add(piece.len());
        if piece == b"\n" || piece == b"\r\n" {
            break;
        }
    }
    from
}

/// Writes the lines.
pub(in crate::cli) async fn describe(
    here: &Visit,
    id: RawId,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let words = &here.words;
    let raw = match journal::raw(&here.db, id).await {
        Ok(raw) => raw,
        Err(StoreError::NoRow { .. }) => {
            bail!("{} mail:{id}", words.pick("Нет письма", "There is no mail"))
        }
        Err(error) => return Err(error.into()),
    };
    writeln!(
        out,
        "{} mail:{id}: {} {}, {}, {} {}, {}",
        words.pick("Письмо", "Mail"),
        words.pick("ящик", "mailbox"),
        raw.mailbox,
        raw.folder,
        words.pick("пришло", "received"),
        words.time(raw.arrived_at),
        words.size(raw.size)
    )?;
    if let Some(at) = raw.erased_at {
        writeln!(
            out,
            "  {}: {}",
            words.pick(
                "Стёрто, потому что об этом попросил человек. Известно только, что письмо было; по сумме оно узнаётся. Когда",
                "Erased, since somebody has asked for it. That there was such a mail is all that is known; it is recognised by its sum. When"
            ),
            words.time(at)
        )?;
        return write_standing(here, id, out).await;
    }
    let mail = head(&raw.bytes);
    let none = || words.pick("нет", "none").to_owned();
    let to: Vec<String> = mail.to.iter().chain(&mail.cc).map(named).collect();
    let lines = [
        (
            words.pick("От", "From"),
            mail.from.as_ref().map_or_else(none, named),
        ),
        (
            words.pick("Кому", "To"),
            if to.is_empty() { none() } else { to.join(", ") },
        ),
        (
            words.pick("Тема", "Subject"),
            mail.subject.as_deref().map_or_else(none, line),
        ),
        (
            "Message-ID",
            mail.message_id
                .as_ref()
                .map_or_else(none, |id| line(id.as_str())),
        ),
    ];
    for (name, value) in lines {
        writeln!(out, "  {name}: {value}")?;
    }
    write_standing(here, id, out).await
}

async fn write_standing(here: &Visit, id: RawId, out: &mut dyn Write) -> anyhow::Result<()> {
    let words = &here.words;
    let Some(standing) = lookup::standing(&here.db, id).await? else {
        return Ok(());
    };
    let problem = standing.problem.as_deref().map(line).unwrap_or_default();
    let (work, said) = (
        standing.work,
        words.pick("Ещё не обработано.", "Not processed yet."),
    );
    match standing.state.as_str() {
        "quarantined" => writeln!(
            out,
            "  {} {work}: {problem}\n  okno quarantine show {work}",
            words.pick("В карантине под номером", "In quarantine as number")
        )?,
        "discarded" => writeln!(
            out,
            "  {}: {problem}",
            words.pick(
                "Было в карантине и выброшено",
                "Was in quarantine and was discarded"
            )
        )?,
        _ if problem.is_empty() => writeln!(out, "  {said}")?,
        _ => writeln!(out, "  {said} {problem}")?,
    }
    Ok(())
}
