//! Everything that may happen: one list.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};

use super::Verdict;
use crate::model::{
    address::Address,
    classification::Property,
    clock::{ClockKind, Outcome},
    crossing::HeldAnswer,
    distribution::{Chosen, OwnerQuestion},
    duty::{Absence, Preferences},
    erasure::Erased,
    escalation::EscalationEnd,
    ids::{
        AgentName, DeliveryId, EventSeq, FieldName, FormName, MailboxName, MessageId, MessageRow,
        PayrollName, PersonId, QueueName, RawId, TicketNumber, WorkId,
    },
    language::Language,
    origin::UnsureOrigin,
    outgoing::{Class, MailAct, Offer},
    outside::OutsideFacts,
    payroll::{Correction, PayrollEvent},
    period::ClosedPeriod,
    queue_change::QueueChange,
    review::ReviewKind,
    terms::{ChangeMode, Terms},
    ticket::{Exclusion, Side, State},
    undone::Restored,
};

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
    /// The requester: an article of the knowledge base was the answer.
    KbHit,
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

/// Writes the list once and reads it in two ways: as it is stored, its kind among its other parts, of which serde keeps
/// everything before it knows what it is; and with its kind before all else, which is read at once.
macro_rules! told_in_two_ways {
    ($(#[$outer:meta])* pub enum EventData { $($body:tt)* }) => {
        $(#[$outer])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "kind", rename_all = "snake_case")]
        pub enum EventData { $($body)* }

        #[derive(Deserialize)]
        #[serde(remote = "EventData", rename_all = "snake_case")]
        enum KindFirst { $($body)* }
    };
}

impl EventData {
    /// Reads `{"resolved": {...}}` instead of `{"kind": "resolved", ...}`.
    ///
    /// # Errors
    /// What the deserializer says: there is no such kind, or a part of it is wrong or missing.
    pub fn kind_first<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        KindFirst::deserialize(deserializer)
    }
}

told_in_two_ways! {
/// What happened. The kind and version of each is stored beside it; a stored kind is never given another meaning.
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
        /// It says thanks and nothing else, on the requester's side; since version 2.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_thanks: bool,
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
    /// A queue has given a ticket to an agent.
    TicketGiven {
        /// Which.
        ticket: TicketNumber,
        /// To whom.
        agent: AgentName,
        /// Why to them.
        chosen: Chosen,
    },
    /// Its head is asked who gets the ticket.
    OwnerAsked(OwnerQuestion),
    /// They were reminded.
    OwnerReminded,
    /// They have not said so in time.
    OwnerQuestionOver,
    /// It is nobody's until somebody has room.
    WaitsForRoom,
    /// A ticket waits, since all agents of the queue who are here have as many as they may have. Its head is told.
    QueueFull {
        /// The first that waits.
        ticket: TicketNumber,
    },
    /// There is room again: nothing waits any more.
    QueueRelieved,
    /// It waits no more for whoever has room: everybody may take it.
    WaitForRoomOver,
    /// Whoever decides for the queue has changed how it works.
    QueueChanged {
        /// What.
        change: QueueChange,
        /// What the file says of that key: where it says anything else, the change is over.
        file: String,
    },
    /// What was changed is as the file says again.
    QueueChangeOver {
        /// What had been changed.
        change: QueueChange,
    },
    /// Whoever decides for the queue has said whether the day an agent has promised counts; else the first one does.
    DeadlineDecided {
        /// Of which clock.
        clock: ClockKind,
        /// It counts.
        is_approved: bool,
    },
    /// Nobody is responsible any more: it is the team's again.
    Unassigned {
        /// Who was.
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
    /// An agent makes a ticket of its own of a mail of another one.
    SplitFrom {
        /// The other one, which goes on.
        ticket: TicketNumber,
    },
    /// An agent takes back what they decided: this stands again as it would without that. Which decision is this event's
    /// `undoes`; a clock that it had judged and that is here again was not judged by it.
    Undone(Box<Restored>),
    /// An agent does not want to see it in their lists before then; its time goes on.
    Snoozed {
        /// Who.
        agent: AgentName,
        /// Until when.
        until: Timestamp,
    },
    /// They see it again: the time is over, or the requester has written.
    SnoozeOver {
        /// Who.
        agent: AgentName,
    },
    /// An agent follows it, though it is somebody else's.
    Followed {
        /// Who.
        agent: AgentName,
    },
    /// They do not any more.
    Unfollowed {
        /// Who.
        agent: AgentName,
    },
    /// The requester does not need it any more: it ends, and no promise is judged.
    Withdrawn,
    /// The requester says that it cannot wait.
    UrgencyAsked,
    /// The requester says so once more than a month allows: nothing follows.
    UrgencyDenied {
        /// How many it allows.
        limit: u32,
    },
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
        /// How many characters they have said of it, the canned words that they called for included; since version 2.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        chars: Option<u32>,
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
        /// The promise.
        #[serde(flatten)]
        terms: Terms,
        /// By when.
        due_at: Timestamp,
    },
    /// Another promise takes over: the request is of another class, or another queue's.
    ClockChanged {
        /// Which clock.
        clock: ClockKind,
        /// The promise.
        #[serde(flatten)]
        terms: Terms,
        /// How it takes over.
        mode: ChangeMode,
        /// By when; `None`: it stands still.
        due_at: Option<Timestamp>,
    },
    /// Nothing is promised any more.
    ClockDropped {
        /// Which clock.
        clock: ClockKind,
    },
    /// A clock that was judged goes on, since its ticket came back; the time between does not count.
    ClockReopened {
        /// Which clock.
        clock: ClockKind,
        /// Since when it stood still.
        since: Timestamp,
        /// By when.
        due_at: Timestamp,
    },
    /// The agents were reminded.
    Reminded {
        /// Of which clock.
        clock: ClockKind,
        /// How many of a hundred parts of its time had passed.
        percent: u32,
        /// The heads who heard of it as well.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        heads: Vec<AgentName>,
    },
    /// An agent has moved the day of a promise; it is judged by the first one all the same. Why is kept apart.
    DeadlineMoved {
        /// Which clock.
        clock: ClockKind,
        /// By when it is promised now.
        due_at: Timestamp,
    },
    /// A rule of the configuration holds for the mail that opened it.
    RuleApplied {
        /// Its name.
        rule: String,
    },
    /// An agent, or a rule, says what the request is. Why is kept apart.
    Classified {
        /// One thing of it; a tag since version 2.
        #[serde(flatten)]
        property: Property,
    },
    /// Fields of the form that it was asked by were filled in, or filled in anew; none: the form came empty. Private: the
    /// values, a line a field, as [`crate::model::form::written`] writes them.
    FieldsFilled {
        /// Which form.
        form: FormName,
        /// Which fields.
        fields: Vec<FieldName>,
        /// Of those with a list to choose from, which of its words were chosen, as the configuration has them in the language of
        /// the site: what is counted. Nothing that anybody wrote freely. Since version 2.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        choices: BTreeMap<FieldName, String>,
    },
    /// Whoever filled it in was asked, once, for fields that are missing or cannot be used.
    FieldsAsked {
        /// Which form.
        form: FormName,
        /// Which fields.
        fields: Vec<FieldName>,
    },
    /// It is another department's from now on, and nobody's there yet. Why is kept apart.
    Transferred {
        /// Whose.
        queue: QueueName,
        /// The mailbox it is answered from.
        mailbox: MailboxName,
    },
    /// An agent wants to ask another department; whoever decides for their queue is to agree first. Why is kept apart.
    EscalationAsked {
        /// Which department.
        queue: QueueName,
        /// Who.
        agent: AgentName,
        /// The agent's mail.
        raw: RawId,
        /// Its place in the conversation.
        message: MessageRow,
    },
    /// Whoever decides for the queue has said whether another department may be asked.
    EscalationDecided {
        /// Which department.
        queue: QueueName,
        /// It may.
        is_approved: bool,
    },
    /// Another department is asked, and owes an answer. Why is kept apart.
    EscalatedTo {
        /// Which department.
        queue: QueueName,
        /// The ticket that it is there.
        ticket: TicketNumber,
        /// Who asks.
        agent: AgentName,
    },
    /// It is asked by agents of another department, for the sake of a ticket of theirs.
    AskedFor {
        /// That ticket.
        ticket: TicketNumber,
    },
    /// The other department has answered.
    EscalationAnswered {
        /// The ticket that it is there.
        ticket: TicketNumber,
        /// Which department.
        queue: QueueName,
        /// The mail.
        raw: RawId,
        /// Who wrote it.
        agent: AgentName,
    },
    /// The requester is sent what the other department has answered.
    AnswerPassedOn {
        /// The ticket that it is there.
        ticket: TicketNumber,
        /// Who sends it on.
        agent: AgentName,
    },
    /// The other department owes no answer any more.
    EscalationEnded {
        /// Which department.
        queue: QueueName,
        /// The ticket that it is there; `None`: it was not asked yet.
        ticket: Option<TicketNumber>,
        /// How it ended.
        end: EscalationEnd,
    },
    /// It owes one again: its ticket came back.
    EscalationResumed {
        /// The ticket that it is there.
        ticket: TicketNumber,
    },
    /// The ticket for whose sake other agents ask has ended: an answer is not needed any more.
    AskerDone {
        /// That ticket.
        ticket: TicketNumber,
    },
    /// A clock stands still: whoever must act next is not the agent.
    ClockPaused {
        /// Which clock.
        clock: ClockKind,
        /// Business time left, in seconds.
        left_secs: i64,
        /// By when it is due all the same, since its limit runs on; since version 2.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due_at: Option<Timestamp>,
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
    ClockJudged(Box<Verdict<Outcome>>),
    /// A verdict turns out otherwise: all that it said, anew. Of one clock the last one counts. Why is the event's reason, and
    /// what somebody said of it is kept apart.
    VerdictCorrected(Box<Verdict<Option<Outcome>>>),
    /// What was promised has happened, too late: by how much, so that lateness can be counted. The verdict stands.
    KeptLate {
        /// Which clock.
        clock: ClockKind,
        /// From when time counted.
        started_at: Timestamp,
        /// The promise.
        due_at: Timestamp,
        /// Seconds of business time that had passed, pauses left out.
        worked_secs: i64,
        /// Of these, those after the promise.
        late_secs: i64,
    },
    /// The figures of a period are closed: what comes later is told as an adjustment. Private: who has approved it, and when.
    PeriodClosed(Box<ClosedPeriod>),
    /// A head's file of a period that was closed at the terminal. Private: its bytes, in base64.
    PeriodFile {
        /// The period.
        period: String,
        /// The file's name, by which the closing has its sum.
        name: String,
    },
    /// The same of the accountants' file. Private: its bytes, in base64.
    PeriodPay {
        /// The period.
        period: String,
        /// The file's name.
        name: String,
    },
    /// History, or figures of people, were handed out at the terminal. Private: to which account of the machine.
    Exported {
        /// What: `events`, `report_files`, `report_kpi`, or `report_charts`.
        what: String,
        /// Of which time: a period, or `2026-10-01T00:00:00Z/2026-11-01T00:00:00Z`, with nothing where there is no bound.
        of: String,
    },
    /// A file has brought figures from outside: of each key the last one counts. Private: who has brought it, and why.
    FactsImported(Box<OutsideFacts>),
    /// The administrator has said an agent's employee number. Private: the number.
    EmployeeNumbered {
        /// Whose.
        agent: AgentName,
        /// Whether they are one and the same person as whoever else has that number.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_same_person: bool,
    },
    /// Something has happened to a month of a payroll list. Private: the bytes of a draft's file.
    Payroll(Box<PayrollEvent>),
    /// A regular letter about a queue, or about the house, was written to whoever it is for.
    Reviewed {
        /// Which letter.
        review: ReviewKind,
        /// About which queue; `None`: about all.
        queue: Option<QueueName>,
        /// About which week or month: `2026-w46`, `2026-10`.
        period: String,
        /// The last event that it knows of.
        upto: EventSeq,
    },
    /// A head corrects how a request counts in figures. Private: why.
    FiguresCorrected {
        /// For which payroll list.
        list: PayrollName,
        /// On the draft of which month.
        period: String,
        /// How.
        how: Correction,
        /// In which queues: those that the head decides for. None: in all, as corrections said before that was kept.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        queues: Vec<QueueName>,
    },
    /// It was told along the chain that a promise has passed.
    Escalated {
        /// Of which clock.
        clock: ClockKind,
        /// How many steps of the chain know of it now.
        steps: u32,
        /// Who decides and was told now; empty: the agents alone.
        heads: Vec<AgentName>,
        /// Who were away, and are not told again: one of these was told in their place. Since version 2.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        instead_of: Vec<AgentName>,
    },
    /// Whoever decides for a queue says whether due times count that lie in the past by the rules of today.
    RecountDecided {
        /// Of which queue, all of it.
        queue: QueueName,
        /// They do.
        is_approved: bool,
    },
    /// A clock is due at another time, by calendars or promises as they are since now.
    ClockRecounted {
        /// Which clock.
        clock: ClockKind,
        /// By when.
        due_at: Timestamp,
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
    /// An agent looked for words in the tickets of their queues. Private: the words.
    Searched {
        /// What they were shown.
        tickets: Vec<TicketNumber>,
    },
    /// An agent looked into the knowledge base. Private: the words.
    KnowledgeSearched {
        /// The files of the articles that they were shown.
        files: Vec<String>,
    },
    /// An agent has made a draft article of a resolution; the head of the queue is asked. Private: the article.
    ArticleDrafted {
        /// Who.
        agent: AgentName,
        /// The file that it may become.
        file: String,
    },
    /// The head wants it in the knowledge base.
    ArticleApproved {
        /// Who.
        agent: AgentName,
        /// The file.
        file: String,
    },
    /// The head does not.
    ArticleDismissed {
        /// Who.
        agent: AgentName,
    },
    /// Its requester is to be asked whether they would recommend us.
    NpsPlanned {
        /// When; `None`: not after all.
        at: Option<Timestamp>,
    },
    /// They are asked.
    NpsAsked,
    /// They have answered, as often as they like; of a quarter the last answer counts. Private: what they said besides.
    NpsAnswered {
        /// Who.
        person: PersonId,
        /// 0 to 10.
        score: u8,
    },
    /// They do not want to be asked that at all any more, or may be asked again. Of a person.
    NpsWanted {
        /// Whether they may be asked.
        is_wanted: bool,
    },
    /// The acknowledgement shows articles of the knowledge base.
    ArticlesShown {
        /// Their files.
        files: Vec<String>,
    },
    /// An agent was shown what else the requester has asked in their queues.
    HistoryShown {
        /// Who had asked.
        person: PersonId,
        /// What they were shown.
        tickets: Vec<TicketNumber>,
    },
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
    /// The people directory says something new of a person. Private: [`crate::model::person::ListedWords`].
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
    /// Their words, mails, name and addresses were erased, since somebody has asked for it. Private: to which account of the
    /// machine, and what the administrator has said of it; that is nobody's and stays.
    PersonErased(Erased),
    /// A number turned out to be somebody else's, or is its own again.
    SamePerson {
        /// Whose; `None`: its own.
        person: Option<PersonId>,
    },
    /// An agent is, or will be, away: they get no work, and their tickets go to others.
    AbsenceAnnounced(Absence),
    /// An agent is back before that.
    AbsenceEnded,
    /// An agent wants to be written to in this way.
    Preferred(Preferences),
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
        /// Which: one of [`crate::model::alarm`].
        alarm: String,
        /// Of which mailbox, relay or other thing; of somebody the number, `person:12`.
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
}
