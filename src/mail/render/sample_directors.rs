//! Samples of the director's page, and of figures held against what is aimed at.

use super::{sample_reviews, sample_words::Maker};
use crate::model::outgoing::{
    Body, DepartmentShown, DirectorLetter, FigureShown, LateShown, ReasonShown,
};

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

pub(super) fn figures(make: &Maker<'_>) -> Vec<FigureShown> {
    let why = make.say("два дня стоял сервер", "a server was down for two days");
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
            code: "SLA_STD".to_owned(),
            target_before: match *code {
                "csat_mean" => make.say("4,5", "4.5"),
                "sla_resolution_pct" => "90".to_owned(),
                _ => String::new(),
            },
            is_before_unknown: *code == "repeat_change",
            reasons: match *code {
                "sla_resolution_emergency_pct" => vec![why.clone()],
                _ => Vec::new(),
            },
            reasons_before: match *code {
                "sla_resolution_pct" | "no_escalation_pct" => vec![why.clone(), why.clone()],
                _ => Vec::new(),
            },
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

/// A reason that stands beside no figure.
pub(super) fn reason(make: &Maker<'_>) -> ReasonShown {
    ReasonShown {
        list: make.say("ИТ-поддержка", "IT support"),
        period: "2026-09".to_owned(),
        figure: "SLA_STD".to_owned(),
        why: make.say("два дня стоял сервер", "a server was down for two days"),
    }
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
        figures: figures(make)
            .into_iter()
            .map(|figure| FigureShown {
                code: String::new(),
                ..figure
            })
            .collect(),
        unknown: Vec::new(),
    };
    let bare = DepartmentShown {
        title: make.say("Бухгалтерия", "Accounting"),
        unknown: FIGURES.map(str::to_owned).to_vec(),
        ..DepartmentShown::default()
    };
    let letter = DirectorLetter {
        period: "2026-10".to_owned(),
        late: LateShown::default(),
        reached: 5,
        known: 10,
        departments: vec![full, bare.clone()],
        is_aim_unknown: false,
        reasons: vec![reason(make)],
        charts: vec![sample_reviews::chart(make)],
        upto: 1234,
        head_hash: "9f86d081884c7d65".to_owned(),
    };
    let nothing = DirectorLetter {
        reached: 0,
        known: 0,
        departments: vec![bare],
        reasons: Vec::new(),
        charts: Vec::new(),
        ..letter.clone()
    };
    let late = DirectorLetter {
        late: sample_reviews::late(make, ["2026-08", "2026-08"]),
        is_aim_unknown: true,
        ..letter.clone()
    };
    [letter, nothing, late].map(Body::Director).to_vec()
}
