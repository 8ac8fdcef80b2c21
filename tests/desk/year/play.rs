//! The year is played: who writes what and when is drawn by a chance of our own, always the same.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, BinaryHeap},
    time::Duration,
};

use jiff::Timestamp;
use okno::{
    desk::{
        arrival::Arrival,
        cause::Cause,
        decide::decide,
        decision::Decision,
        timer::{Due, TimerKind, timers_of},
        wants::Wants,
    },
    house::{House, lease::DECIDER},
    mail::read::{Limits, read},
    model::{
        ids::{MessageId, PersonId, RawId, TicketNumber},
        ticket::{Side, Ticket},
    },
    store::{
        Faults,
        apply::{self, Batch, Decided, Standing},
        facts,
        history::{self, StoredDecision},
        leases::Lease,
        timers,
    },
};

use super::super::{desk::Desk, letter::Letter};

/// Three departments: an office in Moscow with the production calendar and a day of its own, one in Berlin, and one that
/// counts day and night. [`super::second`] says the same in plain words.
pub(super) const SETTINGS: &str = r#"
administrator = "root@uni.test"
time_zone = "Europe/Moscow"

[smtp]
maildir = "/nowhere"

[mailbox.it]
address = "it@uni.test"
mode = "full"
maildir = "/nowhere/it"
[mailbox.buh]
address = "buh@uni.test"
mode = "full"
maildir = "/nowhere/buh"
[mailbox.lab]
address = "lab@uni.test"
mode = "full"
maildir = "/nowhere/lab"

[calendar.office]
hours = "mon-fri 09:00-13:00 14:00-18:00"
holidays = "ru"
days = ["2026-12-30 09:00-14:00", "2026-07-04 working for 2026-07-06", "2026-07-06 off"]

[calendar.berlin]
hours = "mon-thu 08:30-17:15, fri 08:30-15:00, sat 22:00-30:00"
time_zone = "Europe/Berlin"
days = ["2026-10-03 off", "2026-12-24..2026-12-27 off", "2026-03-29 01:00-05:00"]

[queue.it]
title = "IT"
prefix = "IT"
agents = ["anna", "boris"]
calendar = "office"
repeat_days = 0
reminders = [50, 80]
commands = ["all"]
[queue.it.class.emergency]
first_response = "15 min 24/7"
target = "4 h"
[queue.it.class.urgent]
first_response = "1 h"
target = "4 h"
[queue.it.class.standard]
first_response = "4 h"
next_response = "8 h"
target = "24 h"
limit = "5 days"
[queue.it.class.consultation]
next_response = "8 h"
target = "48 h"
limit = "5 days"
limit_mode = "gk_rf"
[queue.it.class.wish]

[queue.buh]
title = "Accounts"
prefix = "BUH"
agents = ["vera", "gleb"]
calendar = "berlin"
repeat_days = 0
reminders = []
commands = ["all"]
[queue.buh.class.emergency]
first_response = "30 min"
target = "3 h"
[queue.buh.class.urgent]
target = "6 h"
limit = "1 day"
limit_mode = "elapsed24h"
[queue.buh.class.standard]
first_response = "5 h"
next_response = "5 h"
target = "16 h"
limit = "3 working days"
combine = "latest"
limit_pauses = "extend"
[queue.buh.class.consultation]
limit = "1 month"
roll = "next_open"

[queue.lab]
title = "Lab"
prefix = "LAB"
agents = ["dina"]
repeat_days = 0
reminders = [80]
commands = ["all"]
pauses_on_hold = true
[queue.lab.class.emergency]
first_response = "10 min"
target = "2 h"
[queue.lab.class.standard]
first_response = "2 h"
next_response = "3 h"
target = "30 h"
limit = "2 days"
limit_mode = "end_of_day"
limit_pauses = "extend"

[agent.anna]
name = "Anna"
address = "anna@uni.test"
[agent.boris]
name = "Boris"
address = "boris@uni.test"
[agent.vera]
name = "Vera"
address = "vera@uni.test"
[agent.gleb]
name = "Gleb"
address = "gleb@uni.test"
[agent.dina]
name = "Dina"
address = "dina@uni.test"

[trust]
servers = ["mx.uni.test"]

