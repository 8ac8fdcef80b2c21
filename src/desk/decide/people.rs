//! The people directory was read: it is taken as it is, or refused as a whole and the administrator told.

use jiff::SignedDuration;
use serde_json::json;

use super::condition::{Patience, note};
use crate::{
    desk::{
        decide::finish,
        decision::{Decision, Given},
        draft::{Draft, Voice},
        people::{Changes, DirectoryFile, Roster, objections, reconcile},
        reason::Reason,
        world::World,
    },
    model::{
        alarm::{Condition, DIRECTORY},
        event::{Actor, EventData, Stream},
        person::{Entry, Kind, ListedWords, Person},
    },
};

/// Whoever mends a file and breaks it again is told so at once, but a file that is written anew every minute is not
/// answered every minute.
const TELL_AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(10);

/// Decides on a directory that was read, or could not be.
pub(super) fn decide_directory(file: &DirectoryFile, world: &World, given: &Given<'_>) -> Decision {
    let mut draft = Draft::new(given, world, Voice::okno(given.now), Reason::DirectoryTaken);
    let Some(roster) = world.roster() else {
        return draft.done();
    };
    if file.is_confirmed {
        draft.voice.actor = Actor::Operator;
        draft.decision.reason = Reason::DirectoryConfirmed;
    }
    draft.decision.facts = json!({ "file": file.file, "sha256": file.sha256 });
    match &file.found {
        Err(lines) => refuse(&mut draft, file, Reason::DirectoryFaulty, lines),
        Ok(entries) => {
            let policy = given.policy;
            let changes = reconcile(roster, entries, || draft.next_person(), policy.language);
            match objections(file, roster, &changes.gone, policy) {
                Some((reason, lines)) => refuse(&mut draft, file, reason, &lines),
                None => take(&mut draft, (file, entries), roster, changes),
            }
        }
    }
    finish(draft, None)
}

/// Nothing of it is taken.
fn refuse(draft: &mut Draft<'_>, file: &DirectoryFile, reason: Reason, lines: &[String]) {
    draft.decision.reason = reason;
    let last = draft.world.roster().and_then(|roster| roster.last.as_ref());
    let is_news = last.is_none_or(|last| !last.is_refused || last.sha256 != file.sha256);
    let detail = lines.join("\n");
    if is_news {
        let data = EventData::DirectoryRefused {
            sha256: file.sha256.clone(),
        };
        draft.happened_elsewhere(Stream::Directory, data, reason, Some(detail.clone()));
    }
    tell(draft, file, (detail, false), is_news);
}

/// It is the truth from now on.
fn take(
    draft: &mut Draft<'_>,
    (file, entries): (&DirectoryFile, &[Entry]),
    roster: &Roster,
    changes: Changes,
) {
    let reason = draft.decision.reason;
    let last = roster.last.as_ref();
    let is_known = last.is_some_and(|last| !last.is_refused && last.sha256 == file.sha256);
    if is_known && changes == Changes::default() {
        draft.decision.reason = Reason::NothingToDo;
    } else {
        let shared = entries
            .iter()
            .filter(|entry| entry.kind == Kind::Shared)
            .count();
        let data = EventData::DirectoryTaken {
            sha256: file.sha256.clone(),
            people: count(entries.len().saturating_sub(shared)),
            shared: count(shared),
            changed: count(changes.listed.len()),
            gone: count(changes.gone.len()),
        };
        draft.happened_elsewhere(Stream::Directory, data, reason, None);
        change(draft, changes);
    }
    tell(draft, file, (String::new(), true), false);
}

fn count(many: usize) -> u64 {
    u64::try_from(many).unwrap_or(u64::MAX)
}

/// Everybody whom it concerns.
fn change(draft: &mut Draft<'_>, changes: Changes) {
    for person in &changes.same {
        let reason = match person.same_as {
            Some(_) => Reason::SameByDirectory,
            None => Reason::OwnByDirectory,
        };
        let data = EventData::SamePerson {
            person: person.same_as,
        };
        draft.happened_to(person.id, data, reason, None);
    }
    for person in &changes.listed {
        let data = EventData::PersonListed {
            is_shared: person
                .listed()
                .is_some_and(|listed| listed.kind == Kind::Shared),
            language: person.listed().and_then(|listed| listed.language),
            addresses: count(person.addresses().count()),
        };
        draft.happened_to(person.id, data, Reason::Listed, words_of(person));
    }
    for person in &changes.gone {
        draft.happened_to(person.id, EventData::PersonUnlisted, Reason::Unlisted, None);
    }
    let people = changes.same.into_iter().chain(changes.poorer);
    let people = people.chain(changes.gone).chain(changes.listed);
    draft.decision.people.extend(people);
    draft.decision.addresses.extend(changes.addresses);
}

fn words_of(person: &Person) -> Option<String> {
    let listed = person.listed()?;
    let words = ListedWords {
        name: person.name.clone(),
        addresses: person.addresses().cloned().collect(),
        department: listed.department.clone(),
        employee_number: listed.employee_number.clone(),
        curator: listed.curator.clone(),
        position: listed.position.clone(),
    };
    serde_json::to_string(&words).ok()
}

/// The administrator hears of it the way of all alarms.
fn tell(
    draft: &mut Draft<'_>,
    file: &DirectoryFile,
    (detail, is_over): (String, bool),
    is_news: bool,
) {
    let patience = Patience {
        untold: TELL_AGAIN_AFTER,
        is_news,
    };
    // What was wrong with a file of another name is over too.
    let objects = match is_over {
        true => draft.world.standing(DIRECTORY),
        false => vec![file.file.clone()],
    };
    for object in objects {
        let condition = Condition {
            alarm: DIRECTORY.to_owned(),
            object,
            detail: detail.clone(),
            since: draft.given.now,
            is_over,
            figures: None,
        };
        note(draft, &condition, patience);
    }
}
