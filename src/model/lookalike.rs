//! Letters that pass for others: Cyrillic, Greek and full-width ones read as the Latin ones they look like (Unicode
//! TR 39 lists thousands; these are the ones that domains, names and ticket tags are forged or mistyped with).

/// The small Latin letter or digit that `c` passes for; any other character in lower case.
#[must_use]
pub fn latin(c: char) -> char {
    let lower = c.to_lowercase().next().unwrap_or(c);
    match lower {
        'а' | 'α' => 'a',
        'в' | 'ь' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ё' | 'ҽ' | 'ε' => 'e',
        'ɡ' | 'ց' => 'g',
        'н' | 'һ' | 'η' => 'h',
        'і' | 'ї' | 'ι' | 'ı' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'ӏ' => 'l',
        'м' | 'μ' => 'm',
        'п' | 'ո' => 'n',
        'о' | 'ο' | 'σ' | 'օ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'ս' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' | 'ѡ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' | 'υ' => 'y',
        'ζ' => 'z',
        'з' => '3',
        '\u{FF01}'..='\u{FF5E}' => full_width(lower),
        other => other,
    }
}

/// A full-width form of ASCII, as East Asian programs write it, in lower case.
fn full_width(c: char) -> char {
    u32::from(c)
        .checked_sub(0xFEE0)
        .and_then(char::from_u32)
        .map_or(c, |narrow| narrow.to_ascii_lowercase())
}

/// Whether nothing is to be seen of `c`: zero-width and other format characters, which hide in words that are to look
/// equal and be different.
#[must_use]
pub const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{115F}'
            | '\u{1160}'
            | '\u{17B4}'
            | '\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// What words look like at a glance: two that a hurried reader takes for each other have the same skeleton. It is for
/// comparing, never for showing.
#[must_use]
pub fn skeleton(words: &str) -> String {
    let folded: String = words
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| match latin(c) {
            '0' => 'o',
            '1' | 'i' | '|' => 'l',
            other => other,
        })
        .collect();
    // `cl` after the others would meet letters they made; one pass each keeps it linear.
    folded
        .replace("rn", "m")
        .replace("vv", "w")
        .replace("cl", "d")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, is_alike: bool) {
        assert_eq!(
            skeleton(one) == skeleton(other),
            is_alike,
            "{one} {other}: {} {}",
            skeleton(one),
            skeleton(other)
        );
    }

    #[test]
    fn look_alikes_have_one_skeleton() {
        check("uni.test", "UNI.test", true);
        check("uni.test", "unі.test", true); // Cyrillic i
        check("uni.test", "unl.test", true);
        check("uni.test", "un1.test", true);
        check("mail.test", "rnail.test", true);
        check("work.test", "vvork.test", true);
        check("cloud.test", "doud.test", true);
        check("office.test", "0ffice.test", true);
        check("рост.test", "poct.test", true);
        check("вуз.test", "By3.test", true);
        check("uni.test", "u\u{200B}ni.test", true);
        check("uni.test", "ｕｎｉ.test", true);
        check("Анна Петрова", "Aннa Пeтpoвa", true);
    }

    #[test]
    fn different_words_stay_different() {
        check("uni.test", "unit.test", false);
        check("uni.test", "uni.example", false);
        check("anna", "olga", false);
        check("1042", "1043", false);
    }
}
