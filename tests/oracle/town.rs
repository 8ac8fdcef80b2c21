//! The year of a town: five departments, twenty agents, and whatever happens to their tickets, drawn by a die. What is drawn
//! are events as okno writes them, and the ends of clocks with them; whose promises were kept is written here, not counted.

use jiff::{SignedDuration, Timestamp};
use okno::{
    desk::{fold::fold, undo::Past},
    model::{
        address::Address,
        classification::{Property, RequestClass},
        clock::{Clock, ClockKind, Outcome},
        crossing::LastAnswer,
        escalation::EscalationEnd,
        event::{
            Actor, ClosedBy, Event, EventData, NewTicket, Private, Role, Stream, Trust, Verdict,
        },
        ids::{
            AgentName, DecisionId, MessageId, MessageRow, PayrollName, PersonId, QueueName,
            TicketNumber,
        },
        language::Language,
        outgoing::{Class, Offer},
        payroll::Correction,
        terms::Terms,
        ticket::{Exclusion, Side, State},
        undone::Restored,
    },
};
use serde_json::json;

pub(crate) const QUEUES: [&str; 5] = ["it", "buh", "kadry", "aho", "priem"];

/// Which queues are of one department; the others are by themselves.
pub(crate) const DEPARTMENT: [&str; 2] = ["it", "aho"];

/// The employee number of an agent: who goes by two names has one.
pub(crate) fn number_of(agent: &str) -> String {
    let name = agent.trim_end_matches("-married");
    format!("УТ-{name}")
}

/// Midnight of the year in Moscow.
const BEGINNING: i64 = 1_767_214_800;
const YEAR_SECS: i64 = 365 * 24 * 3600;
const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// How long everybody is away once a year.
const AWAY: i64 = 14 * DAY;

/// Since when an agent of a queue is away: holidays are spread over the year, two of a queue never go together.
fn away_since(queue: usize, who: i64) -> i64 {
    let queue = i64::try_from(queue).unwrap();
    BEGINNING + (queue * 17 + who * 88) * DAY + 9 * HOUR
}

/// Whether they are away at an instant.
fn is_away(queue: usize, who: i64, at: i64) -> bool {
    let since = away_since(queue, who);
    since <= at && at < since + AWAY
}

/// Why a ticket went from somebody who went away.
pub(crate) const WENT_AWAY: &str = "went_away";

/// A die that always falls the same.
#[derive(Debug)]
pub(crate) struct Die(u64);

impl Die {
    pub(crate) const fn of(seed: u64) -> Self {
        Self(seed)
    }

    fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, many: i64) -> i64 {
        let many = u64::try_from(many.max(1)).unwrap();
        i64::try_from(self.throw() % many).unwrap()
    }

    fn percent(&mut self, of: i64) -> bool {
        self.below(100) < of
    }
}

/// One ticket's year.
pub(crate) struct Tale<'d> {
    die: &'d mut Die,
    number: i64,
    history: Vec<Past>,
    decision: i64,
    row: i64,
    now: i64,
    queue: usize,
    agent: Option<AgentName>,
    class: RequestClass,
    opened_at: i64,
    /// From when on the time of a solution counts.
    since: i64,
    /// Of both promises: when they are due, and whether they are judged.
    first: (i64, bool),
    solution: (i64, bool),
    /// Since when the requester waits for the next answer.
    next: Option<i64>,
}

/// The histories of so many tickets, in the order of their numbers.
pub(crate) fn histories(seed: u64, many: i64, mut take: impl FnMut(TicketNumber, Vec<Past>)) {
    let mut die = Die::of(seed);
    let mut decision = 0;
    for number in 1..=many {
        let opened_at = BEGINNING + YEAR_SECS / many * (number - 1) + die.below(HOUR);
        let mut tale = Tale::begin(&mut die, (number, opened_at), decision);
        tale.live();
        tale.is_seen_by_head();
        decision = tale.decision;
        let history = tale.history;
        take(TicketNumber(number), history);
    }
}

