//! Made-up houses that the templates are tried with: one where there is something of everything, one where there is nothing.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use jiff::{
    SignedDuration, Timestamp,
    tz::{Offset, TimeZone},
};

use super::{
    months::{MonthChart, Months},
    reports::{PlannedReport, Report, Waits},
    status::{
        AgentLoad, DeciderPresence, MailboxStatus, QueueStatus, Status, Trouble, TroubleKind, Zone,
    },
};
use crate::{
    desk::policy::Mode,
    model::{
        ids::{AgentName, MailboxName, TicketNumber},
        language::Language,
        ticket::State,
    },
    store::{
        shares::{Share, Shares, WEEKS},
        status::{Heap, OpenTicket, QueueFigures},
    },
};

/// 17 November 2026, nine in the morning of UTC: noon in Moscow.
const NINE: Timestamp = Timestamp::constant(1_794_906_000, 0);
const EIGHT: Timestamp = Timestamp::constant(1_794_906_000 - 3_600, 0);
const NOON: Timestamp = Timestamp::constant(1_794_906_000 + 3 * 3_600, 0);
const A_DAY_BEFORE: Timestamp = Timestamp::constant(1_794_906_000 - 86_400, 0);

const MOSCOW: Offset = Offset::constant(3);

impl Status {
    /// A house with something of everything, in trouble, whose every text is `word`.
    #[must_use]
    pub fn sample(word: &str) -> Self {
        let queue = queue(word);
        let confidential = QueueStatus {
            is_confidential: true,
            is_open: false,
            ..queue.clone()
        };
        let heap = |count| Heap {
            count,
            since: Some(EIGHT),
        };
        let agent = AgentLoad {
            name: word.to_owned(),
            count: 3,
        };
        Self {
            queues: BTreeMap::from([
                ("it".into(), queue.clone()),
                ("бухгалтерия".into(), queue),
                ("hr".into(), confidential),
            ]),
            agents: Some(BTreeMap::from([(AgentName(word.to_owned()), agent)])),
            other: QueueFigures {
                open: 7,
                unassigned: 6,
                waiting: 1,
                overdue: 5,
                at_risk: 4,
                ..QueueFigures::default()
            },
            mailboxes: mailboxes(word),
            held: heap(1),
            stopped: heap(2),
            quarantine: BTreeMap::from([(String::new(), 2)]),
            reports: reports(word),
            ..Self::bare()
        }
    }

    /// A house in which there is nothing, and all is well.
    #[must_use]
    pub fn bare() -> Self {
        Self {
            at: NINE,
            started_at: A_DAY_BEFORE,
            shares_at: NINE,
            language: Language::Ru,
            zone: zone(),
            queues: BTreeMap::new(),
            agents: None,
            other: QueueFigures::default(),
            mailboxes: BTreeMap::new(),
            outbox: Heap::default(),
            stuck: Heap::default(),
            held: Heap::default(),
            stopped: Heap::default(),
            work: Heap::default(),
            quarantine: BTreeMap::new(),
            recomputing: 0,
            decider: DeciderPresence::Here,
            reports: Vec::new(),
        }
    }

    /// All that templates are tried with.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let rich = Self::sample("sample");
        let mut all = vec![Self::bare()];
        for decider in [
            DeciderPresence::Nobody,
            DeciderPresence::Starting,
            DeciderPresence::Elsewhere,
        ] {
            all.push(Self {
                decider,
                ..rich.clone()
            });
        }
        let mut quiet = rich.clone();
        quiet.agents = None;
        for queue in quiet.queues.values_mut() {
            queue.target_percent = None;
            queue.months = None;
            queue.shares = Shares::default();
            queue.figures = QueueFigures::default();
        }
        for kind in TroubleKind::ALL {
            let mut troubled = Self::bare();
            troubled.mailboxes = mailboxes("sample");
            let troubles = troubled.mailboxes.values_mut();
            for trouble in troubles.filter_map(|mailbox| mailbox.trouble.as_mut()) {
                trouble.kind = kind;
            }
            all.push(troubled);
        }
        all.extend([quiet, rich]);
        all
    }
}

fn zone() -> Zone {
    Zone {
        name: "Europe/Moscow".to_owned(),
        zone: TimeZone::fixed(MOSCOW),
    }
}

