//! The file `pay`, which accountants get: one row an employee and indicator, and no sums inside.

use super::{Employee, column, key, kpi::Span, score::Scored};
use crate::report::table::{Cell, Kind, Name, Table};

/// The table: what was reached of each indicator, and of the scores what they come to (`COEFFICIENT`). An indicator of
/// which there is no data has a row without a value.
#[must_use]
pub fn pay(span: &Span, employees: &[(Employee, Vec<Scored>)]) -> Table {
    let mut rows = Vec::new();
    for (employee, scored) in employees {
        let mut push = |indicator: &str, value: Cell| {
            rows.push(vec![
                Cell::words(&employee.number),
                Cell::words(&employee.name),
                Cell::words(&employee.department),
                Cell::words(&super::period_words(&span.name)),
                Cell::words(indicator),
                value,
            ]);
        };
        for one in scored {
            // What is too little to score is too little to pay by.
            let paid = one.fact.filter(|_| one.score.is_some());
            push(&one.code, Cell::number(paid));
        }
        push(COEFFICIENT, Cell::number(super::score::coefficient(scored)));
    }
    Table {
        name: Name {
            ru: "к расчёту",
            en: "pay",
        },
        columns: vec![
            key("табельный_номер", "employee_number"),
            column("фио", "full_name", Kind::Words),
            key("подразделение", "department"),
            key("период", "period"),
            key("показатель", "indicator"),
            column("значение", "value", Kind::Number),
        ],
        rows,
    }
}

/// The indicator under which the sum of the contributions stands.
pub const COEFFICIENT: &str = "KOEFF";
