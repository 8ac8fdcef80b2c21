//! UID sets: `1:3,7,9` (RFC 3501, 9: `sequence-set`).

/// The longest set to send in one command. Servers must take 8,000 characters a line (RFC 7162, 4); some take less.
const LENGTH_MAX: usize = 2_000;

/// Spells UIDs as sets, each short enough for one command. Order and repetitions do not matter.
pub(super) fn sets(uids: impl IntoIterator<Item = u32>) -> Vec<String> {
    let mut uids: Vec<u32> = uids.into_iter().collect();
    uids.sort_unstable();
    uids.dedup();
    let mut sets = Vec::new();
    let mut set = String::new();
    let mut rest = uids.into_iter().peekable();
    while let Some(first) = rest.next() {
        let mut last = first;
        while let Some(next) = rest.next_if(|next| last.checked_add(1) == Some(*next)) {
            last = next;
        }
        if set.len() > LENGTH_MAX {
            sets.push(std::mem::take(&mut set));
        }
        if !set.is_empty() {
            set.push(',');
        }
        set.push_str(&first.to_string());
        if last > first {
            set.push(':');
            set.push_str(&last.to_string());
        }
    }
    if !set.is_empty() {
        sets.push(set);
    }
    sets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(uids: &[u32], expected: &[&str]) {
        assert_eq!(sets(uids.iter().copied()), expected);
    }

    #[test]
    fn runs_become_ranges() {
        check(&[], &[]);
        check(&[7], &["7"]);
        check(&[3, 1, 2, 2, 7, 9, 10], &["1:3,7,9:10"]);
        check(&[u32::MAX, u32::MAX - 1], &["4294967294:4294967295"]);
    }

    #[test]
    fn long_sets_are_split_and_lose_nobody() {
        let odd: Vec<u32> = (0..5_000).map(|n| n * 2 + 1).collect();
        let spelt = sets(odd.iter().copied());
        assert!(spelt.iter().all(|set| set.len() < 2_100));
        let back: Vec<u32> = spelt
            .iter()
            .flat_map(|set| set.split(','))
            .map(|uid| uid.parse().unwrap())
            .collect();
        assert_eq!(back, odd);
    }
}