fn queue(word: &str) -> QueueStatus {
    QueueStatus {
        title: word.to_owned(),
        zone: zone(),
        is_confidential: false,
        is_open: true,
        figures: QueueFigures {
            open: 120,
            unassigned: 2,
            waiting: 1,
            overdue: 1,
            at_risk: 1,
            oldest_at: Some(A_DAY_BEFORE),
            listed: listed(word),
        },
        shares: Shares {
            month: Share {
                met: 18,
                judged: 20,
            },
            weeks: [Share { met: 9, judged: 10 }; WEEKS],
        },
        target_percent: Some(95),
        months: Some(Arc::new(months(word))),
    }
}

/// A chart of each kind that there may be, all with the same figures.
fn months(word: &str) -> Months {
    let chart = |code| MonthChart {
        code,
        title: word.to_owned(),
        svg: format!("<svg role=\"img\"><title>{word}</title></svg>"),
        head: vec![word.to_owned(), word.to_owned()],
        rows: vec![vec![word.to_owned(), "7".to_owned()]],
        aims: vec![word.to_owned()],
    };
    let charts: Vec<MonthChart> = ["backlog", "load"].map(chart).into_iter().collect();
    Months {
        at: EIGHT,
        charts: Language::ALL
            .map(|language| (language, charts.clone()))
            .into_iter()
            .collect(),
    }
}

fn listed(word: &str) -> Vec<OpenTicket> {
    let listed = |number, state, [due_at, risk_at, late_at]: [Option<Timestamp>; 3]| OpenTicket {
        number: TicketNumber(number),
        state,
        assignee: Some(AgentName(word.to_owned())),
        opened_at: A_DAY_BEFORE,
        due_at,
        risk_at,
        late_at,
        promised_at: None,
    };
    // An agent has moved its day by one, and nobody has approved that yet.
    let moved = OpenTicket {
        promised_at: NOON.checked_add(SignedDuration::from_hours(24)).ok(),
        ..listed(1046, State::Open, [Some(NOON), Some(NOON), None])
    };
    let nobodys = OpenTicket {
        assignee: None,
        ..listed(1047, State::OnHold, [None; 3])
    };
    vec![
        listed(1042, State::Open, [None, None, Some(EIGHT)]),
        listed(1043, State::New, [Some(NOON), Some(EIGHT), None]),
        // A late one that owes another answer by noon, in danger or not.
        listed(1045, State::Open, [Some(NOON), Some(EIGHT), Some(EIGHT)]),
        moved,
        listed(1044, State::Pending, [None; 3]),
        nobodys,
    ]
}

/// Files at every stage, in time and late, and letters of both sorts.
fn reports(word: &str) -> Vec<PlannedReport> {
    let file = |waits, due_at: Timestamp| PlannedReport {
        what: Report::Payroll(word.to_owned()),
        period: "2026-11".to_owned(),
        waits,
        draft_at: Some(EIGHT),
        due_at,
        is_late: due_at < NINE,
    };
    let letter = |what, period: &str, due_at| PlannedReport {
        what,
        period: period.to_owned(),
        draft_at: None,
        ..file(Waits::Day, due_at)
    };
    let head = || vec![word.to_owned()];
    let weekly = Report::Weekly("it".into(), word.to_owned());
    let monthly = Report::Monthly("it".into(), word.to_owned());
    vec![
        file(Waits::Draft(NOON), NOON),
        file(Waits::Drafting, NOON),
        file(Waits::Unsettled, NOON),
        file(Waits::Approvals(1, Some(head())), EIGHT),
        file(Waits::Approvals(2, None), NOON),
        file(Waits::ApprovedDay, NOON),
        letter(weekly, "2026-w46", EIGHT),
        letter(monthly, "2026-11", NOON),
        letter(Report::Director, "2026-11", NOON),
    ]
}

/// One that cannot be read, one that is never read, and one that is in order.
fn mailboxes(word: &str) -> BTreeMap<MailboxName, MailboxStatus> {
    let faulty = MailboxStatus {
        address: word.to_owned(),
        mode: Mode::Full,
        poll: Duration::from_secs(60),
        is_ours: true,
        read_at: Some(EIGHT),
        newest_at: Some(EIGHT),
        lag_millis: Some(1_500),
        trouble: Some(Trouble {
            since: EIGHT,
            kind: TroubleKind::Unreachable,
            words: word.to_owned(),
        }),
    };
    let sound = MailboxStatus {
        mode: Mode::Observe,
        read_at: Some(NINE),
        trouble: None,
        ..faulty.clone()
    };
    let elsewhere = MailboxStatus {
        mode: Mode::Acknowledge,
        is_ours: false,
        read_at: None,
        newest_at: None,
        lag_millis: None,
        ..sound.clone()
    };
    BTreeMap::from([
        ("it".into(), faulty),
        ("hr".into(), sound),
        ("lab".into(), elsewhere),
    ])
}
