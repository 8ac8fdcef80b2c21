//! Samples of the director's page, and of figures held against what is aimed at.

use super::{sample_reviews, sample_words::Maker};
use crate::model::outgoing::{
    Body, DepartmentShown, DirectorLetter, FigureShown, LateShown, ReasonShown,
};

/// A figure there is: its code, by which code a reason is named, its value, of how many how many are good, the target, what it was
/// the month before, which way it went.
type Sample = (
    &'static str,
    &'static str,
    &'static str,
    [i64; 2],
    &'static str,
    &'static str,
    &'static str,
);

const GOOD: (&str, [i64; 2]) = ("96,4", [27, 28]);
const BAD: (&str, [i64; 2]) = ("89,3", [25, 28]);

/// So many of so many in time, of 95 %.
const fn share(
    figure: &'static str,
    code: &'static str,
    (value, of): (&'static str, [i64; 2]),
    (before, trend): (&'static str, &'static str),
) -> Sample {
    (figure, code, value, of, "95", before, trend)
}

/// Every figure there is.
const FIGURES: [Sample; 12] = {
    let (better, worse) = (("94,1", "better"), ("94,1", "worse"));
    [
        share("sla_resolution_pct", "SLA_ALL", GOOD, better),
        share("sla_resolution_emergency_pct", "SLA_EXTR", BAD, worse),
        share(
            "sla_resolution_standard_pct",
            "SLA_STD",
            GOOD,
            ("96,4", "same"),
        ),
        share("sla_resolution_consultation_pct", "SLA_CONS", BAD, worse),
        share("no_escalation_pct", "NOESC", GOOD, better),
        share("diagnosis_pct", "DIAG", BAD, worse),
        share("documented_pct", "DOC", GOOD, better),
        ("csat_mean", "CSAT", "4,75", [38, 8], "4,5", "4,80", "worse"),
        ("nps", "NPS", "52", [11, 21], "60", "52", "same"),
        ("repeat_change", "REPEAT", "−12,5", [0, 0], "−10", "", ""),
        ("frt_of_promise", "FRT", "62", [0, 0], "100", "71", "better"),
        ("ttr_of_promise", "TTR", "112", [0, 0], "100", "95", "worse"),
    ]
};

/// What is not reached of these.
const BELOW: [&str; 5] = [
    "sla_resolution_emergency_pct",
    "sla_resolution_consultation_pct",
    "diagnosis_pct",
    "nps",
    "ttr_of_promise",
];

/// So many figures a sample letter has, and so many of them are reached: those above, and two from outside.
const KNOWN: [u64; 2] = [14, 9];

pub(super) fn figures(make: &Maker<'_>) -> Vec<FigureShown> {
    let why = make.say("два дня стоял сервер", "a server was down for two days");
    let number = |words: &str| make.say(words, &words.replace(',', "."));
    let figure = |(figure, code, value, [good, of], target, before, trend): &Sample| FigureShown {
        figure: (*figure).to_owned(),
        name: String::new(),
        unit: String::new(),
        value: number(value),
        is_percent: !matches!(*figure, "csat_mean" | "nps"),
        good: *good,
        of: *of,
        target: number(target),
        is_reached: !BELOW.contains(figure),
        trend: (*trend).to_owned(),
        before: number(before),
        code: (*code).to_owned(),
        target_before: match *figure {
            "csat_mean" => number("4,6"),
            "sla_resolution_pct" => "90".to_owned(),
            _ => String::new(),
        },
        is_before_unknown: *figure == "repeat_change",
        reasons: match *figure {
            "sla_resolution_emergency_pct" => vec![why.clone()],
            _ => Vec::new(),
        },
        reasons_before: match *figure {
            "sla_resolution_pct" | "no_escalation_pct" => vec![why.clone(), why.clone()],
            _ => Vec::new(),
        },
    };
    let outside = |unit: &str, name: String, [value, target]: [&str; 2]| FigureShown {
        figure: "x:ANY".to_owned(),
        name,
        unit: unit.to_owned(),
        value: value.to_owned(),
        is_percent: unit == "percent",
        target: target.to_owned(),
        is_reached: true,
        ..FigureShown::default()
    };
    let upsells = make.say("Допродажи", "Upsells");
    let visits = make.say("Дорога до заявителя", "Way to the requester");
    let brought = [
        outside("each", upsells, ["7", "6"]),
        outside("minutes", visits, ["35", "40"]),
    ];
    let counted = FIGURES.iter().map(figure);
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
        unknown: FIGURES.map(|one| one.0.to_owned()).to_vec(),
        ..DepartmentShown::default()
    };
    let letter = DirectorLetter {
        period: "2026-10".to_owned(),
        late: LateShown::default(),
        reached: KNOWN[1],
        known: KNOWN[0],
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
