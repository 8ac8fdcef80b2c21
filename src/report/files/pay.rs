//! The file `pay`, which accountants get: one row an employee and indicator, and no sums inside.

use super::{Adjusted, Employee, carried::paid, column, kpi::Span, score::Scored};
use crate::report::table::{Cell, Kind, Name, Table};

/// The table: what was reached of each indicator, and of the scores what they come to (`COEFFICIENT`). An indicator of
/// which there is no data has a row without a value. Behind them, what has changed in closed periods: how many more are solved and
/// in time, and by how much each indicator and the coefficient are more than what was paid by. The period of such a row is the
/// closed one.
#[must_use]
pub fn pay(span: &Span, employees: &[(Employee, Vec<Scored>)], adjusted: &Adjusted) -> Table {
    let row = |employee: &Employee, period: &str, indicator: &str, value: Cell| {
        vec![
            Cell::words(&employee.number),
            Cell::words(&employee.name),
            Cell::words(&employee.department),
            Cell::words(&super::period_words(period)),
            Cell::words(indicator),
            value,
        ]
    };
    let mut rows = Vec::new();
    for (employee, scored) in employees {
        let mut push =
            |indicator: &str, value: Cell| rows.push(row(employee, &span.name, indicator, value));
        for one in scored {
            // What is too little to score is too little to pay by.
            let paid = one.fact.filter(|_| one.score.is_some());
            push(&one.code, Cell::number(paid));
        }
        push(COEFFICIENT, Cell::number(super::score::coefficient(scored)));
    }
    for (employee, period, indicator, sum) in paid(&adjusted.tickets) {
        rows.push(row(employee, period, indicator, Cell::count(sum)));
    }
    let numbered = adjusted.scores.iter();
    for one in numbered.filter(|one| !one.employee.number.is_empty()) {
        for (indicator, by) in one.paid() {
            rows.push(row(
                &one.employee,
                &one.period,
                &indicator,
                Cell::Number(by),
            ));
        }
    }
    Table {
        name: Name {
            ru: "к расчёту",
            en: "pay",
        },
        columns: vec![
            column("табельный_номер", "employee_number", Kind::Words),
            column("фио", "full_name", Kind::Words),
            column("подразделение", "department", Kind::Words),
            column("период", "period", Kind::Words),
            column("показатель", "indicator", Kind::Words),
            column("значение", "value", Kind::Number),
        ],
        rows,
    }
}

/// The indicator under which the sum of the contributions stands.
pub const COEFFICIENT: &str = "KOEFF";
