//! Meetings, summed up from iCalendar (RFC 5545, 5546) as values: what, when, where, who invites and who answers.
//!
//! [`crate::mail::meeting`] makes words of them. Instants are not moved to other zones: what the sender's clock shows
//! is what the people who meet speak of.

mod event;
mod lines;
mod moments;

use super::{
    attachments,
    bytes::cut,
    charset,
    mime::{Part, Structure},
    transfer,
};
use crate::model::message::{Calendar, Occasion};
use event::Event;
use lines::Lines;

/// How much of an invitation is looked at, in bytes.
const LOOKED_AT: usize = 256 << 10;

/// Events of one invitation that are told besides the first.
const MORE_MAX: usize = 20;

/// The first calendar of a mail that holds an event; one that asks for something goes before one that only tells.
pub(super) fn read(raw: &[u8], structure: &Structure) -> Option<Calendar> {
    let mut told = None;
    for part in structure.parts.iter().filter(|part| is_calendar(part)) {
        let bytes = transfer::decode(cut(part.content(raw), 0, LOOKED_AT), part.encoding);
        let label = part.content_type.text("charset");
        let text = charset::decode(&bytes, label.as_deref().or(Some("utf-8"))).text;
        let Some(mut calendar) = events(&text) else {
            continue;
        };
        let method = || part.content_type.text("method");
        calendar.method = calendar
            .method
            .or_else(method)
            .map(|method| method.trim().to_lowercase());
        if is_meeting(&calendar) {
            return Some(calendar);
        }
        told = told.or(Some(calendar));
    }
    told
}

/// Whether a calendar asks or answers, so that the mail is about a meeting; else it only lies beside.
pub(super) fn is_meeting(calendar: &Calendar) -> bool {
    calendar
        .method
        .as_deref()
        .is_some_and(|method| method != "publish")
}

/// Whether a text says itself when the meeting is: calendar programs write a line for it.
pub(super) fn is_told_in(text: &str) -> bool {
    text.lines().take(200).any(|line| {
        let line = line.trim_start_matches(['*', '>', ' ']).to_lowercase();
        [
            "when",
            "когда",
            "time:",
            "время",
            "start time",
            "date:",
            "дата",
            "~*~*~*~",
        ]
        .iter()
        .any(|start| line.starts_with(start))
    })
}

fn is_calendar(part: &Part) -> bool {
    match part.media_type() {
        "text/calendar" | "application/ics" | "text/x-vcalendar" => !part.is_container,
        "application/octet-stream" | "text/plain" => {
            attachments::name(part).is_some_and(|name| name.to_lowercase().ends_with(".ics"))
        }
        _ => false,
    }
}

/// The events of a calendar; `None` where there are none.
fn events(text: &str) -> Option<Calendar> {
    let mut method = None;
    let mut found: Vec<Event> = Vec::new();
    // The component that is open, and those within it: alarms say things of their own.
    let mut within = 0_usize;
    for line in Lines::new(text) {
        // Both say what, when and where: a meeting, and something to be done.
        let is_event =
            line.value.eq_ignore_ascii_case("vevent") || line.value.eq_ignore_ascii_case("vtodo");
        match line.name.as_str() {
            "BEGIN" if within > 0 => within = within.saturating_add(1),
            "BEGIN" if is_event && found.len() <= MORE_MAX => {
                within = 1;
                found.push(Event::default());
            }
            "END" => within = within.saturating_sub(1),
            "METHOD" if within == 0 => method = Some(line.value),
            _ if within == 1 => {
                if let Some(event) = found.last_mut() {
                    event.take(&line);
                }
            }
            _ => {}
        }
    }
    let mut events = found.into_iter().map(Event::finish);
    let mut calendar = events.next()?;
    calendar.method = method.map(|method| method.trim().to_owned());
    calendar.more = events
        .map(|event| Occasion {
            summary: event.summary,
            start: event.start,
            end: event.end,
            zone: event.zone,
            location: event.location,
        })
        .collect();
    Some(calendar)
}

#[cfg(test)]
mod tests;
