//! Rules that can never do anything: behind one that takes all their mail, or with conditions that exclude each other.

use super::{Condition, Rule};

/// The first rule before this one that takes everything that this one could; `None` where it may be reached.
#[must_use]
pub fn hidden_by<'r>(before: &'r [Rule], rule: &Rule) -> Option<&'r Rule> {
    let stopping = before.iter().filter(|earlier| !earlier.goes_on);
    stopping.into_iter().find(|earlier| is_wider(earlier, rule))
}

/// Whether wherever `narrow` holds, `wide` does, too.
fn is_wider(wide: &Rule, narrow: &Rule) -> bool {
    // An emergency needs a believable sender besides what is written.
    let wide_class = wide.then.class;
    if wide_class == Some(crate::model::classification::RequestClass::Emergency)
        && narrow.then.class != wide_class
        && !wide
            .when
            .iter()
            .any(|one| matches!(one, Condition::Trust(_)))
    {
        return false;
    }
    let is_implied = |asked: &Condition| narrow.when.iter().any(|one| one.implies(asked));
    let is_excluded = |asked: &Condition| narrow.unless.iter().any(|one| asked.implies(one));
    wide.when.iter().all(is_implied) && wide.unless.iter().all(is_excluded)
}

/// Why a rule can never hold, by the keys of the conditions that exclude each other.
#[must_use]
pub fn contradiction(rule: &Rule) -> Option<(&'static str, &'static str)> {
    let excluded = rule.when.iter().find_map(|one| {
        let against = rule.unless.iter().find(|other| one.implies(other))?;
        Some((one.key(), against.key()))
    });
    excluded.or_else(|| {
        let mut pairs = rule.when.iter().enumerate().flat_map(|(place, one)| {
            rule.when
                .iter()
                .skip(place.saturating_add(1))
                .map(move |other| (one, other))
        });
        pairs
            .find(|(one, other)| is_never_both(one, other))
            .map(|(one, other)| (one.key(), other.key()))
    })
}

/// Whether two conditions cannot hold together. Each key stands in a table once, so that two of a sort never meet here.
const fn is_never_both(one: &Condition, other: &Condition) -> bool {
    matches!(
        (one, other),
        (
            Condition::Department(_) | Condition::Kind(_),
            Condition::Listed(false)
        )
    )
}
