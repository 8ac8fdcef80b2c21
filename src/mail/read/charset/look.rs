//! How a decoded text looks: a wrong charset shows in it.

use encoding_rs::{Encoding, IBM866, ISO_8859_5, KOI8_R, KOI8_U, WINDOWS_1251, X_MAC_CYRILLIC};

/// Whether an encoding is one of those with one byte for a Cyrillic letter.
pub(super) fn is_cyrillic(encoding: &'static Encoding) -> bool {
    [
        WINDOWS_1251,
        KOI8_R,
        KOI8_U,
        IBM866,
        ISO_8859_5,
        X_MAC_CYRILLIC,
    ]
    .contains(&encoding)
}

/// Whether an encoding is one of those with one byte for a Latin letter, plain or accented.
pub(super) fn is_western(encoding: &'static Encoding) -> bool {
    const NAMES: [&str; 14] = [
        "windows-1252",
        "windows-1250",
        "windows-1254",
        "windows-1257",
        "windows-1258",
        "ISO-8859-2",
        "ISO-8859-3",
        "ISO-8859-4",
        "ISO-8859-10",
        "ISO-8859-13",
        "ISO-8859-14",
        "ISO-8859-15",
        "ISO-8859-16",
        "macintosh",
    ];
    NAMES.contains(&encoding.name())
}

/// Whether nearly all of at least `letters_min` letters have accents, as in no language.
pub(super) fn is_all_accents(text: &str, letters_min: usize) -> bool {
    let plain = text.chars().filter(char::is_ascii_alphabetic).count();
    let accented = text
        .chars()
        .filter(|c| !c.is_ascii() && !is_common(*c))
        .count();
    accented >= letters_min
        && accented.saturating_mul(10) > plain.saturating_add(accented).saturating_mul(6)
}

/// Signs that stand in texts of every language.
fn is_common(c: char) -> bool {
    c.is_whitespace() || "–—‘’‚“”„«»‹›…•·€№°§©®™±".contains(c)
}

/// What the words of a text that should be Cyrillic are made of.
#[derive(Debug, Default)]
struct Words {
    /// Of Cyrillic letters alone, two or more.
    pure: usize,
    /// Of Cyrillic and Latin letters.
    mixed: usize,
    /// Of Latin letters alone, two or more.
    latin: usize,
    /// A Cyrillic letter by itself.
    single: usize,
    /// Pure ones that nobody writes: a capital after a small letter, or no vowel.
    odd: usize,
    /// Pure ones that begin small and go on in capitals.
    swapped: usize,
    letters: usize,
    capitals: usize,
    /// Letters of no language that writes to us in these charsets: a sign of the wrong one.
    rare: usize,
    /// Signs that stand in no text so often.
    signs: usize,
}

impl Words {
    fn of(text: &str) -> Self {
        let mut words = Self::default();
        for word in text.split(|c: char| !c.is_alphabetic()) {
            words.add(word);
        }
        words.signs = text.chars().filter(|c| is_odd_sign(*c)).count();
        words
    }

    fn add(&mut self, word: &str) {
        let (mut cyrillic, mut latin, mut rises, mut vowels, mut capitals) =
            (0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
        let mut was_small = false;
        for c in word.chars() {
            if matches!(c, '\u{0400}'..='\u{04FF}') {
                cyrillic = cyrillic.saturating_add(1);
                capitals = capitals.saturating_add(usize::from(c.is_uppercase()));
                rises = rises.saturating_add(usize::from(was_small && c.is_uppercase()));
                vowels = vowels.saturating_add(usize::from(is_vowel(c)));
                self.rare = self.rare.saturating_add(usize::from(is_rare(c)));
            } else {
                latin = latin.saturating_add(1);
            }
            was_small = c.is_lowercase();
        }
        self.letters = self.letters.saturating_add(cyrillic);
        self.capitals = self.capitals.saturating_add(capitals);
        if cyrillic > 0 && latin > 0 {
            self.mixed = self.mixed.saturating_add(1);
        } else if cyrillic == 1 {
            self.single = self.single.saturating_add(1);
        } else if latin > 1 {
            self.latin = self.latin.saturating_add(1);
        } else if cyrillic > 1 {
            self.pure = self.pure.saturating_add(1);
            let is_silent = vowels == 0 && cyrillic >= 3 && capitals < cyrillic;
            self.odd = self.odd.saturating_add(usize::from(rises > 0 || is_silent));
            let is_swapped = cyrillic > 2 && rises == 1 && capitals.saturating_add(1) == cyrillic;
            self.swapped = self.swapped.saturating_add(usize::from(is_swapped));
        }
    }
}

fn is_vowel(c: char) -> bool {
    "аеёиоуыэюяіїєАЕЁИОУЫЭЮЯІЇЄ".contains(c)
}

/// What bytes that are letters elsewhere become: `®`, soft hyphens, frames.
fn is_odd_sign(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9F}' | '\u{A1}'..='\u{BF}' | '\u{2500}'..='\u{25A0}')
        && !"«»§°·".contains(c)
}

/// Serbian, Macedonian and older letters. Nothing is wrong with them where they are few.
fn is_rare(c: char) -> bool {
    !matches!(c, 'А'..='я') && !"ЁёІіЇїЄєҐґЎў".contains(c)
}