impl<'d> Tale<'d> {
    fn begin(die: &'d mut Die, (number, opened_at): (i64, i64), decision: i64) -> Self {
        let class = match die.below(100) {
            0..7 => RequestClass::Emergency,
            7..15 => RequestClass::Urgent,
            15..70 => RequestClass::Standard,
            70..95 => RequestClass::Consultation,
            _ => RequestClass::Wish,
        };
        let promise = match class {
            RequestClass::Emergency | RequestClass::Urgent => 4 * HOUR,
            RequestClass::Standard => 3 * DAY,
            RequestClass::Consultation | RequestClass::Wish => 5 * DAY,
        };
        let queue = usize::try_from(die.below(5)).unwrap();
        Self {
            die,
            number,
            history: Vec::new(),
            decision,
            row: number * 1000,
            now: opened_at,
            queue,
            agent: None,
            class,
            opened_at,
            since: opened_at,
            first: (opened_at + 2 * HOUR, false),
            solution: (opened_at + promise, false),
            next: None,
        }
    }

    fn at(secs: i64) -> Timestamp {
        Timestamp::from_second(secs).unwrap()
    }

    fn requester(&self) -> PersonId {
        PersonId(1 + self.number % 120)
    }

    fn queue_name(&self) -> QueueName {
        QueueName::from(QUEUES[self.queue])
    }

    /// An agent of the queue who is here; for one who is away the next one does the work.
    fn somebody(&mut self) -> AgentName {
        let who = self.die.below(4);
        let deputy = (who + 1) % 4;
        self.agent_of(match is_away(self.queue, who, self.now) {
            true => deputy,
            false => who,
        })
    }

    fn agent_of(&self, who: i64) -> AgentName {
        AgentName(match (QUEUES[self.queue], who) {
            // One of ИТ has the economy's requests, too: both are of one department.
            ("aho", 0) => "it-0".to_owned(),
            // One of the accountants goes by another name since July.
            ("buh", 1) if self.now >= BEGINNING + 181 * DAY => "buh-1-married".to_owned(),
            (queue, who) => format!("{queue}-{who}"),
        })
    }

    fn next_row(&mut self) -> MessageRow {
        self.row += 1;
        MessageRow(self.row)
    }

    fn decides(&mut self) {
        self.decision += 1;
    }

    fn says(&mut self, role: Role, data: EventData) {
        let at = self.now;
        self.says_at(at, role, data);
    }

    fn says_at(&mut self, at: i64, role: Role, data: EventData) {
        let actor = match role {
            Role::Agent | Role::Head => Actor::Person(PersonId(5000)),
            Role::Requester | Role::Collaborator => Actor::Person(self.requester()),
            Role::Stranger | Role::Machine | Role::House => Actor::Okno,
        };
        self.says_as(at, (role, actor), data);
    }

    fn says_as(&mut self, at: i64, (role, actor): (Role, Actor), data: EventData) {
        let opens = matches!(data, EventData::TicketOpened(_));
        // One in thirty has had their words erased.
        let private = (opens && self.requester().0 % 30 != 0).then(|| Private {
            person: Some(self.requester()),
            text: "Не печатает принтер".to_owned(),
        });
        self.history.push(Past {
            decision: DecisionId(self.decision),
            event: Event {
                stream: Stream::Ticket(TicketNumber(self.number)),
                data,
                at: Self::at(at),
                actor,
                role,
                trust: Trust::Proven,
                message_id: None,
                reason: "drawn".to_owned(),
                private,
                undoes: None,
            },
        });
    }

    fn passes(&mut self, secs: i64) {
        let until = self.now + 1 + self.die.below(secs);
        self.goes_away(until);
        self.now = until;
    }

    /// Whoever has it goes away meanwhile: what was due before is theirs still, and then it is their deputy's, or the team's.
    fn goes_away(&mut self, until: i64) {
        let mut all = 0..4;
        let has_it = all.find(|who| self.agent == Some(self.agent_of(*who)));
        let Some(who) = has_it else {
            return;
        };
        let since = away_since(self.queue, who);
        if !(self.now < since && since <= until && self.is_open()) {
            return;
        }
        self.now = since;
        self.time_passes();
        self.decides();
        let from = self.history.len();
        let agent = self.agent_of(who);
        self.agent = None;
        self.says(Role::House, EventData::Unassigned { agent });
        if self.die.percent(85) {
            let agent = self.agent_of((who + 1) % 4);
            self.agent = Some(agent.clone());
            self.says(Role::House, EventData::Assigned { agent });
        }
        for past in self.history.iter_mut().skip(from) {
            past.event.reason = WENT_AWAY.to_owned();
        }
        // Whatever comes next somebody else decides.
        self.decides();
    }

