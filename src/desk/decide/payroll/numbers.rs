//! The administrator says employee numbers by mail, in answer to the alarm that they are missing: `#номер @anna 000123`, a line
//! each. A number is somebody's, and lies apart from history as people's words do. One number is one person's: who has two places
//! has it twice where the administrator says that it is the same person.

use super::corrections::{NotDone, plain};
use crate::desk::{
    arrival::Arrival,
    command::folded,
    decide::{machine, report},
    draft::Draft,
    identity::Speaker,
    reason::Reason,
};
use crate::model::{
    event::{EventData, Role, Stream, Trust},
    ids::AgentName,
    numbers::{NumberSaid, is_one_number},
    outgoing::{PayrollElsewhere, PayrollNotDone, ReportLetter},
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
            Ok((data, number)) => {
                draft.happened_elsewhere(Stream::House, data, Reason::NumbersSaid, Some(number));
                letter.done.push(written);
            }
            Err((why, elsewhere)) => letter.not_done.push(PayrollNotDone {
                written,
                why: why.to_owned(),
                elsewhere,
            }),
        }
    }
    let key = format!("numbers:{}", arrival.raw);
    report::send(draft, (&author, &own.queue), key, letter);
    true
}

/// What stands at the end of a line whose number somebody has who is the same person.
const SAME: [&str; 6] = [
    "тот же человек",
    "та же",
    "тот же",
    "same person",
    "the same person",
    "same",
];

/// Whose number a line says, and whether they are the same person as whoever else has it.
fn said(draft: &Draft<'_>, line: &str) -> Result<(EventData, String), NotDone> {
    let (name, number) = line
        .split_once(char::is_whitespace)
        .ok_or_else(|| plain("no_number"))?;
    let agent = AgentName::from(name.trim_start_matches('@'));
    let (number, behind) = number
        .trim()
        .split_once(char::is_whitespace)
        .unwrap_or_else(|| (number.trim(), ""));
    let behind = folded(behind);
    let is_same_person = SAME.contains(&behind.as_str());
    let is_number = !number.is_empty()
        && number.chars().count() <= NUMBER_MAX
        && number
            .chars()
            .all(|letter| letter.is_alphanumeric() || "-/._".contains(letter));
    if !is_number || !behind.is_empty() && !is_same_person {
        return Err(plain("no_number"));
    }
    let agents = &draft.given.policy.agents;
    // Also of somebody who has left, and whose month waits for it.
    if !agents.contains_key(&agent) && !draft.world.nameless().contains(&agent) {
        return Err(plain("no_agent"));
    }
    let here = has_said_here(draft, number, &agent);
    let other = here.or_else(|| draft.world.has_number(number, &agent, draft.given.policy));
    if let Some(other) = other.filter(|_| !is_same_person) {
        let who = PayrollElsewhere {
            queue: String::new(),
            head: other,
        };
        return Err(("taken", vec![who]));
    }
    let data = EventData::EmployeeNumbered {
        agent,
        is_same_person,
    };
    Ok((data, number.to_owned()))
}

/// Who has got that number by a line before, in the same mail.
fn has_said_here(draft: &Draft<'_>, number: &str, agent: &AgentName) -> Option<String> {
    let events = draft.decision.events.iter();
    let mut said = events.filter_map(|event| {
        let words = event.private.as_ref().map(|own| own.text.as_str());
        NumberSaid::of(&event.data, words)
    });
    let other = said.find(|one| one.agent != *agent && is_one_number(&one.number, number))?;
    Some(draft.agent_name(&other.agent))
}
