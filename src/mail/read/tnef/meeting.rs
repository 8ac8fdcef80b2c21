//! Meetings in `winmail.dat`: what Outlook's properties say (MS-OXOCAL), as a calendar's event would.

use encoding_rs::Encoding;

use super::{
    properties::Property,
    stream::{Stream, moment},
};
use crate::model::message::{Calendar, Participant};

/// `PSETID_Appointment` and `PSETID_Common`, without what they share: `{0006200x-0000-0000-C000-000000000046}`.
const APPOINTMENT: u8 = 0x02;
const COMMON: u8 = 0x08;
const REST: [u8; 15] = [0x20, 6, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];

/// What is said of an appointment.
#[derive(Debug, Default)]
pub(super) struct Appointment {
    start: Option<String>,
    end: Option<String>,
    location: Option<String>,
}

impl Appointment {
    pub(super) fn note(
        &mut self,
        set: Option<[u8; 16]>,
        id: u32,
        property: &Property,
        (bytes, page): (&[u8], &'static Encoding),
    ) {
        let Some([set, rest @ ..]) = set else {
            return;
        };
        if rest != REST {
            return;
        }
        let at = || property.number(bytes).and_then(moment);
        match (set, id) {
            (APPOINTMENT, 0x820D) => self.start = at(),
            (APPOINTMENT, 0x820E) => self.end = at(),
            (APPOINTMENT, 0x8208) => {
                self.location = property
                    .text(bytes, page)
                    .filter(|place| !place.trim().is_empty());
            }
            (COMMON, 0x8516) => self.start = self.start.take().or_else(at),
            (COMMON, 0x8517) => self.end = self.end.take().or_else(at),
            _ => {}
        }
    }
}

/// The meeting a stream is about, if it is about one.
pub(super) fn read(stream: &Stream) -> Option<Calendar> {
    let class = stream.class.as_deref()?.to_ascii_lowercase();
    let class = class
        .trim_start_matches("ipm.microsoft schedule.")
        .trim_start_matches("ipm.schedule.meeting.");
    let (method, answer) = match class {
        "request" | "mtgreq" => ("request", None),
        "canceled" | "mtgcncl" => ("cancel", None),
        "resp.pos" | "mtgrespp" => ("reply", Some("accepted")),
        "resp.neg" | "mtgrespn" => ("reply", Some("declined")),
        "resp.tent" | "mtgrespa" => ("reply", Some("tentative")),
        _ => return None,
    };
    let appointment = &stream.appointment;
    let mut calendar = Calendar {
        method: Some(method.to_owned()),
        summary: stream.subject.clone(),
        start: appointment.start.clone(),
        end: appointment.end.clone(),
        location: appointment.location.clone(),
        ..Calendar::default()
    };
    let sender = stream.sender.named();
    match answer {
        None => {
            calendar.organizer = sender.as_ref().map(|who| who.address.clone());
            calendar.organizer_name = sender.and_then(|who| who.name);
        }
        Some(answer) => calendar.participants.extend(sender.map(|who| Participant {
            name: who.name,
            address: who.address,
            role: None,
            answer: Some(answer.to_owned()),
        })),
    }
    Some(calendar)
}