/// Whether a text decoded from a Cyrillic charset reads like one: no words of two alphabets (`Hеvard`), no capitals
/// within words (`оПХБЕР` is KOI8 taken for windows-1251), few strange letters. Of less than `letters_min` letters only
/// the capitals are proof: people write abbreviations, too.
pub(super) fn reads_cyrillic(text: &str, letters_min: usize) -> bool {
    let words = Words::of(text);
    let is_swapped = words.swapped.saturating_mul(8) >= words.pure.max(1)
        && words.swapped > 0
        && words.capitals.saturating_mul(10) > words.letters.saturating_mul(7);
    if words.letters < letters_min.max(1) {
        return !is_swapped;
    }
    if words.pure == 0 && words.mixed == 0 {
        return words.latin == 0 && words.single <= 2;
    }
    let is_mixed = words.mixed > words.pure;
    let is_odd = words.odd.saturating_mul(2) > words.pure;
    let is_strange = words.rare.saturating_mul(8) > words.letters
        || words.signs.saturating_mul(5) > words.letters;
    !(is_mixed || is_odd || is_swapped || is_strange)
}

/// Whether nearly all letters of a text that has some are capitals: people shout so, and so looks KOI8 taken for
/// windows-1251, or the other way round.
pub(super) fn is_in_capitals(text: &str) -> bool {
    let words = Words::of(text);
    words.letters >= 20 && words.capitals.saturating_mul(10) > words.letters.saturating_mul(7)
}

/// Whether `better`, another reading of the same letters, is the likelier: hardly in capitals, and with clearly more of
/// the letters that make up more than half of every Slavic text.
pub(super) fn is_likelier(better: &str, text: &str) -> bool {
    let common = |text: &str| {
        let lower = |c: char| c.to_lowercase().next().unwrap_or(c);
        let is_common = |c: &char| "оеаинтсрві".contains(lower(*c));
        text.chars().filter(is_common).count()
    };
    let words = Words::of(better);
    let gained = common(better).saturating_sub(common(text));
    !is_in_capitals(better) && gained.saturating_mul(10) >= words.letters
}

/// Whether a text is UTF-8 that was once read as a single-byte charset and encoded again (`Ð¿Ñ€Ð¸`, `РїСЂРё`). It is
/// left as it came: what a sender's program made of it nobody can surely undo.
pub(in crate::mail::read) fn is_encoded_twice(text: &str) -> bool {
    let Some(start) = text.find(|c: char| !c.is_ascii()) else {
        return false;
    };
    let rest = text.get(start..).unwrap_or_default();
    let run = rest.split(|c: char| c.is_ascii()).next().unwrap_or(rest);
    // Every run of such letters would be UTF-8 within; the first one tells nearly always, and cheaply.
    let foreign = |c: &char| c.is_alphabetic() && !c.is_ascii();
    once_decoded(run, |_| true)
        && once_decoded(text, |inner| inner.chars().filter(foreign).count() >= 2)
}

/// Whether `text`, taken for a single-byte charset's, is UTF-8 within, and that is as `is_sound` wants it.
fn once_decoded(text: &str, is_sound: impl Fn(&str) -> bool) -> bool {
    let is_text = |bytes: &[u8]| str::from_utf8(bytes).is_ok_and(&is_sound);
    let latin: Result<Vec<u8>, _> = text.chars().map(u8::try_from).collect();
    latin.is_ok_and(|bytes| is_text(&bytes))
        || [encoding_rs::WINDOWS_1252, WINDOWS_1251]
            .iter()
            .any(|once| {
                let (bytes, _, is_lossy) = once.encode(text);
                !is_lossy && is_text(&bytes)
            })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cyrillic_reads_so() {
        for text in [
            "Привет",
            "СССР",
            "Мой VPN не работает",
            "и",
            "Тема: Re",
            "Згідно з вашим запитом",
            "1С:Предприятие 8",
        ] {
            assert!(reads_cyrillic(text, 0), "{text}");
        }
        for text in [
            "Wilhelmsen Hеvard",
            "оПХБЕР, ЙЮЙ ДЕКЮ",
            "ДдЦцЬьДдЦц",
            "Rendez-vous а Paris",
            "дць",
            "ш№ш№ш№",
            "ЏаЁўҐв, Є Є ¤Ґ« ",
        ] {
            assert!(!reads_cyrillic(text, 0), "{text}");
        }
    }

    #[test]
    fn little_text_proves_little() {
        assert!(reads_cyrillic("5 млн", 12));
        assert!(!reads_cyrillic("5 млн", 0));
        assert!(!reads_cyrillic("оПХБЕР", 12));
    }

    #[test]
    fn what_was_encoded_twice_is_seen() {
        let twice = |charset: &'static Encoding, text: &str| {
            charset
                .decode_without_bom_handling(text.as_bytes())
                .0
                .into_owned()
        };
        assert!(is_encoded_twice(&twice(
            encoding_rs::WINDOWS_1252,
            "Привет"
        )));
        assert!(is_encoded_twice(&twice(WINDOWS_1251, "Привет, Anna")));
        assert!(is_encoded_twice(&twice(encoding_rs::WINDOWS_1252, "Grüße")));
        for text in ["plain", "Grüße", "Привет", "РП", "à Paris"] {
            assert!(!is_encoded_twice(text), "{text}");
        }
    }
}
