//! The file `pay`, which accountants get: one row an employee and indicator, and no sums inside.

use std::collections::BTreeSet;

use super::{Adjusted, Employee, carried::paid, column, kpi::Span, score::Scored};
use crate::{
    model::payroll::ROWS,
    report::table::{Cell, Kind, Name, Table},
};

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
            push(&one.code, Cell::number(one.paid(ROWS)));
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

/// The queues and agents of each row of that table, as `help/anna+it/anna`, in its order. `employees`: those of each, and how many
/// indicators they have.
#[must_use]
pub fn pay_whose(employees: &[(String, usize)], adjusted: &Adjusted) -> Vec<String> {
    let own = employees.iter();
    let mut rows: Vec<String> = own
        .flat_map(|(whose, many)| std::iter::repeat_n(whose.clone(), many.saturating_add(1)))
        .collect();
    for (employee, period, ..) in paid(&adjusted.tickets) {
        let own = adjusted.tickets.iter();
        let own = own.filter(|one| one.employee == *employee && one.period == period);
        let parts: BTreeSet<&str> = own.flat_map(|one| one.whose.split('+')).collect();
        rows.push(parts.into_iter().collect::<Vec<_>>().join("+"));
    }
    let numbered = adjusted.scores.iter();
    for one in numbered.filter(|one| !one.employee.number.is_empty()) {
        let many = one.paid().len();
        rows.extend(std::iter::repeat_n(one.whose.clone(), many));
    }
    rows
}

/// The indicator under which the sum of the contributions stands.
pub const COEFFICIENT: &str = "KOEFF";
