//! An accountant answers: has the file, wants it once more, or asks something about it.

use std::collections::BTreeSet;

use super::{
    happened,
    letters::{How, Month, send_file, send_head_about},
    resend::again,
};
use crate::desk::{
    arrival::Arrival, command::folded, decide::machine, draft::Draft, identity, notify,
    payroll::asks_again, reason::Reason,
};
use crate::model::{
    address::Address,
    ids::AgentName,
    outgoing::PayrollLetter,
    payroll::{DraftPart, PayrollFact},
};

/// What accountants say who have the file.
const RECEIPTS: [&str; 9] = [
    "получено",
    "получила",
    "получил",
    "спасибо",
    "спасибо, получено",
    "получено, спасибо",
    "received",
    "thanks",
    "thank you",
];

/// An accountant has it, asks for it once more, or asks something about it.
pub(super) fn has_said(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    month: Month<'_>,
    words: &str,
) -> bool {
    let author = arrival.author().map(|(address, _)| address);
    let Some(author) = author.filter(|author| month.list.to.contains(author)) else {
        return false;
    };
    let folded = folded(words);
    let said = folded.trim_start_matches('#');
    if identity::recognise(arrival, None, draft).is_none() {
        return false;
    }
    if asks_again(said) {
        machine::put_aside(draft, arrival, Reason::PayrollResent);
        let time = format!("mail:{}", arrival.raw);
        let readers = [author];
        if !again(draft, month, (&readers, &time)) {
            // Not there yet: whose approval is missing is told again.
            let state = draft.world.payroll(month.name, month.period);
            send_file(draft, month, &state, How::Again(&readers, &time));
        }
        return true;
    }
    if !RECEIPTS.contains(&said) {
        return is_asked(draft, arrival, month, (&author, words));
    }
    machine::put_aside(draft, arrival, Reason::PayrollReceived);
    let known = (Reason::PayrollReceived, None);
    happened(draft, month, PayrollFact::Received, known);
    true
}

/// What an accountant asks goes to those who approve the figures: nobody else knows, and agents need not read what others are
/// paid by. Files go along. What says nothing at all is a request like any other.
fn is_asked(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    month: Month<'_>,
    (author, words): (&Address, &str),
) -> bool {
    let words = words.trim();
    let state = draft.world.payroll(month.name, month.period);
    let parts: Vec<DraftPart> = state
        .drafted
        .iter()
        .flat_map(|one| one.draft.parts.clone())
        .collect();
    let bytes_max = draft.given.policy.relay_bytes_max;
    let (enclosures, files_left_out) = arrival.enclosures_for_agents(bytes_max);
    let has_files = enclosures.is_some() || !files_left_out.is_empty();
    if words.is_empty() && !has_files || parts.is_empty() {
        return false;
    }
    machine::put_aside(draft, arrival, Reason::PayrollAsked);
    // Whoever has approved a part knows of it, in whosever place.
    let heads: BTreeSet<AgentName> = parts
        .into_iter()
        .map(|part| state.approved_by(&part).cloned().unwrap_or(part.approver))
        .collect();
    let number = state.drafted.as_ref().map_or(1, |one| one.draft.number);
    for head in heads {
        let letter = PayrollLetter {
            what: "asked".to_owned(),
            asker: Some(author.clone()),
            asked: words.to_owned(),
            files: notify::names_of(enclosures.as_ref()),
            files_left_out: files_left_out.clone(),
            ..PayrollLetter::default()
        };
        let key = format!("asked:{}", arrival.raw);
        let mark = month.mark(number);
        let letter = (letter, &[][..], enclosures.clone());
        send_head_about(draft, (month, &mark), (&head, &key), letter);
    }
    true
}
