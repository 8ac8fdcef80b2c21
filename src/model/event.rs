//! What happened, in the words history keeps.
//!
//! `EventData` is stored as text and hashed exactly so; it holds ids, codes, numbers and instants only. Words and
//! names of people go into [`Private`], the one part of history that may be erased.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    address::Address,
    classification::Property,
    clock::{ClockKind, Outcome},
    crossing::HeldAnswer,
    ids::{
        AgentName, DecisionId, DeliveryId, MailboxName, MessageId, MessageRow, PersonId, QueueName,
        RawId, TicketNumber, WorkId,
    },
    language::Language,
    origin::UnsureOrigin,
    outgoing::{Class, MailAct, Offer},
    ticket::{Exclusion, Side, State},
};

/// Whose history an event belongs to. Each stream counts its events from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "stream", content = "id", rename_all = "snake_case")]
pub enum Stream {
    /// A ticket's.
    Ticket(TicketNumber),
    /// A mailbox's: mails that belong to no ticket.
    Mailbox(MailboxName),
    /// A person's: what the people directory says of them.
    Person(PersonId),
    /// That of the people directory.
    Directory,
    /// The house's own: alarms, the fuse, operator commands.
    House,
}

impl Stream {
    /// `(stream_kind, stream_id)` as stored.
    #[must_use]
    pub fn key(&self) -> (&'static str, String) {
        match self {
            Self::Ticket(number) => ("ticket", number.to_string()),
            Self::Mailbox(name) => ("mailbox", name.to_string()),
            Self::Person(id) => ("person", id.to_string()),
            Self::Directory => ("configuration", "directory".to_owned()),
            Self::House => ("house", "house".to_owned()),
        }
    }
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// Somebody by mail.
    Person(PersonId),
    /// okno itself: a clock, a rule, a brake.
    Okno,
    /// The administrator at the terminal.
    Operator,
}

impl Actor {
    /// As stored: `person:12`, `okno`, `operator`.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Person(id) => format!("person:{id}"),
            Self::Okno => "okno".to_owned(),
            Self::Operator => "operator".to_owned(),
        }
    }
}

/// In which capacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Who asked.
    Requester,
    /// In Cc of who asked.
    Collaborator,
    /// Who answers.
    Agent,
    /// Who answers for those who answer.
    Head,
    /// Knows a tag or a Message-ID, but takes no part.
    Stranger,
    /// A machine that wrote to us.
    Machine,
    /// okno or its administrator.
    House,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 7] = [
        Self::Requester,
        Self::Collaborator,
        Self::Agent,
        Self::Head,
        Self::Stranger,
        Self::Machine,
        Self::House,
    ];

    /// The role of that name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Whether mails of this role take part in a conversation: what we send next names them in References.
    #[must_use]
    pub const fn takes_part(self) -> bool {
        match self {
            Self::Requester | Self::Collaborator | Self::Agent | Self::Head => true,
            Self::Stranger | Self::Machine | Self::House => false,
        }
    }

    /// The name stored and printed.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Requester => "requester",
            Self::Collaborator => "collaborator",
            Self::Agent => "agent",
            Self::Head => "head",
            Self::Stranger => "stranger",
            Self::Machine => "machine",
            Self::House => "house",
        }
    }
}

/// How far the sender of a mail is believed. Ordered: more is more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// Something is wrong with who this claims to be.
    Suspicious,
    /// The From line says so, nothing more.
    Claimed,
    /// Names a mail of ours that was sent to this address alone.
    Token,
    /// Our own MX vouches for the sender's domain (RFC 8601), or it is okno itself.
    Proven,
}

impl Trust {
    /// The name stored and printed.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Suspicious => "suspicious",
            Self::Claimed => "claimed",
            Self::Token => "token",
            Self::Proven => "proven",
        }
    }
}

/// Who ended a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedBy {
    /// The agent, without asking.
    Agent,
    /// The requester said that all is well.
    Requester,
    /// Nobody objected in time.
    Silence,
    /// The site wants no old tickets when okno begins to do everything on their mailbox.
    Switch,
}