    /// Whether anybody owes work on it.
    fn is_open(&self) -> bool {
        let ticket = self.history.iter().fold(None, |ticket, past| {
            fold(ticket, TicketNumber(self.number), &past.event)
        });
        ticket.is_some_and(|ticket| ticket.state.is_live() && ticket.excluded.is_none())
    }

    /// From the first mail to the last.
    fn live(&mut self) {
        self.open();
        if self.ends_early() {
            return;
        }
        self.is_given();
        let rounds = self.die.below(3);
        for _ in 0..=rounds {
            self.is_worked_on();
        }
        // One in fifteen is still open at the end.
        if self.die.percent(7) {
            return;
        }
        let mut times = 0;
        loop {
            self.is_solved();
            times += 1;
            if times > 3 || !self.comes_back() {
                return;
            }
            self.is_worked_on();
        }
    }

    fn open(&mut self) {
        self.decides();
        let message = self.next_row();
        let new = NewTicket {
            queue: self.queue_name(),
            mailbox: QUEUES[self.queue].into(),
            prefix: "T".to_owned(),
            requester: self.requester(),
            collaborators: Vec::new(),
            language: Language::Ru,
            message,
        };
        self.says(Role::Requester, EventData::TicketOpened(new));
        self.joined(message);
        let property = Property::Class(self.class);
        self.says(Role::House, EventData::Classified { property });
        for (clock, due) in [
            (ClockKind::FirstResponse, self.first.0),
            (ClockKind::Resolution, self.solution.0),
        ] {
            self.starts(clock, due);
        }
        self.is_told_about();
        if self.die.percent(12) {
            let ticket = TicketNumber(2_000_000 + self.number);
            self.says(Role::Agent, EventData::AskedFor { ticket });
        }
        if self.die.percent(4) {
            let of = TicketNumber(self.die.below(self.number) + 1);
            let likeness = 80;
            self.says(Role::House, EventData::RepeatProposed { of, likeness });
        }
    }

    /// What okno does beside, which no figure looks at: an acknowledgement, a card, by which address it came.
    fn is_told_about(&mut self) {
        let address = Address::parse("help@uni.test").unwrap();
        self.says(Role::House, EventData::CameBy { address });
        for (side, template) in [(Side::Requester, "acknowledgement"), (Side::Agents, "card")] {
            let message = self.next_row();
            let sent = EventData::MessageSent {
                message,
                side,
                message_id: MessageId(format!("<{}@okno.test>", message.0)),
                template: template.to_owned(),
                class: Class::Automatic,
                offers: None,
                is_copy: false,
            };
            self.says(Role::House, sent);
        }
    }

    fn starts(&mut self, clock: ClockKind, due: i64) {
        let due_at = Self::at(due);
        let terms = Terms::target(due - self.now);
        self.says(
            Role::House,
            EventData::ClockStarted {
                clock,
                terms,
                due_at,
            },
        );
    }

    fn joined(&mut self, message: MessageRow) {
        let message_id = MessageId(format!("<{}@uni.test>", message.0));
        let side = Side::Requester;
        let is_thanks = self.die.percent(20);
        self.says(
            Role::Requester,
            EventData::MessageJoined {
                message,
                side,
                message_id,
                is_thanks,
            },
        );
    }

