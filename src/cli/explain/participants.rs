//! Who reads along, and who was asked whether mails are theirs: events in words.

use super::decision::Explained;
use crate::model::{
    event::EventData,
    ids::{PersonId, RawId},
};

/// Whose it is, who reads along or does not any more, what a requester has asked for.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "all others have words elsewhere"
)]
pub(super) fn reading(
    data: &EventData,
    explained: &Explained<'_>,
) -> (&'static str, &'static str, String) {
    match data {
        EventData::OriginAsked(unsure) => {
            let may_be = explained.people(&unsure.candidates);
            let more = format!(
                "{} ({}) {may_be}",
                explained.agent(&unsure.agent),
                unsure.why
            );
            (
                "спрошен, чьё это обращение",
                "asked whose request it is",
                more,
            )
        }
        EventData::RequesterNamed { person, .. } => (
            "заявитель теперь",
            "the requester is now",
            explained.person(*person),
        ),
        EventData::ObserverProposed { person } => (
            "написал посторонний, сотрудник может его добавить",
            "an outsider has written, whom an agent may add",
            explained.person(*person),
        ),
        EventData::ObserverAdded { person } => (
            "добавлен, теперь читает и",
            "added, now reads along",
            explained.person(*person),
        ),
        EventData::ParticipantLeft { person } => (
            "больше не участвует",
            "takes part no more",
            explained.person(*person),
        ),
        EventData::AutomaticMailStopped => (
            "заявитель не хочет автоматических писем",
            "the requester wants no automatic mail",
            String::new(),
        ),
        EventData::MailHeld { .. }
        | EventData::ChallengeSent { .. }
        | EventData::ChallengeAnswered { .. } => asked(data, explained),
        other => wished(other),
    }
}

/// An agent is asked whether mails are theirs, and answers.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "all others have words elsewhere"
)]
fn asked(data: &EventData, explained: &Explained<'_>) -> (&'static str, &'static str, String) {
    let counted = |person: &PersonId, raws: &[RawId]| {
        format!("{}, {}", explained.person(*person), raws.len())
    };
    match data {
        EventData::MailHeld {
            person,
            is_automatic: true,
            ..
        } => (
            "похоже на автоответ, ждёт слова",
            "looks like an automatic reply, waits for the word of",
            explained.person(*person),
        ),
        EventData::MailHeld { person, .. } => (
            "ждёт, подтвердит ли его",
            "waits for the word of",
            explained.person(*person),
        ),
        EventData::ChallengeSent { person, raws, .. } => (
            "спрошен, его ли письма",
            "asked whether mails are theirs",
            counted(person, raws),
        ),
        EventData::ChallengeAnswered {
            person,
            is_yes: true,
            raws,
            ..
        } => (
            "подтвердил, что письма его",
            "said that mails are theirs",
            counted(person, raws),
        ),
        EventData::ChallengeAnswered { person, .. } => (
            "ответил, что письма не его",
            "said that mails are not theirs",
            explained.person(*person),
        ),
        other => (other.kind().0, other.kind().0, String::new()),
    }
}

/// What a requester asked for with one word.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "all others have words elsewhere in this room"
)]
fn wished(data: &EventData) -> (&'static str, &'static str, String) {
    let nothing = String::new();
    match data {
        EventData::Withdrawn => ("отменено заявителем", "cancelled by the requester", nothing),
        EventData::UrgencyDenied { limit } => (
            "срочно — больше, чем можно за месяц:",
            "urgent, more often than a month allows:",
            limit.to_string(),
        ),
        EventData::UrgencyAsked => (
            "заявитель просит срочно",
            "the requester says it is urgent",
            nothing,
        ),
        EventData::LanguageChosen { language } => (
            "язык писем",
            "language of mails",
            language.code().to_owned(),
        ),
        other => (other.kind().0, other.kind().0, nothing),
    }
}
