//! When to try again.

use std::time::Duration;

const FIRST: u64 = 60;
const LONGEST: u64 = 4 * 60 * 60;
/// RFC 5321, 4.5.4.1: give up after 4 to 5 days.
const GIVE_UP_AFTER: u64 = 5 * 24 * 60 * 60;

/// How long to wait after the `attempt`-th attempt (the first is 1) has come to nothing; `None`: give up. The wait grows
/// from one minute to four hours, and `chance`, any number, moves it by up to a fifth either way, so that what failed
/// together does not come again together. Some 37 attempts fill the five days.
#[must_use]
pub fn next_attempt(attempt: u32, chance: u64) -> Option<Duration> {
    let waited: u64 = (1..attempt).fold(0, |sum: u64, earlier| sum.saturating_add(plain(earlier)));
    if waited >= GIVE_UP_AFTER {
        return None;
    }
    let plain = plain(attempt);
    let fifth = plain / 5;
    // The remainder is at most two fifths: from four fifths to six.
    let moved = chance.checked_rem(fifth.saturating_mul(2).saturating_add(1))?;
    Some(Duration::from_secs(
        plain.saturating_sub(fifth).saturating_add(moved),
    ))
}

fn plain(attempt: u32) -> u64 {
    let doublings = attempt.saturating_sub(1);
    FIRST
        .checked_shl(doublings)
        .filter(|_| doublings < 16)
        .unwrap_or(LONGEST)
        .min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All waits with the chance that makes them `fifths` fifths of the plain one.
    fn waits(chance: u64) -> Vec<u64> {
        (1..)
            .map_while(|attempt| next_attempt(attempt, chance))
            .map(|wait| wait.as_secs())
            .collect()
    }

    #[test]
    fn the_wait_grows_from_a_minute_to_four_hours() {
        let shortest = waits(0);
        assert_eq!(shortest[..4], [48, 96, 192, 384]);
        assert_eq!(shortest.last(), Some(&(LONGEST * 4 / 5)));
        assert!(shortest.is_sorted());
    }

    #[test]
    fn it_ends_after_about_five_days_whatever_the_chance() {
        let day = 24 * 60 * 60;
        for chance in [0, 1, 12, 77_777, u64::MAX] {
            let waits = waits(chance);
            let sum: u64 = waits.iter().sum();
            assert!((4 * day..=6 * day).contains(&sum), "{chance}: {sum}");
            assert_eq!(waits.len(), 37);
        }
    }

    #[test]
    fn chance_moves_it_by_a_fifth_at_most() {
        for chance in 0..1_000 {
            let wait = next_attempt(1, chance).unwrap().as_secs();
            assert!((48..=72).contains(&wait), "{wait}");
        }
        assert_ne!(next_attempt(1, 3), next_attempt(1, 4));
    }

    #[test]
    fn far_attempts_do_not_overflow() {
        assert_eq!(next_attempt(10_000, 5), None);
        assert!(next_attempt(0, 5).is_some());
    }
}
