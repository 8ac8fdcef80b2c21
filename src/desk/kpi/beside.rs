//! Figures that need more than what was counted of one period (DOMAIN 3.2, 1.7): how the share of repeats and the number of
//! requests have changed since the quarter before, and how much of what queues can take has come. They are of queues and of all
//! of them together, never of
//! an employee, and no file of a closed month holds them: nobody is paid by them.

use std::collections::BTreeMap;

use super::{
    Of, Sheet,
    figure::{Figure, Unit},
    period::Period,
    table::figure,
    tally::{Count, Tally},
};
use crate::model::ids::QueueName;

/// Of fewer requests in either quarter nothing is said of a change of their repeats.
pub const REPEATS_ENOUGH: i64 = 30;

/// What is known beside a period.
#[derive(Debug, Clone, Default)]
pub struct Beside<'s> {
    /// The quarter before it, where it is a quarter.
    pub before: Option<&'s Sheet>,
    /// How many requests a month each queue can take. One of nought has no limit.
    pub capacities: BTreeMap<QueueName, i64>,
}

/// How the share of repeats has changed, relative to what it was: −10 is a tenth less. Rates are compared, not counts, which
/// grow with the volume. No figure where nothing had repeated, or where either quarter had fewer than [`REPEATS_ENOUGH`]:
/// whether the aim is reached then is for the head to say.
#[must_use]
pub fn repeat_qoq(before: &Tally, now: &Tally) -> Figure {
    let share = |tally: &Tally| figure(tally, "repeat_pct");
    let change = share(before)
        .zip(share(now))
        .and_then(|(before, now)| relative_change(&before, &now, REPEATS_ENOUGH));
    Figure {
        code: "repeat_qoq",
        ..change.unwrap_or_else(|| nothing(Unit::Percent))
    }
}

/// How the number of requests from clients has changed, relative to what it was: −10 is a tenth fewer. From clients are those
/// that count and that no other department of the house has asked for. No figure where the quarter before had fewer than
/// [`REPEATS_ENOUGH`].
#[must_use]
pub fn received_qoq(before: &Tally, now: &Tally) -> Figure {
    let clients = |tally: &Tally| {
        let asked = tally.count(Count::AskedReceived);
        tally.count(Count::InScope).saturating_sub(asked)
    };
    let (before, now) = (clients(before), clients(now));
    let (above, below) = match before >= REPEATS_ENOUGH {
        true => (now.saturating_sub(before), before),
        false => (0, 0),
    };
    Figure {
        code: "received_qoq",
        numerator: above,
        denominator: Some(below),
        unit: Unit::Percent,
    }
}

/// How much of what can be taken has come: requests received of `monthly` a month. No figure without a limit.
#[must_use]
pub fn capacity_use(received: i64, monthly: i64, months: i64) -> Figure {
    let limit = monthly.saturating_mul(months).max(0);
    Figure {
        code: "capacity_use",
        numerator: if limit == 0 { 0 } else { received },
        denominator: Some(limit),
        unit: Unit::Percent,
    }
}

/// None of none.
const fn nothing(unit: Unit) -> Figure {
    Figure {
        code: "",
        numerator: 0,
        denominator: Some(0),
        unit,
    }
}

/// How a share has changed from one period to the next, relative to what it was: −10 % is a tenth less. Of nothing, and of
/// fewer than so many, nothing can be said.
#[must_use]
pub fn relative_change(before: &Figure, now: &Figure, enough: i64) -> Option<Figure> {
    let (whole_before, whole_now) = (before.denominator?, now.denominator?);
    if before.numerator == 0 || whole_before < enough || whole_now < enough {
        return None;
    }
    let now_by_before = now.numerator.checked_mul(whole_before)?;
    let before_by_now = before.numerator.checked_mul(whole_now)?;
    Some(Figure {
        code: now.code,
        numerator: now_by_before.checked_sub(before_by_now)?,
        denominator: Some(before_by_now),
        unit: Unit::Percent,
    })
}

impl Sheet {
    /// Every figure, as [`Sheet::lines`] has them, and those of queues and the house that more is needed for.
    #[must_use]
    pub fn lines_beside(&self, beside: &Beside<'_>) -> Vec<(Of, Vec<Figure>)> {
        let mut lines = self.lines();
        for (of, figures) in &mut lines {
            match of {
                Of::House => figures.extend(self.beside(None, beside)),
                Of::Queue(name) => figures.extend(self.beside(Some(name), beside)),
                Of::Part(_) => {}
            }
        }
        lines
    }

    /// Those of a queue, or of all.
    fn beside(&self, queue: Option<&QueueName>, beside: &Beside<'_>) -> Vec<Figure> {
        let of = |sheet: &Self| match queue {
            Some(queue) => sheet.together([queue]),
            None => sheet.together(sheet.queues()),
        };
        let now = of(self);
        let changes = beside.before.map(|before| {
            let before = of(before);
            [repeat_qoq(&before, &now), received_qoq(&before, &now)]
        });
        let months = Period::months_of(&self.period.name);
        // Where one of them has no limit, neither have all together.
        let monthly = match queue {
            Some(queue) => beside.capacities.get(queue).copied(),
            None if beside.capacities.values().all(|limit| *limit > 0) => Some(
                beside
                    .capacities
                    .values()
                    .fold(0, |all, one| one.saturating_add(all)),
            ),
            None => None,
        };
        let used = monthly.filter(|monthly| *monthly > 0).zip(months);
        let used =
            used.map(|(monthly, months)| capacity_use(now.count(Count::Received), monthly, months));
        changes.into_iter().flatten().chain(used).collect()
    }
}
