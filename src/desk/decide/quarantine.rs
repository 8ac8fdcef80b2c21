//! The administrator answers a letter that lists the quarantine: what is released, what is thrown away.

use super::operation::end_quarantine;
use crate::desk::{alarm::About, arrival::Arrival, draft::Draft, identity, reason::Reason};
use crate::model::{
    event::{Role, Trust},
    ids::WorkId,
    outgoing::{Body, Class, QuarantineAnswer},
};

/// For so many minutes a letter may be answered: thirty days.
const VALID_MINUTES: i64 = 30 * 24 * 60;

/// Whether this is such an answer, and then all that follows.
pub(super) fn was_answered(draft: &mut Draft<'_>, arrival: &Arrival) -> bool {
    let Some((minutes, behind)) = arrival.quarantine_letter(draft.given.key) else {
        return false;
    };
    let author = arrival.author().map(|(address, _)| address);
    if author.as_ref() != Some(&draft.given.policy.administrator) {
        return false;
    }
    let Some(speaker) = identity::recognise(arrival, None, draft) else {
        return false;
    };
    let age = draft
        .given
        .now
        .as_second()
        .div_euclid(60)
        .saturating_sub(minutes);
    // The code was sent to the administrator alone.
    let trust = match speaker.trust {
        Trust::Claimed if age <= VALID_MINUTES => Trust::Token,
        trust @ (Trust::Suspicious | Trust::Claimed | Trust::Token | Trust::Proven) => trust,
    };
    (draft.voice.role, draft.voice.trust) = (Role::House, trust);
    if trust < Trust::Token {
        super::machine::put_aside(draft, arrival, Reason::NotTrusted);
        answer(draft, arrival, Done::default());
        return true;
    }
    let words = match behind.trim() {
        "" => arrival.new_text().to_owned(),
        behind => behind.to_owned(),
    };
    let mut done = Done {
        is_believed: true,
        ..Done::default()
    };
    super::machine::put_aside(draft, arrival, Reason::QuarantineAnswered);
    for (reason, which) in orders_in(&words) {
        carry_out(draft, (reason, which), &mut done);
    }
    draft.decision.reason = Reason::QuarantineAnswered;
    answer(draft, arrival, done);
    true
}

/// What an answer came to.
#[derive(Debug, Default)]
struct Done {
    is_believed: bool,
    released: Vec<i64>,
    discarded: Vec<i64>,
    begun: Vec<i64>,
    unknown: Vec<i64>,
}

fn carry_out(draft: &mut Draft<'_>, (reason, which): (Reason, Which), done: &mut Done) {
    let works = match which {
        Which::These(works) => works,
        Which::All => draft
            .world
            .quarantine()
            .iter()
            .map(|one| one.work)
            .collect(),
    };
    for work in works {
        let is_done = done.released.contains(&work.0) || done.discarded.contains(&work.0);
        let is_there = draft.world.quarantine().iter().any(|one| one.work == work);
        if is_there && reason == Reason::Discarded && is_begun(draft, work) {
            done.begun.push(work.0);
        } else if is_done || !is_there || !end_quarantine(draft, work, reason) {
            done.unknown.extend((!is_done).then_some(work.0));
        } else if reason == Reason::Released {
            done.released.push(work.0);
        } else {
            done.discarded.push(work.0);
        }
    }
}

/// Whether somebody is half erased by this work.
fn is_begun(draft: &Draft<'_>, work: WorkId) -> bool {
    let quarantined = draft.world.quarantined(work);
    quarantined.is_some_and(|one| one.is_begun_erasure)
}

/// Which work an order means.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Which {
    These(Vec<WorkId>),
    All,
}

/// The orders among these words: a line each that begins with one.
fn orders_in(words: &str) -> Vec<(Reason, Which)> {
    let lines = words.lines().take(LINES_MAX);
    lines.filter_map(order_in).collect()
}

const LINES_MAX: usize = 200;

fn order_in(line: &str) -> Option<(Reason, Which)> {
    let line = line.trim().trim_start_matches('#').to_lowercase();
    let mut words = line.split(|c: char| c.is_whitespace() || ",;.".contains(c));
    let reason = match words.next()? {
        "выпустить" | "release" => Reason::Released,
        "выбросить" | "discard" => Reason::Discarded,
        _ => return None,
    };
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    if matches!(words.as_slice(), ["все" | "всё" | "all"]) {
        return Some((reason, Which::All));
    }
    // A word that is no number makes it a sentence.
    let numbers: Option<Vec<WorkId>> = words
        .iter()
        .map(|word| word.parse().ok().map(WorkId))
        .collect();
    let numbers = numbers.filter(|numbers| !numbers.is_empty())?;
    Some((reason, Which::These(numbers)))
}

fn answer(draft: &mut Draft<'_>, arrival: &Arrival, done: Done) {
    let subject = arrival.reading.message.subject.as_deref();
    let body = Body::QuarantineAnswer(QuarantineAnswer {
        about: subject.unwrap_or_default().to_owned(),
        is_believed: done.is_believed,
        released: done.released,
        discarded: done.discarded,
        begun: done.begun,
        unknown: done.unknown,
    });
    let key = format!("quarantine_answer:{}", arrival.raw);
    draft.send_to_administrator(key, Class::Report, body, About::default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<(Reason, &[i64])>) {
        let found = order_in(line).map(|(reason, which)| match which {
            Which::These(works) => (reason, works.iter().map(|work| work.0).collect()),
            Which::All => (reason, vec![0]),
        });
        let expected = expected.map(|(reason, works)| (reason, works.to_vec()));
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn what_the_administrator_may_say() {
        check("выпустить 12", Some((Reason::Released, &[12])));
        check("  Выбросить 12, 13 и 14", None);
        check("#Выбросить 12, 13.", Some((Reason::Discarded, &[12, 13])));
        check("release 7;8", Some((Reason::Released, &[7, 8])));
        check("discard all", Some((Reason::Discarded, &[0])));
        check("выбросить всё", Some((Reason::Discarded, &[0])));
        check("выбросить", None);
        check("Прошу выпустить 12", None);
        check("12", None);
    }
}