/// What a ticket is born with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTicket {
    /// Who answers.
    pub queue: QueueName,
    /// Where it came in.
    pub mailbox: MailboxName,
    /// The tag's prefix for ever.
    pub prefix: String,
    /// Who asked.
    pub requester: PersonId,
    /// Who else was addressed.
    pub collaborators: Vec<PersonId>,
    /// In which language.
    pub language: Language,
    /// The mail.
    pub message: MessageRow,
}

/// What happened. The kind and version of each is stored beside it; a stored kind is never given another meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EventData {
    /// A mail became a ticket. Private: its subject.
    TicketOpened(NewTicket),
    /// A mail took its place in a conversation.
    MessageJoined {
        /// The mail.
        message: MessageRow,
        /// Which side it is on.
        side: Side,
        /// Its Message-ID, which later mails name in References.
        message_id: MessageId,
    },
    /// A mail of ours took its place in a conversation.
    MessageSent {
        /// The mail.
        message: MessageRow,
        /// Which side it is on.
        side: Side,
        /// Its Message-ID.
        message_id: MessageId,
        /// Which template: `acknowledgement`, `card`, `reply`, ...
        template: String,
        /// A person's words relayed, or a machine's.
        class: Class,
        /// The words it offers as whole answers; since version 2.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        offers: Option<Offer>,
        /// Another person's copy of the mail before it, under an id of its own; since version 3.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_copy: bool,
    },
    /// The same mail came by a second way; nothing else happened.
    DuplicateSeen {
        /// The mail it repeats.
        message: MessageRow,
        /// Where the copy lay.
        mailbox: MailboxName,
    },
    /// An agent answered the requester.
    Answered {
        /// The agent's mail.
        message: MessageRow,
        /// Who.
        agent: AgentName,
    },
    /// The requester was answered without okno: from the shared mailbox, or from an agent's own address.
    AnsweredOutside {
        /// The mail.
        message: MessageRow,
        /// Who, where the mail says it for sure.
        agent: Option<AgentName>,
    },
    /// Somebody answered a mail from our mailbox that okno never saw: the requester had an answer by then.
    AnsweredUnseen {
        /// The mail that answers it, which is all that shows it.
        message: MessageRow,
        /// What it answers.
        answer: MessageId,
    },
    /// The answer without okno was the last word for long enough: it resolved the ticket, at the instant it was sent.
    ResolvedOutside {
        /// The mail.
        message: MessageRow,
        /// Who wrote it, where that is known.
        agent: Option<AgentName>,
    },
    /// The mail that opened the ticket was written to another address of its mailbox than the one it is answered from.
    CameBy {
        /// An alias or a former address of the configuration.
        address: Address,
    },
    /// An agent brings somebody's request, and it is not sure whose: the agent is asked before anybody is written to.
    OriginAsked(UnsureOrigin),
    /// It is known whose request it is.
    RequesterNamed {
        /// Who asks.
        person: PersonId,
        /// In which language they are answered.
        language: Language,
    },
    /// An agent's answer waits for their word: a colleague's went out just before it, unseen by them.
    AnswerHeld(HeldAnswer),
    /// A note for the agents alone.
    NoteAdded {
        /// The mail that holds it.
        message: MessageRow,
    },
    /// An agent says that another ticket has to do with it.
    LinkedTo {
        /// Which.
        ticket: TicketNumber,
    },
    /// It turned out to be another ticket's conversation: what comes for it goes there.
    Merged {
        /// The ticket that goes on.
        into: TicketNumber,
    },
    /// The other side of that: this ticket goes on for both.
    TookIn {
        /// The ticket that ended.
        ticket: TicketNumber,
    },
    /// An agent is responsible from now on.
    Assigned {
        /// Who.
        agent: AgentName,
    },
    /// One mail was for several queues: each has its own ticket, and what is added to one reaches all.
    Linked {
        /// The others.
        tickets: Vec<TicketNumber>,
    },
    /// The mail that opened it answers a ticket that was closed too long ago to be reopened.
    Continues {
        /// That ticket.
        ticket: TicketNumber,
    },
    /// The requester does not need it any more: it ends, and no promise is judged.
    Withdrawn,
    /// The requester says that it cannot wait.
    UrgencyAsked,
    /// The requester is answered in another language from now on.
    LanguageChosen {
        /// Which.
        language: Language,
    },
    /// The same requester has asked the same lately, as far as likeness shows.
    RepeatProposed {
        /// The earlier ticket.
        of: TicketNumber,
        /// How many of a hundred parts of the text are the same.
        likeness: u8,
    },
    /// An agent says that it repeats an earlier ticket: only this counts, as far as the agent is believed.
    RepeatConfirmed {
        /// The earlier ticket.
        of: TicketNumber,
        /// Who.
        agent: AgentName,
    },
    /// An agent says that it repeats no other, whatever was proposed or said.
    RepeatDenied {
        /// The earlier ticket.
        of: TicketNumber,
        /// Who.
        agent: AgentName,
    },
    /// More people take part.
    CollaboratorsAdded {
        /// Who.
        people: Vec<PersonId>,
    },
    /// Somebody who knows the ticket and takes no part wrote: an agent may let them read along.
    ObserverProposed {
        /// Who.
        person: PersonId,
    },
    /// An agent lets somebody read along.
    ObserverAdded {
        /// Who.
        person: PersonId,
    },
    /// Somebody does not want to read along any more.
    ParticipantLeft {
        /// Who.
        person: PersonId,
    },
    /// The requester wants no automatic mail about the ticket any more; what people write still comes.
    AutomaticMailStopped,
    /// The ticket is in another state, where no other event says so: open, pending, on hold.
    StateChanged {
        /// The state from now on.
        state: State,
    },
    /// An agent says that it is done.
    Resolved {
        /// The agent's mail.
        message: MessageRow,
        /// Who.
        agent: AgentName,
    },
    /// The requester, or silence, ended it.
    Closed {
        /// Who ended it.
        by: ClosedBy,
    },
    /// It came back.
    Reopened,
    /// The requester rated the work, 1 to 5.
    Rated {
        /// The score.
        score: u8,
    },
    /// A promise was made.
    ClockStarted {
        /// Which clock.
        clock: ClockKind,
        /// The promise in seconds of business time.
        target_secs: i64,
        /// By when.
        due_at: Timestamp,
    },
    /// An agent has moved the day of a promise; it is judged by the first one all the same. Why is kept apart.
    DeadlineMoved {
        /// Which clock.
        clock: ClockKind,
        /// By when it is promised now.
        due_at: Timestamp,
    },
    /// An agent says what the request is. Why is kept apart.
    Classified {
        /// One thing of it.
        #[serde(flatten)]
        property: Property,
    },
    /// It is another department's from now on, and nobody's there yet. Why is kept apart.
    Transferred {
        /// Whose.
        queue: QueueName,
        /// The mailbox it is answered from.
        mailbox: MailboxName,
    },
    /// A clock stands still: whoever must act next is not the agent.
    ClockPaused {
        /// Which clock.
        clock: ClockKind,
        /// Business time left, in seconds.
        left_secs: i64,
    },
    /// A clock goes on.
    ClockResumed {
        /// Which clock.
        clock: ClockKind,
        /// By when it is due now.
        due_at: Timestamp,
    },
    /// The ticket waits for a third party.
    WaitsUntil {
        /// When the agent is to be reminded of it.
        until: Timestamp,
    },
    /// The ticket counts as no request at all, and is closed.
    Excluded {
        /// Why.
        why: Exclusion,
    },
    /// It counts again, as if it always had: its clocks run from when it came.
    Included,
    /// A clock was judged, once, with whose it was: this is what KPI reads and never computes again. The policy is the
    /// decision's.
    ClockJudged {
        /// Which clock.
        clock: ClockKind,
        /// Met or breached.
        outcome: Outcome,
        /// The promise.
        due_at: Timestamp,
        /// When what was promised happened; `None` for a breach seen while it had not.
        satisfied_at: Option<Timestamp>,
        /// From when time counted.
        started_at: Timestamp,
        /// The promise in seconds of business time.
        target_secs: i64,
        /// Whose queue the ticket was in.
        queue: QueueName,
        /// Who was responsible; `None`: nobody.
        agent: Option<AgentName>,
    },
    /// An automatic mail was not sent, and why is this event's reason.
    MailWithheld {
        /// Which template.
        template: String,
        /// To whom.
        people: Vec<PersonId>,
    },
    /// A mail of ours did not arrive. Private: what the other server said.
    DeliveryFailed {
        /// Which mail of the conversation, where it is one.
        message: Option<MessageRow>,
        /// To whom.
        person: PersonId,
        /// The enhanced or plain status code.
        status: Option<String>,
    },
    /// An answer did not reach the requester: it does not count as one.
    AnswerUndone {
        /// Our mail that bore it.
        message: MessageRow,
        /// Who had answered.
        agent: AgentName,
    },
    /// Nobody reads mail at a person's address: it is sent nothing automatic until then.
    AddressSilenced {
        /// Until when.
        until: Timestamp,
    },
    /// Mail came from that address again.
    AddressHeard,
    /// A command was not carried out; why is this event's reason.
    CommandRefused {
        /// The command's name.
        command: String,
    },
    /// A mail in an agent's name that nothing proves is kept: the agent is asked whether it is theirs.
    MailHeld {
        /// The mail.
        message: MessageRow,
        /// Its bytes.
        raw: RawId,
        /// Whose it is said to be.
        person: PersonId,
        /// The way it came by, as a code, where one was seen that may be confirmed for later mails.
        route: Option<String>,
        /// Who wrote it from an address that may be another of the person's; since version 2.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        other: Option<PersonId>,
        /// It is surely the person's, and perhaps a program has written it; since version 3.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_automatic: bool,
    },
    /// An agent is asked whether mails in their name are theirs. The code is of use once.
    ChallengeSent {
        /// Who is asked.
        person: PersonId,
        /// The one-time code.
        code: String,
        /// The mails.
        raws: Vec<RawId>,
        /// Until when an answer counts.
        expires_at: Timestamp,
    },
    /// They have answered.
    ChallengeAnswered {
        /// Who was asked.
        person: PersonId,
        /// The one-time code.
        code: String,
        /// Whether the mails are theirs.
        is_yes: bool,
        /// Mails that are taken once more.
        raws: Vec<RawId>,
        /// Ways that are theirs from now on.
        routes: Vec<String>,
        /// How long these hold.
        until: Timestamp,
    },
    /// The people directory says something new of a person. Private: [`super::person::ListedWords`].
    PersonListed {
        /// A mailbox that several people write from.
        is_shared: bool,
        /// The language to answer in.
        language: Option<Language>,
        /// How many addresses the person has.
        addresses: u64,
    },
    /// A person is no longer in the people directory. Their history stays.
    PersonUnlisted,
    /// A number turned out to be somebody else's, or is its own again.
    SamePerson {
        /// Whose; `None`: its own.
        person: Option<PersonId>,
    },
    /// The people directory was read and taken.
    DirectoryTaken {
        /// Of the file's bytes.
        sha256: String,
        /// How many people are in it.
        people: u64,
        /// How many shared mailboxes.
        shared: u64,
        /// Of how many it says something new.
        changed: u64,
        /// How many are no longer in it.
        gone: u64,
    },
    /// The people directory was read and refused as a whole. Private: what is wrong, a line each.
    DirectoryRefused {
        /// Of the file's bytes; empty where they could not be read.
        sha256: String,
    },
    /// A mail that opens no ticket and joins none was put aside, readable for the administrator.
    SetAside,
    /// An order about mails that waited was carried out; who gave it and why is this event's actor and reason.
    MailOrdered {
        /// What was ordered.
        act: MailAct,
        /// How many deliveries it was done to.
        count: u64,
        /// Those it came too late for: being sent, sent, or perhaps sent.
        too_late: Vec<DeliveryId>,
    },
    /// A mail was kept apart until the administrator says what becomes of it. Private: by what.
    MailQuarantined {
        /// The mail.
        raw: RawId,
    },
    /// Quarantined work is tried once more.
    WorkReleased {
        /// The work.
        work: WorkId,
        /// The mail, where it is one.
        raw: Option<RawId>,
    },
    /// Quarantined work is never tried again; a mail stays stored.
    WorkDiscarded {
        /// The work.
        work: WorkId,
        /// The mail, where it is one.
        raw: Option<RawId>,
    },
    /// Something needs the administrator. Private: the words.
    AlarmRaised {
        /// Which: `login`, `outbox`, `quarantine`, `fuse`, `undelivered`.
        alarm: String,
        /// Of which mailbox, relay or address.
        object: String,
        /// Whether the administrator was written to.
        is_told: bool,
    },
    /// It does not any more.
    AlarmOver {
        /// Which.
        alarm: String,
        /// Of what.
        object: String,
    },
}

