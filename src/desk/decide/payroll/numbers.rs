//! The administrator says employee numbers by mail, in answer to the alarm that they are missing: `#номер @anna 000123`, a line
//! each. A number is somebody's, and lies apart from history as people's words do.

use std::collections::BTreeSet;

use crate::desk::{
    arrival::Arrival,
    decide::{machine, report},
    draft::Draft,
    identity::Speaker,
    reason::Reason,
};
use crate::model::{
    event::{EventData, Role, Stream, Trust},
    ids::AgentName,
    outgoing::{PayrollNotDone, ReportLetter},
};

/// The longest number.
const NUMBER_MAX: usize = 40;

/// Whether the administrator says numbers, and then all that follows.
pub(in crate::desk::decide) fn were_said(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    speaker: &Speaker,
) -> bool {
    let Some(lines) = arrival.numbers_said() else {
        return false;
    };
    let policy = draft.given.policy;
    let author = arrival.author().map(|(address, _)| address);
    let own = policy.mailboxes.get(&arrival.mailbox);
    let (Some(author), Some(own)) = (author, own) else {
        return false;
    };
    if author != policy.administrator {
        return false;
    }
    machine::put_aside(draft, arrival, Reason::NumbersSaid);
    if speaker.trust < Trust::Proven {
        draft.decision.reason = Reason::NotTrusted;
        if speaker.trust > Trust::Suspicious {
            let letter = ReportLetter {
                what: "numbers".to_owned(),
                why: "not_proven".to_owned(),
                ..ReportLetter::default()
            };
            let key = format!("numbers:{}", arrival.raw);
            report::send(draft, (&author, &own.queue), key, letter);
        }
        return true;
    }
    draft.voice.role = Role::Head;
    let mut letter = ReportLetter {
        what: "numbers".to_owned(),
        ..ReportLetter::default()
    };
    for written in lines {
        match said(draft, &written) {
            Ok((agent, number)) => {
                let data = EventData::EmployeeNumbered { agent };
                draft.happened_elsewhere(Stream::House, data, Reason::NumbersSaid, Some(number));
                letter.done.push(written);
            }
            Err(why) => letter.not_done.push(PayrollNotDone {
                written,
                why: why.to_owned(),
                elsewhere: Vec::new(),
            }),
        }
    }
    let key = format!("numbers:{}", arrival.raw);
    report::send(draft, (&author, &own.queue), key, letter);
    true
}

/// Whose number a line says; or why it says none, as a code.
fn said(draft: &Draft<'_>, line: &str) -> Result<(AgentName, String), &'static str> {
    let (name, number) = line.split_once(char::is_whitespace).ok_or("no_number")?;
    let agent = AgentName::from(name.trim_start_matches('@'));
    let number = number.trim();
    let is_number = !number.is_empty()
        && number.chars().count() <= NUMBER_MAX
        && number
            .chars()
            .all(|letter| letter.is_alphanumeric() || "-/._".contains(letter));
    if !is_number {
        return Err("no_number");
    }
    let agents = &draft.given.policy.agents;
    // Also of somebody who has left, and whose month waits for it.
    if !agents.contains_key(&agent) && !draft.world.nameless().contains(&agent) {
        return Err("no_agent");
    }
    let others = agents.iter().filter(|(name, _)| **name != agent);
    let taken: BTreeSet<String> = others
        .filter_map(|(_, other)| {
            let person = draft.world.person(&other.address)?;
            let listing = person.listing.as_ref()?;
            Some(listing.employee_number.to_string())
        })
        .collect();
    match taken.contains(number) {
        true => Err("taken"),
        false => Ok((agent, number.to_owned())),
    }
}
