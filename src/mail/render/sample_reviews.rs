//! Samples of regular letters about how a queue works.

use super::{sample_counts::forms, sample_words::Maker};
use crate::model::outgoing::{
    AgentShare, AgentWeek, Body, CauseShown, ChartShown, DepartmentShown, DirectorLetter,
    FigureShown, HintsShown, MonthlyLetter, PeriodShown, ReasonShown, ReviewLine, ReviewList,
    TrendShown, WeeklyLetter,
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

fn chart(make: &Maker<'_>) -> ChartShown {
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
        figures,
        hints: hints(make),
        charts: vec![chart(make)],
        upto: 1234,
    };
    let quiet = MonthlyLetter {
        queue: full.queue.clone(),
        period: full.period.clone(),
        ..MonthlyLetter::default()
    };
    [full, quiet].map(Body::Monthly).to_vec()
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
    [full, quiet, no_promises].map(Body::Weekly).to_vec()
}

/// Every figure there is.
const FIGURES: [&str; 12] = [
    "sla_resolution_pct",
    "sla_resolution_emergency_pct",
    "sla_resolution_standard_pct",
    "sla_resolution_consultation_pct",
    "no_escalation_pct",
    "diagnosis_pct",
    "documented_pct",
    "csat_mean",
    "nps",
    "repeat_change",
    "frt_of_promise",
    "ttr_of_promise",
];

fn figures(make: &Maker<'_>) -> Vec<FigureShown> {
    let figure = |(place, code): (usize, &&str)| {
        let (value, of, before): (String, i64, String) = match *code {
            "csat_mean" => (make.say("4,75", "4.75"), 8, make.say("4,80", "4.80")),
            "nps" => ("52".to_owned(), 21, "52".to_owned()),
            "frt_of_promise" | "ttr_of_promise" => ("62".to_owned(), 0, "71".to_owned()),
            "repeat_change" => (make.say("−12,5", "−12.5"), 0, String::new()),
            _ => (make.say("96,4", "96.4"), 28, make.say("94,1", "94.1")),
        };
        let trends = ["better", "worse", "same"];
        let trend = trends.get(place.checked_rem(3).unwrap_or(0));
        FigureShown {
            figure: (*code).to_owned(),
            name: String::new(),
            unit: String::new(),
            value,
            is_percent: !matches!(*code, "csat_mean" | "nps"),
            good: of.saturating_sub(1),
            of,
            target: "95".to_owned(),
            is_reached: place.checked_rem(2) == Some(0),
            trend: match before.is_empty() {
                true => String::new(),
                false => trend.copied().unwrap_or_default().to_owned(),
            },
            before,
        }
    };
    let outside = |unit: &str, name: String, value: &str| FigureShown {
        figure: "x:ANY".to_owned(),
        name,
        unit: unit.to_owned(),
        value: value.to_owned(),
        is_percent: unit == "percent",
        target: "6".to_owned(),
        is_reached: true,
        ..FigureShown::default()
    };
    let upsells = make.say("Допродажи", "Upsells");
    let visits = make.say("Дорога до заявителя", "Way to the requester");
    let brought = [
        outside("each", upsells, "7"),
        outside("minutes", visits, "35"),
    ];
    let counted = FIGURES.iter().enumerate().map(figure);
    counted.chain(brought).collect()
}

pub(super) fn directors(make: &Maker<'_>) -> Vec<Body> {
    let full = DepartmentShown {
        title: make.say("ИТ-департамент", "IT department"),
        received: 312,
        received_before: 290,
        solved: 305,
        solved_before: 288,
        open: 24,
        overdue: 3,
        capacity: 400,
        capacity_percent: "78".to_owned(),
        figures: figures(make),
        unknown: Vec::new(),
    };
    let bare = DepartmentShown {
        title: make.say("Бухгалтерия", "Accounting"),
        unknown: FIGURES.map(str::to_owned).to_vec(),
        ..DepartmentShown::default()
    };
    let letter = DirectorLetter {
        period: "2026-10".to_owned(),
        reached: 5,
        known: 10,
        departments: vec![full, bare.clone()],
        reasons: vec![ReasonShown {
            list: make.say("ИТ-поддержка", "IT support"),
            period: "2026-09".to_owned(),
            figure: "SLA_STD".to_owned(),
            why: make.say("два дня стоял сервер", "a server was down for two days"),
        }],
        charts: vec![chart(make)],
        upto: 1234,
    };
    let nothing = DirectorLetter {
        reached: 0,
        known: 0,
        departments: vec![bare],
        reasons: Vec::new(),
        charts: Vec::new(),
        ..letter.clone()
    };
    [letter, nothing].map(Body::Director).to_vec()
}
