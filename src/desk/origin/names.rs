//! Names as people and programs write them, against names of the directory: `Смирнова Ольга`, `Ольга Смирнова`,
//! `Смирнова О. П.`, `Smirnova, Olga (Chemistry)`.

/// No more words of a name are looked at.
const WORDS_MAX: usize = 8;

/// The words of a name, folded, without what stands in brackets; initials among them.
#[must_use]
pub fn words_of(name: &str) -> Vec<String> {
    let bare = name.split(['(', '[']).next().unwrap_or_default();
    let folded = bare.to_lowercase().replace('ё', "е");
    let words = folded.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-');
    let words = words.map(|word| word.trim_matches(['-', '\'']));
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .take(WORDS_MAX)
        .collect()
}

/// Whether a name as written is one of the directory's: each word of the one stands in the other, in any order; an
/// initial for the word it begins. One of them may say more: a father's name, a second surname.
#[must_use]
pub fn is_meant(written: &str, listed: &str) -> bool {
    let (written, listed) = (words_of(written), words_of(listed));
    let has_word = written
        .iter()
        .any(|word| is_whole(word) && listed.contains(word));
    let is_fuller = listed.len() > 1 && are_among(&listed, &written);
    has_word && (are_among(&written, &listed) || is_fuller)
}

fn is_whole(word: &str) -> bool {
    word.chars().nth(1).is_some()
}

/// Whether each of these words, or the word of an initial, is one of those.
fn are_among(words: &[String], others: &[String]) -> bool {
    let mut left: Vec<&String> = others.iter().collect();
    // Whole words first: an initial must not take another's.
    let (whole, initials): (Vec<&String>, Vec<&String>) =
        words.iter().partition(|word| is_whole(word));
    whole.into_iter().chain(initials).all(|word| {
        let fits = |other: &&String| {
            *other == word || (!is_whole(word) && other.starts_with(word.as_str()))
        };
        let found = left.iter().position(fits);
        found.map(|at| left.remove(at)).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, listed: &str, expected: bool) {
        assert_eq!(is_meant(written, listed), expected, "{written} / {listed}");
    }

    #[test]
    fn a_name_is_known_in_any_order_and_with_initials() {
        for written in [
            "Смирнова Ольга",
            "ольга смирнова",
            "Смирнова О.П.",
            "Смирнова, Ольга Петровна",
            "Смирнова Ольга Петровна (Кафедра химии)",
            "Смирнова",
        ] {
            check(written, "Смирнова Ольга Петровна", true);
        }
        check("Смирнова Ольга Петровна", "Смирнова Ольга", true);
        check("Королёв Пётр", "Королев Петр Ильич", true);
        check("Smirnova, Olga", "Olga Smirnova", true);
    }

    #[test]
    fn another_name_is_another_person() {
        for written in [
            "Смирнова Ирина",
            "Смирнов Ольга",
            "Смирнова И. П.",
            "О. П.",
            "",
            "Ольга Петрова",
        ] {
            check(written, "Смирнова Ольга Петровна", false);
        }
        check("Смирнова Ольга", "Смирнова", false);
        check("Смирнова О. О.", "Смирнова Ольга", false);
    }
}
