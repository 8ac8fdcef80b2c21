//! What happened, in words: one line for every kind of event there is.

use super::{
    super::words::{Words, line},
    answers, changes, clocks,
    closing::closed,
    decision::Explained,
    escalations, following, house, looking, participants, people, queues,
};
use crate::{
    model::{
        event::{Actor, EventData},
        ticket::{Exclusion, Side},
    },
    store::history::StoredEvent,
};

/// What a stored event says; `None` where this program does not know its kind.
pub(super) fn parse(event: &StoredEvent) -> Option<EventData> {
    serde_json::from_str(&event.data).ok()
}

/// The line. `private` are the words kept apart: a subject, what a server said.
#[expect(
    clippy::too_many_lines,
    reason = "a table: a line for every kind of event there is"
)]
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "all others have words elsewhere in this room"
)]
pub(super) fn in_words(
    data: &EventData,
    private: Option<&str>,
    explained: &Explained<'_>,
) -> String {
    let words = private.unwrap_or_default();
    let private = line(words);
    let (ru, en, more) = match data {
        EventData::PersonListed { .. }
        | EventData::PersonUnlisted
        | EventData::PersonErased(_)
        | EventData::SamePerson { .. }
        | EventData::AbsenceAnnounced(_)
        | EventData::AbsenceEnded
        | EventData::Preferred(_)
        | EventData::DirectoryTaken { .. }
        | EventData::DirectoryRefused { .. } => people::in_words(data, words, explained),
        EventData::TicketOpened(new) => {
            let (queue, who) = (explained.queue(&new.queue), explained.person(new.requester));
            let subject = match private.is_empty() {
                true => String::new(),
                false => format!("{private} "),
            };
            let more = format!("{subject}({queue}; {who})");
            ("открыто обращение", "ticket opened", more)
        }
        EventData::Answered { .. }
        | EventData::AnsweredOutside { .. }
        | EventData::AnsweredUnseen { .. }
        | EventData::AnswerUndone { .. }
        | EventData::CameBy { .. }
        | EventData::ResolvedOutside { .. }
        | EventData::Assigned { .. }
        | EventData::Unassigned { .. }
        | EventData::Linked { .. }
        | EventData::Continues { .. }
        | EventData::RepeatProposed { .. }
        | EventData::RepeatConfirmed { .. }
        | EventData::RepeatDenied { .. }
        | EventData::Resolved { .. } => answers::in_words(data, explained),
        EventData::TicketGiven { .. }
        | EventData::QueueFull { .. }
        | EventData::QueueRelieved
        | EventData::OwnerAsked(_)
        | EventData::OwnerReminded
        | EventData::OwnerQuestionOver
        | EventData::WaitsForRoom
        | EventData::WaitForRoomOver
        | EventData::QueueChanged { .. }
        | EventData::QueueChangeOver { .. } => queues::in_words(data, explained),
        EventData::CollaboratorsAdded { people } => {
            let people = explained.people(people);
            ("теперь читают и", "collaborators added", people)
        }
        EventData::MailWithheld { template, people } => {
            let template = explained.here.words.template(template);
            let more = format!("{template}, {}", explained.people(people));
            ("не отправлено", "not sent", more)
        }
        EventData::DeliveryFailed { person, status, .. } => {
            let status = status.as_deref().map(line).unwrap_or_default();
            let more = format!("{} {status} {private}", explained.person(*person));
            ("не доставлено", "not delivered", more)
        }
        EventData::OriginAsked(_)
        | EventData::RequesterNamed { .. }
        | EventData::Withdrawn
        | EventData::UrgencyDenied { .. }
        | EventData::UrgencyAsked
        | EventData::LanguageChosen { .. }
        | EventData::MailHeld { .. }
        | EventData::ChallengeSent { .. }
        | EventData::ChallengeAnswered { .. }
        | EventData::ObserverProposed { .. }
        | EventData::ObserverAdded { .. }
        | EventData::ParticipantLeft { .. }
        | EventData::AutomaticMailStopped => participants::reading(data, explained),
        data if changes::is_one(data) => changes::in_words(data, &private, explained),
        EventData::AlarmRaised { alarm, object, .. } => (
            "неполадка",
            "trouble",
            format!("{alarm}, {}, {private}", about(object, explained)),
        ),
        _ => escalations::in_words(data, &private, explained)
            .unwrap_or_else(|| in_plain_words(data, &explained.here.words)),
    };
    with_more(explained.here.words.pick(ru, en), &more)
}

