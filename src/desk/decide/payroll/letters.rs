//! Letters about a payroll month, each to its one reader, under a name that is a token of theirs.

use std::collections::BTreeSet;

use super::{
    columns,
    post::{With, send},
    reasons,
};
use crate::desk::{
    draft::Draft,
    payroll::{FileTold, MonthState, calendar_of, promised, queue_of_list},
    policy::PayrollPolicy,
    token::PayrollMark,
};
use crate::model::{
    address::Address,
    ids::{AgentName, PayrollName},
    language::Language,
    outgoing::{Body, Enclosures, MadeFile, PayFileLetter, PayrollLetter, PayrollReplaced, When},
    payroll::{DraftPart, PayFile},
};

/// A month of a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Month<'m> {
    pub(super) name: &'m PayrollName,
    pub(super) list: &'m PayrollPolicy,
    pub(super) period: &'m str,
}

impl Month<'_> {
    /// It is the month of a queue that no list pays by.
    pub(super) fn is_of_queue(self) -> bool {
        queue_of_list(self.name).is_some()
    }

    pub(super) fn mark(self, draft: u32) -> PayrollMark {
        PayrollMark {
            list: self.name.clone(),
            period: self.period.to_owned(),
            draft,
            confirms: None,
        }
    }
}

/// Sends a head a letter about a draft; what is the same in all of them is filled in here.
pub(super) fn send_head(
    draft: &mut Draft<'_>,
    (month, number): (Month<'_>, u32),
    reader: (&AgentName, &str),
    (letter, files): (PayrollLetter, &[MadeFile]),
) {
    let mark = month.mark(number);
    send_head_about(draft, (month, &mark), reader, (letter, files, None));
}

/// The same of a letter that is about something of its own.
pub(super) fn send_head_about(
    draft: &mut Draft<'_>,
    (month, mark): (Month<'_>, &PayrollMark),
    (reader, key): (&AgentName, &str),
    (letter, files, passed_on): (PayrollLetter, &[MadeFile], Option<Enclosures>),
) {
    let Some(agent) = draft.given.policy.agents.get(reader) else {
        return;
    };
    let Some(person) = draft.agent_person(reader) else {
        return;
    };
    let day = day_of(draft, month);
    let is_of_figures = matches!(letter.what.as_str(), "draft" | "redraft" | "sent");
    let mut aims = letter.aims;
    let letter = PayrollLetter {
        is_month: month.is_of_queue(),
        has_page: draft.given.policy.director_review.is_some(),
        reasons: match is_of_figures {
            true => reasons::beside(draft, (month, reader), &mut aims),
            false => Vec::new(),
        },
        aims,
        list: month.list.title.clone(),
        period: month.period.to_owned(),
        number: mark.draft,
        code: draft.given.key.payroll_code(mark, &agent.address),
        day,
        ..letter
    };
    let to = (person, &agent.address);
    // A question is answered to whoever asks.
    let answer_to = letter.asker.clone();
    let is_reply = REPLIES.contains(&letter.what.as_str());
    let body = |address| {
        Body::Payroll(PayrollLetter {
            address: Some(address),
            ..letter
        })
    };
    let with = With {
        files,
        answer_to,
        passed_on,
        is_reply,
    };
    send(draft, (month, mark), (to, key), (body, with));
}

/// What heads are sent since a mail has come: there may be a program behind it.
const REPLIES: [&str; 6] = [
    "answer",
    "asked",
    "confirm",
    "confirm_many",
    "confirm_over",
    "foreign",
];

/// When the file is promised, as far as the month has a draft.
fn day_of(draft: &Draft<'_>, month: Month<'_>) -> Option<When> {
    let calendar = calendar_of(month.list, draft.given.policy).filter(|_| !month.is_of_queue())?;
    let state = draft.world.payroll(month.name, month.period);
    let period = state.period(month.period, calendar.zone())?;
    let at = promised(month.list.day, calendar, &period)?;
    Some(When {
        at,
        zone: calendar.zone_name.clone(),
    })
}

/// How accountants are sent a file.
#[derive(Debug, Clone, Copy)]
pub(super) enum How<'h> {
    /// For the first time, with what is told of it then.
    First(&'h FileTold),
    /// There is none on its day, for this reason, as a code.
    Missing(&'h str),
    /// Once more, to these of them; and what tells this time from others.
    Again(&'h [Address], &'h str),
}

/// Sends accountants the file, or says whose approval it waits for.
pub(super) fn send_file(draft: &mut Draft<'_>, month: Month<'_>, state: &MonthState, how: How<'_>) {
    let drafted = state.drafted.as_ref().map(|drafted| &drafted.draft);
    let waits_for = state.waits_for();
    let named = |draft: &Draft<'_>, all: &mut dyn Iterator<Item = &AgentName>| {
        all.map(|agent| draft.agent_name(agent)).collect::<Vec<_>>()
    };
    let parts = drafted.into_iter().flat_map(|drafted| &drafted.parts);
    let by = approved_by(draft, month, (state, parts));
    let pay = drafted.and_then(|drafted| drafted.pay.clone());
    let file = pay.as_ref().filter(|_| state.frozen.is_some());
    let calendar = calendar_of(month.list, draft.given.policy);
    let zone = calendar.map(|calendar| calendar.zone_name.clone());
    let none = told_again(state);
    let told = match how {
        How::First(told) => told,
        How::Again(..) | How::Missing(_) => &none,
    };
    let letter = PayFileLetter {
        list: month.list.title.clone(),
        period: month.period.to_owned(),
        code: String::new(),
        is_missing: file.is_none(),
        why: why_missing(state, how).to_owned(),
        waits_for: named(draft, &mut waits_for.iter()),
        file: file
            .map(|file| file.called().to_owned())
            .unwrap_or_default(),
        version: state.frozen.map_or(0, |(version, _)| version),
        rows: file.map_or(0, |file| file.rows),
        sums: file.map(|file| file.sums.clone()).unwrap_or_default(),
        sha256: file.map(|file| file.sha256.clone()).unwrap_or_default(),
        replaced: replaced(file),
        head_hash: drafted.map(|one| one.head_hash.clone()).unwrap_or_default(),
        approved_by: by,
        approved_at: state
            .frozen
            .zip(zone)
            .map(|((_, at), zone)| When { at, zone }),
        is_again: matches!(how, How::Again(..)) && file.is_some(),
        restated: told.restated.clone(),
        restated_more: told.restated_more,
        people: told.people.clone(),
        notes: told.notes.clone(),
        lacking: told.lacking.clone(),
        spread: told.spread,
        scores: drafted.map(|one| one.scores.clone()).unwrap_or_default(),
    };
    let files = files_sent((month, state), told);
    let mark = month.mark(0);
    let key = if files.is_empty() { "awaited" } else { "file" };
    let (readers, key) = match how {
        How::First(..) | How::Missing(_) => (month.list.to.as_slice(), key.to_owned()),
        How::Again(readers, time) => (readers, format!("{key}:{time}")),
    };
    for reader in readers {
        let person = draft.person(reader, None, Some(month.list.language));
        let code = draft.given.key.payroll_code(&mark, reader);
        let own = PayFileLetter {
            code,
            ..letter.clone()
        };
        let body = |_| Body::PayFile(own);
        let to = (person, reader);
        let with = With {
            files: &files,
            answer_to: None,
            passed_on: None,
            is_reply: matches!(how, How::Again(..)),
        };
        send(draft, (month, &mark), (to, &key), (body, with));
    }
}

/// Who has approved a month, as accountants read it.
fn approved_by<'p>(
    draft: &Draft<'_>,
    month: Month<'_>,
    (state, parts): (&'p MonthState, impl Iterator<Item = &'p DraftPart>),
) -> Vec<String> {
    let approved = parts.filter_map(|part| {
        let is_at_terminal = state.approved_at_terminal(part).is_some();
        Some((state.approved_by(part)?, is_at_terminal))
    });
    let all: BTreeSet<(&AgentName, bool)> = approved.collect();
    let told = all.into_iter().map(|(agent, is_at_terminal)| {
        let name = draft.agent_name(agent);
        match (is_at_terminal, month.list.language) {
            (false, _) => name,
            (true, Language::Ru) => format!("{name} (утверждено администратором в терминале)"),
            (true, Language::En) => {
                format!("{name} (approved by the administrator at the terminal)")
            }
        }
    });
    told.collect()
}

/// Once more accountants are told what each employee came to, as with the first.
fn told_again(state: &MonthState) -> FileTold {
    FileTold {
        people: state.people.clone(),
        ..FileTold::default()
    }
}

/// The file, and what comes along with it; nothing, as long as it is not approved.
fn files_sent((month, state): (Month<'_>, &MonthState), told: &FileTold) -> Vec<MadeFile> {
    let drafted = state.drafted.as_ref().filter(|_| state.frozen.is_some());
    let Some((drafted, pay)) = drafted.and_then(|one| Some((one, one.draft.pay.as_ref()?))) else {
        return Vec::new();
    };
    let file = MadeFile {
        name: pay.name.clone(),
        shown: pay.shown.clone(),
        media_type: pay.media_type.clone(),
        base64: drafted.file.clone(),
        content_id: None,
    };
    // What the columns mean stands beside it.
    [file, columns::described(month.list.language)]
        .into_iter()
        .chain(told.files.iter().cloned())
        .collect()
}

/// Why there is no file, where not for want of an approval.
pub(super) fn why_missing<'h>(state: &MonthState, how: How<'h>) -> &'h str {
    let mut drafted = state.drafted.iter();
    match how {
        How::Missing(why) if !why.is_empty() => why,
        How::Missing(_) | How::First(..) | How::Again(..) => {
            match drafted.any(|one| !one.draft.nameless.is_empty()) {
                true => "nameless",
                false => "",
            }
        }
    }
}

/// Letters that the file's encoding lacks.
fn replaced(file: Option<&PayFile>) -> Vec<PayrollReplaced> {
    let told = file.and_then(|file| PayrollReplaced::of(file.called(), &file.replaced));
    told.into_iter().collect()
}
