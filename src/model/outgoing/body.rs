//! What a mail says, as values: one variant a template.

use serde::{Deserialize, Serialize};

use super::parts::{
    Bringer, Canned, CrossedAnswers, EarlierTicket, HandOver, HeldMail, HelpList, OriginQuestion,
    OwnTicket, PastTicket, ShownCopy, TicketFacts, TranscriptLine, When,
};
use super::{
    director::DirectorLetter,
    duty::DutyLetter,
    escalation::{AskedBy, EscalationLetter},
    form::FormList,
    found::{ArticleLetter, FoundArticles, FoundTickets, ShownArticle},
    head::HeadLetter,
    late::LateLetter,
    payroll::{PayFileLetter, PayrollLetter},
    quarantine::{QuarantineAnswer, QuarantineLetter},
    queue::{PassportLetter, QueueLetter},
    refusal::RefusalLetter,
    report::ReportLetter,
    review::{IdleRulesLetter, MonthlyLetter, WeeklyLetter},
    share::{Given, Whom},
    tried::TriedLetter,
    work::{WorkList, WorkListAnswer},
};
use crate::model::{address::Address, ids::PayrollName};

/// What a mail says: one variant a template, named like the template's files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "template", rename_all = "snake_case")]
pub enum Body {
    /// To the requester: registered, number, by when, what to do (T1).
    Acknowledgement {
        /// The ticket.
        ticket: TicketFacts,
        /// Those that the same mail opened in other queues, which send no acknowledgement of their own.
        others: Vec<TicketFacts>,
        /// The ticket, closed long ago, that the mail answered.
        #[serde(default)]
        continues: Option<TicketFacts>,
        /// Who brought the request, where the reader has not written to us.
        #[serde(default)]
        brought: Option<Bringer>,
        /// When work begins, where the queue is closed now.
        opens: Option<When>,
        /// An answer to it reaches one of these queues alone.
        #[serde(default)]
        is_apart: bool,
        /// The line that calls for a text of ours; empty where none does.
        #[serde(default)]
        text: String,
        /// That text.
        #[serde(default)]
        canned: Vec<Canned>,
        /// Names of the files received.
        files: Vec<String>,
        /// Articles that may be the answer.
        #[serde(default)]
        articles: Vec<ShownArticle>,
        /// What can be asked for with one word, as codes.
        #[serde(default)]
        wishes: Vec<String>,
        /// What came of their saying that it cannot wait: `granted`, `limit`; empty: they did not.
        #[serde(default)]
        urgency: String,
        /// How many urgent requests a month they may have.
        #[serde(default)]
        urgency_limit: u32,
    },
    /// To agents: a new ticket (T2, T3). Reply is the answer.
    Card {
        /// The ticket.
        ticket: TicketFacts,
        /// Agents of another queue ask; `None`: a requester does.
        #[serde(default)]
        asked_by: Option<AskedBy>,
        /// Who of another queue has sent it here; `None`: it is new.
        #[serde(default)]
        handed_over: Option<HandOver>,
        /// Who asks, display name or address.
        requester: String,
        /// The address, made inert where the sender is suspicious.
        requester_address: String,
        /// What is said of the sender in passing, as codes: `outside`, `unproven`.
        #[serde(default)]
        marks: Vec<String>,
        /// Tickets that the same mail opened in other queues: each answers its own part.
        also: Vec<TicketFacts>,
        /// The ticket, closed long ago, that the mail answered.
        #[serde(default)]
        continues: Option<TicketFacts>,
        /// The ticket that it seems to repeat.
        #[serde(default)]
        repeats: Option<Box<EarlierTicket>>,
        /// Others that the mail may belong to.
        #[serde(default)]
        may_belong: Vec<EarlierTicket>,
        /// What else the requester has asked lately, the newest first.
        #[serde(default)]
        earlier: Vec<PastTicket>,
        /// How it was given to the agent who gets this card; `None`: it is nobody's yet.
        #[serde(default)]
        given: Option<Given>,
        /// To the head: who may get it.
        #[serde(default)]
        whom: Option<Box<Whom>>,
        /// Which colleague brought it.
        #[serde(default)]
        brought: Option<Bringer>,
        /// What that colleague wrote for the others; empty where nothing.
        #[serde(default)]
        note: String,
        /// The whole text.
        text: String,
        /// Names of the files passed on.
        files: Vec<String>,
        /// Files too large to pass on.
        files_left_out: Vec<String>,
        /// Odd things an agent should know, as codes.
        warnings: Vec<String>,
    },
    /// To agents: something new in a ticket of theirs.
    FollowUp {
        /// The ticket.
        ticket: TicketFacts,
        /// What happened: a code such as `reply` or `reopened`, each of which the template `follow_up` has words for.
        what: String,
        /// Who wrote, display name or address.
        author: String,
        /// The address, made inert where the sender is suspicious.
        author_address: Option<String>,
        /// What is said of the sender in passing, as codes: `outside`, `unproven`.
        #[serde(default)]
        marks: Vec<String>,
        /// What they wrote (for a note or a reply); empty otherwise.
        text: String,
        /// The requester's rating given with it.
        rating: Option<u8>,
        /// Names of the files passed on.
        files: Vec<String>,
        /// Files too large to pass on.
        files_left_out: Vec<String>,
        /// Odd things an agent should know, as codes.
        warnings: Vec<String>,
        /// The agent responsible.
        assignee: Option<String>,
        /// Of a reminder: those who decide and get a copy, so that they know.
        #[serde(default)]
        copied: Vec<String>,
    },
    /// To the requester: an agent's words (T4).
    Reply {
        /// The ticket.
        ticket: TicketFacts,
        /// The agent's name.
        agent: String,
        /// The agent's words.
        text: String,
        /// Texts of ours that the words call for.
        #[serde(default)]
        canned: Vec<Canned>,
        /// The agent waits for the answer.
        #[serde(default)]
        is_asked: bool,
        /// Others read along in Cc.
        is_shared: bool,
        /// Files too large to pass on.
        files_left_out: Vec<String>,
    },
    /// To the requester: something about their request has changed (T14, T15).
    News {
        /// The ticket, as it is now.
        ticket: TicketFacts,
        /// What: `deadline`, `transferred`.
        what: String,
        /// The agent's words why; empty where there are none.
        why: String,
        /// By when it was promised before.
        before: Option<When>,
    },
    /// To the requester: resolved, please confirm, return or rate (T6).
    Resolution {
        /// The ticket.
        ticket: TicketFacts,
        /// The agent's name.
        agent: String,
        /// The agent's words; empty where there were none.
        text: String,
        /// Texts of ours that the words call for.
        #[serde(default)]
        canned: Vec<Canned>,
        /// When silence closes it.
        closes: When,
        /// Whether it asks for a rating: one mail to several queues is asked about once.
        asks_rating: bool,
        /// Files too large to pass on.
        files_left_out: Vec<String>,
    },
    /// To a requester: whether they would recommend us, 0 to 10 (T28).
    Nps {
        /// The ticket that was closed last.
        ticket: TicketFacts,
    },
    /// To a requester who asked with one word: what became of it, and how it stands (T9).
    Told {
        /// What was asked for or came of it: `status`, `history`, `help`, `withdrawn`, `urgent`, `too_late`, `language` ...
        what: String,
        /// The ticket it was asked in.
        own: OwnTicket,
        /// Their other tickets, the newest first, where they asked for them.
        others: Vec<OwnTicket>,
        /// There are earlier ones.
        is_more: bool,
        /// What else can be asked for, as codes.
        wishes: Vec<String>,
        /// The agent's words why; empty where there are none.
        #[serde(default)]
        why: String,
        /// How many urgent requests a month they may have.
        #[serde(default)]
        limit: u32,
    },
    /// To an agent: what was understood of their mail, where not all of it was done.
    Transcript {
        /// The ticket.
        ticket: TicketFacts,
        /// All was done; its reader wants to know in any case.
        is_all_done: bool,
        /// Why the whole mail went to nobody, as a code (`maybe_note`, `not_of_queue`, ...); empty: it was taken.
        held: String,
        /// Each command and what became of it (`already_taken`, `not_live`, ...).
        lines: Vec<TranscriptLine>,
        /// What became of the words: `sent`, `held`; empty: there were none.
        words: String,
    },
    /// To a requester: the forms that can be asked by (T23).
    Forms(FormList),
    /// To an agent who asked: the commands that can be given in this queue.
    Help(HelpList),
    /// To an agent who asked: tickets of their queues that say some words, or that the same requester has opened.
    Found(FoundTickets),
    /// To an agent who asked: articles of the knowledge base that say some words.
    FoundArticles(FoundArticles),
    /// What an agent has taken back.
    Undone(super::own::UndoneLetter),
    /// Why it is due when it is.
    Why(super::own::WhyLetter),
    /// To the head of a queue: may this become an article of the knowledge base?
    ArticleDraft(ArticleLetter),
    /// To the head of a queue, at once: an emergency, or a date that cannot wait for the list of the day.
    Head(HeadLetter),
    /// To an agent: mails in their name came by a way that proves nothing; are they theirs?
    Challenge {
        /// The agent's name.
        agent: String,
        /// The mails.
        mails: Vec<HeldMail>,
        /// The address they came from, which may be another of the agent's; made inert. `None`: it is one of theirs.
        other_address: Option<String>,
        /// They are surely the agent's, and perhaps a program has written them.
        #[serde(default)]
        is_automatic: bool,
        /// The one-time code, as it stands in the subject.
        code: String,
        /// Where the answer goes.
        address: Address,
        /// Until when it counts.
        until: When,
        /// Why it is asked once more, as a code: `unclear`, `used`, `expired`; `None`: it is asked for the first time.
        again: Option<String>,
    },
    /// To an agent whose answer waits: a colleague has answered.
    Crossed(CrossedAnswers),
    /// To the head of a queue: may one of its agents ask another department?
    EscalationQuestion(EscalationLetter),
    /// To agents: of a question to another department.
    Escalation(EscalationLetter),
    /// To an agent who brings somebody's request: whose is it?
    Whose(OriginQuestion),
    /// To an agent who asked for it: the last mail of a participant, whole, with the original as a file.
    Original {
        /// The ticket.
        ticket: TicketFacts,
        /// Who wrote it.
        author: String,
        /// From where.
        author_address: String,
        /// What is said of the author in passing: `outside`, `unproven`.
        marks: Vec<String>,
        /// All of its text.
        text: String,
        /// The original, where it is too large to go along.
        files_left_out: Vec<String>,
        /// Codes of what the agent should know.
        warnings: Vec<String>,
    },
    /// To the author of a mail that could not be delivered (T20).
    Undelivered {
        /// The ticket, where it is about one.
        ticket: Option<TicketFacts>,
        /// To whom it did not get.
        recipient: Address,
        /// The status code.
        status: Option<String>,
        /// The other server's words.
        diagnostic: String,
        /// What does not count for it: `answer`, `resolution` (then work on the ticket goes on); `head`: a month that this reader
        /// has to approve may stay open; `month`: this reader does not know how their queue's month was; empty: nothing.
        undone: String,
        /// Until when the address is sent nothing automatic, where that begins now.
        silenced_until: Option<When>,
        /// The payroll list whose file it may have been: it is sent once more at the terminal.
        #[serde(default)]
        payroll: Option<PayrollName>,
        /// The queue about whose month the letter was, by its title, where no list pays by it.
        #[serde(default)]
        queue: String,
        /// Of which month, where that is known: `2026-10`.
        #[serde(default)]
        month: String,
    },
    /// To somebody whom a queue is not open to.
    Refusal(RefusalLetter),
    /// To an agent: a mail for information, of which a ticket can be made.
    Offer(ShownCopy),
    /// To an agent: an answer to a mail for information made no ticket.
    OfferAnswer {
        /// Why: `unclear`, `already`, `not_trusted`, `not_of_queue`.
        outcome: String,
        /// The subject of the agent's mail.
        about: String,
        /// The ticket there is already.
        ticket: Option<TicketFacts>,
    },
    /// To an agent: tickets of which they had no mail, one line each.
    Digest {
        /// Why, as a code: `caps`, a cap withheld the mails of the last hour; `switched`, agents were sent nothing then; `late`
        /// and `due_soon`, so many promises have passed at once, or will.
        why: String,
        /// The tickets.
        tickets: Vec<TicketFacts>,
        /// How many more than are listed.
        more: u64,
    },
    /// To whoever decides and to those who work: a promise has passed (T11).
    Late(LateLetter),
    /// To whoever decides for a queue: how it stands, and what is to be decided.
    Queue(QueueLetter),
    /// To whoever decides for a queue: what it does, as it is configured.
    Passport(PassportLetter),
    /// To a head: the figures that people are paid by, to be approved (T18).
    Payroll(PayrollLetter),
    /// To whoever has asked for figures by mail: the figures, or why there are none.
    Report(ReportLetter),
    /// To a queue's team and its head: the week that is over, and what stands (T16).
    Weekly(WeeklyLetter),
    /// To the head of a queue: the month that is over, and what to look at.
    Monthly(MonthlyLetter),
    /// To the director: what departments reached in a month (T17).
    Director(DirectorLetter),
    /// To the administrator: rules that fitted nothing in a month.
    IdleRules(IdleRulesLetter),
    /// To an accountant: the file to pay by, or whose approval is missing (T19).
    PayFile(PayFileLetter),
    /// To an agent: what would have become of a mail that was only tried.
    Tried(TriedLetter),
    /// To an agent, of a morning: what there is to do.
    WorkList(WorkList),
    /// To an agent: what of an answer to it came to nothing.
    WorkListAnswer(WorkListAnswer),
    /// To an agent: of an absence, or of their settings.
    Duty(DutyLetter),
    /// To the administrator: what is quarantined (T25). Its answer says what becomes of it.
    Quarantine(QuarantineLetter),
    /// To the administrator: what an answer to that came to.
    QuarantineAnswer(QuarantineAnswer),
    /// To the administrator: something needs a hand (T24).
    Alarm {
        /// Which: `login`, `outbox`, `quarantine`, `fuse`.
        alarm: String,
        /// Of which mailbox, relay or mail.
        object: String,
        /// What was seen, for a person.
        detail: String,
        /// Since when.
        since: When,
        /// Whether it is over now.
        over: bool,
    },
}
