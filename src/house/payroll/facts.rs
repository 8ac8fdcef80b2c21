//! Figures as lines have them, made whole: what is not there is nought.

use std::{borrow::Cow, collections::BTreeMap};

use crate::{
    desk::kpi::{Balance, Tally, whole},
    house::periods::{Lines, Pair},
    model::outside::OUTSIDE,
    report::files::{Fact, Facts},
};

/// Every figure of a queue and an agent in these lines; what is not there is nought.
pub(super) fn facts_in(lines: &Lines, queue: &str, agent: &str) -> Facts {
    let own = (queue.to_owned(), agent.to_owned());
    facts_of(lines.figures.get(&own))
}

/// Every figure of somebody; what is not there is nought.
pub(super) fn facts_of(own: Option<&BTreeMap<String, Pair>>) -> Facts {
    let all = whole(&Tally::default(), &Balance::default()).into_iter();
    let outside = own.into_iter().flatten();
    let outside = outside.filter(|(code, _)| code.starts_with(OUTSIDE));
    let outside = outside.map(|(code, (numerator, denominator))| {
        let fact = Fact {
            numerator: *numerator,
            denominator: *denominator,
        };
        (Cow::Owned(code.clone()), fact)
    });
    all.map(|figure| {
        let known = own.and_then(|own| own.get(figure.code)).copied();
        let (numerator, denominator) = known.unwrap_or((figure.numerator, figure.denominator));
        let fact = Fact {
            numerator,
            denominator,
        };
        (Cow::Borrowed(figure.code), fact)
    })
    .chain(outside)
    .collect()
}
