//! # okno: a mail-only service desk
//!
//! One daemon reads the mailboxes that departments already have, makes a ticket of every question, and lets people
//! answer by Reply. Nobody opens anything but their mail.
//!
//! ## The one idea
//!
//! **Facts in, decision out.** The shell gathers facts (mail, rows, the time), one pure function turns them into a
//! [`desk::decision::Decision`] (events with reasons, mails to send), and the shell writes it in one transaction.
//! A ticket is the fold of its events; everything that leaves the house leaves from one outbox.
//!
//! ## The way of one message
//!
//! 1. `imap` or `maildir` hands a mail over; [`house::receive`] stores its bytes with the cursor in one transaction
//!    ([`store::journal`]). From here on nothing can lose it. The server's mailbox is left as it is, unless the
//!    configuration says otherwise. A Sent folder is read the same way; its mails are a cause of their own.
//! 2. [`house::decider`] takes it from the work table and has it read: [`mail::read`] makes facts of any bytes, never an
//!    error, and [`house::reader`] guards it, so that a mail that breaks it costs only itself. It becomes a
//!    [`desk::cause::Cause`].
//! 3. [`desk::wants`] says which facts the causes of a batch need; [`store::facts`] loads them into a [`desk::world`],
//!    which remembers what it was asked for: what was not wanted is never taken for what is not there. The rules in force are
//!    the file's, with what heads of queues have changed by mail laid over them ([`desk::heads`]).
//! 4. [`desk::decide::decide`] decides, at one instant for the whole batch: where does the mail belong (`desk::threading`)? is
//!    it a machine's (`desk::loops`), unwanted ([`desk::intake`]), taken once more because somebody said so, the same mail
//!    again, a trial? Who speaks, how far are they believed ([`desk::trust`]) and may they ([`desk::permission`])? too many at
//!    once (`desk::flood`)? Of a new request: is it of a form ([`desk::forms`]), whose is it by the [`desk::rules`], may its
//!    author write there, who is given it ([`desk::distribution`])? What follows, who is told, is another department
//!    asked? At the end of every decision what else follows from it is added, and the brake takes back what mode, caps and
//!    fuse forbid. Every event carries its reason.
//! 5. `house::bytes` has [`mail::render`] find the words of each mail to be sent and [`mail::write`](mod@mail::write) make its
//!    bytes;
//!    [`store::apply`] writes decisions, chained events, snapshots, appointments and mails in one transaction.
//! 6. [`house::deliver`] books an attempt, lets a courier of `smtp` hand the mail over, and writes the result. Where the
//!    site wants it, the mailbox's next pass puts a copy of what requesters were sent into its Sent folder.
//!
//! The index of words that agents search by is derived from readings when there is nothing else to do ([`store::words`]).
//!
//! Figures are counted from history alone, and judge nothing: [`store::history`] hands over one ticket's events after the
//! other, [`desk::kpi`] counts them into periods, `report` draws charts and writes files. A month that people are paid by goes
//! its steps by mail: [`desk::payroll`] says what is due, [`house::payroll`] finds the figures, the decider does the rest.
//! Weekly and monthly letters to teams, heads and the director go the same way, by [`desk::review`]. The
//! page shows what stands ([`store::status`]) and verdicts ([`store::shares`]); `house` takes both, `web` renders them.
//!
//! Everything else that is to be decided is a row of work for the same decider ([`store::work`]): deliveries that were refused,
//! alarms ([`house::watch`]), the people directory, the administrator's orders at the terminal, what became of orders, a
//! mailbox's change of mode ([`store::modes`]), steps of payroll months, regular letters, figures and files that somebody asks
//! for or sends by mail, somebody who wants to be forgotten ([`store::erase`]). What falls due ([`store::timers`]; of a morning
//! the agents' work lists, [`desk::worklist`]) becomes a cause like any other. Nobody else writes events or tickets. What a
//! decision wants done to mail that waits already, or to quarantined work, is an order ([`desk::order`]): carried out in the
//! decision's transaction, and what it came to is told as
//! a cause again.
//!
//! ## Words that are met everywhere
//!
//! | word | what it means here |
//! |---|---|
//! | head, deputy | who decides for a queue what its agents may not; who does while the head is away |
//! | side | of a conversation: the requester's mails, or the agents'; the two never mix |
//! | seat | where an arriving mail belongs: a ticket, and a side of it |
//! | to tell, told | to write to somebody; who was written to of something, so that nobody hears twice |
//! | clock, verdict | a promise that runs; how it ended, as an event, with whose it was |
//! | external figure | one that okno does not count and a file brings (payments); in code `outside` or `facts` |
//! | draft | a payroll month as counted; also the decision at hand ([`desk::decide`]), or an article that waits for its head |
//! | part, basis | what one head approves of a draft; the checksum that an approval is bound to |
//! | settled | of a month: all mail of it is read and decided, every promise judged |
//! | to freeze | an approved draft's figures are kept for ever, and people are paid by them |
//! | to carry | a later change of a frozen month stands in the next month's files, as an adjustment |
//! | seen | what the shell has found out and hands to the core, which may not look itself |
//!
//! ## Rooms, in reading order
//!
//! | room | duty | never |
//! |---|---|---|
//! | `model` | plain values: the words of the house | imports anybody |
//! | `clock` | the only place that asks for time and chance | |
//! | `desk` | the core: decides | waits, reads the world, logs, fails |
//! | `mail` | bytes to values and back; a meeting told in words | waits, reads the world |
//! | `directory` | a CSV file to people, or to figures from outside | waits, reads the world |
//! | `kb` | text files to canned answers and articles | waits, reads the world |
//! | `store` | the only room that knows SQL; two engines, one text | decides about mail or tickets |
//! | `imap`, `maildir` | mail comes in | know tickets |
//! | `clamd` | asks the virus scanner | decides |
//! | `smtp` | mail goes out, into a server or a `maildir`; what an answer means | knows tickets |
//! | `tls` | certificates are checked, always | |
//! | `web` | the page and the counters of the monitoring: what a status looks like, and to whom | asks the database, decides |
//! | `report` | figures drawn as charts and written as files | asks the database, counts |
//! | `config` | the file as written, checked, resolved | starts half |
//! | `house` | the shell: stages, loops, leases, when to try again | decides about mail or tickets |
//! | `cli` | commands at the terminal | |
//! | `lab` | private mail servers on loopback for demo, tests and bench | serves a real mailbox |
//!
//! Who may import whom is checked by `tests/tidy.rs`, and that this table names every room.
//!
//! ## Invariants
//!
//! * Bytes and cursor are on disk before anything reads them; an attempt to send is on disk before it is made, and its
//!   result before the same connection sends another mail.
//! * The decider is one, by its lease; with a stale lease no decision and no fetched mail is written.
//! * History is never changed or deleted, and its hash chain proves the events; people's words lie apart, so that
//!   whoever asks for it can be erased ([`store::erase`]) and not a figure changes. `okno verify` also holds verdicts, tickets and
//!   queues against the events they come from.
//! * A verdict is an event that says whose it was; its row is a copy.
//! * A ticket's snapshot equals the fold of its events, and so does how a queue stands.
//! * What a head has changed by mail stands only as long as the file says what it said then of the same key.
//! * A question to another department is a ticket of its own; its answer goes to those who ask, and to the requester by their
//!   word alone. A question never comes back to whoever asks.
//! * A rule asks of a new request only, and is named by what it did; it makes no emergency of a mail that pretends.
//! * Message-IDs of a conversation are signed and derived from what a mail is; every mail is written once and the same
//!   bytes are sent, however often. A mail with the same dedupe key is never stored twice.
//! * The requester's and the agents' side of a conversation have their own References root and never mix.
//! * A mail in an agent's name that nothing proves acts on nothing until that agent, asked at the address we know, says yes.
//! * A line of an answer to a work list acts on its own ticket, and nothing of the other lines goes anywhere with it.
//! * A request that an agent brings is its asker's; where it is not sure whose it is, nobody but that agent is written to.
//! * Nothing of a card leaves with an agent's reply: what is not surely the agent's own is asked for again.
//! * HTML that is passed on is written anew from a short list and says exactly the words it goes with; nothing in it acts
//!   or asks anybody for anything.
//! * An agent is shown tickets of queues that they serve and no others; what is in a confidential queue leaves it with its
//!   own agents alone.
//! * No transaction is held across the network.

pub mod clock;
pub mod model;

pub mod desk;

pub mod directory;
pub mod kb;
pub mod mail;

pub mod store;

pub mod clamd;
pub mod imap;
pub mod maildir;
pub mod smtp;
pub mod tls;

pub mod report;
pub mod web;

pub mod config;
pub mod house;

pub mod cli;
pub mod lab;
