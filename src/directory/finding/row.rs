//! What can be wrong with a row.

use crate::{directory::columns::Column, model::address::Address};

/// Why a row cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowFault {
    /// A quote is opened and not closed where a cell ends.
    OpenQuote,
    /// More cells than the header has columns.
    TooManyCells {
        /// Cells of the row.
        cells: usize,
        /// Columns of the header.
        columns: usize,
        /// The last line of the row, where it has several.
        until: Option<u64>,
    },
    /// A cell of more characters than this.
    LongCell(Column, usize),
    /// These words of a cell are no address.
    NotAnAddress(String),
    /// One person has more addresses than this.
    TooManyAddresses(usize),
    /// These words are neither a person nor a shared mailbox.
    UnknownKind(String),
    /// A spreadsheet has rounded the employee number.
    RoundedNumber(String),
    /// The address already stands on this line.
    SameAddress(Address, u64),
    /// The employee number already stands on this line.
    SameNumber(String, u64),
}

impl RowFault {
    pub(super) fn in_russian(&self) -> String {
        match self {
            Self::OpenQuote => "здесь открыта кавычка \", а где она закрыта, не видно".to_owned(),
            Self::TooManyCells {
                cells,
                columns,
                until: None,
            } => format!(
                "ячеек {cells}, а столбцов {columns}; если разделитель стоит внутри имени, возьмите \
                 имя в кавычки"
            ),
            Self::TooManyCells {
                cells,
                columns,
                until: Some(line),
            } => format!(
                "в строке по {line} ячеек {cells}, а столбцов {columns}; не забыта ли кавычка?"
            ),
            Self::LongCell(column, max) => {
                let column = column.in_russian();
                format!("{column}: больше {max} знаков; не забыта ли кавычка?")
            }
            Self::NotAnAddress(words) => {
                format!("«{words}» — не адрес почты, он выглядит как anna@uni.test")
            }
            Self::TooManyAddresses(max) => format!("больше {max} адресов у одного человека"),
            Self::UnknownKind(words) => {
                format!("«{words}» — непонятно, кто это: напишите «человек» или «общий ящик»")
            }
            Self::RoundedNumber(words) => format!(
                "табельный номер «{words}» испорчен таблицей: сделайте столбец текстовым и впишите \
                 номер целиком"
            ),
            Self::SameAddress(address, line) => {
                format!("адрес {address} уже стоит в строке {line}")
            }
            Self::SameNumber(number, line) => {
                format!("табельный номер {number} уже стоит в строке {line}")
            }
        }
    }

    pub(super) fn in_english(&self) -> String {
        match self {
            Self::OpenQuote => {
                "a quote (\") is opened here and not closed where a cell ends".to_owned()
            }
            Self::TooManyCells {
                cells,
                columns,
                until: None,
            } => format!(
                "{cells} cells, but {columns} columns; if a separator stands within a name, put the \
                 name in quotes"
            ),
            Self::TooManyCells {
                cells,
                columns,
                until: Some(line),
            } => format!(
                "the row to line {line} has {cells} cells, but there are {columns} columns; is a \
                 quote forgotten?"
            ),
            Self::LongCell(column, max) => {
                let column = column.in_english();
                format!("{column}: more than {max} characters; is a quote forgotten?")
            }
            Self::NotAnAddress(words) => {
                format!("\"{words}\" is not a mail address, which looks like anna@uni.test")
            }
            Self::TooManyAddresses(max) => format!("one person has more than {max} addresses"),
            Self::UnknownKind(words) => format!(
                "\"{words}\" does not say who this is: write \"person\" or \"shared mailbox\""
            ),
            Self::RoundedNumber(words) => format!(
                "the employee number \"{words}\" was spoilt by a spreadsheet: make the column text \
                 and write the number in full"
            ),
            Self::SameAddress(address, line) => {
                format!("the address {address} stands on line {line} already")
            }
            Self::SameNumber(number, line) => {
                format!("the employee number {number} stands on line {line} already")
            }
        }
    }
}
