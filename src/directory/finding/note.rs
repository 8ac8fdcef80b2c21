//! What was left out of a file that is sound.

/// What was left out, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// A column that says nothing to okno.
    UnknownColumn(String),
    /// A column that says what another, which is believed, says already.
    SpareColumn {
        /// The column.
        name: String,
        /// The one that is used instead.
        used: String,
    },
    /// A language that okno does not speak.
    UnknownLanguage(String),
    /// Rows without an address.
    NoAddress {
        /// The lines of the first of them.
        lines: Vec<u64>,
        /// How many more there are.
        more: usize,
    },
}

impl Note {
    pub(super) fn in_russian(&self) -> String {
        match self {
            Self::UnknownColumn(name) => format!("столбец «{name}» не нужен и пропущен"),
            Self::SpareColumn { name, used } => {
                format!("столбец «{name}» пропущен: то же говорит «{used}»")
            }
            Self::UnknownLanguage(words) => {
                format!("язык «{words}» пропущен: okno пишет по-русски и по-английски")
            }
            Self::NoAddress { lines, more: 0 } => {
                format!("пропущены строки без адреса: {}", listed(lines))
            }
            Self::NoAddress { lines, more } => {
                format!(
                    "пропущены строки без адреса: {} и ещё {more}",
                    listed(lines)
                )
            }
        }
    }

    pub(super) fn in_english(&self) -> String {
        match self {
            Self::UnknownColumn(name) => {
                format!("the column \"{name}\" is not needed and is left out")
            }
            Self::SpareColumn { name, used } => {
                format!("the column \"{name}\" is left out: \"{used}\" says the same")
            }
            Self::UnknownLanguage(words) => {
                format!("the language \"{words}\" is left out: okno writes Russian and English")
            }
            Self::NoAddress { lines, more: 0 } => {
                format!("lines without an address are left out: {}", listed(lines))
            }
            Self::NoAddress { lines, more } => {
                format!(
                    "lines without an address are left out: {} and {more} more",
                    listed(lines)
                )
            }
        }
    }
}

fn listed(lines: &[u64]) -> String {
    let lines: Vec<String> = lines.iter().map(u64::to_string).collect();
    lines.join(", ")
}
