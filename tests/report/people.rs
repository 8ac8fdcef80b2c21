//! October 2026 of a small house: three people, two departments, figures known in advance.

use jiff::civil::date;
use okno::{
    config,
    model::{language::Language, payroll::ROWS, scoring::Scoring},
    report::{
        files::{
            self, Adjusted, Again, Carried, CorrectionRow, CountedRow, DetailRow, Employee, Fact,
            Facts, Judged, KpiRow, RowKind, Span,
        },
        table::Table,
    },
};

const SETTINGS: &str = r#"
version = "Положение о премировании, приказ 12 от 01.10.2026"
[indicator.SLA_STD]
plan = 95
weight = 0.5
steps = [[100, 1], [90, 0.8]]
[indicator.FRT]
plan = 240
weight = 0.3
steps = [[100, 1], [80, 0.5]]
[indicator.CSAT]
plan = 4.5
weight = 0.2
steps = [[100, 1]]
"#;

fn scoring() -> Scoring {
    config::scoring(SETTINGS, "kpi.toml").unwrap()
}

fn span() -> Span {
    Span {
        name: "2026-10".to_owned(),
        from: date(2026, 10, 1),
        to: date(2026, 10, 31),
        zone: "Europe/Moscow".to_owned(),
    }
}

fn employee(number: &str, name: &str, department: &str, position: &str) -> Employee {
    Employee {
        number: number.to_owned(),
        name: name.to_owned(),
        department: department.to_owned(),
        position: position.to_owned(),
    }
}

/// Anna does well; Nurgali's name has letters that an old code page lacks; Pyotr's name tries to be a formula, and
/// nothing came to him.
fn staff() -> Vec<(Employee, Facts)> {
    let anna = employee(
        "000123",
        "Петрова Анна Ивановна",
        "Бухгалтерия",
        "бухгалтер",
    );
    let nurgali = employee(
        "УТ-00124",
        "Нұрғали Қайрат",
        "ИТ-поддержка; 2-я линия",
        "инженер \"А\"",
    );
    let pyotr = employee("000125", "=1+1 Сидоров Пётр", "ИТ-поддержка; 2-я линия", "");
    vec![
        (anna, facts(40, (38, 40), (7_310, 40), (46, 10))),
        (nurgali, facts(21, (20, 21), (5_670, 21), (12, 3))),
        (pyotr, facts(0, (0, 0), (0, 0), (0, 0))),
    ]
}

/// Solved; standard ones in time of judged; minutes to the first answer, of how many; ratings' sum, of how many.
fn facts(solved: i64, standard: (i64, i64), first: (i64, i64), rated: (i64, i64)) -> Facts {
    let of = |(above, below)| Fact::of(above, below);
    let minutes = |(above, below): (i64, i64)| Fact::of(above * 60, below * 60);
    Facts::from([
        ("received".into(), Fact::count(solved + 2)),
        ("solved".into(), Fact::count(solved)),
        ("solved_emergency".into(), Fact::count(0)),
        ("solved_standard".into(), Fact::count(standard.1)),
        ("solved_consultation".into(), Fact::count(0)),
        ("sla_first_response_pct".into(), of(standard)),
        ("frt_mean".into(), minutes(first)),
        ("frt_median".into(), minutes((first.0, first.1 * 2))),
        ("sla_resolution_emergency_pct".into(), of((0, 0))),
        ("sla_resolution_standard_pct".into(), of(standard)),
        ("sla_resolution_consultation_pct".into(), of((0, 0))),
        ("ttr_mean".into(), minutes((first.0 * 3, first.1))),
        ("ttr_median".into(), minutes((first.0 * 2, first.1))),
        ("no_escalation_pct".into(), of((solved, solved))),
        ("reopened".into(), Fact::count(1)),
        ("repeat_pct".into(), of((1, solved + 2))),
        ("csat_mean".into(), of(rated)),
        ("csat_response_pct".into(), of((rated.1, solved))),
        ("documented_pct".into(), of((solved, solved))),
        ("deadline_moves".into(), Fact::count(0)),
        ("late_minutes_sum".into(), Fact::count(95)),
        ("open_at_end".into(), Fact::count(2)),
        ("overdue_at_end".into(), Fact::count(0)),
    ])
}

/// The file of figures.
pub(crate) fn kpi(language: Language) -> Table {
    let rows = staff().into_iter().map(|(employee, facts)| KpiRow {
        kind: RowKind::Employee,
        adjusts: None,
        ticket: String::new(),
        employee,
        working_days: Some(22),
        facts,
    });
    let house = KpiRow {
        kind: RowKind::Total,
        adjusts: None,
        ticket: String::new(),
        employee: employee("", "", "", ""),
        working_days: None,
        facts: facts(61, (58, 61), (12_980, 61), (58, 13)),
    };
    let late = carried()
        .iter()
        .filter_map(Carried::row)
        .collect::<Vec<_>>();
    let rows: Vec<KpiRow> = rows.chain([house]).chain(late).collect();
    files::kpi(&span(), &rows, language)
}