    /// Spam, merged, withdrawn, helped by an article, left behind.
    fn ends_early(&mut self) -> bool {
        let fate = self.die.below(100);
        if fate >= 16 {
            return false;
        }
        self.decides();
        self.passes(20 * HOUR);
        match fate {
            0..6 => return self.is_spam(),
            6..10 => {
                let into = TicketNumber((self.number - 1 - self.die.below(5)).max(1));
                self.says(Role::Agent, EventData::Merged { into });
            }
            10..12 => self.says(Role::Requester, EventData::Withdrawn),
            12..13 => {
                self.is_given();
                self.is_worked_on();
                self.decides();
                self.says(Role::Requester, EventData::Withdrawn);
            }
            13..15 => {
                self.judge(ClockKind::Resolution, None);
                let by = ClosedBy::KbHit;
                self.says(Role::Requester, EventData::Closed { by });
            }
            _ => {
                let by = ClosedBy::Switch;
                self.says(Role::House, EventData::Closed { by });
            }
        }
        true
    }

    /// Whether it stays spam.
    fn is_spam(&mut self) -> bool {
        let why = Exclusion::Spam;
        self.says(Role::Agent, EventData::Excluded { why });
        if self.die.percent(70) {
            return true;
        }
        self.decides();
        self.passes(6 * DAY);
        self.says(Role::Agent, EventData::Included);
        self.time_passes();
        false
    }

    fn is_given(&mut self) {
        self.decides();
        self.passes(HOUR);
        let agent = self.somebody();
        self.agent = Some(agent.clone());
        self.says(Role::House, EventData::Assigned { agent });
    }

    /// Something between two answers, and an answer.
    fn is_worked_on(&mut self) {
        let what = self.die.below(100);
        self.decides();
        self.passes(8 * HOUR);
        self.time_passes();
        match what {
            0..8 => self.is_transferred(),
            8..15 => self.is_escalated(),
            15..20 => self.changes_class(),
            20..25 => self.moves_deadline(),
            25..31 => self.is_handed_over(),
            31..34 => self.is_repeat(),
            34..40 => self.has_category(),
            _ => {}
        }
        self.decides();
        self.passes(10 * HOUR);
        self.time_passes();
        self.is_answered();
        if self.die.percent(45) {
            self.decides();
            self.passes(2 * DAY);
            self.time_passes();
            let message = self.next_row();
            self.joined(message);
            if self.next.is_none() {
                self.next = Some(self.now);
                self.starts(ClockKind::NextResponse, self.now + 4 * HOUR);
            }
        }
    }

    fn is_transferred(&mut self) {
        let (before, had) = (self.queue, self.agent.take());
        self.goes_to_another();
        match self.die.below(100) {
            // It was a mistake, and is taken back at once, or when it is none any more.
            0..30 => self.is_passed_back(before, had),
            // Whoever has got it sends it on without a word, back or elsewhere.
            30..55 => {
                self.is_given_now_and_then();
                self.decides();
                self.passes(HOUR);
                self.agent = None;
                self.goes_to_another();
                self.is_given_now_and_then();
            }
            _ => self.is_given_now_and_then(),
        }
    }

    fn goes_to_another(&mut self) {
        self.queue = usize::try_from(self.die.below(5)).unwrap();
        let queue = self.queue_name();
        let mailbox = QUEUES[self.queue].into();
        self.says(Role::Agent, EventData::Transferred { queue, mailbox });
    }

    fn is_passed_back(&mut self, before: usize, had: Option<AgentName>) {
        let passed = self.decision;
        self.decides();
        self.passes(HOUR);
        (self.queue, self.agent) = (before, had.clone());
        let restored = Restored {
            queue: Some([self.queue_name()]),
            mailbox: Some([QUEUES[before].into()]),
            assignee: Some([had]),
            ..Restored::default()
        };
        self.says(Role::Agent, EventData::Undone(Box::new(restored)));
        if let Some(past) = self.history.last_mut() {
            past.event.undoes = Some(DecisionId(passed));
        }
        // Now and then the next one is no mistake, or is one, too.
        if self.die.percent(40) {
            self.decides();
            self.passes(3 * DAY);
            let had = self.agent.take();
            self.goes_to_another();
            if self.die.percent(60) {
                self.is_passed_back(before, had);
            } else {
                self.is_given_now_and_then();
            }
        }
    }

    fn is_given_now_and_then(&mut self) {
        if self.die.percent(80) {
            self.is_given();
        }
    }

