//! Names of files: ASCII, in order when sorted, the same every month.

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
    /// Those that every month has.
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

/// `kpi_2026-10_buh_v1.csv`: what, which period, whose list, which version. What is no letter or digit of ASCII in the
/// name of the list becomes a hyphen; `ending` is the format's.
#[must_use]
pub fn file_name(kind: FileKind, period: &str, list: &str, version: u32, ending: &str) -> String {
    let slug = |words: &str| -> String {
        let plain = words.chars().map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        });
        let plain: String = plain.take(40).collect();
        let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
        parts.join("-")
    };
    let parts = [
        kind.code().to_owned(),
        slug(period),
        slug(list),
        format!("v{version}"),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}.{ending}", parts.join("_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_sort_by_period() {
        let name = |period, list| file_name(FileKind::Kpi, period, list, 1, "csv");
        assert_eq!(name("2026-10", "buh"), "kpi_2026-10_buh_v1.csv");
        assert_eq!(name("2026-10", "../Отдел it\r\n"), "kpi_2026-10_it_v1.csv");
        assert_eq!(name("2026-10", "Бухгалтерия"), "kpi_2026-10_v1.csv");
        assert_eq!(
            file_name(FileKind::KpiScore, "2026-q4", "", 12, "xlsx"),
            "kpi_score_2026-q4_v12.xlsx"
        );
    }
}
