//! Somebody answers a letter about a payroll month that was not theirs: a member of a mailing list that accountants are, a
//! colleague it was forwarded to, an address that okno does not know. It is no ticket in front of agents, whoever wrote:
//! figures of their colleagues stand in it. Whoever the letter concerns is told, and nothing is carried out.

use std::collections::BTreeSet;

use super::{
    answer::list_meant,
    letters::{Month, send_head_about},
};
use crate::desk::{
    arrival::Arrival,
    decide::machine,
    draft::Draft,
    identity, notify,
    payroll::{list_named, list_of_queue},
    reason::Reason,
    token::PayrollMark,
};
use crate::model::{
    address::Address, event::Trust, ids::AgentName, outgoing::PayrollLetter, payroll::DraftPart,
};

/// Whether a mail answers such a letter of somebody else's, and then all that follows.
pub(super) fn was_answered(draft: &mut Draft<'_>, arrival: &Arrival) -> bool {
    let Some((mark, reader)) = arrival.anothers_payroll_letter(draft.given) else {
        return false;
    };
    let state = draft.world.payroll(&mark.list, &mark.period);
    let policy = draft.given.policy;
    // Of a list that there is no more the queue speaks where the answer has come.
    let here = || {
        let mailbox = policy.mailboxes.get(&arrival.mailbox)?;
        list_named(policy, &list_of_queue(&mailbox.queue))
    };
    let Some(list) = list_meant(draft, &mark.list, &state).or_else(here) else {
        machine::put_aside(draft, arrival, Reason::PayrollAnswered);
        return true;
    };
    let month = Month {
        name: &mark.list,
        list: &list,
        period: &mark.period,
    };
    has_said(draft, arrival, (month, &mark), Some(reader))
}

/// The same of a letter that is known. `reader`: whose it was, as far as the configuration still knows them.
pub(super) fn has_said(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    (month, mark): (Month<'_>, &PayrollMark),
    reader: Option<Address>,
) -> bool {
    let Some(speaker) = identity::recognise(arrival, None, draft) else {
        return false;
    };
    if speaker.trust == Trust::Suspicious {
        machine::put_aside(draft, arrival, Reason::NotTrusted);
        return true;
    }
    machine::put_aside(draft, arrival, Reason::PayrollForeign);
    let accountant = reader
        .as_ref()
        .filter(|reader| month.list.to.contains(reader));
    let letter = PayrollLetter {
        what: match mark.draft {
            0 => "asked",
            _ => "foreign",
        }
        .to_owned(),
        // Whoever wrote may be anybody: an answer goes where the file went.
        asker: accountant.filter(|_| mark.draft == 0).cloned(),
        written_by: Some(speaker.address),
        asked: arrival.payroll_question(),
        ..PayrollLetter::default()
    };
    let head = reader.and_then(|reader| draft.given.policy.agent_of(&reader));
    let heads = match head.filter(|_| mark.draft != 0) {
        Some(head) => BTreeSet::from([head.clone()]),
        None => heads(draft, month),
    };
    pass_on(draft, arrival, (month, heads), letter);
    true
}

/// Who decides on a month: whoever has approved a part knows of it, in whosever place. Without a draft whoever will be asked.
pub(super) fn heads(draft: &Draft<'_>, month: Month<'_>) -> BTreeSet<AgentName> {
    let state = draft.world.payroll(month.name, month.period);
    let drafted = state.drafted.iter();
    let parts: Vec<DraftPart> = drafted.flat_map(|one| one.draft.parts.clone()).collect();
    if parts.is_empty() {
        return month.list.parts(draft.given.policy).into_keys().collect();
    }
    let approved = |part: DraftPart| state.approved_by(&part).cloned().unwrap_or(part.approver);
    parts.into_iter().map(approved).collect()
}

/// Heads are sent what somebody says, with their files.
pub(super) fn pass_on(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    (month, heads): (Month<'_>, BTreeSet<AgentName>),
    letter: PayrollLetter,
) {
    let bytes_max = draft.given.policy.relay_bytes_max;
    let (enclosures, files_left_out) = arrival.enclosures_for_agents(bytes_max);
    let state = draft.world.payroll(month.name, month.period);
    let number = state.drafted.as_ref().map_or(1, |one| one.draft.number);
    let letter = PayrollLetter {
        files: notify::names_of(enclosures.as_ref()),
        files_left_out,
        ..letter
    };
    for head in heads {
        let key = format!("asked:{}", arrival.raw);
        let mark = month.mark(number);
        let letter = (letter.clone(), &[][..], enclosures.clone());
        send_head_about(draft, (month, &mark), (&head, &key), letter);
    }
}