    fn is_escalated(&mut self) {
        let queue = QueueName::from(QUEUES[usize::try_from(self.die.below(5)).unwrap()]);
        let ticket = TicketNumber(1_000_000 + self.row);
        let agent = self.somebody();
        self.says(
            Role::Agent,
            EventData::EscalatedTo {
                queue: queue.clone(),
                ticket,
                agent,
            },
        );
        self.decides();
        // Now and then it was a mistake, and is withdrawn at once.
        let soon = self.die.percent(40);
        self.passes(if soon { HOUR / 2 } else { DAY });
        let end = match self.die.below(3) {
            0 => EscalationEnd::Withdrawn,
            1 => EscalationEnd::Solved,
            _ => return,
        };
        let ticket = Some(ticket);
        self.says(
            Role::Agent,
            EventData::EscalationEnded { queue, ticket, end },
        );
        if let Some(ticket) = ticket.filter(|_| self.die.percent(15)) {
            self.decides();
            self.says(Role::Agent, EventData::EscalationResumed { ticket });
        }
    }

    fn changes_class(&mut self) {
        self.class = match self.class {
            RequestClass::Standard => RequestClass::Consultation,
            _ => RequestClass::Standard,
        };
        let property = Property::Class(self.class);
        self.says(Role::Agent, EventData::Classified { property });
    }

    fn moves_deadline(&mut self) {
        let clock = ClockKind::Resolution;
        let due_at = Self::at(self.solution.0 + DAY);
        self.says(Role::Agent, EventData::DeadlineMoved { clock, due_at });
        if self.die.percent(25) {
            let moved = self.decision;
            self.decides();
            self.says(Role::Agent, EventData::Undone(Box::default()));
            if let Some(past) = self.history.last_mut() {
                past.event.undoes = Some(DecisionId(moved));
            }
        }
    }

    fn is_handed_over(&mut self) {
        if let Some(agent) = self.agent.take() {
            self.says(Role::House, EventData::Unassigned { agent });
        }
        if self.die.percent(85) {
            let agent = self.somebody();
            self.agent = Some(agent.clone());
            self.says(Role::House, EventData::Assigned { agent });
        }
    }

    fn is_repeat(&mut self) {
        let of = TicketNumber(self.die.below(self.number) + 1);
        let agent = self.somebody();
        let confirmed = EventData::RepeatConfirmed {
            of,
            agent: agent.clone(),
        };
        self.says(Role::Agent, confirmed);
        if self.die.percent(20) {
            self.decides();
            self.says(Role::Agent, EventData::RepeatDenied { of, agent });
        }
    }

    fn has_category(&mut self) {
        let words = ["сеть", "печать", "доступ"];
        for _ in 0..=self.die.below(2) {
            let word = words[usize::try_from(self.die.below(3)).unwrap()];
            let property = Property::Category(word.to_owned());
            self.says(Role::Agent, EventData::Classified { property });
        }
    }

    fn is_answered(&mut self) {
        let message = self.next_row();
        let agent = self.somebody();
        // Whoever asks now and then answers themselves.
        let author = match self.number % 97 {
            0 => self.requester(),
            _ => PersonId(5000),
        };
        let now = self.now;
        match self.die.below(100) {
            0..4 => {
                let agent = Some(agent.clone()).filter(|_| self.die.percent(60));
                self.says(Role::Agent, EventData::AnsweredOutside { message, agent });
            }
            _ => {
                let agent = agent.clone();
                let data = EventData::Answered { message, agent };
                self.says_as(now, (Role::Agent, Actor::Person(author)), data);
            }
        }
        self.answers_promises(&agent);
        if self.die.percent(2) {
            self.decides();
            self.passes(HOUR);
            self.says(Role::Machine, EventData::AnswerUndone { message, agent });
        }
    }

    fn answers_promises(&mut self, agent: &AgentName) {
        self.kept(ClockKind::FirstResponse, Some(agent.clone()));
        self.kept(ClockKind::NextResponse, Some(agent.clone()));
        self.next = None;
    }

    /// Of a promise: from when its time counted, by when it is due.
    fn promise(&self, clock: ClockKind) -> Option<(i64, i64)> {
        match clock {
            ClockKind::FirstResponse => Some((self.opened_at, self.first.0)),
            ClockKind::Resolution => Some((self.since, self.solution.0)),
            ClockKind::NextResponse => self.next.map(|since| (since, since + 4 * HOUR)),
            ClockKind::Update => None,
        }
    }

