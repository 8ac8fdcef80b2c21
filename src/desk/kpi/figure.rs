//! A figure: a fraction with its unit. It is rounded only where it is shown.

/// What a figure counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Things.
    Count,
    /// Hundredths of a whole.
    Percent,
    /// Whole minutes, of business time unless the name says otherwise.
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
    const fn factor(self) -> i128 {
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
    pub fn rounded(&self, decimals: u32) -> Option<String> {
        let below = i128::from(self.denominator.unwrap_or(1));
        let scale = 10_i128.checked_pow(decimals)?;
        let above = i128::from(self.numerator)
            .checked_mul(self.unit.factor())?
            .checked_mul(scale)?;
        let whole = halves_away(above, below)?;
        let sign = if whole < 0 { "-" } else { "" };
        let (before, after) = (
            whole.unsigned_abs().checked_div(scale.unsigned_abs())?,
            whole.unsigned_abs().checked_rem(scale.unsigned_abs())?,
        );
        let width = usize::try_from(decimals).ok()?;
        Some(match decimals {
            0 => format!("{sign}{before}"),
            _ => format!("{sign}{before}.{after:0width$}"),
        })
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

/// A fraction as the nearest whole number, a half away from zero.
fn halves_away(above: i128, below: i128) -> Option<i128> {
    let twice = above.unsigned_abs().checked_mul(2)?;
    let twice = twice.checked_add(below.unsigned_abs())?;
    let rounded = twice.checked_div(below.unsigned_abs().checked_mul(2)?)?;
    let rounded = i128::try_from(rounded).ok()?;
    match (above < 0) == (below < 0) {
        true => Some(rounded),
        false => rounded.checked_neg(),
    }
}
