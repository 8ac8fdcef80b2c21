//! Which figures change while solutions can still come back: until then they are preliminary (DOMAIN 3.2).

use super::{
    table::{Made, TABLE},
    tally::{Count, Spread},
};

/// Whether a figure is made of solutions, so that one that comes back, or is taken back, changes it.
#[must_use]
pub fn is_of_solutions(code: &str) -> bool {
    let row = TABLE.iter().find(|(name, ..)| *name == code);
    row.is_some_and(|(.., made)| match made {
        Made::Of(count) => is_of_solved(*count),
        Made::Share(part, of) => is_of_solved(*part) || is_of_solved(*of),
        Made::NoEscalation | Made::Solved(_) | Made::Unknown(_) => true,
        Made::Mean(spread) | Made::MeanOf(spread, _) | Made::Median(spread) | Made::P90(spread) => {
            match spread {
                Spread::Resolution | Spread::ResolutionCalendar => true,
                Spread::FirstResponse | Spread::FirstResponseCalendar => false,
            }
        }
        Made::Kept(..) | Made::Nps | Made::OldestOpen | Made::OldestUnanswered => false,
    })
}

/// What is counted of those that last.
const fn is_of_solved(count: Count) -> bool {
    use Count::{
        CameBack, ClassChanged, Diagnosed, DiagnosedKnown, Documented, DocumentedKnown, Escalated,
        FirstContact, Moved, SolveEvents, Solved, Touches, Unescalated,
    };
    matches!(
        count,
        Solved
            | SolveEvents
            | CameBack
            | Unescalated
            | Escalated
            | FirstContact
            | Documented
            | DocumentedKnown
            | Diagnosed
            | DiagnosedKnown
            | Moved
            | ClassChanged
            | Touches
    )
}