    fn is_judged(&self, clock: ClockKind) -> bool {
        match clock {
            ClockKind::FirstResponse => self.first.1,
            ClockKind::Resolution => self.solution.1,
            ClockKind::NextResponse | ClockKind::Update => {
                let since = self.next.map(Self::at);
                self.history.iter().any(|past| match &past.event.data {
                    EventData::ClockJudged(verdict) => {
                        verdict.clock == clock && Some(verdict.started_at) == since
                    }
                    _ => false,
                })
            }
        }
    }

    /// What was promised happens now, in time or not.
    fn kept(&mut self, clock: ClockKind, by: Option<AgentName>) {
        let Some((started, due)) = self.promise(clock) else {
            return;
        };
        if !self.is_judged(clock) {
            self.judge(clock, by);
        }
        let is_known = self.history.iter().any(|past| match &past.event.data {
            EventData::KeptLate {
                clock: of,
                started_at,
                ..
            } => *of == clock && *started_at == Self::at(started),
            _ => false,
        });
        // A solution may come back, and be given again: it is told each time.
        let is_known = is_known && clock != ClockKind::Resolution;
        if self.now > due && !is_known {
            let late = EventData::KeptLate {
                clock,
                started_at: Self::at(started),
                due_at: Self::at(due),
                worked_secs: worked(started, self.now),
                late_secs: worked(started, self.now) - worked(started, due),
            };
            self.says(Role::House, late);
        }
    }

    /// A verdict as of now.
    fn judge(&mut self, clock: ClockKind, by: Option<AgentName>) {
        let now = self.now;
        let verdict = self.verdict(clock, Some(now), by);
        self.says(Role::House, verdict);
        self.marks(clock, true);
    }

    fn marks(&mut self, clock: ClockKind, is_judged: bool) {
        match clock {
            ClockKind::FirstResponse => self.first.1 = is_judged,
            ClockKind::Resolution => self.solution.1 = is_judged,
            ClockKind::NextResponse | ClockKind::Update => {}
        }
    }

    fn verdict(&self, clock: ClockKind, done: Option<i64>, by: Option<AgentName>) -> EventData {
        let (started, due) = self.promise(clock).unwrap();
        let is_met = done.is_some_and(|done| done <= due);
        EventData::ClockJudged(Box::new(Verdict {
            clock,
            outcome: if is_met {
                Outcome::Met
            } else {
                Outcome::Breached
            },
            due_at: Self::at(due),
            satisfied_at: done.map(Self::at),
            started_at: Self::at(started),
            target_secs: Some(due - started),
            queue: self.queue_name(),
            agent: if is_met { by } else { self.agent.clone() },
            class: Some(self.class),
            limit: None,
            worked_secs: Some(worked(started, done.unwrap_or(due))),
        }))
    }

    /// Promises whose time has passed meanwhile are judged at their due instants, most of them.
    fn time_passes(&mut self) {
        for clock in [
            ClockKind::FirstResponse,
            ClockKind::NextResponse,
            ClockKind::Resolution,
        ] {
            let due = self.promise(clock).map(|(_, due)| due);
            let passed = due.filter(|due| *due < self.now && !self.is_judged(clock));
            if let Some(due) = passed
                && self.die.percent(80)
            {
                let verdict = self.verdict(clock, None, None);
                self.says_at(due, Role::House, verdict);
                self.marks(clock, true);
            }
        }
    }

