//! An accountant answers: has the file, wants it once more, or asks something about it.

use super::{
    foreign, happened,
    letters::{How, Month, send_file},
    resend::again,
};
use crate::desk::{
    arrival::Arrival,
    command::folded,
    decide::{machine, report},
    draft::Draft,
    identity,
    payroll::{asks_again, speaker_of},
    reason::Reason,
};
use crate::model::{address::Address, event::Trust, outgoing::PayrollLetter, payroll::PayrollFact};

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
        return foreign::has_said(draft, arrival, (month, &month.mark(0)), None);
    };
    let folded = folded(words);
    let said = folded.trim_start_matches('#');
    let Some(speaker) = identity::recognise(arrival, None, draft) else {
        return false;
    };
    if speaker.trust == Trust::Suspicious {
        machine::put_aside(draft, arrival, Reason::NotTrusted);
        return true;
    }
    if asks_again(said) {
        let speaks = speaker_of(month.list, draft.given.policy);
        if speaks.is_some_and(|(from, _)| report::was_too_many(draft, arrival, (&author, from))) {
            return true;
        }
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
        is_asked(draft, arrival, month, &author);
        return true;
    }
    machine::put_aside(draft, arrival, Reason::PayrollReceived);
    let known = (Reason::PayrollReceived, None);
    happened(draft, month, PayrollFact::Received, known);
    true
}

/// What an accountant asks goes to those who approve the figures: nobody else knows, and agents need not read what others are
/// paid by. Files go along. What says nothing at all is kept, and nobody is written to.
fn is_asked(draft: &mut Draft<'_>, arrival: &Arrival, month: Month<'_>, author: &Address) {
    let asked = arrival.payroll_question();
    let has_files = !arrival.reading.message.attachments.is_empty();
    if asked.is_empty() && !has_files {
        return machine::put_aside(draft, arrival, Reason::PayrollEmpty);
    }
    machine::put_aside(draft, arrival, Reason::PayrollAsked);
    let letter = PayrollLetter {
        what: "asked".to_owned(),
        asker: Some(author.clone()),
        asked,
        ..PayrollLetter::default()
    };
    let heads = foreign::heads(draft, month);
    foreign::pass_on(draft, arrival, (month, heads), letter);
}