[caps]
requester_hour = 100000
requester_day = 100000
staff_hour = 100000
staff_day = 100000
ticket_day = 100000
"#;

const MINUTE: i64 = 60;
const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;

/// 1 January 2026.
pub(super) const BEGINNING: i64 = 1_767_225_600;

/// Two days after the last question.
const END: i64 = BEGINNING + 361 * DAY;

/// What stands for the letters that nobody writes here.
const LETTER: &[u8] = b"A letter\r\n";

/// The same chance every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (x ^ (x >> 31)) % most
    }

    fn between(&mut self, from: i64, to: i64) -> i64 {
        from + i64::try_from(self.below(u64::try_from(to - from).unwrap())).unwrap()
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[usize::try_from(self.below(of.len() as u64)).unwrap()]
    }
}

/// What was played.
pub(super) struct Told {
    pub(super) now: Timestamp,
    pub(super) causes: u64,
}

/// What happened in a ticket, and how it stands.
pub(super) struct Story {
    pub(super) ticket: Ticket,
    pub(super) decisions: Vec<StoredDecision>,
}

/// Who acts next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    Ask,
    Agent,
    Requester,
}

/// A request on its way.
#[derive(Default)]
struct Request {
    number: Option<TicketNumber>,
    mailbox: String,
    /// The last mail of ours to the requester, and to each agent.
    ours: Option<MessageId>,
    cards: BTreeMap<String, MessageId>,
    steps: u32,
    is_asked: bool,
    returns: u32,
}

struct Play<'d> {
    desk: &'d Desk,
    house: House,
    lease: Lease,
    chance: Chance,
    requests: Vec<Request>,
    by_number: BTreeMap<TicketNumber, usize>,
    todo: BinaryHeap<Reverse<(i64, usize, Act)>>,
    /// Whose mail is being decided.
    asking: Option<usize>,
    mails: i64,
    causes: u64,
}

/// Plays a year with so many requests.
pub(super) fn year(desk: &Desk, requests: u64) -> Told {
    desk.start(Faults::none());
    let house = desk.house();
    let lease = desk.with_house(async |house| house.lease(DECIDER).await);
    let mut play = Play {
        desk,
        house,
        lease: lease.unwrap().unwrap(),
        chance: Chance(2026),
        requests: Vec::new(),
        by_number: BTreeMap::new(),
        todo: BinaryHeap::new(),
        asking: None,
        mails: 0,
        causes: 0,
    };
    for place in 0..usize::try_from(requests).unwrap() {
        let at = play.asked_at();
        play.requests.push(Request::default());
        play.todo.push(Reverse((at, place, Act::Ask)));
    }
    let mut absences = play.absences();
    while let Some(Reverse((at, place, act))) = play.todo.pop() {
        if at > END {
            break;
        }
        while let Some((away, agent)) = absences.pop_if(|(away, _)| *away <= at) {
            play.until(away);
            play.is_away(agent);
        }
        play.until(at);
        play.act(place, act, at);
    }
    // The year ends in the middle of work: what is open then goes on.
    play.until(END);
    Told {
        now: play.house.clock.now(),
        causes: play.causes,
    }
}

/// What became of each request.
pub(super) fn stories(desk: &Desk, requests: u64) -> Vec<Story> {
    desk.with_house(async |house| {
        let mut stories = Vec::new();
        let first = TicketNumber(1001);
        for number in (first.0..).take(usize::try_from(requests).unwrap()) {
            let number = TicketNumber(number);
            let ticket = history::ticket(&house.db, number).await.unwrap().unwrap();
            let decisions = history::decisions_of(&house.db, number).await.unwrap();
            stories.push(Story { ticket, decisions });
        }
        stories
    })
}