    /// Solved in one of the ways there are, perhaps taken back, perhaps closed and rated.
    fn is_solved(&mut self) {
        self.decides();
        self.passes(3 * DAY);
        self.time_passes();
        let agent = match self.die.percent(75) {
            true => self.agent.clone(),
            false => None,
        };
        let agent = agent.unwrap_or_else(|| self.somebody());
        if self.agent.as_ref() != Some(&agent) {
            self.agent = Some(agent.clone());
            let agent = agent.clone();
            self.says(Role::Agent, EventData::Assigned { agent });
        }
        let message = self.next_row();
        if self.die.percent(4) {
            let agent = Some(agent.clone()).filter(|_| self.die.percent(60));
            self.says(Role::House, EventData::ResolvedOutside { message, agent });
            self.kept(ClockKind::Resolution, None);
            return;
        }
        let chars = Some(u32::try_from(self.die.below(60)).unwrap());
        let chars = chars.filter(|_| self.die.percent(90));
        let last = self.decision;
        let was_running = !self.solution.1;
        let data = EventData::Resolved {
            message,
            agent: agent.clone(),
            chars,
        };
        self.says(Role::Agent, data);
        for clock in ClockKind::ALL {
            self.kept(clock, Some(agent.clone()));
        }
        self.next = None;
        match self.die.below(100) {
            0..8 => self.says(
                Role::Agent,
                EventData::Closed {
                    by: ClosedBy::Agent,
                },
            ),
            8..11 => self.is_taken_back((last, was_running), message),
            11..13 => {
                self.asks();
                self.decides();
                self.passes(HOUR);
                let state = State::Open;
                self.says(Role::Machine, EventData::StateChanged { state });
            }
            _ => {
                self.asks();
                self.is_closed();
            }
        }
        self.is_corrected();
    }

    fn asks(&mut self) {
        let message = self.next_row();
        let copies = 1 + self.die.below(2);
        for copy in 0..copies {
            let sent = EventData::MessageSent {
                message,
                side: Side::Requester,
                message_id: MessageId(format!("<{}.{copy}@okno.test>", message.0)),
                template: "resolution".to_owned(),
                class: Class::Human,
                offers: Some(Offer::Confirmation),
                is_copy: copy > 0,
            };
            self.says(Role::House, sent);
        }
    }

    /// The agent takes the solution back: it stands open again, and its clock runs where nothing had judged it before.
    fn is_taken_back(&mut self, (decision, was_running): (i64, bool), message: MessageRow) {
        self.decides();
        self.passes(2 * HOUR);
        let (started, due) = self.promise(ClockKind::Resolution).unwrap();
        let outcome = (!was_running).then_some(Outcome::Breached);
        let clock = json!({
            "kind": ClockKind::Resolution, "started_at": Self::at(started), "target_secs": due - started,
            "queue": self.queue_name(), "due_at": Self::at(due), "outcome": outcome,
        });
        let clock: Clock = serde_json::from_value(clock).unwrap();
        // What had gone out stays an answer.
        let last = LastAnswer {
            message: MessageRow(message.0 - 1),
            agent: None,
            at: Self::at(self.opened_at),
        };
        let restored = Restored {
            state: Some([State::Open]),
            resolved_at: Some([None]),
            clocks: Some([vec![clock]]),
            last_answer: self.die.percent(50).then_some([Some(last)]),
            ..Restored::default()
        };
        self.says(Role::Agent, EventData::Undone(Box::new(restored)));
        if let Some(past) = self.history.last_mut() {
            past.event.undoes = Some(DecisionId(decision));
        }
        self.marks(ClockKind::Resolution, !was_running);
    }

    fn is_closed(&mut self) {
        self.decides();
        self.passes(5 * DAY);
        let by = match self.die.below(10) {
            0..5 => ClosedBy::Requester,
            5..9 => ClosedBy::Silence,
            _ => ClosedBy::Agent,
        };
        if self.die.percent(20) {
            // They are reminded once.
            self.asks();
        }
        let has_rated = by == ClosedBy::Requester && self.die.percent(80);
        if has_rated {
            self.rates();
        }
        self.says(Role::Requester, EventData::Closed { by });
        if has_rated && self.die.percent(10) {
            self.decides();
            self.passes(13 * DAY);
            self.rates();
        }
        if self.die.percent(6) {
            self.decides();
            self.passes(20 * DAY);
            let (person, score) = (self.requester(), u8::try_from(self.die.below(11)).unwrap());
            self.says(Role::Requester, EventData::NpsAnswered { person, score });
            // Some mend it, in the month or after its end.
            if self.die.percent(30) {
                self.decides();
                self.passes(13 * DAY);
                let score = u8::try_from(self.die.below(11)).unwrap();
                self.says(Role::Requester, EventData::NpsAnswered { person, score });
            }
        }
    }

