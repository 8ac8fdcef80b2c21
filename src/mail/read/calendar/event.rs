//! One event, gathered line by line.

use jiff::Span;

use super::{
    lines::Line,
    moments::{self, Moment},
};
use crate::{
    mail::read::bytes::{shorten, starts_with_ignore_case},
    model::{
        message::{Calendar, Participant},
        text::Text,
    },
};

/// The longest text of one line, in bytes, and of a description.
const TEXT_MAX: usize = 1000;
const DESCRIPTION_MAX: usize = 8000;

/// People of one event that are kept.
const PEOPLE_MAX: usize = 200;

/// An event as far as it has been read.
#[derive(Debug, Default)]
pub(super) struct Event {
    calendar: Calendar,
    start: Option<Moment>,
    end: Option<Moment>,
    length: Option<Span>,
    is_all_day: bool,
}

impl Event {
    pub(super) fn take(&mut self, line: &Line) {
        let calendar = &mut self.calendar;
        let text = || Some(said(&line.text(TEXT_MAX))).filter(|text| !text.is_empty());
        match line.name.as_str() {
            "SUMMARY" => calendar.summary = text(),
            "LOCATION" => calendar.location = text(),
            "DESCRIPTION" => {
                let text: String = Text::new(&line.text(DESCRIPTION_MAX)).into();
                calendar.description = Some(text.trim().to_owned()).filter(|t| !t.is_empty());
            }
            "DTSTART" => {
                self.start = Some(Moment::read(line));
                calendar.zone = line.param("TZID").map(moments::zone).or_else(|| {
                    // A task that has only its end says the zone there.
                    calendar.zone.take()
                });
            }
            "DTEND" | "DUE" => {
                self.end = Some(Moment::read(line));
                calendar.zone = calendar
                    .zone
                    .take()
                    .or_else(|| line.param("TZID").map(moments::zone));
            }
            "DURATION" => self.length = moments::length(&line.value),
            "RRULE" => calendar.rule = Some(shorten(&line.value, TEXT_MAX).to_owned()),
            "ORGANIZER" => {
                let who = participant(line);
                calendar.organizer = Some(who.address);
                calendar.organizer_name = who.name;
            }
            "ATTENDEE" if calendar.participants.len() < PEOPLE_MAX => {
                calendar.participants.push(participant(line));
            }
            "X-MICROSOFT-CDO-ALLDAYEVENT" => {
                self.is_all_day = line.value.eq_ignore_ascii_case("true");
            }
            _ => {}
        }
    }

    pub(super) fn finish(self) -> Calendar {
        let whole = |moment: Moment| {
            if self.is_all_day {
                moment.whole_day()
            } else {
                moment
            }
        };
        let start = self.start.map(whole);
        let by_length = || Some(start.as_ref()?.after(self.length?));
        let end = self.end.map(whole).or_else(by_length);
        let end = end.map(|end| end.last_day(start.as_ref()));
        let mut calendar = self.calendar;
        calendar.start = start.as_ref().map(Moment::words);
        calendar.end = end.as_ref().map(Moment::words);
        if matches!(start, Some(Moment::Day(_))) {
            calendar.zone = None;
        }
        calendar.attendees = calendar
            .participants
            .iter()
            .map(|who| who.address.clone())
            .collect();
        calendar
    }
}

fn said(text: &str) -> String {
    Text::line(text).into()
}

fn participant(line: &Line) -> Participant {
    let value = line.value.as_str();
    // Where quotes are missing, the value holds what follows a colon in the name; the address is behind the last scheme.
    let address = value
        .char_indices()
        .filter_map(|(at, _)| value.get(at..))
        .find(|rest| starts_with_ignore_case(rest, "mailto:"))
        .and_then(|rest| rest.get(7..))
        .unwrap_or(value);
    let param = |name: &str| {
        let value = line.param(name).map(said);
        value.filter(|value| !value.is_empty())
    };
    let address = said(shorten(address, 320));
    Participant {
        name: param("CN").filter(|name| *name != address),
        address,
        role: param("ROLE").map(|role| role.to_lowercase()),
        answer: param("PARTSTAT").map(|answer| answer.to_lowercase()),
    }
}
