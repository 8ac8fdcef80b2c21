//! What can be wrong with a file as a whole, or with its header.

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileFault {
    /// It is longer than this many bytes.
    TooLarge(u64),
    /// A workbook of a spreadsheet, not text.
    Workbook,
    /// No encoding makes words of the bytes.
    UnknownEncoding,
    /// A byte that is not UTF-8, in a file that is.
    BrokenCharacter,
    /// There is nothing in it.
    Empty,
    /// Nobody stands below the header.
    Nobody,
    /// It has more people than this.
    TooMany(usize),
    /// The first line is somebody already.
    NoHeader,
    /// No column of the header holds addresses; the header as it was read.
    NoAddressColumn(String),
    /// So many more problems, not listed.
    More(usize),
}

impl FileFault {
    pub(super) fn in_russian(&self) -> String {
        match self {
            Self::TooLarge(max) => {
                format!("файл больше {} МБ, столько okno не читает", megabytes(*max))
            }
            Self::Workbook => {
                "это книга Excel, а нужен CSV: сохраните её как «CSV UTF-8»".to_owned()
            }
            Self::UnknownEncoding => {
                "кодировка не распознана: сохраните файл как UTF-8 или windows-1251".to_owned()
            }
            Self::BrokenCharacter => "испорченный символ: файл в UTF-8, а этот байт нет".to_owned(),
            Self::Empty => "файл пуст: в первой строке должны стоять названия столбцов".to_owned(),
            Self::Nobody => "под названиями столбцов никого нет".to_owned(),
            Self::TooMany(max) => format!("в файле больше {max} человек, столько okno не читает"),
            Self::NoHeader => {
                "в первой строке должны стоять названия столбцов («почта», «ФИО», «отдел»), а \
                 здесь уже чей-то адрес"
                    .to_owned()
            }
            Self::NoAddressColumn(header) => {
                format!("нет столбца с адресами, назовите его «почта»; прочитано: {header}")
            }
            Self::More(count) => format!("и ещё ошибок: {count}"),
        }
    }

    pub(super) fn in_english(&self) -> String {
        match self {
            Self::TooLarge(max) => {
                format!(
                    "the file is larger than {} MB, which okno does not read",
                    megabytes(*max)
                )
            }
            Self::Workbook => {
                "this is an Excel workbook, but CSV is needed: save it as \"CSV UTF-8\"".to_owned()
            }
            Self::UnknownEncoding => {
                "the encoding is not recognised: save the file as UTF-8 or windows-1251".to_owned()
            }
            Self::BrokenCharacter => {
                "a broken character: the file is in UTF-8 and this byte is not".to_owned()
            }
            Self::Empty => "the file is empty: its first line must name the columns".to_owned(),
            Self::Nobody => "there is nobody below the names of the columns".to_owned(),
            Self::TooMany(max) => format!("more than {max} people, which okno does not read"),
            Self::NoHeader => {
                "the first line must name the columns (\"address\", \"name\", \"department\"), but \
                 somebody's address stands there"
                    .to_owned()
            }
            Self::NoAddressColumn(header) => {
                format!(
                    "there is no column with addresses, name it \"address\"; what was read is: \
                     {header}"
                )
            }
            Self::More(count) => format!("and {count} more problems"),
        }
    }
}

fn megabytes(bytes: u64) -> u64 {
    bytes.checked_div(1_000_000).unwrap_or(0)
}