    fn rates(&mut self) {
        let score = u8::try_from(1 + self.die.below(5)).unwrap();
        self.says(Role::Requester, EventData::Rated { score });
    }

    /// A verdict turns out otherwise: excused, somebody else's, taken back.
    fn is_corrected(&mut self) {
        if !self.die.percent(3) || !self.solution.1 {
            return;
        }
        self.decides();
        self.passes(30 * DAY);
        let (started, due) = self.promise(ClockKind::Resolution).unwrap();
        let outcome = match self.die.below(4) {
            0 => None,
            1 => Some(Outcome::Breached),
            _ => Some(Outcome::Met),
        };
        let satisfied = (outcome == Some(Outcome::Met)).then_some(due);
        let corrected = EventData::VerdictCorrected(Box::new(Verdict {
            clock: ClockKind::Resolution,
            outcome,
            due_at: Self::at(due),
            satisfied_at: satisfied.map(Self::at),
            started_at: Self::at(started),
            target_secs: Some(due - started),
            queue: self.queue_name(),
            agent: Some(self.somebody()),
            class: Some(self.class),
            limit: None,
            worked_secs: Some(worked(started, due)),
        }));
        self.says(Role::Head, corrected);
    }

    /// A head corrects how it counts on the draft of a month, and perhaps thinks better of it.
    fn is_seen_by_head(&mut self) {
        let mut is_again = self.die.percent(8);
        while is_again {
            self.decides();
            self.passes(10 * DAY);
            let how = match self.die.below(6) {
                0 => Correction::Exclude,
                1 => Correction::Excuse,
                2 => Correction::Attribute {
                    agent: self.somebody(),
                },
                3 => Correction::Class {
                    class: RequestClass::Emergency,
                },
                4 => Correction::Class {
                    class: RequestClass::Consultation,
                },
                _ => Correction::Restore,
            };
            let corrected = EventData::FiguresCorrected {
                list: PayrollName(QUEUES[self.queue].to_owned()),
                period: "2026-10".to_owned(),
                how,
                queues: match self.die.below(4) {
                    // As it was before that was kept.
                    0 => Vec::new(),
                    1 => {
                        let other = usize::try_from(self.die.below(5)).unwrap();
                        vec![QueueName::from(QUEUES[other])]
                    }
                    _ => vec![QueueName::from(QUEUES[self.queue])],
                },
            };
            self.says(Role::Head, corrected);
            is_again = self.die.percent(40);
        }
    }

    /// Whether it comes back, within the days that a solution has to last or later.
    fn comes_back(&mut self) -> bool {
        let is_open = self
            .history
            .iter()
            .rev()
            .find_map(|past| match past.event.data {
                EventData::Undone(_) | EventData::StateChanged { .. } => Some(true),
                EventData::Resolved { .. } | EventData::ResolvedOutside { .. } => Some(false),
                _ => None,
            });
        if is_open == Some(true) {
            return self.die.percent(90);
        }
        if !self.die.percent(12) {
            return false;
        }
        self.decides();
        self.passes(28 * DAY);
        let since = Self::at(self.now)
            .checked_sub(SignedDuration::from_hours(1))
            .unwrap();
        let message = self.next_row();
        self.joined(message);
        self.says(Role::Requester, EventData::Reopened);
        if self.die.percent(30) {
            // It is promised anew; what was promised before is over.
            self.since = self.now;
            self.solution = (self.now + 3 * DAY, false);
            self.starts(ClockKind::Resolution, self.solution.0);
        } else if self.now < self.solution.0 {
            // The clock that was judged goes on.
            let due_at = Self::at(self.solution.0);
            let clock = ClockKind::Resolution;
            self.says(
                Role::House,
                EventData::ClockReopened {
                    clock,
                    since,
                    due_at,
                },
            );
            self.solution.1 = false;
        }
        true
    }
}

/// Business seconds, as a town counts them where a third of every day is worked.
fn worked(from: i64, to: i64) -> i64 {
    (to - from) / 3
}