impl EventData {
    /// Every kind this program can read, with its newest version.
    pub const KINDS: &[(&str, i64)] = &[
        ("ticket_opened", 1),
        ("message_joined", 1),
        ("message_sent", 3),
        ("duplicate_seen", 1),
        ("answered", 1),
        ("answered_outside", 1),
        ("answered_unseen", 1),
        ("resolved_outside", 1),
        ("came_by", 1),
        ("origin_asked", 1),
        ("requester_named", 1),
        ("answer_held", 1),
        ("note_added", 1),
        ("merged", 1),
        ("took_in", 1),
        ("assigned", 1),
        ("linked", 1),
        ("linked_to", 1),
        ("continues", 1),
        ("withdrawn", 1),
        ("urgency_asked", 1),
        ("language_chosen", 1),
        ("repeat_proposed", 1),
        ("repeat_confirmed", 1),
        ("repeat_denied", 1),
        ("collaborators_added", 1),
        ("observer_proposed", 1),
        ("observer_added", 1),
        ("participant_left", 1),
        ("automatic_mail_stopped", 1),
        ("state_changed", 1),
        ("resolved", 1),
        ("closed", 1),
        ("reopened", 1),
        ("rated", 1),
        ("clock_started", 1),
        ("clock_judged", 1),
        ("deadline_moved", 1),
        ("classified", 1),
        ("transferred", 1),
        ("clock_paused", 1),
        ("clock_resumed", 1),
        ("waits_until", 1),
        ("excluded", 1),
        ("included", 1),
        ("mail_withheld", 1),
        ("delivery_failed", 1),
        ("answer_undone", 1),
        ("address_silenced", 1),
        ("address_heard", 1),
        ("command_refused", 1),
        ("mail_held", 3),
        ("challenge_sent", 1),
        ("challenge_answered", 1),
        ("person_listed", 1),
        ("person_unlisted", 1),
        ("same_person", 1),
        ("directory_taken", 1),
        ("directory_refused", 1),
        ("set_aside", 1),
        ("mail_ordered", 1),
        ("mail_quarantined", 1),
        ("work_released", 1),
        ("work_discarded", 1),
        ("alarm_raised", 1),
        ("alarm_over", 1),
    ];

