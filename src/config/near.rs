//! "Did you mean …?": the known word that is nearest to a written one.

/// The nearest of the known words, if it is near enough to be meant: at most two slips, and at most one in three
/// letters.
pub(super) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let slips_max = (word.chars().count() / 3).clamp(1, 2);
    known
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(slips, _)| *slips <= slips_max)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, candidate)| candidate)
}

/// Letters to insert, delete, replace or swap with their neighbour (optimal string alignment), case ignored.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.to_lowercase().chars().collect();
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let at = |row: &[usize], i: usize| row.get(i).copied().unwrap_or(usize::MAX);
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    let mut previous_a = None;
    for (i, &letter) in a.iter().enumerate() {
        let mut row = vec![i.saturating_add(1)];
        let mut previous_b = None;
        for (j, &other) in b.iter().enumerate() {
            let next = j.saturating_add(1);
            let replaced = at(&above, j).saturating_add(usize::from(letter != other));
            let inserted = at(&row, j).saturating_add(1);
            let deleted = at(&above, next).saturating_add(1);
            let mut least = replaced.min(inserted).min(deleted);
            if previous_a == Some(other) && previous_b == Some(letter) {
                least = least.min(at(&before, j.saturating_sub(1)).saturating_add(1));
            }
            row.push(least);
            previous_b = Some(other);
        }
        before = std::mem::replace(&mut above, row);
        previous_a = Some(letter);
    }
    at(&above, b.len())
}

/// Names stand in logs, file names and commands: letters, digits, `-`, `_` and `.` only.
pub(super) fn sound_name(name: &str) -> Result<(), String> {
    let is_sound = !name.is_empty()
        && name.chars().count() <= 40
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if is_sound {
        return Ok(());
    }
    Err("a name is 1 to 40 letters, digits, \"-\", \"_\" or \".\"".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        assert_eq!(distance("address", "adress"), 1);
        assert_eq!(distance("adderss", "address"), 1, "a swap is one slip");
        assert_eq!(distance("", "ab"), 2);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("Почта", "почта"), 0);
    }

    #[test]
    fn only_what_is_near_is_meant() {
        let known = ["address", "aliases", "after", "mode"];
        assert_eq!(nearest("adress", known.into_iter()), Some("address"));
        assert_eq!(nearest("moed", known.into_iter()), Some("mode"));
        assert_eq!(nearest("x", known.into_iter()), None);
        assert_eq!(nearest("colour", known.into_iter()), None);
    }
}