fn with_more(said: &str, more: &str) -> String {
    if more.is_empty() {
        said.to_owned()
    } else {
        format!("{said}: {more}")
    }
}

const fn joined(side: Side, is_thanks: bool) -> (&'static str, &'static str) {
    match side {
        Side::Requester if is_thanks => (
            "письмо приложено к переписке с заявителем, в нём только благодарность",
            "the mail joined the requester's side; it says thanks and nothing else",
        ),
        Side::Requester => (
            "письмо приложено к переписке с заявителем",
            "the mail joined the requester's side",
        ),
        Side::Agents => (
            "письмо приложено к переписке сотрудников",
            "the mail joined the agents' side",
        ),
    }
}

/// What an agent has said of what a request is.
/// Events that name nobody: the words in both languages, and what follows them.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "all others have words elsewhere in this room"
)]
fn in_plain_words(data: &EventData, words: &Words) -> (&'static str, &'static str, String) {
    let nothing = String::new();
    match data {
        EventData::MessageJoined {
            side, is_thanks, ..
        } => {
            let (ru, en) = joined(*side, *is_thanks);
            (ru, en, nothing)
        }
        EventData::MessageSent { template, .. } => {
            let template = words.template(template).to_owned();
            ("написано письмо", "a mail was written", template)
        }
        EventData::DuplicateSeen { mailbox, .. } => (
            "копия того же письма, ящик",
            "a copy of the same mail, mailbox",
            mailbox.to_string(),
        ),
        EventData::AnswerHeld(held) => answers::waiting(held),
        EventData::NoteAdded { .. } => {
            ("заметка для сотрудников", "a note for the agents", nothing)
        }
        EventData::Merged { into } => (
            "та же переписка, что и обращение",
            "the same conversation as ticket",
            into.to_string(),
        ),
        EventData::TookIn { ticket } => (
            "присоединено обращение",
            "took in ticket",
            ticket.to_string(),
        ),
        EventData::LinkedTo { ticket } => (
            "связано с обращением",
            "linked with ticket",
            ticket.to_string(),
        ),
        EventData::Excluded { why } => match why {
            Exclusion::Spam => ("спам: не учитывается", "spam: it does not count", nothing),
        },
        EventData::Included => ("снова учитывается", "it counts again", nothing),
        EventData::StateChanged { state } => {
            let state = words.state(*state).to_owned();
            ("состояние", "state", state)
        }
        EventData::Closed { by } => {
            let (ru, en) = closed(*by);
            (ru, en, nothing)
        }
        EventData::Reopened => ("снова в работе", "reopened", nothing),
        EventData::Rated { score } => ("оценка", "rated", score.to_string()),
        EventData::AddressSilenced { until } => (
            "адрес не читают, автоматических писем туда не будет до",
            "nobody reads mail there, nothing automatic is sent until",
            words.time(*until),
        ),
        EventData::AddressHeard => (
            "с адреса снова пришло письмо",
            "mail came from the address again",
            nothing,
        ),
        EventData::CommandRefused { command } => (
            "команда не выполнена",
            "the command was not carried out",
            line(command),
        ),
        _ => clocks::in_words(data, words)
            .or_else(|| looking::in_words(data))
            .or_else(|| following::in_words(data, words))
            .unwrap_or_else(|| house::in_words(data, words)),
    }
}

/// What an alarm is about: somebody by name, where it is a person.
fn about(object: &str, explained: &Explained<'_>) -> String {
    match Actor::from_code(object) {
        Some(Actor::Person(id)) => explained.person(id),
        Some(Actor::Okno | Actor::Operator) | None => object.to_owned(),
    }
}
