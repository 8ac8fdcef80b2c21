//! A figure: a fraction with its unit. It is rounded only where it is shown.

use crate::model::decimal::Decimal;

/// What a figure counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Things.
    Count,
    /// Hundredths of a whole.
    Percent,
    /// Minutes, of business time unless the name says otherwise. Of times the numerator counts seconds, the denominator sixty for
    /// each; a sum is of whole minutes.
    Minutes,
    /// Days by the calendar.
    Days,
    /// 1 to 5.
    Score,
    /// −100 to 100.
    Points,
}

impl Unit {
    /// The name printed.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Percent => "percent",
            Self::Minutes => "minutes",
            Self::Days => "days",
            Self::Score => "score",
            Self::Points => "points",
        }
    }

    /// By what a fraction is multiplied to be shown in it.
    const fn factor(self) -> i64 {
        match self {
            Self::Percent | Self::Points => 100,
            Self::Count | Self::Minutes | Self::Days | Self::Score => 1,
        }
    }
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Which (DOMAIN 3.2).
    pub code: &'static str,
    /// Of a share: what is good; of a mean: the sum; of a count: the count.
    pub numerator: i64,
    /// Of how many; `None`: it is a count. None of none is no figure: neither 0 nor 100 percent.
    pub denominator: Option<i64>,
    /// Its unit.
    pub unit: Unit,
}

impl Figure {
    /// Whether there is anything to show.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        matches!(self.denominator, Some(0))
    }

    /// The value with so many decimals, a half rounded away from zero; a point between. `None`: there is none.
    #[must_use]
    pub fn rounded(&self, decimals: u8) -> Option<String> {
        let above = self.numerator.checked_mul(self.unit.factor())?;
        let value = Decimal::ratio(above, self.denominator.unwrap_or(1), decimals)?;
        Some(value.to_string())
    }

    /// As it is shown: counts and medians as whole as they are, all else with two decimals.
    #[must_use]
    pub fn shown(&self) -> Option<String> {
        match self.denominator {
            None => self.rounded(0),
            Some(_) => self.rounded(2),
        }
    }
}
