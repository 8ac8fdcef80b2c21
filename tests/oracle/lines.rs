//! The lines of an export, written by this test itself from bare histories: `stored` holds the real ones against them.

use std::io::Write;

use okno::{
    desk::undo::Past,
    model::{event::EventData, ids::TicketNumber},
};
use serde_json::{Value, json};

/// The lines of a ticket as they are handed out.
pub(crate) fn export(number: TicketNumber, history: &[Past], seq: &mut i64, out: &mut impl Write) {
    let first = *seq + 1;
    for (place, past) in history.iter().enumerate() {
        *seq += 1;
        let event = &past.event;
        let (kind, version) = event.data.kind();
        let mut line = json!({
            "seq": seq, "decision": past.decision, "stream": "ticket", "id": number.to_string(), "n": place + 1,
            "kind": kind, "version": version, "at": event.at, "recorded_at": event.at,
            "actor": event.actor.code(), "role": event.role.code(), "trust": event.trust.code(),
            "reason": event.reason, "undoes": event.undoes, "data": event.data, "prev_hash": "", "hash": "",
        });
        if let Some(mut verdict) = verdict(&event.data) {
            let later = history.iter().enumerate().skip(place);
            let mut later = later.filter(|(_, other)| takes_back(other, past));
            verdict["undone_by"] = json!(
                later
                    .next()
                    .map(|(at, _)| first + i64::try_from(at).unwrap())
            );
            line["verdict"] = verdict;
        }
        writeln!(out, "{line}").unwrap();
    }
}

/// The parts of a verdict, as docs/events.md lists them.
const PARTS: [&str; 10] = [
    "clock",
    "outcome",
    "started_at",
    "target_secs",
    "due_at",
    "satisfied_at",
    "queue",
    "agent",
    "class",
    "worked_secs",
];

/// The verdict's own columns: the same as in the event, but what a correction takes back.
fn verdict(data: &EventData) -> Option<Value> {
    let mut columns = match data {
        EventData::ClockJudged(_) | EventData::VerdictCorrected(_) => json!(data),
        _ => return None,
    };
    if let EventData::VerdictCorrected(verdict) = data
        && verdict.outcome.is_none()
    {
        columns["outcome"] = json!("taken_back");
    }
    let own = PARTS.map(|part| (part.to_owned(), columns[part].clone()));
    Some(Value::Object(own.into_iter().collect()))
}

fn takes_back(other: &Past, judged: &Past) -> bool {
    let EventData::Undone(restored) = &other.event.data else {
        return false;
    };
    let (EventData::ClockJudged(verdict), Some([clocks])) = (&judged.event.data, &restored.clocks)
    else {
        return false;
    };
    // It stands where the clock that is there again says the same.
    let says_the_same = clocks.iter().any(|one| {
        let said = (verdict.clock, verdict.started_at, Some(verdict.outcome));
        (one.kind, one.started_at, one.outcome) == said
    });
    other.event.undoes == Some(judged.decision) && !says_the_same
}
