//! Mean and median of times as exact fractions of minutes: seconds above, sixty for each of them below; of no times 0/0.

use super::tally::Times;

/// How many seconds make a minute: what the denominator of a time counts in.
pub const SIXTIETHS: i64 = 60;

fn many(times: &Times) -> i64 {
    times
        .values()
        .fold(0, |all, many| all.saturating_add(*many))
}

pub(super) fn mean(times: &Times) -> (i64, Option<i64>) {
    let sum = times.iter().fold(0_i64, |all, (secs, many)| {
        all.saturating_add(secs.saturating_mul(*many))
    });
    (sum, Some(many(times).saturating_mul(SIXTIETHS)))
}

/// The value in the middle; of an even number the mean of both that are.
pub(super) fn median(times: &Times) -> (i64, Option<i64>) {
    let all = many(times);
    let half = all.checked_div(2).unwrap_or(0);
    match (all, all.checked_rem(2)) {
        (0, _) => (0, Some(0)),
        (_, Some(1)) => (nth(times, half), Some(SIXTIETHS)),
        (_, _) => {
            let below = nth(times, half.saturating_sub(1));
            let both = below.saturating_add(nth(times, half));
            (both, Some(SIXTIETHS.saturating_mul(2)))
        }
    }
}

/// The smallest value that nine of ten do not exceed.
pub(super) fn ninetieth(times: &Times) -> (i64, Option<i64>) {
    let all = many(times);
    let rank = all.saturating_mul(9).saturating_add(9).checked_div(10);
    match (all, rank) {
        (0, _) | (_, None) => (0, Some(0)),
        (_, Some(rank)) => (nth(times, rank.saturating_sub(1)), Some(SIXTIETHS)),
    }
}

/// The value at a place, from 0, once they stand in order.
fn nth(times: &Times, place: i64) -> i64 {
    let mut before = 0_i64;
    for (secs, many) in times {
        before = before.saturating_add(*many);
        if place < before {
            return *secs;
        }
    }
    0
}

/// Whole days.
pub(super) fn days(secs: Option<i64>) -> (i64, Option<i64>) {
    match secs {
        Some(secs) => (secs.checked_div(24 * 60 * 60).unwrap_or(0), Some(1)),
        None => (0, Some(0)),
    }
}
