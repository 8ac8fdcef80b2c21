//! Names of files: ASCII, in order when sorted, the same every month (DOMAIN 3.5); and beside that as people write them.

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

/// Which of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// For the accountants.
    Pay,
    /// What the figures are made of.
    Kpi,
    /// What they score.
    KpiScore,
    /// Every promise.
    Detail,
    /// What is another than it was told before, where a letter does not show all of it.
    Changes,
}

impl FileKind {
    /// All four kinds.
    pub const ALL: [Self; 4] = [Self::Pay, Self::Kpi, Self::KpiScore, Self::Detail];

    /// How its name begins.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pay => "pay",
            Self::Kpi => "kpi",
            Self::KpiScore => "kpi_score",
            Self::Detail => "detail",
            Self::Changes => "changes",
        }
    }
}

/// `kpi_2026-10_buh_v1.csv`: what, which period, whose list, which version; `ending` is the format's. A name of a list that is not
/// plain lower-case ASCII is written in Latin letters, and four digits of its SHA-256 keep it apart from every other that is
/// written so: `Бух` is `buh-5bcf`, and no other list's.
#[must_use]
pub fn file_name(kind: FileKind, period: &str, list: &str, version: u32, ending: &str) -> String {
    named((kind, &slug(period), version), &whose(list), ending)
}

/// The same with the name of the list as people write it, for programs that know RFC 2231; `None`: there is no letter in it that is
/// not ASCII.
#[must_use]
pub fn shown_name(
    kind: FileKind,
    period: &str,
    list: &str,
    version: u32,
    ending: &str,
) -> Option<String> {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.');
    let plain = list.chars().map(|c| if is_word(c) { c } else { '-' });
    let plain: String = plain.take(LIST_MAX).collect();
    let plain = plain.trim_matches(['-', '.']);
    (!plain.is_ascii()).then(|| named((kind, &slug(period), version), plain, ending))
}

fn named((kind, period, version): (FileKind, &str, u32), list: &str, ending: &str) -> String {
    let version = format!("v{version}");
    let parts = [kind.code(), period, list, &version];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}.{ending}", parts.join("_"))
}

/// So many characters of a list's name are enough.
const LIST_MAX: usize = 40;

fn whose(list: &str) -> String {
    let slug = slug(list);
    if slug == list {
        return slug;
    }
    let sum = HEXLOWER.encode(&Sha256::digest(list.as_bytes()));
    let apart: String = sum.chars().take(4).collect();
    match slug.is_empty() {
        true => apart,
        false => format!("{slug}-{apart}"),
    }
}

/// In Latin letters, digits and single hyphens.
fn slug(words: &str) -> String {
    let mut plain = String::new();
    for c in words.chars().take(LIST_MAX) {
        let c = c.to_lowercase().next().unwrap_or(c);
        match c {
            c if c.is_ascii_alphanumeric() => plain.push(c),
            c => plain.push_str(latin(c)),
        }
    }
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    parts.join("-")
}

/// A letter of Russian, or of its neighbours, in Latin ones; a hyphen for all else.
const fn latin(letter: char) -> &'static str {
    match letter {
        'а' | 'ә' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' | 'ғ' => "g",
        'д' => "d",
        'е' => "e",
        'ё' => "yo",
        'ж' | 'җ' => "zh",
        'з' => "z",
        'и' | 'і' => "i",
        'й' | 'ј' => "j",
        'к' | 'қ' => "k",
        'л' => "l",
        'м' => "m",
        'н' | 'ң' => "n",
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ұ' | 'ү' => "u",
        'ф' => "f",
        'х' | 'һ' => "h",
        'ц' => "c",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shh",
        'ъ' | 'ь' => "",
        'ы' => "y",
        'э' => "eh",
        'ю' => "yu",
        'я' => "ya",
        'є' => "ye",
        'ї' => "yi",
        'ў' => "w",
        _ => "-",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn name(list: &str) -> String {
        file_name(FileKind::Kpi, "2026-10", list, 1, "csv")
    }

    #[test]
    fn names_are_plain_and_sort_by_period() {
        for (list, expected) in [
            ("buh", "kpi_2026-10_buh_v1.csv"),
            ("it-2", "kpi_2026-10_it-2_v1.csv"),
            ("Бухгалтерия", "kpi_2026-10_buhgalteriya-@_v1.csv"),
            ("Щёлково.Юг", "kpi_2026-10_shhyolkovo-yug-@_v1.csv"),
            ("объезд", "kpi_2026-10_obezd-@_v1.csv"),
            ("Құқық", "kpi_2026-10_kukyk-@_v1.csv"),
            ("IT", "kpi_2026-10_it-@_v1.csv"),
            ("it_desk", "kpi_2026-10_it-desk-@_v1.csv"),
            ("財務", "kpi_2026-10_@_v1.csv"),
            ("../Отдел it\r\n", "kpi_2026-10_otdel-it-@_v1.csv"),
            ("", "kpi_2026-10_v1.csv"),
        ] {
            let sum = HEXLOWER.encode(&Sha256::digest(list.as_bytes()));
            let expected = expected.replace('@', sum.split_at(4).0);
            assert_eq!(name(list), expected, "{list}");
            let is_plain = |c: char| c.is_ascii_graphic() && !"\"\\/;".contains(c);
            assert!(name(list).chars().all(is_plain), "{list}");
        }
        assert_eq!(
            file_name(FileKind::KpiScore, "2026-q4", "", 12, "xlsx"),
            "kpi_score_2026-q4_v12.xlsx"
        );
    }

    #[test]
    fn lists_whose_names_are_written_alike_stay_apart() {
        let alike = [
            "buh", "Buh", "бух", "Бух", "БУХ", "бу.х", "бу-х", "буx", "b-u-h", "b.u.h",
        ];
        let names: BTreeSet<String> = alike.iter().map(|list| name(list)).collect();
        assert_eq!(names.len(), alike.len(), "{names:?}");
        // Whatever case a system of files tells apart.
        let folded: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(folded, names);
    }

    #[test]
    fn what_people_wrote_stands_beside_it() {
        let shown = |list| shown_name(FileKind::Pay, "2026-10", list, 1, "csv");
        assert_eq!(
            shown("Бухгалтерия").as_deref(),
            Some("pay_2026-10_Бухгалтерия_v1.csv")
        );
        assert_eq!(
            shown("../Отдел ИТ").as_deref(),
            Some("pay_2026-10_Отдел-ИТ_v1.csv")
        );
        assert_eq!(shown("IT"), None);
        assert_eq!(shown(""), None);
    }
}
