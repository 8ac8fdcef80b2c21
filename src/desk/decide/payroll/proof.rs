//! Orders about what people are paid by count of a proven head alone, as every order of theirs does. Of any other mail the
//! head is asked, at the address that we know, whether it is theirs: *yes* has it decided on as if it had just come, and
//! without an answer nothing comes of it. A code in a subject proves nothing: letters are forwarded.

use jiff::{SignedDuration, Timestamp};

use super::{
    facts::{self, has_table},
    happened,
    letters::{Month, send_head_about},
};
use crate::desk::{
    alarm,
    arrival::{Again, Arrival},
    command::{folded, read_yes_no},
    decide::machine,
    draft::Draft,
    identity::Speaker,
    order::Order,
    payroll::{Unproven, orders_in},
    permission::{Act, Standing, may},
    reason::Reason,
    token::PayrollMark,
};
use crate::model::{
    alarm::{CAP, DISOWNED},
    event::Role,
    ids::{AgentName, RawId},
    outgoing::PayrollLetter,
    payroll::{NotTaken, PayrollFact},
    ticket::Side,
};

/// How long the head's *yes* counts after the mail has come.
const DAYS: i64 = 3;

/// So many mails of one head wait for their word at once; more are put aside and asked about by nobody.
const WAITING_MAX: usize = 5;

/// Who has answered which letter.
#[derive(Debug, Clone, Copy)]
pub(super) struct By<'b> {
    pub(super) month: Month<'b>,
    pub(super) mark: &'b PayrollMark,
    pub(super) agent: &'b AgentName,
    /// The word of the button, where one was pressed.
    pub(super) pressed: Option<&'b str>,
}

/// Whether what a head says counts as it stands.
pub(super) fn is_proven(arrival: &Arrival, speaker: &Speaker) -> bool {
    let standing = Standing {
        role: Role::Head,
        trust: speaker.trust,
        side: Side::Requester,
        serves_queue: true,
        has_our_mail: true,
    };
    arrival.again == Some(Again::OwnOrder) || may(Act::ApprovePay, standing).is_ok()
}

/// Whether nothing of it is an order: then it changes nothing, whoever has written it.
pub(super) fn orders_nothing(draft: &Draft<'_>, arrival: &Arrival, words: &str) -> bool {
    orders_none(draft, words) && !has_table(arrival)
}

/// Whether none of its lines is an order.
pub(super) fn orders_none(draft: &Draft<'_>, words: &str) -> bool {
    orders_in(words, draft.given.key).is_empty()
}

/// How often one draft's reader is told that an answer says nothing, and how often somebody is asked about one mail once more.
const TOLD_MAX: u32 = 2;

/// Whether a head is told that an answer in their name has led to nothing: a person is, and learns what to write. A program that
/// answers everything would be told for ever, so the administrator hears of it instead.
pub(super) fn may_be_told(
    draft: &mut Draft<'_>,
    by: By<'_>,
    (why, about): (NotTaken, i64),
) -> bool {
    let state = draft.world.payroll(by.month.name, by.month.period);
    let key = (by.agent.clone(), why, about);
    let told = state.not_taken.get(&key).copied().unwrap_or_default();
    let most = match why {
        NotTaken::Many => 1,
        NotTaken::Unclear | NotTaken::NoWord | NotTaken::Over => TOLD_MAX,
    };
    if told >= most || why == NotTaken::Many {
        tell_administrator(draft, by.agent, why);
    }
    if told >= most {
        return false;
    }
    let fact = PayrollFact::NotTaken {
        by: by.agent.clone(),
        why,
        about,
    };
    happened(draft, by.month, fact, (Reason::PayrollUnclear, None));
    true
}

fn tell_administrator(draft: &mut Draft<'_>, agent: &AgentName, why: NotTaken) {
    let known = draft.given.policy.agents.get(agent);
    let address = known.map(|agent| agent.address.to_string());
    let reason = match why {
        NotTaken::Many => Reason::Unconfirmed,
        NotTaken::Unclear | NotTaken::NoWord | NotTaken::Over => Reason::PayrollUnclear,
    };
    let about = (address.unwrap_or_default(), reason.code().to_owned());
    alarm::tell_for_the_day(draft, CAP, about, None);
}

