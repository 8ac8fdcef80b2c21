//! On how many days of a period somebody could work.

use std::collections::BTreeSet;

use jiff::{
    Timestamp,
    civil::{Date, Time},
};

use super::super::rows::Source;
use crate::{
    desk::calendar::Calendar,
    model::{event::EventData, ids::AgentName},
    store::{StoreError, history, people},
};

/// The days of the period on which any of these calendars has opening hours, without those at whose noon they were away, as they
/// have announced under any of their names. `None`: there is no calendar.
pub(in crate::house::payroll) async fn of(
    source: &Source<'_>,
    agents: &BTreeSet<&AgentName>,
    calendars: &[&Calendar],
) -> Result<Option<i64>, StoreError> {
    if calendars.is_empty() {
        return Ok(None);
    }
    let mut absences = Vec::new();
    for agent in agents {
        absences.extend(away(source, agent).await?);
    }
    let (first, last) = source.days;
    let days = first.series(jiff::Span::new().days(1));
    let days = days.take_while(|date| *date <= last);
    let works = |calendar: &Calendar, date: Date| {
        let noon = calendar.instant(date.to_datetime(Time::constant(12, 0, 0, 0)));
        let is_away = |noon| {
            absences
                .iter()
                .any(|(from, to)| *from <= noon && noon < *to)
        };
        !calendar.openings(date).is_empty() && !noon.is_some_and(is_away)
    };
    let there = days.filter(|date| calendars.iter().any(|calendar| works(calendar, *date)));
    Ok(i64::try_from(there.count()).ok())
}

/// From when until when they were away.
async fn away(
    source: &Source<'_>,
    agent: &AgentName,
) -> Result<Vec<(Timestamp, Timestamp)>, StoreError> {
    let Some(known) = source.policy.agents.get(agent) else {
        return Ok(Vec::new());
    };
    let Some(person) = people::at(source.db, &known.address).await? else {
        return Ok(Vec::new());
    };
    let mut found: Vec<(Timestamp, Timestamp)> = Vec::new();
    for event in history::events_of(source.db, "person", &person.id.0.to_string()).await? {
        if !event.kind.starts_with("absence_") {
            continue;
        }
        match serde_json::from_str(&event.data) {
            Ok(EventData::AbsenceAnnounced(absence)) => {
                end_at(&mut found, event.at);
                found.push((absence.from, absence.until));
            }
            Ok(EventData::AbsenceEnded) => end_at(&mut found, event.at),
            Ok(_) | Err(_) => {}
        }
    }
    Ok(found)
}

/// What was announced before is over: they are back, or have said something else.
fn end_at(all: &mut [(Timestamp, Timestamp)], at: Timestamp) {
    if let Some((_, until)) = all.last_mut() {
        *until = at.min(*until);
    }
}
