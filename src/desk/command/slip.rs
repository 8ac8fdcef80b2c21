//! Slips of the finger: two words that differ by one.

/// The shortest word whose slips are looked for: of shorter ones too many are words themselves.
const LETTERS_MIN: usize = 4;

/// Whether one of two words is the other with one slip, or the same; both must be long enough.
pub(in crate::desk) fn is_slip_of(written: &str, word: &str) -> bool {
    let is_long = |text: &str| text.chars().nth(LETTERS_MIN.saturating_sub(1)).is_some();
    is_long(written) && is_long(word) && is_one_slip(written, word)
}

/// Whether two words differ by one letter left out, put in, changed, or by two neighbours swapped.
fn is_one_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 1 || a == b {
        return a == b;
    }
    let same_head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let same_tail = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let longest = a.len().max(b.len());
    let is_one_edit = same_head.saturating_add(same_tail) >= longest.saturating_sub(1);
    let is_swap = a.len() == b.len()
        && same_head.saturating_add(same_tail) >= longest.saturating_sub(2)
        && a.get(same_head) == b.get(same_head.saturating_add(1))
        && a.get(same_head.saturating_add(1)) == b.get(same_head);
    is_one_edit || is_swap
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_one() {
        for (written, word, is_one) in [
            ("решенно", "решено", true),
            ("рещено", "решено", true),
            ("взтяь", "взять", true),
            ("done", "done", true),
            ("dnoe", "done", true),
            ("решение", "решено", false),
            ("вода", "взять", false),
            ("not", "note", false),
        ] {
            assert_eq!(is_slip_of(written, word), is_one, "{written} {word}");
        }
    }
}
