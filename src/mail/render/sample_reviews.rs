//! Samples of regular letters about how a queue works.

use super::{sample_counts::forms, sample_directors, sample_words::Maker};
use crate::model::outgoing::{
    AgentShare, AgentWeek, Body, CauseShown, ChartShown, HintsShown, LateShown, MissedShown,
    MonthlyLetter, PeriodShown, ReviewLine, ReviewList, Topic, TrendShown, WeeklyLetter,
};

fn line(make: &Maker<'_>) -> ReviewLine {
    ReviewLine {
        ticket: make.ticket(),
        agent: Some(make.agent()),
        due: Some(make.when(-4)),
        days: 6,
        state: "open".to_owned(),
    }
}

fn list(make: &Maker<'_>, states: &[&str], more: u64) -> ReviewList {
    let of = |state: &&str| ReviewLine {
        state: (*state).to_owned(),
        ..line(make)
    };
    let bare = ReviewLine {
        ticket: make.bare_ticket(),
        agent: None,
        due: None,
        days: 0,
        state: "new".to_owned(),
    };
    let lines: Vec<ReviewLine> = states.iter().map(of).chain([bare]).collect();
    ReviewList {
        count: u64::try_from(lines.len()).unwrap_or(0).saturating_add(more),
        more,
        lines,
    }
}

/// What an outage has missed.
pub(super) fn late(make: &Maker<'_>, [first, last]: [&str; 2]) -> LateShown {
    LateShown {
        promised: Some(make.when(-36)),
        missed: Some(MissedShown {
            first: first.to_owned(),
            last: last.to_owned(),
            from: make.when(-2000),
            to: make.when(-1000),
        }),
    }
}

pub(super) fn chart(make: &Maker<'_>) -> ChartShown {
    let (received, solved) = (
        make.say("получено", "received"),
        make.say("решено", "solved"),
    );
    let (before, now) = (
        make.say("сен 2026", "Sep 2026"),
        make.say("окт 2026", "Oct 2026"),
    );
    let row = |name: &str, [one, two]: [&str; 2]| {
        let cells = [name, one, two];
        cells.map(str::to_owned).to_vec()
    };
    ChartShown {
        content_id: "1.k7q4@uni.test".to_owned(),
        title: make.say("Получено и решено", "Received and solved"),
        alt: make.say(
            "Получено и решено. получено: сен 2026 — 28, окт 2026 — 31; решено: сен 2026 — 30, окт 2026 — 29.",
            "Received and solved. received: Sep 2026 — 28, Oct 2026 — 31; solved: Sep 2026 — 30, Oct 2026 — 29.",
        ),
        width: 560,
        height: 300,
        lines: vec![
            format!("{before}: {received} 28, {solved} 30"),
            format!("{now}: {received} 31, {solved} 29"),
        ],
        rows: vec![row(&before, ["28", "30"]), row(&now, ["31", "29"])],
        head: vec![make.say("Период", "Period"), received, solved],
    }
}

/// Every cause of lateness.
pub(super) fn causes() -> Vec<CauseShown> {
    let whys = [
        "nobody",
        "unanswered",
        "came_back",
        "asked",
        "passed_on",
        "reassigned",
        "in_hand",
    ];
    let cause = |(count, why): (u64, &str)| CauseShown {
        why: why.to_owned(),
        count,
    };
    (1..).zip(whys).map(cause).collect()
}

pub(super) fn hints(make: &Maker<'_>) -> HintsShown {
    let trend = |what: &str, values: [&str; 3], way: &str| TrendShown {
        what: what.to_owned(),
        values: values.map(str::to_owned).to_vec(),
        way: way.to_owned(),
    };
    let share = |name: String, solved: i64, percent: &str| AgentShare {
        name,
        solved,
        percent: percent.to_owned(),
    };
    HintsShown {
        late: 28,
        causes: causes(),
        repeats: 2,
        received: 31,
        misrouted: 3,
        forms: forms(make),
        subjects: vec![
            Topic {
                words: make.say("Не печатает принтер", "Printer does not print"),
                count: 7,
            },
            Topic {
                words: make.say("Доступ к VPN", "access to VPN"),
                count: 3,
            },
        ],
        rules: vec![make.say("Справки 2-НДФЛ", "Certificates")],
        shares: vec![
            share(make.agent(), 20, "69"),
            share(make.requester(), 9, "31"),
        ],
        trends: vec![
            trend("response", ["40", "", "55"], "worse"),
            trend("quality", ["4", "4", "4"], "same"),
            trend("complaints", ["3", "1", "0"], "better"),
            trend("late", ["", "", "5"], ""),
        ],
    }
}

