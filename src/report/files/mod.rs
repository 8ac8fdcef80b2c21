//! The four files of a payroll: `pay` for the accountants; `kpi`, `kpi_score` and `detail` for the heads (DOMAIN 3.5).
//!
//! Facts in, tables out: nothing is counted here but shares and scores of what was counted.

mod carried;
mod detail;
mod detail_columns;
mod figures;
mod figures_more;
mod joined;
mod kpi;
mod named;
mod pay;
mod rescored;
mod score;
mod score_table;
mod summary;

use std::{borrow::Cow, collections::BTreeMap};

pub use self::{
    carried::{Carried, adjustments, adjusts},
    detail::{CorrectionRow, CountedRow, DetailRow, Judged, Person, detail},
    figures::is_explained,
    joined::joined,
    kpi::{KpiRow, RowKind, Span, kpi},
    named::{FileKind, file_name, shown_name},
    pay::{COEFFICIENT, pay, pay_whose},
    rescored::{Adjusted, Again, Another, Rescored, rescored},
    score::{Score, Scored, coefficient, score, scores, scores_by},
    score_table::kpi_score,
    summary::{Summary, summary},
};
use super::table::{Column, Kind, Name};
use crate::model::decimal::Decimal;

/// The version of the columns, in the first column of the heads' files: new ones are added at the end and count it up, and so does
/// a column that comes to mean something else.
pub const SCHEMA: &str = "4";

/// An employee, as the staff office's list has them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Employee {
    /// The employee number: what payroll programs know them by.
    pub number: String,
    /// Surname, name, patronymic.
    pub name: String,
    /// The department.
    pub department: String,
    /// What they are.
    pub position: String,
}

/// A figure as it was counted: a share or mean is rounded only in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// The count, the good ones of a share, the sum of a mean.
    pub numerator: i64,
    /// Of how many; `None`: it is a count.
    pub denominator: Option<i64>,
}

impl Fact {
    /// A count.
    #[must_use]
    pub const fn count(numerator: i64) -> Self {
        Self {
            numerator,
            denominator: None,
        }
    }

    /// A ratio.
    #[must_use]
    pub const fn of(numerator: i64, denominator: i64) -> Self {
        Self {
            numerator,
            denominator: Some(denominator),
        }
    }

    /// As a rounded number; `None` where the denominator is 0. `factor`: 100 for shares.
    fn rounded(self, factor: i64, places: u8) -> Option<Decimal> {
        match self.denominator {
            None => Some(Decimal::whole(self.numerator)),
            Some(of) => Decimal::ratio(self.numerator.checked_mul(factor)?, of, places),
        }
    }
}

/// Figures by the names that the engine has for them; those from outside by `x:` and their codes.
pub type Facts = BTreeMap<Cow<'static, str>, Fact>;

/// A period as a spreadsheet leaves it alone: `2026-10` would become the first of October there. `2026-M10`, `2026-Q4`, `2026`.
#[must_use]
pub fn period_words(name: &str) -> String {
    match name.split_once('-') {
        Some((year, month)) if month.bytes().all(|one| one.is_ascii_digit()) => {
            format!("{year}-M{month}")
        }
        Some(_) | None => name.to_uppercase(),
    }
}

const fn column(ru: &'static str, en: &'static str, kind: Kind) -> Column {
    Column {
        name: Name { ru, en },
        kind,
    }
}