/// What September's requests have changed since it was closed, and what that makes of Anna's scores.
fn adjusted() -> Adjusted {
    let [first, _] = carried();
    let (before, now) = (
        facts(41, (39, 41), (7_310, 40), (46, 10)),
        facts(40, (37, 40), (7_310, 40), (46, 10)),
    );
    let again = Again {
        period: "2026-09",
        whose: "buh/anna",
        before: &before,
        now: &now,
        scoring: &scoring(),
        rules: ROWS,
    };
    let scores = files::rescored(first.employee, again);
    Adjusted {
        tickets: carried().into(),
        scores: scores.into_iter().collect(),
    }
}

/// What September's requests have changed since it was closed: one came back, of another the rating is another now.
fn carried() -> [Carried; 2] {
    let of = |ticket: &str, changes: &[(&str, (i64, Option<i64>))]| Carried {
        period: "2026-09".to_owned(),
        ticket: ticket.to_owned(),
        whose: "buh/anna".to_owned(),
        queue: "buh".into(),
        employee: employee(
            "000123",
            "Петрова Анна Ивановна",
            "Бухгалтерия",
            "бухгалтер",
        ),
        changes: changes
            .iter()
            .map(|(code, by)| ((*code).to_owned(), *by))
            .collect(),
    };
    [
        of(
            "З-1042",
            &[
                ("solved", (-1, None)),
                ("sla_resolution_pct", (-1, Some(-1))),
            ],
        ),
        of("З-1043", &[("csat_mean", (-2, Some(0)))]),
    ]
}

fn scored() -> Vec<(Employee, Vec<files::Scored>)> {
    let scoring = scoring();
    let staff = staff().into_iter();
    staff
        .map(|(employee, facts)| (employee, files::scores(&facts, &scoring)))
        .collect()
}

/// The file of scores.
pub(crate) fn score(language: Language) -> Table {
    files::kpi_score(&span(), &scored(), &adjusted(), &scoring(), language)
}

/// The accountants' file.
pub(crate) fn pay() -> Table {
    files::pay(&span(), &scored(), &adjusted())
}

/// The file of details.
#[expect(clippy::too_many_lines, reason = "a line a column")]
pub(crate) fn detail() -> Table {
    let anna = files::Person {
        number: "000123".to_owned(),
        name: "Петрова Анна Ивановна".to_owned(),
        department: "Бухгалтерия".to_owned(),
    };
    let first = Judged {
        ticket: "З-001042".to_owned(),
        class: "standard".to_owned(),
        clock: "resolution".to_owned(),
        created: date(2026, 10, 5).at(9, 12, 33, 0),
        due_original: date(2026, 10, 6).at(9, 12, 33, 0),
        due_final: date(2026, 10, 7).at(9, 12, 33, 0),
        satisfied: Some(date(2026, 10, 6).at(16, 0, 0, 0)),
        is_met: true,
        working_minutes: Some(827),
        calendar_minutes: Some(1847),
        paused_minutes: Some(0),
        holder: "000123".to_owned(),
        solver: "000123".to_owned(),
        is_escalated: false,
        reopened: 0,
        rating: Some(5),
        adjustment: String::new(),
        person: anna.clone(),
        held: "Петрова Анна Ивановна 827".to_owned(),
        passed_on_late: String::new(),
    };
    let late = Judged {
        ticket: "З-001043".to_owned(),
        satisfied: None,
        is_met: false,
        working_minutes: None,
        calendar_minutes: None,
        solver: String::new(),
        holder: "@не распределено".to_owned(),
        is_escalated: true,
        reopened: 2,
        rating: None,
        adjustment: "corrected".to_owned(),
        person: files::Person {
            number: String::new(),
            name: String::new(),
            ..anna.clone()
        },
        passed_on_late: "07.10.2026 08:40, из ИТ-поддержка".to_owned(),
        ..first.clone()
    };
    let counted = |figure: &str, name: &str, (above, below), why: &str| {
        DetailRow::Counted(CountedRow {
            ticket: "З-001042".to_owned(),
            person: anna.clone(),
            figure: figure.to_owned(),
            name: name.to_owned(),
            above,
            below,
            at: Some(date(2026, 10, 6).at(16, 0, 0, 0)),
            why: why.to_owned(),
        })
    };
    let corrected = DetailRow::Correction(CorrectionRow {
        ticket: "З-001043".to_owned(),
        department: "Бухгалтерия".to_owned(),
        what: "просрочка прощена".to_owned(),
        at: date(2026, 11, 2).at(10, 0, 0, 0),
        by: "Громова Дарья".to_owned(),
        reason: "=не было; света".to_owned(),
    });
    let rows = [
        DetailRow::Judged(first),
        counted("solved", "решено", (1, None), ""),
        counted("frt_mean", "первый ответ, среднее", (2_220, Some(60)), ""),
        DetailRow::Judged(late),
        counted("solved", "решено", (0, None), "вернулось 12.10.2026 09:00"),
        corrected,
    ];
    files::detail(&span(), &rows, &adjusted(), Language::Ru)
}

/// All four, by the names of their golden files.
pub(crate) fn tables() -> [(&'static str, Table); 4] {
    [
        ("pay", pay()),
        ("kpi", kpi(Language::Ru)),
        ("kpi_score", score(Language::Ru)),
        ("detail", detail()),
    ]
}
