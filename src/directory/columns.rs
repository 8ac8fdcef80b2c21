//! What a column holds, by the words of its header, in Russian and in English.

use super::finding::Note;
use crate::model::text::Text;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// Addresses, one or several; the only one that must be there, and the only one that may be there repeatedly.
    Addresses,
    /// The whole name.
    Name,
    /// A part of the name; the parts are put together in the order of their columns.
    NamePart,
    /// The department.
    Department,
    /// The employee number.
    EmployeeNumber,
    /// Who looks after the person.
    Curator,
    /// The language to answer in.
    Language,
    /// A person or a shared mailbox.
    Kind,
    /// Yes for a shared mailbox.
    IsShared,
    /// What the person is at work.
    Position,
}

impl Column {
    /// What it holds, in Russian.
    #[must_use]
    pub const fn in_russian(self) -> &'static str {
        match self {
            Self::Addresses => "адреса",
            Self::Name | Self::NamePart => "имя",
            Self::Department => "отдел",
            Self::EmployeeNumber => "табельный номер",
            Self::Curator => "куратор",
            Self::Language => "язык",
            Self::Kind | Self::IsShared => "человек или общий ящик",
            Self::Position => "должность",
        }
    }

    /// What it holds, in English.
    #[must_use]
    pub const fn in_english(self) -> &'static str {
        match self {
            Self::Addresses => "addresses",
            Self::Name | Self::NamePart => "name",
            Self::Department => "department",
            Self::EmployeeNumber => "employee number",
            Self::Curator => "curator",
            Self::Language => "language",
            Self::Kind | Self::IsShared => "person or shared mailbox",
            Self::Position => "position",
        }
    }
}

/// The header's names, without spaces, signs, case and [`QUALIFIERS`].
const NAMES: &[(Column, &str)] = &[
    (
        Column::Addresses,
        "почта элпочта электроннаяпочта емейл емаил имейл мейл email emails mail псевдоним псевдонимы \
         адресэлектроннойпочты адресаэлектроннойпочты адресэлпочты адресаэлпочты адреспочты \
         адресапочты электронныйадрес электронныеадреса эладрес эладреса emailадрес emailадреса \
         адресemail адресаemail почтовыйящик ящик mailaddress mailaddresses emailaddress \
         emailaddresses smtpaddress smtp proxyaddresses alias aliases",
    ),
    (
        Column::Name,
        "фио фамилияимяотчество фамилияимя имяфамилия имяотчествофамилия фамилияио фамилияиимя \
         имяифамилия сотрудник работник пользователь человек физическоелицо физлицо выводимоеимя \
         отображаемоеимя name fullname displayname employee employeename person user commonname",
    ),
    (
        Column::NamePart,
        "фамилия имя отчество firstname givenname forename lastname surname familyname middlename \
         patronymic",
    ),
    (
        Column::Department,
        "отдел подразделение структурноеподразделение департамент управление служба кафедра \
         факультет институт отделение цех department dept division unit orgunit faculty \
         organizationalunit organisationalunit",
    ),
    (
        Column::EmployeeNumber,
        "табельныйномер табельный табномер таб табн табельныйн кадровыйномер номерсотрудника \
         номерработника employeenumber employeeno employeeid empno empid personnelnumber \
         personnelno staffnumber staffno staffid payrollnumber",
    ),
    (
        Column::Curator,
        "куратор персональныйменеджер закрепленныйспециалист закрепленныйсотрудник curator \
         accountmanager",
    ),
    (
        Column::Language,
        "язык языкобщения языкответа языкписем предпочитаемыйязык language lang locale \
         preferredlanguage",
    ),
    (
        Column::Kind,
        "тип вид типзаписи видзаписи типящика видящика типпочтовогоящика типучетнойзаписи kind \
         type mailboxtype accounttype recipienttype recipienttypedetails",
    ),
    (
        Column::IsShared,
        "общий общийящик общийпочтовыйящик общаяпочта групповойящик функциональныйящик shared \
         isshared sharedmailbox",
    ),
    (
        Column::Position,
        "должность штатнаядолжность наименованиедолжности названиедолжности position jobtitle \
         jobposition positiontitle",
    ),
];