impl Play<'_> {
    fn now(&self) -> i64 {
        self.house.clock.now().as_second()
    }

    /// By day mostly, at any time sometimes; around holidays and changes of the clocks more often.
    fn asked_at(&mut self) -> i64 {
        const BUSY: [i64; 9] = [0, 86, 87, 118, 127, 184, 296, 307, 355];
        let busy = BUSY[usize::try_from(self.chance.below(9)).unwrap()];
        let day = match self.chance.below(3) {
            0 => (busy + self.chance.between(0, 3)).min(358),
            _ => self.chance.between(0, 358),
        };
        let second = match self.chance.below(4) {
            0 => self.chance.between(0, DAY),
            _ => self.chance.between(5 * HOUR, 17 * HOUR),
        };
        BEGINNING + day * DAY + second
    }

    /// Lets time pass, and what falls due happen when it does.
    fn until(&mut self, at: i64) {
        while let Some(next) = self.next_due().filter(|next| *next <= at) {
            // The house looks a little later than things fall due.
            let late = self.chance.between(0, 3 * MINUTE);
            self.turn_to((next + late).min(at).max(next));
            self.keep_appointments();
        }
        self.turn_to(at);
        self.keep_appointments();
    }

    fn turn_to(&self, at: i64) {
        let by = u64::try_from(at - self.now()).unwrap_or(0);
        self.house.clock.advance(Duration::from_secs(by));
    }

    /// When something falls due next, in whole seconds, not before it.
    fn next_due(&self) -> Option<i64> {
        let next = self
            .desk
            .with_house(async |house| timers::next_at(&house.db).await);
        let next = next.unwrap()?;
        Some(next.as_second() + i64::from(next.subsec_nanosecond() > 0))
    }

    fn keep_appointments(&mut self) {
        let now = self.house.clock.now();
        for _ in 0..1_000 {
            let due = self
                .desk
                .with_house(async |house| timers::due(&house.db, now, 64).await);
            let due = due.unwrap();
            if due.is_empty() {
                return;
            }
            let is_told = |kind| matches!(kind, TimerKind::Reminder | TimerKind::Escalation);
            let (told, others): (Vec<_>, Vec<_>) =
                due.iter().copied().partition(|(kind, _)| is_told(*kind));
            let others = others
                .into_iter()
                .map(|(kind, object)| due_of(kind, object));
            // What is to be told is told together, after what happens.
            let told: BTreeSet<_> = told
                .iter()
                .map(|(_, object)| TicketNumber(*object))
                .collect();
            let told = (!told.is_empty()).then(|| Cause::Pressing(told.into_iter().collect()));
            let causes = others.map(Cause::Due).chain(told).collect();
            self.take(causes, due);
        }
        panic!("what is due stays due");
    }

    fn act(&mut self, place: usize, act: Act, at: i64) {
        match act {
            Act::Ask => self.asks(place),
            Act::Agent => self.agent_acts(place),
            Act::Requester => self.requester_acts(place),
        }
        let request = &self.requests[place];
        if request.steps > 9 {
            return;
        }
        let next = match self.chance.below(10) {
            0..=2 => self.chance.between(2 * MINUTE, HOUR),
            3..=6 => self.chance.between(HOUR, 9 * HOUR),
            7 | 8 => self.chance.between(9 * HOUR, 3 * DAY),
            _ => self.chance.between(3 * DAY, 8 * DAY),
        };
        let ticket = self.ticket(place);
        let who = match ticket.state.is_live() {
            false if self.chance.below(3) == 0 && self.requests[place].returns < 2 => {
                Act::Requester
            }
            false => return,
            true if self.requests[place].is_asked && self.chance.below(5) > 0 => Act::Requester,
            true if self.chance.below(8) == 0 => Act::Requester,
            true => Act::Agent,
        };
        self.todo.push(Reverse((at + next, place, who)));
    }

    fn ticket(&self, place: usize) -> Ticket {
        let number = self.requests[place].number.unwrap();
        let found = self
            .desk
            .with_house(async |house| history::ticket(&house.db, number).await);
        found.unwrap().unwrap()
    }

    fn asks(&mut self, place: usize) {
        let mailbox = match self.chance.below(8) {
            0..=4 => "it",
            5 | 6 => "buh",
            _ => "lab",
        };
        self.requests[place].mailbox = mailbox.to_owned();
        let letter = Letter::to(
            &format!("{mailbox}@uni.test"),
            &format!("Question {place}"),
            &format!("Device number {place} does not work, please help."),
        );
        self.writes(place, &requester(place), letter);
    }

    fn requester_acts(&mut self, place: usize) {
        let ticket = self.ticket(place);
        let words = match ticket.state.is_live() {
            true => "It stands in room 312, on the second floor.",
            false => {
                self.requests[place].returns += 1;
                self.chance.one(&[
                    "No, it does not work again, the same error as before.",
                    "нет",
                ])
            }
        };
        self.requests[place].is_asked = false;
        let answers = self.requests[place].ours.clone();
        let letter = self.reply(place, words, answers);
        self.writes(place, &requester(place), letter);
    }

    fn agent_acts(&mut self, place: usize) {
        let ticket = self.ticket(place);
        let agents: &[&str] = match ticket.queue.as_str() {
            "it" => &["anna", "boris"],
            "buh" => &["vera", "gleb"],
            _ => &["dina"],
        };
        let agent = match &ticket.assignee {
            Some(agent) if self.chance.below(4) > 0 => agent.as_str().to_owned(),
            _ => self.chance.one(agents).to_owned(),
        };
        let address = format!("{agent}@uni.test");
        let Some(card) = self.requests[place].cards.get(&address).cloned() else {
            return;
        };
        let class = self.chance.one(&[
            "экстренное",
            "срочное",
            "стандартное",
            "консультация",
            "пожелание",
        ]);
        let queue = self.chance.one(&["it", "buh", "lab"]);
        let day = Timestamp::from_second(self.now() + self.chance.between(DAY, 4 * DAY)).unwrap();
        let day = jiff::tz::TimeZone::UTC
            .to_datetime(day)
            .date()
            .strftime("%d.%m.%Y");
        let words = match self.chance.below(20) {
            0 => "взять".to_owned(),
            1..=3 => "We are looking into it, it will take some time.".to_owned(),
            4..=7 => {
                self.requests[place].is_asked = true;
                "In which room does it stand?\nжду".to_owned()
            }
            8 => format!("#жду до {day} поставщика"),
            9 | 10 => format!("#класс {class} так вернее"),
            11 => format!("#передать {queue} это к вам"),
            12 => "note: somebody should look into the log".to_owned(),
            13 => format!("#срок {day} ждём детали"),
            14 => format!("Not before tomorrow, sorry.\n#класс {class} так вернее"),
            _ => "It works again, please try.\nрешено".to_owned(),
        };
        self.requests[place].steps += 1;
        let letter = self.reply(place, &words, Some(card));
        self.writes(place, &address, letter);
    }

    /// When who says that they are away.
    fn absences(&mut self) -> Vec<(i64, &'static str)> {
        let mut all: Vec<(i64, &str)> = (0..12)
            .map(|month| {
                let at = BEGINNING + month * 30 * DAY + self.chance.between(0, 20 * DAY);
                (
                    at,
                    self.chance.one(&["anna", "boris", "vera", "gleb", "dina"]),
                )
            })
            .collect();
        all.sort_by_key(|(at, _)| Reverse(*at));
        all
    }

    fn is_away(&mut self, agent: &str) {
        let until = Timestamp::from_second(self.now() + 5 * DAY).unwrap();
        let until = jiff::tz::TimeZone::UTC
            .to_datetime(until)
            .date()
            .strftime("%d.%m.%Y");
        let mailbox = match agent {
            "anna" | "boris" => "it",
            "vera" | "gleb" => "buh",
            _ => "lab",
        };
        let words = format!("#отсутствую до {until}");
        let letter = Letter::to(&format!("{mailbox}@uni.test"), "Absence", &words);
        let mail = self.mail(mailbox, &format!("{agent}@uni.test"), letter);
        self.take(vec![mail], Vec::new());
    }

    /// A mail in answer to that one of ours, to whichever mailbox the ticket is in now.
    fn reply(&mut self, place: usize, words: &str, answers: Option<MessageId>) -> Letter {
        let mailbox = self.ticket(place).mailbox;
        self.requests[place].mailbox = mailbox.to_string();
        let id = answers.map_or_else(String::new, |id| format!("<{id}>"));
        let letter = Letter::to(
            &format!("{mailbox}@uni.test"),
            &format!("Re: Question {place}"),
            words,
        );
        letter.with("In-Reply-To", &id).with("References", &id)
    }

    fn writes(&mut self, place: usize, from: &str, letter: Letter) {
        let mailbox = self.requests[place].mailbox.clone();
        let mail = self.mail(&mailbox, from, letter);
        // It is looked at somewhat later than it came.
        let late = self.chance.between(0, 90);
        self.turn_to(self.now() + late);
        self.asking = Some(place);
        self.take(vec![mail], Vec::new());
        self.asking = None;
    }

    fn mail(&mut self, mailbox: &str, from: &str, letter: Letter) -> Cause {
        self.mails += 1;
        let results = "mx.uni.test; dmarc=pass header.from=uni.test";
        let letter = letter.with("Authentication-Results", results);
        let bytes = letter.bytes(from, &format!("m{}@mail.uni.test", self.mails));
        Cause::Mail(Box::new(Arrival {
            raw: RawId(self.mails),
            mailbox: mailbox.into(),
            at: self.house.clock.now(),
            reading: read(&bytes, &Limits::default()),
            again: None,
            automatic: None,
            spam_mark: None,
            virus: None,
            is_line: false,
        }))
    }

    /// Decides and writes as the decider does; letters are not written and not sent.
    fn take(&mut self, causes: Vec<Cause>, timers_done: Vec<(TimerKind, i64)>) {
        self.causes += causes.len() as u64;
        let now = self.house.clock.now();
        let kb = self.house.shelf.kb();
        let given = self.house.given(now, &kb);
        let wants = Wants::of(&causes, &given);
        let world = self
            .desk
            .with_house(async |house| facts::load(&house.db, wants, now).await);
        let mut world = world.unwrap();
        let mut decided = Vec::new();
        for cause in causes {
            let decision = decide(&cause, &world, &given);
            world.absorb(&decision);
            decided.push(Decided {
                work: None,
                cause_kind: cause.code(),
                cause_id: format!("{}/{}", self.causes, decided.len()),
                bytes: vec![LETTER.to_vec(); decision.mails.len()],
                decision,
            });
        }
        for one in &decided {
            self.learn(&one.decision);
        }
        let policy = &self.house.config.policy;
        let all = decided.iter();
        let touched: BTreeSet<_> = all.flat_map(|one| one.decision.tickets()).collect();
        let tickets = touched.into_iter().filter_map(|one| world.ticket(one));
        let batch = Batch {
            lease: self.lease.clone(),
            policy: self.house.policy,
            now,
            tickets: tickets
                .map(|ticket| Standing {
                    ticket: ticket.clone(),
                    timers: timers_of(ticket, policy),
                    risk_at: None,
                    late_at: None,
                })
                .collect(),
            decided,
            timers_done,
            readings: Vec::new(),
            seed: [1; 32],
        };
        let applied = self
            .desk
            .with_house(async |house| apply::apply(&house.db, batch).await);
        applied.unwrap();
    }

    /// Which ticket was opened, and what people have got from us.
    fn learn(&mut self, decision: &Decision) {
        if let (Some(place), [(_, begun)]) = (self.asking, decision.begun.as_slice()) {
            let known = self.requests[place].number.replace(begun.ticket);
            assert_eq!(known, None, "a request became two");
            let _new = self.by_number.insert(begun.ticket, place);
        }
        for mail in decision.mails.iter().map(|queued| &queued.mail) {
            let place = mail.ticket.and_then(|number| self.by_number.get(&number));
            let Some(request) = place.map(|place| &mut self.requests[*place]) else {
                continue;
            };
            match mail.side {
                Some(Side::Requester) => request.ours = Some(mail.message_id.clone()),
                Some(Side::Agents) => {
                    for to in &mail.recipients {
                        let address = to.address.as_str().to_owned();
                        let _before = request.cards.insert(address, mail.message_id.clone());
                    }
                }
                None => {}
            }
        }
    }
}

fn requester(place: usize) -> String {
    format!("person{place}@uni.test")
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "all others are a ticket's, whatever comes to them"
)]
const fn due_of(kind: TimerKind, object: i64) -> Due {
    match kind {
        TimerKind::Digest => Due::Digest(PersonId(object)),
        TimerKind::Challenge => Due::Challenge(PersonId(object)),
        TimerKind::Morning => Due::Morning(object),
        TimerKind::Absence => Due::Absence(object),
        kind => Due::Ticket(TicketNumber(object), kind),
    }
}
