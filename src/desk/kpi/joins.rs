//! What figures of several come to together: most add up, some have to be counted anew.

use super::{
    figure::Figure,
    table::{Made, TABLE, make},
    tally::Tally,
};

/// How a figure of several agents or queues follows from theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joins {
    /// Numerators and denominators add up.
    Sum,
    /// The greatest of them is it.
    Greatest,
    /// It does not follow: what is in the middle of all is known from all alone.
    Anew,
}

/// How the figure of that name does. What comes from outside adds up.
#[must_use]
pub fn joins(code: &str) -> Joins {
    let row = TABLE.iter().find(|(name, ..)| *name == code);
    row.map_or(Joins::Sum, |(_, _, made)| match made {
        Made::Median(_) | Made::P90(_) => Joins::Anew,
        Made::OldestOpen | Made::OldestUnanswered => Joins::Greatest,
        Made::Of(_)
        | Made::Share(..)
        | Made::NoEscalation
        | Made::Kept(..)
        | Made::Solved(_)
        | Made::Unknown(_)
        | Made::Mean(_)
        | Made::MeanOf(..)
        | Made::Nps => Joins::Sum,
    })
}

/// The figures that add up, over tickets and periods: counts, shares and means, as numerators and denominators. What
/// is in the middle, the oldest, and what people say of us in all their tickets together is none.
#[must_use]
pub fn additive(tally: &Tally) -> Vec<Figure> {
    let adds_up = |(code, _, made): &&(&str, _, Made)| {
        joins(code) == Joins::Sum && !matches!(made, Made::Nps)
    };
    let own = TABLE.iter().filter(adds_up);
    own.map(|row| make(tally, *row)).collect()
}

/// The figures that have to be counted anew of several together.
#[must_use]
pub fn of_all_alone(tally: &Tally) -> Vec<Figure> {
    let own = TABLE.iter().filter(|(code, ..)| joins(code) == Joins::Anew);
    own.map(|row| make(tally, *row)).collect()
}