/// Headers that mean mail only where no other column does: they are also what people call their homes.
const WEAK_ADDRESSES: &str = "адрес адреса address addresses";

/// Words that say which of several, never what.
const QUALIFIERS: &str = "рабочий рабочая рабочее рабочие раб личный личная личные корпоративный \
    корпоративная служебный служебная основной основная основное осн дополнительный дополнительная \
    дополнительные доп второй вторая другой другая другие прочие запасной запасная все полное \
    текущее сотрудника работника work personal corporate private primary secondary additional \
    other all main employees the";

/// The header of a file: what each of its columns holds.
#[derive(Debug)]
pub(super) struct Header {
    /// Of each column that is used: its place from 0, and what it holds.
    pub(super) columns: Vec<(usize, Column)>,
    /// The same columns as the file names them.
    pub(super) used: Vec<(Column, String)>,
    /// What is left out and why.
    pub(super) notes: Vec<Note>,
    /// How many columns there are, the empty ones at the end aside.
    pub(super) width: usize,
}

impl Header {
    /// Reads the cells of the first line.
    pub(super) fn read(cells: &[&str]) -> Self {
        let width = filled(cells.iter().copied());
        let named: Vec<(usize, &str, Option<Column>)> = cells
            .iter()
            .take(width)
            .enumerate()
            .map(|(place, cell)| (place, cell.trim(), column_of(cell)))
            .collect();
        let first = |wanted: Column| {
            named
                .iter()
                .find(|(_, _, column)| *column == Some(wanted))
                .map(|(_, name, _)| shown(name))
        };
        let has_mail = first(Column::Addresses).is_some();
        let whole_name = first(Column::Name);
        let mut header = Self {
            columns: Vec::new(),
            used: Vec::new(),
            notes: Vec::new(),
            width,
        };
        for (place, name, column) in named {
            let column =
                column.or_else(|| (!has_mail && is_weak(name)).then_some(Column::Addresses));
            let Some(column) = column else {
                if !name.is_empty() {
                    header.notes.push(Note::UnknownColumn(shown(name)));
                }
                continue;
            };
            match header.spare(column, whole_name.as_ref()) {
                Some(used) => header.notes.push(Note::SpareColumn {
                    name: shown(name),
                    used,
                }),
                None => {
                    header.columns.push((place, column));
                    header.used.push((column, shown(name)));
                }
            }
        }
        header
    }

    /// The name of the column that already says what this one would.
    fn spare(&self, column: Column, whole_name: Option<&String>) -> Option<String> {
        let same = |wanted: &[Column]| {
            let found = self.used.iter().find(|(used, _)| wanted.contains(used));
            found.map(|(_, name)| name.clone())
        };
        match column {
            Column::Addresses => None,
            // Where the whole name stands anywhere, its parts add nothing.
            Column::NamePart => whole_name.cloned(),
            Column::Kind | Column::IsShared => same(&[Column::Kind, Column::IsShared]),
            Column::Name
            | Column::Department
            | Column::EmployeeNumber
            | Column::Curator
            | Column::Language
            | Column::Position => same(&[column]),
        }
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.used.iter().any(|(used, _)| *used == column)
    }

    /// How much of the header is understood: the measure of a separator.
    pub(super) fn understood(&self) -> usize {
        self.columns.len()
    }
}

/// How many cells a row has, the empty ones at its end aside.
pub(super) fn filled<'c>(cells: impl Iterator<Item = &'c str>) -> usize {
    let places = (1_usize..).zip(cells);
    places
        .filter(|(_, cell)| !cell.trim().is_empty())
        .last()
        .map_or(0, |(place, _)| place)
}

/// A header's words as they are shown: one line, not endless.
pub(super) fn shown(name: &str) -> String {
    Text::line(name).as_str().chars().take(80).collect()
}

