//! The axis of values: from where to where, and at which numbers the grid lies.

use super::{Chart, Shape, Unit};
use crate::model::decimal::Decimal;

/// An axis.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Axis {
    /// Where it begins.
    pub(super) low: f64,
    /// Where it ends.
    pub(super) high: f64,
    /// Where the grid lies, both ends among them.
    pub(super) steps: Vec<i64>,
}

/// More lines than these would be in the way.
const STEPS_MAX: i64 = 6;

impl Axis {
    /// The axis on which all values of a chart and its targets have room.
    pub(super) fn of(chart: &Chart) -> Self {
        let mut values: Vec<Decimal> = chart
            .series
            .iter()
            .flat_map(|series| series.values.iter().copied().flatten())
            .collect();
        // In a distribution a target is a place between bars.
        if chart.shape != Shape::Distribution {
            values.extend(chart.targets.iter().map(|target| target.value));
            values.extend(chart.series.iter().filter_map(|series| series.target));
        }
        let least = values.iter().min().map_or(0.0, |least| least.to_f64());
        let most = values.iter().max().map_or(0.0, |most| most.to_f64());
        let is_share = chart.unit == Unit::Percent;
        let high = if is_share && most <= 100.0 {
            100
        } else {
            up(most).max(1)
        };
        let is_of_lines = matches!(chart.shape, Shape::Lines | Shape::Panels);
        // Lines of shares may begin where they are: near a hundred all would look alike. Bars never: their length speaks.
        let low = if is_share && is_of_lines && least >= 20.0 {
            down_to_ten(least)
        } else {
            down(least).min(0)
        };
        Self::between(low, high)
    }

    fn between(low: i64, high: i64) -> Self {
        let step = step(high.saturating_sub(low));
        let first = low.div_euclid(step).saturating_mul(step);
        let mut steps = vec![first];
        let mut at = first;
        while at < high {
            at = at.saturating_add(step);
            steps.push(at);
        }
        Self {
            low: to_f64(first),
            high: to_f64(at),
            steps,
        }
    }

    /// Which share of the axis lies below a value.
    pub(super) fn share(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }
}

/// 1, 2 or 5, and noughts.
fn step(range: i64) -> i64 {
    let mut ten = 1_i64;
    loop {
        for digit in [1, 2, 5] {
            let step = ten.saturating_mul(digit);
            if range.div_euclid(step) <= STEPS_MAX || ten == i64::MAX {
                return step;
            }
        }
        ten = ten.saturating_mul(10);
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a cast from f64 saturates")]
fn up(value: f64) -> i64 {
    value.ceil() as i64
}

#[expect(clippy::cast_possible_truncation, reason = "a cast from f64 saturates")]
fn down(value: f64) -> i64 {
    value.floor() as i64
}

/// The tens below, with some room.
fn down_to_ten(value: f64) -> i64 {
    down((value - 1.0) / 10.0).saturating_mul(10)
}

/// For drawing.
pub(super) fn to_f64(number: i64) -> f64 {
    Decimal::whole(number).to_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grid_lies_at_round_numbers() {
        let steps = |low, high| Axis::between(low, high).steps;
        assert_eq!(steps(0, 1), [0, 1]);
        assert_eq!(steps(0, 7), [0, 2, 4, 6, 8]);
        assert_eq!(steps(0, 100), [0, 20, 40, 60, 80, 100]);
        assert_eq!(steps(80, 100), [80, 85, 90, 95, 100]);
        assert_eq!(steps(0, 400), [0, 100, 200, 300, 400]);
        assert_eq!(steps(-3, 8), [-4, -2, 0, 2, 4, 6, 8]);
        assert!(steps(i64::MIN, i64::MAX).len() < 12);
    }
}
