//! Facts of several queues and agents that one row is about, together.

use super::{Fact, Facts};
use crate::desk::kpi::{Joins, joins};

/// Facts together: numerators and denominators add up, shares and means are made of the sums. What is in the middle of several
/// does not follow from theirs, and is left out; where one of them alone has any, it is that one's.
#[must_use]
pub fn joined(all: &[Facts]) -> Facts {
    let mut found = Facts::new();
    for facts in all {
        for (code, fact) in facts {
            match found.get_mut(code) {
                Some(own) => *own = with(joins(code), *own, *fact),
                None => {
                    found.insert(code.clone(), *fact);
                }
            }
        }
    }
    let is_known = |code: &str| {
        let any = all
            .iter()
            .filter(|facts| facts.get(code).is_some_and(has_any));
        joins(code) != Joins::Anew || any.count() < 2
    };
    found.retain(|code, _| is_known(code));
    found
}

const fn has_any(fact: &Fact) -> bool {
    !matches!(fact.denominator, Some(0))
}

fn with(joins: Joins, one: Fact, other: Fact) -> Fact {
    match joins {
        Joins::Sum => Fact {
            numerator: one.numerator.saturating_add(other.numerator),
            denominator: match (one.denominator, other.denominator) {
                (None, None) => None,
                (one, other) => Some(one.unwrap_or(0).saturating_add(other.unwrap_or(0))),
            },
        },
        Joins::Anew if has_any(&one) => one,
        Joins::Greatest
            if has_any(&one) && (!has_any(&other) || one.numerator >= other.numerator) =>
        {
            one
        }
        Joins::Greatest | Joins::Anew => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: &'static str, all: &[Fact], expected: Option<Fact>) {
        let facts: Vec<Facts> = all
            .iter()
            .map(|fact| Facts::from([(code.into(), *fact)]))
            .collect();
        assert_eq!(
            joined(&facts).get(code).copied(),
            expected,
            "{code} {all:?}"
        );
    }

    #[test]
    fn sums_are_made_first_and_shares_of_them() {
        check(
            "solved",
            &[Fact::count(3), Fact::count(4)],
            Some(Fact::count(7)),
        );
        check(
            "frt_mean",
            &[Fact::of(30, 2), Fact::of(10, 1)],
            Some(Fact::of(40, 3)),
        );
        check(
            "sla_resolution_pct",
            &[Fact::of(0, 0), Fact::of(1, 2)],
            Some(Fact::of(1, 2)),
        );
        check(
            "nps",
            &[Fact::of(-1, 2), Fact::of(3, 4)],
            Some(Fact::of(2, 6)),
        );
        check(
            "x:VISITS",
            &[Fact::count(3), Fact::count(4)],
            Some(Fact::count(7)),
        );
        check("solved", &[], None);
    }

    #[test]
    fn what_does_not_add_up_is_counted_truly_or_not_told() {
        let none = Fact::of(0, 0);
        // Nine days and two: the oldest of all is nine days old.
        let oldest = [Fact::of(9, 1), none, Fact::of(2, 1)];
        check("oldest_open_days", &oldest, Some(Fact::of(9, 1)));
        check(
            "oldest_open_days",
            &[none, Fact::of(0, 1)],
            Some(Fact::of(0, 1)),
        );
        check(
            "frt_median",
            &[none, Fact::of(31, 2), none],
            Some(Fact::of(31, 2)),
        );
        check("frt_median", &[Fact::of(31, 2)], Some(Fact::of(31, 2)));
        check("frt_median", &[Fact::of(5, 1), Fact::of(31, 2)], None);
        check("ttr_p90", &[none, none], Some(none));
    }
}