fn column_of(cell: &str) -> Option<Column> {
    let known = |name: String| {
        let found = NAMES.iter().find(|(_, names)| has_word(names, &name));
        found.map(|(column, _)| *column)
    };
    known(squeezed(cell)).or_else(|| known(squeezed(head(cell))))
}

fn is_weak(cell: &str) -> bool {
    has_word(WEAK_ADDRESSES, &squeezed(head(cell)))
}

fn has_word(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|known| known == word)
}

/// What stands before an explanation: `Адреса (через запятую)`.
fn head(cell: &str) -> &str {
    cell.split(['(', '[', ',', ':', ';'])
        .next()
        .unwrap_or_default()
}

/// `Рабочий E-mail 2` becomes `email`: lower case, letters alone, no qualifiers.
fn squeezed(cell: &str) -> String {
    cell.to_lowercase()
        .replace('ё', "е")
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !has_word(QUALIFIERS, word))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cell: &str, column: Option<Column>) {
        assert_eq!(column_of(cell), column, "{cell}");
    }

    #[test]
    fn columns_are_known_by_many_names() {
        for cell in [
            "E-mail",
            "email",
            "Почта",
            "Эл. почта",
            "E-Mail 2",
            "Рабочая почта",
            "Дополнительные e-mail (через запятую)",
            "EmailAddress",
            "proxyAddresses",
            "Адрес электронной почты",
            "ЕМЕЙЛ",
        ] {
            check(cell, Some(Column::Addresses));
        }
        for cell in [
            "ФИО",
            "Ф.И.О.",
            "Ф. И. О. сотрудника",
            "Фамилия, имя, отчество",
            "Full name",
            "DisplayName",
            "Сотрудник",
        ] {
            check(cell, Some(Column::Name));
        }
        check("Структурное подразделение", Some(Column::Department));
        for cell in [
            "Табельный номер",
            "таб. №",
            "Таб.номер",
            "employee_number",
            "EmployeeID",
            "Personnel No.",
        ] {
            check(cell, Some(Column::EmployeeNumber));
        }
        check("Куратор", Some(Column::Curator));
        for cell in ["Должность", "Должность (основная)", "Position", "Job title"]
        {
            check(cell, Some(Column::Position));
        }
        check("Язык", Some(Column::Language));
        check("Тип ящика", Some(Column::Kind));
        check("Общий ящик", Some(Column::IsShared));
        for cell in [
            "Телефон",
            "Дата рождения",
            "Почтовый адрес",
            "",
            "№",
            "Адрес",
        ] {
            check(cell, None);
        }
    }

    #[track_caller]
    fn header(cells: &[&str]) -> (Vec<(usize, Column)>, Vec<Note>) {
        let header = Header::read(cells);
        (header.columns, header.notes)
    }

    #[test]
    fn an_address_is_a_home_where_there_is_mail() {
        let (columns, notes) = header(&["Адрес", "Почта", "", ""]);
        assert_eq!(columns, [(1, Column::Addresses)]);
        assert_eq!(notes, [Note::UnknownColumn("Адрес".into())]);
        assert_eq!(
            header(&["ФИО", "Адрес"]).0,
            [(0, Column::Name), (1, Column::Addresses)]
        );
    }

    #[test]
    fn what_is_said_twice_is_taken_once() {
        let (columns, notes) = header(&["Фамилия", "Почта", "ФИО", "Отдел", "Кафедра", "Почта 2"]);
        assert_eq!(
            columns,
            [
                (1, Column::Addresses),
                (2, Column::Name),
                (3, Column::Department),
                (5, Column::Addresses)
            ]
        );
        assert_eq!(
            notes,
            [
                Note::SpareColumn {
                    name: "Фамилия".into(),
                    used: "ФИО".into()
                },
                Note::SpareColumn {
                    name: "Кафедра".into(),
                    used: "Отдел".into()
                },
            ]
        );
    }
}