    /// `(kind, version)` as stored. A change of shape is a new version, and the old stays readable.
    #[must_use]
    pub const fn kind(&self) -> (&'static str, i64) {
        match self {
            Self::TicketOpened(_) => ("ticket_opened", 1),
            Self::MessageJoined { .. } => ("message_joined", 1),
            Self::MessageSent { .. } => ("message_sent", 3),
            Self::DuplicateSeen { .. } => ("duplicate_seen", 1),
            Self::Answered { .. } => ("answered", 1),
            Self::AnsweredOutside { .. } => ("answered_outside", 1),
            Self::AnsweredUnseen { .. } => ("answered_unseen", 1),
            Self::ResolvedOutside { .. } => ("resolved_outside", 1),
            Self::CameBy { .. } => ("came_by", 1),
            Self::OriginAsked(_) => ("origin_asked", 1),
            Self::RequesterNamed { .. } => ("requester_named", 1),
            Self::AnswerHeld(_) => ("answer_held", 1),
            Self::NoteAdded { .. } => ("note_added", 1),
            Self::Merged { .. } => ("merged", 1),
            Self::TookIn { .. } => ("took_in", 1),
            Self::Assigned { .. } => ("assigned", 1),
            Self::Linked { .. } => ("linked", 1),
            Self::LinkedTo { .. } => ("linked_to", 1),
            Self::Continues { .. } => ("continues", 1),
            Self::Withdrawn => ("withdrawn", 1),
            Self::UrgencyAsked => ("urgency_asked", 1),
            Self::LanguageChosen { .. } => ("language_chosen", 1),
            Self::RepeatProposed { .. } => ("repeat_proposed", 1),
            Self::RepeatConfirmed { .. } => ("repeat_confirmed", 1),
            Self::RepeatDenied { .. } => ("repeat_denied", 1),
            Self::CollaboratorsAdded { .. } => ("collaborators_added", 1),
            Self::ObserverProposed { .. } => ("observer_proposed", 1),
            Self::ObserverAdded { .. } => ("observer_added", 1),
            Self::ParticipantLeft { .. } => ("participant_left", 1),
            Self::AutomaticMailStopped => ("automatic_mail_stopped", 1),
            Self::StateChanged { .. } => ("state_changed", 1),
            Self::Resolved { .. } => ("resolved", 1),
            Self::Closed { .. } => ("closed", 1),
            Self::Reopened => ("reopened", 1),
            Self::Rated { .. } => ("rated", 1),
            Self::ClockStarted { .. } => ("clock_started", 1),
            Self::ClockJudged { .. } => ("clock_judged", 1),
            Self::DeadlineMoved { .. } => ("deadline_moved", 1),
            Self::Classified { .. } => ("classified", 1),
            Self::Transferred { .. } => ("transferred", 1),
            Self::ClockPaused { .. } => ("clock_paused", 1),
            Self::ClockResumed { .. } => ("clock_resumed", 1),
            Self::WaitsUntil { .. } => ("waits_until", 1),
            Self::Excluded { .. } => ("excluded", 1),
            Self::Included => ("included", 1),
            Self::MailWithheld { .. } => ("mail_withheld", 1),
            Self::DeliveryFailed { .. } => ("delivery_failed", 1),
            Self::AnswerUndone { .. } => ("answer_undone", 1),
            Self::AddressSilenced { .. } => ("address_silenced", 1),
            Self::AddressHeard => ("address_heard", 1),
            Self::CommandRefused { .. } => ("command_refused", 1),
            Self::MailHeld { .. } => ("mail_held", 3),
            Self::ChallengeSent { .. } => ("challenge_sent", 1),
            Self::ChallengeAnswered { .. } => ("challenge_answered", 1),
            Self::PersonListed { .. } => ("person_listed", 1),
            Self::PersonUnlisted => ("person_unlisted", 1),
            Self::SamePerson { .. } => ("same_person", 1),
            Self::DirectoryTaken { .. } => ("directory_taken", 1),
            Self::DirectoryRefused { .. } => ("directory_refused", 1),
            Self::SetAside => ("set_aside", 1),
            Self::MailOrdered { .. } => ("mail_ordered", 1),
            Self::MailQuarantined { .. } => ("mail_quarantined", 1),
            Self::WorkReleased { .. } => ("work_released", 1),
            Self::WorkDiscarded { .. } => ("work_discarded", 1),
            Self::AlarmRaised { .. } => ("alarm_raised", 1),
            Self::AlarmOver { .. } => ("alarm_over", 1),
        }
    }
}

/// Words of a person inside history: kept apart, salted, and deletable; the event keeps only their hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Private {
    /// Whose words.
    pub person: Option<PersonId>,
    /// The words.
    pub text: String,
}

/// One thing that happened, with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Whose history.
    pub stream: Stream,
    /// What.
    pub data: EventData,
    /// The instant that counts (a mail's arrival at our server, a due time), which may lie before it was recorded.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// In which capacity.
    pub role: Role,
    /// How far they were believed.
    pub trust: Trust,
    /// The mail that caused it.
    pub message_id: Option<MessageId>,
    /// Why: a code that `okno explain` puts into words.
    pub reason: String,
    /// The deletable words.
    pub private: Option<Private>,
    /// The decision that this takes back.
    pub undoes: Option<DecisionId>,
}