/// The mail is kept, and the head is asked whether it is theirs.
pub(super) fn ask(draft: &mut Draft<'_>, arrival: &Arrival, by: By<'_>, words: &str) {
    machine::put_aside(draft, arrival, Reason::Unconfirmed);
    let state = draft.world.payroll(by.month.name, by.month.period);
    let now = draft.given.now;
    let own = state.unproven.iter();
    let own = own.filter(|(_, one)| one.by == *by.agent && waits(one, now));
    let own: Vec<RawId> = own.map(|(raw, _)| *raw).collect();
    if let Some(oldest) = own.first().filter(|_| own.len() >= WAITING_MAX) {
        if may_be_told(draft, by, (NotTaken::Many, oldest.0)) {
            let letter = PayrollLetter {
                what: "confirm_many".to_owned(),
                asked: words.trim().to_owned(),
                ..PayrollLetter::default()
            };
            let key = format!("confirm_many:{}", arrival.raw);
            let letter = (letter, &[][..], None);
            send_head_about(draft, (by.month, by.mark), (by.agent, &key), letter);
        }
        return;
    }
    let fact = PayrollFact::Unproven {
        raw: arrival.raw,
        by: by.agent.clone(),
    };
    happened(draft, by.month, fact, (Reason::Unconfirmed, None));
    let raw = arrival.raw;
    let letter = PayrollLetter {
        asked: words.trim().to_owned(),
        came_with: arrival.file_names(),
        tables: facts::tables(arrival),
        ..PayrollLetter::default()
    };
    send(draft, by, raw, (&format!("confirm:{raw}"), letter));
}

fn send(draft: &mut Draft<'_>, by: By<'_>, raw: RawId, (key, letter): (&str, PayrollLetter)) {
    let letter = PayrollLetter {
        what: "confirm".to_owned(),
        ..letter
    };
    let mark = PayrollMark {
        confirms: Some(raw),
        ..by.mark.clone()
    };
    send_head_about(
        draft,
        (by.month, &mark),
        (by.agent, key),
        (letter, &[], None),
    );
}

fn waits(one: &Unproven, now: Timestamp) -> bool {
    let passed = now.duration_since(one.at);
    one.is_own.is_none() && passed <= SignedDuration::from_hours(DAYS.saturating_mul(24))
}

/// The head says whether a mail is theirs.
pub(super) fn answered(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    by: By<'_>,
    (raw, words): (RawId, &str),
) {
    let state = draft.world.payroll(by.month.name, by.month.period);
    let asked = state.unproven.get(&raw).filter(|one| one.by == *by.agent);
    if !asked.is_some_and(|one| waits(one, draft.given.now)) {
        if !may_be_told(draft, by, (NotTaken::Over, raw.0)) {
            return machine::put_aside(draft, arrival, Reason::PayrollUnclear);
        }
        let letter = PayrollLetter {
            what: "confirm_over".to_owned(),
            ..PayrollLetter::default()
        };
        let key = format!("confirm_over:{}", arrival.raw);
        machine::put_aside(draft, arrival, Reason::CodeOver);
        return send_head_about(
            draft,
            (by.month, by.mark),
            (by.agent, &key),
            (letter, &[], None),
        );
    }
    let Some(is_yes) = said(words) else {
        if !may_be_told(draft, by, (NotTaken::NoWord, raw.0)) {
            return machine::put_aside(draft, arrival, Reason::PayrollUnclear);
        }
        machine::put_aside(draft, arrival, Reason::CodeUnclear);
        let key = format!("confirm:{raw}:{}", arrival.raw);
        return send(draft, by, raw, (&key, PayrollLetter::default()));
    };
    let reason = match is_yes {
        true => Reason::OwnUp,
        false => Reason::Disowned,
    };
    machine::put_aside(draft, arrival, reason);
    let fact = PayrollFact::OwnWord {
        raw,
        by: by.agent.clone(),
        is_own: is_yes,
    };
    happened(draft, by.month, fact, (reason, None));
    if is_yes {
        draft.decision.orders.push(Order::TakeAgain {
            raw,
            again: Again::OwnOrder,
        });
    } else {
        let known = draft.given.policy.agents.get(by.agent);
        let address = known.map(|agent| agent.address.to_string());
        let about = (address.unwrap_or_default(), format!("mail:{raw}"));
        alarm::tell_for_the_day(draft, DISOWNED, about, None);
    }
}

fn said(words: &str) -> Option<bool> {
    let is_word = |word: &str| matches!(word, "подтверждаю" | "confirm" | "i confirm");
    match is_word(folded(words).trim_start_matches('#')) {
        true => Some(true),
        false => read_yes_no(words),
    }
}
