//! A meeting, summed up from `text/calendar` (RFC 5545), as written: what, when, where, who.

use super::{bytes::shorten, charset, mime::Structure, transfer};
use crate::model::{message::Calendar, text::Text};

/// How much of an invitation is looked at, in bytes.
const LOOKED_AT: usize = 256 << 10;

/// The first event of the first calendar part.
pub(super) fn read(raw: &[u8], structure: &Structure) -> Option<Calendar> {
    let part = structure
        .parts
        .iter()
        .find(|p| p.is("text/calendar") || p.is("application/ics"))?;
    let content = super::bytes::cut(part.content(raw), 0, LOOKED_AT);
    let bytes = transfer::decode(content, part.encoding);
    let text = charset::decode(
        &bytes,
        part.content_type
            .text("charset")
            .as_deref()
            .or(Some("utf-8")),
    )
    .text;
    let mut calendar = event(&text)?;
    calendar.method = calendar
        .method
        .or_else(|| part.content_type.text("method"))
        .map(|m| m.to_lowercase());
    Some(calendar)
}

fn event(text: &str) -> Option<Calendar> {
    let unfolded = text
        .replace("\r\n", "\n")
        .replace("\n ", "")
        .replace("\n\t", "");
    let mut calendar = Calendar::default();
    let mut is_in_event = false;
    let mut has_event = false;
    for line in unfolded.lines() {
        let Some((name, value)) = line.split_once(':').map(|_| split(line)) else {
            continue;
        };
        let key = name
            .split(';')
            .next()
            .unwrap_or_default()
            .to_ascii_uppercase();
        match (key.as_str(), is_in_event) {
            ("BEGIN", _) if value.eq_ignore_ascii_case("VEVENT") => {
                is_in_event = !has_event;
                has_event = true;
            }
            ("END", true) if value.eq_ignore_ascii_case("VEVENT") => is_in_event = false,
            ("METHOD", false) => calendar.method = Some(said(value)),
            ("SUMMARY", true) => calendar.summary = Some(said(value)),
            ("DTSTART", true) => calendar.start = Some(moment(name, value)),
            ("DTEND", true) => calendar.end = Some(moment(name, value)),
            ("LOCATION", true) => calendar.location = Some(said(value)).filter(|l| !l.is_empty()),
            ("ORGANIZER", true) => calendar.organizer = Some(address(value)),
            ("ATTENDEE", true) if calendar.attendees.len() < 200 => {
                calendar.attendees.push(address(value))
            }
            _ => {}
        }
    }
    has_event.then_some(calendar)
}

/// Name with parameters, and value: the first colon outside quotes.
fn split(line: &str) -> (&str, &str) {
    let mut is_quoted = false;
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b':' if !is_quoted => {
                return (
                    line.get(..at).unwrap_or_default(),
                    line.get(at.saturating_add(1)..).unwrap_or_default(),
                );
            }
            _ => {}
        }
    }
    (line, "")
}

/// A text value, its escapes undone.
fn said(value: &str) -> String {
    let plain = value
        .replace("\\n", "\n")
        .replace("\\N", "\n")
        .replace("\\,", ",")
        .replace("\\;", ";")
        .replace("\\\\", "\\");
    Text::line(shorten(&plain, 1000)).into()
}

/// A time as written, its zone behind it.
fn moment(name: &str, value: &str) -> String {
    let zone = name.split(';').find_map(|p| p.strip_prefix("TZID="));
    match zone {
        Some(zone) => format!("{} {}", value.trim(), zone.trim_matches('"')),
        None => value.trim().to_owned(),
    }
}

fn address(value: &str) -> String {
    let value = value.trim();
    let bare = value
        .get(..7)
        .filter(|p| p.eq_ignore_ascii_case("mailto:"))
        .and_then(|_| value.get(7..));
    bare.unwrap_or(value).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meeting_is_summed_up() {
        let text = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:План\\, \r\n часть 1\r\nDTSTART;TZID=\"Europe/Moscow\":20261123T101500\r\nDTEND:20261123T081500Z\r\nLOCATION:Ауд. 5\r\nORGANIZER;CN=\"A:B\":mailto:anna@uni.test\r\nATTENDEE:MAILTO:it@uni.test\r\nEND:VEVENT\r\nEND:VCALENDAR";
        let calendar = event(text).unwrap();
        assert_eq!(calendar.summary.as_deref(), Some("План, часть 1"));
        assert_eq!(
            calendar.start.as_deref(),
            Some("20261123T101500 Europe/Moscow")
        );
        assert_eq!(calendar.organizer.as_deref(), Some("anna@uni.test"));
        assert_eq!(calendar.attendees, ["it@uni.test"]);
        assert_eq!(event("nothing"), None);
    }
}
