//! The file `kpi_score`: what each indicator scores, and what it is made of.

use super::{
    Adjusted, Another, Employee, Rescored, SCHEMA, Score, Scored, column, kpi::Span,
    rescored::adjusted,
};
use crate::{
    model::{
        decimal::Decimal,
        language::Language,
        scoring::{Indicator, Scoring},
    },
    report::table::{Cell, Kind, Name, Table},
};

/// The table: every indicator of everybody, and behind them what has changed of closed periods, as differences. The period of
/// such a row is the closed one; the contributions of a period and employee make the coefficient, or what it is more by.
#[must_use]
pub fn kpi_score(
    span: &Span,
    employees: &[(Employee, Vec<Scored>)],
    carried: &Adjusted,
    scoring: &Scoring,
    language: Language,
) -> Table {
    let mut rows = Vec::new();
    for (employee, scored) in employees {
        for (one, indicator) in scored.iter().zip(&scoring.indicators) {
            rows.push(row(
                span,
                employee,
                (one, indicator),
                language,
                &scoring.version,
            ));
        }
    }
    for one in &carried.scores {
        let own = one.indicators.iter();
        rows.extend(own.map(|another| again(one, another, language)));
    }
    Table {
        name: Name {
            ru: "баллы",
            en: "kpi_score",
        },
        columns: vec![
            column("схема", "schema", Kind::Words),
            column("период", "period", Kind::Words),
            column("табельный_номер", "employee_number", Kind::Words),
            column("фио", "full_name", Kind::Words),
            column("подразделение", "department", Kind::Words),
            column("kpi_код", "kpi_code", Kind::Words),
            column("kpi_название", "kpi_name", Kind::Words),
            column("единица", "unit", Kind::Words),
            column("план", "plan", Kind::Number),
            column("факт", "fact", Kind::Number),
            column("числитель", "numerator", Kind::Number),
            column("знаменатель", "denominator", Kind::Number),
            column("выполнение_проц", "completion_pct", Kind::Number),
            column("порог_применен", "step_applied", Kind::Number),
            column("балл", "score", Kind::Number),
            column("вес", "weight", Kind::Number),
            column("вклад", "contribution", Kind::Sum),
            column("основание", "basis", Kind::Words),
            column("вес_учтён", "weight_counted", Kind::Number),
        ],
        rows,
    }
}

fn row(
    span: &Span,
    employee: &Employee,
    (one, indicator): (&Scored, &Indicator),
    language: Language,
    basis: &str,
) -> Vec<Cell> {
    let score =
        |part: fn(&Score) -> Option<Decimal>| Cell::number(one.score.as_ref().and_then(part));
    vec![
        Cell::words(SCHEMA),
        Cell::words(&super::period_words(&span.name)),
        Cell::words(&employee.number),
        Cell::words(&employee.name),
        Cell::words(&employee.department),
        Cell::words(&one.code),
        Cell::words(indicator.name(language)),
        Cell::words(indicator.measure.name(language)),
        Cell::Number(indicator.plan),
        Cell::number(one.fact),
        one.numerator.map_or(Cell::Empty, Cell::count),
        one.denominator.map_or(Cell::Empty, Cell::count),
        score(|score| Some(score.completion)),
        score(|score| score.step),
        score(|score| Some(score.points)),
        Cell::Number(indicator.weight),
        Cell::number(one.contribution),
        Cell::words(basis),
        Cell::number(one.weight),
    ]
}

/// An indicator of a closed period, by how much it is more.
fn again(of: &Rescored, one: &Another, language: Language) -> Vec<Cell> {
    let indicator = &one.indicator;
    vec![
        Cell::words(SCHEMA),
        Cell::words(&super::period_words(&of.period)),
        Cell::words(&of.employee.number),
        Cell::words(&of.employee.name),
        Cell::words(&of.employee.department),
        Cell::words(&adjusted(&indicator.code)),
        Cell::words(indicator.name(language)),
        Cell::words(indicator.measure.name(language)),
        Cell::Number(indicator.plan),
        Cell::Number(one.fact),
        Cell::count(one.numerator),
        one.denominator.map_or(Cell::Empty, Cell::count),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::Number(indicator.weight),
        Cell::Number(one.contribution),
        Cell::words(&of.basis),
        Cell::Empty,
    ]
}