pub(super) fn months(make: &Maker<'_>) -> Vec<Body> {
    let figures = figures_shown(make);
    let full = MonthlyLetter {
        queue: make.say("ИТ-поддержка", "IT support"),
        period: "2026-10".to_owned(),
        late: LateShown::default(),
        figures,
        capacity: 400,
        capacity_percent: "8".to_owned(),
        aims: sample_directors::figures(make),
        unexplained: 4,
        example: "SLA_CONS".to_owned(),
        is_aim_unknown: false,
        reasons: vec![sample_directors::reason(make)],
        has_page: true,
        code: "[kpi:queue:it/2026-10/1:k7q4m2p9s1]".to_owned(),
        hints: hints(make),
        charts: vec![chart(make)],
        upto: 1234,
        head_hash: "9f86d081884c7d65".to_owned(),
        final_on: Some(make.when(0)),
        ..MonthlyLetter::default()
    };
    let quiet = MonthlyLetter {
        queue: full.queue.clone(),
        period: full.period.clone(),
        ..MonthlyLetter::default()
    };
    let closed = MonthlyLetter {
        closed_at: Some(make.when(0)),
        version: 1,
        upto: 1234,
        head_hash: full.head_hash.clone(),
        ..quiet.clone()
    };
    let recounted = MonthlyLetter {
        is_recounted: true,
        ..closed.clone()
    };
    let late = MonthlyLetter {
        late: late(make, ["2026-07", "2026-08"]),
        is_aim_unknown: true,
        aims: full
            .aims
            .iter()
            .filter(|one| one.is_reached)
            .cloned()
            .collect(),
        unexplained: 0,
        has_page: false,
        ..full.clone()
    };
    [full, quiet, closed, recounted, late]
        .map(Body::Monthly)
        .to_vec()
}

fn figures_shown(make: &Maker<'_>) -> PeriodShown {
    PeriodShown {
        received: 31,
        received_before: 28,
        solved: 29,
        solved_before: 30,
        judged: 28,
        met: 27,
        percent: make.say("96,4", "96.4"),
        answers: 44,
        answers_judged: 31,
        answers_met: 30,
        answer_minutes: "42".to_owned(),
        reopened: 1,
        rated: 8,
        rating: make.say("4,75", "4.75"),
    }
}

pub(super) fn weeks(make: &Maker<'_>) -> Vec<Body> {
    let figures = figures_shown(make);
    let week = AgentWeek {
        name: make.agent(),
        open: 5,
        overdue: 1,
        solved: 14,
        judged: 13,
        met: 12,
    };
    let nothing_done = AgentWeek {
        name: make.requester(),
        ..AgentWeek::default()
    };
    let full = WeeklyLetter {
        queue: make.say("ИТ-поддержка", "IT support"),
        week: 46,
        first: Some(make.when(-204)),
        last: Some(make.when(-60)),
        figures: figures.clone(),
        late: LateShown::default(),
        is_past: false,
        open: 12,
        free: 2,
        waits: 3,
        overdue: list(make, &["open", "on_hold"], 4),
        due: list(make, &["pending"], 1),
        long: list(make, &["open"], 0),
        long_days: 5,
        agents: vec![week, nothing_done],
        charts: vec![chart(make)],
    };
    let quiet = WeeklyLetter {
        queue: full.queue.clone(),
        week: 1,
        figures: PeriodShown {
            received: 1,
            ..PeriodShown::default()
        },
        ..WeeklyLetter::default()
    };
    let no_promises = WeeklyLetter {
        figures: PeriodShown {
            answers_judged: 0,
            ..figures
        },
        ..quiet.clone()
    };
    let past = WeeklyLetter {
        late: late(make, ["2026-w37", "2026-w38"]),
        is_past: true,
        due: ReviewList::default(),
        ..full.clone()
    };
    let silent = WeeklyLetter {
        late: LateShown {
            promised: None,
            ..past.late.clone()
        },
        is_past: false,
        ..quiet.clone()
    };
    let bodies = [full, quiet, no_promises, past, silent];
    bodies.map(Body::Weekly).to_vec()
}
